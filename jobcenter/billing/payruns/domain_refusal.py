"""A payment file that the bank took nothing of: on which day its payments can go out instead. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jobcenter.billing import bank
from jobcenter.core.errors import DomainError, NotPossible

# Pay that is late is paid as soon as can be: a day further away would be a new pay day, which a new list is for.
LATEST = timedelta(days=7)


class FileNotTaken(NotPossible):
    """No payment file was taken to the bank, so none can have been refused."""


class AlreadyExecuted(NotPossible):
    """The list is marked as paid: what came back is noted payment by payment."""


class NotAPayDayAgain(DomainError):
    """The payments cannot go out on that day."""


@dataclass(frozen=True)
class Refused:
    """What the bank says of a file that it refused, and the day on which the payments go out instead.

    `file_number` is of the file on the screen.
    """

    reason: str
    pay_on: date
    file_number: int


def first_day(pay_on: date, today: date) -> date:
    """The first day on which payments of a refused file can go out: their own, or the next bank day when it passed."""
    return bank.next_bank_day(max(pay_on, today))


def check_new_day(day: date, *, pay_on: date, today: date) -> None:
    """Refuse a day before the promised one, a past one, one on which banks are closed, and one that is far away.

    Raises NotAPayDayAgain.
    """
    first = first_day(pay_on, today)
    if not (first <= day <= first + LATEST and bank.is_bank_day(day)):
        raise NotAPayDayAgain("refused_day_wrong", "pay_on", first=first)
