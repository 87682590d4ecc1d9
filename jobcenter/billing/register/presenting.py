"""What the pages of the Incomes Register show."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.billing.register import domain
from jobcenter.billing.register.codes import codes
from jobcenter.billing.register.domain import ReportAction, ReportStatus
from jobcenter.billing.register.messages import CODE_STATUS, STATUS, URGENCY
from jobcenter.billing.register.models import RegisterDelivery
from jobcenter.billing.register.queries import DayRow, ReportRow


@dataclass(frozen=True)
class DayLine:
    """A day of payment in the calendar of what is due."""

    jobcenter_id: int
    jobcenter: str
    paid_on: date
    due_on: date
    reports: int
    open: int
    status_label: str
    tag_kind: str


@dataclass(frozen=True)
class ReportLine:
    """A report in words, with what can be done."""

    id: int
    worker_id: int
    name: str
    reference: str
    first_day: date
    last_day: date
    compensation: Decimal
    withheld: Decimal
    status_label: str
    tag_kind: str
    answer: str
    lacks_code: bool
    can_answer: bool
    can_amend: bool
    can_withdraw: bool
    can_confirm: bool


@dataclass(frozen=True)
class DeliveryLine:
    """What was handed over at once; `waits` for the register's answer about some report in it."""

    id: int
    reference: str
    made_at: datetime
    made_by: str
    cancels: bool
    waits: bool


def delivery_lines(deliveries: Iterable[RegisterDelivery], rows: Iterable[ReportRow]) -> list[DeliveryLine]:
    """What was handed over of a day, with what of it waits."""
    waiting = {(row.report.delivery_id, row.report.status) for row in rows}
    return [_delivery_line(each, waiting) for each in deliveries]


def _delivery_line(delivery: RegisterDelivery, waiting: Collection[tuple[int | None, ReportStatus]]) -> DeliveryLine:
    waits_in = ReportStatus.TO_CANCEL if delivery.cancels else ReportStatus.FILED
    return DeliveryLine(
        id=delivery.id,
        reference=delivery.reference,
        made_at=delivery.made_at,
        made_by=delivery.made_by,
        cancels=delivery.cancels,
        waits=(delivery.id, waits_in) in waiting,
    )


def day_line(row: DayRow, today: date) -> DayLine:
    """A day of payment: how pressing it is while something is open, else that all is reported."""
    label, kind = URGENCY[domain.urgency(row.paid_on, today)] if row.open else STATUS[ReportStatus.ACCEPTED]
    due = domain.due_on(row.paid_on)
    return DayLine(row.jobcenter_id, row.jobcenter, row.paid_on, due, row.reports, row.open, str(label), kind)


def report_line(row: ReportRow, known: frozenset[int]) -> ReportLine:
    """A report; `known`: the workers whose personal identity code is known."""
    report = row.report
    label, kind = STATUS[report.status]
    return ReportLine(
        id=report.id,
        worker_id=report.worker_id,
        name=row.name,
        reference=report.reference,
        first_day=report.first_day,
        last_day=report.last_day,
        compensation=report.compensation,
        withheld=report.withheld,
        status_label=str(label),
        tag_kind=kind,
        answer=report.answer,
        lacks_code=report.worker_id not in known,
        can_answer=_can(report.status, ReportAction.ACCEPT),
        can_amend=_can(report.status, ReportAction.AMEND),
        can_withdraw=_can(report.status, domain.taking_back(report.accepted_version)),
        can_confirm=_can(report.status, ReportAction.CONFIRM_CANCELLED),
    )


def code_rows() -> list[tuple[int, str, str, str]]:
    """The register's codes that we use: code, meaning, how sure it is, source, in the reader's language."""
    return [(code.code, _(code.what), str(CODE_STATUS[code.status]), _(code.source)) for code in codes().values()]


def _can(status: ReportStatus, action: ReportAction) -> bool:
    return (status, action) in domain.TRANSITIONS
