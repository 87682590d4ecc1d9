"""The outbox's verbs: queue with the change, claim, and note how sending went."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.notifications import queries
from jobcenter.notifications.domain import CLAIMED_FOR, DeliveryFailed, Letter, Mail, next_try
from jobcenter.notifications.models import OutgoingMail

_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_SUBJECT_MOST = 250
_ERROR_MOST = 250


def queue(mail: Mail, *, to: str, language: str, dedupe_key: str, kind: str, jobcenter_id: int | None = None) -> bool:
    """Put a mail in the outbox, in the same transaction as the change it tells of.

    A second mail with the same `dedupe_key` is not queued. True if this one was.
    """
    now = clock.now()
    values = {"dedupe_key": dedupe_key, "to": to, "language": language, "kind": kind, "jobcenter_id": jobcenter_id}
    values |= {"subject": " ".join(mail.subject.split())[:_SUBJECT_MOST], "body": mail.body}
    values |= {"created_at": now, "next_try_at": now, "attempts": 0, "error": ""}
    insert = _INSERTS[db.session.get_bind().dialect.name](OutgoingMail)
    statement = insert.values(**values).on_conflict_do_nothing(index_elements=["dedupe_key"])
    return db.session.scalar(statement.returning(OutgoingMail.id)) is not None


def claim(mail_id: int, now: datetime) -> Letter | None:
    """Take a due mail for sending; None if another process took it. A claim that is never finished lapses."""
    taken = db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.id == mail_id, OutgoingMail.next_try_at <= now)
        .values(next_try_at=now + CLAIMED_FOR, attempts=OutgoingMail.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        return None
    row = queries.mail(mail_id)
    return Letter(row.id, row.to, row.language, row.subject, row.body)


def note_sent(mail_id: int, now: datetime) -> None:
    """Note that a mail went out, and empty its body: it may hold links that open doors."""
    row = queries.mail(mail_id, lock=True)
    row.sent_at, row.next_try_at, row.body, row.error = now, None, "", ""


def note_failed(mail_id: int, failure: DeliveryFailed, now: datetime) -> None:
    """Note why a mail did not go out, and when to try again; the body of one given up is emptied too."""
    row = queries.mail(mail_id, lock=True)
    row.error = failure.reason[:_ERROR_MOST]
    row.next_try_at = None if failure.lasting else next_try(row.created_at, row.attempts, now)
    if row.next_try_at is None:
        row.body = ""
