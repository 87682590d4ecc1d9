"""Income told of, and the rows that it makes in the months that a ledger looks at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcenter.benefits import ContractForm, Income, IncomeState
from jobcenter.core.errors import DomainError

ONE_DAY = timedelta(days=1)


class HowOften(StrEnum):
    """How often an income comes."""

    MONTHLY = "monthly"
    ONCE = "once"


@dataclass(frozen=True)
class IncomeTold:
    """Income from work elsewhere, in euros: each month from `starts_on` to `ends_on` (both included), or once on
    `starts_on`. `net`: what is left after tax, None when not known. `ends_on` None: goes on, or once.
    """

    what: str
    contract: ContractForm
    monthly: bool
    gross: Decimal
    net: Decimal | None
    starts_on: date
    ends_on: date | None

    def __post_init__(self) -> None:
        if self.ends_on is not None and not self.monthly:
            raise DomainError("once_has_no_end", "ends_on")
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise DomainError("end_before_start_day", "ends_on")
        if self.net is not None and self.net > self.gross:
            raise DomainError("net_above_gross", "net")

    @property
    def last_day(self) -> date | None:
        """The last day on which it brings something; None while it goes on."""
        return self.ends_on if self.monthly else self.starts_on

    def has_ended(self, today: date) -> bool:
        """Whether nothing more comes of it from today on."""
        return self.last_day is not None and self.last_day < today

    def counts_in_year_of(self, today: date) -> bool:
        """Whether it brings, or has brought, something in the calendar year, or comes after it."""
        return not self.has_ended(today.replace(month=1, day=1))


def told_once(told_in: Iterable[Sequence[IncomeTold]]) -> Iterator[IncomeTold]:
    """What one person has told in several Jobcenters, each work once: the same pay of the same time is the same work,
    in whatever words. What was told twice in one Jobcenter is two works.
    """
    counted: Counter[tuple] = Counter()
    for told in told_in:
        here: Counter[tuple] = Counter()
        for income in told:
            work = (income.contract, income.monthly, income.gross, income.starts_on, income.ends_on)
            here[work] += 1
            if here[work] > counted[work]:
                yield income
        counted |= here


def rows_of(told: IncomeTold, *, since: date, until: date, today: date) -> Iterator[Income]:
    """What it brings from one day to another, both included: a row a month, or the one row of what comes once.

    A month's row stands on the last day of work in it, and is done when that day has come; a month begun counts in
    full. The day of payment is not known.
    """
    days = month_ends(told.starts_on, told.ends_on or until) if told.monthly else iter((told.starts_on,))
    for day in days:
        if since <= day <= until:
            yield Income(
                worked_on=day,
                paid_on=None,
                gross=told.gross,
                contract=told.contract,
                state=IncomeState.CONFIRMED if day <= today else IncomeState.AGREED,
                recurring=told.monthly,
                net=told.net,
                per_month=told.gross if told.monthly else None,
                told=True,
            )


def month_ends(first: date, last: date) -> Iterator[date]:
    """The last day of each calendar month that [first, last] touches, the last one cut at `last`."""
    day = first
    while day <= last:
        end = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - ONE_DAY
        yield min(end, last)
        day = end + ONE_DAY
