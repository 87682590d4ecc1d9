"""A coordinator takes in the bank's file, finds a stray payment's invoice, returns what was over, closes a month."""

from __future__ import annotations

from datetime import date

import pytest

from jobcenter.billing.invoices.models import Invoice
from jobcenter.core import clock
from tests import factories
from tests.factories_billing import World
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
    visitor.presses("Save").sees("€0.00")
    visitor.goes(f"/payments/invoices/{invoice.id}").sees("Returned to the payer", "€54.59")
    visitor.goes(f"/books/{world.jobcenter.id}").sees("2862 Payments without a known invoice", "€43.50")
    visitor.goes(f"/books/{world.jobcenter.id}/vouchers?month=2026-11").sees("3. Payment without a known invoice")
    visitor.goes(f"/books/{world.jobcenter.id}/accounts").sees("Receivables")
    visitor.goes(f"/books/{world.jobcenter.id}?month=2026-10")
    visitor.presses("Close October 2026 for good").sees("Closed by Kaisa")
