"""What is stored, in the shape of the files: for the export, and for the import to see what it knows already."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from jobcenter.auth.models import Jobcenter
from jobcenter.billing.shares.domain import IN_PERCENT
from jobcenter.billing.shares.models import OrderShare, OrderShareGig, OrderSplit
from jobcenter.core import clock
from jobcenter.core.bulk import among
from jobcenter.core.db import Base, db
from jobcenter.documents.stored import from_plain, to_plain
from jobcenter.exchange.domain import ClockTime
from jobcenter.exchange.formats import (
    BENEFITS,
    GIGS,
    HOURS,
    JOBCENTERS,
    ORDERS,
    ORGANISATIONS,
    PAYERS,
    STATEMENTS,
    TOLD_INCOME,
    WORKERS,
    Format,
)
from jobcenter.orders.gigs.domain import HOLDING
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.organisations.models import Organisation
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.models import Consent, HeldBenefit, IncomeStatement, ToldIncome, Worker
from jobcenter.workers.statement.domain import Told

AGREED = (OrderStatus.ACCEPTED, OrderStatus.CLOSED)
EXPORTED_HOURS = (EntryStatus.CONFIRMED, EntryStatus.LOGGED)
BATCH = 1000


def jobcenter_ids() -> dict[str, int]:
    """Every Jobcenter's id by its short name."""
    return {slug: jobcenter_id for slug, jobcenter_id in db.session.execute(select(Jobcenter.slug, Jobcenter.id))}


def ids_by_ref(model: type[Base], jobcenter_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """Ids of a Jobcenter's things by their lasting names."""
    query = select(model.jobcenter_id, model.external_ref, model.id).where(model.jobcenter_id.in_(jobcenter_ids))
    return {(jobcenter_id, ref): row_id for jobcenter_id, ref, row_id in db.session.execute(query)}


def kinds_of_organisations(jobcenter_ids: Collection[int]) -> dict[int, OrganisationKind]:
    """What kind of orderer each organisation of some Jobcenters is."""
    query = select(Organisation.id, Organisation.kind).where(Organisation.jobcenter_id.in_(jobcenter_ids))
    return {row.id: row.kind for row in db.session.execute(query)}


def gigs_by_order(jobcenter_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Ids of the gigs of each order by their lasting names."""
    query = select(Gig.order_id, Gig.external_ref, Gig.id).where(Gig.jobcenter_id.in_(jobcenter_ids))
    found: dict[int, dict[str, int]] = {}
    for order_id, ref, gig_id in db.session.execute(query):
        found.setdefault(order_id, {})[ref] = gig_id
    return found


def stored_rows(fmt: Format, jobcenter_ids: Collection[int] | None = None) -> Iterator[dict[str, Any]]:
    """What the database holds for a file, row by row in a fixed order, as values by column."""
    query, to_values = _SOURCES[fmt.file]
    statement = query()
    if jobcenter_ids is not None:
        statement = statement.where(Jobcenter.id.in_(jobcenter_ids))
    for row in db.session.execute(statement, execution_options={"yield_per": BATCH}):
        yield to_values(row)


def places_of(jobcenter_ids: Collection[int]) -> tuple[dict[int, list[int]], dict[int, tuple[int, int]]]:
    """Slots by gig in their order, and who holds a slot: (worker, offer) by slot."""
    slots: dict[int, list[int]] = {}
    query = select(Slot.gig_id, Slot.id).join(Gig, Gig.id == Slot.gig_id)
    query = query.where(Gig.jobcenter_id.in_(jobcenter_ids), Slot.in_use).order_by(Slot.gig_id, Slot.position)
    for gig_id, slot_id in db.session.execute(query):
        slots.setdefault(gig_id, []).append(slot_id)
    held = select(Offer.slot_id, Offer.worker_id, Offer.id).join(Gig, Gig.id == Offer.gig_id)
    held = held.where(Gig.jobcenter_id.in_(jobcenter_ids), Offer.status.in_(HOLDING))
    holders = {slot_id: (worker_id, offer_id) for slot_id, worker_id, offer_id in db.session.execute(held)}
    return slots, holders


def logged_spans(jobcenter_ids: Collection[int]) -> Iterator[tuple[int, int, datetime, datetime]]:
    """Every logged span of work: worker, gig, start, end."""
    query = select(TimeEntry.worker_id, TimeEntry.gig_id, TimeEntry.starts_at, TimeEntry.ends_at)
    query = query.where(TimeEntry.jobcenter_id.in_(jobcenter_ids), TimeEntry.starts_at.is_not(None))
    yield from map(tuple, db.session.execute(query))


def first_entries(jobcenter_ids: Collection[int], refs: Collection[str]) -> list[TimeEntry]:
    """Hours that correct nothing, by their lasting names."""
    query = select(TimeEntry).where(TimeEntry.jobcenter_id.in_(jobcenter_ids), among(TimeEntry.external_ref, refs))
    return list(db.session.scalars(query.where(TimeEntry.corrects_id.is_(None))))


def entries_of_work(firsts: Collection[TimeEntry]) -> dict[int, list[TimeEntry]]:
    """Each of these with what corrects it, by its id."""
    ids, found = [entry.id for entry in firsts], {}
    query = select(TimeEntry).where(or_(among(TimeEntry.id, ids), among(TimeEntry.corrects_id, ids)))
    for entry in db.session.scalars(query.order_by(TimeEntry.id)):
        found.setdefault(entry.corrects_id or entry.id, []).append(entry)
    return found


def clock_of(instant: datetime) -> ClockTime:
    """An instant's wall-clock time in Helsinki; the second pass of the autumn night is told apart."""
    wall = clock.local(instant)
    return ClockTime(wall.time().replace(fold=0), second_pass=bool(wall.fold))


def _jobcenters() -> Select:
    return select(Jobcenter).order_by(Jobcenter.slug)


def _jobcenter_values(row: Row) -> dict[str, Any]:
    return {column.name: getattr(row[0], column.name) for column in JOBCENTERS.columns}


def _organisations() -> Select:
    query = select(Jobcenter.slug, Organisation).join(Jobcenter, Jobcenter.id == Organisation.jobcenter_id)
    return query.order_by(Jobcenter.slug, Organisation.external_ref)


def _organisation_values(row: Row) -> dict[str, Any]:
    slug, organisation = row
    values = _same_named(ORGANISATIONS, organisation)
    return values | {"jobcenter": slug, "ref": organisation.external_ref, "business_id": organisation.business_id or ""}


def _workers() -> Select:
    query = select(Jobcenter.slug, Worker, Consent.given_at).join(Jobcenter, Jobcenter.id == Worker.jobcenter_id)
    takes_part = (Consent.worker_id == Worker.id) & (Consent.purpose == ConsentPurpose.TAKE_PART)
    query = query.outerjoin(Consent, takes_part & Consent.withdrawn_at.is_(None))
    return query.order_by(Jobcenter.slug, Worker.external_ref)


def _worker_values(row: Row) -> dict[str, Any]:
    slug, worker, takes_part_at = row
    return _same_named(WORKERS, worker) | {
        "jobcenter": slug,
        "ref": worker.external_ref,
        "weekly_hours_wished": worker.weekly_minutes_wished,
        "weekly_hours_most": worker.weekly_minutes_most,
        "takes_part_since": clock.day_of(takes_part_at) if takes_part_at else None,
    }


def _benefits() -> Select:
    query = select(Jobcenter.slug, Worker.external_ref, HeldBenefit).join(Worker, Worker.id == HeldBenefit.worker_id)
    query = query.join(Jobcenter, Jobcenter.id == Worker.jobcenter_id)
    return query.order_by(Jobcenter.slug, Worker.external_ref, HeldBenefit.kind, HeldBenefit.starts_on, HeldBenefit.id)


def _benefit_values(row: Row) -> dict[str, Any]:
    slug, worker_ref, benefit = row
    return _same_named(BENEFITS, benefit) | {"jobcenter": slug, "worker": worker_ref}


def _told_incomes() -> Select:
    query = select(Jobcenter.slug, Worker.external_ref, ToldIncome).join(Worker, Worker.id == ToldIncome.worker_id)
    query = query.join(Jobcenter, Jobcenter.id == Worker.jobcenter_id)
    told = (ToldIncome.starts_on, ToldIncome.what, ToldIncome.gross, ToldIncome.ends_on, ToldIncome.id)
    return query.order_by(Jobcenter.slug, Worker.external_ref, *told)


def _told_income_values(row: Row) -> dict[str, Any]:
    slug, worker_ref, income = row
    return _same_named(TOLD_INCOME, income) | {"jobcenter": slug, "worker": worker_ref}


def _statements() -> Select:
    agreed = (Consent.worker_id == Worker.id) & (Consent.purpose == ConsentPurpose.INCOME_AND_DEBT_STATEMENT)
    query = select(Jobcenter.slug, Worker.external_ref, IncomeStatement, Consent.given_at)
    query = query.join(Worker, Worker.id == IncomeStatement.worker_id)
    query = query.join(Jobcenter, Jobcenter.id == Worker.jobcenter_id)
    query = query.outerjoin(Consent, agreed & Consent.withdrawn_at.is_(None))
    query = query.where(IncomeStatement.done_at.is_not(None))
    return query.order_by(Jobcenter.slug, Worker.external_ref, IncomeStatement.done_at, IncomeStatement.id)


def _statement_values(row: Row) -> dict[str, Any]:
    slug, worker_ref, statement, agreed_at = row
    return _same_named(STATEMENTS, statement) | {
        "jobcenter": slug,
        "worker": worker_ref,
        "done_on": clock.day_of(statement.done_at),
        "done_at": clock_of(statement.done_at),
        "consent_since": clock.day_of(agreed_at) if agreed_at else None,
        "told": to_plain(from_plain(Told, statement.told)),
    }


def _orders() -> Select:
    query = select(Jobcenter.slug, Order, Organisation.external_ref).join(Jobcenter, Jobcenter.id == Order.jobcenter_id)
    query = query.join(Organisation, Organisation.id == Order.organisation_id).where(Order.status.in_(AGREED))
    return query.order_by(Jobcenter.slug, Order.external_ref)


def _order_values(row: Row) -> dict[str, Any]:
    slug, order, organisation_ref = row
    return _same_named(ORDERS, order) | {
        "jobcenter": slug,
        "ref": order.external_ref,
        "organisation": organisation_ref,
        "ordered_on": clock.day_of(order.submitted_at or order.created_at),
        "closed": order.status is OrderStatus.CLOSED,
    }


def _gigs() -> Select:
    people = select(func.count()).select_from(Slot).where(Slot.gig_id == Gig.id, Slot.in_use).scalar_subquery()
    query = select(Jobcenter.slug, Gig, Order.external_ref, people).join(Order, Order.id == Gig.order_id)
    query = query.join(Jobcenter, Jobcenter.id == Gig.jobcenter_id).where(Order.status.in_(AGREED))
    return query.order_by(Jobcenter.slug, Gig.external_ref)


def _gig_values(row: Row) -> dict[str, Any]:
    slug, gig, order_ref, people = row
    return (
        _same_named(GIGS, gig)
        | _times(gig)
        | {
            "jobcenter": slug,
            "ref": gig.external_ref,
            "order": order_ref,
            "people": max(people, 1),
        }
    )


def _payers() -> Select:
    """The shares that are agreed now: of the newest agreement of an order."""
    later = aliased(OrderSplit)
    newest = ~exists().where(later.order_id == OrderSplit.order_id, later.number > OrderSplit.number)
    gigs = select(func.aggregate_strings(Gig.external_ref, " ")).join(OrderShareGig, OrderShareGig.gig_id == Gig.id)
    gigs = gigs.where(OrderShareGig.share_id == OrderShare.id).scalar_subquery()
    query = select(Jobcenter.slug, Order.external_ref, Organisation.external_ref, OrderShare, OrderSplit, gigs)
    query = query.join(OrderSplit, OrderSplit.id == OrderShare.split_id).join(Order, Order.id == OrderSplit.order_id)
    query = query.join(Organisation, Organisation.id == OrderShare.organisation_id)
    query = query.join(Jobcenter, Jobcenter.id == Order.jobcenter_id).where(newest, Order.status.in_(AGREED))
    return query.order_by(Jobcenter.slug, Order.external_ref, OrderShare.place)


def _payer_values(row: Row) -> dict[str, Any]:
    slug, order_ref, organisation_ref, share, split, gigs = row
    return _same_named(PAYERS, share) | {
        "jobcenter": slug,
        "order": order_ref,
        "organisation": organisation_ref,
        "percent": Decimal(share.hundredths) / IN_PERCENT,
        "gigs": frozenset((gigs or "").split()),
        "agreed_on": split.agreed_on,
        "agreed_with": split.agreed_with,
    }


def _hours() -> Select:
    first = aliased(TimeEntry)
    query = select(Jobcenter.slug, TimeEntry, Gig.external_ref, Worker.external_ref, first.external_ref)
    query = query.join(Jobcenter, Jobcenter.id == TimeEntry.jobcenter_id)
    query = query.join(Gig, Gig.id == TimeEntry.gig_id).join(Worker, Worker.id == TimeEntry.worker_id)
    query = query.outerjoin(first, first.id == TimeEntry.corrects_id).where(TimeEntry.status.in_(EXPORTED_HOURS))
    return query.order_by(Jobcenter.slug, TimeEntry.external_ref)


def _hours_values(row: Row) -> dict[str, Any]:
    slug, entry, gig_ref, worker_ref, corrects = row
    return (
        _same_named(HOURS, entry)
        | _times(entry)
        | {
            "jobcenter": slug,
            "ref": entry.external_ref,
            "gig": gig_ref,
            "worker": worker_ref,
            "corrects": corrects or "",
            "confirmed_on": clock.day_of(entry.confirmed_at) if entry.confirmed_at else None,
        }
    )


def _times(row: Gig | TimeEntry) -> dict[str, Any]:
    return {
        "day": clock.day_of(row.starts_at),
        "starts": clock_of(row.starts_at),
        "ends": clock_of(row.ends_at),
    }


def _same_named(fmt: Format, row: Base) -> dict[str, Any]:
    """The columns that a row has by the same name; the others are None until they are set."""
    own = row.__table__.columns.keys()
    return {column.name: getattr(row, column.name) if column.name in own else None for column in fmt.columns}


_SOURCES = {
    JOBCENTERS.file: (_jobcenters, _jobcenter_values),
    ORGANISATIONS.file: (_organisations, _organisation_values),
    WORKERS.file: (_workers, _worker_values),
    BENEFITS.file: (_benefits, _benefit_values),
    TOLD_INCOME.file: (_told_incomes, _told_income_values),
    STATEMENTS.file: (_statements, _statement_values),
    ORDERS.file: (_orders, _order_values),
    GIGS.file: (_gigs, _gig_values),
    PAYERS.file: (_payers, _payer_values),
    HOURS.file: (_hours, _hours_values),
}
