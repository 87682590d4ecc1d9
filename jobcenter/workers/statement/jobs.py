"""What happens to statements by itself: when the day of the next time comes, it is told of, once."""

from __future__ import annotations

from datetime import datetime

from jobcenter.core import clock
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work
from jobcenter.workers.statement import post, queries

BATCH = 500


def remind_reviews(now: datetime) -> JobReport:
    """Tell the persons and coordinators of statements that are to be gone through again, all in one transaction."""
    today = clock.day_of(now)
    with unit_of_work():
        due = queries.due_statements(today, BATCH)
        post.tell(due, today)
        for statement, _worker in due:
            statement.reminded_at = now
    return JobReport(done=len(due))
