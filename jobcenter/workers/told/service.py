"""Telling of income from work elsewhere.

Each change leaves a to-do in the same transaction: the limits are then looked at again.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.core import clock, todo
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.uow import flush
from jobcenter.workers.held.queries import worker_with_benefits_for
from jobcenter.workers.models import ToldIncome, Worker
from jobcenter.workers.service import record
from jobcenter.workers.told import queries
from jobcenter.workers.told.domain import IncomeTold


def add_income(actor: Actor, worker_id: int, new: IncomeTold) -> int:
    """Tell of an income; its id. Raises AlreadyDone if the same one is told already."""
    worker = worker_with_benefits_for(actor, worker_id, lock=True)
    if any(queries.told(old) == new for old in queries.incomes_of(worker)):
        raise AlreadyDone("income_already")
    row = ToldIncome(worker_id=worker.id, told_by=actor.name, told_on=clock.today(), **asdict(new))
    db.session.add(row)
    _changed(actor, worker, "add_told_income", None, asdict(new))
    return row.id


def change_income(actor: Actor, worker_id: int, income_id: int, new: IncomeTold) -> None:
    """Correct an income that was told of, or say when it ends."""
    worker = worker_with_benefits_for(actor, worker_id, lock=True)
    row = queries.income_of(worker, income_id)
    before = queries.told(row)
    if before == new:
        return
    for name, value in asdict(new).items():
        setattr(row, name, value)
    row.told_by, row.told_on = actor.name, clock.today()
    _changed(actor, worker, "change_told_income", asdict(before), asdict(new))


def remove_income(actor: Actor, worker_id: int, income_id: int) -> None:
    """Take away an income that was told by mistake."""
    worker = worker_with_benefits_for(actor, worker_id, lock=True)
    row = queries.income_of(worker, income_id)
    before = asdict(queries.told(row))
    db.session.delete(row)
    _changed(actor, worker, "remove_told_income", before, None)


def _changed(
    actor: Actor, worker: Worker, verb: str, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    flush()
    record(actor, verb, worker, before, after)
    todo.leave(todo.Changed.INCOME, worker.id)
