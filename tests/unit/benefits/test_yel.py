"""The yearly YEL limit: each year around the cent, the ages, and what is assignment income."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jobcenter.benefits import ContractForm, LimitState, NextStep, RowCode, ValueStatus
from tests.unit.benefits.people import PENSION, codes, day, earning, euros, judged, only, someone

RULE = "yel.yearly_limit"
CENT = Decimal("0.01")

LIMITS = [
    (2018, "7656.26", ValueStatus.DERIVED),
    (2019, "7799.37", ValueStatus.CONFIRMED),
    (2020, "7958.99", ValueStatus.DERIVED),
    (2021, "8063.57", ValueStatus.DERIVED),
    (2022, "8261.71", ValueStatus.SINGLE_SOURCE),
    (2023, "8575.45", ValueStatus.CONFIRMED),
    (2024, "9010.28", ValueStatus.CONFIRMED),
    (2025, "9208.43", ValueStatus.CONFIRMED),
    (2026, "9423.09", ValueStatus.CONFIRMED),
]


@pytest.mark.parametrize(("year", "limit", "status"), LIMITS)
@pytest.mark.parametrize("on", ["01-01", "12-31"])
def test_the_limit_of_each_year_to_the_cent(year, limit, status, on):
    worked = f"{year}-{on}"
    for more, state, step in [
        (-CENT, LimitState.NEAR, NextStep.PLAN_HOURS),
        (0, LimitState.AT_LIMIT, NextStep.TALK_ABOUT_YEL),
        (CENT, LimitState.OVER, NextStep.TALK_ABOUT_YEL),
    ]:
        found = only(judged(someone(), earning(worked, euros(limit) + more), as_of=worked), RULE)
        assert (found.limit, found.state, found.next_step) == (euros(limit), state, step)
        assert (found.status, found.left_hours) == (status, 0)


@pytest.mark.parametrize("worked", ["2017-12-31", "2027-01-01"])
def test_a_year_without_a_value_is_never_safe(worked):
    found = only(judged(someone(), earning(worked, "10.00"), as_of=worked), RULE)
    assert (found.state, found.safe) == (LimitState.LIMIT_MISSING, False)


def test_reaching_the_limit_is_enough_so_the_last_hour_does_not_fit():
    found = only(judged(someone(), earning("2026-05-05", "9403.09"), as_of="2026-05-05"), RULE)
    assert (found.left, found.left_hours) == (euros("20.00"), 1)


def test_calendar_years_stand_apart():
    rows = [earning("2025-12-31", "9000.00"), earning("2026-01-01", "100.00")]
    found = [a for a in judged(someone(), *rows, as_of="2026-01-01") if a.rule == RULE]
    assert [(a.period_from.year, a.counted) for a in found] == [(2025, euros("9000.00")), (2026, euros("100.00"))]


def test_wages_are_not_assignment_income():
    wage = earning("2026-05-05", "9999.00", contract=ContractForm.PARTNER)
    assert judged(someone(), wage, as_of="2026-05-05") == ()


def test_other_work_that_was_told_of_counts_and_is_shown():
    told = replace(earning("2026-05-05", "300.00"), told=True)
    found = only(judged(someone(), told, earning("2026-05-06", "20.00"), as_of="2026-05-31"), RULE)
    amounts = {row.code: row.amount for row in found.rows}
    assert (found.counted, amounts[RowCode.TOLD]) == (euros("320.00"), euros("300.00"))


@pytest.mark.parametrize(
    ("rows", "day_of_taking_out"),
    [
        ([("2026-03-15", "9000.00")], "2026-09-15"),
        ([("2026-08-31", "9000.00")], "2027-02-28"),
        ([("2026-02-10", "100.00"), ("2026-03-15", "9000.00")], "2026-08-10"),
        ([("2025-12-20", "100.00"), ("2026-01-15", "9000.00")], "2026-06-20"),
        ([("2025-11-20", "100.00"), ("2026-01-15", "9000.00")], "2026-07-15"),
    ],
)
def test_the_day_by_which_to_take_it_out_is_six_months_from_the_beginning(rows, day_of_taking_out):
    found = only(judged(someone(), *(earning(*row) for row in rows), as_of="2026-09-30"), RULE, "2026-01-01")
    (row,) = [row for row in found.rows if row.code is RowCode.TAKE_OUT_BY]
    assert row.day == day(day_of_taking_out)


def test_nothing_has_to_be_taken_out_far_below_the_limit():
    found = only(judged(someone(), earning("2026-05-05", "7538.00"), as_of="2026-05-05"), RULE)
    assert found.state is LimitState.UNDER
    assert RowCode.TAKE_OUT_BY not in codes(found)


@pytest.mark.parametrize(
    ("from_", "to", "insured"),
    [
        ("2026-12-31", None, True),
        ("2010-01-01", "2026-01-01", True),
        ("2027-01-01", None, False),
        ("2010-01-01", "2025-12-31", False),
    ],
)
def test_who_has_the_insurance_is_left_in_peace(from_, to, insured):
    held = replace(PENSION, from_=day(from_), to=to and day(to), confirmed_yel_income=euros("9500.00"))
    found = only(judged(someone(held), earning("2026-05-05", "9999.00"), as_of="2026-05-05"), RULE)
    assert found.state is (LimitState.NOT_APPLICABLE if insured else LimitState.OVER)
    assert (RowCode.HAS_YEL_POLICY in codes(found)) is insured


@pytest.mark.parametrize(
    ("born", "worked", "state"),
    [
        ("2008-05-05", "2026-05-04", LimitState.NOT_APPLICABLE),
        ("2008-05-05", "2026-05-05", LimitState.UNDER),
        ("1957-12-31", "2025-12-30", LimitState.UNDER),
        ("1957-12-31", "2025-12-31", LimitState.NOT_APPLICABLE),
        ("1958-01-01", "2026-12-31", LimitState.UNDER),
        ("1957-05-05", "2026-05-05", LimitState.NOT_APPLICABLE),
        ("1962-01-01", "2026-05-05", LimitState.UNDER),
        ("1961-12-31", "2030-12-30", LimitState.LIMIT_MISSING),
        ("1961-12-31", "2030-12-31", LimitState.NOT_APPLICABLE),
        ("2008-02-29", "2026-02-28", LimitState.NOT_APPLICABLE),
        ("2008-02-29", "2026-03-01", LimitState.UNDER),
    ],
)
def test_the_ages_of_the_duty(born, worked, state):
    found = only(judged(someone(born=born), earning(worked, "10.00"), as_of=worked), RULE)
    assert found.state is state


def test_work_outside_the_ages_is_left_out_of_the_sum():
    rows = [earning("2026-05-04", "10.00"), earning("2026-05-05", "20.00")]
    found = only(judged(someone(born="2008-05-05"), *rows, as_of="2026-05-05"), RULE)
    amounts = {row.code: row.amount for row in found.rows}
    assert (found.counted, amounts[RowCode.OUTSIDE_YEL_AGES]) == (euros("20.00"), euros("10.00"))


def test_an_age_not_known_is_presumed_to_be_in_the_duty():
    found = only(judged(someone(born=None), earning("2026-05-05", "10.00"), as_of="2026-05-05"), RULE)
    assert found.counted == euros("10.00")
    assert RowCode.AGE_UNKNOWN in {row.code for row in found.rows}


def test_it_says_that_a_yearly_total_is_a_proxy():
    found = only(judged(someone(), earning("2026-05-05", "10.00"), as_of="2026-05-05"), RULE)
    assert RowCode.YEARLY_TOTAL_IS_A_PROXY in {row.code for row in found.rows}
