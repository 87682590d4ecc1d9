"""Whatever happens to a Jobcenter's money, its books balance and agree with its invoices and payments."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from jobcenter.billing.books import queries as books
from jobcenter.billing.books.domain import Account
from jobcenter.billing.invoices import service as invoices
from jobcenter.billing.invoices.domain import CreditInvoice, InvoiceKind, InvoiceStatus, MarkPaid
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import queries, service, service_mistakes, service_statements
from jobcenter.billing.payments import service_write_offs as write_offs
from jobcenter.billing.payments.domain import (
    Match,
    PaymentStatus,
    ProposeWriteOff,
    Receive,
    TakeInStatement,
    UseKind,
    UseOver,
)
from jobcenter.billing.payments.models import Payment, PaymentUse
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError, NotFound
from jobcenter.core.uow import unit_of_work
from tests.factories_billing import World
from tests.statements_of_banks import camt, entry

TODAY = date(2026, 11, 22)
FRIDAY = date(2026, 11, 20)
JANUARY = date(2026, 1, 2)
_numbers = count()


def fresh_key() -> str:
    return f"key-{next(_numbers)}"


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "send",
                "pay",
                "pay",
                "bank",
                "stray",
                "credit",
                "mark_paid",
                "mark_unpaid",
                "take_back",
                "refund",
                "use",
                "match",
                "unmatch",
                "interest",
                "send_back",
                "write_off",
                "undo",
                "keep",
            ]
        ),  # fmt: skip
        st.integers(0, 7),
        st.integers(1, 9000),
    ),
    min_size=3,
    max_size=30,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(actions=ACTIONS)
def test_the_books_balance_whatever_happens(session, now, actions):
    """Each example has a Jobcenter of its own, so that one that fails is as short as it can be."""
    world = World()
    session.commit()
    Anything(world).run(actions)
    house = world.jobcenter.id
    sums = db.session.execute(text("select sum(debit), sum(credit) from ledger_line")).one()
    assert round(Decimal(str(sums[0] or 0)), 2) == round(Decimal(str(sums[1] or 0)), 2)
    sent = list(db.session.scalars(invoices_of(house)))
    balances = queries.balances_of(sent)
    opens = {InvoiceStatus.SENT: lambda amount: amount > 0}
    for invoice in sent:
        balance = balances[invoice.id]
        assert balance.open == queries.open_of(invoice.id) >= 0
        assert not (balance.open and balance.over) and balance.written_off >= 0
        assert opens.get(invoice.status, lambda amount: amount == 0)(balance.open)
    payments = list(db.session.scalars(payments_of(house)))
    waiting = sum(payment.amount for payment in payments if payment.status is PaymentStatus.WAITING)
    assert books.balance_of(Account.RECEIVABLES, house) == sum(balance.open for balance in balances.values())
    assert books.balance_of(Account.OVERPAYMENTS, house) == -sum(payment.over for payment in payments)
    assert books.balance_of(Account.UNMATCHED_PAYMENTS, house) == -waiting
    if not any(balance.written_off for balance in balances.values()):
        assert books.balance_of(Account.WRITE_OFFS, house) == 0


def invoices_of(jobcenter_id):
    return select(Invoice).where(Invoice.kind == InvoiceKind.INVOICE, Invoice.jobcenter_id == jobcenter_id)


def payments_of(jobcenter_id):
    return select(Payment).where(Payment.jobcenter_id == jobcenter_id)


class Anything:
    """Does things to a Jobcenter's money; what is refused, is refused."""

    def __init__(self, world) -> None:
        self.world = world

    def run(self, actions) -> None:
        for name, place, cents in actions:
            try:
                with unit_of_work():
                    getattr(self, name)(place, Decimal(cents) / 100)
            except DomainError:
                continue

    def send(self, place, amount) -> None:
        self.world.hours(FRIDAY - timedelta(days=place), 1 + place)
        db.session.flush()
        draft = self.world.draft(form_key=fresh_key())
        with clock.frozen(clock.start_of(JANUARY if place % 2 else TODAY)):
            invoices.send(self.world.coordinator, draft.id)

    def pay(self, place, amount) -> None:
        command = Receive(amount, TODAY, fresh_key())
        service.receive(self.world.coordinator, self._invoice(place).id, command)

    def bank(self, place, amount) -> None:
        part = entry(str(amount), reference=self._invoice(place).reference_number, archive=fresh_key())
        self._take_in(camt(part))

    def stray(self, place, amount) -> None:
        self._take_in(camt(entry(str(amount), archive=fresh_key())))

    def credit(self, place, amount) -> None:
        invoices.credit(self.world.coordinator, self._invoice(place).id, CreditInvoice("x"))

    def mark_paid(self, place, amount) -> None:
        service.mark_paid(self.world.coordinator, self._invoice(place).id, MarkPaid(TODAY))

    def mark_unpaid(self, place, amount) -> None:
        service.mark_unpaid(self.world.coordinator, self._invoice(place).id)

    def take_back(self, place, amount) -> None:
        service.take_back(self.world.coordinator, self._payment(place).id)

    def refund(self, place, amount) -> None:
        self._use(place, UseOver(UseKind.REFUND, amount, TODAY, fresh_key()))

    def use(self, place, amount) -> None:
        self._use(place, UseOver(UseKind.OTHER_INVOICE, amount, TODAY, fresh_key(), self._invoice(place // 2).id))

    def match(self, place, amount) -> None:
        service.match(self.world.coordinator, self._payment(place).id, Match(invoice_id=self._invoice(place // 2).id))

    def unmatch(self, place, amount) -> None:
        service.unmatch(self.world.coordinator, self._payment(place).id)

    def interest(self, place, amount) -> None:
        self._use(place, UseOver(UseKind.LATE_INTEREST, amount, TODAY, fresh_key()))

    def send_back(self, place, amount) -> None:
        service.send_back(self.world.coordinator, self._payment(place).id)

    def undo(self, place, amount) -> None:
        uses = select(PaymentUse).join(Payment, Payment.id == PaymentUse.payment_id)
        of_house = uses.where(Payment.jobcenter_id == self.world.jobcenter.id).order_by(PaymentUse.id.desc())
        service_mistakes.undo_use(self.world.coordinator, self._nth(of_house, place).id)

    def keep(self, place, amount) -> None:
        service_mistakes.keep(self.world.coordinator, self._payment(place).id)

    def write_off(self, place, amount) -> None:
        proposal = write_offs.propose(self.world.coordinator, self._invoice(place).id, ProposeWriteOff("x"))
        write_offs.confirm(self.world.second, proposal.id)

    def _use(self, place, command) -> None:
        service.use_over(self.world.coordinator, self._payment(place).id, command)

    def _take_in(self, content) -> None:
        command = TakeInStatement("file", content)
        service_statements.take_in_statement(self.world.coordinator, self.world.jobcenter.id, command)

    def _invoice(self, place) -> Invoice:
        return self._nth(invoices_of(self.world.jobcenter.id).order_by(Invoice.id.desc()), place)

    def _payment(self, place) -> Payment:
        return self._nth(payments_of(self.world.jobcenter.id).order_by(Payment.id.desc()), place)

    def _nth(self, query, place):
        found = list(db.session.scalars(query.limit(place + 1)))
        if not found:
            raise NotFound
        return found[-1]
