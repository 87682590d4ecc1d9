"""What a worker needs to know first: the next gig, offers to answer, hours to log, money coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Row, Select, func, literal, select

from jobcenter.auth.domain import Actor
from jobcenter.auth.models import User
from jobcenter.core.db import db
from jobcenter.core.money import ZERO, for_minutes
from jobcenter.home.cards import Card, card_of, select_gigs
from jobcenter.orders.gigs.domain import HOLDING, GigStatus, OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer, SupportBooking
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.models import Order
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import owned_by

AHEAD = (OfferStatus.OFFERED, OfferStatus.ACCEPTED, OfferStatus.CONFIRMED)
WORKED = (OfferStatus.CONFIRMED, OfferStatus.DONE)
MOST_SHOWN = 20


@dataclass(frozen=True)
class Place:
    """The worker's offer or place on a gig."""

    offer_id: int
    card: Card
    answer_by: datetime | None
    contact_name: str
    contact_phone: str
    is_confirmed: bool


@dataclass(frozen=True)
class WorkerPage:
    """The facts of a worker's first page. `money_coming` is confirmed and not yet paid, in euros before tax."""

    next_gig: Place | None
    companions: tuple[str, ...]
    later: tuple[Place, ...]
    offers: tuple[Place, ...]
    to_log: tuple[Place, ...]
    money_coming: Decimal
    gigs_done: int


def page_for(actor: Actor, now: datetime) -> WorkerPage:
    """The first page of the actor as a worker."""
    ahead = _ahead(actor, now)
    offers = tuple(place for offered, place in ahead if offered)
    agreed = tuple(place for offered, place in ahead if not offered)
    return WorkerPage(
        next_gig=agreed[0] if agreed else None,
        companions=_companions(agreed[0]) if agreed else (),
        later=agreed[1:],
        offers=offers,
        to_log=_to_log(actor, now),
        money_coming=_money_coming(actor),
        gigs_done=_gigs_done(actor),
    )


def _ahead(actor: Actor, now: datetime) -> list[tuple[bool, Place]]:
    """Offers (True) and agreed places (False) of gigs that are not over, the next first."""
    query = _places().where(
        owned_by(actor), Offer.status.in_(AHEAD), Gig.status == GigStatus.PLANNED, Gig.ends_at > now
    )
    rows = db.session.execute(query.order_by(Gig.starts_at, Offer.id).limit(MOST_SHOWN))
    return [(row.status is OfferStatus.OFFERED, _place(row)) for row in rows]


def _to_log(actor: Actor, now: datetime) -> tuple[Place, ...]:
    logged = select(TimeEntry.id).where(TimeEntry.offer_id == Offer.id).exists()
    query = _places().where(owned_by(actor), Offer.status.in_(WORKED), Gig.ends_at <= now, ~logged)
    rows = db.session.execute(query.order_by(Gig.starts_at, Offer.id).limit(MOST_SHOWN))
    return tuple(_place(row) for row in rows)


def _places() -> Select:
    query = select_gigs(
        Offer.id.label("offer_id"), Offer.status, Offer.answer_by, Order.contact_name, Order.contact_phone
    )
    return query.join(Offer, Offer.gig_id == Gig.id).join(Worker, Worker.id == Offer.worker_id)


def _place(row: Row) -> Place:
    return Place(
        offer_id=row.offer_id,
        card=card_of(row),
        answer_by=row.answer_by,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        is_confirmed=row.status is OfferStatus.CONFIRMED,
    )


def _companions(place: Place) -> tuple[str, ...]:
    """First names of the others on the gig: workers, then support persons who come along."""
    workers = select(Worker.given_name, Worker.id, literal(0).label("rank")).join(Offer, Offer.worker_id == Worker.id)
    workers = workers.where(Offer.gig_id == place.card.gig_id, Offer.status.in_(HOLDING), Offer.id != place.offer_id)
    supporters = select(User.given_name, User.id, literal(1).label("rank")).join(
        SupportBooking, SupportBooking.user_id == User.id
    )
    both = workers.union_all(supporters.where(SupportBooking.gig_id == place.card.gig_id)).subquery()
    return tuple(db.session.scalars(select(both.c.given_name).order_by(both.c.rank, both.c.given_name, both.c.id)))


def _money_coming(actor: Actor) -> Decimal:
    query = (
        select(TimeEntry.wage, TimeEntry.minutes)
        .join(Worker, Worker.id == TimeEntry.worker_id)
        .where(owned_by(actor), TimeEntry.status == EntryStatus.CONFIRMED, TimeEntry.paid_on.is_(None))
    )
    return sum((for_minutes(wage, minutes) for wage, minutes in db.session.execute(query)), ZERO)


def _gigs_done(actor: Actor) -> int:
    query = select(func.count(Offer.id)).join(Worker, Worker.id == Offer.worker_id)
    return db.session.scalar(query.where(owned_by(actor), Offer.status == OfferStatus.DONE)) or 0
