"""Support time: what a support person did for whom, apart from billable hours. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jobcenter.core.errors import DomainError

MINUTES_OF_DAY = 24 * 60


class SupportTimeKind(StrEnum):
    """What the time was for."""

    BEFORE = "before"
    ALONG = "along"
    AFTER = "after"
    TRAVEL = "travel"
    CONTACT = "contact"
    OTHER = "other"


@dataclass(frozen=True)
class NewSupportTime:
    """Support time to be logged: on which day, how many minutes, for whom (None: nobody in particular)."""

    day: date
    minutes: int
    kind: SupportTimeKind
    worker_id: int | None
    note: str
    form_key: str


def refuse_support_time(new: NewSupportTime, *, logged: int, today: date) -> None:
    """Refuse time to come, no time, and more than a day holds. `logged`: minutes logged for that day already."""
    if new.day > today:
        raise DomainError("support_time_ahead", "day")
    if new.minutes <= 0:
        raise DomainError("support_time_none", "minutes")
    if logged + new.minutes > MINUTES_OF_DAY:
        raise DomainError("support_time_too_much", "minutes")
