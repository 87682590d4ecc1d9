"""The workers' rules: weekly hours, readiness, benefits' days, accounts."""

from datetime import date, timedelta

import pytest

from jobcenter.core.errors import DomainError
from jobcenter.workers import domain
from jobcenter.workers.domain import YesNoUnknown

TODAY = date(2026, 11, 22)


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
