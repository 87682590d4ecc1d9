"""The mail about reports that are due."""

from __future__ import annotations

from datetime import date

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Role
from jobcenter.billing.register import domain
from jobcenter.billing.register.messages import due_mail
from jobcenter.core import texts, web
from jobcenter.notifications import service as notifications


def remind(jobcenter_id: int, paid_on: date, count: int, today: date) -> int:
    """One mail to each coordinator of a Jobcenter, once when a day of payment becomes pressing and once when late."""
    urgency, queued = domain.urgency(paid_on, today), 0
    link = web.absolute_url("register.day", jobcenter_id=jobcenter_id, day=paid_on.isoformat())
    for coordinator in auth.users_of([jobcenter_id], Role.COORDINATOR):
        if not coordinator.active:
            continue
        with texts.in_language(coordinator.language):
            mail = due_mail(auth.jobcenter(jobcenter_id).name, paid_on, count, urgency, link)
        queued += notifications.queue(
            mail,
            to=coordinator.email,
            language=coordinator.language,
            dedupe_key=f"register:{jobcenter_id}:{paid_on}:{urgency}:{coordinator.id}",
            kind="register.due",
            jobcenter_id=jobcenter_id,
        )
    return queued
