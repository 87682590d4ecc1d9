"""Where support persons are booked, with how many people, and whether there is room beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import aliased, contains_eager

from jobcenter.auth.models import Jobcenter, User
from jobcenter.core.db import db
from jobcenter.orders.gigs.domain import LIVE, GigStatus, Span
from jobcenter.orders.gigs.models import Gig, Offer, SupportBooking
from jobcenter.orders.gigs.queries import offers_of
from jobcenter.workers.capacity.domain import LONGEST_TRAVEL, USUAL_AT_ONCE, Along
from jobcenter.workers.capacity.models import SupportCapacity
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


@dataclass(frozen=True)
class Beside:
    """A gig's Jobcenter, its support persons, and for how many more people who need support there is room."""

    jobcenter: Jobcenter
    support: list[User]
    room: int


def beside_gig(gig: Gig) -> Beside:
    """The gig's Jobcenter, who comes along to it, and for how many more people there is room; in one query."""
    values = {"gig": gig.id, "jobcenter": gig.jobcenter_id, "starts": gig.starts_at, "ends": gig.ends_at}
    rows = db.session.execute(_beside(), values).all()
    booked = [(user, max(0, room)) for _jobcenter, user, room in rows if user is not None]
    needing = sum(offer.worker.needs_support for offer in offers_of(gig) if offer.status in LIVE)
    return Beside(rows[0][0], [user for user, _room in booked], sum(room for _user, room in booked) - needing)


@cache
def _beside() -> Select:
    """Put together once: the desk asks for it on every page."""
    at_once = func.coalesce(SupportCapacity.at_once, USUAL_AT_ONCE)
    return (
        select(Jobcenter, User, at_once - _supported_elsewhere())
        .select_from(Jobcenter)
        .outerjoin(SupportBooking, SupportBooking.gig_id == bindparam("gig"))
        .outerjoin(User, User.id == SupportBooking.user_id)
        .outerjoin(SupportCapacity, SupportCapacity.user_id == User.id)
        .where(Jobcenter.id == bindparam("jobcenter"))
        .order_by(SupportBooking.id)
    )


def _supported_elsewhere() -> ColumnElement[int]:
    """How many people a support person supports on other gigs at the same time."""
    other, booked = aliased(Gig), aliased(SupportBooking)
    query = select(func.count(Offer.id)).join(Worker, Worker.id == Offer.worker_id).join(other, Offer.gig)
    query = query.join(booked, booked.gig_id == other.id).where(booked.user_id == User.id, other.id != bindparam("gig"))
    query = query.where(other.status == GigStatus.PLANNED, Offer.status.in_(LIVE), Worker.needs_support)
    query = query.where(other.starts_at < bindparam("ends"), other.ends_at > bindparam("starts"))
    return query.correlate(User).scalar_subquery()


def where_of(gig: Gig) -> str:
    """Where a gig is done, for telling whether two are at one place: its own place, the order's area, its address."""
    order = gig.order
    return gig.place or order.area or f"{order.street}, {order.postcode} {order.city}"


def _needing() -> ScalarSelect[int]:
    on_gig = select(func.count(Offer.id)).join(Worker, Worker.id == Offer.worker_id)
    on_gig = on_gig.where(Offer.gig_id == Gig.id, Offer.status.in_(LIVE), Worker.needs_support)
    return on_gig.correlate(Gig).scalar_subquery()
