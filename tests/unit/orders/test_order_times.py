"""When an order's work is: weekly times over the clock changes, midnight, and every refusal."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.core import clock
from jobcenter.orders.intake.domain_times import (
    LONGEST,
    MOST_OCCURRENCES,
    TimeRefused,
    TooManyTimes,
    WishedTime,
    check_times,
    occurrences,
)

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)


def wished(starts: str, ends: str, day: date = DAY, pause: int = 0, until: date | None = None) -> WishedTime:
    return WishedTime(day, time.fromisoformat(starts), time.fromisoformat(ends), pause, until)


def walls(times: list[WishedTime]) -> list[str]:
    return [
        f"{clock.local(one.starts_at):%d.%m. %H:%M}-{clock.local(one.ends_at):%d.%m. %H:%M} {one.minutes}"
        for one in occurrences(times)
    ]


CASES = [
    ("once", [wished("09:00", "12:00")], ["01.12. 09:00-01.12. 12:00 180"]),
    ("a break is not paid", [wished("09:00", "12:00", pause=30)], ["01.12. 09:00-01.12. 12:00 150"]),
    ("over midnight", [wished("22:00", "06:00")], ["01.12. 22:00-02.12. 06:00 480"]),
    (
        "weekly, the last day included",
        [wished("09:00", "10:00", until=date(2026, 12, 15))],
        ["01.12. 09:00-01.12. 10:00 60", "08.12. 09:00-08.12. 10:00 60", "15.12. 09:00-15.12. 10:00 60"],
    ),
    (
        "weekly, the day before the next one",
        [wished("09:00", "10:00", until=date(2026, 12, 7))],
        ["01.12. 09:00-01.12. 10:00 60"],
    ),
    (
        "weekly over the spring change keeps its wall clock",
        [wished("09:00", "10:00", day=date(2027, 3, 24), until=date(2027, 3, 31))],
        ["24.03. 09:00-24.03. 10:00 60", "31.03. 09:00-31.03. 10:00 60"],
    ),
    (
        "the spring night is an hour shorter",
        [wished("22:00", "06:00", day=date(2027, 3, 27))],
        ["27.03. 22:00-28.03. 06:00 420"],
    ),
    (
        "the autumn night is an hour longer",
        [wished("22:00", "06:00", day=date(2027, 10, 30))],
        ["30.10. 22:00-31.10. 06:00 540"],
    ),
    (
        "a weekly start that the spring night skips is moved",
        [wished("03:30", "06:00", day=date(2027, 3, 21), until=date(2027, 3, 28))],
        ["21.03. 03:30-21.03. 06:00 150", "28.03. 04:00-28.03. 06:00 120"],
    ),
    (
        "a weekly end that the spring night skips is moved",
        [wished("01:00", "03:30", day=date(2027, 3, 21), until=date(2027, 3, 28))],
        ["21.03. 01:00-21.03. 03:30 150", "28.03. 01:00-28.03. 04:00 120"],
    ),
    (
        "a weekly time inside the skipped hour is left out that week",
        [wished("03:00", "03:45", day=date(2027, 3, 21), until=date(2027, 4, 4))],
        ["21.03. 03:00-21.03. 03:45 45", "04.04. 03:00-04.04. 03:45 45"],
    ),
    (
        "a time that comes twice means its first coming",
        [wished("03:15", "04:00", day=date(2027, 10, 31))],
        ["31.10. 03:15-31.10. 04:00 105"],
    ),
    (
        "in order of time",
        [wished("13:00", "14:00"), wished("09:00", "10:00")],
        ["01.12. 09:00-01.12. 10:00 60", "01.12. 13:00-01.12. 14:00 60"],
    ),
]


@pytest.mark.parametrize(("times", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_occurrences(times, expected):
    assert walls(times) == expected


REFUSED = [
    ([wished("12:00", "10:00")], "time_end_before_start", "ends_0"),
    ([wished("09:00", "09:00")], "time_end_before_start", "ends_0"),
    ([wished("06:00", "18:01")], "time_too_long", "ends_0"),
    ([wished("09:00", "10:00", pause=60)], "time_break_too_long", "pause_0"),
    ([wished("09:00", "10:00", until=date(2026, 11, 30))], "time_until_before_day", "until_0"),
    ([wished("03:30", "06:00", day=date(2027, 3, 28))], "time_skipped", "starts_0"),
    ([wished("01:00", "03:30", day=date(2027, 3, 28))], "time_skipped", "ends_0"),
    ([wished("22:00", "03:30", day=date(2027, 3, 27))], "time_skipped", "ends_0"),
    ([wished("09:00", "10:00", day=date(2026, 11, 21))], "time_in_past", "day_0"),
    ([wished("12:00", "13:00", day=date(2026, 11, 22))], "time_in_past", "day_0"),
    ([wished("09:00", "10:00", day=date(2027, 11, 23))], "time_too_far", "day_0"),
    ([wished("09:00", "10:00", until=date(2027, 11, 23))], "time_too_far", "until_0"),
    ([wished("09:00", "12:00"), wished("11:59", "13:00")], "times_overlap", "starts_1"),
    ([wished("09:00", "12:00"), wished("09:00", "12:00")], "times_overlap", "starts_1"),
    ([wished("22:00", "06:00"), wished("05:00", "07:00", day=date(2026, 12, 2))], "times_overlap", "starts_1"),
    (
        [wished("09:00", "10:00", day=date(2026, 12, 15)), wished("09:30", "11:00", until=date(2026, 12, 29))],
        "times_overlap",
        "starts_1",
    ),
]


@pytest.mark.parametrize(("times", "code", "field"), REFUSED)
def test_refusals_name_their_row_and_field(times, code, field):
    with pytest.raises(TimeRefused) as refused:
        check_times(times, now=NOW)
    assert (refused.value.code, refused.value.field) == (code, field)


TAKEN = [
    [wished("06:00", "18:00")],
    [wished("18:00", "06:00")],
    [wished("12:01", "13:00", day=date(2026, 11, 22))],
    [wished("09:00", "10:00", day=date(2027, 11, 22))],
    [wished("09:00", "12:00"), wished("12:00", "13:00")],
    [wished("22:00", "06:00"), wished("06:00", "07:00", day=date(2026, 12, 2))],
    [wished("03:30", "06:00", day=date(2027, 3, 21), until=date(2027, 3, 28))],
]


@pytest.mark.parametrize("times", TAKEN)
def test_what_just_fits_is_taken(times):
    assert check_times(times, now=NOW) == occurrences(times)


def test_sixty_occurrences_are_taken_and_one_more_is_not():
    daily = [wished("09:00", "10:00", day=DAY + timedelta(days=number)) for number in range(MOST_OCCURRENCES)]
    assert len(check_times(daily, now=NOW)) == MOST_OCCURRENCES
    with pytest.raises(TooManyTimes) as refused:
        check_times([*daily, wished("11:00", "12:00")], now=NOW)
    assert refused.value.facts == {"found": 61, "most": 60}


@given(
    day=st.dates(date(2026, 11, 23), date(2027, 11, 1)),
    starts=st.times(),
    ends=st.times(),
    weeks=st.integers(0, 8),
)
def test_every_occurrence_keeps_its_wall_clock_and_lasts_at_most_an_hour_more(day, starts, ends, weeks):
    starts, ends = (one.replace(second=0, microsecond=0) for one in (starts, ends))
    until = day + timedelta(weeks=weeks)
    times = [WishedTime(day, starts, ends, 0, until)]
    for one in occurrences(times):
        assert one.starts_at < one.ends_at
        assert one.ends_at - one.starts_at <= times[0].length + timedelta(hours=1)
        if clock.local(one.starts_at).hour != 4:
            assert clock.local(one.starts_at).time() == starts
    assert len(occurrences(times)) <= weeks + 1


@given(starts=st.times(), ends=st.times())
def test_a_time_is_never_longer_than_the_longest(starts, ends):
    starts, ends = (one.replace(second=0, microsecond=0) for one in (starts, ends))
    try:
        found = check_times([WishedTime(DAY, starts, ends)], now=NOW)
    except TimeRefused:
        return
    assert all(one.ends_at - one.starts_at <= LONGEST for one in found)
