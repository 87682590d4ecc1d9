"""Invoice and credit note as text, word for word, in Finnish and English; `golden/` holds what they must say.

Set `UPDATE_GOLDEN=1` to write the files anew, and read the difference before committing it.
"""

import io
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from jobcenter.billing import bank
from jobcenter.billing.invoices import paper, service
from jobcenter.billing.invoices.domain import CreditInvoice
from jobcenter.billing.invoices.models import Invoice
from jobcenter.core.uow import unit_of_work
from jobcenter.documents.rendering import render
from tests.factories_billing import World

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def kaisla(session, now) -> World:
    """A café with hours under both VAT rates, whose member reads Finnish."""
    world = World()
    world.orderer.language = "fi"
    world.jobcenter.email = "jobcenter@example.fi"
    organisation = world.organisation
    organisation.business_id, organisation.invoice_reference = "2000001-6", "Osto 9931"
    organisation.cost_centre, organisation.einvoice_address = "4100", "003720000016"
    organisation.einvoice_operator = "003723327487"
    world.hours(date(2024, 8, 31), 1, vat_percent=Decimal("24"))
    world.hours(date(2024, 9, 2), 20, by=world.worker)
    session.commit()
    return world


def text_of(invoice: Invoice) -> str:
    """The PDF's text, with what depends on the database's own numbers masked."""
    pages = PdfReader(io.BytesIO(render(paper.document_of(invoice)))).pages
    text = "\n".join(page.extract_text() for page in pages).replace("\u00a0", " ").replace("\u2212", "-")
    if invoice.reference_number:
        digits = invoice.document["payment"]["bars"]["digits"]
        international = bank.grouped_iban(bank.rf_reference(invoice.reference_number))
        text = text.replace(digits, "BARS").replace(international, "RF REFERENCE")
        text = text.replace(bank.grouped_reference(invoice.reference_number), "REFERENCE")
    return text + "\n"


def check(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_invoice(kaisla):
    check("invoice.txt", text_of(kaisla.sent()))


def test_invoice_in_english(kaisla, session):
    kaisla.orderer.language = "en"
    session.commit()
    check("invoice_en.txt", text_of(kaisla.sent()))


def test_invoice_in_swedish(kaisla, session):
    kaisla.orderer.language = "sv"
    session.commit()
    invoice = kaisla.sent()
    text = text_of(invoice)
    for words in ("Faktura", "Utförda timmar", "Att betala", "Referensnummer", "Förfallodag", "Sida 1 / 1"):
        assert words in text
    assert "Lasku" not in text
    root = PdfReader(io.BytesIO(render(paper.document_of(invoice)))).trailer["/Root"]
    assert root["/Lang"] == "sv-FI"


def test_credit_note(kaisla):
    invoice = kaisla.sent()
    with unit_of_work():
        note = service.credit(kaisla.coordinator, invoice.id, CreditInvoice("Väärä kustannuspaikka"))
    check("credit_note.txt", text_of(note))
