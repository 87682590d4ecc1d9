"""When the work is: the wished times of an order, and the dated occurrences that they come to. Pure.

Times are wall-clock times of Helsinki; a weekly time keeps its wall clock over the clock changes.

* A time ends on the next day when its end is not after its start, provided that it then lasts at most `LONGEST`;
  a longer one is a mistake and is refused (22-6 is a night's work, 12-10 is not).
* In the autumn night, a time that comes twice means its first coming.
* In the spring night, 3.00-3.59 does not come at all: a single time there is refused; a weekly one is moved to 4.00
  that week, and left out if nothing of it remains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jobcenter.core import clock
from jobcenter.core.errors import DomainError

LONGEST = timedelta(hours=12)
MOST_OCCURRENCES = 60
FARTHEST = timedelta(days=365)
WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
AFTER_SPRING_CHANGE = time(4)


class TimeRefused(DomainError):
    """A wished time cannot be taken as it is; `row` is its place among the order's times, from 0."""

    def __init__(self, code: str, row: int, part: str, **facts: object) -> None:
        super().__init__(code, f"{part}_{row}", **facts)
        self.row = row


class TooManyTimes(DomainError):
    """The times come to more occurrences than one order may have."""


@dataclass(frozen=True)
class WishedTime:
    """A time of an order: once, or weekly until a day (that day included). The break is unpaid, in minutes."""

    day: date
    starts: time
    ends: time
    break_minutes: int = 0
    weekly_until: date | None = None

    @property
    def ends_next_day(self) -> bool:
        return self.ends <= self.starts

    @property
    def length(self) -> timedelta:
        """From start to end on an ordinary day's clock."""
        end_day = self.day + ONE_DAY if self.ends_next_day else self.day
        return datetime.combine(end_day, self.ends) - datetime.combine(self.day, self.starts)

    def days(self) -> Iterator[date]:
        """The days on which it begins."""
        day = self.day
        yield day
        while self.weekly_until is not None and day + WEEK <= self.weekly_until:
            day += WEEK
            yield day


@dataclass(frozen=True, order=True)
class Occurrence:
    """One dated time: half-open, aware instants. The break is unpaid, in minutes."""

    starts_at: datetime
    ends_at: datetime
    break_minutes: int

    @property
    def minutes(self) -> int:
        """The paid minutes."""
        return max(0, (self.ends_at - self.starts_at) // timedelta(minutes=1) - self.break_minutes)

    @property
    def day(self) -> date:
        """The Helsinki day of work, whose rates hold."""
        return clock.day_of(self.starts_at)


def occurrences(times: Iterable[WishedTime]) -> list[Occurrence]:
    """Every dated time that the wished times come to, in order."""
    return sorted(found for wished in times for day in wished.days() if (found := _occurrence(wished, day)))


def check_times(times: Sequence[WishedTime], *, now: datetime) -> list[Occurrence]:
    """The occurrences of times that may be ordered now. Raises TimeRefused or TooManyTimes."""
    for row, wished in enumerate(times):
        _check_shape(row, wished)
        _check_reach(row, wished, now)
    _check_number(times)
    by_row = [(row, found) for row, wished in enumerate(times) for found in occurrences([wished])]
    _check_overlaps(by_row)
    return sorted(found for _row, found in by_row)


def _occurrence(wished: WishedTime, day: date) -> Occurrence | None:
    """The time on one of its days, moved out of the hour that the spring night skips; None if nothing remains."""
    starts_at = _instant(day, wished.starts)
    ends_at = _instant(day + ONE_DAY if wished.ends_next_day else day, wished.ends)
    return Occurrence(starts_at, ends_at, wished.break_minutes) if starts_at < ends_at else None


def _instant(day: date, wall_clock: time) -> datetime:
    try:
        return clock.at(day, wall_clock)
    except clock.NonexistentTime:
        return clock.at(day, AFTER_SPRING_CHANGE)


def _check_shape(row: int, wished: WishedTime) -> None:
    if wished.length > LONGEST:
        code = "time_end_before_start" if wished.ends_next_day else "time_too_long"
        raise TimeRefused(code, row, "ends", hours=LONGEST // timedelta(hours=1))
    if timedelta(minutes=wished.break_minutes) >= wished.length:
        raise TimeRefused("time_break_too_long", row, "pause")
    if wished.weekly_until is not None and wished.weekly_until < wished.day:
        raise TimeRefused("time_until_before_day", row, "until")
    if wished.weekly_until is None:
        _check_exists(row, wished)


def _check_exists(row: int, wished: WishedTime) -> None:
    end_day = wished.day + ONE_DAY if wished.ends_next_day else wished.day
    for part, day, wall_clock in (("starts", wished.day, wished.starts), ("ends", end_day, wished.ends)):
        try:
            clock.at(day, wall_clock)
        except clock.NonexistentTime as error:
            raise TimeRefused("time_skipped", row, part) from error


def _check_reach(row: int, wished: WishedTime, now: datetime) -> None:
    if _instant(wished.day, wished.starts) <= now:
        raise TimeRefused("time_in_past", row, "day")
    last_day = clock.day_of(now) + FARTHEST
    if wished.day > last_day:
        raise TimeRefused("time_too_far", row, "day")
    if wished.weekly_until is not None and wished.weekly_until > last_day:
        raise TimeRefused("time_too_far", row, "until")


def _check_number(times: Sequence[WishedTime]) -> None:
    found = sum(1 for wished in times for _day in wished.days())
    if found > MOST_OCCURRENCES:
        raise TooManyTimes("times_too_many", found=found, most=MOST_OCCURRENCES)


def _check_overlaps(by_row: list[tuple[int, Occurrence]]) -> None:
    ordered = sorted(by_row, key=lambda pair: pair[1])
    for (first_row, first), (second_row, second) in zip(ordered, ordered[1:], strict=False):
        if clock.overlap(first.starts_at, first.ends_at, second.starts_at, second.ends_at):
            rows = sorted((first_row, second_row))
            raise TimeRefused("times_overlap", rows[1], "starts", first=rows[0] + 1, second=rows[1] + 1)
