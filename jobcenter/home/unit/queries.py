"""What a unit manager needs to know first: who is ready, who is in activity when, and who is on a gig this week."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Row, func, select

from jobcenter.auth.domain import Actor, full_name
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.home.cards import Card, card_of, select_gigs
from jobcenter.orders.gigs.domain import HOLDING, GigStatus
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.models import ActivityTime, Worker
from jobcenter.workers.queries import has_consented, managed_by

WEEK = timedelta(days=7)
LISTED = 50


@dataclass(frozen=True)
class UnitDay:
    """One day of the week: how many people are in activity, and the gigs of those who let the unit see them."""

    day: date
    in_activity: int
    gigs: tuple[UnitGig, ...]


@dataclass(frozen=True)
class UnitGig:
    """A gig of a person of the unit."""

    worker: str
    card: Card


@dataclass(frozen=True)
class UnitPage:
    """The facts of a unit manager's first page."""

    ready: tuple[str, ...]
    not_ready: tuple[str, ...]
    days: tuple[UnitDay, ...]


def page_for(actor: Actor, today: date) -> UnitPage:
    """The first page of the actor as a unit manager: seven days from today."""
    people = db.session.execute(
        select(Worker.given_name, Worker.family_name, Worker.ready_since)
        .where(Worker.active, managed_by(actor))
        .order_by(Worker.given_name, Worker.family_name, Worker.id)
    ).all()
    return UnitPage(
        ready=tuple(_name(row) for row in people if row.ready_since is not None),
        not_ready=tuple(_name(row) for row in people if row.ready_since is None),
        days=_days(actor, today),
    )


def _days(actor: Actor, today: date) -> tuple[UnitDay, ...]:
    in_activity = _in_activity(actor)
    gigs = _gigs(actor, clock.start_of(today), clock.start_of(today + WEEK))
    week = (today + timedelta(days=number) for number in range(WEEK.days))
    return tuple(
        UnitDay(
            day=day,
            in_activity=in_activity[day.weekday()],
            gigs=tuple(gig for gig in gigs if clock.day_of(gig.card.starts_at) == day),
        )
        for day in week
    )


def _in_activity(actor: Actor) -> Counter[int]:
    """How many people are in activity, by weekday."""
    query = (
        select(ActivityTime.weekday, func.count(func.distinct(ActivityTime.worker_id)))
        .join(Worker, Worker.id == ActivityTime.worker_id)
        .where(Worker.active, managed_by(actor))
        .group_by(ActivityTime.weekday)
    )
    return Counter({weekday: people for weekday, people in db.session.execute(query)})


def _gigs(actor: Actor, start: datetime, end: datetime) -> list[UnitGig]:
    """Gigs that begin in [start, end), of people who let the unit see them."""
    query = (
        select_gigs(Worker.given_name, Worker.family_name)
        .join(Offer, Offer.gig_id == Gig.id)
        .join(Worker, Worker.id == Offer.worker_id)
        .where(managed_by(actor), has_consented(ConsentPurpose.UNIT_SEES_GIGS))
        .where(Offer.status.in_(HOLDING), Gig.status != GigStatus.CANCELLED)
        .where(Gig.starts_at >= start, Gig.starts_at < end)
    )
    rows = db.session.execute(query.order_by(Gig.starts_at, Offer.id).limit(LISTED))
    return [UnitGig(worker=_name(row), card=card_of(row)) for row in rows]


def _name(row: Row) -> str:
    return full_name(row.given_name, row.family_name)
