"""The only module that asks what time it is, and the only one that knows Finland's time zone.

Instants are aware and stored in UTC; days and wall-clock times are Helsinki's. Intervals are half-open: [start, end).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")

_frozen: ContextVar[datetime | None] = ContextVar("frozen_now", default=None)


class NonexistentTime(ValueError):
    """A wall-clock time that the spring clock change skips (03:00-03:59 on the last Sunday of March)."""


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The present day in Helsinki."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """The Helsinki day on which `instant` falls."""
    return local(instant).date()


def from_timestamp(seconds: float) -> datetime:
    """The instant so many seconds after 1970 began, as other systems count time."""
    return datetime.fromtimestamp(seconds, UTC)


def local(instant: datetime) -> datetime:
    """`instant` on Helsinki's wall clock."""
    return instant.astimezone(HELSINKI)


def at(day: date, wall_clock: time, *, second_pass: bool = False) -> datetime:
    """The UTC instant of a Helsinki day and wall-clock time.

    `second_pass` chooses the later of the two instants that share a time in the autumn night (03:00-03:59).
    Raises `NonexistentTime` for a time that the spring night skips.
    """
    wall = datetime.combine(day, wall_clock, tzinfo=HELSINKI).replace(fold=1 if second_pass else 0)
    instant = wall.astimezone(UTC)
    if instant.astimezone(HELSINKI).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise NonexistentTime(f"{day} {wall_clock} does not exist in Helsinki")
    return instant


def start_of(day: date) -> datetime:
    """The instant at which a Helsinki day begins."""
    return at(day, time(0))


def end_of(day: date) -> datetime:
    """The instant at which a Helsinki day ends: the next day's start (half-open)."""
    return start_of(day + timedelta(days=1))


def to_quarter(wall_clock: time) -> time:
    """The beginning of the quarter of an hour that a time of day is in."""
    return wall_clock.replace(minute=wall_clock.minute // 15 * 15, second=0, microsecond=0)


def overlap(a_start: datetime, a_end: datetime, b_start: datetime, b_end: datetime) -> bool:
    """Whether two half-open intervals share any instant; back-to-back ones do not."""
    return a_start < b_end and b_start < a_end


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Hold the clock at an aware instant: for tests, and for building the demo's past deterministically."""
    if instant.tzinfo is None:
        raise ValueError("the clock takes aware instants only")
    token = _frozen.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
