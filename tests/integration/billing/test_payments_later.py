"""What is put right later: money after a loss, on the wrong invoice, taken back; what delays cost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from jobcenter.billing.books import queries as books
from jobcenter.billing.books.domain import Account
from jobcenter.billing.invoices import queries as invoice_queries
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import CreditInvoice, InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import late, queries, queries_write_offs, service, service_mistakes, service_statements
from jobcenter.billing.payments import service_write_offs as write_offs
from jobcenter.billing.payments.domain import (
    Match,
    NotThatMuch,
    PaymentStatus,
    ProposeWriteOff,
    Receive,
    TakeInStatement,
    UseKind,
    UseOver,
)
from jobcenter.billing.payments.models import Payment
from jobcenter.core import clock, texts
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.money import CENT
from tests import factories
from tests.factories_billing import do
from tests.statements_of_banks import camt, entry

TODAY = date(2026, 11, 22)
FRIDAY = date(2026, 11, 20)
GROSS = Decimal("54.59")  # three hours at 14.50 and 25.5 % VAT


@pytest.fixture
def invoice(world, session) -> Invoice:
    world.hours(FRIDAY)
    session.commit()
    return world.sent()


def receive(world, invoice, amount: str, key: str = "one"):
    return do(service.receive, world.coordinator, invoice.id, Receive(Decimal(amount), TODAY, key))


def use(kind: UseKind, amount: str, key: str = "use") -> UseOver:
    return UseOver(kind=kind, amount=Decimal(amount), day=TODAY, form_key=key)


def test_what_comes_after_a_write_off_takes_the_loss_and_its_vat_back(world, invoice, session):
    house = world.jobcenter.id
    vat = books.balance_of(Account.VAT_PAYABLE, house)
    proposal = do(write_offs.propose, world.coordinator, invoice.id, ProposeWriteOff("Bankrupt"))
    do(write_offs.confirm, world.second, proposal.id)
    receive(world, invoice, "20.00")
    balance = queries.balance_of(invoice)
    assert (balance.open, balance.over, balance.written_off) == (0, 0, Decimal("34.59"))
    assert invoice.status is InvoiceStatus.WRITTEN_OFF
    assert books.balance_of(Account.WRITE_OFFS, house) == Decimal("27.56")
    receive(world, invoice, "40.00", "rest")
    assert (queries.balance_of(invoice).over, invoice.status) == (Decimal("5.41"), InvoiceStatus.PAID)
    assert (books.balance_of(Account.WRITE_OFFS, house), books.balance_of(Account.VAT_PAYABLE, house)) == (0, vat)


def test_a_loss_has_the_vat_of_what_was_not_credited(world, session):
    world.hours(date(2024, 8, 31), 1, vat_percent=Decimal("24"))
    world.hours(FRIDAY)
    session.commit()
    invoice = world.sent()
    old, _new = invoice_queries.sent_lines_of(invoice.id)
    do(invoices.credit, world.coordinator, invoice.id, CreditInvoice("Wrong", {old.line_id: 60}))
    proposal = do(write_offs.propose, world.coordinator, invoice.id, ProposeWriteOff("Bankrupt"))
    do(write_offs.confirm, world.second, proposal.id)
    assert {rate: price.gross for rate, price in queries_write_offs.loss_by_rate(invoice.id).items()} == {
        Decimal("25.5"): GROSS
    }
    assert books.balance_of(Account.VAT_PAYABLE, world.jobcenter.id) == 0


def test_what_an_invoice_has_over_is_used_before_it_asks_for_more(world, invoice):
    first = receive(world, invoice, "54.59")
    second = receive(world, invoice, "54.59", "again")
    do(service.take_back, world.coordinator, first.id)
    balance = queries.balance_of(invoice)
    assert (balance.open, balance.over, second.over, invoice.status) == (0, 0, 0, InvoiceStatus.PAID)
    do(service.take_back, world.coordinator, second.id)
    assert (queries.open_of(invoice.id), books.balance_of(Account.OVERPAYMENTS, world.jobcenter.id)) == (GROSS, 0)


def test_money_is_used_no_earlier_than_it_was_over(world, late_invoice, session):
    early, credited = date(2026, 2, 1), clock.start_of(date(2026, 3, 1))
    command = Receive(Decimal("60.00"), early, "one")
    payment = do(service.receive, world.coordinator, late_invoice.id, command)
    with clock.frozen(credited):
        do(invoices.credit, world.coordinator, late_invoice.id, CreditInvoice("Wrong"))
    with pytest.raises(NotThatMuch, match="not_over_then") as refused:
        do(service.use_over, world.coordinator, payment.id, UseOver(UseKind.REFUND, Decimal("5.42"), early, "more"))
    assert (refused.value.field, refused.value.facts["least"]) == ("day", texts.money(Decimal("5.41")))
    session.refresh(payment)
    do(service.use_over, world.coordinator, payment.id, UseOver(UseKind.REFUND, Decimal("5.41"), early, "over"))
    wrong = UseOver(UseKind.REFUND, GROSS, date(2026, 5, 1), "wrong")
    do(service_mistakes.undo_use, world.coordinator, do(service.use_over, world.coordinator, payment.id, wrong).id)
    right = UseOver(UseKind.REFUND, GROSS, clock.day_of(credited), "right")
    do(service.use_over, world.coordinator, payment.id, right)
    assert books.balance_of(Account.OVERPAYMENTS, world.jobcenter.id) == 0


def test_what_came_before_an_invoice_was_sent_pays_it_on_the_day_of_sending(world, invoice, session):
    command = TakeInStatement("file", camt(entry("60.00", archive="A1", day="2026-10-20")))
    do(service_statements.take_in_statement, world.coordinator, world.jobcenter.id, command)
    payment = session.scalars(select(Payment)).one()
    do(service.match, world.coordinator, payment.id, Match(invoice_id=invoice.id))
    assert (invoice.paid_on, books.receivables_on(world.jobcenter.id, TODAY - timedelta(days=1))) == (TODAY, [])
    with pytest.raises(DomainError, match="use_day_impossible") as refused:
        command = UseOver(UseKind.REFUND, Decimal("5.41"), FRIDAY, "early")
        do(service.use_over, world.coordinator, payment.id, command)
    assert refused.value.facts == {"first": TODAY}


@pytest.mark.parametrize("reference", [True, False])
def test_a_payment_on_the_wrong_invoice_is_put_on_the_right_one(world, invoice, session, reference):
    world.hours(FRIDAY - timedelta(days=1))
    session.commit()
    right = world.sent(form_key="two")
    file = camt(entry("60.00", reference=invoice.reference_number if reference else "", archive="A1"))
    command = TakeInStatement("file", file)
    do(service_statements.take_in_statement, world.coordinator, world.jobcenter.id, command)
    payment = session.scalars(select(Payment)).one()
    for wrong in () if reference else (Match(invoice_id=invoice.id),):
        do(service.match, world.coordinator, payment.id, wrong)
    for place in (right, invoice, right):
        do(service.unmatch, world.coordinator, payment.id)
        assert (payment.status, payment.over, payment.invoice_id) == (PaymentStatus.WAITING, 0, None)
        assert [queries.open_of(each.id) for each in (invoice, right)] == [GROSS, GROSS]
        assert books.balance_of(Account.UNMATCHED_PAYMENTS, world.jobcenter.id) == -60
        assert not any(one.amount for one in books.receivables_on(world.jobcenter.id, TODAY - timedelta(days=1)))
        do(service.match, world.coordinator, payment.id, Match(invoice_id=place.id))
    assert (invoice.status, right.status) == (InvoiceStatus.SENT, InvoiceStatus.PAID)
    do(service.use_over, world.coordinator, payment.id, use(UseKind.REFUND, "5.41"))
    with pytest.raises(NotPossible):
        do(service.unmatch, world.coordinator, payment.id)


def test_what_was_noted_by_hand_is_not_unmatched(world, invoice):
    with pytest.raises(NotPossible):
        do(service.unmatch, world.coordinator, receive(world, invoice, "20.00").id)


# What was noted by mistake


def test_a_use_noted_by_mistake_is_taken_back_once(world, invoice, session):
    world.hours(FRIDAY - timedelta(days=1))
    session.commit()
    other, house = world.sent(form_key="two"), world.jobcenter.id
    payment = receive(world, invoice, "94.59")
    refund = do(service.use_over, world.coordinator, payment.id, use(UseKind.REFUND, "15.00", "refund"))
    command = UseOver(UseKind.OTHER_INVOICE, Decimal("25.00"), TODAY, "other", other.id)
    used = do(service.use_over, world.coordinator, payment.id, command)
    assert (payment.over, queries.open_of(other.id)) == (0, GROSS - 25)
    stranger = factories.coordinator(factories.jobcenter())
    session.commit()
    for row in (refund, used):
        with pytest.raises(NotFound):
            do(service_mistakes.undo_use, stranger, row.id)
        do(service_mistakes.undo_use, world.coordinator, row.id)
        with pytest.raises(AlreadyDone):
            do(service_mistakes.undo_use, world.coordinator, row.id)
    assert (payment.over, queries.open_of(other.id), other.status) == (40, GROSS, InvoiceStatus.SENT)
    assert books.balance_of(Account.BANK, house) == -books.balance_of(Account.OVERPAYMENTS, house) + GROSS


def test_a_payment_noted_as_returned_by_mistake_waits_again(world, session, as_user):
    command = TakeInStatement("file", camt(entry("60.00", archive="A1")))
    do(service_statements.take_in_statement, world.coordinator, world.jobcenter.id, command)
    payment, pages = session.scalars(select(Payment)).one(), as_user(world.coordinator_user)
    for _round in range(2):
        do(service.send_back, world.coordinator, payment.id)
        assert books.balance_of(Account.BANK, world.jobcenter.id) == 0
        button = pages.page(f"/payments/{payment.id}").select_one("form[action$='/keep']")
        assert pages.post(button["action"]).status_code == 302
        session.refresh(payment)
        assert payment.status is PaymentStatus.WAITING
        assert books.balance_of(Account.UNMATCHED_PAYMENTS, world.jobcenter.id) == -60


# What the delay costs


@pytest.fixture
def late_invoice(world, session):
    """An invoice of January, the rates of whose half-year are known."""
    world.hours(FRIDAY)
    session.commit()
    with clock.frozen(clock.start_of(date(2026, 1, 2))):
        return world.sent()


def test_no_more_is_taken_for_the_delay_than_it_costs(world, late_invoice):
    payment = receive(world, late_invoice, "154.59")
    for kind in (UseKind.LATE_INTEREST, UseKind.LATE_COMPENSATION):
        left = late.left_to_take(late_invoice, kind, TODAY)
        assert 0 < left < 50
        with pytest.raises(NotThatMuch, match="late_cost_not_owed"):
            do(service.use_over, world.coordinator, payment.id, use(kind, str(left + CENT)))
        do(service.use_over, world.coordinator, payment.id, use(kind, str(left), key=kind))
        with pytest.raises(NotThatMuch, match="late_cost_not_owed"):
            do(service.use_over, world.coordinator, payment.id, use(kind, "0.01"))


def test_what_was_credited_later_bears_no_interest(world, late_invoice):
    (line,) = invoice_queries.sent_lines_of(late_invoice.id)
    do(invoices.credit, world.coordinator, late_invoice.id, CreditInvoice("Wrong", {line.line_id: 120}))
    still_open = queries.open_of(late_invoice.id)
    assert {stretch.amount for stretch in late.interest_of(late_invoice, TODAY).stretches} == {still_open}
    do(invoices.credit, world.coordinator, late_invoice.id, CreditInvoice("Wrong"))
    assert late.interest_of(late_invoice, TODAY).stretches == ()
    assert late.compensation_of(late_invoice, TODAY) == 0


@pytest.mark.parametrize(("minutes", "compensation"), [(120, "40.00"), (None, "0.00")])
def test_what_was_taken_for_the_delay_of_what_was_never_owed_goes_back(world, late_invoice, minutes, compensation):
    payment = receive(world, late_invoice, "154.59")
    kinds = (UseKind.LATE_INTEREST, UseKind.LATE_COMPENSATION)
    for kind in kinds:
        left = late.left_to_take(late_invoice, kind, TODAY)
        do(service.use_over, world.coordinator, payment.id, use(kind, str(left), key=kind))
    (line,) = invoice_queries.sent_lines_of(late_invoice.id)
    command = CreditInvoice("Wrong", {line.line_id: minutes} if minutes else None)
    do(invoices.credit, world.coordinator, late_invoice.id, command)
    owed = [late.owed_of(late_invoice, kind, TODAY) for kind in kinds]
    assert [queries.taken_of(late_invoice.id, kind) for kind in kinds] == owed
    assert (owed[0] > 0, owed[1]) == (minutes is not None, Decimal(compensation))
    left_of_invoice = GROSS - queries.balance_of(late_invoice).credited
    assert payment.over == Decimal("154.59") - left_of_invoice - sum(owed)
    accounts = (Account.LATE_INTEREST, Account.LATE_COMPENSATION, Account.OVERPAYMENTS, Account.RECEIVABLES)
    booked = [-books.balance_of(account, world.jobcenter.id) for account in accounts]
    assert booked == [*owed, payment.over, 0]


def test_what_was_noted_by_mistake_stops_no_interest(world, late_invoice):
    owed = late.interest_of(late_invoice, TODAY)
    by_mistake = Receive(Decimal("20.00"), date(2026, 2, 1), "one")
    payment = do(service.receive, world.coordinator, late_invoice.id, by_mistake)
    assert late.interest_of(late_invoice, TODAY).known < owed.known
    do(service.take_back, world.coordinator, payment.id)
    assert late.interest_of(late_invoice, TODAY).known == owed.known


def test_the_page_tells_what_came_back_of_interest(world, late_invoice, as_user):
    payment = receive(world, late_invoice, "154.59")
    do(service.use_over, world.coordinator, payment.id, use(UseKind.LATE_INTEREST, "2.00"))
    do(invoices.credit, world.coordinator, late_invoice.id, CreditInvoice("Wrong"))
    page = as_user(world.coordinator_user).page(f"/payments/invoices/{late_invoice.id}")
    assert "(€2.00 of it came back)" in page.text
    assert page.select_one("#amount")["value"] == ""
