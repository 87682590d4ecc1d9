"""All SELECTs of the outbox."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.notifications.domain import TOLD_FOR
from jobcenter.notifications.models import OutgoingMail


def due_ids(now: datetime, limit: int) -> list[int]:
    """Ids of the mails whose time has come, oldest first."""
    query = select(OutgoingMail.id).where(OutgoingMail.next_try_at <= now)
    return list(db.session.scalars(query.order_by(OutgoingMail.next_try_at, OutgoingMail.id).limit(limit)))


def mail(mail_id: int, *, lock: bool = False) -> OutgoingMail:
    """One mail of the outbox."""
    query = select(OutgoingMail).where(OutgoingMail.id == mail_id)
    return or_not_found(db.session.scalars(query.with_for_update() if lock else query).first())


def newest(limit: int, to: str | None = None) -> list[OutgoingMail]:
    """The newest mails, to one address if given."""
    query = select(OutgoingMail).order_by(OutgoingMail.id.desc()).limit(limit)
    return list(db.session.scalars(query.where(OutgoingMail.to == to) if to else query))


def waiting_count() -> int:
    """How many mails wait to be sent."""
    query = select(func.count()).select_from(OutgoingMail).where(OutgoingMail.next_try_at.is_not(None))
    return db.session.scalar(query) or 0


def given_up(jobcenter_ids: Collection[int], now: datetime, limit: int) -> list[OutgoingMail]:
    """The newest mails to people of some Jobcenters that never went out, for as long as administrators are told."""
    query = select(OutgoingMail).where(*_given_up(jobcenter_ids, now))
    return list(db.session.scalars(query.order_by(OutgoingMail.id.desc()).limit(limit)))


def given_up_count(jobcenter_ids: Collection[int], now: datetime) -> ScalarSelect[int]:
    """How many there are of them, as part of another query."""
    return select(func.count(OutgoingMail.id)).where(*_given_up(jobcenter_ids, now)).scalar_subquery()


def _given_up(jobcenter_ids: Collection[int], now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        OutgoingMail.next_try_at.is_(None),
        OutgoingMail.sent_at.is_(None),
        OutgoingMail.jobcenter_id.in_(jobcenter_ids),
        OutgoingMail.created_at >= now - TOLD_FOR,
    )
