"""What every verb about workers needs: the log, and users brought in by a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from jobcenter.auth import service as auth
from jobcenter.auth.domain import Actor, LinkPurpose, Role, token_hash
from jobcenter.core import audit, texts, todo, web
from jobcenter.core.uow import flush
from jobcenter.notifications import service as notifications
from jobcenter.workers.domain import Guest
from jobcenter.workers.messages import invitation_mail
from jobcenter.workers.models import Worker
from jobcenter.workers.policy import on_behalf_of

INVITATION_VALID_FOR = timedelta(days=7)
# What limits and their warnings rest on beside benefits and earnings: age, tax, where near begins, who can be told.
TOUCHES_LIMITS = frozenset({"born", "near_share_percent", "in_prepayment_register", "email", "active"})


def record(
    actor: Actor,
    verb: str,
    worker: Worker,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Log a change to a worker's details; one made by a support person names the worker too."""
    audit.record(
        actor,
        verb,
        "worker",
        worker.id,
        before,
        after,
        jobcenter_id=worker.jobcenter_id,
        on_behalf_of=on_behalf_of(actor, worker),
    )


def store(actor: Actor, worker: Worker, verb: str, facts: dict[str, Any]) -> None:
    """Store and log what differs; nothing is logged when nothing does. Limits are looked at anew if it touches them."""
    changed = {name: value for name, value in facts.items() if getattr(worker, name) != value}
    if not changed:
        return
    if changed.keys() & TOUCHES_LIMITS:
        todo.leave(todo.Changed.INCOME, worker.id)
    before = {name: getattr(worker, name) for name in changed}
    for name, value in changed.items():
        setattr(worker, name, value)
    flush()
    record(actor, verb, worker, before, changed)


def bring_in(actor: Actor, guest: Guest, role: Role, jobcenter_id: int) -> int:
    """The id of the user with the guest's address, made if need be, with the role, and invited by mail."""
    user = auth.ensure_user(actor, auth.NewUser(**asdict(guest)))
    auth.ensure_role(actor, user.id, jobcenter_id, role)
    token = auth.make_link(LinkPurpose.SIGN_IN, user.id, user.id, INVITATION_VALID_FOR)
    url = web.absolute_url("auth.enter", token=token)
    with texts.in_language(user.language):
        mail = invitation_mail(user.given_name, role, url, INVITATION_VALID_FOR.days)
    notifications.queue(
        mail,
        to=user.email,
        language=user.language,
        dedupe_key=f"invitation:{token_hash(token)}",
        kind="invitation",
        jobcenter_id=jobcenter_id,
    )
    return user.id
