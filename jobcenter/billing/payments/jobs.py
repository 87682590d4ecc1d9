"""The job that reminds orderers of invoices past their due day."""

from __future__ import annotations

import logging
from datetime import datetime

from jobcenter.auth.domain import SYSTEM
from jobcenter.billing import rules
from jobcenter.billing.payments import post, queries
from jobcenter.core import clock
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work

log = logging.getLogger(__name__)


def remind_of_invoices(now: datetime) -> JobReport:
    """Send the first or second reminder of each overdue invoice whose time has come, each in its own transaction."""
    today = clock.day_of(now)
    days = rules.in_force(rules.rules().reminder_days, today).days_after_due
    with unit_of_work():
        overdue = [row.invoice.id for row in queries.overdue_on(today)]
    done = failed = 0
    for invoice_id in overdue:
        try:
            with unit_of_work():
                done += post.remind(SYSTEM, invoice_id, today, days)
        except Exception:
            log.exception("reminder of invoice %s failed", invoice_id)
            failed += 1
    return JobReport(done=done, failed=failed)
