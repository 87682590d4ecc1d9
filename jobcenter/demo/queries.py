"""Finding the demo's own things by their lasting names."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from jobcenter.auth.models import Jobcenter
from jobcenter.core.db import db
from jobcenter.orders.gigs.domain import GigStatus
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.intake.models import Order
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


def orders_ahead_of(organisation_ref: str, now: datetime) -> set[int]:
    """An organisation's orders that have gigs to come."""
    return set(db.session.scalars(_ahead(organisation_ref, now).with_only_columns(Gig.order_id)))


def first_open_gig(organisation_ref: str, after: datetime) -> Gig:
    """The organisation's first gig after an instant to which nobody has been asked."""
    asked = select(Offer.id).where(Offer.gig_id == Gig.id)
    query = _ahead(organisation_ref, after).where(~asked.exists()).order_by(Gig.starts_at).limit(1)
    return db.session.scalars(query).one()


def _ahead(organisation_ref: str, after: datetime) -> Select[tuple[Gig]]:
    query = select(Gig).join(Gig.order).join(Organisation, Organisation.id == Order.organisation_id)
    here = (Organisation.external_ref == organisation_ref, Gig.status == GigStatus.PLANNED)
    return query.where(*here, Gig.starts_at > after)
