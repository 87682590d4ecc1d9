"""YEL by the yearly value of the work: stretches of months, the four months, seasons, and each year's limit."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jobcenter.benefits import ContractForm, IncomeState, LimitState, NextStep, RowCode
from tests.unit.benefits.people import PENSION, codes, day, earning, euros, judged, monthly, only, someone

RULE = "yel.annualised"
CENT = Decimal("0.01")

LIMITS = {
    2018: "7656.26",
    2019: "7799.37",
    2020: "7958.99",
    2021: "8063.57",
    2022: "8261.71",
    2023: "8575.45",
    2024: "9010.28",
    2025: "9208.43",
    2026: "9423.09",
}


def months(year, *amounts, first=1, **options):
    return [earning(f"{year}-{first + index:02}-10", amount, **options) for index, amount in enumerate(amounts)]


def assessed(*rows, as_of, who=None):
    return only(judged(who or someone(), *rows, as_of=as_of), RULE)


def test_half_a_year_at_1500_is_over_though_its_calendar_total_is_not():
    rows = months(2026, *["1500.00"] * 6)
    found = judged(someone(), *rows, as_of="2026-06-30")
    annualised, calendar = only(found, RULE), only(found, "yel.yearly_limit")
    assert (annualised.counted, annualised.state) == (euros("18000.00"), LimitState.OVER)
    assert (calendar.counted, calendar.state) == (euros("9000.00"), LimitState.NEAR)
    assert annualised.next_step is NextStep.TALK_ABOUT_YEL
    amounts = {row.code: row.amount for row in annualised.rows}
    assert (amounts[RowCode.AVERAGE_MONTH], amounts[RowCode.MONTHS_IN_A_ROW]) == (euros("1500.00"), 6)


@pytest.mark.parametrize(("year", "limit"), LIMITS.items())
def test_the_limit_of_each_year_to_the_cent(year, limit):
    """Three months and a fourth that makes the yearly value a cent less, the limit, and a cent more: sum x 3."""
    for more, state in [(-CENT, LimitState.NEAR), (0, LimitState.AT_LIMIT), (CENT, LimitState.OVER)]:
        rows = months(year, "500.00", "500.00", "500.00", (euros(limit) + more) / 3 - 1500)
        found = assessed(*rows, as_of=f"{year}-12-31")
        assert (found.limit, found.counted, found.state) == (euros(limit), euros(limit) + more, state)


@pytest.mark.parametrize("on", ["2017-12-31", "2027-01-01"])
def test_a_year_without_a_value_is_never_safe(on):
    found = assessed(earning(on, "10.00"), as_of=on)
    assert (found.state, found.safe) == (LimitState.LIMIT_MISSING, False)


@pytest.mark.parametrize(
    ("first", "state"), [("2026-12-31", LimitState.UNDER), ("2027-01-01", LimitState.LIMIT_MISSING)]
)
def test_a_stretch_that_begins_in_a_year_without_a_value_is_never_safe(first, state):
    ahead = earning(first, "10.00", state=IncomeState.AGREED)
    assert assessed(earning("2026-10-05", "10.00"), ahead, as_of="2026-11-22").state is state


@pytest.mark.parametrize(
    ("amounts", "counted", "state", "short"),
    [
        (["785.25"], "2355.75", LimitState.UNDER, True),
        (["785.26"], "2355.78", LimitState.NEAR, True),
        (["1500.00"] * 3, "13500.00", LimitState.NEAR, True),
        (["1500.00"] * 4, "18000.00", LimitState.OVER, False),
        (["628.20"] * 4, "7538.40", LimitState.UNDER, False),
        (["628.21"] * 4, "7538.52", LimitState.NEAR, False),
        (["1500.00", "1500.00", "1500.00", "0.01"], "13500.03", LimitState.OVER, False),
    ],
)
def test_under_four_months_it_is_near_at_most(amounts, counted, state, short):
    found = assessed(*months(2026, *amounts), as_of="2026-06-30")
    assert (found.counted, found.state) == (euros(counted), state)
    assert (RowCode.SHORTER_THAN_ACTIVITY in codes(found)) is short


@pytest.mark.parametrize(("last", "state"), [("750.84", LimitState.UNDER), ("750.85", LimitState.NEAR)])
def test_a_short_stretch_is_near_from_the_limit_of_its_average_on(last, state):
    """Three months of 2252.57 euros in all make a year of 9010.28, the limit of 2024."""
    assert assessed(*months(2024, "750.86", "750.86", last), as_of="2024-06-30").state is state


def test_a_month_without_work_breaks_the_stretch():
    rows = [*months(2026, *["1500.00"] * 3), *months(2026, *["1500.00"] * 3, first=5)]
    found = assessed(*rows, as_of="2026-07-31")
    assert found.state is LimitState.NEAR
    joined = assessed(*rows, earning("2026-04-30", "1.00"), as_of="2026-07-31")
    assert joined.state is LimitState.OVER


def test_work_of_nothing_does_not_join_months():
    rows = [*months(2026, *["1500.00"] * 3), earning("2026-04-30", "0.00"), earning("2026-05-10", "1500.00")]
    assert assessed(*rows, as_of="2026-07-31").state is LimitState.NEAR


def test_a_stretch_goes_on_over_the_turn_of_the_year():
    rows = [*months(2025, "1500.00", "1500.00", first=11), *months(2026, "1500.00", "1500.00")]
    found = assessed(*rows, as_of="2026-02-28")
    assert (found.counted, found.state) == (euros("18000.00"), LimitState.OVER)
    assert (found.period_from, found.period_to) == (day("2025-11-01"), day("2026-10-31"))


@pytest.mark.parametrize(
    ("amounts", "counted"),
    [
        (["100.00", "900.00", "900.00", "900.00", "900.00", "100.00"], "10800.00"),
        (["900.00"] * 4 + ["10.00"] * 6, "10800.00"),
        (["400.00"] * 10, "4800.00"),
        (["900.00", "900.00", "10.00", "900.00", "900.00"], "8664.00"),
    ],
)
def test_the_best_paid_months_in_a_row_count(amounts, counted):
    assert assessed(*months(2026, *amounts), as_of="2026-10-31").counted == euros(counted)


def test_one_small_gig_more_never_makes_the_value_less():
    rows = months(2026, "860.00")
    values = []
    for month in range(2, 9):
        values.append(assessed(*rows, as_of="2026-08-31").counted)
        rows.append(earning(f"2026-{month:02}-10", "5.00"))
    assert values == sorted(values)


def test_agreed_months_are_judged_apart():
    done = months(2026, *["1000.00"] * 3)
    ahead = months(2026, "1000.00", first=4, state=IncomeState.AGREED)
    found = assessed(*done, *ahead, as_of="2026-03-31")
    assert (found.counted, found.agreed) == (euros("9000.00"), euros("3000.00"))
    assert (found.state, found.state_with_agreed) == (LimitState.NEAR, LimitState.OVER)
    assert found.next_step is NextStep.TALK_BEFORE_GIGS


def test_only_agreed_work_counts_ahead():
    found = assessed(*months(2026, "900.00", first=4, state=IncomeState.OFFERED), as_of="2026-03-31")
    assert (found.counted, found.agreed, found.state) == (euros("0.00"), euros("2700.00"), LimitState.UNDER)
    assert found.state_with_agreed is LimitState.NEAR


@pytest.mark.parametrize(("earned", "hours"), [("2000.00", 114), ("3130.00", 1), ("3131.03", 0), ("3141.03", 0)])
def test_hours_left_are_real_hours(earned, hours):
    """Each euro in four months adds three to the yearly value, so 9423.09 is reached by 3141.03 in four months."""
    quarter = euros(earned) / 4
    found = assessed(*months(2026, *[quarter] * 4), as_of="2026-04-30")
    assert found.left_hours == hours
    more = [earning("2026-04-20", 10 * (hours + 1))]
    if hours:
        assert assessed(*months(2026, *[quarter] * 4), *more, as_of="2026-04-30").state.safe is False


@pytest.mark.parametrize(("per_month", "state"), [("785.25", LimitState.NEAR), ("785.26", LimitState.OVER)])
def test_recurring_work_counts_by_what_it_brings_a_month(per_month, state):
    rows = [monthly(f"2026-0{month}-10", per_month) for month in (1, 2, 3, 4)]
    found = assessed(*rows, as_of="2026-04-30")
    assert (found.counted, found.state) == (12 * euros(per_month), state)


def test_recurring_work_of_one_known_month_is_near():
    found = assessed(monthly("2026-01-10", "900.00"), as_of="2026-01-31")
    assert (found.counted, found.state) == (euros("10800.00"), LimitState.NEAR)


def test_of_recurring_work_what_it_comes_to_counts_if_that_is_more():
    rows = [replace(monthly(f"2026-0{month}-10", "50.00"), gross=euros("900.00")) for month in (1, 2, 3)]
    found = assessed(*rows, as_of="2026-06-30")
    assert (found.counted, found.state) == (euros("8100.00"), LimitState.NEAR)
    found = assessed(*rows, *months(2026, "20.00", "20.00", first=4), as_of="2026-06-30")
    assert (found.counted, found.state) == (euros("8160.00"), LimitState.NEAR)


@pytest.mark.parametrize(
    ("before", "repeats"), [("2025-06-15", True), ("2025-07-31", True), ("2025-05-31", False), ("2025-08-01", False)]
)
def test_work_of_the_same_season_a_year_before_is_told(before, repeats):
    rows = [earning(before, "1000.00"), *months(2026, "1000.00", "1000.00", first=6)]
    found = assessed(*rows, as_of="2026-07-31")
    assert (RowCode.SEASONAL_WORK_REPEATS in codes(found)) is repeats
    assert found.state is LimitState.NEAR


@pytest.mark.parametrize(
    ("worked", "within"), [("2025-06-30", False), ("2025-07-01", True), ("2027-05-31", True), ("2027-06-01", False)]
)
def test_the_months_looked_at(worked, within):
    found = judged(someone(), earning(worked, "10.00"), as_of="2026-06-15")
    assert ([a.rule for a in found if a.rule == RULE] == [RULE]) is within


def test_the_day_by_which_to_take_it_out():
    found = assessed(*months(2026, *["1500.00"] * 6), as_of="2026-06-30")
    (row,) = [row for row in found.rows if row.code is RowCode.TAKE_OUT_BY]
    assert row.day == day("2026-07-10")


def test_the_insured_are_left_in_peace():
    insured = someone(replace(PENSION, confirmed_yel_income=euros("9500.00")))
    found = assessed(*months(2026, *["1500.00"] * 6), as_of="2026-06-30", who=insured)
    assert (found.state, found.next_step) == (LimitState.NOT_APPLICABLE, NextStep.NOTHING)
    assert RowCode.HAS_YEL_POLICY in codes(found)


def test_work_outside_the_ages_is_left_out():
    young = someone(born="2008-03-01")
    found = assessed(*months(2026, *["1500.00"] * 5), as_of="2026-06-30", who=young)
    assert (found.counted, found.state) == (euros("13500.00"), LimitState.NEAR)
    idle = assessed(*months(2026, "1500.00"), as_of="2026-06-30", who=young)
    assert (idle.state, RowCode.OUTSIDE_YEL_AGES in codes(idle)) == (LimitState.NOT_APPLICABLE, True)


def test_wages_are_not_assignment_income_and_told_work_is():
    wages = months(2026, *["1500.00"] * 6, contract=ContractForm.PARTNER)
    assert judged(someone(), *wages, as_of="2026-06-30") == ()
    told = [replace(row, told=True) for row in months(2026, *["1500.00"] * 4)]
    assert assessed(*told, as_of="2026-06-30").state is LimitState.OVER


@pytest.mark.parametrize(("amount", "state"), [("1000.00", LimitState.OVER), ("500.00", LimitState.LIMIT_MISSING)])
def test_a_gig_in_a_year_without_a_limit_does_not_hide_what_is_over_already(amount, state):
    ahead = earning("2027-01-10", "100.00", state=IncomeState.AGREED)
    found = assessed(*months(2026, *[amount] * 4, first=5), ahead, as_of="2026-11-22")
    assert found.state is state
    assert RowCode.VALUE_MISSING in codes(found)
    assert found.next_step is (NextStep.TALK_ABOUT_YEL if state is LimitState.OVER else NextStep.WAIT_FOR_LIMIT)


def test_the_limit_of_the_day_looked_at_comes_first():
    found = assessed(*months(2027, "1000.00"), as_of="2027-02-01")
    assert [row.code for row in found.rows].count(RowCode.VALUE_MISSING) == 1
