"""What a plan is made of, as the desk knows it now: the same facts as for one gig, of all gigs and people of a time.

Places that are agreed or on offer are settled: their people are engaged then, and only what is left is planned. Limits
are those told last. A constant number of queries, however many gigs and people there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Row, select

from jobcenter.auth.models import Jobcenter
from jobcenter.benefits import LimitState
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.earnings.domain import AMOUNTS_ONLY, UNKNOWN
from jobcenter.earnings.domain_warnings import REDUCTIONS
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.matching.domain import LATELY, WEEK, Headroom, WorkerFacts
from jobcenter.matching.plan.desk import headrooms, queries, queries_supports
from jobcenter.matching.plan.desk.computing import Work
from jobcenter.matching.plan.desk.domain import PlacementStatus
from jobcenter.matching.plan.desk.models import Placement, PlanRun
from jobcenter.matching.plan.domain import Instance, PlanGig
from jobcenter.matching.queries import gig_facts
from jobcenter.matching.queries_facts import Around, bonds_of
from jobcenter.matching.soft import ALONE
from jobcenter.matching.ties.queries import blocks_of_persons
from jobcenter.matching.weights.queries import weights_of
from jobcenter.orders.gigs import queries_diaries
from jobcenter.orders.gigs.domain import LIVE, Diary
from jobcenter.orders.gigs.models import Gig, Slot
from jobcenter.orders.gigs.queries import offers_of
from jobcenter.orders.gigs.queries_diaries import minutes_by_worker
from jobcenter.orders.gigs.queries_support import where_of
from jobcenter.workers.models import Worker
from jobcenter.workers.queries_candidates import candidates

ROUND_ABOUT = timedelta(days=1)


def work_of(plan: PlanRun, now: datetime) -> Work:
    """What is to be computed for a plan, as things are now: what was locked in the plan before stays."""
    before = queries.placements_of(plan.again_id) if plan.again_id else []
    facts = facts_of(plan, now, unknown_limits=plan.unknown_limits)
    left_out = {(one.gig_id, one.worker_id) for one in before if one.status is PlacementStatus.LEFT_OUT}
    return Work(
        instance=without(facts.instance, left_out),
        seconds=plan.seconds,
        seed=plan.seed,
        kept=tuple((one.gig_id, one.worker_id) for one in before if one.locked and _stands(one)),
        unknown=facts.unknown,
    )


@dataclass(frozen=True)
class Facts:
    """The open places of a time with everyone who may be asked, and who is left out for want of knowing."""

    instance: Instance
    unknown: tuple[int, ...]


def facts_of(plan: PlanRun, now: datetime, *, unknown_limits: bool) -> Facts:
    """What the desk knows of a plan's days now."""
    gigs = queries.gigs_in(plan.jobcenter_id, plan.first_day, plan.last_day, now)
    open_gigs = [gig for gig in gigs if free_slots(gig)]
    jobcenter = db.session.get_one(Jobcenter, plan.jobcenter_id)
    workers, unknown = _workers(plan, now)
    supports = queries_supports.supports_of(jobcenter.id, plan.first_day, plan.last_day)
    instance = Instance(
        first=plan.first_day,
        last=plan.last_day,
        gigs=tuple(_plan_gigs(open_gigs, jobcenter, now)),
        workers=tuple(worker for worker in workers if unknown_limits or worker.who.id not in unknown),
        supports=supports.persons,
        weights=weights_of(jobcenter.id),
        travel_minutes=supports.travel_minutes,
    )
    return Facts(instance, () if unknown_limits else unknown)


def free_slots(gig: Gig) -> list[Slot]:
    """The places of a whole gig that nobody has or is thinking about."""
    return [slot for slot in gig.slots if slot.in_use and not any(offer.status in LIVE for offer in slot.offers)]


def without(instance: Instance, pairs: Collection[tuple[int, int]]) -> Instance:
    """The instance in which these workers are kept from these gigs."""
    kept_from: dict[int, set[int]] = defaultdict(set)
    for gig_id, worker_id in pairs:
        kept_from[gig_id].add(worker_id)
    gigs = (
        replace(gig, facts=replace(gig.facts, blocked=gig.facts.blocked | kept_from[gig.id]))
        if gig.id in kept_from
        else gig
        for gig in instance.gigs
    )
    return replace(instance, gigs=tuple(gigs))


def _stands(placement: Placement) -> bool:
    return placement.status is PlacementStatus.PROPOSED


# Gigs


def _plan_gigs(gigs: list[Gig], jobcenter: Jobcenter, now: datetime) -> Iterable[PlanGig]:
    blocked = _blocked({gig.order.organisation_id for gig in gigs if gig.order.organisation_id is not None})
    for gig in gigs:
        names = {offer.worker_id: offer.worker.name for offer in offers_of(gig) if offer.status in LIVE}
        beside = Around(names, ALONE, blocked.get(gig.order.organisation_id, frozenset()))
        facts = gig_facts(gig, jobcenter, False, now, beside)
        yield PlanGig(facts, len(free_slots(gig)), gig.order.priority, place=where_of(gig))


def _blocked(organisation_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Workers who are not sent to these orderers, by orderer."""
    found: dict[int, set[int]] = defaultdict(set)
    for orderer, worker_id in db.session.execute(blocks_of_persons(organisation_ids)):
        found[orderer].add(worker_id)
    return {orderer: frozenset(workers) for orderer, workers in found.items()}


# People


def _workers(plan: PlanRun, now: datetime) -> tuple[list[WorkerFacts], tuple[int, ...]]:
    """The active people of the Jobcenter, and which of them have limits that nobody knows."""
    active = select(Worker.id).where(Worker.jobcenter_id == plan.jobcenter_id, Worker.active)
    ids = list(db.session.scalars(active.order_by(Worker.id)))
    who = candidates(ids, since=clock.start_of(plan.first_day))
    diary, bonds, lately = _diary(ids, plan), bonds_of(ids), _lately(plan.jobcenter_id, now)
    rooms = _headrooms(ids, plan.first_day, plan.last_day)
    workers = [
        WorkerFacts(
            who=who[id_],
            engaged=diary.of(id_),
            limits=None if rooms.is_unknown(id_) else (),
            lately=lately.get(id_, 0),
            avoid=bonds.avoided_by(id_),
            headrooms=rooms.of(id_),
            history=bonds.history_of(id_),
        )
        for id_ in ids
    ]
    return workers, tuple(id_ for id_ in ids if rooms.is_unknown(id_))


def _diary(worker_ids: list[int], plan: PlanRun) -> Diary:
    """What people have and are offered in the weeks of the plan and the day beside them, for the rests between."""
    monday = plan.first_day - timedelta(days=plan.first_day.weekday())
    start, end = clock.start_of(monday - ROUND_ABOUT), clock.start_of(plan.last_day + WEEK + ROUND_ABOUT)
    return queries_diaries.diary_of(worker_ids, start, end, LIVE)


def _lately(jobcenter_id: int, now: datetime) -> dict[int, int]:
    rows = db.session.execute(minutes_by_worker(jobcenter_id, (now - LATELY, now)))
    return {worker_id: minutes for worker_id, minutes in rows}


@dataclass(frozen=True)
class Rooms:
    """What people may still earn under their limits, and of whom nobody can say it."""

    known: Mapping[int, tuple[Headroom, ...]]
    unknown: frozenset[int]

    def of(self, worker_id: int) -> tuple[Headroom, ...]:
        return self.known.get(worker_id, ())

    def is_unknown(self, worker_id: int) -> bool:
        """Nothing was told of them at all, or a limit that cannot be judged."""
        return worker_id in self.unknown or worker_id not in self.known


def _headrooms(worker_ids: list[int], first: date, last: date) -> Rooms:
    columns = (LimitSnapshot.rule, LimitSnapshot.series, LimitSnapshot.period_from, LimitSnapshot.period_to)
    states = (LimitSnapshot.state, LimitSnapshot.state_with_agreed, LimitSnapshot.left_with_agreed)
    query = select(LimitSnapshot.worker_id, *columns, *states)
    query = query.where(LimitSnapshot.worker_id.in_(worker_ids), LimitSnapshot.superseded_at.is_(None))
    known: dict[int, list[Headroom]] = defaultdict(list)
    unknown: set[int] = set()
    for row in db.session.execute(query.where(LimitSnapshot.rule.not_in(AMOUNTS_ONLY))):
        rooms = known[row.worker_id]
        if not _concerns(row, first, last):
            continue
        if row.state_with_agreed in UNKNOWN:
            unknown.add(row.worker_id)
        elif row.rule not in REDUCTIONS and (room := headrooms.headroom_of(row, first)) is not None:
            rooms.append(room)
    return Rooms({worker_id: tuple(rooms) for worker_id, rooms in known.items()}, frozenset(unknown))


def _concerns(row: Row, first: date, last: date) -> bool:
    if row.state is LimitState.NOT_APPLICABLE:
        return False
    return row.series == headrooms.ROLLING or (row.period_from <= last and row.period_to >= first)
