"""The alarm before a report to the Incomes Register is late."""

from __future__ import annotations

from datetime import datetime

from jobcenter.billing.register import domain, post, queries
from jobcenter.billing.register.domain import Urgency
from jobcenter.core import clock
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work


def remind_of_register_reports(now: datetime) -> JobReport:
    """Tell coordinators of payments that are to be reported in two days or less, and of those that are late."""
    today = clock.day_of(now)
    with unit_of_work():
        pressing = [
            row for row in queries.unreported() if domain.urgency(row[1], today) in (Urgency.SOON, Urgency.LATE)
        ]
        return JobReport(done=sum(post.remind(*row, today) for row in pressing))
