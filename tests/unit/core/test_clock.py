"""Helsinki's wall clock, also in the two nights when it is moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from jobcenter.core import clock

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def test_an_ordinary_morning() -> None:
    assert clock.at(date(2026, 11, 22), time(9)) == datetime(2026, 11, 22, 7, tzinfo=UTC)


def test_the_skipped_hour_does_not_exist() -> None:
    with pytest.raises(clock.NonexistentTime):
        clock.at(SPRING, time(3, 30))


def test_the_repeated_hour_exists_twice() -> None:
    first, second = clock.at(AUTUMN, time(3, 30)), clock.at(AUTUMN, time(3, 30), second_pass=True)
    assert second - first == timedelta(hours=1)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 11, 22), 24)])
def test_days_have_their_own_length(day: date, hours: int) -> None:
    assert clock.end_of(day) - clock.start_of(day) == timedelta(hours=hours)


def test_night_work_over_the_clock_change() -> None:
    start, end = clock.at(date(2022, 10, 30), time(3, 5)), clock.at(date(2022, 10, 30), time(6))
    assert end - start == timedelta(hours=3, minutes=55)


def test_the_day_is_helsinkis() -> None:
    assert clock.day_of(datetime(2026, 11, 22, 22, 30, tzinfo=UTC)) == date(2026, 11, 23)


@pytest.mark.parametrize(("b_start", "b_end", "expected"), [(2, 3, False), (1, 2, True), (0, 1, False), (0, 9, True)])
def test_back_to_back_is_no_overlap(b_start: int, b_end: int, expected: bool) -> None:
    def hour(number: int) -> datetime:
        return datetime(2026, 11, 22, number, tzinfo=UTC)

    assert clock.overlap(hour(1), hour(2), hour(b_start), hour(b_end)) is expected


def test_a_frozen_clock_takes_aware_instants_only() -> None:
    instant = datetime(2026, 11, 22, 7, tzinfo=UTC)
    with clock.frozen(instant):
        assert clock.now() == instant
    with pytest.raises(ValueError), clock.frozen(instant.replace(tzinfo=None)):
        pass


@pytest.mark.parametrize(
    ("wall", "quarter"), [(time(14, 47, 12, 5), time(14, 45)), (time(0, 14), time(0)), (time(9), time(9))]
)
def test_a_time_falls_into_a_quarter_of_an_hour(wall: time, quarter: time) -> None:
    assert clock.to_quarter(wall) == quarter
