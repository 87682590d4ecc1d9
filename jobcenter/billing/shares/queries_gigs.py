"""An order's gigs, and its hours on the invoices of those who pay shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Select, func, select

from jobcenter.billing.invoices.domain import InvoiceKind, InvoiceStatus
from jobcenter.billing.invoices.models import Invoice, InvoiceLine
from jobcenter.core.db import db
from jobcenter.orders.gigs.domain import GigStatus
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.workers.models import Worker

# As many gigs as one page can ask about.
MOST_GIGS = 60


@dataclass(frozen=True)
class GigRow:
    """A gig of an order."""

    id: int
    starts_at: datetime
    ends_at: datetime


def open_gigs(order_id: int) -> list[GigRow]:
    """The gigs of an order of which no hours are on an invoice, the first ones first, at most so many as fit a page."""
    query = select(Gig.id, Gig.starts_at, Gig.ends_at).where(
        Gig.order_id == order_id, Gig.status != GigStatus.CANCELLED, Gig.id.not_in(_billed(order_id))
    )
    return [GigRow(*row) for row in db.session.execute(query.order_by(Gig.starts_at, Gig.id).limit(MOST_GIGS))]


def gigs_of(order_id: int) -> set[int]:
    """All gigs of an order."""
    return set(db.session.scalars(select(Gig.id).where(Gig.order_id == order_id)))


def billed_gigs(order_id: int) -> set[int]:
    """The gigs of an order of which hours are on an invoice or a draft."""
    return set(db.session.scalars(_billed(order_id)))


def gig_starts(gig_ids: set[int]) -> dict[int, datetime]:
    """When gigs begin, by id."""
    query = select(Gig.id, Gig.starts_at).where(Gig.id.in_(gig_ids))
    return {row.id: row.starts_at for row in db.session.execute(query)} if gig_ids else {}


def _billed(order_id: int) -> Select:
    query = select(TimeEntry.gig_id).join(InvoiceLine, InvoiceLine.time_entry_id == TimeEntry.id)
    return query.where(TimeEntry.order_id == order_id, InvoiceLine.live).distinct()


@dataclass(frozen=True)
class BilledShare:
    """A share of an hour row on an invoice: whose hours, how many minutes, which portion, on which invoice."""

    worked_on: date
    given_name: str
    minutes: int
    share_begins: int
    share_ends: int
    net: Decimal
    invoice_id: int
    status: InvoiceStatus
    number: int | None
    buyer_name: str


def billed_shares(order_id: int, *, limit: int, offset: int) -> list[BilledShare]:
    """The shares of an order's hours that are on invoices, the newest day first, those of one hour row together."""
    columns = (
        TimeEntry.worked_on,
        Worker.given_name,
        InvoiceLine.minutes,
        InvoiceLine.share_begins,
        InvoiceLine.share_ends,
        InvoiceLine.net,
        Invoice.id,
        Invoice.status,
        Invoice.number,
        Invoice.buyer_name,
    )
    query = _shares(select(*columns), order_id).join(Worker, Worker.id == TimeEntry.worker_id)
    query = query.order_by(TimeEntry.worked_on.desc(), TimeEntry.id, InvoiceLine.share_begins, InvoiceLine.id)
    return [BilledShare(*row) for row in db.session.execute(query.limit(limit).offset(offset))]


def number_of_billed_shares(order_id: int) -> int:
    """How many of them there are."""
    return db.session.scalar(_shares(select(func.count(InvoiceLine.id)), order_id)) or 0


def _shares(query: Select, order_id: int) -> Select:
    query = query.select_from(InvoiceLine).join(TimeEntry, TimeEntry.id == InvoiceLine.time_entry_id)
    query = query.join(Invoice, Invoice.id == InvoiceLine.invoice_id)
    return query.where(
        TimeEntry.order_id == order_id,
        InvoiceLine.share_id.is_not(None),
        Invoice.kind == InvoiceKind.INVOICE,
        Invoice.status != InvoiceStatus.DISCARDED,
    )
