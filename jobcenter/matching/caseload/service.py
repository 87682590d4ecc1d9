"""Logging support time."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError
from jobcenter.core.sending import key_of
from jobcenter.core.uow import flush
from jobcenter.matching.caseload import domain, queries
from jobcenter.matching.caseload.domain import NewSupportTime
from jobcenter.matching.caseload.models import SupportTime
from jobcenter.workers.queries import workers_supported_by


def log_time(actor: Actor, new: NewSupportTime) -> SupportTime:
    """Log one's own support time. Sent twice, it is logged once.

    Raises DomainError for a day to come, more than a day holds, or somebody whom the actor does not support.
    """
    key = key_of(new.form_key, new)
    logged = queries.time_by_key(key)
    if logged is not None:
        return logged
    supported = {worker.id: worker for worker in workers_supported_by(actor)}
    if new.worker_id is not None and new.worker_id not in supported:
        raise DomainError("support_time_not_yours", "worker_id")
    domain.refuse_support_time(new, logged=queries.minutes_on(actor.user_id, new.day), today=clock.today())
    own = min(actor.jobcenters(Role.SUPPORT))
    row = SupportTime(
        jobcenter_id=own if new.worker_id is None else supported[new.worker_id].jobcenter_id,
        user_id=actor.user_id,
        worker_id=new.worker_id,
        day=new.day,
        minutes=new.minutes,
        kind=new.kind,
        note=new.note,
        logged_at=clock.now(),
        form_key=key,
    )
    db.session.add(row)
    flush()
    _record(actor, "log", row)
    return row


def remove_time(actor: Actor, time_id: int) -> None:
    """Take away a row of one's own support time that was a mistake; the audit log keeps it."""
    row = queries.own_time_for(actor, time_id)
    _record(actor, "remove", row)
    db.session.delete(row)
    flush()


def _record(actor: Actor, verb: str, row: SupportTime) -> None:
    facts = {"day": row.day, "minutes": row.minutes, "kind": row.kind, "worker": row.worker_id}
    audit.record(actor, f"support_time.{verb}", "support_time", row.id, after=facts, jobcenter_id=row.jobcenter_id)
