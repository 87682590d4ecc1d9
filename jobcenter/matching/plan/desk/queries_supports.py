"""A Jobcenter's support persons as a plan needs them: when they work, beside how many, and where they are booked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.matching.domain import activity_on
from jobcenter.matching.plan.desk.domain import ONE_DAY
from jobcenter.matching.plan.domain import Booking, PlanSupport
from jobcenter.orders.gigs.domain import LIVE, GigStatus, Span
from jobcenter.orders.gigs.models import Gig, Offer, SupportBooking
from jobcenter.orders.gigs.queries import support_persons_of
from jobcenter.orders.gigs.queries_support import where_of
from jobcenter.workers.capacity.domain import USUAL_TRAVEL, Capacity
from jobcenter.workers.capacity.queries import capacities_of
from jobcenter.workers.domain import Weekly
from jobcenter.workers.models import Worker


@dataclass(frozen=True)
class Supports:
    """Support persons, and what the slowest of them needs to go from one place to another."""

    persons: tuple[PlanSupport, ...]
    travel_minutes: int


def supports_of(jobcenter_id: int, first: date, last: date) -> Supports:
    """The active support persons of a Jobcenter, in a constant number of queries."""
    ids = [user.id for user in support_persons_of(jobcenter_id)]
    capacities = capacities_of(ids)
    start, end = clock.start_of(first - ONE_DAY), clock.start_of(last + ONE_DAY + ONE_DAY)
    booked = _booked(ids, start, end)
    persons = tuple(
        PlanSupport(
            id=id_,
            available=tuple(_available(capacities[id_], first, last)),
            at_once=capacities[id_].at_once,
            booked=tuple(booked[id_]),
        )
        for id_ in ids
    )
    return Supports(persons, max((capacities[id_].travel_minutes for id_ in ids), default=USUAL_TRAVEL))


def _available(capacity: Capacity, first: date, last: date) -> Iterator[Span]:
    """When they work on these days and the night after; always, when they were not asked."""
    if not capacity.times:
        yield Span(clock.start_of(first), clock.start_of(last + ONE_DAY + ONE_DAY))
        return
    day = first
    while day <= last + ONE_DAY:
        for time in capacity.times:
            of_day = Weekly(time.weekday, time.starts, time.ends)
            if time.weekday == day.weekday() and (span := activity_on(of_day, day)) is not None:
                yield span
        day += ONE_DAY


def _booked(user_ids: list[int], start: datetime, end: datetime) -> dict[int, list[Booking]]:
    """The gigs that they come along to, each with how many people there need support."""
    needing = select(Offer.gig_id, func.count().label("people")).join(Worker, Worker.id == Offer.worker_id)
    needing = needing.where(Offer.status.in_(LIVE), Worker.needs_support).group_by(Offer.gig_id).subquery()
    query = select(SupportBooking.user_id, Gig, func.coalesce(needing.c.people, 0))
    query = query.join(Gig, Gig.id == SupportBooking.gig_id).join(Gig.order).options(contains_eager(Gig.order))
    query = query.outerjoin(needing, needing.c.gig_id == Gig.id)
    query = query.where(SupportBooking.user_id.in_(user_ids), Gig.status == GigStatus.PLANNED)
    query = query.where(Gig.starts_at < end, Gig.ends_at > start)
    return _by_user(db.session.execute(query))


def _by_user(rows: Iterable[tuple[int, Gig, int]]) -> dict[int, list[Booking]]:
    found: dict[int, list[Booking]] = defaultdict(list)
    for user_id, gig, people in rows:
        found[user_id].append(Booking(gig.id, Span(gig.starts_at, gig.ends_at), where_of(gig), people))
    return found
