"""Who is where when: what workers have and what they are offered, for the rules on overlap and on a week's hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, extract, func, select

from jobcenter.core.db import db
from jobcenter.orders.gigs.domain import HOLDING, LIVE, Diary, Engagement, OfferStatus, Span
from jobcenter.orders.gigs.models import Gig, Offer

EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
SECONDS_IN_MINUTE = 60


def diary_of(
    worker_ids: Collection[int], start: datetime, end: datetime, statuses: Collection[OfferStatus] = HOLDING
) -> Diary:
    """The gigs that these workers have (or, by `statuses`, are offered) in [start, end), in one query."""
    return Diary(_engagements(Offer.worker_id.in_(worker_ids), start, end, statuses))


def diary_of_jobcenter(jobcenter_id: int) -> Diary:
    """All gigs that a Jobcenter's people have or had, in one query."""
    return Diary(_engagements(Gig.jobcenter_id == jobcenter_id, EARLIEST, LATEST, HOLDING))


def diaries_of(worker_ids: Collection[int], start: datetime, end: datetime) -> tuple[Diary, Diary]:
    """What workers have, and what they are offered, in [start, end), in one query."""
    held, offered = Diary(), Diary()
    query = _gigs_of_people(Offer.worker_id.in_(worker_ids), start, end, LIVE)
    for worker_id, status, *facts in db.session.execute(query):
        (offered if status is OfferStatus.OFFERED else held).take(worker_id, _engagement(*facts))
    return held, offered


def live_gigs(workers: Any, start: Any, end: Any) -> Select:
    """Worker, status, gig, beginning, end and break of what workers have or are offered in [start, end): a part for
    other queries, with values or blanks for them.
    """
    return _gigs_of_people(Offer.worker_id.in_(workers), start, end, LIVE).order_by(None)


def engagement(gig_id: int, starts_at: datetime, ends_at: datetime, break_minutes: int) -> Engagement:
    """A gig that somebody has or is offered."""
    return _engagement(gig_id, starts_at, ends_at, break_minutes)


def minutes_by_worker(jobcenter_id: int, within: tuple[datetime, datetime], *, but: int | None = None) -> Select:
    """`worker_id` and the sum of their paid `minutes` of a Jobcenter's gigs that begin in [start, end), without the
    gig `but`: a part for other queries. Who has none has no row.
    """
    start, end = within
    seconds = func.sum(_seconds(Gig.ends_at) - _seconds(Gig.starts_at))
    minutes = cast(seconds / SECONDS_IN_MINUTE - func.sum(Gig.break_minutes), Integer).label("minutes")
    query = select(Offer.worker_id, minutes).join(Offer.gig)
    query = query.where(Gig.jobcenter_id == jobcenter_id, Gig.starts_at >= start, Gig.starts_at < end)
    query = query.where(Offer.status.in_(HOLDING)).group_by(Offer.worker_id)
    return query if but is None else query.where(Gig.id != but)


def paid_minutes() -> ColumnElement[int]:
    """A gig's paid minutes: a part for other queries on Gig."""
    return (_seconds(Gig.ends_at) - _seconds(Gig.starts_at)) // SECONDS_IN_MINUTE - Gig.break_minutes


def _seconds(instant: ColumnElement[datetime]) -> ColumnElement[int]:
    return cast(extract("epoch", instant), Integer)


def _engagements(
    condition: ColumnElement[bool], start: datetime, end: datetime, statuses: Collection[OfferStatus]
) -> Iterable[tuple[int, Engagement]]:
    for worker_id, _status, *facts in db.session.execute(_gigs_of_people(condition, start, end, statuses)):
        yield worker_id, _engagement(*facts)


def _gigs_of_people(
    condition: ColumnElement[bool], start: datetime, end: datetime, statuses: Collection[OfferStatus]
) -> Select:
    return (
        select(Offer.worker_id, Offer.status, Gig.id, Gig.starts_at, Gig.ends_at, Gig.break_minutes)
        .join(Offer.gig)
        .where(condition, Offer.status.in_(statuses), Gig.starts_at < end, Gig.ends_at > start)
        .order_by(Gig.starts_at, Gig.id)
    )


def _engagement(gig_id: int, starts_at: datetime, ends_at: datetime, break_minutes: int) -> Engagement:
    return Engagement(gig_id=gig_id, span=Span(starts_at, ends_at), break_minutes=break_minutes)
