"""What the pages of card payments show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import gettext as _

from jobcenter.billing.card import domain, queries, queries_ending
from jobcenter.billing.card.domain import CardKind, CardStatus
from jobcenter.billing.card.messages import KINDS, PAYOUTS, REFUNDS, STATUS, task_words, what_is_paid
from jobcenter.billing.card.models import CardPayment, CardPayout, CardRefund, CardTask
from jobcenter.billing.invoices.domain import totals
from jobcenter.billing.payments import queries as payment_queries
from jobcenter.core import texts


@dataclass(frozen=True)
class PayersPage:
    """A payment as whoever pays sees it. `go_on`: where a card is typed, "" when over; `waits` for a message."""

    title: str
    what: str
    amount: Decimal
    status_label: str
    tag_kind: str
    lead: str
    go_on: str
    waits: bool
    receipt: tuple[tuple[str, str], ...]


def payers_page(paid: CardPayment, seller: str, now: datetime) -> PayersPage:
    """What the payer's page says now."""
    asks = _asks(paid)
    open_now = asks is Asks.STILL and paid.status is CardStatus.OPEN and paid.url != "" and now < paid.open_until
    closed = paid.status in (CardStatus.ASKED, CardStatus.OPEN) and not open_now and not _is_paid_on(paid)
    label, kind = STATUS[CardStatus.EXPIRED if closed else paid.status]
    return PayersPage(
        title=_title(paid.status),
        what=_what(paid),
        amount=paid.taken if paid.status is CardStatus.PAID else paid.amount,
        status_label=str(label),
        tag_kind=kind,
        lead=_lead(paid, asks, open_now),
        go_on=paid.url if open_now else "",
        waits=paid.status is CardStatus.OPEN,
        receipt=_receipt(paid, seller),
    )


def _what(paid: CardPayment) -> str:
    """What is paid, or will be: of a hold that has paid, the invoice."""
    kind = CardKind.PAYMENT if paid.status is CardStatus.PAID and paid.invoice_id is not None else paid.kind
    return what_is_paid(kind, queries.invoice_number(paid.invoice_id), paid.order_id)


def _title(status: CardStatus) -> str:
    return {
        CardStatus.PAID: _("The card payment has come"),
        CardStatus.HELD: _("The price is held on your card"),
    }.get(status, _("Card payment"))


# Nothing has come of the page yet.
_PAGES = frozenset({CardStatus.ASKED, CardStatus.OPEN, CardStatus.EXPIRED})


class Asks(StrEnum):
    """Whether what a page is for still asks for that sum, for another, or for nothing."""

    STILL = "still"
    OTHERWISE = "otherwise"
    NOTHING = "nothing"


def _asks(paid: CardPayment) -> Asks:
    if paid.status not in _PAGES:
        return Asks.STILL
    if paid.kind is CardKind.HOLD:
        return Asks.NOTHING if queries_ending.nothing_left_of(paid.order_id) else Asks.STILL
    still_open = payment_queries.open_of(paid.invoice_id)
    if still_open <= 0:
        return Asks.NOTHING
    return Asks.STILL if still_open == paid.amount else Asks.OTHERWISE


def _is_paid_on(paid: CardPayment) -> bool:
    """Whether a page was found to be paid on, of which the message has not come yet."""
    return paid.status is CardStatus.OPEN and not paid.url


def _lead(paid: CardPayment, asks: Asks, open_now: bool) -> str:
    match paid.status:
        case CardStatus.PAID:
            return _("Thank you. This page is your receipt: you can print it or save its address.")
        case CardStatus.HELD:
            return _("Nothing has been charged. When the hours are confirmed, what was worked is charged, never more.")
        case CardStatus.LAPSED:
            return _("The money that was held has been let go. Nothing was charged.")
        case _ if open_now:
            return _("The card is typed on the payment service's own page. We never see its number.")
        case _ if _is_paid_on(paid):
            return _("You have paid. The message of it comes in a moment.")
        case _:
            return _lead_of_closed(paid.status, asks)


def _lead_of_closed(status: CardStatus, asks: Asks) -> str:
    match asks:
        case Asks.NOTHING if status is CardStatus.OPEN:
            return _("Nothing is left to pay here. Do not pay on the payment page any more.")
        case Asks.NOTHING:
            return _("Nothing is left to pay here. This page has closed and nothing was charged on it.")
        case Asks.OTHERWISE:
            return _("The invoice asks for another sum now. Begin again from the invoice.")
        case Asks.STILL:
            return _("This page has closed and nothing was charged. Go back to the invoice or order and begin again.")


def _receipt(paid: CardPayment, seller: str) -> tuple[tuple[str, str], ...]:
    if paid.status is not CardStatus.PAID:
        return ()
    rows = [
        (_("Paid to"), seller),
        (_("Paid by"), paid.payer),
        (_("Day of payment"), texts.day(paid.paid_on)),
        (_("Amount"), texts.money(paid.taken)),
        (_("Reference of the payment"), paid.intent_id),
    ]
    if paid.kind is CardKind.HOLD and paid.amount > paid.taken:
        rows.append((_("Held on the card before"), texts.money(paid.amount)))
        rows.extend((words, texts.money(amount)) for words, amount in _let_go(paid) if amount)
    if paid.refunded:
        rows.append((_("Given back"), texts.money(paid.refunded)))
    if charged_back := queries.charged_back_of(paid.payment_id):
        rows.append((_("Taken back by the card holder's bank"), texts.money(charged_back)))
    return tuple(rows)


def _let_go(paid: CardPayment) -> list[tuple[str, Decimal]]:
    """What was let go of a hold, by why."""
    if paid.invoice_id is None:
        return [(_("Let go"), paid.amount - paid.taken)]
    on_invoice = totals(sent.line for sent in queries.lines_on(paid.invoice_id, paid.order_id)).together.gross
    parts = domain.let_go_of(held=paid.amount, on_invoice=on_invoice, taken=paid.taken)
    if queries_ending.has_other_work(paid.order_id, paid.invoice_id):
        why = _("Let go, because the rest of the work is not on this invoice")
    else:
        why = _("Let go, because less was worked")
    return [(why, parts.unworked), (_("Let go, because it was paid or credited otherwise"), parts.settled)]


@dataclass(frozen=True)
class CardListRow:
    """A card payment in the coordinator's list."""

    id: int
    kind: str
    payer: str
    jobcenter: str
    invoice_id: int | None
    invoice: str
    amount: Decimal
    taken: Decimal
    refunded: Decimal
    asked_on: date
    status_label: str
    tag_kind: str
    tasks: int


def list_row(row: queries.CardRow, asked_on: date) -> CardListRow:
    """A card payment in words."""
    paid = row.payment
    label, kind = STATUS[paid.status]
    number = _("Invoice %(number)s", number=row.invoice_number) if row.invoice_number is not None else ""
    return CardListRow(
        id=paid.id,
        kind=str(KINDS[paid.kind]),
        payer=paid.payer,
        jobcenter=row.jobcenter,
        invoice_id=paid.invoice_id,
        invoice=number,
        amount=paid.amount,
        taken=paid.taken,
        refunded=paid.refunded,
        asked_on=asked_on,
        status_label=str(label),
        tag_kind=kind,
        tasks=row.tasks,
    )


def tasks(found: Iterable[CardTask]) -> list[tuple[int, int | None, str]]:
    """Tasks in words: the id, the payment's id, and what must be looked at."""
    return [(task.id, task.card_payment_id, task_words(task.kind, task.facts)) for task in found]


@dataclass(frozen=True)
class RefundRow:
    """Money that was to be given back."""

    amount: Decimal
    reason: str
    asked_by: str
    status_label: str
    tag_kind: str


def refund_rows(found: Iterable[CardRefund]) -> list[RefundRow]:
    """Refunds in words."""
    return [_refund_row(refund) for refund in found]


def _refund_row(refund: CardRefund) -> RefundRow:
    label, kind = REFUNDS[refund.status]
    return RefundRow(refund.amount, refund.reason, refund.asked_by, str(label), kind)


def can_release(paid: CardPayment) -> bool:
    """Whether a page offers to let held money go: not when the card house was told what to do with it."""
    untouched = paid.capture is None and paid.called_at is None
    return paid.kind is CardKind.HOLD and paid.status is CardStatus.HELD and untouched


@dataclass(frozen=True)
class PayoutRow:
    """A Jobcenter's part of a payout to the bank."""

    payout_id: str
    arrived_on: date
    cleared: Decimal
    fees: Decimal
    net: Decimal
    status_label: str
    tag_kind: str
    in_bank: bool


def payout_rows(parts: Iterable[CardPayout]) -> list[PayoutRow]:
    """Payouts in words."""
    return [_payout_row(part) for part in parts]


def _payout_row(part: CardPayout) -> PayoutRow:
    label, kind = PAYOUTS[part.status]
    return PayoutRow(
        payout_id=part.payout_id,
        arrived_on=part.arrived_on,
        cleared=part.cleared + part.unexplained,
        fees=part.fees,
        net=part.cleared + part.unexplained - part.fees,
        status_label=str(label),
        tag_kind=kind,
        in_bank=part.bank_payment_id is not None,
    )
