"""The confirmed hours that wait to be billed, by who pays them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, Row, Select, and_, func, select

from jobcenter.benefits import ContractForm
from jobcenter.billing.invoices.domain import BillableHours, BillTo, OfMonth, OfOrder, Selection
from jobcenter.billing.invoices.domain_shares import Held, Payer, parts_of
from jobcenter.billing.invoices.models import InvoiceLine
from jobcenter.billing.settings.queries import partner_bills_then
from jobcenter.billing.shares import queries as shares
from jobcenter.billing.shares.domain import ALL, Portion, Splits
from jobcenter.core.bulk import among
from jobcenter.core.db import db
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import Organisation
from jobcenter.workers.models import Worker


def billable_hours(jobcenter_ids: frozenset[int], selection: Selection | None = None) -> list[BillableHours]:
    """Confirmed hours on no invoice yet, by day of work; those that the partner bills are left out.

    Of hours that were credited in part only that part is here. Hours of an order whose invoice is split are here once
    for each payer who has not been asked for them.
    """
    wanted = _conditions(jobcenter_ids, selection)
    rows = db.session.execute(_whole_entries().where(*wanted)).all()
    splits = shares.splits_of({row.order_id for row in rows})
    held, payers = held_of([row.id for row in rows]), _payers(splits)
    return [
        hours
        for row in rows
        for hours in parts_of(_billable(row), splits.get(row.order_id, Splits()), held[row.id], payers)
        if not isinstance(selection, OfMonth) or hours.bill_to == selection.bill_to
    ]


def jobcenter_of(jobcenter_ids: frozenset[int], selection: Selection) -> int | None:
    """The Jobcenter of an order or an organisation, when it is one of these."""
    is_order = isinstance(selection, OfOrder)
    of, id = (Order, selection.order_id) if is_order else (Organisation, selection.bill_to.organisation_id)
    return db.session.scalar(select(of.jobcenter_id).where(of.id == id, of.jobcenter_id.in_(jobcenter_ids)))


def left_of(entry_ids: Collection[int]) -> set[int]:
    """Those of these time entries of which something is on no invoice."""
    held = held_of(entry_ids)
    query = select(TimeEntry.id, _to_bill()).where(TimeEntry.id.in_(entry_ids))
    return {
        row.id
        for row in db.session.execute(query)
        if sum(one.minutes * one.portion.size for one in held[row.id]) < row.minutes * ALL
    }


def held_of(entry_ids: Collection[int]) -> defaultdict[int, list[Held]]:
    """What of these time entries is on invoices, by entry."""
    query = select(
        InvoiceLine.time_entry_id,
        InvoiceLine.share_begins,
        InvoiceLine.share_ends,
        InvoiceLine.share_id,
        InvoiceLine.minutes - InvoiceLine.credited_minutes,
        InvoiceLine.piece,
    ).where(InvoiceLine.live, among(InvoiceLine.time_entry_id, entry_ids))
    found: defaultdict[int, list[Held]] = defaultdict(list)
    for entry_id, begins, ends, share_id, minutes, piece in db.session.execute(query.order_by(InvoiceLine.id)):
        found[entry_id].append(Held(Portion(begins, ends), share_id, minutes, piece))
    return found


def _whole_entries() -> Select:
    return (
        select(
            TimeEntry.id,
            TimeEntry.jobcenter_id,
            TimeEntry.order_id,
            TimeEntry.gig_id,
            Order.organisation_id,
            _cost_centre().label("cost_centre"),
            _reference().label("reference"),
            Organisation.name,
            Order.category,
            Order.title,
            Order.place_name,
            Worker.given_name,
            TimeEntry.worked_on,
            _to_bill(),
            TimeEntry.price,
            TimeEntry.vat_percent,
        )
        .join(Gig, Gig.id == TimeEntry.gig_id)
        .join(Order, Order.id == TimeEntry.order_id)
        .join(Organisation, Organisation.id == Order.organisation_id)
        .join(Worker, Worker.id == TimeEntry.worker_id)
        .order_by(TimeEntry.worked_on, TimeEntry.starts_at, TimeEntry.id)
    )


def _to_bill() -> ColumnElement[int]:
    """What the orderer is asked for: all that was worked, less what was paid by mistake."""
    return (TimeEntry.minutes - TimeEntry.unbilled_minutes).label("minutes")


def _billed_by_partner() -> ColumnElement[bool]:
    bills = partner_bills_then(TimeEntry.jobcenter_id, TimeEntry.worked_on)
    return and_(Gig.contract_form == ContractForm.PARTNER, bills)


def _conditions(jobcenter_ids: frozenset[int], selection: Selection | None) -> list[ColumnElement[bool]]:
    """What the hours are that a selection can hold; of a month also those of orders of which the payer has a share."""
    found = [
        TimeEntry.jobcenter_id.in_(jobcenter_ids),
        TimeEntry.status == EntryStatus.CONFIRMED,
        TimeEntry.invoiced.is_(False),
        ~_billed_by_partner(),
    ]
    if isinstance(selection, OfOrder):
        found.append(TimeEntry.order_id == selection.order_id)
    if isinstance(selection, OfMonth):
        found.append(TimeEntry.order_id.in_(_orders_paid_by(selection.bill_to)))
        found += [TimeEntry.worked_on >= selection.month, TimeEntry.worked_on <= selection.last_day]
    return found


def _orders_paid_by(bill_to: BillTo) -> list[int]:
    """The orders that a payer pays under a cost centre and reference, and those of which it pays a share.

    Asked for by itself: the database then looks at the hours of these orders only, and not at everybody's.
    """
    own = (
        select(Order.id)
        .join(Organisation, Organisation.id == Order.organisation_id)
        .where(
            Order.organisation_id == bill_to.organisation_id,
            _cost_centre() == bill_to.cost_centre,
            _reference() == bill_to.reference,
        )
    )
    return list(db.session.scalars(own.union(shares.orders_shared_by(bill_to.organisation_id))))


def _cost_centre() -> ColumnElement[str]:
    return func.coalesce(func.nullif(Order.cost_centre, ""), Organisation.cost_centre)


def _reference() -> ColumnElement[str]:
    return func.coalesce(func.nullif(Order.invoice_reference, ""), Organisation.invoice_reference)


def _payers(splits: dict[int, Splits]) -> dict[int, Payer]:
    found = shares.payers(splits.values())
    return {id: Payer(row.name, row.cost_centre, row.invoice_reference) for id, row in found.items()}


def _billable(row: Row) -> BillableHours:
    """All that was worked, as the orderer would pay it."""
    return BillableHours(
        time_entry_id=row.id,
        jobcenter_id=row.jobcenter_id,
        order_id=row.order_id,
        gig_id=row.gig_id,
        bill_to=BillTo(organisation_id=row.organisation_id, cost_centre=row.cost_centre, reference=row.reference),
        organisation_name=row.name,
        category=row.category,
        title=row.title,
        place=row.place_name,
        given_name=row.given_name,
        worked_on=row.worked_on,
        minutes=row.minutes,
        hourly_price=row.price,
        vat_percent=row.vat_percent,
    )
