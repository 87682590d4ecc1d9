"""Weekly activity times, and times when a worker cannot take gigs."""

from __future__ import annotations

from dataclasses import asdict

from jobcenter.auth.domain import Actor
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.uow import flush
from jobcenter.workers import queries
from jobcenter.workers.availability import queries as times
from jobcenter.workers.availability.domain import Absence, check_absence, check_weekly_times, span_of
from jobcenter.workers.domain import Span, Weekly
from jobcenter.workers.models import ActivityTime, Unavailability
from jobcenter.workers.service import record


def add_activity(actor: Actor, worker_id: int, new: Weekly) -> None:
    """Add a weekly activity time; raises AlreadyDone or DomainError if it does not fit the others."""
    worker = queries.planned_worker_for(actor, worker_id, lock=True)
    others = queries.activity_of([worker.id])[worker.id]
    check_weekly_times(new, [Weekly(other.weekday, other.starts, other.ends) for other in others])
    db.session.add(ActivityTime(worker_id=worker.id, **asdict(new)))
    flush()
    record(actor, "add_activity", worker, after=asdict(new))


def remove_activity(actor: Actor, worker_id: int, activity_id: int) -> None:
    """Remove a weekly activity time."""
    worker = queries.planned_worker_for(actor, worker_id, lock=True)
    row = times.activity_time_of(worker, activity_id)
    record(actor, "remove_activity", worker, {"weekday": row.weekday, "starts": row.starts, "ends": row.ends})
    db.session.delete(row)


def add_absence(actor: Actor, worker_id: int, absence: Absence) -> None:
    """Add a time when the person cannot take gigs: said by themselves, a support person or a coordinator."""
    worker = queries.worker_for(actor, worker_id, lock=True)
    span = span_of(absence)
    now = clock.now()
    others = queries.unavailability_of([worker.id], now)[worker.id]
    check_absence(span, [Span(other.starts_at, other.ends_at) for other in others], now=now)
    db.session.add(
        Unavailability(worker_id=worker.id, starts_at=span.starts_at, ends_at=span.ends_at, note=absence.note)
    )
    flush()
    record(actor, "add_absence", worker, after=asdict(span) | {"note": absence.note})


def remove_absence(actor: Actor, worker_id: int, absence_id: int) -> None:
    """The person can take gigs at that time after all."""
    worker = queries.worker_for(actor, worker_id, lock=True)
    row = times.absence_of(worker, absence_id)
    record(actor, "remove_absence", worker, {"starts_at": row.starts_at, "ends_at": row.ends_at})
    db.session.delete(row)
