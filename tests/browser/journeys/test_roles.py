"""One journey in the browser for each role beside the main road."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from playwright.sync_api import expect

from jobcenter.auth.domain import Role
from jobcenter.auth.models import User
from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs.domain import GigStatus, OfferStatus
from jobcenter.orders.intake import service as intake
from jobcenter.orders.rates.service import load_defaults
from jobcenter.workers.domain import SupportKind
from jobcenter.workers.models import Worker
from tests import factories
from tests.factories_gigs import Place

TASK = "Astianpesu"
YESTERDAY = clock.at(factories.TODAY - timedelta(days=1), time(9))


@pytest.fixture
def place(session) -> Place:
    """A Jobcenter with rates and an accepted order on assignment contract."""
    made = Place(ContractForm.ASSIGNMENT)
    with unit_of_work():
        load_defaults()
    return made


def user_of(worker: Worker) -> User:
    """The user as whom a worker signs in."""
    return db.session.get_one(User, worker.user_id)


def test_a_worker_answers_with_the_keyboard_alone(place, phone):
    worker = place.worker()
    gig = place.gig(slots=2)
    offer = place.offered(gig, worker)
    visitor = phone(user_of(worker)).goes(f"/matching/offers/{offer.id}")
    page = visitor.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("A few words about yourself"))
    page.keyboard.type("I like this kitchen.")
    tab_to(page, page.get_by_role("button", name="Yes, I take the gig"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visitor.sees("Thank you for your yes!")


def test_a_worker_says_no_with_the_keyboard_alone(place, phone):
    worker = place.worker()
    offer = place.offered(place.gig(), worker)
    visitor = phone(user_of(worker)).goes(f"/matching/offers/{offer.id}")
    tab_to(visitor.page, visitor.page.get_by_role("button", name="No, I do not take the gig"))
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.sees("Saying no is all right.")


def tab_to(page, control, most: int = 40) -> None:
    """Press Tab until a control has the focus."""
    for _ in range(most):
        if control.evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{control} is not reached with {most} presses of Tab")


def test_a_support_person_logs_hours_with_the_worker(place, phone, session):
    worker = place.worker("Helmi")
    support = place.support_person(worker)
    done = factories.gig(place.order, YESTERDAY, status=GigStatus.DONE)
    factories.offer(done, worker, OfferStatus.DONE)
    session.commit()
    visitor = phone(support).goes("/").follows(f"Write down the hours with Helmi Tekijä: {TASK}")
    visitor.sees("You log the hours of Helmi Tekijä. Both names are kept.").types("Ended", "11.30")
    visitor.presses("Save the hours").sees("The hours are saved")
    visitor.goes("/hours").follows(TASK).sees("2 h 30 min", "Tuija Tuki", "on behalf of Helmi Tekijä")


def test_a_guardian_sees_earnings_only_while_the_worker_agrees(place, phone, visit, session):
    worker = place.worker("Onni")
    guardian = factories.someone(Role.GUARDIAN, place.jobcenter, given_name="Eeva", family_name="Edunvalvoja")
    factories.support(worker, guardian, SupportKind.GUARDIAN)
    session.commit()
    earnings = f"/earnings/workers/{worker.id}"
    looks = visit(guardian)
    looks.finds_nothing(earnings)
    decides = phone(user_of(worker)).goes("/me").follows("My consents")
    decides.presses("I agree", within=decides.card("Guardian sees earnings and limits"))
    looks.goes("/wards").follows("Onni Tekijä").follows("Earnings and limits").sees("an estimate, not a decision")
    decides.presses("Withdraw", within=decides.card("Guardian sees earnings and limits")).sees("withdrawn")
    looks.finds_nothing(earnings)
    looks.goes("/wards").does_not_see("Onni Tekijä")


def test_a_unit_manager_agrees_that_somebody_is_ready(place, visit):
    manager = factories.someone(Role.UNIT_MANAGER, place.jobcenter, given_name="Riitta")
    unit = factories.unit(place.jobcenter, manager_id=manager.id)
    place.worker("Ilona", unit_id=unit.id, ready_since=None)
    visitor = visit(manager).goes("/").sees("Still practising", "Ilona Tekijä")
    visitor.goes("/workers").follows("Ilona Tekijä").presses("Agree readiness").sees("Ready for gigs since")
    visitor.goes("/").does_not_see("Still practising")


def test_an_administrator_keeps_rates_terms_and_limits(place, visit, session):
    with unit_of_work():
        intake.ensure_terms(place.jobcenter.id, date(2026, 1, 1))
    admin = factories.someone(Role.ADMIN, place.jobcenter, given_name="Anneli", family_name="Hakala")
    session.commit()
    visitor = visit(admin).goes("/admin").follows("Prices, wages and VAT")
    visitor.chooses("List price, euros per hour, without VAT").page.get_by_label("Form of contract").select_option(
        "Assignment contract"
    )
    visitor.types("Value", "15,20").types("In force from", "1.1.2027").types("Source", "The board, 20 November 2026")
    visitor.presses("Save the value").sees("The value is saved.", "15.20", "The board, 20 November 2026")
    visitor.goes("/admin").follows("Order terms").types("In force from", "1.1.2027")
    visitor.types("Terms in Finnish", "## Peruutus\nPeruuttaminen ei maksa mitään.").presses("Publish")
    visitor.sees("The new version is published.", "Version 2")
    visitor.goes("/admin").follows("Limits of law").sees("values are missing for")
    visitor.goes("/admin").follows("Audit log").sees("Anneli Hakala").presses("Check the chain")
    visitor.sees("The chain is whole.")


def test_everybody_sees_why_a_gig_was_cancelled_and_it_is_reopened(place, phone, visit):
    worker = place.worker("Aino")
    gig = place.gig()
    place.confirmed(gig, worker)
    reason = "The kitchen is being painted."
    coordinator = visit(place.coordinator_user).goes(f"/matching/gigs/{gig.id}").follows("Cancel the gig")
    coordinator.types("Why", reason).presses("Cancel the gig").sees(reason, "Cancelled")
    phone(user_of(worker)).goes("/").goes("/gigs/mine").sees(reason)
    visit(place.orderer_user).goes(f"/gigs/order/{place.order.id}").sees(reason)
    coordinator.presses("Open the gig again").sees("Find a person").does_not_see(reason)
