"""What stands in the way of a support person's coming along: a table of cases."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from jobcenter.core import clock
from jobcenter.core.errors import DomainError
from jobcenter.workers.capacity.domain import (
    Against,
    Along,
    Capacity,
    Why,
    WorkingTime,
    refuse_times,
    what_is_against,
)

MONDAY = date(2026, 11, 23)
CAFE, STORE = "Kahvikuja 2", "Varastotie 5"


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return clock.at(day, time(hour, minute))


def along(start: int, end: int, place: str = CAFE, people: int = 1) -> Along:
    return Along(at(start), at(end), place, people)


def works(*times: tuple[int, int], weekday: int = 0) -> tuple[WorkingTime, ...]:
    return tuple(WorkingTime(weekday, time(start), time(end)) for start, end in times)


GIG = along(9, 12)
CASES = {
    "not asked when they work: any time will do": (Capacity(), GIG, [], None),
    "inside working times": (Capacity(times=works((8, 16))), GIG, [], None),
    "two times that follow each other": (Capacity(times=works((8, 10), (10, 13))), GIG, [], None),
    "a gap between two times": (Capacity(times=works((8, 10), (11, 13))), GIG, [], Why.OUTSIDE_HOURS),
    "ends after working times": (Capacity(times=works((8, 11))), GIG, [], Why.OUTSIDE_HOURS),
    "another day": (Capacity(times=works((8, 16), weekday=1)), GIG, [], Why.OUTSIDE_HOURS),
    "at another place at the same time": (Capacity(), GIG, [along(11, 14, STORE)], Why.BUSY),
    "no time to travel": (Capacity(travel_minutes=30), GIG, [along(12, 14, STORE)], Why.TOO_FAR),
    "time to travel": (Capacity(travel_minutes=60), GIG, [along(13, 14, STORE)], None),
    "one after the other at one place": (Capacity(travel_minutes=60), GIG, [along(12, 14)], None),
    "at the same time at one place, with room": (Capacity(at_once=3), GIG, [along(10, 14, people=2)], None),
    "too many at one place": (Capacity(at_once=3), GIG, [along(10, 14, people=3)], Why.TOO_MANY),
    "more on one gig than one can support": (Capacity(at_once=3), along(9, 12, people=5), [], None),
}


@pytest.mark.parametrize(("capacity", "gig", "others", "why"), CASES.values(), ids=CASES)
def test_what_is_against(capacity, gig, others, why):
    against = what_is_against(capacity, gig, others)
    assert (against.why if against else None) is why


def test_too_many_says_how_many():
    assert what_is_against(Capacity(at_once=3), GIG, [along(9, 12, people=4)]) == Against(Why.TOO_MANY, people=5)


def test_a_night_gig_is_inside_times_of_two_days():
    night = Along(at(22), at(2, day=MONDAY + timedelta(days=1)), CAFE, 1)
    evening, morning = WorkingTime(0, time(20), time(23, 59)), WorkingTime(1, time(0), time(6))
    assert what_is_against(Capacity(times=(evening, morning)), night, []) == Against(Why.OUTSIDE_HOURS)


@pytest.mark.parametrize(
    ("times", "code"),
    [(works((12, 8)), "support_time_ends_first"), (works((8, 12), (11, 14)), "support_times_meet")],
)
def test_times_that_make_no_sense(times, code):
    with pytest.raises(DomainError) as refused:
        refuse_times(times)
    assert refused.value.code == code
