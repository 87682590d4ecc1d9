"""Finding what a payslip tells: a paid item of the reader's own, its hours, and what was paid in the year so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, or_, select

from jobcenter.auth.domain import Actor
from jobcenter.benefits.judging import year_of
from jobcenter.billing.payruns.domain import Payer, PayRunStatus
from jobcenter.billing.payruns.models import PayItem, PayItemEnforcement, PayItemEntry, PayRun
from jobcenter.billing.payruns.queries_enforcement import enforcement_of
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.core.money import ZERO, for_minutes
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.workers.models import Worker


@dataclass(frozen=True)
class SlipHours:
    """Hours of one gig that an item pays; `corrects`: what was missing of hours that were paid before."""

    worked_on: date
    minutes: int
    wage: Decimal
    corrects: bool = False

    @property
    def gross(self) -> Decimal:
        return for_minutes(self.wage, self.minutes)


@dataclass(frozen=True)
class YearSoFar:
    """What a Jobcenter has paid one person by its lists in a calendar year, up to a payment and with it."""

    gross: Decimal
    withheld: Decimal
    enforced: Decimal

    @property
    def to_account(self) -> Decimal:
        return self.gross - self.withheld - self.enforced


@dataclass(frozen=True)
class Slip:
    """Everything that a payslip tells."""

    item: PayItem
    run: PayRun
    worker: Worker
    hours: tuple[SlipHours, ...]
    enforcement: tuple[PayItemEnforcement, ...]
    year: YearSoFar


def own_slip_for(actor: Actor, item_id: int) -> Slip:
    """The payslip of what the Jobcenter paid the actor. Raises NotFound: not theirs, not paid yet, or a partner's."""
    query = (
        select(PayItem, PayRun, Worker)
        .join(PayRun, PayRun.id == PayItem.pay_run_id)
        .join(Worker, Worker.id == PayItem.worker_id)
        .where(
            PayItem.id == item_id,
            PayItem.payer == Payer.JOBCENTER,
            PayRun.status == PayRunStatus.PAID,
            Worker.user_id == actor.user_id,
        )
    )
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    item, run, worker = found
    taken = tuple(enforcement_of([item.id]))
    return Slip(item, run, worker, tuple(_hours_of(item)), taken, _year_so_far(item, run.pay_on))


def _hours_of(item: PayItem) -> Iterator[SlipHours]:
    query = (
        select(TimeEntry.worked_on, PayItemEntry.minutes, PayItemEntry.wage, TimeEntry.corrects_id.is_not(None))
        .join(TimeEntry, TimeEntry.id == PayItemEntry.time_entry_id)
        .where(PayItemEntry.pay_item_id == item.id)
        .order_by(TimeEntry.worked_on, PayItemEntry.id)
    )
    return (SlipHours(*row) for row in db.session.execute(query))


def _year_so_far(item: PayItem, pay_on: date) -> YearSoFar:
    sums = (func.coalesce(func.sum(column), ZERO) for column in (PayItem.gross, PayItem.withheld, PayItem.enforced))
    query = _paid_until(select(*sums), item, pay_on)
    return YearSoFar(*db.session.execute(query).one())


def _paid_until(query: Select, item: PayItem, pay_on: date) -> Select:
    query = query.join(PayRun, PayRun.id == PayItem.pay_run_id)
    earlier = or_(PayRun.pay_on < pay_on, PayItem.id <= item.id)
    return query.where(
        PayItem.worker_id == item.worker_id,
        PayItem.payer == Payer.JOBCENTER,
        PayRun.status == PayRunStatus.PAID,
        PayItem.returned_on.is_(None),
        PayRun.pay_on.between(year_of(pay_on).first, pay_on),
        earlier,
    )
