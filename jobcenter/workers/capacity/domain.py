"""What a support person can do, and what stands in the way of coming along to a gig. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from jobcenter.core import clock
from jobcenter.core.errors import DomainError

MOST_AT_ONCE = 20
LONGEST_TRAVEL = 240
USUAL_AT_ONCE = 4
USUAL_TRAVEL = 30


@dataclass(frozen=True)
class WorkingTime:
    """A time of the week, by Helsinki's wall clock. `weekday` 0 is Monday."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True)
class Capacity:
    """What a support person can do. No times: they have not been asked, and any time will do. Travel is in minutes."""

    at_once: int = USUAL_AT_ONCE
    travel_minutes: int = USUAL_TRAVEL
    times: tuple[WorkingTime, ...] = ()

    def works(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether all of [starts_at, ends_at) is inside working times; back-to-back times are one."""
        if not self.times:
            return True
        reached = starts_at
        for start, end in sorted(self.on_days(clock.day_of(starts_at), clock.day_of(ends_at))):
            if start <= reached < end:
                reached = end
        return reached >= ends_at

    def on_days(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        """Working times from a day to another, both in, as instants."""
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            for one in self.times:
                if one.weekday == day.weekday():
                    yield _instant(day, one.starts), _instant(day, one.ends)


@dataclass(frozen=True)
class Along:
    """A gig to come along to: when, where in one line, and how many people there need support."""

    starts_at: datetime
    ends_at: datetime
    place: str
    people: int


class Why(StrEnum):
    """Why a support person cannot come along, each a code of a text."""

    OUTSIDE_HOURS = "support_outside_hours"
    BUSY = "support_busy"
    TOO_FAR = "support_too_far"
    TOO_MANY = "support_too_many"


@dataclass(frozen=True)
class Against:
    """What stands in the way of coming along: the other gig, or how many people it would be at once."""

    why: Why
    other: Along | None = None
    people: int = 0


def what_is_against(capacity: Capacity, gig: Along, others: Iterable[Along]) -> Against | None:
    """What stands in the way of a support person's coming along to a gig, beside the gigs they are booked to.

    A support person is at one place at a time: gigs at the same time are fine only at the same place, and then the
    people of both count; between two places there must be time to travel. More people on one gig than one can support
    do not refuse the booking: another support person can be booked along, and no more people are offered it before.
    """
    if not capacity.works(gig.starts_at, gig.ends_at):
        return Against(Why.OUTSIDE_HOURS)
    together = min(gig.people, capacity.at_once)
    for other in others:
        if other.place == gig.place:
            together += other.people * _meet(gig, other, timedelta(0))
        elif _meet(gig, other, timedelta(0)):
            return Against(Why.BUSY, other)
        elif _meet(gig, other, timedelta(minutes=capacity.travel_minutes)):
            return Against(Why.TOO_FAR, other)
    return Against(Why.TOO_MANY, people=together) if together > capacity.at_once else None


def _meet(gig: Along, other: Along, margin: timedelta) -> bool:
    return clock.overlap(gig.starts_at, gig.ends_at, other.starts_at - margin, other.ends_at + margin)


def refuse_times(times: Iterable[WorkingTime]) -> None:
    """Refuse a time that ends before it starts, and times of one day that share an hour."""
    ordered = sorted(times, key=lambda one: (one.weekday, one.starts))
    for one in ordered:
        if one.ends <= one.starts:
            raise DomainError("support_time_ends_first", f"ends_{one.weekday}")
    for before, after in zip(ordered, ordered[1:], strict=False):
        if before.weekday == after.weekday and after.starts < before.ends:
            raise DomainError("support_times_meet", f"starts_{after.weekday}")


def _instant(day: date, wall_clock: time) -> datetime:
    """A time in the hour that the spring night skips is the instant at which clocks are put forward."""
    try:
        return clock.at(day, wall_clock)
    except clock.NonexistentTime:
        return clock.at(day, time(wall_clock.hour + 1))
