"""One activity time or absence of a worker."""

from __future__ import annotations

from sqlalchemy import select

from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.workers.models import ActivityTime, Unavailability, Worker


def activity_time_of(worker: Worker, activity_id: int) -> ActivityTime:
    """One of the worker's weekly activity times. Raises NotFound."""
    query = select(ActivityTime).where(ActivityTime.id == activity_id, ActivityTime.worker_id == worker.id)
    return or_not_found(db.session.scalar(query))


def absence_of(worker: Worker, absence_id: int) -> Unavailability:
    """One of the times when the worker cannot take gigs. Raises NotFound."""
    query = select(Unavailability).where(Unavailability.id == absence_id, Unavailability.worker_id == worker.id)
    return or_not_found(db.session.scalar(query))
