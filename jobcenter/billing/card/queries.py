"""Finding card payments, the invoices and orders that can be paid so, and what waits to be looked at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import Jobcenter
from jobcenter.billing.card.domain import LIVE, CardStatus, RefundStatus, TaskKind
from jobcenter.billing.card.models import CardEvent, CardPayment, CardRefund, CardTask
from jobcenter.billing.invoices import queries as invoice_queries
from jobcenter.billing.invoices.domain import ISSUED, InvoiceKind, InvoiceStatus
from jobcenter.billing.invoices.domain_credit import SentLine
from jobcenter.billing.invoices.models import Invoice, InvoiceLine
from jobcenter.billing.payments.domain import CHARGED_BACK
from jobcenter.billing.payments.models import Payment, PaymentUse
from jobcenter.billing.settings.models import BillingSettings
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.core.money import ZERO, round_cents
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.organisations.models import Organisation

Found = TypeVar("Found")

_IS_CHARGED_BACK = PaymentUse.form_key.startswith(CHARGED_BACK)

# One payment


def payment(payment_id: int, *, lock: bool = False) -> CardPayment:
    """A card payment, for jobs and messages."""
    return _one(select(CardPayment).where(CardPayment.id == payment_id), lock)


def payment_of_key(key: str, *, lock: bool = False) -> CardPayment | None:
    """The card payment with a key of ours."""
    return _first(select(CardPayment).where(CardPayment.key == key), lock) if key else None


def payment_of_intent(intent_id: str, *, lock: bool = False) -> CardPayment | None:
    """The card payment that the card house calls so."""
    return _first(select(CardPayment).where(CardPayment.intent_id == intent_id), lock) if intent_id else None


def payment_for(actor: Actor, payment_id: int, *, lock: bool = False) -> CardPayment:
    """A card payment of the actor's Jobcenter. Raises NotFound."""
    return _one(select(CardPayment).where(CardPayment.id == payment_id, _managed_by(actor)), lock)


def live_for_invoice(invoice_id: int) -> CardPayment | None:
    """The payment that is on its way for an invoice."""
    return _first(select(CardPayment).where(CardPayment.invoice_id == invoice_id, CardPayment.status.in_(LIVE)), True)


def live_for_order(order_id: int) -> CardPayment | None:
    """The hold that stands, or is being made, for an order."""
    return _first(select(CardPayment).where(CardPayment.order_id == order_id, CardPayment.status.in_(LIVE)), True)


def receipt_of(invoice_id: int) -> CardPayment | None:
    """The newest card payment that has paid an invoice, or a part of it, and was not taken back by a bank."""
    paid = select(CardPayment).where(CardPayment.invoice_id == invoice_id, CardPayment.status == CardStatus.PAID)
    paid = paid.where(~exists().where(PaymentUse.payment_id == CardPayment.payment_id, _IS_CHARGED_BACK))
    return db.session.scalar(paid.order_by(CardPayment.id.desc()).limit(1))


def over_of(paid: CardPayment) -> Decimal:
    """What the payer has with us of a card payment, and can get back on the card."""
    over = db.session.scalar(select(Payment.over).where(Payment.id == paid.payment_id))
    return min(round_cents(over or ZERO), paid.taken - paid.refunded)


def charged_back_of(payment_id: int | None) -> Decimal:
    """What of a payment the card holder's bank took back for good."""
    query = select(func.coalesce(func.sum(PaymentUse.amount), 0))
    return round_cents(Decimal(db.session.scalar(query.where(PaymentUse.payment_id == payment_id, _IS_CHARGED_BACK))))


def newest_for_order(order_id: int) -> CardPayment | None:
    """The newest hold of an order, whatever became of it."""
    query = select(CardPayment).where(CardPayment.order_id == order_id).order_by(CardPayment.id.desc()).limit(1)
    return db.session.scalar(query)


def is_known(event_id: str) -> bool:
    """Whether a message was taken in before."""
    return db.session.get(CardEvent, event_id) is not None


def refund_asked_with(form_key: str) -> CardRefund | None:
    """The refund that a form has asked for already."""
    return db.session.scalar(select(CardRefund).where(CardRefund.form_key == form_key))


def refund_called(payment_id: int, refund_id: str) -> CardRefund | None:
    """The refund of a payment that the card house calls so, locked."""
    query = select(CardRefund).where(CardRefund.card_payment_id == payment_id, CardRefund.refund_id == refund_id)
    return _first(query, True) if refund_id else None


def refunds_of(payment_id: int) -> list[CardRefund]:
    """What was asked to be given back of a payment, oldest first."""
    query = select(CardRefund).where(CardRefund.card_payment_id == payment_id).order_by(CardRefund.id)
    return list(db.session.scalars(query))


# What can be paid by card


@dataclass(frozen=True)
class Payer:
    """Who pays an invoice or order, and what they are called."""

    kind: OrganisationKind
    name: str
    email: str
    most: Decimal | None


def payer_of(organisation_id: int, jobcenter_id: int) -> Payer:
    """An orderer, and up to how many euros their Jobcenter takes cards of organisations."""
    query = select(Organisation.kind, Organisation.name, Organisation.email, BillingSettings.card_most)
    query = query.outerjoin(BillingSettings, BillingSettings.jobcenter_id == jobcenter_id)
    return Payer(*db.session.execute(query.where(Organisation.id == organisation_id)).one())


def locked_invoice(invoice_id: int) -> Invoice:
    """An invoice that was sent, whatever became of it, locked: whoever pays it next waits here. Raises NotFound."""
    query = select(Invoice).where(Invoice.id == invoice_id, Invoice.kind == InvoiceKind.INVOICE)
    return _one(query.where(Invoice.status.in_(ISSUED)), True)


def invoice_number(invoice_id: int | None) -> int | None:
    """The number of an invoice."""
    return db.session.scalar(select(Invoice.number).where(Invoice.id == invoice_id))


# What the jobs take up


def to_call(now: datetime) -> list[int]:
    """Holds of which something is to be taken and the card house has not been told lately."""
    query = select(CardPayment.id).where(
        CardPayment.status == CardStatus.HELD,
        CardPayment.capture.is_not(None),
        or_(CardPayment.called_at.is_(None), CardPayment.called_at < now),
    )
    return list(db.session.scalars(query.order_by(CardPayment.id)))


def refunds_to_send() -> list[int]:
    """Refunds that the card house has not been told of."""
    return list(db.session.scalars(select(CardRefund.id).where(CardRefund.status == RefundStatus.ASKED)))


def without_end() -> list[int]:
    """Holds of which nobody knows until when the bank holds the money."""
    query = select(CardPayment.id).where(CardPayment.status == CardStatus.HELD, CardPayment.held_until.is_(None))
    return list(db.session.scalars(query))


def never_opened(now: datetime) -> list[CardPayment]:
    """Payments whose page was never opened and would be closed by now."""
    query = select(CardPayment).where(CardPayment.status == CardStatus.ASKED, CardPayment.open_until < now)
    return list(db.session.scalars(query.with_for_update(skip_locked=True)))


def billed_holds() -> list[tuple[int, int]]:
    """Holds with the oldest unpaid invoice that has hours of their order, made out to its orderer: ids of both.

    An invoice has one hold at a time, and none while another card payment is on its way for it.
    """
    coming = aliased(CardPayment)
    query = (
        select(CardPayment.id, Invoice.id)
        .join(Order, Order.id == CardPayment.order_id)
        .join(TimeEntry, TimeEntry.order_id == Order.id)
        .join(InvoiceLine, and_(InvoiceLine.time_entry_id == TimeEntry.id, InvoiceLine.live))
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            CardPayment.status == CardStatus.HELD,
            CardPayment.capture.is_(None),
            CardPayment.called_at.is_(None),
            Invoice.kind == InvoiceKind.INVOICE,
            Invoice.status == InvoiceStatus.SENT,
            Invoice.organisation_id == Order.organisation_id,
            ~exists().where(coming.invoice_id == Invoice.id, coming.status.in_(LIVE)),
        )
        .distinct()
        .order_by(CardPayment.id, Invoice.id)
    )
    found: dict[int, int] = {}
    for hold_id, invoice_id in db.session.execute(query):
        if hold_id not in found and invoice_id not in found.values():
            found[hold_id] = invoice_id
    return list(found.items())


def lines_on(invoice_id: int, order_id: int) -> list[SentLine]:
    """The lines of an invoice with hours of an order."""
    entries = frozenset(db.session.scalars(select(TimeEntry.id).where(TimeEntry.order_id == order_id)))
    return [sent for sent in invoice_queries.sent_lines_of(invoice_id) if sent.line.time_entry_id in entries]


def jobcenters_with_payments() -> list[int]:
    """The Jobcenters that have ever taken a card."""
    return list(db.session.scalars(select(CardPayment.jobcenter_id).distinct().order_by(CardPayment.jobcenter_id)))


def kept_since(moment: datetime) -> list[str]:
    """Our names of the payments that were asked for since."""
    query = select(CardPayment.key).where(CardPayment.asked_at >= moment).order_by(CardPayment.key)
    return list(db.session.scalars(query))


# Lists


@dataclass(frozen=True)
class CardRow:
    """A card payment in a list."""

    payment: CardPayment
    jobcenter: str
    invoice_number: int | None
    tasks: int


def payments_of(actor: Actor, *, limit: int, offset: int) -> list[CardRow]:
    """Card payments of the actor's Jobcenters, newest first; pages that were never paid on are left out."""
    tasks = select(func.count()).where(CardTask.card_payment_id == CardPayment.id, CardTask.done_at.is_(None))
    query = select(CardPayment, Jobcenter.name, Invoice.number, tasks.scalar_subquery())
    query = query.join(Jobcenter, Jobcenter.id == CardPayment.jobcenter_id)
    query = query.outerjoin(Invoice, Invoice.id == CardPayment.invoice_id).where(_listed(actor))
    query = query.order_by(CardPayment.id.desc()).limit(limit).offset(offset)
    return [CardRow(*row) for row in db.session.execute(query)]


def number_of_payments(actor: Actor) -> int:
    """How many payments the list has."""
    return db.session.scalar(select(func.count()).select_from(CardPayment).where(_listed(actor))) or 0


def open_tasks(actor: Actor) -> list[CardTask]:
    """What the actor must look at, oldest first."""
    query = select(CardTask).where(CardTask.jobcenter_id.in_(_jobcenters(actor)), CardTask.done_at.is_(None))
    return list(db.session.scalars(query.order_by(CardTask.id).limit(100)))


def task_for(actor: Actor, task_id: int) -> CardTask:
    """A task of the actor's Jobcenter. Raises NotFound."""
    return _one(select(CardTask).where(CardTask.id == task_id, CardTask.jobcenter_id.in_(_jobcenters(actor))), True)


def open_task(key: str) -> CardTask | None:
    """The open task of a key."""
    return db.session.scalar(select(CardTask).where(CardTask.key == key, CardTask.done_at.is_(None)))


def was_looked_at(kind: TaskKind, name: str) -> bool:
    """Whether somebody has ended a task of a kind and name."""
    query = select(CardTask.id).where(CardTask.key == f"{kind}:{name}", CardTask.done_at.is_not(None))
    return db.session.scalar(query.limit(1)) is not None


# The pieces


def _listed(actor: Actor) -> ColumnElement[bool]:
    never_paid = CardPayment.status.in_((CardStatus.ASKED, CardStatus.EXPIRED))
    return and_(_managed_by(actor), ~never_paid)


def _managed_by(actor: Actor) -> ColumnElement[bool]:
    return CardPayment.jobcenter_id.in_(_jobcenters(actor))


def _jobcenters(actor: Actor) -> Collection[int]:
    return actor.jobcenters(Role.COORDINATOR)


def _one(query: Select[tuple[Found]], lock: bool) -> Found:
    return or_not_found(_first(query, lock))


def _first(query: Select[tuple[Found]], lock: bool) -> Found | None:
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)
