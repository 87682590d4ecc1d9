"""Durable to-dos: what a lower feature leaves, in its own transaction, for a higher feature's job.

An open to-do is unique by kind and key: leaving it again renews it. A change left while its to-do is being worked on
waits for that work and then makes a new one, so nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, Integer, String, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter.core import clock
from jobcenter.core.db import Base, Id, Instant, Json, db

_OPEN = text("done_at IS NULL")
_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class Changed(StrEnum):
    """What has changed that gigs and limits rest on: the kinds that several features leave. A kind that one feature
    alone leaves has its name there.

    The key of INCOME and BENEFITS is the worker's id; INCOME also stands for whatever else of one person limits and
    their warnings rest on. RULES: the values of law, or from where on a limit is near; the key says whose.
    """

    INCOME = "income_changed"
    BENEFITS = "benefits_changed"
    RULES = "rules_changed"


class Todo(Base):
    """One thing to be done by a job; open until `done_at`."""

    __tablename__ = "todo"
    __table_args__ = (
        Index("uq_todo_open_kind_key", "kind", "key", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80))
    payload: Mapped[Any] = mapped_column(Json, nullable=True)
    left_at: Mapped[Instant]
    not_before: Mapped[Instant]
    attempts: Mapped[int] = mapped_column(Integer)
    done_at: Mapped[Instant | None]


@dataclass(frozen=True)
class Task:
    """An open to-do as a job sees it."""

    id: int
    kind: str
    key: str
    payload: Mapping[str, Any]
    attempts: int


def leave(kind: str, key: int | str, payload: Mapping[str, Any] | None = None) -> None:
    """Leave a to-do, or renew the open one of the same kind and key."""
    now = clock.now()
    values = {"kind": kind, "key": str(key), "payload": dict(payload or {}), "left_at": now, "not_before": now}
    statement = _INSERTS[db.session.get_bind().dialect.name](Todo).values(**values, attempts=0)
    fresh = {name: statement.excluded[name] for name in ("payload", "left_at", "not_before")}
    db.session.execute(statement.on_conflict_do_update(index_elements=["kind", "key"], index_where=_OPEN, set_=fresh))


def take(kind: str, now: datetime, limit: int = 100) -> list[Task]:
    """The oldest open to-dos of a kind, locked until the unit of work ends; what another process holds is passed over.

    Do the work and call `done` in the same unit of work.
    """
    query = (
        select(Todo)
        .where(Todo.kind == kind, Todo.done_at.is_(None), Todo.not_before <= now)
        .order_by(Todo.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return [_task(row) for row in db.session.scalars(query)]


def _task(row: Todo) -> Task:
    return Task(row.id, row.kind, row.key, row.payload or {}, row.attempts)


def waiting(kind: str, now: datetime) -> list[int]:
    """The ids of the open to-dos of a kind, the oldest first, to be taken one by one with `take_one`."""
    query = select(Todo.id).where(Todo.kind == kind, Todo.done_at.is_(None), Todo.not_before <= now)
    return list(db.session.scalars(query.order_by(Todo.id)))


def take_one(task_id: int, now: datetime) -> Task | None:
    """An open to-do, locked until the unit of work ends; None if it is done, put off, or held by another process."""
    query = select(Todo).where(Todo.id == task_id, Todo.done_at.is_(None), Todo.not_before <= now)
    row = db.session.scalar(query.with_for_update(skip_locked=True).execution_options(populate_existing=True))
    return _task(row) if row else None


def done(task: Task, now: datetime) -> None:
    """Mark a taken to-do as done."""
    db.session.execute(update(Todo).where(Todo.id == task.id).values(done_at=now))


def put_off(task: Task, now: datetime) -> None:
    """Keep a to-do that failed for later: the wait doubles from one minute to at most a day."""
    wait = timedelta(minutes=min(2**task.attempts, 24 * 60))
    later = {"not_before": now + wait, "attempts": task.attempts + 1}
    db.session.execute(update(Todo).where(Todo.id == task.id).values(**later))


def open_count(kind: str) -> int:
    """How many to-dos of a kind wait."""
    return len(db.session.scalars(select(Todo.id).where(Todo.kind == kind, Todo.done_at.is_(None))).all())
