"""Adding and changing units."""

from __future__ import annotations

from dataclasses import asdict

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.queries import users_of
from jobcenter.core import audit
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError, NotFound
from jobcenter.core.uow import flush, register_clash
from jobcenter.workers.domain import UnitFacts
from jobcenter.workers.models import WorkUnit
from jobcenter.workers.units import queries

register_clash("uq_work_unit_jobcenter_id_name", lambda: DomainError("unit_name_taken", "name"))


def add(actor: Actor, jobcenter_id: int, facts: UnitFacts) -> int:
    """A new unit of the actor's Jobcenter; its id. Raises DomainError for a name in use or a manager from elsewhere."""
    if jobcenter_id not in actor.jobcenters(*queries.KEEPERS):
        raise NotFound
    _check_manager(jobcenter_id, facts)
    unit = WorkUnit(jobcenter_id=jobcenter_id, **asdict(facts))
    db.session.add(unit)
    flush()
    audit.record(actor, "add_unit", "work_unit", unit.id, None, asdict(facts), jobcenter_id=jobcenter_id)
    return unit.id


def change(actor: Actor, unit_id: int, facts: UnitFacts) -> None:
    """Rename a unit, or give it another address or manager; the manager before sees its people no more."""
    unit = queries.unit_for(actor, unit_id, lock=True)
    _check_manager(unit.jobcenter_id, facts)
    before = {name: getattr(unit, name) for name in asdict(facts)}
    if before == asdict(facts):
        return
    for name, value in asdict(facts).items():
        setattr(unit, name, value)
    flush()
    audit.record(actor, "change_unit", "work_unit", unit.id, before, asdict(facts), jobcenter_id=unit.jobcenter_id)


def _check_manager(jobcenter_id: int, facts: UnitFacts) -> None:
    managers = {user.id for user in users_of([jobcenter_id], Role.UNIT_MANAGER)}
    if facts.manager_id is not None and facts.manager_id not in managers:
        raise DomainError("manager_not_here", "manager_id")
