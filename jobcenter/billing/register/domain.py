"""Earnings payment reports: what one says, when it is due, how a wrong one is put right, what it must not lack. Pure.

One report tells of one person's payments of one day (Act on the Incomes Information System 53/2018). A compensation for
work is reported unless the person is in the prepayment register. Amounts are euros.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from stdnum.exceptions import ValidationError
from stdnum.fi import hetu, ytunnus

from jobcenter.billing import bank
from jobcenter.core import states
from jobcenter.core.errors import DomainError
from jobcenter.core.money import ZERO

# vero.fi, "Ilmoittamisen määräajat" (palkkatiedot), read in November 2026: by the fifth calendar day after the payment.
DAYS_TO_REPORT = timedelta(days=5)
ALARM_BEFORE = timedelta(days=2)

LONGEST_REFERENCE = 40


class ReportStatus(StrEnum):
    """Where a report is on its way to the register."""

    DUE = "due"
    FILED = "filed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    TO_CANCEL = "to_cancel"
    CANCELLED = "cancelled"


class ReportAction(StrEnum):
    """What happens to a report. To amend is to say something else under the same reference.

    A report that the register has accepted a version of is not withdrawn but cancelled.
    """

    FILE = "file"
    ACCEPT = "accept"
    REJECT = "reject"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    CONFIRM_CANCELLED = "confirm_cancelled"


_S, _A = ReportStatus, ReportAction

TRANSITIONS: Mapping[tuple[ReportStatus, ReportAction], ReportStatus] = {
    (_S.DUE, _A.FILE): _S.FILED,
    (_S.DUE, _A.AMEND): _S.DUE,
    (_S.DUE, _A.WITHDRAW): _S.CANCELLED,
    (_S.DUE, _A.CANCEL): _S.TO_CANCEL,
    (_S.FILED, _A.ACCEPT): _S.ACCEPTED,
    (_S.FILED, _A.REJECT): _S.REJECTED,
    (_S.REJECTED, _A.AMEND): _S.DUE,
    (_S.REJECTED, _A.FILE): _S.FILED,
    (_S.REJECTED, _A.WITHDRAW): _S.CANCELLED,
    (_S.REJECTED, _A.CANCEL): _S.TO_CANCEL,
    (_S.ACCEPTED, _A.AMEND): _S.DUE,
    (_S.ACCEPTED, _A.CANCEL): _S.TO_CANCEL,
    (_S.TO_CANCEL, _A.CONFIRM_CANCELLED): _S.CANCELLED,
}

# The payer still has something to do about a report in one of these.
OPEN = frozenset({_S.DUE, _S.REJECTED, _S.TO_CANCEL})


class ReportNotReady(DomainError):
    """A report lacks something that the register asks for; `what` names it."""


def next_state(state: ReportStatus, action: ReportAction) -> ReportStatus:
    """The report's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(TRANSITIONS, state, action, "report")


def taking_back(accepted_version: int) -> ReportAction:
    """How a report is taken back: cancelled once the register has accepted a version of it, withdrawn before."""
    return ReportAction.CANCEL if accepted_version else ReportAction.WITHDRAW


@dataclass(frozen=True)
class Contact:
    """Whom the register asks about a delivery."""

    name: str
    phone: str
    email: str = ""


@dataclass(frozen=True)
class PayerOfIncome:
    """Who pays and reports."""

    business_id: str
    contact: Contact


@dataclass(frozen=True)
class Earner:
    """Who was paid."""

    personal_id: str
    given_name: str
    family_name: str


@dataclass(frozen=True)
class Period:
    """Days, both included: for a compensation for work from the first day worked to the last."""

    first: date
    last: date


@dataclass(frozen=True)
class Report:
    """What is told of one person's pay of one day. `reference` stays the same for as long as the report lives;
    `replaces` is true when the register has accepted an earlier version of it.
    """

    reference: str
    replaces: bool
    earner: Earner
    compensation: Decimal
    withheld: Decimal


@dataclass(frozen=True)
class Delivery:
    """Reports that go to the register together: of one payer, one day of payment and one pay period."""

    reference: str
    made_at: datetime
    production: bool
    payer: PayerOfIncome
    paid_on: date
    period: Period
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class Cancellation:
    """References of reports that the register is to cancel; nothing else of them is told."""

    reference: str
    made_at: datetime
    production: bool
    payer: PayerOfIncome
    reports: tuple[str, ...]


# When


def due_on(paid_on: date) -> date:
    """The last day to report a payment: the fifth calendar day after it, moved past weekends and holidays."""
    return bank.next_bank_day(paid_on + DAYS_TO_REPORT)


def alarm_on(paid_on: date) -> date:
    """From this day on whoever has not reported a payment is told so."""
    return due_on(paid_on) - ALARM_BEFORE


class Urgency(StrEnum):
    """How a due day stands to today."""

    AHEAD = "ahead"
    SOON = "soon"
    LATE = "late"


def urgency(paid_on: date, today: date) -> Urgency:
    """How pressing the report of a payment is."""
    if today > due_on(paid_on):
        return Urgency.LATE
    return Urgency.SOON if today >= alarm_on(paid_on) else Urgency.AHEAD


# What


def report_reference(*, jobcenter_id: int, pay_item_id: int) -> str:
    """The payer's own reference of a report: the same for ever for one payment to one person."""
    return f"JC{jobcenter_id}-P{pay_item_id}"


def delivery_reference(*, jobcenter_id: int, number: int) -> str:
    """The payer's own reference of a delivery."""
    return f"JC{jobcenter_id}-D{number}"


# Our own check


@dataclass(frozen=True)
class Fault:
    """What a delivery lacks: a code whose text says it, and of whom; "" means the payer."""

    code: str
    name: str = ""


def faults_of(delivery: Delivery) -> tuple[Fault, ...]:
    """Everything for which the register would refuse a delivery or one of its reports, payer first."""
    return tuple(
        [*_payer_faults(delivery), *(fault for report in delivery.reports for fault in _report_faults(report))]
    )


def check_cancellable(cancellation: Cancellation) -> None:
    """Refuse a cancellation that lacks something. Raises ReportNotReady of the first fault."""
    checks: tuple[tuple[str, bool], ...] = (
        ("register_no_business_id", _valid(ytunnus.validate, cancellation.payer.business_id)),
        ("register_no_reference", 0 < len(cancellation.reference) <= LONGEST_REFERENCE),
        ("register_no_reports", bool(cancellation.reports)),
    )
    for code, fine in checks:
        if not fine:
            raise ReportNotReady(code, name="")


def check_ready(delivery: Delivery) -> None:
    """Refuse a delivery that lacks something. Raises ReportNotReady of the first fault."""
    for fault in faults_of(delivery):
        raise ReportNotReady(fault.code, name=fault.name)


def _payer_faults(delivery: Delivery) -> Iterator[Fault]:
    checks: tuple[tuple[str, bool], ...] = (
        ("register_no_business_id", _valid(ytunnus.validate, delivery.payer.business_id)),
        ("register_no_contact", bool(delivery.payer.contact.name.strip())),
        ("register_no_phone", bool(delivery.payer.contact.phone.strip())),
        ("register_no_reference", 0 < len(delivery.reference) <= LONGEST_REFERENCE),
        ("register_period_wrong", delivery.period.first <= delivery.period.last),
        ("register_no_reports", bool(delivery.reports)),
    )
    return (Fault(code) for code, fine in checks if not fine)


def _report_faults(report: Report) -> Iterator[Fault]:
    earner = report.earner
    checks: tuple[tuple[str, bool], ...] = (
        ("register_no_personal_id", _valid(hetu.validate, earner.personal_id)),
        ("register_no_name", bool(earner.given_name.strip() and earner.family_name.strip())),
        ("register_no_report_reference", 0 < len(report.reference) <= LONGEST_REFERENCE),
        ("register_no_amount", report.compensation > ZERO),
        ("register_withheld_wrong", ZERO <= report.withheld <= report.compensation),
    )
    name = f"{earner.given_name} {earner.family_name}".strip()
    return (Fault(code, name) for code, fine in checks if not fine)


def _valid(validate: Callable[[str], str], number: str) -> bool:
    try:
        validate(number)
    except ValidationError:
        return False
    return True
