"""Pay: pay days, who pays whom what, the states of a pay run. Pure. Euros, and rates in per cent."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcenter.benefits.withholding import Pay, Payee, WithholdingBasis, pay_at, pay_for
from jobcenter.billing import bank
from jobcenter.core import money, states
from jobcenter.core.errors import DomainError, NotPossible

ONE_DAY = timedelta(days=1)


class PayRunStatus(StrEnum):
    """A list waits for a second person, then to be paid; a paid one never changes; a discarded one lets hours go."""

    LISTED = "listed"
    APPROVED = "approved"
    PAID = "paid"
    DISCARDED = "discarded"


class PayRunAction(StrEnum):
    """What happens to a pay run; to refuse is the bank's."""

    APPROVE = "approve"
    WITHDRAW = "withdraw"
    MARK_PAID = "mark_paid"
    DISCARD = "discard"
    REFUSE = "refuse"


_S, _A = PayRunStatus, PayRunAction

TRANSITIONS: dict[tuple[PayRunStatus, PayRunAction], PayRunStatus] = {
    (_S.LISTED, _A.APPROVE): _S.APPROVED,
    (_S.LISTED, _A.DISCARD): _S.DISCARDED,
    (_S.APPROVED, _A.WITHDRAW): _S.LISTED,
    (_S.APPROVED, _A.MARK_PAID): _S.PAID,
    (_S.APPROVED, _A.REFUSE): _S.LISTED,
}


# The sums of a run in one of these are on their way, so that they take room under a tax card's income limit.
WAITING = frozenset({_S.LISTED, _S.APPROVED})


class Payer(StrEnum):
    """Who pays the worker: the Jobcenter, or the partner whose employee the worker is."""

    JOBCENTER = "jobcenter"
    PARTNER = "partner"


class NothingToPay(DomainError):
    """No confirmed hours wait to be paid."""


class ListIsStale(DomainError):
    """Hours, wages or confirmations changed after the list was made; it must be made anew."""


class SamePerson(DomainError):
    """Whoever made a list does not approve it: two people see where the money goes."""


class FileTaken(NotPossible):
    """The payment file was taken to the bank, so the list stands as it is."""


class AccountMissing(DomainError):
    """Somebody on the list has no bank account to pay to; `names` says who."""


class PayDayPassed(DomainError):
    """The pay day of a list has gone by: money that goes out later is another day's income."""


class NotAPayDay(DomainError):
    """The day chosen is not one of the Jobcenter's pay days."""


def next_state(state: PayRunStatus, action: PayRunAction) -> PayRunStatus:
    """The run's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(TRANSITIONS, state, action, "pay_run")


# Pay days


def pay_day_in(year: int, month: int, day_of_month: int) -> date:
    """The pay day of a month: its last day if it is shorter, and the bank day before if banks are closed."""
    return bank.previous_bank_day(date(year, month, min(day_of_month, monthrange(year, month)[1])))


def pay_days_from(first: date, days_of_month: Iterable[int], count: int) -> tuple[date, ...]:
    """The next `count` pay days on or after `first`."""
    found: list[date] = []
    year, month = first.year, first.month
    while len(found) < count:
        days = {pay_day_in(year, month, number) for number in days_of_month}
        found += sorted(day for day in days - set(found) if day >= first)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return tuple(found[:count])


# The list


@dataclass(frozen=True, kw_only=True)
class WaitingHours:
    """Confirmed hours that are not paid: whose, who pays them, minutes at an hourly wage. `offer_id`: of which gig."""

    time_entry_id: int
    worker_id: int
    payer: Payer
    worked_on: date
    wage: Decimal
    minutes: int
    offer_id: int | None = None
    worker_name: str = ""


@dataclass(frozen=True)
class Listed:
    """What one worker gets from one payer, and for which hours."""

    worker_id: int
    payer: Payer
    hours: tuple[WaitingHours, ...]
    pay: Pay

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.hours)


@dataclass(frozen=True)
class MakeRun:
    """Make a list for a pay day; the same key makes it once. `left_out`: workers who agreed to wait for the next."""

    jobcenter_id: int
    pay_on: date
    form_key: str
    left_out: frozenset[int] = frozenset()


def gross_of(hours: Iterable[WaitingHours]) -> Decimal:
    """What hours come to before tax, each row at its own wage and rounded once."""
    return sum((money.for_minutes(row.wage, row.minutes) for row in hours), money.ZERO)


def paid_by_partner(gross: Decimal) -> Pay:
    """A wage that the partner pays: the partner withholds, so only the gross is ours to tell."""
    return pay_at(gross, money.ZERO, WithholdingBasis.PARTNER_WITHHOLDS)


def list_pay(
    hours: Iterable[WaitingHours], payees: Mapping[int, Payee], *, percent_without_card: Decimal
) -> list[Listed]:
    """What each worker gets, an item per payer, in the order in which the hours come."""
    gathered: dict[tuple[int, Payer], list[WaitingHours]] = {}
    for row in hours:
        gathered.setdefault((row.worker_id, row.payer), []).append(row)
    listed = []
    for (worker_id, payer), rows in gathered.items():
        gross = gross_of(rows)
        if payer is Payer.PARTNER:
            pay = paid_by_partner(gross)
        else:
            pay = pay_for(gross, payees[worker_id], percent_without_card=percent_without_card)
        listed.append(Listed(worker_id, payer, tuple(rows), pay))
    return listed


def check_pay_day(pay_on: date, offered: Iterable[date]) -> None:
    """Refuse a day that is not one of the pay days offered."""
    if pay_on not in offered:
        raise NotAPayDay("not_a_pay_day", "pay_on")


def check_day_has_come(pay_on: date, today: date) -> None:
    """Refuse to mark a run as paid before its day: until then the money is not on the accounts."""
    if today < pay_on:
        raise DomainError("pay_day_not_come", day=pay_on)


def check_day_not_passed(pay_on: date, today: date) -> None:
    """Refuse to let money go out by a list whose day has gone by. Raises PayDayPassed."""
    if today > pay_on:
        raise PayDayPassed("pay_day_passed")


def check_second_person(made_by_id: int | None, approved_by_id: int | None) -> None:
    """Refuse an approval by whoever made the list, or by nobody. Raises SamePerson."""
    if approved_by_id is None or approved_by_id == made_by_id:
        raise SamePerson("pay_run_same_person")


# The list as a file

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that could be gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS) else text
