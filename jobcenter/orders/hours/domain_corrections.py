"""Corrections of hours that are paid: what was paid stays as it is, and what was missing is paid later. Pure.

What was paid too little becomes hours of its own, which the orderer confirms and the next list pays: the person's
benefits counted the first payment in its own month, and count the rest in the month in which it comes.

What was paid too much is never taken from later pay here. An employer may set off only what is clear, undisputed and
due, and not the part of the pay that debt collection must leave (Employment Contracts Act 55/2001, chapter 2, section
17; Enforcement Code 705/2007, chapter 4, section 48); the same protection is given to those who are nobody's employee.
The orderer alone is asked for less.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jobcenter.core import clock
from jobcenter.core.errors import DomainError, NotPossible
from jobcenter.orders.hours.domain import Billed, EntryStatus, Worktime

MINUTES_IN_HOUR = 60


class PaidForMore(DomainError):
    """The times come to less than was paid: nothing more is to be paid, and nothing is taken back."""


@dataclass(frozen=True)
class Row:
    """An entry of one piece of work: the first one, or one that corrects it.

    `is_paid`: also if its pay is in a file at the bank, or came back and is owed.
    """

    status: EntryStatus
    minutes: int
    is_paid: bool


def check_paid(rows: Iterable[Row]) -> None:
    """Refuse to add to work of which something is not paid yet: that is corrected itself. Raises NotPossible."""
    open_rows = [row for row in rows if not row.is_paid and row.status is not EntryStatus.WITHDRAWN]
    if open_rows:
        raise NotPossible("hours_not_all_paid")


def refuse_corrected(others: Iterable[Row]) -> None:
    """Refuse to change hours that were corrected by others beside them: those are changed. Raises NotPossible."""
    if any(row.status is not EntryStatus.WITHDRAWN for row in others):
        raise NotPossible("hours_corrected")


def missing_minutes(worktime: Worktime, rows: Iterable[Row], *, worked_on: date) -> int:
    """How many minutes of the right times no entry has; `worked_on` is the day of the first one.

    Raises DomainError for another day or for times that bring nothing, PaidForMore for fewer hours than were paid.
    """
    if clock.day_of(worktime.starts_at) != worked_on:
        raise DomainError("hours_other_day", "day")
    had = sum(row.minutes for row in rows)
    if worktime.minutes == had:
        raise DomainError("hours_nothing_missing", "ends", paid=in_words(had))
    if worktime.minutes < had:
        raise PaidForMore("hours_paid_for_more", "ends", paid=in_words(had))
    return worktime.minutes - had


def refuse_below_billed(minutes: int, billed: int) -> None:
    """Refuse fewer minutes than the orderer has been asked to pay: that is credited first. Raises Billed."""
    if minutes < billed:
        raise Billed("hours_below_billed", "ends", billed=in_words(billed))


def unbilled_minutes(worktime: Worktime, rows: Sequence[Row], *, worked_on: date) -> tuple[int, ...]:
    """How many minutes of each entry the orderer is not asked for, when the right times come to less than was paid;
    the last entry's go first.

    Raises DomainError for another day, or for times that come to more than was paid.
    """
    if clock.day_of(worktime.starts_at) != worked_on:
        raise DomainError("hours_other_day", "day")
    had = sum(row.minutes for row in rows)
    over = had - worktime.minutes
    if over < 0:
        raise DomainError("hours_longer", "ends", paid=in_words(had))
    found: list[int] = []
    for row in reversed(rows):
        found.append(min(row.minutes, over))
        over -= found[-1]
    return tuple(reversed(found))


def in_words(minutes: int) -> str:
    """Minutes for a sentence in any language: `2 h 30 min`."""
    hours, rest = divmod(minutes, MINUTES_IN_HOUR)
    return f"{hours} h {rest} min" if rest else f"{hours} h"
