"""Confirmed hours as figures, certificates and CVs: as confirmed and paid, also where less is billed (decision 024)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Select, func, select

from jobcenter.auth.domain import Actor, full_name
from jobcenter.auth.models import Jobcenter, User
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.matching.caseload.models import SupportTime
from jobcenter.orders.feedback.queries import feedback_to
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import Organisation
from jobcenter.reports.domain import (
    Choice,
    CvItem,
    DoneGig,
    FeedbackSaid,
    Figures,
    GigSum,
    Period,
    Statistics,
    SupportFigures,
    SupportStatistics,
    cv_items,
)
from jobcenter.workers.cv.queries import lines_of
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import worker_for

# Figures

# One person, also with rows in several Jobcenters; below zero stands the row of somebody without an account.
_PERSON = func.coalesce(Worker.user_id, -Worker.id)

_FIGURES = (
    func.count(func.distinct(_PERSON)),
    func.coalesce(func.sum(TimeEntry.minutes), 0),
    func.count(func.distinct(TimeEntry.gig_id)),
    func.count(func.distinct(TimeEntry.order_id)),
    func.count(func.distinct(Order.organisation_id)),
)


def statistics(period: Period, jobcenter_ids: Collection[int] | None = None) -> Statistics:
    """The figures of the days of a period, of some Jobcenters or (None) of all; three queries."""
    total = db.session.execute(_confirmed(select(*_FIGURES), period, jobcenter_ids)).one()
    return Statistics(
        total=Figures(*total),
        by_field=_by(Order.category, period, jobcenter_ids),
        by_jobcenter=_by(Jobcenter.slug, period, jobcenter_ids),
    )


def _by(column: Any, period: Period, jobcenter_ids: Collection[int] | None) -> dict[str, Figures]:
    query = _confirmed(select(column, *_FIGURES), period, jobcenter_ids).group_by(column).order_by(column)
    return {str(key): Figures(*figures) for key, *figures in db.session.execute(query)}


def _confirmed(query: Select, period: Period, jobcenter_ids: Collection[int] | None) -> Select:
    query = (
        query.select_from(TimeEntry)
        .join(Order, Order.id == TimeEntry.order_id)
        .join(Jobcenter, Jobcenter.id == TimeEntry.jobcenter_id)
        .join(Worker, Worker.id == TimeEntry.worker_id)
        .where(
            TimeEntry.status == EntryStatus.CONFIRMED,
            TimeEntry.worked_on >= period.first,
            TimeEntry.worked_on <= period.last,
        )
    )
    return query if jobcenter_ids is None else query.where(TimeEntry.jobcenter_id.in_(jobcenter_ids))


_SUPPORT_FIGURES = (
    func.count(func.distinct(SupportTime.user_id)),
    func.count(func.distinct(_PERSON)),
    func.coalesce(func.sum(SupportTime.minutes), 0),
)


def support_statistics(period: Period, jobcenter_ids: Collection[int]) -> SupportStatistics:
    """The support time logged for the days of a period, of some Jobcenters; three queries."""
    total = db.session.execute(_logged(select(*_SUPPORT_FIGURES), period, jobcenter_ids)).one()
    return SupportStatistics(
        total=SupportFigures(*total),
        by_kind=_logged_by(SupportTime.kind, period, jobcenter_ids),
        by_jobcenter=_logged_by(Jobcenter.slug, period, jobcenter_ids),
    )


def _logged_by(column: Any, period: Period, jobcenter_ids: Collection[int]) -> dict[Any, SupportFigures]:
    query = _logged(select(column, *_SUPPORT_FIGURES), period, jobcenter_ids).group_by(column).order_by(column)
    return {key: SupportFigures(*figures) for key, *figures in db.session.execute(query)}


def _logged(query: Select, period: Period, jobcenter_ids: Collection[int]) -> Select:
    query = query.select_from(SupportTime).join(Jobcenter, Jobcenter.id == SupportTime.jobcenter_id)
    query = query.outerjoin(Worker, Worker.id == SupportTime.worker_id)
    days = (SupportTime.day >= period.first, SupportTime.day <= period.last)
    return query.where(SupportTime.jobcenter_id.in_(jobcenter_ids), *days)


# Certificates


def done_gigs(worker: Worker) -> list[DoneGig]:
    """The gigs of a worker whose hours are confirmed, the newest first."""
    query = _done_gigs().where(TimeEntry.worker_id == worker.id)
    rows = db.session.execute(query.order_by(TimeEntry.worked_on.desc(), TimeEntry.id.desc()))
    return [_done_gig(of_gig) for of_gig in _by_gig(rows)]


def done_gig_for(actor: Actor, entry_id: int) -> tuple[DoneGig, Worker]:
    """One gig with confirmed hours and who did it, for the worker, a support person linked today or a coordinator.

    Raises NotFound, also while the hours are not confirmed.
    """
    offer_id = select(TimeEntry.offer_id).where(TimeEntry.id == entry_id, TimeEntry.corrects_id.is_(None))
    query = _done_gigs().where(TimeEntry.offer_id == offer_id.scalar_subquery())
    found = _by_gig(db.session.execute(query.order_by(TimeEntry.id.desc())))
    if not found:
        raise NotFound
    return _done_gig(found[0]), worker_for(actor, found[0][-1].TimeEntry.worker_id)


def _done_gigs() -> Select:
    return (
        select(
            TimeEntry,
            Order.category,
            Order.title,
            Order.city,
            Organisation.name.label("organisation"),
            User.given_name,
            User.family_name,
        )
        .join(Gig, Gig.id == TimeEntry.gig_id)
        .join(Order, Order.id == TimeEntry.order_id)
        .outerjoin(Organisation, Organisation.id == Order.organisation_id)
        .outerjoin(User, User.id == Order.coordinator_id)
        .where(TimeEntry.status == EntryStatus.CONFIRMED)
    )


def _by_gig(rows: Iterable[Any]) -> list[list[Any]]:
    """Confirmed hours by gig, the first entry of each last: those before it correct it."""
    gigs: dict[int, list[Any]] = {}
    for row in rows:
        gigs.setdefault(row.TimeEntry.offer_id, []).append(row)
    return [of_gig for of_gig in gigs.values() if of_gig[-1].TimeEntry.corrects_id is None]


def _done_gig(of_gig: list[Any]) -> DoneGig:
    row, entries = of_gig[-1], [each.TimeEntry for each in of_gig]
    entry: TimeEntry = row.TimeEntry
    return DoneGig(
        entry_id=entry.id,
        worker_id=entry.worker_id,
        category=row.category,
        title=row.title,
        organisation=row.organisation or "",
        city=row.city,
        starts_at=min(each.starts_at for each in entries),
        ends_at=max(each.ends_at for each in entries),
        worked_on=entry.worked_on,
        minutes=sum(each.minutes for each in entries),
        confirmed_at=entry.confirmed_at,
        confirmed_by=entry.confirmed_by,
        coordinator=full_name(row.given_name or "", row.family_name or ""),
    )


# CV


def cv_of(worker: Worker) -> list[CvItem]:
    """Every line that the worker's CV may have, in three queries."""
    choices = [Choice(line.kind, line.key, line.text, line.shown) for line in lines_of(worker)]
    return cv_items(_gig_sums(worker), _feedback_said(worker), worker.skills, choices)


def _gig_sums(worker: Worker) -> list[GigSum]:
    query = (
        select(
            Order.category,
            func.sum(TimeEntry.minutes),
            func.count(func.distinct(TimeEntry.offer_id)),
            func.min(TimeEntry.worked_on),
            func.max(TimeEntry.worked_on),
        )
        .join(Order, Order.id == TimeEntry.order_id)
        .where(TimeEntry.worker_id == worker.id, TimeEntry.status == EntryStatus.CONFIRMED)
        .group_by(Order.category)
    )
    return [GigSum(*row) for row in db.session.execute(query)]


def _feedback_said(worker: Worker) -> list[FeedbackSaid]:
    return [
        FeedbackSaid(
            id=row.id,
            organisation=row.gig.order.organisation.name if row.gig.order.organisation else "",
            given_on=clock.day_of(row.given_at),
            went_well=row.went_well,
            text=row.text,
        )
        for row in feedback_to([worker.id])
    ]
