"""What if, on a phone: from one's limits to an answer, kept, put beside another one, and printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.auth.domain import Role
from jobcenter.benefits import BenefitKind, JobseekerStatus
from jobcenter.workers.models import TaxCard
from tests import factories
from tests.browser.journeys.conftest import Visitor
from tests.factories_earnings import wages


@pytest.fixture
def leena(session):
    """A worker on social assistance with a tax card of ten per cent."""
    wages()
    place = factories.jobcenter()
    user = factories.someone(Role.WORKER, place, given_name="Leena", family_name="Tekijä")
    facts = {"benefits_asked_on": factories.TODAY, "jobseeker": JobseekerStatus.NOT_REGISTERED}
    worker = factories.worker(place, user, born=date(1990, 5, 1), **facts)
    factories.benefit(worker, BenefitKind.BASIC_SOCIAL_ASSISTANCE)
    rates = {"rate": Decimal(10), "additional_rate": Decimal(40), "income_limit": Decimal(20000)}
    factories.stored(TaxCard(worker_id=worker.id, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), **rates))
    session.commit()
    return user


def test_more_work_is_looked_at_before_it_is_agreed(leena, phone):
    me = phone(leena)
    me.goes("/earnings").follows("What if I worked more?").follows("If I work so many hours a month")
    choose_months(me, "1").types("Hours a month, on top of the gigs agreed already", "20")
    me.chooses("Partner employment").presses("Show what I would have")
    me.sees("You would have about the same amount of money as now.", "Basic social assistance", "-€179.98")
    me.types("Name for this answer", "Twenty hours").presses("Save").sees("The answer is saved.")
    asks_for_one_gig(me)
    me.chooses("Compare: Twenty hours", "Compare: If I do one gig").presses("Compare two or three")
    me.sees("Twenty hours", "If I do one gig")
    me.follows("Twenty hours").sees("It is shown as it was counted then.").follows("Print")
    me.sees("Leena Tekijä", "This is an estimate, not a decision. Check with Kela.")
    me.follows("Back").follows("Count anew").sees("You would have about the same amount of money as now.")


def asks_for_one_gig(me: Visitor) -> None:
    """A slip of the pen first: it is told, and nothing that was typed is lost; going back keeps it too."""
    me.follows("If I do one gig").types("Day of the gig", "31.11.2026").types("Hours", "4")
    me.presses("Show what I would have").sees("Give a day in the form 22.11.2026.")
    assert me.page.get_by_role("textbox", name="Hours").input_value() == "4"
    me.types("Day of the gig", "1.12.2026").presses("Show what I would have").sees("You would have about")
    me.presses("Save")


def choose_months(me: Visitor, months: str) -> Visitor:
    me.page.get_by_label("From which month").select_option("2026-12-01")
    me.page.get_by_label("For how many months").select_option(months)
    return me
