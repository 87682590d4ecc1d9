"""The gigs of a week as light rows: a constant number of queries however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import Jobcenter
from jobcenter.core.db import db
from jobcenter.matching.board.domain import Chosen, Staffing
from jobcenter.orders.gigs.domain import HOLDING, LIVE, GigStatus, OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.gigs.queries import coordinated_by
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import Organisation
from jobcenter.workers.domain import TaskCategory
from jobcenter.workers.models import Worker, WorkUnit


@dataclass(frozen=True)
class BoardGig:
    """One gig on the board."""

    id: int
    starts_at: datetime
    ends_at: datetime
    title: str
    category: TaskCategory
    orderer: str
    jobcenter: str
    staffing: Staffing


def gigs_of_week(actor: Actor, chosen: Chosen) -> list[BoardGig]:
    """The coordinator's gigs of a week that are not cancelled, in time order, in one query."""
    start, end = chosen.week.span
    query = (
        select(
            Gig.id,
            Gig.starts_at,
            Gig.ends_at,
            Order.title,
            Order.category,
            Organisation.name,
            Jobcenter.name,
            _places(OfferStatus.CONFIRMED, OfferStatus.DONE),
            _places(OfferStatus.ACCEPTED),
            _open(offered=True),
            _open(offered=False),
        )
        .join(Gig.order)
        .outerjoin(Organisation, Organisation.id == Order.organisation_id)
        .join(Jobcenter, Jobcenter.id == Gig.jobcenter_id)
        .where(coordinated_by(actor), Gig.status != GigStatus.CANCELLED, *_chosen(chosen))
        .where(Gig.starts_at >= start, Gig.starts_at < end)
        .order_by(Gig.starts_at, Gig.ends_at, Gig.id)
    )
    found = [_gig(row) for row in db.session.execute(query)]
    return [gig for gig in found if chosen.need in (None, gig.staffing.need)]


def _gig(row: Row) -> BoardGig:
    id_, starts_at, ends_at, title, category, orderer, jobcenter, confirmed, accepted, offered, open_ = row
    staffing = Staffing(confirmed, accepted, offered, open_)
    return BoardGig(id_, starts_at, ends_at, title, category, orderer or "", jobcenter, staffing)


def _chosen(chosen: Chosen) -> Iterable[ColumnElement[bool]]:
    if chosen.jobcenter_id is not None:
        yield Gig.jobcenter_id == chosen.jobcenter_id
    if chosen.category is not None:
        yield Order.category == chosen.category
    if chosen.unit_id is not None:
        on_gig = select(Offer.id).join(Worker, Worker.id == Offer.worker_id)
        on_gig = on_gig.where(Offer.gig_id == Gig.id, Offer.status.in_(LIVE), Worker.unit_id == chosen.unit_id)
        yield on_gig.correlate(Gig).exists()


def _places(*statuses: OfferStatus) -> ColumnElement[int]:
    held = select(func.count(Offer.id)).where(Offer.gig_id == Gig.id, Offer.status.in_(statuses))
    return held.correlate(Gig).scalar_subquery()


def _open(*, offered: bool) -> ColumnElement[int]:
    """Places that nobody holds: those on offer, or those not."""
    of_slot = select(Offer.id).where(Offer.slot_id == Slot.id)
    held, out = of_slot.where(Offer.status.in_(HOLDING)), of_slot.where(Offer.status == OfferStatus.OFFERED)
    query = select(func.count(Slot.id)).where(Slot.gig_id == Gig.id, Slot.in_use, ~held.exists())
    return query.where(out.exists() if offered else ~out.exists()).correlate(Gig).scalar_subquery()


@dataclass(frozen=True)
class Choices:
    """What a coordinator can narrow a board down to."""

    jobcenters: tuple[tuple[int, str], ...]
    units: tuple[tuple[int, str], ...]


def choices_for(actor: Actor) -> Choices:
    """The coordinator's Jobcenters and their work activity units, by name, in one query."""
    mine = actor.jobcenters(Role.COORDINATOR)
    query = select(Jobcenter.id, Jobcenter.name, WorkUnit.id, WorkUnit.name)
    query = query.outerjoin(WorkUnit, WorkUnit.jobcenter_id == Jobcenter.id).where(Jobcenter.id.in_(mine))
    rows = db.session.execute(query.order_by(Jobcenter.name, WorkUnit.name)).all()
    jobcenters = {id_: name for id_, name, _unit_id, _unit in rows}
    units = tuple((unit_id, unit) for _id, _name, unit_id, unit in rows if unit_id is not None)
    return Choices(tuple(jobcenters.items()), units)
