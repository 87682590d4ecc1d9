"""Who has whom to look after, in a constant number of queries; and support time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, or_, select

from jobcenter.auth.domain import Actor, Role, full_name
from jobcenter.auth.models import RoleGrant, User
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.matching.caseload.domain import SupportTimeKind
from jobcenter.matching.caseload.models import SupportTime
from jobcenter.matching.domain import LATELY
from jobcenter.matching.rounds.domain import LineStatus
from jobcenter.matching.rounds.models import RoundPerson
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.gigs.queries import AGREED
from jobcenter.orders.gigs.queries_diaries import paid_minutes
from jobcenter.orders.intake.models import Order
from jobcenter.workers.domain import SupportKind
from jobcenter.workers.models import SupportLink, Worker, WorkUnit
from jobcenter.workers.queries import supported_by


@dataclass(frozen=True)
class Whose:
    """Whose people a caseload shows: everyone's that the reader has, or those of one support person, one unit, or of
    the orders that the reader coordinates.
    """

    support_id: int | None = None
    unit_id: int | None = None
    own_orders: bool = False


EVERYONE = Whose()


@dataclass(frozen=True)
class Case:
    """One person of a caseload. `since`: when they came, or were ready for gigs if that was before. Minutes are paid
    minutes of gigs, but `support_minutes`, which are support time of the last four weeks. `waiting`: offers and asks
    that they have not answered.
    """

    worker_id: int
    name: str
    unit: str
    since: date
    first_gig: datetime | None
    last_gig: datetime | None
    minutes: int
    minutes_lately: int
    minutes_ahead: int
    waiting: int
    support_minutes: int


def cases(actor: Actor, whose: Whose, now: datetime, *, limit: int, offset: int) -> list[Case]:
    """People of a caseload, who has been without a gig the longest first, in one query."""
    done, ahead = _done(now), _ahead(now)
    query = (
        select(
            Worker.id,
            Worker.given_name,
            Worker.family_name,
            WorkUnit.name,
            Worker.created_at,
            Worker.ready_since,
            done.c.first_gig,
            done.c.last_gig,
            func.coalesce(done.c.minutes, 0),
            func.coalesce(done.c.lately, 0),
            func.coalesce(ahead.c.minutes, 0),
            _offers_waiting() + _asks_waiting(),
            _support_minutes(now),
        )
        .outerjoin(WorkUnit, WorkUnit.id == Worker.unit_id)
        .outerjoin(done, done.c.worker_id == Worker.id)
        .outerjoin(ahead, ahead.c.worker_id == Worker.id)
        .where(*_seen(actor, whose))
        .order_by(done.c.last_gig.is_not(None), done.c.last_gig, Worker.created_at, Worker.id)
    )
    return [_case(*row) for row in db.session.execute(query.limit(limit).offset(offset))]


def _case(id_: int, given: str, family: str, unit: str | None, *rest: Any) -> Case:
    created_at, ready_since, *figures = rest
    known = clock.day_of(created_at)
    return Case(id_, full_name(given, family), unit or "", min(known, ready_since or known), *figures)


@dataclass(frozen=True)
class Totals:
    """A caseload in figures."""

    people: int
    without_gig: int
    minutes_lately: int
    support_minutes: int
    waiting: int


def totals(actor: Actor, whose: Whose, now: datetime) -> Totals:
    """How many people, how many without a gig yet, hours and support time lately, answers awaited; in one query."""
    done = _done(now)
    query = (
        select(
            func.count(Worker.id),
            func.count(Worker.id) - func.count(done.c.first_gig),
            func.coalesce(func.sum(done.c.lately), 0),
            func.coalesce(func.sum(_support_minutes(now)), 0),
            func.coalesce(func.sum(_offers_waiting() + _asks_waiting()), 0),
        )
        .select_from(Worker)
        .outerjoin(done, done.c.worker_id == Worker.id)
        .where(*_seen(actor, whose))
    )
    return Totals(*(int(figure) for figure in db.session.execute(query).one()))


def _seen(actor: Actor, whose: Whose) -> Iterable[ColumnElement[bool]]:
    yield Worker.active
    yield or_(Worker.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR)), supported_by(actor))
    if whose.unit_id is not None:
        yield Worker.unit_id == whose.unit_id
    if whose.support_id is not None:
        yield Worker.id.in_(_linked(clock.today()).where(SupportLink.user_id == whose.support_id))
    if whose.own_orders:
        mine = select(Offer.worker_id).join(Offer.gig).join(Gig.order)
        yield Worker.id.in_(mine.where(Order.coordinator_id == actor.user_id))


def _linked(today: date) -> Select[tuple[int]]:
    query = select(SupportLink.worker_id).where(SupportLink.kind == SupportKind.SUPPORT_PERSON)
    return query.where(SupportLink.starts_on <= today, or_(SupportLink.ends_on.is_(None), SupportLink.ends_on >= today))


def _done(now: datetime) -> Subquery:
    """By worker: the first and last gig done, and paid minutes, all and of the last four weeks."""
    lately = func.sum(paid_minutes()).filter(Gig.starts_at >= now - LATELY)
    query = select(
        Offer.worker_id,
        func.min(Gig.starts_at).label("first_gig"),
        func.max(Gig.starts_at).label("last_gig"),
        func.sum(paid_minutes()).label("minutes"),
        lately.label("lately"),
    )
    return query.join(Offer.gig).where(Offer.status == OfferStatus.DONE).group_by(Offer.worker_id).subquery()


def _ahead(now: datetime) -> Subquery:
    query = select(Offer.worker_id, func.sum(paid_minutes()).label("minutes")).join(Offer.gig)
    return query.where(Offer.status.in_(AGREED), Gig.ends_at > now).group_by(Offer.worker_id).subquery()


def _offers_waiting() -> ColumnElement[int]:
    query = select(func.count(Offer.id)).where(Offer.worker_id == Worker.id, Offer.status == OfferStatus.OFFERED)
    return query.correlate(Worker).scalar_subquery()


def _asks_waiting() -> ColumnElement[int]:
    query = select(func.count(RoundPerson.id)).where(RoundPerson.worker_id == Worker.id)
    return query.where(RoundPerson.status == LineStatus.ASKED).correlate(Worker).scalar_subquery()


def _support_minutes(now: datetime) -> ColumnElement[int]:
    query = select(func.coalesce(func.sum(SupportTime.minutes), 0)).where(SupportTime.worker_id == Worker.id)
    return query.where(SupportTime.day > clock.day_of(now - LATELY)).correlate(Worker).scalar_subquery()


# Support persons


@dataclass(frozen=True)
class SupportLoad:
    """A support person: people linked to them, and their support time of the last four weeks, in minutes."""

    user_id: int
    name: str
    people: int
    minutes: int


def support_loads(actor: Actor, now: datetime) -> list[SupportLoad]:
    """The support persons of the coordinator's Jobcenters, in one query."""
    mine = actor.jobcenters(Role.COORDINATOR)
    granted = select(RoleGrant.user_id).where(RoleGrant.role == Role.SUPPORT, RoleGrant.jobcenter_id.in_(mine))
    today = clock.day_of(now)
    people = select(func.count(SupportLink.id)).join(Worker, Worker.id == SupportLink.worker_id)
    people = people.where(SupportLink.user_id == User.id, Worker.jobcenter_id.in_(mine), Worker.active)
    people = people.where(SupportLink.id.in_(_linked(today).with_only_columns(SupportLink.id)))
    logged = select(func.coalesce(func.sum(SupportTime.minutes), 0)).where(SupportTime.user_id == User.id)
    logged = logged.where(SupportTime.day > clock.day_of(now - LATELY), SupportTime.jobcenter_id.in_(mine))
    counts = (people.correlate(User).scalar_subquery(), logged.correlate(User).scalar_subquery())
    query = select(User.id, User.given_name, User.family_name, *counts).where(User.id.in_(granted), User.active)
    rows = db.session.execute(query.order_by(User.given_name, User.family_name, User.id))
    return [SupportLoad(id_, full_name(given, family), *figures) for id_, given, family, *figures in rows]


# Support time


@dataclass(frozen=True)
class LoggedTime:
    """One row of support time."""

    id: int
    day: date
    minutes: int
    kind: SupportTimeKind
    name: str
    note: str


def logged_by(user_id: int, *, limit: int, offset: int) -> list[LoggedTime]:
    """A support person's own support time, the newest first."""
    query = select(SupportTime, Worker.given_name, Worker.family_name)
    query = query.outerjoin(Worker, Worker.id == SupportTime.worker_id).where(SupportTime.user_id == user_id)
    rows = db.session.execute(query.order_by(SupportTime.day.desc(), SupportTime.id.desc()).limit(limit).offset(offset))
    return [
        LoggedTime(row.id, row.day, row.minutes, row.kind, full_name(given or "", family or ""), row.note)
        for row, given, family in rows
    ]


def logged_total(user_id: int, since: date) -> tuple[int, int]:
    """How many rows a support person has logged, and minutes from a day on."""
    lately = func.coalesce(func.sum(SupportTime.minutes).filter(SupportTime.day >= since), 0)
    query = select(func.count(SupportTime.id), lately).where(SupportTime.user_id == user_id)
    rows, minutes = db.session.execute(query).one()
    return rows, minutes


def minutes_on(user_id: int, day: date) -> int:
    """Minutes logged by a support person for a day."""
    query = select(func.coalesce(func.sum(SupportTime.minutes), 0))
    return db.session.scalar(query.where(SupportTime.user_id == user_id, SupportTime.day == day)) or 0


def time_by_key(form_key: str) -> SupportTime | None:
    """What a form has logged already."""
    return db.session.scalar(select(SupportTime).where(SupportTime.form_key == form_key))


def own_time_for(actor: Actor, time_id: int) -> SupportTime:
    """A row of the actor's own support time. Raises NotFound."""
    query = select(SupportTime).where(and_(SupportTime.id == time_id, SupportTime.user_id == actor.user_id))
    return or_not_found(db.session.scalar(query))
