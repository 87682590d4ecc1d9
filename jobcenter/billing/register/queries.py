"""Finding what is to be reported to the Incomes Register, what was, and who is told of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import Jobcenter
from jobcenter.billing.payruns.models import PayItemEntry
from jobcenter.billing.register.domain import OPEN, ReportStatus
from jobcenter.billing.register.models import RegisterDelivery, RegisterReport
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound, or_not_found
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.workers.models import Worker


@dataclass(frozen=True)
class ReportRow:
    """A report with the person it is about."""

    report: RegisterReport
    given_name: str
    family_name: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True)
class DayRow:
    """A day of payment of a Jobcenter: how many reports it has, and how many are open."""

    jobcenter_id: int
    jobcenter: str
    paid_on: date
    reports: int
    open: int


def worked_days(item_ids: Collection[int]) -> dict[int, tuple[date, date]]:
    """The first and the last day worked of what some pay items pay, by item."""
    query = (
        select(PayItemEntry.pay_item_id, func.min(TimeEntry.worked_on), func.max(TimeEntry.worked_on))
        .join(TimeEntry, TimeEntry.id == PayItemEntry.time_entry_id)
        .where(PayItemEntry.pay_item_id.in_(item_ids))
        .group_by(PayItemEntry.pay_item_id)
    )
    return {item_id: (first, last) for item_id, first, last in db.session.execute(query)}


def report_for(actor: Actor, report_id: int) -> RegisterReport:
    """A report of the actor's Jobcenter, locked. Raises NotFound."""
    query = select(RegisterReport).where(
        RegisterReport.id == report_id, RegisterReport.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR))
    )
    return or_not_found(db.session.scalar(query.with_for_update().execution_options(populate_existing=True)))


def report_of_item(pay_item_id: int) -> RegisterReport | None:
    """The report of one payment, locked."""
    query = select(RegisterReport).where(RegisterReport.pay_item_id == pay_item_id)
    return db.session.scalar(query.with_for_update())


def reports_of_day(actor: Actor, jobcenter_id: int, paid_on: date, *, lock: bool = False) -> list[ReportRow]:
    """The reports of a Jobcenter's day of payment, by name. Raises NotFound for another's Jobcenter."""
    if jobcenter_id not in actor.jobcenters(Role.COORDINATOR):
        raise NotFound
    query = select(RegisterReport, Worker.given_name, Worker.family_name)
    query = query.join(Worker, Worker.id == RegisterReport.worker_id)
    query = query.where(RegisterReport.jobcenter_id == jobcenter_id, RegisterReport.paid_on == paid_on)
    query = query.order_by(Worker.family_name, Worker.given_name, RegisterReport.id)
    if lock:
        query = query.with_for_update(of=RegisterReport).execution_options(populate_existing=True)
    return [ReportRow(*row) for row in db.session.execute(query)]


def to_cancel(jobcenter_id: int, paid_on: date) -> frozenset[int]:
    """The reports of a day that are to be cancelled, and that no cancellation has been handed over of."""
    in_cancellation = select(RegisterDelivery.id).where(RegisterDelivery.cancels)
    query = select(RegisterReport.id).where(
        RegisterReport.jobcenter_id == jobcenter_id,
        RegisterReport.paid_on == paid_on,
        RegisterReport.status == ReportStatus.TO_CANCEL,
        or_(RegisterReport.delivery_id.is_(None), RegisterReport.delivery_id.not_in(in_cancellation)),
    )
    return frozenset(db.session.scalars(query))


def deliveries_of_day(jobcenter_id: int, paid_on: date) -> list[RegisterDelivery]:
    """What was handed over of a day of payment, the newest first."""
    query = select(RegisterDelivery).where(
        RegisterDelivery.jobcenter_id == jobcenter_id, RegisterDelivery.paid_on == paid_on
    )
    return list(db.session.scalars(query.order_by(RegisterDelivery.number.desc())))


def delivery_for(actor: Actor, delivery_id: int) -> RegisterDelivery:
    """A delivery of the actor's Jobcenter. Raises NotFound."""
    query = select(RegisterDelivery).where(
        RegisterDelivery.id == delivery_id, RegisterDelivery.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR))
    )
    return or_not_found(db.session.scalar(query))


def next_number(jobcenter_id: int) -> int:
    """The number of the next delivery. The Jobcenter's row is locked: two people never take the same."""
    db.session.execute(select(Jobcenter.id).where(Jobcenter.id == jobcenter_id).with_for_update(key_share=True))
    newest = select(func.max(RegisterDelivery.number)).where(RegisterDelivery.jobcenter_id == jobcenter_id)
    return (db.session.scalar(newest) or 0) + 1


def days_of(actor: Actor, *, limit: int, offset: int) -> list[DayRow]:
    """The days of payment of the actor's Jobcenters, the newest first."""
    is_open = func.count().filter(RegisterReport.status.in_(OPEN))
    query = select(RegisterReport.jobcenter_id, Jobcenter.name, RegisterReport.paid_on, func.count(), is_open)
    query = query.join(Jobcenter, Jobcenter.id == RegisterReport.jobcenter_id).where(_of(actor))
    query = query.group_by(RegisterReport.jobcenter_id, Jobcenter.name, RegisterReport.paid_on)
    query = query.order_by(RegisterReport.paid_on.desc(), Jobcenter.name).limit(limit).offset(offset)
    return [DayRow(*row) for row in db.session.execute(query)]


def number_of_days(actor: Actor) -> int:
    """How many days of payment the list has."""
    days = select(RegisterReport.jobcenter_id, RegisterReport.paid_on).where(_of(actor)).distinct().subquery()
    return db.session.scalar(select(func.count()).select_from(days)) or 0


def unreported() -> list[tuple[int, date, int]]:
    """Every Jobcenter's days of payment with reports that nobody has filed: Jobcenter, day, how many."""
    waiting = RegisterReport.status.in_((ReportStatus.DUE, ReportStatus.REJECTED))
    query = select(RegisterReport.jobcenter_id, RegisterReport.paid_on, func.count()).where(waiting)
    query = query.group_by(RegisterReport.jobcenter_id, RegisterReport.paid_on)
    return [tuple(row) for row in db.session.execute(query.order_by(RegisterReport.paid_on))]


def _of(actor: Actor) -> ColumnElement[bool]:
    return RegisterReport.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR))
