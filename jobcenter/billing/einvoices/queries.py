"""Finding e-invoices: of an invoice, of a receipt, those due, those that wait for somebody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.billing.einvoices import policy
from jobcenter.billing.einvoices.domain import ON_ITS_WAY, STUCK, EInvoiceStatus
from jobcenter.billing.einvoices.models import OutgoingEInvoice
from jobcenter.billing.invoices.domain import ISSUED, InvoiceKind
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.invoices.queries import invoice_for
from jobcenter.billing.settings.models import BillingSettings
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound, or_not_found


def invoice_of(actor: Actor, invoice_id: int) -> Invoice:
    """An invoice whose e-invoice the actor may look at. Raises NotFound, for orderers too."""
    invoice = invoice_for(actor, invoice_id)
    if not policy.can_read(actor, invoice.jobcenter_id):
        raise NotFound
    return invoice


def issued_invoice(invoice_id: int) -> Invoice | None:
    """An invoice that was sent, for the system's own work."""
    return db.session.scalar(select(Invoice).where(Invoice.id == invoice_id, Invoice.status.in_(ISSUED)))


def einvoice_of(invoice_id: int, *, lock: bool = False) -> OutgoingEInvoice | None:
    """The e-invoice of an invoice, if there is one."""
    return _one(select(OutgoingEInvoice).where(OutgoingEInvoice.invoice_id == invoice_id), lock=lock)


def einvoice(einvoice_id: int, *, lock: bool = False) -> OutgoingEInvoice:
    """An e-invoice, for the system's own work. Raises NotFound."""
    return or_not_found(_one(select(OutgoingEInvoice).where(OutgoingEInvoice.id == einvoice_id), lock=lock))


def due_ids(now: datetime, limit: int) -> list[int]:
    """The e-invoices whose time to be delivered has come, the oldest first."""
    query = select(OutgoingEInvoice.id).where(
        OutgoingEInvoice.status.in_(ON_ITS_WAY), OutgoingEInvoice.next_try_at <= now
    )
    return list(db.session.scalars(query.order_by(OutgoingEInvoice.id).limit(limit)))


def answered_by(*, file_name: str, message_id: str, number: str, seller: str) -> OutgoingEInvoice | None:
    """The e-invoice that a receipt is about: by its file, its message, or the invoice's number and the sender's
    address; locked. None when there is none, or when several Jobcenters have used the number."""
    if file_name:
        return _one(select(OutgoingEInvoice).where(OutgoingEInvoice.file_name == file_name), lock=True)
    if message_id:
        found = _one(select(OutgoingEInvoice).where(OutgoingEInvoice.message_id == message_id), lock=True)
        if found is not None:
            return found
    if not number.isdecimal() or len(number) > 9:
        return None
    query = _with_number(int(number))
    if seller:
        query = query.where(BillingSettings.einvoice_address == seller)
    found = list(db.session.scalars(query.limit(2).with_for_update(of=OutgoingEInvoice)))
    return found[0] if len(found) == 1 else None


def _with_number(number: int) -> Select:
    return (
        select(OutgoingEInvoice)
        .join(Invoice, Invoice.id == OutgoingEInvoice.invoice_id)
        .join(BillingSettings, BillingSettings.jobcenter_id == OutgoingEInvoice.jobcenter_id)
        .where(Invoice.number == number)
    )


# Lists


@dataclass(frozen=True)
class EInvoiceRow:
    """An e-invoice in a list."""

    invoice_id: int
    jobcenter_id: int
    kind: InvoiceKind
    number: int
    buyer_name: str
    status: EInvoiceStatus
    made_at: datetime
    error: str
    answer: str


def einvoices_of(actor: Actor, statuses: Collection[EInvoiceStatus], *, limit: int, offset: int) -> list[EInvoiceRow]:
    """The e-invoices of the actor's Jobcenters in one of these states, the newest first."""
    query = _rows().where(_managed_by(actor), OutgoingEInvoice.status.in_(statuses))
    query = query.order_by(OutgoingEInvoice.made_at.desc(), OutgoingEInvoice.id.desc())
    return _listed(query.limit(limit).offset(offset))


def number_of(actor: Actor, statuses: Collection[EInvoiceStatus]) -> int:
    """How many there are in these states."""
    query = select(func.count()).select_from(OutgoingEInvoice)
    return db.session.scalar(query.where(_managed_by(actor), OutgoingEInvoice.status.in_(statuses))) or 0


def waiting_for_somebody(late_since: datetime) -> list[EInvoiceRow]:
    """What is refused or rejected, and what has been on its way since `late_since` or longer; by Jobcenter."""
    late = and_(OutgoingEInvoice.status.in_(ON_ITS_WAY), OutgoingEInvoice.made_at <= late_since)
    query = _rows().where(or_(OutgoingEInvoice.status.in_(STUCK), late))
    return _listed(query.order_by(OutgoingEInvoice.jobcenter_id, Invoice.number))


def _rows() -> Select:
    return select(
        OutgoingEInvoice.invoice_id,
        OutgoingEInvoice.jobcenter_id,
        Invoice.kind,
        Invoice.number,
        Invoice.buyer_name,
        OutgoingEInvoice.status,
        OutgoingEInvoice.made_at,
        OutgoingEInvoice.error,
        OutgoingEInvoice.answer,
    ).join(Invoice, Invoice.id == OutgoingEInvoice.invoice_id)


def _listed(query: Select) -> list[EInvoiceRow]:
    return [EInvoiceRow(*row) for row in db.session.execute(query)]


def _managed_by(actor: Actor) -> ColumnElement[bool]:
    return OutgoingEInvoice.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR, Role.ADMIN))


def _one(query: Select, *, lock: bool) -> OutgoingEInvoice | None:
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)
