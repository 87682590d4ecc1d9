"""Tidying up behind the doors."""

from __future__ import annotations

from datetime import datetime

from jobcenter.auth import service
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work


def tidy_doors(now: datetime) -> JobReport:
    """Remove old tries and links."""
    with unit_of_work():
        return JobReport(done=service.tidy(now))
