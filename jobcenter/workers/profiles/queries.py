"""Lists of workers, and the choices that their forms offer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select

from jobcenter.auth.domain import Actor, full_name
from jobcenter.auth.models import Jobcenter
from jobcenter.core.db import db
from jobcenter.core.paging import Part
from jobcenter.workers.domain import ConsentPurpose, Profile, Show, WorkerFilter
from jobcenter.workers.models import Worker, WorkUnit
from jobcenter.workers.queries import coordinated_by, has_consented, managed_by
from jobcenter.workers.queries_names import named


@dataclass(frozen=True)
class WorkerRow:
    """One line of the list of workers."""

    id: int
    name: str
    jobcenter: str
    unit: str
    ready_since: date | None
    takes_part: bool
    active: bool


_SHOWN: dict[Show, ColumnElement[bool]] = {
    Show.ACTIVE: Worker.active.is_(True),
    Show.READY: Worker.active.is_(True) & Worker.ready_since.is_not(None),
    Show.NOT_READY: Worker.active.is_(True) & Worker.ready_since.is_(None),
    Show.LEFT: Worker.active.is_(False),
}


def worker_rows(actor: Actor, wanted: WorkerFilter, part: Part) -> list[WorkerRow]:
    """The part of the actor's workers, as a coordinator or as a unit's manager, by name."""
    query = _narrowed(
        select(
            Worker.id,
            Worker.given_name,
            Worker.family_name,
            Worker.ready_since,
            Worker.active,
            Jobcenter.name.label("jobcenter"),
            WorkUnit.name.label("unit"),
            has_consented(ConsentPurpose.TAKE_PART).label("takes_part"),
        )
        .join(Jobcenter, Jobcenter.id == Worker.jobcenter_id)
        .outerjoin(WorkUnit, WorkUnit.id == Worker.unit_id),
        actor,
        wanted,
    )
    query = query.order_by(Worker.given_name, Worker.family_name, Worker.id).limit(part.limit).offset(part.offset)
    return [
        WorkerRow(
            id=row.id,
            name=full_name(row.given_name, row.family_name),
            jobcenter=row.jobcenter,
            unit=row.unit or "",
            ready_since=row.ready_since,
            takes_part=row.takes_part,
            active=row.active,
        )
        for row in db.session.execute(query)
    ]


def worker_count(actor: Actor, wanted: WorkerFilter) -> int:
    """How many workers the list has altogether."""
    return db.session.scalar(_narrowed(select(func.count()).select_from(Worker), actor, wanted)) or 0


def _narrowed(query: Select, actor: Actor, wanted: WorkerFilter) -> Select:
    query = query.where(or_(coordinated_by(actor), managed_by(actor)), _SHOWN[wanted.show])
    if wanted.unit_id is not None:
        query = query.where(Worker.unit_id == wanted.unit_id)
    return query.where(named(wanted.name))


def units_of(jobcenter_ids: Collection[int]) -> list[WorkUnit]:
    """The work activity units of Jobcenters, by name."""
    query = select(WorkUnit).where(WorkUnit.jobcenter_id.in_(jobcenter_ids))
    return list(db.session.scalars(query.order_by(WorkUnit.name, WorkUnit.id)))


def unit_of(worker: Worker) -> WorkUnit | None:
    """The unit whose activity the worker takes part in."""
    return None if worker.unit_id is None else db.session.get(WorkUnit, worker.unit_id)


def worker_by_form_key(jobcenter_id: int, form_key: str) -> Worker | None:
    """The worker that the same sending of the form made already."""
    query = select(Worker).where(Worker.jobcenter_id == jobcenter_id, Worker.form_key == form_key)
    return db.session.scalar(query)


def profile_of(worker: Worker) -> Profile:
    """The worker's profile as it is stored."""
    return Profile(**{name: getattr(worker, name) for name in Profile.__dataclass_fields__})
