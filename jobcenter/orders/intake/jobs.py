"""Jobs of orders."""

from __future__ import annotations

from datetime import datetime

from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.intake import service


def forget_old_drafts(now: datetime) -> JobReport:
    """Remove drafts of visitors, and orders that were never confirmed, when nobody has touched them for long."""
    with unit_of_work():
        return JobReport(done=service.forget_old_drafts(now))
