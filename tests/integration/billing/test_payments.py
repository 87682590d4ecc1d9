"""Payments on both databases: in part, over, from the bank's files, taken back, late; and the books after anything."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import func, select

from jobcenter.auth.domain import Role
from jobcenter.billing.books import queries as books
from jobcenter.billing.books.domain import Account
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import CreditInvoice, InvoiceStatus, MarkPaid
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import queries, queries_write_offs, service, service_statements
from jobcenter.billing.payments import service_write_offs as write_offs
from jobcenter.billing.payments.domain import (
    Match,
    NotThatMuch,
    PaymentStatus,
    ProposeWriteOff,
    Receive,
    Standing,
    StatementRefused,
    StopReminders,
    TakeInStatement,
    UseKind,
    UseOver,
)
from jobcenter.billing.payments.jobs import remind_of_invoices
from jobcenter.billing.payments.models import Payment
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.second_person import OwnAsk
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications.models import OutgoingMail
from tests import factories
from tests.statements_of_banks import camt, entry, ktl, ktl_payment

TODAY = date(2026, 11, 22)
FRIDAY = date(2026, 11, 20)
GROSS = Decimal("54.59")  # three hours at 14.50 and 25.5 % VAT


def do(action, *arguments):
    with unit_of_work():
        return action(*arguments)


@pytest.fixture
def invoice(world, session) -> Invoice:
    world.hours(FRIDAY)
    session.commit()
    made = world.sent()
    assert made.gross == GROSS
    return made


def receive(world, invoice, amount: str, key: str = "one"):
    return do(service.receive, world.coordinator, invoice.id, Receive(Decimal(amount), TODAY, key))


def use(kind: UseKind, amount: str, key: str = "use", invoice_id: int | None = None) -> UseOver:
    return UseOver(kind=kind, amount=Decimal(amount), day=TODAY, form_key=key, invoice_id=invoice_id)


def take_in(world, content: bytes):
    command = TakeInStatement("file", content)
    return do(service_statements.take_in_statement, world.coordinator, world.jobcenter.id, command)


# Amounts


@pytest.mark.parametrize(
    ("amount", "standing", "status", "sums"),
    [
        ("20.00", Standing.PARTLY_PAID, InvoiceStatus.SENT, ("34.59", "0.00")),
        ("54.59", Standing.PAID, InvoiceStatus.PAID, ("0.00", "0.00")),
        ("60.00", Standing.OVERPAID, InvoiceStatus.PAID, ("0.00", "5.41")),
    ],
)
def test_an_invoice_stands_by_what_was_paid(world, invoice, amount, standing, status, sums):
    receive(world, invoice, amount)
    balance = queries.balance_of(invoice)
    assert (balance.standing, invoice.status) == (standing, status)
    assert (balance.open, balance.over) == tuple(map(Decimal, sums))


def test_the_same_form_notes_a_payment_once(world, invoice, session):
    first = receive(world, invoice, "20.00")
    assert receive(world, invoice, "20.00").id == first.id
    assert session.scalar(select(func.count()).select_from(Payment)) == 1


def test_marking_paid_takes_what_is_open_and_can_be_taken_back(world, invoice):
    receive(world, invoice, "20.00")
    do(service.mark_paid, world.coordinator, invoice.id, MarkPaid(TODAY))
    assert queries.balance_of(invoice).paid == GROSS
    do(service.mark_unpaid, world.coordinator, invoice.id)
    assert (invoice.status, queries.open_of(invoice.id)) == (InvoiceStatus.SENT, GROSS)


def test_a_credit_after_payment_leaves_money_that_can_be_returned(world, invoice):
    payment = receive(world, invoice, "54.59")
    do(invoices.credit, world.coordinator, invoice.id, CreditInvoice("Wrong"))
    assert queries.balance_of(invoice).over == GROSS
    with pytest.raises(NotThatMuch):
        do(service.use_over, world.coordinator, payment.id, use(UseKind.REFUND, "54.60"))
    for _time in range(2):
        do(service.use_over, world.coordinator, payment.id, use(UseKind.REFUND, "54.59"))
    assert books.balance_of(Account.OVERPAYMENTS, world.jobcenter.id) == 0
    assert books.balance_of(Account.BANK, world.jobcenter.id) == 0


def test_what_is_over_pays_another_invoice(world, invoice, session):
    payment = receive(world, invoice, "100.00")
    world.hours(FRIDAY - timedelta(days=1))
    session.commit()
    other = world.sent(form_key="two")
    do(service.use_over, world.coordinator, payment.id, use(UseKind.OTHER_INVOICE, "45.41", invoice_id=other.id))
    assert (queries.open_of(other.id), payment.over) == (GROSS - Decimal("45.41"), 0)
    with pytest.raises(NotThatMuch):
        do(service.use_over, world.coordinator, payment.id, use(UseKind.OTHER_INVOICE, "1", "more", other.id))
    do(invoices.credit, world.coordinator, other.id, CreditInvoice("Nobody came"))
    session.refresh(payment)
    assert (queries.open_of(other.id), payment.over) == (0, Decimal("45.41"))
    assert books.balance_of(Account.OVERPAYMENTS, world.jobcenter.id) == Decimal("-45.41")
    do(service.use_over, world.coordinator, payment.id, use(UseKind.REFUND, "45.41", "back"))
    assert books.balance_of(Account.OVERPAYMENTS, world.jobcenter.id) == 0


def test_what_was_noted_by_mistake_is_owed_again_after_a_write_off(world, invoice, session):
    part = do(service.receive, world.coordinator, invoice.id, Receive(Decimal("5.00"), TODAY, "part"))
    write_off(world, invoice)
    do(service.take_back, world.coordinator, part.id)
    assert (session.get(Invoice, invoice.id).status, queries.open_of(invoice.id)) == (
        InvoiceStatus.SENT,
        Decimal("5.00"),
    )
    write_off(world, invoice)
    assert queries.open_of(invoice.id) == 0


def propose(world, invoice):
    return do(write_offs.propose, world.coordinator, invoice.id, ProposeWriteOff("Bankrupt"))


def write_off(world, invoice):
    return do(write_offs.confirm, world.second, propose(world, invoice).id)


def test_a_write_off_is_a_loss_without_vat(world, invoice):
    receive(world, invoice, "20.00")
    proposal = propose(world, invoice)
    assert queries.open_of(invoice.id) == Decimal("34.59")
    do(write_offs.confirm, world.second, proposal.id)
    assert (invoice.status, queries.open_of(invoice.id)) == (InvoiceStatus.WRITTEN_OFF, 0)
    assert queries.balance_of(invoice).standing is Standing.WRITTEN_OFF
    assert books.balance_of(Account.WRITE_OFFS, world.jobcenter.id) == Decimal("27.56")
    assert books.balance_of(Account.VAT_PAYABLE, world.jobcenter.id) == Decimal("-4.06")
    for again in (lambda: do(write_offs.confirm, world.second, proposal.id), lambda: propose(world, invoice)):
        with pytest.raises(AlreadyDone):
            again()


def test_two_people_write_off(world, invoice):
    proposal = propose(world, invoice)
    for verb in (write_offs.confirm, write_offs.refuse):
        with pytest.raises(OwnAsk, match="ask_own"):
            do(verb, world.coordinator, proposal.id)
    with pytest.raises(OwnAsk, match="ask_of_another"):
        do(write_offs.take_back, world.second, proposal.id)
    with pytest.raises(AlreadyDone, match="write_off_already"):
        propose(world, invoice)
    do(write_offs.refuse, world.second, proposal.id)
    with pytest.raises(NotPossible):
        do(write_offs.confirm, world.second, proposal.id)
    do(write_offs.take_back, world.coordinator, propose(world, invoice).id)
    assert queries.open_of(invoice.id) == GROSS


def test_what_was_paid_meanwhile_is_not_written_off(world, invoice):
    proposal = propose(world, invoice)
    receive(world, invoice, "20.00")
    with pytest.raises(DomainError, match="write_off_changed"):
        do(write_offs.confirm, world.second, proposal.id)
    receive(world, invoice, "34.59", "rest")
    with pytest.raises(NotPossible):
        do(write_offs.confirm, world.second, proposal.id)


def test_a_write_off_on_the_pages(world, invoice, as_user):
    page = as_user(world.coordinator_user)
    page.page(f"/payments/invoices/{invoice.id}")
    assert page.post(f"/payments/invoices/{invoice.id}/write-off", data={"reason": "Konkurssi"}).status_code == 302
    assert "Take the proposal back" in page.get(f"/payments/invoices/{invoice.id}").text
    number = queries_write_offs.open_proposal(invoice.id).id
    assert page.post(f"/payments/write-offs/{number}/confirm").status_code == 409
    page = as_user(world.second_user)
    assert "1 write-off waits for a second person" in page.get("/").text
    assert "Konkurssi" in page.get("/payments/write-offs").text
    assert "Confirm: write it off" in page.get(f"/payments/invoices/{invoice.id}").text
    assert page.post(f"/payments/write-offs/{number}/confirm").status_code == 302
    assert queries.open_of(invoice.id) == 0


# The bank's files


def test_a_file_pays_by_reference_and_twice_adds_nothing(world, invoice):
    rf = f"RF{invoice.reference_number}"
    parts = [entry("54.59", reference=invoice.reference_number, archive="A1"), entry("7.00", message=rf, archive="A2")]
    statement = take_in(world, camt(*parts))
    assert (statement.added, invoice.status) == (2, InvoiceStatus.PAID)
    assert len(queries.waiting_payments(world.coordinator)) == 1
    with pytest.raises(AlreadyDone):
        take_in(world, camt(*parts))
    overlapping = take_in(world, ktl(ktl_payment("54.59", invoice.reference_number, "A1")))
    assert (overlapping.added, overlapping.known) == (0, 1)
    assert queries.balance_of(invoice).paid == GROSS


def test_the_banks_own_payment_cannot_be_taken_back(world, invoice):
    take_in(world, camt(entry("54.59", reference=invoice.reference_number, archive="A1")))
    with pytest.raises(NotPossible):
        do(service.mark_unpaid, world.coordinator, invoice.id)
    assert invoice.status is InvoiceStatus.PAID


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (camt(entry("5.00"), iban="FI2112345600000785"), "statement_of_other_account"),
        (b"nonsense", "statement_unreadable"),
        (camt(entry("5.00", day="2026-11-23")), "statement_day_ahead"),
    ],
)
def test_a_file_that_is_not_ours_is_refused(world, content, code):
    with pytest.raises(StatementRefused, match=code):
        take_in(world, content)


def test_a_waiting_payment_is_put_on_its_invoice_or_returned(world, invoice, session):
    take_in(world, camt(entry("54.59", archive="A1"), entry("5.00", archive="A2")))
    first, second = queries.waiting_payments(world.coordinator)
    for wrong in (Match(), Match(number=99)):
        with pytest.raises(DomainError):
            do(service.match, world.coordinator, first.id, wrong)
    do(service.match, world.coordinator, first.id, Match(number=invoice.number))
    assert (first.status, invoice.status) == (PaymentStatus.MATCHED, InvoiceStatus.PAID)
    with pytest.raises(AlreadyDone):
        do(service.match, world.coordinator, first.id, Match(invoice_id=invoice.id))
    do(service.send_back, world.coordinator, second.id)
    assert books.balance_of(Account.UNMATCHED_PAYMENTS, world.jobcenter.id) == 0
    assert books.balance_of(Account.BANK, world.jobcenter.id) == GROSS


# Who may


def test_another_jobcenter_and_the_orderer_find_nothing(world, invoice, session):
    payment = receive(world, invoice, "20.00")
    proposal = propose(world, invoice)
    elsewhere = factories.jobcenter(name="Toinen")
    other = factories.actor(
        factories.someone(Role.COORDINATOR, elsewhere, given_name="Muu"), (Role.COORDINATOR, elsewhere)
    )
    session.commit()
    for actor in (other, world.as_orderer):
        for action, *arguments in (
            (service.receive, invoice.id, Receive(Decimal(1), TODAY, "x")),
            (service.match, payment.id, Match(invoice_id=invoice.id)),
            (service.take_back, payment.id),
            (service.unmatch, payment.id),
            (service.use_over, payment.id, use(UseKind.REFUND, "1")),
            (service.stop_reminders, invoice.id, StopReminders(True, "x")),
            (write_offs.propose, invoice.id, ProposeWriteOff("x")),
            (write_offs.confirm, proposal.id),
            (write_offs.refuse, proposal.id),
            (write_offs.take_back, proposal.id),
            (service_statements.take_in_statement, world.jobcenter.id, TakeInStatement("x", camt(entry("1")))),
        ):
            with pytest.raises(NotFound):
                do(action, actor, *arguments)


# Reminders


def remind(day: date) -> int:
    with clock.frozen(clock.start_of(day) + timedelta(hours=9)):
        return remind_of_invoices(clock.now()).done


def test_two_reminders_are_sent_once_each(world, invoice, session):
    due = invoice.due_on
    days = (6, 7, 8, 20, 21, 22, 60)
    assert [remind(due + timedelta(days=late)) for late in days] == [0, 1, 0, 0, 1, 0, 0]
    bodies = [
        mail.body for mail in session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "invoice_reminder"))
    ]
    assert len(bodies) == 2 and all("54.59" in body for body in bodies)


def test_a_reminder_that_nobody_can_be_sent_is_not_noted_as_sent(world, invoice, session):
    world.organisation.email, world.orderer.active = "", False
    session.commit()
    day = invoice.due_on + timedelta(days=8)
    assert (remind(day), queries.collection_of(invoice.id)) == (0, None)
    world.organisation.email = "kahvila@example.fi"
    session.commit()
    assert remind(day) == 1


def test_stopped_paid_and_credited_invoices_are_not_reminded_of(world, invoice):
    do(service.stop_reminders, world.coordinator, invoice.id, StopReminders(True, "Talked on the phone"))
    assert remind(invoice.due_on + timedelta(days=8)) == 0
    do(service.stop_reminders, world.coordinator, invoice.id, StopReminders(False, ""))
    receive(world, invoice, "54.59")
    assert remind(invoice.due_on + timedelta(days=8)) == 0


# Pages


def test_the_pages_show_and_do(world, invoice, as_user, session):
    client = as_user(world.coordinator_user)
    file = (BytesIO(camt(entry("60.00", reference=invoice.reference_number), entry("3.00", archive="A2"))), "a.xml")
    sent = client.post("/payments/statements", data={"jobcenter": world.jobcenter.id, "file": file})
    assert sent.status_code == 302
    page = client.get("/payments").text
    assert "a.xml" in page and "60.00" in page
    first, second = session.scalars(select(Payment).order_by(Payment.id))
    assert "5.41" in client.get(f"/payments/{first.id}").text
    for verb, data in (("unmatch", {}), ("match", {"number": str(invoice.number)})):
        assert client.post(f"/payments/{first.id}/{verb}", data=data).status_code == 302
    data = {"kind": "refund", "amount": "5,41", "day": "22.11.2026"}
    assert client.post(f"/payments/{first.id}/use", data=data).status_code == 302
    assert client.post(f"/payments/{second.id}/match", data={}).status_code == 422
    assert client.post(f"/payments/{second.id}/send-back").status_code == 302
    assert "60.00" in client.get(f"/payments/invoices/{invoice.id}").text
    for path in ("", "/vouchers", "/csv", "/accounts"):
        assert client.get(f"/books/{world.jobcenter.id}{path}").status_code == 200
    assert client.post(f"/books/{world.jobcenter.id}/close?month=2026-11").status_code == 409
    assert client.post(f"/books/{world.jobcenter.id}/close?month=2026-10").status_code == 302
    numbers = {"bank": "1900", "receivables": "1900"}
    assert client.post(f"/books/{world.jobcenter.id}/accounts", data=numbers).status_code == 422
    assert client.post(f"/books/{world.jobcenter.id}/accounts", data={"bank": "=1900"}).status_code == 422
    assert client.post(f"/books/{world.jobcenter.id}/accounts", data={"bank": "1900"}).status_code == 302
    assert '"1900"' in client.get(f"/books/{world.jobcenter.id}/csv").text
    assert client.get("/books/999").status_code == 404
    assert as_user(world.orderer).get("/payments").status_code == 403
