"""The coordinator's lists of gigs and places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from jobcenter.auth.domain import Actor
from jobcenter.core.db import db
from jobcenter.orders.gigs.domain import HOLDING, GigStatus, OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.gigs.queries import AGREED, coordinated_by, listed, tied, whole
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.queries import has_consented, managed_by


@dataclass(frozen=True)
class GigFilter:
    """Which gigs a list shows: those still to come or past ones; only those with a place to fill; of one order."""

    past: bool = False
    only_open: bool = False
    order_id: int | None = None


def number_of_gigs(actor: Actor, chosen: GigFilter, now: datetime) -> int:
    """How many gigs the filter finds for a coordinator."""
    query = select(func.count()).select_from(Gig).where(_chosen(actor, chosen, now))
    return db.session.scalar(query) or 0


def listed_gigs(actor: Actor, chosen: GigFilter, now: datetime, *, limit: int, offset: int) -> list[Gig]:
    """Whole gigs for a coordinator: the next first, of past ones the newest first."""
    order = (Gig.starts_at.desc(), Gig.id.desc()) if chosen.past else (Gig.starts_at, Gig.id)
    query = select(Gig).join(Gig.order).where(_chosen(actor, chosen, now)).options(*whole())
    query = query.order_by(*order).limit(limit).offset(offset)
    return [tied(gig) for gig in db.session.scalars(query.execution_options(populate_existing=True))]


def _chosen(actor: Actor, chosen: GigFilter, now: datetime) -> ColumnElement[bool]:
    conditions = [coordinated_by(actor), Gig.ends_at <= now if chosen.past else Gig.ends_at > now]
    if chosen.only_open:
        held = select(Offer.id).where(Offer.slot_id == Slot.id, Offer.status.in_(HOLDING))
        free = select(Slot.id).where(Slot.gig_id == Gig.id, Slot.in_use, ~held.exists())
        conditions += [free.exists(), Gig.status == GigStatus.PLANNED]
    if chosen.order_id is not None:
        conditions.append(Gig.order_id == chosen.order_id)
    return and_(*conditions)


def stopped_offers_for(actor: Actor, now: datetime) -> list[Offer]:
    """Places that the contract guard stopped on gigs still to come, for a coordinator, the next gig first."""
    query = listed(select(Offer)).where(Offer.status == OfferStatus.STOPPED, Gig.ends_at > now, coordinated_by(actor))
    return list(db.session.scalars(query.order_by(Gig.starts_at, Offer.id)))


def unwilling_offers_for(actor: Actor, now: datetime) -> list[Offer]:
    """Agreed places on gigs still to come of people who have not consented to take part any more, for a coordinator."""
    query = listed(select(Offer)).where(Offer.status.in_(AGREED), Gig.ends_at > now, coordinated_by(actor))
    query = query.where(~has_consented(ConsentPurpose.TAKE_PART))
    return list(db.session.scalars(query.order_by(Gig.starts_at, Offer.id)))


def unit_offers_for(actor: Actor, now: datetime, *, limit: int, offset: int) -> list[Offer]:
    """Agreed places on gigs still to come of the people of the actor's units who let the unit see them."""
    query = listed(select(Offer)).where(*_of_unit(actor, now)).order_by(Gig.starts_at, Offer.id)
    return list(db.session.scalars(query.limit(limit).offset(offset)))


def unit_offer_count(actor: Actor, now: datetime) -> int:
    """How many there are."""
    query = select(func.count(Offer.id)).join(Offer.gig).join(Offer.worker).where(*_of_unit(actor, now))
    return db.session.scalar(query) or 0


def _of_unit(actor: Actor, now: datetime) -> tuple[ColumnElement[bool], ...]:
    ahead = (Offer.status.in_(AGREED), Gig.ends_at > now, Gig.status == GigStatus.PLANNED)
    return (*ahead, managed_by(actor), has_consented(ConsentPurpose.UNIT_SEES_GIGS))


def swappable_offers_for(actor: Actor, offer: Offer, now: datetime) -> list[Offer]:
    """Held places on other gigs to come of the same Jobcenter, with which a place can be swapped."""
    query = listed(select(Offer)).where(Offer.status.in_(AGREED), Gig.ends_at > now, coordinated_by(actor))
    query = query.where(Offer.gig_id != offer.gig_id, Gig.jobcenter_id == offer.gig.jobcenter_id)
    return list(db.session.scalars(query.order_by(Gig.starts_at, Offer.id).limit(200)))
