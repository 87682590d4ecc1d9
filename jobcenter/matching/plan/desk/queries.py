"""Finding plans and the places in them, each as a coordinator may see it; what waits to be computed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import Jobcenter, User
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.matching.plan.desk.domain import (
    ONE_DAY,
    SILENT_FOR,
    UNDER_WAY,
    Difference,
    PlacementStatus,
    PlanStatus,
    compare,
)
from jobcenter.matching.plan.desk.models import Placement, PlanRun
from jobcenter.matching.plan.desk.told import Beside
from jobcenter.orders.gigs.domain import LIVE, GigStatus
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.gigs.queries import tied, whole
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order
from jobcenter.workers.models import Worker

# Who stands in a plan or was offered what it said, rather than kept from a gig.
STANDING = (PlacementStatus.PROPOSED, PlacementStatus.SENT, PlacementStatus.REFUSED)


# Plans


def plan_for(actor: Actor, plan_id: int, *, lock: bool = False) -> PlanRun:
    """A plan of a Jobcenter that the actor coordinates. Raises NotFound."""
    query = select(PlanRun).where(PlanRun.id == plan_id, _coordinated_by(actor))
    return or_not_found(db.session.scalar(_locked(query) if lock else query))


def beside_gig(plan_id: int, gig_id: int) -> Beside:
    """Everyone whom a computed plan does not place on a gig; nobody, where they were too many to look at."""
    beside = db.session.scalar(select(PlanRun.beside).where(PlanRun.id == plan_id)) or {}
    return Beside.of(beside[str(gig_id)]) if str(gig_id) in beside else Beside()


def plan_made_with(form_key: str) -> PlanRun | None:
    """The plan that a form has asked for already."""
    return db.session.scalar(select(PlanRun).where(PlanRun.form_key == form_key))


def plans_of(actor: Actor, *, limit: int, offset: int) -> list[tuple[PlanRun, Jobcenter]]:
    """Plans of the actor's Jobcenters, the newest first."""
    query = select(PlanRun, Jobcenter).join(Jobcenter, Jobcenter.id == PlanRun.jobcenter_id)
    query = query.where(_coordinated_by(actor)).order_by(PlanRun.id.desc()).limit(limit).offset(offset)
    return [(plan, jobcenter) for plan, jobcenter in db.session.execute(query)]


def number_of_plans(actor: Actor) -> int:
    """How many there are."""
    return db.session.scalar(select(func.count(PlanRun.id)).where(_coordinated_by(actor))) or 0


def plan_under_way(jobcenter_id: int) -> PlanRun | None:
    """The plan of a Jobcenter that waits or is computed."""
    under_way = and_(PlanRun.jobcenter_id == jobcenter_id, PlanRun.status.in_(UNDER_WAY))
    return db.session.scalar(select(PlanRun).where(under_way))


def next_to_compute(now: datetime) -> PlanRun | None:
    """The oldest plan that waits, or whose computing fell silent, locked; what another process holds is passed over."""
    silent = or_(PlanRun.heard_at.is_(None), PlanRun.heard_at < now - SILENT_FOR)
    due = or_(PlanRun.status == PlanStatus.WAITING, and_(PlanRun.status == PlanStatus.RUNNING, silent))
    query = select(PlanRun).where(due).order_by(PlanRun.id).limit(1).with_for_update(skip_locked=True)
    return db.session.scalar(query.execution_options(populate_existing=True))


def any_plan(plan_id: int, *, lock: bool = False) -> PlanRun:
    """A plan, for the system's own work. Raises NotFound."""
    query = select(PlanRun).where(PlanRun.id == plan_id)
    return or_not_found(db.session.scalar(_locked(query) if lock else query))


# Places in a plan


@dataclass(frozen=True)
class Placed:
    """A place in a plan, with the names of who stands in it and comes along."""

    placement: Placement
    worker: Worker
    support_name: str


def places_of(plan_id: int) -> list[Placed]:
    """Every place of a plan, those left out too, in one query."""
    query = select(Placement, Worker, User).join(Worker, Worker.id == Placement.worker_id)
    query = query.outerjoin(User, User.id == Placement.support_id).where(Placement.plan_run_id == plan_id)
    rows = db.session.execute(query.order_by(Worker.given_name, Worker.family_name, Placement.id))
    return [Placed(placement, worker, user.name if user else "") for placement, worker, user in rows]


def placements_of(plan_id: int) -> list[Placement]:
    """Every place of a plan, those left out too."""
    return list(db.session.scalars(select(Placement).where(Placement.plan_run_id == plan_id).order_by(Placement.id)))


def placement_for(actor: Actor, placement_id: int, *, lock: bool = False) -> Placement:
    """A place in a plan of the actor's Jobcenter; with `lock` its plan is locked before it. Raises NotFound."""
    query = select(Placement).join(PlanRun, PlanRun.id == Placement.plan_run_id)
    found = or_not_found(db.session.scalar(query.where(Placement.id == placement_id, _coordinated_by(actor))))
    if lock:
        plan_for(actor, found.plan_run_id, lock=True)
        found = or_not_found(db.session.scalar(_locked(select(Placement).where(Placement.id == placement_id))))
    return found


def placement_of(plan_id: int, gig_id: int, worker_id: int) -> Placement | None:
    """The place of a worker in a gig of a plan, left out or not."""
    there = and_(Placement.plan_run_id == plan_id, Placement.gig_id == gig_id, Placement.worker_id == worker_id)
    return db.session.scalar(select(Placement).where(there))


def proposed_places(plan_id: int) -> list[int]:
    """The ids of the places that a plan proposes, the next gig first."""
    query = select(Placement.id).join(Gig, Gig.id == Placement.gig_id)
    query = query.where(Placement.plan_run_id == plan_id, Placement.status == PlacementStatus.PROPOSED)
    return list(db.session.scalars(query.order_by(Gig.starts_at, Gig.id, Placement.id)))


def gigs_sent_in(plan_id: int) -> list[int]:
    """The gigs of which a plan's offers have gone out."""
    sent = and_(Placement.plan_run_id == plan_id, Placement.status == PlacementStatus.SENT)
    return list(db.session.scalars(select(Placement.gig_id).where(sent).distinct().order_by(Placement.gig_id)))


def difference_from(plan: PlanRun) -> Difference | None:
    """How a plan differs from the one that it was computed anew from; None when it is the first."""
    if plan.again_id is None:
        return None
    pairs = select(Placement.plan_run_id, Placement.gig_id, Placement.worker_id)
    pairs = pairs.where(Placement.plan_run_id.in_([plan.id, plan.again_id]), Placement.status.in_(STANDING))
    places: dict[int, set[tuple[int, int]]] = {plan.id: set(), plan.again_id: set()}
    for plan_id, gig_id, worker_id in db.session.execute(pairs):
        places[plan_id].add((gig_id, worker_id))
    return compare(frozenset(places[plan.again_id]), frozenset(places[plan.id]))


# Gigs


def gigs_in(jobcenter_id: int, first: date, last: date, now: datetime) -> list[Gig]:
    """The whole gigs of a Jobcenter that begin on these days, may be staffed and have not begun, in time order."""
    query = select(Gig).join(Gig.order).where(_staffable(jobcenter_id, now))
    query = query.where(Gig.starts_at >= clock.start_of(first), Gig.starts_at < clock.start_of(last + ONE_DAY))
    query = query.options(*whole()).order_by(Gig.starts_at, Gig.id)
    return [tied(gig) for gig in db.session.scalars(query.execution_options(populate_existing=True))]


def gigs_by_id(gig_ids: Collection[int]) -> dict[int, Gig]:
    """Whole gigs by id; the caller has checked that the actor may see them."""
    query = select(Gig).join(Gig.order).where(Gig.id.in_(gig_ids)).options(*whole())
    return {gig.id: tied(gig) for gig in db.session.scalars(query.execution_options(populate_existing=True))}


def last_day_of_gigs(jobcenter_id: int, now: datetime) -> date | None:
    """The day on which the last gig begins that may be staffed."""
    last = db.session.scalar(select(func.max(Gig.starts_at)).join(Gig.order).where(_staffable(jobcenter_id, now)))
    return None if last is None else clock.day_of(last)


def open_places(jobcenter_id: int, first: date, last: date, now: datetime) -> int:
    """How many places on these days nobody has or is thinking about."""
    query = select(func.count(Slot.id)).join(Slot.gig).join(Gig.order).where(_staffable(jobcenter_id, now), _free())
    within = and_(Gig.starts_at >= clock.start_of(first), Gig.starts_at < clock.start_of(last + ONE_DAY))
    return db.session.scalar(query.where(within)) or 0


def first_open_day(jobcenter_id: int, now: datetime) -> date | None:
    """The day of the next gig that has a place which nobody has or is thinking about."""
    query = select(func.min(Gig.starts_at)).join(Slot, Slot.gig_id == Gig.id).join(Gig.order)
    first = db.session.scalar(query.where(_staffable(jobcenter_id, now), _free()))
    return None if first is None else clock.day_of(first)


def _free() -> ColumnElement[bool]:
    """The slot is in use, and nobody has it or is thinking about it."""
    taken = select(Offer.id).where(Offer.slot_id == Slot.id, Offer.status.in_(LIVE))
    return and_(Slot.in_use, ~taken.exists())


def _staffable(jobcenter_id: int, now: datetime) -> ColumnElement[bool]:
    planned = and_(Gig.jobcenter_id == jobcenter_id, Gig.status == GigStatus.PLANNED, Gig.starts_at > now)
    return and_(planned, Order.status == OrderStatus.ACCEPTED)


def names_of_active(jobcenter_id: int) -> dict[int, str]:
    """The names of a Jobcenter's active workers by id, in order of name."""
    query = select(Worker).where(Worker.jobcenter_id == jobcenter_id, Worker.active)
    ordered = db.session.scalars(query.order_by(Worker.given_name, Worker.family_name, Worker.id))
    return {worker.id: worker.name for worker in ordered}


def names_of_workers(worker_ids: Collection[int]) -> dict[int, str]:
    """Names by id."""
    query = select(Worker).where(Worker.id.in_(worker_ids)).order_by(Worker.given_name, Worker.family_name)
    return {worker.id: worker.name for worker in db.session.scalars(query)}


def _coordinated_by(actor: Actor) -> ColumnElement[bool]:
    return PlanRun.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR))


def _locked(query: Select) -> Select:
    return query.with_for_update().execution_options(populate_existing=True)
