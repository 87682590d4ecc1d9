"""What the pages of payments show: rows with labels and answers ready, so that templates decide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.auth.domain import Actor
from jobcenter.benefits.late_payment import Stretch
from jobcenter.billing import bank
from jobcenter.billing.invoices import domain as invoice_domain
from jobcenter.billing.invoices.domain import InvoiceAction, InvoiceStatus
from jobcenter.billing.invoices.messages import title_of
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import late, policy, post, queries, queries_write_offs
from jobcenter.billing.payments.domain import (
    CAN_BE_TAKEN_BACK,
    CAN_BE_UNMATCHED,
    Balance,
    PaymentStatus,
    Reminded,
    can_be_undone,
    is_charged_back,
)
from jobcenter.billing.payments.messages import (
    LEFT_OUT,
    SOURCES,
    STANDING_TAGS,
    STANDINGS,
    STATEMENTS,
    STATUS_LABELS,
    STATUS_TAGS,
    USES,
)
from jobcenter.billing.payments.models import BankStatement, InvoiceCollection, Payment, PaymentUse, WriteOffProposal
from jobcenter.billing.payments.statements import LeftOut
from jobcenter.core import texts
from jobcenter.core.money import ZERO


@dataclass(frozen=True)
class PaymentRow:
    """A payment in a list."""

    id: int
    day: date
    amount: Decimal
    over: Decimal
    payer: str
    reference: str
    message: str
    source: str
    status_label: str
    tag_kind: str
    invoice_id: int | None
    invoice_title: str
    buyer_name: str


@dataclass(frozen=True)
class StatementRow:
    """A bank's file in a list."""

    kind: str
    file_name: str
    taken_in: str
    added: int
    known: int
    left_out: str


def payment_row(payment: Payment, number: int | None = None, buyer_name: str | None = None) -> PaymentRow:
    """A payment in a list, with its invoice if it is known."""
    return PaymentRow(
        id=payment.id,
        day=payment.day,
        amount=payment.amount,
        over=payment.over,
        payer=payment.payer or buyer_name or "",
        reference=bank.grouped_reference(payment.reference) if payment.reference.isdigit() else payment.reference,
        message=payment.message,
        source=str(SOURCES[payment.source]),
        status_label=str(STATUS_LABELS[payment.status]),
        tag_kind=STATUS_TAGS[payment.status],
        invoice_id=payment.invoice_id,
        invoice_title=title_of(invoice_domain.InvoiceKind.INVOICE, number) if number else "",
        buyer_name=buyer_name or "",
    )


def rows_of(rows: Iterable[queries.PaymentRow]) -> list[PaymentRow]:
    """Payments in a list."""
    return [payment_row(row.payment, row.invoice_number, row.buyer_name) for row in rows]


def statement_row(statement: BankStatement) -> StatementRow:
    """A bank's file in a list."""
    left_out = [one.split(":") for one in statement.left_out.split()]
    return StatementRow(
        kind=str(STATEMENTS[statement.kind]),
        file_name=statement.file_name,
        taken_in=f"{texts.when(statement.made_at)}, {statement.made_by}",
        added=statement.added,
        known=statement.known,
        left_out=", ".join(f"{count} × {LEFT_OUT[LeftOut(reason)]}" for reason, count in left_out),
    )


def invoice_choices(invoices: Sequence[Invoice], open_amounts: Mapping[int, Decimal]) -> list[tuple[int, str]]:
    """Invoices to choose from, with what they still ask for."""
    return [
        (
            invoice.id,
            _(
                "Invoice %(number)s, %(buyer)s: %(open)s open, due %(due)s",
                number=invoice.number,
                buyer=invoice.buyer_name,
                open=texts.money(open_amounts.get(invoice.id, Decimal(0))),
                due=texts.day(invoice.due_on),
            ),
        )
        for invoice in invoices
    ]


# One invoice's money


@dataclass(frozen=True)
class UseRow:
    """What was done with a part of what was paid over."""

    day: date
    amount: Decimal
    what: str
    id: int
    can_undo: bool


@dataclass(frozen=True)
class StretchRow:
    """A part of the delay within one half-year."""

    span: str
    days: int
    amount: Decimal
    rate: str
    interest: Decimal | None
    source: str


@dataclass(frozen=True)
class Proposal:
    """What was proposed to be written off, with what the reader may do."""

    id: int
    invoice_id: int
    title: str
    buyer_name: str
    amount: Decimal
    reason: str
    asked: str
    can_decide: bool
    can_take_back: bool


@dataclass(frozen=True)
class Money:
    """What an invoice's page of money shows."""

    balance: Balance
    standing_label: str
    standing_tag: str
    payments: list[PaymentRow]
    uses: list[UseRow]
    reminders: list[tuple[str, str]]
    stopped: bool
    is_late: bool
    stretches: list[StretchRow]
    interest: Decimal | None
    interest_known: Decimal
    compensation: Decimal
    can_manage: bool
    can_remind: bool
    can_write_off: bool
    proposal: Proposal | None


def money_of(actor: Actor, invoice: Invoice, today: date) -> Money:
    """All about the money of an invoice, as it stands today."""
    balance = queries.balance_of(invoice)
    payments = queries.payments_of(invoice.id)
    collection = queries.collection_of(invoice.id)
    can_manage = policy.can_manage(actor, invoice.jobcenter_id)
    is_open = invoice_domain.is_possible(invoice.kind, invoice.status, InvoiceAction.WRITE_OFF) and balance.open > 0
    delay = late.interest_of(invoice, today)
    waiting = queries_write_offs.open_proposal(invoice.id)
    return Money(
        balance=balance,
        standing_label=str(STANDINGS[balance.standing]),
        standing_tag=STANDING_TAGS[balance.standing],
        payments=[payment_row(payment, invoice.number, invoice.buyer_name) for payment in payments],
        uses=use_rows(payments),
        reminders=_reminders(collection),
        stopped=bool(collection and collection.stopped),
        is_late=bool(delay.stretches),
        stretches=[_stretch_row(stretch) for stretch in delay.stretches],
        interest=delay.amount,
        interest_known=delay.known,
        compensation=late.compensation_of(invoice, today) if delay.stretches else ZERO,
        can_manage=can_manage,
        can_remind=can_manage and is_open and invoice.status is InvoiceStatus.SENT,
        can_write_off=can_manage and is_open and waiting is None,
        proposal=_proposal(actor, waiting, invoice) if waiting is not None and is_open else None,
    )


def proposals(actor: Actor) -> list[Proposal]:
    """What waits in the actor's Jobcenters to be written off."""
    return [_proposal(actor, each, each.invoice) for each in queries_write_offs.waiting(actor)]


def _proposal(actor: Actor, waiting: WriteOffProposal, invoice: Invoice) -> Proposal:
    is_own = waiting.asked_by_id == actor.user_id
    return Proposal(
        id=waiting.id,
        invoice_id=invoice.id,
        title=title_of(invoice.kind, invoice.number),
        buyer_name=invoice.buyer_name,
        amount=waiting.amount,
        reason=waiting.reason,
        asked=f"{waiting.asked_by}, {texts.when(waiting.asked_at)}",
        can_decide=policy.can_decide(actor, invoice.jobcenter_id) and not is_own,
        can_take_back=is_own,
    )


def use_rows(payments: Iterable[Payment]) -> list[UseRow]:
    """What was done with what some payments had over."""
    return [_use_row(use) for use in queries.uses_of([payment.id for payment in payments])]


def _use_row(use: PaymentUse) -> UseRow:
    charged_back = is_charged_back(use.form_key)
    what = _("Taken back by the card holder's bank") if charged_back else str(USES[use.kind])
    if use.given_back and not charged_back:
        what = _("%(what)s (%(amount)s of it came back)", what=what, amount=texts.money(use.given_back))
    can_undo = can_be_undone(use.form_key, back=use.amount - use.given_back)
    return UseRow(use.day, use.amount, what, use.id, can_undo)


def _stretch_row(stretch: Stretch) -> StretchRow:
    known = stretch.rate is not None
    last = stretch.until
    return StretchRow(
        span=f"{texts.day(stretch.since)} – {texts.day(last)}",
        days=stretch.days,
        amount=stretch.amount,
        rate=texts.percent(stretch.rate * 100) if known else _("not known"),
        interest=stretch.interest if known else None,
        source=stretch.source,
    )


def _reminders(collection: InvoiceCollection | None) -> list[tuple[str, str]]:
    reminded = post.reminded_of(collection)
    rows = [
        (_("First reminder"), texts.day(reminded.first_on) if reminded.first_on else _("not sent")),
        (_("Second reminder"), texts.day(reminded.second_on) if reminded.second_on else _("not sent")),
    ]
    if collection and collection.stopped:
        by = _("%(reason)s (%(name)s)", reason=collection.stop_reason, name=collection.stopped_by)
        rows.append((_("Reminders rest"), by))
    return rows


# Late invoices


@dataclass(frozen=True)
class LateRow:
    """An invoice past its due day, in a list."""

    invoice_id: int
    title: str
    buyer_name: str
    due_on: date
    days_late: int
    open: Decimal
    reminders: str


def late_rows(rows: Sequence[queries.Overdue], today: date) -> list[LateRow]:
    """Invoices past their due day."""
    open_amounts = queries.open_amounts([row.invoice.id for row in rows])
    return [
        LateRow(
            invoice_id=row.invoice.id,
            title=title_of(row.invoice.kind, row.invoice.number),
            buyer_name=row.invoice.buyer_name,
            due_on=row.invoice.due_on,
            days_late=(today - row.invoice.due_on).days,
            open=open_amounts.get(row.invoice.id, Decimal(0)),
            reminders=_reminded_text(post.reminded_of(row.collection)),
        )
        for row in rows
    ]


def _reminded_text(reminded: Reminded) -> str:
    if reminded.stopped:
        return _("rest")
    if reminded.second_on:
        return _("second sent %(day)s", day=texts.day(reminded.second_on))
    if reminded.first_on:
        return _("first sent %(day)s", day=texts.day(reminded.first_on))
    return _("none yet")


@dataclass(frozen=True)
class Possible:
    """Which forms a payment's page shows."""

    match: bool
    send_back: bool
    take_back: bool
    unmatch: bool
    use_over: bool
    undo_use: bool
    keep: bool


def possible_for(actor: Actor, payment: Payment) -> Possible:
    """What the actor can do with a payment now."""
    managed = policy.can_manage(actor, payment.jobcenter_id)
    waits, matched = payment.status is PaymentStatus.WAITING, payment.status is PaymentStatus.MATCHED
    can_undo = managed and matched and not queries.is_used(payment.id)
    return Possible(
        match=managed and waits,
        send_back=managed and waits,
        take_back=can_undo and payment.source in CAN_BE_TAKEN_BACK,
        unmatch=can_undo and payment.source in CAN_BE_UNMATCHED,
        use_over=managed and matched and payment.over > 0,
        undo_use=managed,
        keep=managed and payment.status is PaymentStatus.RETURNED,
    )
