"""What a support person needs to know first of the people they support, and a guardian of one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, or_, select

from jobcenter.auth.domain import Actor, full_name
from jobcenter.core.db import db
from jobcenter.home.cards import Card, card_of, select_gigs
from jobcenter.orders.gigs.domain import GigStatus, OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer, SupportBooking
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import workers_supported_by

AHEAD = (OfferStatus.ACCEPTED, OfferStatus.CONFIRMED)
WORKED = (OfferStatus.CONFIRMED, OfferStatus.DONE)
LISTED = 12


@dataclass(frozen=True)
class PersonGig:
    """A gig of a person whom the actor supports. `comes_along`: the actor is booked to be there."""

    worker: str
    card: Card
    comes_along: bool


@dataclass(frozen=True)
class HoursToGive:
    """Hours that wait for a helper: the person was there but does not know the times, or has logged nothing.

    `entry_id` None: nothing is logged yet.
    """

    worker: str
    card: Card
    offer_id: int
    entry_id: int | None


@dataclass(frozen=True)
class Supported:
    """A person whom the actor supports."""

    id: int
    name: str


@dataclass(frozen=True)
class SupporterPage:
    """The facts of a support person's first page."""

    people: tuple[Supported, ...]
    gigs: tuple[PersonGig, ...]
    asked: tuple[HoursToGive, ...]
    unlogged: tuple[HoursToGive, ...]


def page_for(actor: Actor, now: datetime) -> SupporterPage:
    """The first page of the actor as a support person."""
    people = workers_supported_by(actor)
    hours = _hours(people, now)
    return SupporterPage(
        people=tuple(Supported(id=worker.id, name=worker.name) for worker in people),
        gigs=_gigs(actor, people, now),
        asked=tuple(line for line in hours if line.entry_id is not None),
        unlogged=tuple(line for line in hours if line.entry_id is None),
    )


def _gigs(actor: Actor, people: Sequence[Worker], now: datetime) -> tuple[PersonGig, ...]:
    """Coming gigs of the people supported, and those that the actor comes along to whoever is there."""
    booked = select(SupportBooking.gig_id).where(SupportBooking.user_id == actor.user_id)
    theirs = select(Offer.id).where(Offer.worker_id.in_([person.id for person in people]), Offer.status.in_(AHEAD))
    along = select(Offer.id).where(Offer.gig_id.in_(booked), Offer.status.in_(AHEAD))
    query = _places(Gig.id.in_(booked).label("comes_along")).where(
        Offer.id.in_(theirs.union(along)), Gig.status == GigStatus.PLANNED, Gig.ends_at > now
    )
    rows = db.session.execute(query.order_by(Gig.starts_at, Worker.given_name, Offer.id).limit(LISTED))
    return tuple(PersonGig(worker=_name(row), card=card_of(row), comes_along=bool(row.comes_along)) for row in rows)


def _hours(people: Sequence[Worker], now: datetime) -> list[HoursToGive]:
    """Gigs that are over and whose hours are missing, or lack their times, oldest first."""
    query = (
        _places(Offer.id.label("offer_id"), TimeEntry.id.label("entry_id"))
        .outerjoin(TimeEntry, TimeEntry.offer_id == Offer.id)
        .where(Offer.worker_id.in_([person.id for person in people]), Offer.status.in_(WORKED), Gig.ends_at <= now)
        .where(or_(TimeEntry.id.is_(None), TimeEntry.status == EntryStatus.NEEDS_TIMES))
    )
    rows = db.session.execute(query.order_by(Gig.starts_at, Offer.id).limit(LISTED))
    return [
        HoursToGive(worker=_name(row), card=card_of(row), offer_id=row.offer_id, entry_id=row.entry_id) for row in rows
    ]


def _places(*more: Any) -> Select:
    query = select_gigs(Worker.given_name, Worker.family_name, *more)
    return query.join(Offer, Offer.gig_id == Gig.id).join(Worker, Worker.id == Offer.worker_id)


def _name(row: Row) -> str:
    return full_name(row.given_name, row.family_name)
