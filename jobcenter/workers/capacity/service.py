"""Setting what a support person can do."""

from __future__ import annotations

from sqlalchemy import delete

from jobcenter.auth.domain import Actor
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.uow import flush
from jobcenter.workers.capacity import domain, queries
from jobcenter.workers.capacity.domain import Capacity
from jobcenter.workers.capacity.models import SupportCapacity, SupportWorkingTime


def set_capacity(actor: Actor, user_id: int, capacity: Capacity) -> None:
    """Set a support person's working times, people at once and travel, by themselves or a coordinator.

    What is booked already stays. Raises DomainError for times that make no sense.
    """
    user = queries.support_person_for(actor, user_id, lock=True)
    domain.refuse_times(capacity.times)
    before = queries.capacities_of([user.id])[user.id]
    row = queries.capacity_row(user.id)
    if row is None:
        row = SupportCapacity(user_id=user.id)
        db.session.add(row)
    row.at_once, row.travel_minutes = capacity.at_once, capacity.travel_minutes
    row.set_by, row.set_at = actor.name, clock.now()
    db.session.execute(delete(SupportWorkingTime).where(SupportWorkingTime.user_id == user.id))
    for one in capacity.times:
        db.session.add(SupportWorkingTime(user_id=user.id, weekday=one.weekday, starts=one.starts, ends=one.ends))
    flush()
    audit.record(actor, "support.capacity", "user", user.id, before=_told(before), after=_told(capacity))


def _told(capacity: Capacity) -> dict[str, object]:
    times = [f"{one.weekday} {one.starts:%H:%M}-{one.ends:%H:%M}" for one in capacity.times]
    return {"at_once": capacity.at_once, "travel_minutes": capacity.travel_minutes, "times": times}
