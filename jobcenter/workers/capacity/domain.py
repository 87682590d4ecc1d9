"""What a support person can do, and what stands in the way of coming along to a gig. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jobcenter.core import clock
from jobcenter.core.errors import DomainError

MOST_AT_ONCE = 20
LONGEST_TRAVEL = 240
USUAL_AT_ONCE = 4
USUAL_TRAVEL = 30


class OutsideHours(DomainError):
    """The gig is not inside the support person's working times."""


class TooManyPeople(DomainError):
    """More people would need the support person than they can support at once."""


class TooFar(DomainError):
    """The support person would be at another place at that time, or on the way."""


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
        for start, end in sorted(self._on_days(starts_at, ends_at)):
            if start <= reached < end:
                reached = end
        return reached >= ends_at

    def _on_days(self, starts_at: datetime, ends_at: datetime) -> Iterable[tuple[datetime, datetime]]:
        day, last = clock.day_of(starts_at), clock.day_of(ends_at)
        while day <= last:
            for one in self.times:
                if one.weekday == day.weekday():
                    yield _instant(day, one.starts), _instant(day, one.ends)
            day += timedelta(days=1)


@dataclass(frozen=True)
class Along:
    """A gig to come along to: when, where in one line, and how many people there need support."""

    starts_at: datetime
    ends_at: datetime
    place: str
    people: int


def refuse_along(capacity: Capacity, gig: Along, others: Iterable[Along], *, name: str, when: str) -> None:
    """Refuse a gig outside working times, with too many people, or too near to another one elsewhere.

    A support person is at one place at a time: gigs at the same time are fine only at the same place, and then the
    people of both count; between two places there must be time to travel. `when` is the gig's time in words.
    Raises OutsideHours, TooFar, TooManyPeople.
    """
    if not capacity.works(gig.starts_at, gig.ends_at):
        raise OutsideHours("support_outside_hours", "user_id", name=name, when=when)
    travel, together = timedelta(minutes=capacity.travel_minutes), gig.people
    for other in others:
        same_place = other.place == gig.place
        margin = timedelta(0) if same_place else travel
        if not clock.overlap(gig.starts_at, gig.ends_at, other.starts_at - margin, other.ends_at + margin):
            continue
        if not same_place:
            facts = {"name": name, "place": other.place, "minutes": capacity.travel_minutes}
            raise TooFar("support_too_far", "user_id", **facts)
        together += other.people
    if together > capacity.at_once:
        raise TooManyPeople("support_too_many", "user_id", name=name, people=together, most=capacity.at_once)


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
