"""What late payment of an invoice costs the payer: interest by the Interest Act 633/1982, and a fixed compensation.

Interest runs from the due day to the day of payment (5 §), at the reference rate of each half-year (12 §) and an
addition of 7 percentage points (4 §), or 8 when a business pays for what it bought from a business (4 a §). Such a
payer also owes a fixed compensation for the costs of collecting (Act 513/1999, 10 e §). The figures are in
`data/late_payment.toml`. Days are counted as they are, a year as 365 days: the Act does not say, banks do so.

Public units and associations are taken at 7, and without the compensation: the lower one wherever it is not certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from jobcenter.benefits.law import Law
from jobcenter.core.money import ZERO, round_cents

REFERENCE = "late_payment.reference_rate"
ADDITION = "late_payment.addition"
COMMERCIAL_ADDITION = "late_payment.commercial_addition"
COMPENSATION = "late_payment.fixed_compensation"

DAYS_IN_YEAR = 365
ONE_DAY = timedelta(days=1)
JULY = 7


@dataclass(frozen=True)
class Debt:
    """What was owed from a day on, until (not counting) another: `amount` euros."""

    since: date
    until: date
    amount: Decimal


@dataclass(frozen=True)
class Stretch:
    """A part of the delay within one half-year: the rate a year as a share (0.095), None when it is not known."""

    since: date
    until: date
    amount: Decimal
    rate: Decimal | None
    source: str

    @property
    def days(self) -> int:
        return (self.until - self.since).days

    @property
    def interest(self) -> Decimal:
        """Not rounded; 0 when the rate is not known."""
        return self.amount * (self.rate or ZERO) * self.days / DAYS_IN_YEAR


@dataclass(frozen=True)
class LateInterest:
    """Interest so far, by stretches. `amount` euros is None while any rate is missing: a part is never told as all."""

    stretches: tuple[Stretch, ...]

    @property
    def missing(self) -> tuple[Stretch, ...]:
        return tuple(stretch for stretch in self.stretches if stretch.rate is None)

    @property
    def known(self) -> Decimal:
        """What the known stretches come to, in cents."""
        return round_cents(sum((stretch.interest for stretch in self.stretches), ZERO))

    @property
    def amount(self) -> Decimal | None:
        return None if self.missing else self.known


def late_interest(law: Law, debts: Sequence[Debt], *, commercial: bool) -> LateInterest:
    """The interest on what was owed after the due day; `debts` begin no earlier than that day."""
    return LateInterest(tuple(_stretch(law, part, commercial) for debt in debts for part in _by_half_year(debt)))


def fixed_compensation(law: Law, *, due_on: date, today: date, commercial: bool) -> Decimal:
    """What a late payer owes for the costs of collecting, in euros; 0 when it is not late or is no business."""
    if not commercial or today <= due_on:
        return ZERO
    return law.value_on(COMPENSATION, due_on + ONE_DAY).value


def _stretch(law: Law, debt: Debt, commercial: bool) -> Stretch:
    reference = law.parameter(REFERENCE).known_on(debt.since)
    if reference is None:
        return Stretch(debt.since, debt.until, debt.amount, None, "")
    addition = law.value_on(COMMERCIAL_ADDITION if commercial else ADDITION, debt.since)
    return Stretch(debt.since, debt.until, debt.amount, reference.value + addition.value, reference.source)


def _by_half_year(debt: Debt) -> Iterator[Debt]:
    since = debt.since
    while since < debt.until and debt.amount > 0:
        until = min(debt.until, _next_half_year(since))
        yield Debt(since, until, debt.amount)
        since = until


def _next_half_year(day: date) -> date:
    return date(day.year, JULY, 1) if day.month < JULY else date(day.year + 1, 1, 1)
