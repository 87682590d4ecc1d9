"""Who is where when: what workers have and what they are offered, for the rules on overlap and on a week's hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Integer, Select, cast, extract, func, null, select, union_all

from jobcenter.core.db import db
from jobcenter.orders.gigs.domain import HOLDING, Diary, Engagement, OfferStatus, Span
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


def diaries_of_jobcenter(
    jobcenter_id: int, within: tuple[datetime, datetime], lately: tuple[datetime, datetime]
) -> tuple[Diary, Diary, dict[int, int]]:
    """What a Jobcenter's people have and what they are offered in the instants `within`, and the paid minutes of their
    gigs that begin in the instants `lately`, by worker id: all in one query.
    """
    mine = Gig.jobcenter_id == jobcenter_id
    gigs = _gigs_of_people(mine, *within, HOLDING | {OfferStatus.OFFERED}).order_by(None)
    held, offered, minutes = Diary(), Diary(), {}
    for worker_id, status, *facts in db.session.execute(union_all(gigs, _minutes(mine, *lately)).order_by("starts_at")):
        if status is None:
            minutes[worker_id] = facts[-1]
        else:
            (offered if status is OfferStatus.OFFERED else held).take(worker_id, _engagement(*facts))
    return held, offered, minutes


def _minutes(condition: ColumnElement[bool], start: datetime, end: datetime) -> Select:
    """The sum of people's paid minutes of gigs that begin in [start, end), in the last column of `_gigs_of_people`."""
    minutes = (_seconds(Gig.ends_at) - _seconds(Gig.starts_at)) / SECONDS_IN_MINUTE - Gig.break_minutes
    query = select(Offer.worker_id, null(), null(), null(), null(), cast(func.sum(minutes), Integer))
    query = query.select_from(Offer).join(Offer.gig).where(condition, Offer.status.in_(HOLDING))
    return query.where(Gig.starts_at >= start, Gig.starts_at < end).group_by(Offer.worker_id)


def _seconds(instant: ColumnElement[datetime]) -> ColumnElement[int]:
    return cast(extract("epoch", instant), Integer)


def diaries_of_worker(worker_id: int, start: datetime, end: datetime) -> tuple[Diary, Diary]:
    """What a worker has, and what they are offered, in [start, end), in one query."""
    return _diaries(Offer.worker_id == worker_id, start, end)


def _diaries(condition: ColumnElement[bool], start: datetime, end: datetime) -> tuple[Diary, Diary]:
    held, offered = Diary(), Diary()
    query = _gigs_of_people(condition, start, end, HOLDING | {OfferStatus.OFFERED})
    for worker_id, status, *facts in db.session.execute(query):
        (offered if status is OfferStatus.OFFERED else held).take(worker_id, _engagement(*facts))
    return held, offered


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
