"""Linking support persons and guardians to workers, and ending the links."""

from __future__ import annotations

from datetime import timedelta

from jobcenter.auth.domain import Actor, Role
from jobcenter.core import clock, todo
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError
from jobcenter.core.uow import flush, register_clash
from jobcenter.workers import queries
from jobcenter.workers.domain import NewSupport, SupportKind, check_days
from jobcenter.workers.models import SupportLink, Worker
from jobcenter.workers.service import bring_in, record
from jobcenter.workers.support import queries as links

register_clash("uq_support_link_worker_id_user_id_kind", lambda: AlreadyDone("supports_already"))

ROLES = {SupportKind.SUPPORT_PERSON: Role.SUPPORT, SupportKind.GUARDIAN: Role.GUARDIAN}


def link(actor: Actor, worker_id: int, new: NewSupport) -> None:
    """Link a support person or guardian, who is invited by mail; a link that has ended begins again.

    Raises AlreadyDone, and DomainError for days the wrong way round or the worker themselves.
    """
    worker = queries.coordinated_worker_for(actor, worker_id, lock=True)
    check_days(new.starts_on, new.ends_on)
    user_id = bring_in(actor, new.guest, ROLES[new.kind], worker.jobcenter_id)
    if user_id == worker.user_id:
        raise DomainError("supports_oneself", "email")
    _store(worker, user_id, new)
    flush()
    todo.leave(todo.Changed.INCOME, worker.id)
    after = {"user_id": user_id, "kind": new.kind, "starts_on": new.starts_on, "ends_on": new.ends_on}
    record(actor, "link_support", worker, after=after)


def end(actor: Actor, worker_id: int, link_id: int) -> None:
    """End a link at once: yesterday was its last day. Raises AlreadyDone if it has ended."""
    worker = queries.coordinated_worker_for(actor, worker_id, lock=True)
    found = links.link_of(worker, link_id)
    yesterday = clock.today() - timedelta(days=1)
    if found.ends_on is not None and found.ends_on <= yesterday:
        raise AlreadyDone("support_ended_already")
    before = {"user_id": found.user_id, "kind": found.kind, "ends_on": found.ends_on}
    found.ends_on = yesterday
    found.starts_on = min(found.starts_on, yesterday)
    record(actor, "end_support", worker, before, {"ends_on": yesterday})


def _store(worker: Worker, user_id: int, new: NewSupport) -> None:
    found = links.link_between(worker, user_id, new.kind)
    if found is None:
        found = SupportLink(worker_id=worker.id, user_id=user_id, kind=new.kind)
        db.session.add(found)
    elif found.ends_on is None or found.ends_on >= clock.today():
        raise AlreadyDone("supports_already")
    found.starts_on, found.ends_on = new.starts_on, new.ends_on
