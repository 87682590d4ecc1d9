"""What the jobs of gigs look for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from jobcenter.core.db import db
from jobcenter.orders.gigs.domain import GigStatus, OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer


def ended_gig_ids(now: datetime, limit: int) -> list[int]:
    """Planned gigs whose time is over."""
    query = select(Gig.id).where(Gig.status == GigStatus.PLANNED, Gig.ends_at <= now)
    return list(db.session.scalars(query.order_by(Gig.ends_at, Gig.id).limit(limit)))


def unanswered_offer_ids(now: datetime, limit: int) -> list[int]:
    """Open offers whose time to answer is over."""
    query = select(Offer.id).where(Offer.status == OfferStatus.OFFERED, Offer.answer_by < now)
    return list(db.session.scalars(query.order_by(Offer.id).limit(limit)))


def gig_ids_of_order(order_id: int, status: GigStatus) -> list[int]:
    """The gigs of an order in a state, in the order in which gigs are locked."""
    query = select(Gig.id).where(Gig.order_id == order_id, Gig.status == status)
    return list(db.session.scalars(query.order_by(Gig.id)))


def has_planned_gig_at(order_id: int, starts_at: datetime) -> bool:
    """Whether the order has a planned gig that begins then."""
    query = select(Gig.id).where(Gig.order_id == order_id, Gig.starts_at == starts_at, Gig.status == GigStatus.PLANNED)
    return db.session.scalar(query.limit(1)) is not None


def occurrences_made(order_id: int) -> set[datetime]:
    """The starts of the order's times that gigs have been made from."""
    query = select(Gig.occurrence).where(Gig.order_id == order_id, Gig.occurrence.is_not(None))
    return set(db.session.scalars(query))
