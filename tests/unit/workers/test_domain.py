"""The workers' rules: weekly hours, readiness, benefits' days, accounts, activity times, absences."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from jobcenter.core.errors import AlreadyDone, DomainError
from jobcenter.workers import domain
from jobcenter.workers.domain import Absence, Span, Weekly, YesNoUnknown

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wished", "most", "fits"), [(0, 0, True), (240, 240, True), (240, 480, True), (241, 240, False)]
)
def test_most_hours_are_not_below_those_wished(wished, most, fits):
    if fits:
        domain.check_weekly_minutes(wished=wished, most=most)
    else:
        with pytest.raises(DomainError, match="most_below_wished"):
            domain.check_weekly_minutes(wished=wished, most=most)


@pytest.mark.parametrize(
    ("active", "ready_since", "ends_on", "error"),
    [
        (True, None, None, None),
        (True, None, TODAY, None),
        (True, None, TODAY - timedelta(days=1), "service_ended"),
        (False, None, None, "person_inactive"),
        (True, TODAY, None, "already_ready"),
    ],
)
def test_readiness(active, ready_since, ends_on, error):
    facts = {"active": active, "ready_since": ready_since, "service_ends_on": ends_on, "today": TODAY}
    if error is None:
        domain.check_ready(**facts)
    else:
        with pytest.raises(DomainError, match=error):
            domain.check_ready(**facts)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "fits"),
    [
        (None, None, True),
        (TODAY, None, True),
        (None, TODAY, True),
        (TODAY, TODAY, True),
        (TODAY, date(2026, 1, 1), False),
    ],
)
def test_days_are_the_right_way_round(starts_on, ends_on, fits):
    if fits:
        domain.check_days(starts_on, ends_on)
    else:
        with pytest.raises(DomainError, match="end_before_start_day"):
            domain.check_days(starts_on, ends_on)


@pytest.mark.parametrize(("days", "fits"), [(-1, True), (0, True), (1, False)])
def test_a_day_ahead_is_refused(days, fits):
    if fits:
        domain.check_not_ahead(TODAY + timedelta(days=days), today=TODAY, field="asked_on")
    else:
        with pytest.raises(DomainError, match="day_ahead"):
            domain.check_not_ahead(TODAY + timedelta(days=days), today=TODAY, field="asked_on")


@pytest.mark.parametrize("value", [True, False, None])
def test_an_answer_that_may_be_missing_comes_back_the_same(value):
    assert YesNoUnknown.of(value).value_or_none is value


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("FI2112345600000785", "FI2112345600000785"),
        ("fi21 1234 5600 0007 85", "FI2112345600000785"),
        ("  ", ""),
        ("FI2112345600000786", None),
        ("FI21123456", None),
        ("XX21 1234", None),
        ("123456-785", None),
    ],
)
def test_account_numbers(typed, number):
    if number is None:
        with pytest.raises(DomainError, match="iban_wrong"):
            domain.account_number(typed)
    else:
        assert domain.account_number(typed) == number


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
