"""The main road in the browser: one order from a visitor's phone to the invoice, the certificate and the limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest

from jobcenter.auth.domain import Role
from jobcenter.auth.models import User
from jobcenter.benefits import BenefitKind, JobseekerStatus
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.orders.gigs.jobs import finish_gigs, make_gigs
from jobcenter.orders.hours.jobs import ask_orderers_to_confirm
from jobcenter.orders.intake.models import Order
from jobcenter.workers.domain import TaskCategory
from jobcenter.workers.models import Worker
from tests import factories
from tests.browser.journeys.conftest import Visitor
from tests.factories_orders import Market, mails, path_in

TASK = "Dishes of the Christmas lunch"
GIG_DAY = date(2026, 12, 1)
AFTER_THE_GIG = clock.at(GIG_DAY, time(18, 30))
DAY_AFTER = clock.at(GIG_DAY + timedelta(days=1), time(9))
PITCH = "I have washed dishes for two years and I like a calm kitchen."


@dataclass(frozen=True)
class Town:
    """A Jobcenter with its coordinator, two people who may take gigs, and one whom an assignment would harm."""

    market: Market
    veikko: Worker
    aino: Worker
    toivo: Worker

    @property
    def coordinator(self) -> User:
        return self.market.coordinator_user


@pytest.fixture
def town(session) -> Town:
    market = Market(name="Mallilan Jobcenter")
    veikko, aino, toivo = (_worker(market, name) for name in ("Veikko", "Aino", "Toivo"))
    factories.benefit(veikko, BenefitKind.KELA_DISABILITY_PENSION)
    factories.benefit(toivo, BenefitKind.GENERAL_BENEFIT)
    session.commit()
    return Town(market, veikko, aino, toivo)


def _worker(market: Market, name: str) -> Worker:
    user = factories.someone(Role.WORKER, market.jobcenter, given_name=name, family_name="Tekijä")
    worker = factories.worker(
        market.jobcenter,
        user,
        born=date(1990, 5, 1),
        tasks=frozenset({TaskCategory.DISHWASHING}),
        benefits_asked_on=factories.TODAY,
        jobseeker=JobseekerStatus.NOT_REGISTERED,
        weekly_minutes_most=600,
    )
    factories.consent(worker)
    return worker


def fill_in_order(visitor: Visitor) -> None:
    """The four parts of the order form: ten hours for two people."""
    visitor.goes("/order").chooses("Dishwashing").types("The task in a few words", TASK).presses("Next")
    visitor.types("How many people are needed?", "2").types("Day", "1.12.2026")
    visitor.types("Begins", "8").types("Ends", "18").presses("Next")
    visitor.types("Name of the place", "Café Öhman").types("Street address", "Kahvikuja 2").types("City", "Mallila")
    visitor.types("Who meets the worker there?", "Olga Öhman").types("Phone of the contact on site", "040 123 4567")
    visitor.chooses("Standing for a long time").presses("Next")
    visitor.chooses("Business").types("Name of the orderer", "Kahvila Öhman Oy").types("Y-tunnus", "1234567-1")
    visitor.types("Your first name", "Olga").types("Your last name", "Öhman")
    visitor.types("Your e-mail", "olga@kahvila.example").types("Your phone", "040 123 4567").presses("Next")


def newest_link(kind: str, fresh) -> str:
    fresh()
    return path_in(mails(kind)[-1])


def order_and_confirm(visitor: Visitor, fresh) -> str:
    """Order without an account, and confirm by the link of the mail; the order's address."""
    visitor.goes("/").presses("English")
    fill_in_order(visitor)
    visitor.sees("€290.00", "€73.95", "€363.95").presses("Send the order")
    visitor.sees("olga@kahvila.example").goes(newest_link("order_confirm", fresh))
    visitor.presses("Confirm the order").sees("you have an account now", TASK)
    return visitor.page.url


def agree(orderer: Visitor, coordinator: Visitor, order_url: str, fresh) -> None:
    """Ask back, answer, set the price, accept the terms by the link."""
    coordinator.goes("/").goes("/orders").follows(TASK)
    coordinator.types("Write a message", "Is there a dishwashing machine?").presses("Send the message")
    orderer.goes(order_url).sees("Is there a dishwashing machine?")
    orderer.types("Write a message", "Yes, and trays.").presses("Send the message")
    coordinator.looks_again().sees("Yes, and trays.")
    coordinator.follows("Set the price and send the terms").chooses("Assignment contract")
    coordinator.types("Price per hour, without VAT, €", "14,50").presses("Send the terms")
    coordinator.sees("The terms were sent.")
    orderer.goes(newest_link("order_terms", fresh)).sees("€363.95").presses("Accept the terms")


def staff(coordinator: Visitor, town: Town) -> None:
    """See who fits and who does not, and offer the first place to Veikko, the second to Aino."""
    coordinator.goes("/gigs").follows(TASK)
    coordinator.follows("Find a person", within=coordinator.card("Place 1")).sees("Fit (2)", "Do not fit (1)")
    refused = coordinator.card("Toivo Tekijä")
    assert "Gets an unemployment benefit" in refused.inner_text()
    assert "The way is the partner form" in refused.inner_text()
    assert not refused.get_by_role("link").count(), "there is no way to offer it"
    slot = coordinator.page.url
    coordinator.goes(f"{slot}/offer/{town.toivo.id}").sees("Nobody can pass this rule by.")
    for number, name in ((1, "Veikko Tekijä"), (2, "Aino Tekijä")):
        coordinator.goes("/gigs").follows(TASK).follows("Find a person", within=coordinator.card(f"Place {number}"))
        coordinator.follows(f"Offer to {name}").presses("Send the offer").sees("The offer is sent.")


def say_yes(worker: Visitor) -> None:
    """Look at the offer and take it, with a few words."""
    worker.goes("/").follows(f"Answer: {TASK}").sees("You get €100.00 for this gig, before tax.")
    worker.sees("What this gig does to my limits", "Disability pension from Kela", "an estimate, not a decision")
    worker.types("A few words about yourself", PITCH).presses("Yes, I take the gig")
    worker.sees("Thank you for your yes!")


def log_hours(worker: Visitor) -> None:
    worker.goes("/").follows(f"Write down your hours: {TASK}").presses("Save the hours").sees("The hours are saved")


def confirm_and_praise(orderer: Visitor, fresh) -> None:
    """By the links of the mails alone."""
    orderer.goes(newest_link("hours_to_confirm", fresh)).sees("Veikko", "Aino", "10 h").presses("Confirm the hours")
    orderer.sees("The hours are confirmed.")
    orderer.goes(newest_link("feedback_wanted", fresh))
    with_veikko = orderer.card("Veikko")
    with_veikko.get_by_label("Well", exact=True).check()
    with_veikko.get_by_label("In your own words").fill("Calm and careful.")
    orderer.presses("Send the feedback", within=with_veikko).sees("The feedback goes to the worker.")


def bill(coordinator: Visitor) -> None:
    """From confirmed hours to a sent invoice, and the list of pay."""
    coordinator.goes("/invoices/to-make").follows("See the invoice").sees("Kahvila Öhman Oy")
    coordinator.sees("€290.00", "€73.95", "€363.95").presses("Make the draft").presses("Number and send")
    coordinator.sees("is sent.", "€363.95").saves("PDF")
    coordinator.goes("/pay-runs").follows("Make a list of pay").sees("Veikko Tekijä", "€100.00", "€60.00")
    coordinator.presses("Make the list").sees("Aino Tekijä")


def test_one_order_from_a_phone_to_the_invoice(town, moment, visit, phone, fresh):
    orderer, coordinator, veikko = phone(), visit(town.coordinator), phone(_user(town.veikko))
    order_url = order_and_confirm(orderer, fresh)
    agree(orderer, coordinator, order_url, fresh)
    moment.run(make_gigs)
    staff(coordinator, town)
    say_yes(veikko)
    aino = phone(_user(town.aino))
    aino.goes("/").follows(f"Answer: {TASK}").presses("Yes, I take the gig")
    coordinator.goes("/gigs").follows(TASK).sees(PITCH)
    for place in ("Place 1", "Place 2"):
        coordinator.presses("Confirm the place", within=coordinator.card(place))
    coordinator.saves("Contract (PDF)")
    veikko.goes("/gigs/mine").sees("Olga Öhman").follows("See the gig").saves("Contract (PDF)")
    orderer.goes(order_url).follows("Gigs of this order").sees("Coming: ", "Veikko").does_not_see("Tekijä")
    moment.now = AFTER_THE_GIG
    moment.run(finish_gigs)
    log_hours(veikko)
    log_hours(aino)
    moment.run(ask_orderers_to_confirm)
    moment.now = DAY_AFTER
    confirm_and_praise(orderer, fresh)
    bill(coordinator)
    orderer.goes("/invoices/mine").sees("€363.95")
    orderer.goes(newest_link("invoice", fresh)).sees("€363.95").saves("Save as PDF")
    see_what_is_left(veikko)


def see_what_is_left(worker: Visitor) -> None:
    """Certificate, CV, feedback, limits."""
    worker.goes("/").follows("Certificates").saves("Certificate")
    worker.goes("/").follows("Your CV").sees("Kahvila Öhman Oy").saves("The CV as PDF")
    worker.goes("/").follows("Feedback that you have got").sees("Calm and careful.")
    worker.goes("/earnings").sees("Disability pension from Kela", "€100.00")


def test_the_order_form_needs_no_scripts(town, phone, fresh, session):
    order_and_confirm(phone(scripts=False), fresh)
    assert [order.title for order in session.query(Order)] == [TASK]


def _user(worker: Worker) -> User:
    return db.session.get_one(User, worker.user_id)
