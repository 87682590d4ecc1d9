"""Who is told that the approval of invoices is to be given up: those who may decide, then whoever asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Role
from jobcenter.auth.models import User
from jobcenter.billing.settings import messages
from jobcenter.billing.settings.models import NoApprovalRequest
from jobcenter.core import texts
from jobcenter.core.second_person import AskStatus
from jobcenter.core.web import absolute_url
from jobcenter.notifications.domain import Mail
from jobcenter.notifications.service import queue


def deciders_of(jobcenter_id: int, asked_by_id: int | None) -> list[User]:
    """Who may decide: the Jobcenter's coordinators and administrators, but not whoever asked."""
    users = auth.users_of([jobcenter_id], Role.COORDINATOR, Role.ADMIN)
    return [user for user in users if user.active and user.id != asked_by_id]


def asked(request: NoApprovalRequest, deciders: Iterable[User]) -> None:
    """It waits: to everybody who may decide it."""
    said = {"name": request.asked_by, "reason": request.reason}
    for user in deciders:
        _queue(request, user, "no_approval_asked", messages.asked, said)


def decided(request: NoApprovalRequest) -> None:
    """It was decided: to whoever asked."""
    user = auth.user(request.asked_by_id)
    if user.active:
        said = {"name": request.decided_by, "is_approved": request.status is AskStatus.APPROVED}
        _queue(request, user, "no_approval_decided", messages.decided, said)


def _queue(request: NoApprovalRequest, user: User, kind: str, mail: Callable[..., Mail], said: dict[str, Any]) -> None:
    url = absolute_url("billing_settings.edit", jobcenter_id=request.jobcenter_id)
    with texts.in_language(user.language):
        made = mail(**said, jobcenter=auth.jobcenter(request.jobcenter_id).name, url=url)
    queue(
        made,
        to=user.email,
        language=user.language,
        dedupe_key=f"{kind}:{request.id}:{user.email}"[:160],
        kind=kind,
        jobcenter_id=request.jobcenter_id,
    )
