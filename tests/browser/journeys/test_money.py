"""Money in the browser: the bank's file to a closed month; a card; a credit note; a list of pay that two people see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jobcenter.billing.invoices.models import Invoice
from jobcenter.core import clock
from jobcenter.orders.organisations.domain import OrganisationKind
from tests import factories
from tests.browser.conftest import Site
from tests.cardhouse import CARD, DECLINED, SECRET, CardHouse, card_house
from tests.factories_billing import IBAN, ON_PAY_DAY, World
from tests.statements_of_banks import camt, entry


@pytest.fixture
def world(session) -> World:
    with clock.frozen(factories.NOW):
        made = World()
        made.hours(date(2026, 11, 20))
        session.commit()
    return made


@pytest.fixture
def invoice(world) -> Invoice:
    with clock.frozen(factories.NOW):
        return world.sent()


def test_the_banks_file_to_a_closed_month(world, invoice, visit, moment):
    content = camt(entry("60.00", archive="A1"), entry("3.00", message="kiitos", archive="A2"))
    visitor = visit(world.coordinator_user, width=390).goes("/payments")
    file = {"name": "tiliote.xml", "mimeType": "text/xml", "buffer": content}
    visitor.page.get_by_label("File from the bank").set_input_files(file)
    visitor.presses("Take in").sees("tiliote.xml", "Invoice not known")
    visitor.follows("Fri 20 Nov 2026 €60.00", visitor.card("Which invoice are these for?"))
    visitor.types("Or the number of another invoice", str(invoice.number))
    visitor.presses("Put it on the invoice").sees("On an invoice", "€5.41")
    visitor.presses("Save").sees("It is noted what was done with the money.")
    visitor.goes(f"/payments/invoices/{invoice.id}").sees("Returned to the payer", "€54.59")
    visitor.goes(f"/books/{world.jobcenter.id}").sees("2862 Payments without a known invoice", "€43.50")
    visitor.goes(f"/books/{world.jobcenter.id}/vouchers?month=2026-11").sees("3. Payment without a known invoice")
    visitor.goes(f"/books/{world.jobcenter.id}/accounts").sees("Receivables")
    visitor.goes(f"/books/{world.jobcenter.id}?month=2026-10")
    visitor.presses("Close October 2026 for good").sees("Closed by Kaisa")


@pytest.fixture
def house(site: Site, tmp_path: Path) -> Iterator[CardHouse]:
    """The stand-in of the card house; what it tells of is told by the test."""
    settings = site.app.config["JOBCENTER"]
    with card_house(tmp_path) as running:
        site.app.config["JOBCENTER"] = replace(
            settings, stripe_key="sk_test_1", stripe_webhook_secret=SECRET, base_url=site.url
        )
        site.app.extensions["card_house"] = running.stripe
        yield running
        site.app.config["JOBCENTER"] = settings
        del site.app.extensions["card_house"]


def test_an_orderer_pays_by_card_and_sees_the_receipt(site, session, world, invoice, house, phone):
    world.organisation.kind, world.organisation.business_id = OrganisationKind.PRIVATE_PERSON, None
    session.commit()
    visitor = phone(world.orderer).goes(f"/invoices/{invoice.id}").presses("Pay by card")
    visitor.sees("54.59").follows("Go to the payment page")
    visitor.types("Card number", DECLINED).presses("Pay 54,59 €").sees("declined")
    visitor.types("Card number", CARD).presses("Pay 54,59 €").sees("Have you paid already?")
    for body, signature in house.messages():
        visitor.page.request.post("/webhooks/stripe", data=body, headers={"Stripe-Signature": signature})
    visitor.looks_again().sees("Receipt", "Mallilan Jobcenter", "€54.59")
    visitor.follows("Back").sees("Paid by card on").follows("Show the receipt").sees("Receipt")


def test_a_coordinator_credits_an_invoice_and_shares_it_between_two_payers(session, world, invoice, visit):
    club = factories.organisation(world.jobcenter, name="Kerho ry", email="kerho@example.fi")
    session.commit()
    visitor = visit(world.coordinator_user).goes(f"/invoices/{invoice.id}")
    visitor.types("Why", "Wrong orderer").presses("Send a credit note")
    visitor.sees("is sent. The hours can be invoiced again", "Wrong orderer")
    visitor.goes("/invoices/to-make").sees("Kahvila Kaisla Oy")
    visitor.goes(f"/orders/{world.order.id}/payers")
    visitor.page.get_by_label("Payer 2").select_option(str(club.id))
    for place, percent in enumerate(("60", "40")):
        visitor.page.get_by_label("Per cent").nth(place).fill(percent)
    visitor.types("Who agreed", "Maija and Ville").presses("Save who pays").sees("Who pays is saved", "Kerho ry")
    visitor.goes("/invoices/to-make").sees("Kahvila Kaisla Oy", "€26.10", "Kerho ry", "€17.40")


def test_pay_is_listed_by_one_and_approved_by_another(session, world, visit, moment):
    world.worker.iban = IBAN
    session.commit()
    first = visit(world.coordinator_user).goes("/pay-runs").follows("Make a list")
    first.presses("Make the list").sees("You made this list, so somebody else approves it")
    visit(world.second_user).goes("/pay-runs").follows("Mon 30 Nov 2026").presses("I have looked at it: approve")
    moment.now = ON_PAY_DAY
    first.looks_again()
    with first.page.expect_download() as taken:
        first.page.get_by_role("button", name="Payment file for the bank").click()
    assert IBAN in Path(taken.value.path()).read_text()
    first.presses("Mark as paid").sees("The list is marked as paid")
