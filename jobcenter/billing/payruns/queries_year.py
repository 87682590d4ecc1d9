"""What a Jobcenter has paid in a calendar year or month: only what is paid, and what the limits checker counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, select

from jobcenter.benefits.judging import Span
from jobcenter.benefits.withholding import WithholdingBasis
from jobcenter.billing.payruns.domain import Payer, PayRunStatus
from jobcenter.billing.payruns.models import PayItem, PayRun
from jobcenter.billing.register.domain import ReportStatus
from jobcenter.billing.register.models import RegisterReport
from jobcenter.core.db import db
from jobcenter.core.money import ZERO, for_minutes
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.workers.models import Worker

TAKEN_BACK = (ReportStatus.CANCELLED, ReportStatus.TO_CANCEL)


@dataclass(frozen=True)
class PaidTo:
    """What one worker was paid by lists in a time, in euros: by the Jobcenter, and by the partner as employer.

    `checker`: what the limits checker counts as paid, from the hours themselves.
    """

    worker_id: int
    name: str
    gross: Decimal = ZERO
    withheld: Decimal = ZERO
    enforced: Decimal = ZERO
    untaxed: Decimal = ZERO
    without_card: Decimal = ZERO
    partner: Decimal = ZERO
    checker: Decimal = ZERO

    @property
    def to_account(self) -> Decimal:
        return self.gross - self.withheld - self.enforced

    @property
    def elsewhere(self) -> Decimal:
        """What the checker counts and no list of ours holds; below zero, a list that the checker does not know."""
        return self.checker - self.gross - self.partner


@dataclass(frozen=True)
class Reported:
    """What the Incomes Register was told of a time, without what was taken back; `open`: not accepted yet."""

    compensation: Decimal
    withheld: Decimal
    open: int


@dataclass(frozen=True)
class PartnerPay:
    """What the partner was told to pay one worker in a time."""

    worker_id: int
    name: str
    born: date | None
    paid_on: date
    minutes: int
    gross: Decimal


def paid_in(jobcenter_id: int, span: Span) -> list[PaidTo]:
    """Everybody who was paid in a time, by name."""
    found: dict[int, PaidTo] = {}
    for worker_id, name, payer, basis, gross, withheld, enforced in db.session.execute(_by_lists(jobcenter_id, span)):
        row = found.get(worker_id, PaidTo(worker_id, name))
        if payer is Payer.PARTNER:
            found[worker_id] = replace(row, partner=row.partner + gross)
            continue
        untaxed = gross if basis is WithholdingBasis.PREPAYMENT_REGISTER else ZERO
        without_card = gross if basis is WithholdingBasis.NO_CARD else ZERO
        found[worker_id] = replace(
            row,
            gross=row.gross + gross,
            withheld=row.withheld + withheld,
            enforced=row.enforced + enforced,
            untaxed=row.untaxed + untaxed,
            without_card=row.without_card + without_card,
        )
    for (worker_id, name), checker in _by_hours(jobcenter_id, span).items():
        found[worker_id] = replace(found.get(worker_id, PaidTo(worker_id, name)), checker=checker)
    return sorted(found.values(), key=lambda row: (row.name, row.worker_id))


def reported_in(jobcenter_id: int, span: Span) -> Reported:
    """What the Incomes Register was told of the payments of a time."""
    sums = (func.coalesce(func.sum(column), ZERO) for column in (RegisterReport.compensation, RegisterReport.withheld))
    not_accepted = func.count().filter(RegisterReport.status != ReportStatus.ACCEPTED)
    query = select(*sums, not_accepted).where(
        RegisterReport.jobcenter_id == jobcenter_id,
        RegisterReport.paid_on.between(span.first, span.last),
        RegisterReport.status.not_in(TAKEN_BACK),
    )
    return Reported(*db.session.execute(query).one())


def partner_pay_in(jobcenter_id: int, span: Span) -> list[PartnerPay]:
    """What the partner was told to pay in a time, by name and day."""
    query = (
        select(Worker.id, _name(), Worker.born, PayRun.pay_on, PayItem.minutes, PayItem.gross)
        .join(PayItem, PayItem.worker_id == Worker.id)
        .join(PayRun, PayRun.id == PayItem.pay_run_id)
        .where(*_paid(jobcenter_id, span), PayItem.payer == Payer.PARTNER)
        .order_by(Worker.family_name, Worker.given_name, Worker.id, PayRun.pay_on)
    )
    return [PartnerPay(*row) for row in db.session.execute(query)]


def _by_lists(jobcenter_id: int, span: Span) -> Select:
    sums = (func.sum(column) for column in (PayItem.gross, PayItem.withheld, PayItem.enforced))
    return (
        select(Worker.id, _name(), PayItem.payer, PayItem.basis, *sums)
        .join(PayItem, PayItem.worker_id == Worker.id)
        .join(PayRun, PayRun.id == PayItem.pay_run_id)
        .where(*_paid(jobcenter_id, span))
        .group_by(Worker.id, Worker.given_name, Worker.family_name, PayItem.payer, PayItem.basis)
    )


def _paid(jobcenter_id: int, span: Span) -> tuple[ColumnElement[bool], ...]:
    return (
        PayRun.jobcenter_id == jobcenter_id,
        PayRun.status == PayRunStatus.PAID,
        PayRun.pay_on.between(span.first, span.last),
        PayItem.returned_on.is_(None),
    )


def _by_hours(jobcenter_id: int, span: Span) -> dict[tuple[int, str], Decimal]:
    query = (
        select(Worker.id, _name(), TimeEntry.wage, TimeEntry.minutes)
        .join(Worker, Worker.id == TimeEntry.worker_id)
        .where(TimeEntry.jobcenter_id == jobcenter_id, TimeEntry.paid_on.between(span.first, span.last))
    )
    sums: dict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
    for worker_id, name, wage, minutes in db.session.execute(query):
        sums[worker_id, name] += for_minutes(wage, minutes)
    return sums


def _name() -> ColumnElement[str]:
    return Worker.given_name + " " + Worker.family_name
