"""Warnings as those see them who look after them: the coordinator's queue, one's own, and one by itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.earnings.domain_warnings import URGENCY, Stage, WarningLevel
from jobcenter.earnings.models import LimitWarning
from jobcenter.workers.models import Worker

Found = tuple[LimitWarning, Worker]


@dataclass(frozen=True)
class Wanted:
    """What the queue is narrowed to; "" and None narrow nothing. Stage None: all that are not settled."""

    name: str = ""
    level: WarningLevel | None = None
    stage: Stage | None = None

    @property
    def asked(self) -> dict[str, str]:
        """The same as words of an address."""
        return {"name": self.name, "level": self.level or "", "stage": self.stage or ""}


EVERYTHING = Wanted()
_STAGES: dict[Stage, ColumnElement[bool]] = {
    Stage.NEW: and_(LimitWarning.noted_at.is_(None), LimitWarning.settled_at.is_(None)),
    Stage.NOTED: and_(LimitWarning.noted_at.is_not(None), LimitWarning.settled_at.is_(None)),
    Stage.SETTLED: LimitWarning.settled_at.is_not(None),
}


def queue_for(actor: Actor, wanted: Wanted, *, limit: int, offset: int) -> list[Found]:
    """The warnings of the actor's Jobcenters that hold, with their workers: those that nobody has noted first, by how
    soon they ask for something, then the newest.
    """
    query = _queue(actor, wanted, LimitWarning, Worker)
    urgency = case(*((LimitWarning.level.in_(levels), place) for place, levels in enumerate(URGENCY)))
    order = (LimitWarning.noted_at.is_not(None), urgency, LimitWarning.made_at.desc(), LimitWarning.id.desc())
    rows = db.session.execute(query.order_by(*order).limit(limit).offset(offset))
    return [(warning, worker) for warning, worker in rows]


def number_in_queue(actor: Actor, wanted: Wanted = EVERYTHING) -> int:
    """How many warnings the queue has."""
    return db.session.scalar(_queue(actor, wanted, func.count())) or 0


def new_by_jobcenter(jobcenter_ids: Collection[int]) -> dict[int, int]:
    """How many warnings nobody has noted yet, by Jobcenter."""
    query = select(LimitWarning.jobcenter_id, func.count()).where(_holding(), _STAGES[Stage.NEW])
    query = query.where(LimitWarning.jobcenter_id.in_(jobcenter_ids)).group_by(LimitWarning.jobcenter_id)
    return {jobcenter_id: number for jobcenter_id, number in db.session.execute(query)}


def warning_for(actor: Actor, warning_id: int, *, lock: bool = False) -> Found:
    """A warning with its worker, for a coordinator of its Jobcenter. Raises NotFound."""
    return _the_warning(warning_id, LimitWarning.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR)), lock=lock)


def unseen_of(worker_ids: Collection[int], *, lock: bool = False) -> dict[int, list[LimitWarning]]:
    """The warnings that hold, are not settled and that the worker has not seen, by worker id, the newest first."""
    found: dict[int, list[LimitWarning]] = {worker_id: [] for worker_id in worker_ids}
    query = select(LimitWarning).where(LimitWarning.worker_id.in_(worker_ids), _holding())
    query = query.where(LimitWarning.settled_at.is_(None), LimitWarning.seen_at.is_(None))
    query = query.order_by(LimitWarning.id.desc())
    for warning in db.session.scalars(query.with_for_update() if lock else query):
        found[warning.worker_id].append(warning)
    return found


def _queue(actor: Actor, wanted: Wanted, *columns: Any) -> Select:
    jobcenters = actor.jobcenters(Role.COORDINATOR)
    mine = LimitWarning.jobcenter_id.in_(jobcenters) if jobcenters else false()
    stage = _STAGES[wanted.stage] if wanted.stage else LimitWarning.settled_at.is_(None)
    query = select(*columns).select_from(LimitWarning).join(Worker, Worker.id == LimitWarning.worker_id)
    query = query.where(mine, _holding(), stage, *(_named(word) for word in wanted.name.split()))
    return query.where(LimitWarning.level == wanted.level) if wanted.level else query


def _named(word: str) -> ColumnElement[bool]:
    has = (name.icontains(word, autoescape=True) for name in (Worker.given_name, Worker.family_name))
    return or_(*has)


def _holding() -> ColumnElement[bool]:
    return LimitWarning.closed_at.is_(None)


def _the_warning(warning_id: int, visible: ColumnElement[bool], *, lock: bool) -> Found:
    query = select(LimitWarning, Worker).join(Worker, Worker.id == LimitWarning.worker_id)
    query = query.where(LimitWarning.id == warning_id, visible)
    if lock:
        query = query.with_for_update(of=LimitWarning).execution_options(populate_existing=True)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return row.LimitWarning, row.Worker
