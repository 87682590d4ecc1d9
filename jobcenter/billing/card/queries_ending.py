"""What has nothing to pay any more: pages to be closed, holds to be let go, orders for which no hold is wanted."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, exists, or_, select

from jobcenter.billing.card.domain import CardKind, CardStatus, TaskKind
from jobcenter.billing.card.models import CardEvent, CardPayment, CardTask
from jobcenter.billing.invoices.domain import InvoiceKind, InvoiceStatus
from jobcenter.billing.invoices.models import Invoice, InvoiceLine
from jobcenter.billing.payments import queries as payment_queries
from jobcenter.core.db import db
from jobcenter.core.money import ZERO
from jobcenter.orders.gigs.domain import HOLDING, GigStatus
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order

GONE = frozenset({OrderStatus.CANCELLED, OrderStatus.DECLINED})

# Pages


def pages_to_close(now: datetime) -> list[int]:
    """Open pages on which nothing should be paid any more: of an invoice that does not ask for that sum now, of an
    order that came to nothing, or replaced by another page; and those whose end was never heard of.
    """
    query = select(CardPayment, Invoice.status, Order.status)
    query = query.outerjoin(Invoice, Invoice.id == CardPayment.invoice_id)
    query = query.outerjoin(Order, Order.id == CardPayment.order_id)
    replaced = and_(CardPayment.status == CardStatus.EXPIRED, CardPayment.open_until > now)
    query = query.where(CardPayment.url != "", or_(CardPayment.status == CardStatus.OPEN, replaced))
    found = db.session.execute(query.order_by(CardPayment.id)).all()
    still_open = payment_queries.open_amounts([page.invoice_id for page, *_states in found if page.invoice_id])
    return [page.id for page, *states in found if not _is_wanted(page, *states, still_open=still_open, now=now)]


def _is_wanted(
    page: CardPayment,
    invoice: InvoiceStatus | None,
    order: OrderStatus | None,
    *,
    still_open: dict[int, Decimal],
    now: datetime,
) -> bool:
    if page.status is CardStatus.EXPIRED or page.open_until <= now:
        return False
    if page.kind is CardKind.HOLD:
        return order is OrderStatus.ACCEPTED
    return invoice is InvoiceStatus.SENT and still_open.get(page.invoice_id, ZERO) == page.amount


# Holds


def holds_to_release(said_before: datetime) -> list[int]:
    """Holds of which nothing will be taken, and those of which the card house was told so before and did not answer."""
    query = select(CardPayment.id).join(Order, Order.id == CardPayment.order_id)
    untold = and_(CardPayment.called_at.is_(None), _nothing_left())
    held = query.where(CardPayment.status == CardStatus.HELD, CardPayment.capture.is_(None))
    return list(db.session.scalars(held.where(or_(untold, CardPayment.called_at < said_before))))


def surplus_holds() -> list[int]:
    """Holds beside another one for the same order, to be let go."""
    query = select(CardPayment.id).where(CardPayment.kind == CardKind.HOLD, CardPayment.status == CardStatus.EXPIRED)
    return list(db.session.scalars(query.where(CardPayment.capture == ZERO)))


def nothing_left_of(order_id: int) -> bool:
    """Whether nothing of an order is or will be to be paid."""
    return db.session.scalar(select(Order.id).where(Order.id == order_id, _nothing_left())) is not None


def taken_without_invoice() -> list[int]:
    """Holds that were taken before there was an invoice, whose order has one now, and that no bank has taken back."""
    taken_back = exists().where(CardTask.card_payment_id == CardPayment.id, CardTask.kind == TaskKind.DISPUTE_LOST)
    query = select(CardPayment.id, CardPayment.order_id).where(
        CardPayment.kind == CardKind.HOLD, CardPayment.status == CardStatus.PAID, CardPayment.invoice_id.is_(None)
    )
    query = query.where(~taken_back)
    return [payment_id for payment_id, order_id in db.session.execute(query) if open_invoice_of(order_id) is not None]


def open_invoice_of(order_id: int) -> int | None:
    """The oldest sent invoice with hours of an order that is still to be paid by its orderer."""
    query = (
        select(Invoice.id)
        .join(InvoiceLine, and_(InvoiceLine.invoice_id == Invoice.id, InvoiceLine.live))
        .join(TimeEntry, TimeEntry.id == InvoiceLine.time_entry_id)
        .join(Order, Order.id == TimeEntry.order_id)
        .where(Order.id == order_id, Invoice.organisation_id == Order.organisation_id)
        .where(Invoice.kind == InvoiceKind.INVOICE, Invoice.status == InvoiceStatus.SENT)
    )
    return db.session.scalar(query.order_by(Invoice.id).limit(1))


def is_paid_by_hold(invoice_id: int) -> bool:
    """Whether a hold of an order with hours on an invoice is being taken for it, or will be within the minute."""
    free = and_(CardPayment.invoice_id.is_(None), CardPayment.called_at.is_(None))
    query = (
        select(CardPayment.id)
        .join(Order, Order.id == CardPayment.order_id)
        .join(TimeEntry, TimeEntry.order_id == Order.id)
        .join(InvoiceLine, and_(InvoiceLine.time_entry_id == TimeEntry.id, InvoiceLine.live))
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(Invoice.id == invoice_id, Invoice.organisation_id == Order.organisation_id)
        .where(CardPayment.status == CardStatus.HELD)
        .where(or_(CardPayment.invoice_id == Invoice.id, free))
    )
    return db.session.scalar(query.limit(1)) is not None


def has_other_work(order_id: int, invoice_id: int) -> bool:
    """Whether an order has hours, or gigs ahead, that are not on an invoice."""
    on_it = exists().where(InvoiceLine.time_entry_id == TimeEntry.id, InvoiceLine.invoice_id == invoice_id)
    elsewhere = exists().where(TimeEntry.order_id == order_id, TimeEntry.status != EntryStatus.WITHDRAWN, ~on_it)
    ahead = exists().where(Gig.order_id == order_id, Gig.status == GigStatus.PLANNED)
    return bool(db.session.scalar(select(or_(elsewhere, ahead))))


def was_heard(payment_id: int, kind: str) -> datetime | None:
    """When something of a kind last happened to a payment, by what the card house told."""
    query = select(CardEvent.happened_at).where(CardEvent.card_payment_id == payment_id, CardEvent.kind == kind)
    return db.session.scalar(query.order_by(CardEvent.happened_at.desc()).limit(1))


def _nothing_left() -> ColumnElement[bool]:
    """Of an order: it came to nothing or was billed, and no hours wait to be billed or paid, or to be worked."""
    hours = TimeEntry.order_id == Order.id
    unbilled = exists().where(hours, TimeEntry.invoiced.is_(False), TimeEntry.status != EntryStatus.WITHDRAWN)
    owed = exists().where(
        hours,
        InvoiceLine.time_entry_id == TimeEntry.id,
        InvoiceLine.live,
        Invoice.id == InvoiceLine.invoice_id,
        Invoice.kind == InvoiceKind.INVOICE,
        Invoice.status.in_((InvoiceStatus.DRAFT, InvoiceStatus.SENT)),
    )
    ahead = exists().where(Gig.order_id == Order.id, Gig.status == GigStatus.PLANNED)
    untold = exists().where(
        Gig.order_id == Order.id,
        Offer.gig_id == Gig.id,
        Offer.status.in_(HOLDING),
        ~exists().where(TimeEntry.offer_id == Offer.id).correlate(Offer),
    )
    billed = exists().where(hours, TimeEntry.invoiced)
    over = or_(Order.status.in_(GONE), and_(billed, ~ahead, ~untold))
    return and_(over, ~unbilled, ~owed)
