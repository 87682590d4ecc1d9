"""Where support persons are booked, with how many people, and whether there is room beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from jobcenter.core.db import db
from jobcenter.orders.gigs.domain import LIVE, GigStatus, Span
from jobcenter.orders.gigs.models import Gig, Offer, SupportBooking
from jobcenter.workers.capacity.domain import LONGEST_TRAVEL, Along
from jobcenter.workers.capacity.queries import capacities_of
from jobcenter.workers.models import Worker

FARTHEST = timedelta(minutes=LONGEST_TRAVEL)


def booked_along(user_ids: Collection[int], start: datetime, end: datetime, *, but: int) -> dict[int, list[Along]]:
    """The planned gigs that support persons are booked to in [start, end), without the gig `but`, in one query."""
    found = defaultdict(list)
    query = (
        select(SupportBooking.user_id, Gig, _needing())
        .join(Gig, Gig.id == SupportBooking.gig_id)
        .join(Gig.order)
        .options(contains_eager(Gig.order))
        .where(SupportBooking.user_id.in_(user_ids), Gig.id != but, Gig.status == GigStatus.PLANNED)
        .where(Gig.starts_at < end, Gig.ends_at > start)
        .order_by(Gig.starts_at, Gig.id)
    )
    for user_id, gig, people in db.session.execute(query):
        found[user_id].append(Along(gig.starts_at, gig.ends_at, where_of(gig), people))
    return found


def booked_around(user_id: int, span: Span, *, but: int) -> list[Along]:
    """The gigs near enough in time to matter for a support person."""
    return booked_along([user_id], span.starts_at - FARTHEST, span.ends_at + FARTHEST, but=but)[user_id]


def needing_support(gig_id: int) -> int:
    """How many people on a gig, or with an offer for it, need support."""
    return db.session.scalar(select(_needing()).select_from(Gig).where(Gig.id == gig_id)) or 0


def room_along(gig: Gig, user_ids: Collection[int]) -> int:
    """How many more people who need support there is room for beside the support persons of a gig, in four queries."""
    if not user_ids:
        return 0
    capacities = capacities_of(user_ids)
    elsewhere = booked_along(user_ids, gig.starts_at, gig.ends_at, but=gig.id)
    room = sum(max(0, one.at_once - _people(elsewhere[user_id])) for user_id, one in capacities.items())
    return room - needing_support(gig.id)


def where_of(gig: Gig) -> str:
    """Where a gig is done, for telling whether two are at one place: its own place, the order's area, its address."""
    order = gig.order
    return gig.place or order.area or f"{order.street}, {order.postcode} {order.city}"


def _people(gigs: list[Along]) -> int:
    return sum(one.people for one in gigs)


def _needing():
    on_gig = select(func.count(Offer.id)).join(Worker, Worker.id == Offer.worker_id)
    on_gig = on_gig.where(Offer.gig_id == Gig.id, Offer.status.in_(LIVE), Worker.needs_support)
    return on_gig.correlate(Gig).scalar_subquery()
