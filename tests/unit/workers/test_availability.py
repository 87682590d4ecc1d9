"""Activity times that do not overlap, and times away in real time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from jobcenter.core.errors import AlreadyDone, DomainError
from jobcenter.workers.availability import domain
from jobcenter.workers.availability.domain import Absence
from jobcenter.workers.domain import Span, Weekly

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
MONDAY = Weekly(0, time(9), time(12))


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (Weekly(0, time(12), time(13)), None),
        (Weekly(0, time(8), time(9)), None),
        (Weekly(1, time(9), time(12)), None),
        (Weekly(0, time(11, 59), time(13)), "activity_overlaps"),
        (Weekly(0, time(10), time(11)), "activity_overlaps"),
        (Weekly(0, time(9), time(9)), "activity_end_before_start"),
        (Weekly(0, time(22), time(2)), "activity_end_before_start"),
    ],
)
def test_activity_times_do_not_overlap(new, error):
    if error is None:
        domain.check_weekly_times(new, [MONDAY])
    else:
        with pytest.raises(DomainError, match=error):
            domain.check_weekly_times(new, [MONDAY])


def test_the_same_activity_time_is_already_done():
    with pytest.raises(AlreadyDone):
        domain.check_weekly_times(MONDAY, [MONDAY])


def span(start_hours: int, end_hours: int) -> Span:
    return Span(NOW + timedelta(hours=start_hours), NOW + timedelta(hours=end_hours))


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (span(1, 2), None),
        (span(-5, 1), None),
        (span(2, 2), "absence_end_before_start"),
        (span(-2, 0), "absence_over"),
        (span(0, 24 * 733), "absence_too_long"),
        (span(30, 40), "absence_already"),
    ],
)
def test_absences(new, error):
    if error is None:
        domain.check_absence(new, [span(30, 40)], now=NOW)
    else:
        with pytest.raises(DomainError, match=error):
            domain.check_absence(new, [span(30, 40)], now=NOW)


@pytest.mark.parametrize(
    ("absence", "hours"),
    [
        (Absence(TODAY, TODAY, None, None, ""), 24),
        (Absence(TODAY, TODAY, time(9), None, ""), 15),
        (Absence(TODAY, TODAY, None, time(9), ""), 9),
        (Absence(TODAY, TODAY + timedelta(days=1), time(22), time(6), ""), 8),
        (Absence(date(2027, 3, 28), date(2027, 3, 28), None, None, ""), 23),
        (Absence(date(2026, 10, 25), date(2026, 10, 25), None, None, ""), 25),
    ],
)
def test_days_away_are_real_time(absence, hours):
    found = domain.span_of(absence)
    assert found.ends_at - found.starts_at == timedelta(hours=hours)


def test_a_time_that_the_spring_night_skips_is_refused():
    with pytest.raises(DomainError, match="absence_time_skipped"):
        domain.span_of(Absence(date(2027, 3, 28), date(2027, 3, 28), time(3, 30), None, ""))
