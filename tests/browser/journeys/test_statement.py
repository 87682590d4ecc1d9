"""The income and debt statement on a phone, without JavaScript: begun alone, left, gone on with together, done."""

from __future__ import annotations

import pytest

from jobcenter.auth.domain import Role
from jobcenter.benefits import BenefitKind, ContractForm
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.rates.service import load_defaults
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import person_facts
from tests import factories
from tests.browser.journeys.test_roles import user_of
from tests.factories_gigs import Place

ON_THE_LIST = "Yes, and all of it is on the list"


@pytest.fixture
def place(session) -> Place:
    made = Place(ContractForm.ASSIGNMENT)
    with unit_of_work():
        load_defaults()
    return made


def test_a_statement_is_begun_alone_and_finished_with_a_support_person(place, phone, session, fresh):
    worker = place.worker("Veikko", benefits_asked_on=None)
    support = place.support_person(worker)
    factories.consent(worker, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    session.commit()
    begins(phone(user_of(worker), scripts=False))
    goes_on(phone(support))
    fresh()
    held = {benefit.kind: benefit for benefit in person_facts(db.session.get_one(Worker, worker.id)).benefits}
    assert held.keys() == {BenefitKind.KELA_DISABILITY_PENSION, BenefitKind.ENFORCEMENT}
    assert held[BenefitKind.KELA_DISABILITY_PENSION].blind_or_immobile is False
    guardian = factories.someone(Role.GUARDIAN, place.jobcenter)
    session.commit()
    phone(guardian).finds_nothing(f"/wards/{worker.id}/statements")


def begins(alone) -> None:
    """The worker agrees, answers two pages, goes back once, and leaves."""
    alone.goes("/me").follows("Income and debt statement").sees("Your consent first")
    alone.chooses("I agree. I know that I can take this back at any time.").presses("I agree, start")
    alone.chooses("Disability pension or rehabilitation subsidy from Kela").presses("Save and go on")
    alone.types("From which day?", "1.1.2015").chooses("No").presses("Save and go on")
    alone.follows("Back").sees("Are you permanently blind")
    assert alone.page.get_by_label("No", exact=True).is_checked()
    assert alone.page.get_by_role("textbox", name="From which day?").input_value() == "1.1.2015"


def goes_on(together) -> None:
    """The support person goes on where it was left, adds income, checks and finishes it with the worker."""
    together.goes("/people").follows("Veikko Tekijä").follows("Income and debt statement").follows("Go on")
    together.sees("You are doing this with Veikko Tekijä").chooses("Not registered").presses("Save and go on")
    together.follows("Add income").types("What work is it?", "Lehtien jako").chooses("Wages from an employer")
    together.chooses("Each month").types("Pay before tax, euros", "120").types("From which day?", "1.9.2026")
    together.presses("Save").sees("Told, not known", "Lehtien jako")
    together.chooses(ON_THE_LIST).presses("Save and go on")
    together.chooses("Yes", "A payment plan with somebody to whom money is owed").presses("Save and go on")
    together.types("Other pay or pension after tax, euros a month", "900").presses("Save and go on")
    together.sees("Ask the debt counsellor", "Debt in enforcement: look in the decision for: People supported")
    together.presses("This is right").sees("Veikko Tekijä", "Lehtien jako", "Next time")
    together.saves("Print (PDF)")
