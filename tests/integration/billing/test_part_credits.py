"""Part credits: the invoice stays, books and what is left agree to the cent, and what is credited is billed anew."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from jobcenter.billing.einvoices import building, checks
from jobcenter.billing.invoices import paper, queries, queries_waiting, service
from jobcenter.billing.invoices.domain import CreditInvoice, InvoiceStatus, MarkPaid
from jobcenter.billing.invoices.domain_credit import CreditRefused
from jobcenter.billing.payments import queries as payment_queries
from jobcenter.billing.payments import service as payments
from jobcenter.billing.payments.domain import Receive
from jobcenter.billing.settings.domain import EInvoiceFormat, EInvoiceSender
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications.models import OutgoingMail

FRIDAY = date(2026, 11, 20)
SENDER = EInvoiceSender(EInvoiceFormat.FINVOICE, "003715903000", "003721291126")


@pytest.fixture
def invoice(world, session):
    """Two lines of three hours at 14,50."""
    world.hours(date(2026, 11, 19))
    world.hours(FRIDAY)
    session.commit()
    return world.sent()


def take_back(world, invoice, *minutes: int, form_key: str | None = None):
    """A credit note of so many minutes of the lines in their order; None of them: all that is left."""
    ids = [sent.line_id for sent in queries.sent_lines_of(invoice.id)]
    chosen = dict(zip(ids, minutes, strict=False)) if minutes else None
    with unit_of_work():
        return service.credit(world.coordinator, invoice.id, CreditInvoice("Tunti liikaa", chosen, form_key))


def test_a_part_is_credited_and_the_invoice_stays(world, invoice, session):
    before = invoice.document
    note = take_back(world, invoice, 0, 60)
    assert (note.net, note.vat, note.gross) == (Decimal("-14.50"), Decimal("-3.70"), Decimal("-18.20"))
    assert (note.first_day, note.last_day) == (FRIDAY, FRIDAY)
    assert (invoice.status, invoice.gross, invoice.document) == (InvoiceStatus.SENT, Decimal("109.19"), before)
    assert payment_queries.open_of(invoice.id) == Decimal("90.99")
    assert "18.20" in paper.document_of(note).to_pay.value
    assert "a part of invoice 1" in paper.document_of(note).lead
    mail = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    assert "90.99" in mail.body


def test_no_more_is_asked_for_than_is_left(world, invoice, session, as_user):
    """Paid in part and credited in part: mails and pages say what is left, and no bar code asks for more."""
    pages = as_user(world.orderer)
    assert pages.page(f"/invoices/{invoice.id}").select_one(".bank-bars")
    with unit_of_work():
        payments.receive(world.coordinator, invoice.id, Receive(Decimal("20.00"), clock.today(), "twenty"))
    take_back(world, invoice, 0, 60)
    link = session.scalars(select(OutgoingMail.body).order_by(OutgoingMail.id)).first().split("http")[1].split()[0]
    for path in (f"/invoices/{invoice.id}", link[link.index("/invoices") :]):
        shown = pages.page(path)
        assert "Of the invoice €70.99 stays." in shown.text
        assert not shown.select("figure")
    assert "Of the invoice €70.99 stays." in _mailed_again(world, invoice, session, days=1)
    with unit_of_work():
        payments.mark_paid(world.coordinator, invoice.id, MarkPaid(clock.today()))
    assert "Nothing of the invoice is left to pay." in _mailed_again(world, invoice, session, days=2)


def _mailed_again(world, invoice, session, *, days: int) -> str:
    """The text of the mail that brings the invoice once more, so many days later."""
    with clock.frozen(clock.now() + timedelta(days=days)), unit_of_work():
        service.mail_again(world.coordinator, invoice.id)
    return session.scalars(select(OutgoingMail.body).order_by(OutgoingMail.id.desc())).first()


def test_parts_together_come_to_the_invoice_and_then_nothing_is_left(world, invoice):
    for minutes in ((50,), (0, 10), ()):
        take_back(world, invoice, *minutes)
    notes = queries.credit_notes_of(invoice.id)
    assert sum(note.gross for note in notes) == -invoice.gross
    assert sum(note.vat for note in notes) == -invoice.vat
    assert payment_queries.open_of(invoice.id) == 0
    assert invoice.status is InvoiceStatus.CREDITED
    assert [note.number for note in notes] == list(range(2, 2 + len(notes)))
    with pytest.raises(AlreadyDone):
        take_back(world, invoice, 10)


def test_more_than_is_left_is_refused(world, invoice):
    take_back(world, invoice, 150)
    with pytest.raises(CreditRefused):
        take_back(world, invoice, 31)
    assert payment_queries.open_of(invoice.id) == Decimal("63.69")


def test_the_same_form_credits_once(world, invoice):
    take_back(world, invoice, 60, form_key="same")
    with pytest.raises(AlreadyDone):
        take_back(world, invoice, 60, form_key="same")
    assert len(queries.credit_notes_of(invoice.id)) == 1


def test_what_is_credited_is_billed_anew_and_no_more(world, invoice):
    take_back(world, invoice, 60)
    second = world.sent(form_key="two")
    take_back(world, invoice, 30)
    third = world.sent(form_key="three")
    assert [(one.minutes, one.piece) for one in queries.lines_of(second.id)] == [(60, 2)]
    assert [(one.minutes, one.piece) for one in queries.lines_of(third.id)] == [(30, 3)]
    assert queries_waiting.billable_hours(frozenset({world.jobcenter.id})) == []
    with unit_of_work():
        service.credit(world.coordinator, second.id, CreditInvoice("Väärin"))
    assert [one.minutes for one in queries_waiting.billable_hours(frozenset({world.jobcenter.id}))] == [60]


def test_a_part_credited_after_payment_is_owed_back(world, invoice):
    with unit_of_work():
        payments.mark_paid(world.coordinator, invoice.id, MarkPaid(date(2026, 11, 22)))
    take_back(world, invoice, 60)
    assert invoice.status is InvoiceStatus.PAID
    assert payment_queries.balance_of(invoice).over == Decimal("18.20")


@pytest.mark.parametrize("form", EInvoiceFormat)
def test_the_e_invoices_of_a_part_break_no_rule_of_sums(world, invoice, form):
    take_back(world, invoice, 70, form_key="seventy")
    notes = queries.credit_notes_of(invoice.id)
    assert [(note.gross, note.form_key) for note in notes] == [
        (Decimal("-18.20"), "seventy"),
        (Decimal("-3.04"), "seventy:1"),
    ]
    assert payment_queries.open_of(invoice.id) == Decimal("87.95")
    sums = {checks.Field.SUMS, checks.Field.VAT, checks.Field.LINES, checks.Field.PERIOD, checks.Field.CREDITED}
    for note in notes:
        found = building.build(note, SENDER, attempt=1, now=clock.now())
        assert found.credits.number == str(invoice.number)
        assert [fault for fault in checks.faults(found, form) if fault.field in sums] == []


def test_the_page_takes_hours_back(world, invoice, as_user):
    page = as_user(world.coordinator_user)
    address = f"/invoices/{invoice.id}/credit-part"
    line_id = queries.sent_lines_of(invoice.id)[0].line_id
    assert page.get(address).status_code == 200
    typed = {f"line_{line_id}": "4", "reason": "Tunti liikaa", "form_key": "page"}
    assert page.post(address, data=typed).status_code == 422
    done = page.post(address, data=typed | {f"line_{line_id}": "1:00"}, follow_redirects=True)
    assert "a part of invoice 1" in done.text
    assert page.get(f"/invoices/{invoice.id}").status_code == 200


def test_the_page_tells_of_two_notes(world, invoice, as_user):
    line_id = queries.sent_lines_of(invoice.id)[0].line_id
    typed = {f"line_{line_id}": "1:10", "reason": "Tunti liikaa", "form_key": "page"}
    done = as_user(world.coordinator_user).post(
        f"/invoices/{invoice.id}/credit-part", data=typed, follow_redirects=True
    )
    assert "Credit notes 2, 3 are sent" in done.text
