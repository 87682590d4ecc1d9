"""Limits in the browser: an "I know" that reaches the support person, and a warning that is seen and closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

import pytest

from jobcenter.auth.domain import Role
from jobcenter.auth.models import User
from jobcenter.benefits import BenefitKind
from jobcenter.core import clock
from jobcenter.earnings.jobs import check_changed, check_earnings
from jobcenter.orders.gigs.models import Offer
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.models import Worker
from tests import factories
from tests.factories_earnings import earned, pensioner, wage_order, wages
from tests.factories_orders import mails

GIG_AT = clock.at(date(2026, 11, 25), time(9))
OVER = "All gigs together would go €25.10 over the limit in November."
DECIDED = {"decided_annual_income": "0.00", "annual_income_other": "11400.00", "housing_costs_month": "600.00"}


@dataclass(frozen=True)
class Town:
    """A pensioner with a support person who may know of earnings, and the coordinator."""

    user: User
    veikko: Worker
    tuija: User
    kaisa: User
    offer: Offer


@pytest.fixture
def town(session) -> Town:
    """950 euros are earned in November, 990,90 are allowed, and six hours at eleven euros are on offer."""
    wages()
    place = factories.jobcenter()
    kaisa = factories.someone(Role.COORDINATOR, place, given_name="Kaisa", family_name="Koordinaattori")
    tuija = factories.someone(Role.SUPPORT, place, given_name="Tuija", family_name="Tuki")
    user = factories.someone(Role.WORKER, place, given_name="Veikko", family_name="Tekijä")
    veikko = pensioner(place, of=user)
    housed = DECIDED | {"household": "single", "municipality_group": "1"}
    factories.benefit(veikko, BenefitKind.PENSIONER_HOUSING_ALLOWANCE, **housed)
    factories.support(veikko, tuija)
    for purpose in (ConsentPurpose.TAKE_PART, ConsentPurpose.SUPPORT_SEES_EARNINGS):
        factories.consent(veikko, purpose)
    order = wage_order(place)
    earned(order, veikko, "950.00")
    offer = factories.offer(factories.gig(order, GIG_AT, hours=6), veikko)
    session.commit()
    return Town(user, veikko, tuija, kaisa, offer)


def test_a_yes_that_goes_over_needs_an_i_know_and_the_support_person_is_told(town, moment, phone, visit, fresh):
    worker = phone(town.user).goes("/").presses("English").goes(f"/matching/offers/{town.offer.id}")
    worker.sees("Disability pension from Kela", "Goes over", OVER, "With this gig you go over")
    worker.sees("The benefit without this gig", "The benefit with this gig")
    worker.presses("Yes, I take the gig").sees("tick “I know”")
    worker.chooses("I know this, and I want the gig").presses("Yes, I take the gig").sees("Thank you for your yes!")

    moment.run(check_changed)
    fresh()
    assert [mail.to for mail in mails("limit_over")] == [town.tuija.email]
    supporter = visit(town.tuija).goes("/").presses("English").goes(f"/earnings/workers/{town.veikko.id}")
    supporter.sees(OVER, "That you have read this is on the log.")
    supporter.follows("The year").sees("Disability pension from Kela")
    supporter.follows("What was told").sees(OVER, "Told since")


def test_a_warning_is_seen_by_the_worker_and_closed_by_the_coordinator(town, moment, phone, visit):
    moment.run(check_earnings)
    worker = phone(town.user).goes("/earnings").presses("English")
    worker.sees("Over, when all gigs are counted", "estimate, not a decision")
    worker.presses("I have seen this").sees("Thank you. Your coordinator sees that you have read this.")
    worker.follows("My year in a picture").sees("Offered").follows("Back")
    worker.follows("What was I told before?").sees("Told since")

    coordinator = visit(town.kaisa).goes("/earnings/warnings").presses("English")
    coordinator.sees("Veikko Tekijä", "The worker has seen it").page.get_by_role("link", name="Veikko").first.click()
    coordinator.presses("Note the warning").sees("Noted by Kaisa Koordinaattori")
    coordinator.chooses("Talked about it with the person").types("In a few words", "Soitettiin")
    coordinator.presses("Close the warning").sees("The warning is closed.")
