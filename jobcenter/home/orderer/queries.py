"""What an orderer needs to know first: terms to accept, hours to confirm, who is coming, what to order again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, or_, select

from jobcenter.auth.domain import Actor
from jobcenter.core.db import db
from jobcenter.home.cards import Card, card_of, select_gigs
from jobcenter.orders.gigs.domain import GigStatus, OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.domain import UNSENT, OrderStatus
from jobcenter.orders.intake.models import Order, OrderMessage
from jobcenter.orders.intake.queries import acted_for_by, written_by
from jobcenter.workers.domain import TaskCategory
from jobcenter.workers.messages import TASKS
from jobcenter.workers.models import Worker

COMING_SHOWN = 5
LISTED = 10
AGAIN_SHOWN = 3
REPEATABLE = (OrderStatus.ACCEPTED, OrderStatus.CLOSED)


@dataclass(frozen=True)
class OrderLine:
    """An order in a list; a draft's address is its key."""

    id: int
    key: str | None
    title: str
    category: TaskCategory


@dataclass(frozen=True)
class ComingGig:
    """A gig ahead: whose first names are confirmed, out of how many people."""

    card: Card
    names: tuple[str, ...]
    people: int


@dataclass(frozen=True)
class HoursLine:
    """A gig whose hours wait for the orderer, and how many persons' hours."""

    card: Card
    entries: int


@dataclass(frozen=True)
class OrdererPage:
    """The facts of an orderer's first page."""

    to_accept: tuple[OrderLine, ...]
    to_answer: tuple[OrderLine, ...]
    to_confirm: tuple[HoursLine, ...]
    coming: tuple[ComingGig, ...]
    with_coordinator: tuple[OrderLine, ...]
    drafts: tuple[OrderLine, ...]
    again: tuple[OrderLine, ...]


def page_for(actor: Actor, now: datetime) -> OrdererPage:
    """The first page of the actor as an orderer."""
    by_status = _orders(actor)
    return OrdererPage(
        to_accept=tuple(by_status[OrderStatus.TERMS_SENT]),
        to_answer=_to_answer(actor),
        to_confirm=_to_confirm(actor),
        coming=_coming(actor, now),
        with_coordinator=tuple(by_status[OrderStatus.NEW]),
        drafts=tuple(line for status in sorted(UNSENT) for line in by_status[status]),
        again=_again(actor),
    )


def _orders(actor: Actor) -> dict[OrderStatus, list[OrderLine]]:
    """Orders that are being written or agreed on, by state, newest first."""
    sent = acted_for_by(actor) & Order.status.in_((OrderStatus.TERMS_SENT, OrderStatus.NEW))
    found: dict[OrderStatus, list[OrderLine]] = defaultdict(list)
    for row in _lines(or_(sent, written_by(actor)), LISTED * 2):
        found[row.status].append(_line(row))
    return found


def _to_answer(actor: Actor) -> tuple[OrderLine, ...]:
    asked = select(OrderMessage.order_id).where(OrderMessage.needs_answer, OrderMessage.from_jobcenter)
    return tuple(map(_line, _lines(acted_for_by(actor) & Order.id.in_(asked), LISTED)))


def _again(actor: Actor) -> tuple[OrderLine, ...]:
    """The newest agreed orders, each title once."""
    newest = _lines(acted_for_by(actor) & Order.status.in_(REPEATABLE), LISTED)
    by_title = {line.title: line for line in reversed([_line(row) for row in newest])}
    return tuple(reversed(by_title.values()))[:AGAIN_SHOWN]


def _lines(condition: ColumnElement[bool], limit: int) -> list[Row]:
    query = select(Order.id, Order.form_key, Order.title, Order.category, Order.status).where(condition)
    return list(db.session.execute(query.order_by(Order.id.desc()).limit(limit)))


def _line(row: Row) -> OrderLine:
    return OrderLine(id=row.id, key=row.form_key, title=row.title or str(TASKS[row.category]), category=row.category)


def _to_confirm(actor: Actor) -> tuple[HoursLine, ...]:
    waiting = (
        select(TimeEntry.gig_id, func.count(TimeEntry.id).label("entries"))
        .join(Order, Order.id == TimeEntry.order_id)
        .where(TimeEntry.status == EntryStatus.LOGGED, acted_for_by(actor))
        .group_by(TimeEntry.gig_id)
        .subquery()
    )
    query = select_gigs(waiting.c.entries).join(waiting, waiting.c.gig_id == Gig.id)
    rows = db.session.execute(query.order_by(Gig.starts_at, Gig.id).limit(LISTED))
    return tuple(HoursLine(card=card_of(row), entries=row.entries) for row in rows)


def _coming(actor: Actor, now: datetime) -> tuple[ComingGig, ...]:
    people = select(func.count(Slot.id)).where(Slot.gig_id == Gig.id, Slot.in_use).scalar_subquery()
    query = select_gigs(people.label("people")).where(
        acted_for_by(actor), Gig.status == GigStatus.PLANNED, Gig.ends_at > now
    )
    rows = list(db.session.execute(query.order_by(Gig.starts_at, Gig.id).limit(COMING_SHOWN)))
    names = _names([row.gig_id for row in rows])
    return tuple(ComingGig(card=card_of(row), names=tuple(names[row.gig_id]), people=row.people) for row in rows)


def _names(gig_ids: Collection[int]) -> dict[int, list[str]]:
    """First names of those who are confirmed, by gig."""
    query = (
        select(Offer.gig_id, Worker.given_name)
        .join(Worker, Worker.id == Offer.worker_id)
        .where(Offer.gig_id.in_(gig_ids), Offer.status == OfferStatus.CONFIRMED)
        .order_by(Worker.given_name, Worker.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for gig_id, name in db.session.execute(query):
        found[gig_id].append(name)
    return found
