"""Telling administrators in time which values the next year lacks."""

from __future__ import annotations

from datetime import datetime

from jobcenter.core import clock
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings.rulebook import post, queries
from jobcenter.earnings.rulebook.domain import looked_at


def remind_of_missing_values(now: datetime) -> JobReport:
    """From 1 November on, tell each administrator once which values of the next year are missing."""
    year = looked_at(clock.day_of(now))
    missing = queries.missing_values(year)
    if not missing:
        return JobReport()
    with unit_of_work():
        told = [post.tell_missing(user, year, missing) for user in queries.administrators()]
    return JobReport(done=sum(told))
