"""What the housing allowance for pensioners comes to: worked by hand, each year's figures, households and groups."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jobcenter.benefits import Household, IncomeState, LimitState, MunicipalityGroup, NextStep, RowCode
from tests.unit.benefits.people import codes, earning, euros, housing, judged, monthly, only, someone

RULE = "pensioner_housing_allowance.amount"
CENT = Decimal("0.01")


def allowance(*, costs="600.00", other="11400.00", decided="0.00", group="1", household="single"):
    return replace(
        housing(decided),
        housing_costs_month=euros(costs),
        annual_income_other=euros(other),
        municipality_group=MunicipalityGroup(group),
        household=Household(household),
    )


def amount(held, *rows, on):
    return only(judged(someone(held), *rows, as_of=on), RULE)


def before(held, on):
    return amount(held, on=on).amounts.benefit_before


def test_the_example_of_the_case_format_by_hand():
    """Before: 0.85 x (7200 - 631.94 - 0.413 x (11400 - 9534)) / 12; after: the same with 860 more income."""
    found = amount(allowance(), earning("2022-10-03", "860.00", "2022-10-31"), on="2022-10-31")
    assert found.amounts.benefit_before == euros("410.65")
    assert found.amounts.benefit_after == euros("385.49")
    assert found.amounts.reduction == euros("25.16")
    assert (found.state, found.next_step) == (LimitState.OVER, NextStep.COUNT_WHAT_IS_LEFT)
    assert (found.counted, found.limit, found.left, found.left_hours) == (
        euros("860.00"),
        euros("0.00"),
        euros("-860.00"),
        0,
    )


# Worked by hand, no extra deductible: 0.85 x (costs, at most the group's - basic deductible) / 12.
# The one of 520 euros in the third group is also the result of an independent calculator (2023: 393.73).
WITHOUT_EXTRA = [
    ("2020-06-01", "600.00", "3", "434.10"),  # 0.85 x (6745 - 616.46) / 12, costs capped
    ("2021-06-01", "600.00", "3", "438.12"),  # 0.85 x (6804 - 618.73) / 12
    ("2022-06-01", "520.00", "1", "397.24"),  # 0.85 x (6240 - 631.94) / 12
    ("2023-06-01", "520.00", "3", "393.73"),  # 0.85 x (6240 - 681.39) / 12
    ("2024-06-01", "770.00", "1", "606.23"),  # 0.85 x (9240 - 681.39) / 12
    ("2025-06-01", "800.00", "1", "609.56"),  # 0.85 x (9287 - 681.39) / 12, costs capped
    ("2026-06-01", "800.00", "2", "556.72"),  # 0.85 x (8541 - 681.39) / 12
    ("2027-12-31", "800.00", "3", "482.49"),  # 0.85 x (7493 - 681.39) / 12
    ("2026-06-01", "800.00", "helsinki", "609.56"),
]


@pytest.mark.parametrize(("on", "costs", "group", "expected"), WITHOUT_EXTRA)
def test_without_an_extra_deductible(on, costs, group, expected):
    held = allowance(costs=costs, group=group, other="4800.00")
    assert before(held, on) == euros(expected)


# day, household, income limit; what 1000 euros above it take a month: 0.85 x rate x 1000 / 12
LIMITS = [
    ("2020-01-01", "single", "9300", "29.26"),
    ("2020-12-31", "couple_one_entitled", "13341", "29.26"),
    ("2020-12-31", "couple_both_entitled", "15184", "29.26"),
    ("2021-01-01", "single", "9334", "29.26"),
    ("2021-12-31", "couple_one_entitled", "13390", "29.26"),
    ("2021-12-31", "couple_both_entitled", "15239", "29.26"),
    ("2022-01-01", "single", "9534", "29.26"),
    ("2022-12-31", "couple_one_entitled", "13676", "29.26"),
    ("2022-12-31", "couple_both_entitled", "15565", "29.26"),
    ("2023-01-01", "single", "10280", "29.26"),
    ("2024-12-31", "single", "10280", "29.26"),
    ("2025-01-01", "single", "10280", "30.82"),
    ("2026-06-01", "couple_one_entitled", "14746", "30.82"),
    ("2026-06-01", "couple_both_entitled", "16783", "30.82"),
    ("2027-12-31", "single", "10280", "30.82"),
]


@pytest.mark.parametrize(("on", "household", "limit", "taken"), LIMITS)
def test_the_income_from_which_it_falls_and_by_how_much(on, household, limit, taken):
    held = allowance(other=limit, household=household)
    level = before(held, on)
    assert before(allowance(other=str(euros(limit) - 1), household=household), on) == level
    above = before(allowance(other=str(euros(limit) + 1000), household=household), on)
    assert abs(level - above - euros(taken)) <= CENT


@pytest.mark.parametrize(("on", "share"), [("2024-12-31", "0.351"), ("2025-01-01", "0.370")])
def test_what_one_more_euro_takes_in_a_year(on, share):
    """Over a large enough income that the rounding of months does not show."""
    low, high = (before(allowance(other=other, costs="770.00"), on) for other in ("11000.00", "21000.00"))
    assert ((low - high) * 12 / 10000).quantize(Decimal("0.001")) == euros(share)


@pytest.mark.parametrize(
    ("work", "state", "hours", "fallen"),
    [
        ("0.00", LimitState.UNDER, 28, False),
        ("270.00", LimitState.UNDER, 1, False),
        ("279.99", LimitState.UNDER, 0, False),
        ("280.00", LimitState.UNDER, 0, False),
        ("280.01", LimitState.OVER, 0, False),
        ("281.00", LimitState.OVER, 0, True),
        ("1280.00", LimitState.OVER, 0, True),
    ],
)
def test_what_can_be_earned_before_it_falls(work, state, hours, fallen):
    """Other income 10000 of a limit of 10280: 280 euros of work a year change nothing."""
    found = amount(allowance(other="10000.00"), earning("2026-06-03", work), on="2026-06-30")
    assert (found.limit, found.state, found.left_hours) == (euros("280.00"), state, hours)
    assert (found.amounts.reduction > 0) is fallen


def test_agreed_work_is_judged_apart_and_in_what_it_becomes():
    rows = [earning("2026-06-03", "100.00"), earning("2026-06-20", "1180.00", state=IncomeState.AGREED)]
    found = amount(allowance(other="10000.00"), *rows, on="2026-06-10")
    assert (found.state, found.state_with_agreed) == (LimitState.UNDER, LimitState.OVER)
    assert found.next_step is NextStep.TALK_BEFORE_GIGS
    assert found.amounts.reduction == euros("30.81")


def test_recurring_work_is_seen_a_year_ahead():
    found = amount(allowance(), monthly("2026-06-03", "100.00"), on="2026-06-30")
    assert found.counted == euros("1200.00")
    assert found.amounts.reduction == euros("36.97")


def test_work_that_the_decision_counts_already_takes_nothing_more():
    held = allowance(decided="1200.00")
    for work, state, sign in [
        ("1200.00", LimitState.UNDER, 0),
        ("800.00", LimitState.UNDER, -1),
        ("1250.00", LimitState.OVER, 1),
    ]:
        found = amount(held, earning("2026-06-03", work), on="2026-06-30")
        assert (found.limit, found.state) == (euros("1200.00"), state)
        assert found.amounts.reduction.compare(0) == sign


@pytest.mark.parametrize(
    ("on", "least"), [("2020-06-01", "6.75"), ("2021-06-01", "6.77"), ("2022-06-01", "6.92"), ("2026-06-01", "7.46")]
)
def test_nothing_is_paid_below_the_least_amount(on, least):
    """Costs are chosen so that the allowance passes the least amount between one cent of rent and the next."""
    costs = {"2020-06-01": "59.31", "2021-06-01": "59.52", "2022-06-01": "60.80", "2026-06-01": "65.55"}[on]
    assert before(allowance(costs=costs, other="0.00"), on) == 0
    assert before(allowance(costs=str(euros(costs) + CENT), other="0.00"), on) >= euros(least)


def test_where_nothing_is_paid_nothing_falls():
    found = amount(allowance(other="90000.00"), earning("2026-06-03", "500.00"), on="2026-06-30")
    assert (found.amounts.benefit_before, found.amounts.benefit_after) == (0, 0)
    assert (found.state, found.next_step) == (LimitState.UNDER, NextStep.NOTHING)


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ("decided_annual_income", RowCode.DECIDED_INCOME_UNKNOWN),
        ("annual_income_other", RowCode.OTHER_YEARLY_INCOME_UNKNOWN),
        ("household", RowCode.HOUSEHOLD_FORM_UNKNOWN),
        ("municipality_group", RowCode.MUNICIPALITY_GROUP_UNKNOWN),
        ("housing_costs_month", RowCode.HOUSING_COSTS_UNKNOWN),
    ],
)
def test_a_fact_not_known_is_named(missing, code):
    found = amount(replace(allowance(), **{missing: None}), on="2026-06-30")
    assert (found.state, found.next_step, found.safe) == (LimitState.ASK, NextStep.ASK_PERSON, False)
    unknown = {row.code for row in found.rows if row.code is not RowCode.NOT_VERIFIED}
    assert unknown == {code}


def test_a_group_that_this_allowance_does_not_have_is_asked():
    assert RowCode.MUNICIPALITY_GROUP_UNKNOWN in codes(amount(allowance(group="4"), on="2026-06-30"))


@pytest.mark.parametrize("on", ["2019-12-31", "2028-01-01"])
def test_a_year_without_figures_is_never_safe(on):
    found = amount(allowance(), on=on)
    assert (found.state, found.safe, found.amounts.benefit_before) == (LimitState.LIMIT_MISSING, False, None)


def test_it_says_that_the_amount_waits_for_a_review_that_wealth_is_left_out_and_whose_it_is():
    single = amount(allowance(), on="2026-06-30")
    both = amount(allowance(household="couple_both_entitled"), on="2026-06-30")
    assert {RowCode.AMOUNT_CHANGES_AT_REVIEW, RowCode.FORMULA} <= codes(single) & codes(both)
    assert RowCode.AMOUNT_FOR_BOTH in codes(both) - codes(single)


def test_nobody_is_asked_about_an_allowance_that_they_do_not_have():
    assert judged(someone(), as_of="2026-06-30") == ()
