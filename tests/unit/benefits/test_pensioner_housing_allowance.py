"""The review of the housing allowance for pensioners: each year's rise to the cent, and the year looked at."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jobcenter.benefits import IncomeState, LimitState, NextStep, RowCode, ValueStatus, parameter
from tests.unit.benefits.people import codes, day, earning, euros, housing, judged, monthly, only, someone

RULE = "pensioner_housing_allowance.review"
CENT = Decimal("0.01")

RISES = [
    ("2017-01-01", "912", "456", ValueStatus.SINGLE_SOURCE),
    ("2019-12-31", "912", "456", ValueStatus.SINGLE_SOURCE),
    ("2020-01-01", "921", "460", ValueStatus.DERIVED),
    ("2020-12-31", "921", "460", ValueStatus.DERIVED),
    ("2021-01-01", "924", "462", ValueStatus.SINGLE_SOURCE),
    ("2021-12-31", "924", "462", ValueStatus.SINGLE_SOURCE),
    ("2022-01-01", "944", "472", ValueStatus.DERIVED),
    ("2022-12-31", "944", "472", ValueStatus.DERIVED),
    ("2023-01-01", "1018", "509", ValueStatus.CONFIRMED),
    ("2026-12-31", "1018", "509", ValueStatus.CONFIRMED),
    ("2027-12-31", "1018", "509", ValueStatus.CONFIRMED),
]


@pytest.mark.parametrize(("on", "rise", "fall", "status"), RISES)
def test_the_rise_of_each_year_to_the_cent(on, rise, fall, status):
    for more, state, hours in [
        (-CENT, LimitState.NEAR, 0),
        (0, LimitState.REVIEW_DUE, 0),
        (CENT, LimitState.REVIEW_DUE, 0),
    ]:
        found = only(judged(someone(housing()), earning(on, euros(rise) + more), as_of=on), RULE)
        assert (found.limit, found.state, found.status, found.left_hours) == (euros(rise), state, status, hours)
        assert {row.code: row.amount for row in found.rows}[RowCode.REVIEW_FALL] == euros(fall)


@pytest.mark.parametrize(("on", "rise", "fall", "status"), RISES)
def test_the_fall_of_each_year_to_the_cent(on, rise, fall, status):
    for less, state, step in [
        (-CENT, LimitState.NO_REVIEW, NextStep.NOTHING),
        (0, LimitState.REVIEW_DUE, NextStep.APPLY_FOR_HIGHER_ALLOWANCE),
        (CENT, LimitState.REVIEW_DUE, NextStep.APPLY_FOR_HIGHER_ALLOWANCE),
    ]:
        found = only(judged(someone(housing("3000.00")), earning(on, 3000 - euros(fall) - less), as_of=on), RULE)
        assert (found.state, found.state_with_agreed, found.next_step) == (state, state, step)
        assert (RowCode.INCOME_HAS_FALLEN in codes(found)) is (state is LimitState.REVIEW_DUE)
        assert (found.limit, found.counted) == (euros(rise), -euros(fall) - less)


def test_what_is_agreed_can_prevent_the_conclusion_of_a_fall():
    rows = [earning("2024-03-01", "2000.00"), earning("2024-03-20", "491.01", state=IncomeState.AGREED)]
    found = only(judged(someone(housing("3000.00")), *rows, as_of="2024-03-15"), RULE)
    assert (found.state, found.counted) == (LimitState.NO_REVIEW, euros("-1000.00"))


def test_what_was_told_of_regular_work_counts_as_the_year_does():
    """Twelve months of the told work, not the four that are known; our own gigs beside it are not told of."""
    told = [replace(monthly(f"2026-{month:02}-01", "120.00"), told=True) for month in (3, 4, 5, 6)]
    gigs = [earning("2026-05-10", "950.00"), replace(earning("2026-06-10", "50.00"), told=True)]
    found = only(judged(someone(housing("0.00")), *told, *gigs, as_of="2026-06-15"), RULE)
    amounts = {row.code: row.amount for row in found.rows}
    assert (amounts[RowCode.EARNED_DONE], amounts[RowCode.TOLD]) == (euros("2440.00"), euros("1490.00"))


def test_a_fall_concluded_says_that_untold_work_would_change_it():
    found = only(judged(someone(housing("3000.00")), as_of="2024-03-15"), RULE)
    assert RowCode.UNTOLD_WORK_WOULD_COUNT in codes(found)
    assert not found.safe


COSTS = [
    ("2017-01-01", "183", ValueStatus.SINGLE_SOURCE),
    ("2019-12-31", "183", ValueStatus.SINGLE_SOURCE),
    ("2020-01-01", "184", ValueStatus.DERIVED),
    ("2021-01-01", "185", ValueStatus.DERIVED),
    ("2022-12-31", "189", ValueStatus.DERIVED),
    ("2023-01-01", "204", ValueStatus.CONFIRMED),
    ("2027-12-31", "204", ValueStatus.CONFIRMED),
]


@pytest.mark.parametrize(("on", "change", "status"), COSTS)
def test_the_change_of_costs_that_starts_a_review_is_told(on, change, status):
    found = only(judged(someone(housing()), as_of=on), RULE)
    (row,) = [row for row in found.rows if row.code is RowCode.REVIEW_COSTS]
    value = parameter(row.parameter).value_on(day(on))
    assert (row.amount, value.status, row.source) == (euros(change), status, value.source)


@pytest.mark.parametrize(
    ("per_month", "state", "hours"),
    [
        ("67.86", LimitState.NO_REVIEW, 20),
        ("67.87", LimitState.NEAR, 20),
        ("84.83", LimitState.NEAR, 0),
        ("84.84", LimitState.REVIEW_DUE, 0),
    ],
)
def test_recurring_work_counts_for_the_year_ahead(per_month, state, hours):
    found = only(judged(someone(housing()), monthly("2024-03-01", per_month), as_of="2024-03-31"), RULE)
    assert (found.counted, found.state, found.left_hours) == (12 * euros(per_month), state, hours)


def test_later_months_of_recurring_work_are_its_continuation():
    done = [monthly(f"2024-0{month}-01", "80.00") for month in (1, 2, 3)]
    ahead = [monthly(f"2024-0{month}-01", "80.00", state=IncomeState.AGREED) for month in (4, 5, 6)]
    found = only(judged(someone(housing()), *done, *ahead, as_of="2024-03-31"), RULE)
    assert (found.counted, found.agreed) == (euros("960.00"), euros("0.00"))


def test_recurring_works_of_one_month_are_different_work():
    rows = [monthly("2024-02-01", "80.00"), monthly("2024-03-01", "30.00"), monthly("2024-03-02", "40.00")]
    found = only(judged(someone(housing()), *rows, as_of="2024-03-31"), RULE)
    assert found.counted == 12 * euros("80.00")
    more = only(judged(someone(housing()), *rows, monthly("2024-03-09", "20.00"), as_of="2024-03-31"), RULE)
    assert more.counted == 12 * euros("90.00")


def test_recurring_work_counts_what_it_comes_to_if_that_is_more():
    rows = [replace(monthly(f"2024-0{month}-01", "50.00"), gross=euros("400.00"), told=True) for month in (1, 2, 3)]
    found = only(judged(someone(housing()), *rows, earning("2024-03-02", "10.00"), as_of="2024-03-31"), RULE)
    amounts = {row.code: row.amount for row in found.rows}
    assert (found.counted, found.state) == (euros("1210.00"), LimitState.REVIEW_DUE)
    assert (amounts[RowCode.RECURRING], amounts[RowCode.ONE_OFF]) == (euros("1200.00"), euros("10.00"))


def test_recurring_work_agreed_is_told_ahead_and_beside_one_off_gigs():
    rows = [earning("2024-03-01", "100.00"), monthly("2024-04-01", "80.00", state=IncomeState.OFFERED)]
    found = only(judged(someone(housing()), *rows, as_of="2024-03-31"), RULE)
    amounts = {row.code: row.amount for row in found.rows}
    assert (found.counted, found.agreed) == (euros("100.00"), euros("960.00"))
    assert (found.state, found.state_with_agreed) == (LimitState.NO_REVIEW, LimitState.REVIEW_DUE)
    assert (amounts[RowCode.RECURRING], amounts[RowCode.ONE_OFF]) == (euros("960.00"), euros("100.00"))


@pytest.mark.parametrize("on", ["2016-12-31", "2028-01-01"])
def test_a_year_without_a_value_is_never_safe(on):
    found = only(judged(someone(housing()), as_of=on), RULE)
    assert (found.state, found.safe) == (LimitState.LIMIT_MISSING, False)


@pytest.mark.parametrize(
    ("gross", "state", "hours", "step"),
    [
        ("0.00", LimitState.NO_REVIEW, 101, NextStep.NOTHING),
        ("814.39", LimitState.NO_REVIEW, 20, NextStep.NOTHING),
        ("814.40", LimitState.NEAR, 20, NextStep.PLAN_HOURS),
        ("1008.00", LimitState.NEAR, 0, NextStep.PLAN_HOURS),
        ("1007.99", LimitState.NEAR, 1, NextStep.PLAN_HOURS),
        ("1018.00", LimitState.REVIEW_DUE, 0, NextStep.APPLY_FOR_REVIEW),
    ],
)
def test_hours_left_stay_short_of_the_rise(gross, state, hours, step):
    found = only(judged(someone(housing()), earning("2024-03-01", gross), as_of="2024-03-31"), RULE)
    assert (found.state, found.left_hours, found.next_step) == (state, hours, step)


def test_only_growth_over_the_decided_income_counts():
    rows = [earning("2024-03-01", "1500.00")]
    found = only(judged(someone(housing("1200.00")), *rows, as_of="2024-03-31"), RULE)
    assert (found.counted, found.left, found.state) == (euros("300.00"), euros("718.00"), LimitState.NO_REVIEW)
    fallen = only(judged(someone(housing("1800.00")), *rows, as_of="2024-03-31"), RULE)
    assert (fallen.counted, fallen.left) == (euros("-300.00"), euros("1318.00"))


def test_a_decision_not_known_is_asked_for():
    found = only(judged(someone(housing(None)), earning("2024-03-01", "50.00"), as_of="2024-03-31"), RULE)
    assert (found.state, found.next_step, found.limit) == (LimitState.ASK, NextStep.ASK_PERSON, None)
    assert RowCode.DECIDED_INCOME_UNKNOWN in {row.code for row in found.rows}


@pytest.mark.parametrize(
    ("worked", "counted", "agreed"),
    [
        ("2023-03-31", "0.00", "0.00"),
        ("2023-04-01", "100.00", "0.00"),
        ("2024-03-31", "100.00", "0.00"),
        ("2024-04-01", "0.00", "100.00"),
        ("2025-02-28", "0.00", "100.00"),
        ("2025-03-01", "0.00", "0.00"),
    ],
)
def test_the_year_around_the_month_looked_at(worked, counted, agreed):
    """Done work counts from the past twelve months; a day after the month looked at belongs to what lies ahead."""
    found = only(judged(someone(housing()), earning(worked, "100.00"), as_of="2024-03-15"), RULE)
    assert (found.counted, found.agreed) == (euros(counted), euros(agreed))


def test_a_past_year_and_a_year_ahead_are_not_added_together():
    past = [earning(f"2023-{month:02}-10", "60.00", recurring=True) for month in range(4, 13)]
    ahead = [
        earning(f"2024-{month:02}-10", "60.00", state=IncomeState.AGREED, recurring=True) for month in range(1, 13)
    ]
    found = only(judged(someone(housing()), *past, *ahead, as_of="2024-03-15"), RULE)
    assert (found.counted + found.agreed, found.state_with_agreed) == (euros("720.00"), LimitState.NO_REVIEW)


def test_recurring_and_one_off_are_shown_apart_and_both_count():
    rows = [earning("2024-03-01", "100.00"), earning("2024-03-02", "40.00", recurring=True)]
    found = only(judged(someone(housing()), *rows, as_of="2024-03-31"), RULE)
    amounts = {row.code: row.amount for row in found.rows}
    assert found.counted == euros("140.00")
    assert (amounts[RowCode.RECURRING], amounts[RowCode.ONE_OFF]) == (euros("40.00"), euros("100.00"))
    assert RowCode.ONE_OFF_MAY_NOT_COUNT in amounts


def test_nobody_is_asked_about_an_allowance_that_they_do_not_have():
    assert judged(someone(), as_of="2024-03-31") == ()


def test_a_decision_to_come_does_not_take_the_place_of_the_one_in_force():
    now = replace(housing("0.00"), to=day("2027-02-28"))
    coming = replace(housing("5000.00"), from_=day("2027-03-01"))
    gig = earning("2026-10-10", "2000.00")
    found = only(judged(someone(now, coming), gig, as_of="2026-11-22"), RULE)
    assert (found.counted, found.state) == (euros("2000.00"), LimitState.REVIEW_DUE)


def test_before_an_allowance_begins_the_first_to_begin_is_looked_at():
    first = replace(housing("300.00"), from_=day("2027-03-01"), to=day("2027-08-31"))
    second = replace(housing("5000.00"), from_=day("2027-09-01"))
    found = only(judged(someone(first, second), earning("2026-10-10", "2000.00"), as_of="2026-11-22"), RULE)
    assert found.counted == euros("1700.00")
