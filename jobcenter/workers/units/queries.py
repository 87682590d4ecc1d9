"""Units, for those who keep them: coordinators and administrators of their Jobcenter."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from jobcenter.auth.domain import Actor, Role, full_name
from jobcenter.auth.models import Jobcenter, User
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.workers.models import Worker, WorkUnit

KEEPERS = (Role.COORDINATOR, Role.ADMIN)


@dataclass(frozen=True)
class UnitRow:
    """One unit in the list."""

    id: int
    name: str
    address: str
    jobcenter: str
    manager: str
    workers: int


def unit_rows(actor: Actor) -> list[UnitRow]:
    """The units of the actor's Jobcenters with their active workers counted, in one query."""
    count = select(func.count()).where(Worker.unit_id == WorkUnit.id, Worker.active).scalar_subquery()
    query = (
        select(WorkUnit, Jobcenter.name.label("jobcenter"), User.given_name, User.family_name, count.label("workers"))
        .join(Jobcenter, Jobcenter.id == WorkUnit.jobcenter_id)
        .outerjoin(User, User.id == WorkUnit.manager_id)
        .where(WorkUnit.jobcenter_id.in_(actor.jobcenters(*KEEPERS)))
        .order_by(Jobcenter.name, WorkUnit.name)
    )
    return [
        UnitRow(
            id=row.WorkUnit.id,
            name=row.WorkUnit.name,
            address=row.WorkUnit.address,
            jobcenter=row.jobcenter,
            manager=full_name(row.given_name or "", row.family_name or ""),
            workers=row.workers,
        )
        for row in db.session.execute(query)
    ]


def unit_for(actor: Actor, unit_id: int, *, lock: bool = False) -> WorkUnit:
    """A unit of a Jobcenter that the actor coordinates or administers. Raises NotFound."""
    query = select(WorkUnit).where(WorkUnit.id == unit_id, WorkUnit.jobcenter_id.in_(actor.jobcenters(*KEEPERS)))
    return or_not_found(db.session.scalar(query.with_for_update() if lock else query))
