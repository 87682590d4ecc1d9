"""Weekly times that fit each other, and times away as instants. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, DomainError
from jobcenter.workers.domain import Span, Weekly

LONGEST_ABSENCE = timedelta(days=732)


def check_weekly_times(new: Weekly, others: Iterable[Weekly]) -> None:
    """Refuse an activity time that ends before it starts or touches another one of the same weekday."""
    if new.ends <= new.starts:
        raise DomainError("activity_end_before_start", "ends")
    for other in others:
        if other == new:
            raise AlreadyDone("activity_already")
        if other.weekday == new.weekday and new.starts < other.ends and other.starts < new.ends:
            raise DomainError("activity_overlaps", "starts")


@dataclass(frozen=True)
class Absence:
    """Days, both included, on which somebody cannot take gigs; from and until a time of day, if given."""

    starts_on: date
    ends_on: date
    starts: time | None
    ends: time | None
    note: str


def span_of(absence: Absence) -> Span:
    """The instants of an absence on Helsinki's clock. Raises DomainError for a time that the spring night skips."""
    try:
        return Span(
            starts_at=clock.at(absence.starts_on, absence.starts or time(0)),
            ends_at=clock.at(absence.ends_on, absence.ends) if absence.ends else clock.end_of(absence.ends_on),
        )
    except clock.NonexistentTime as error:
        raise DomainError("absence_time_skipped", "starts") from error


def check_absence(new: Span, others: Iterable[Span], *, now: datetime) -> None:
    """Refuse an absence that is over, goes backwards or is longer than two years; and the same one twice."""
    if new.ends_at <= new.starts_at:
        raise DomainError("absence_end_before_start", "ends_on")
    if new.ends_at <= now:
        raise DomainError("absence_over", "ends_on")
    if new.ends_at - new.starts_at > LONGEST_ABSENCE:
        raise DomainError("absence_too_long", "ends_on")
    if new in others:
        raise AlreadyDone("absence_already")
