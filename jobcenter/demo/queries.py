"""Finding the demo's own things by their lasting names."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from jobcenter.auth.models import Jobcenter
from jobcenter.core.db import db
from jobcenter.orders.gigs.domain import GigStatus
from jobcenter.orders.gigs.models import Gig, Slot
from jobcenter.orders.organisations.models import Organisation
from jobcenter.workers.models import Worker


def is_empty() -> bool:
    """Whether the database has no Jobcenter yet."""
    return db.session.scalar(select(func.count()).select_from(Jobcenter)) == 0


def organisation_by_ref(ref: str) -> Organisation:
    """One of the demo's organisations."""
    return db.session.scalars(select(Organisation).where(Organisation.external_ref == ref)).one()


def worker_by_ref(ref: str) -> Worker:
    """One of the demo's workers."""
    return db.session.scalars(select(Worker).where(Worker.external_ref == ref)).one()


def gigs_of(order_id: int) -> list[Gig]:
    """An order's gigs by time, with their slots and offers."""
    query = select(Gig).where(Gig.order_id == order_id, Gig.status != GigStatus.CANCELLED).order_by(Gig.starts_at)
    return list(db.session.scalars(query.options(selectinload(Gig.slots).selectinload(Slot.offers))))


def ended_gigs(now: datetime) -> list[int]:
    """Planned gigs that are over."""
    query = select(Gig.id).where(Gig.status == GigStatus.PLANNED, Gig.ends_at <= now)
    return list(db.session.scalars(query.order_by(Gig.ends_at)))
