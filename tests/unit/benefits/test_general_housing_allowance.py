"""The general housing allowance: what starts a review, what a month of gigs is, and the amount before and after."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import (
    BenefitHeld,
    BenefitKind,
    IncomeState,
    LimitState,
    MunicipalityGroup,
    NextStep,
    RowCode,
    ValueStatus,
)
from tests.unit.benefits.people import day, earning, euros, judged, only, someone

REVIEW = "general_housing_allowance.review"
AMOUNT = "general_housing_allowance.amount"
CENT = Decimal("0.01")


def allowance(decided="800.00", other="800.00", **more):
    figures = {
        "decided_monthly_income": decided and euros(decided),
        "other_income_month": other and euros(other),
        "municipality_group": MunicipalityGroup.HELSINKI,
        "adults": 1,
        "children": 0,
        "rent": euros("700.00"),
        "decided_on": day("2022-01-10"),
    }
    return BenefitHeld(BenefitKind.GENERAL_HOUSING_ALLOWANCE, day("2015-01-01"), None, **(figures | more))


def monthly(on, per_month, **more):
    """Work that brings so much a month, told on its first day."""
    return replace(earning(on, "0.00", recurring=True, **more), per_month=euros(per_month))


def review(*income, as_of, held=None):
    return only(judged(someone(held or allowance()), *income, as_of=as_of), REVIEW)


def amount(*income, as_of, held=None):
    return only(judged(someone(held or allowance()), *income, as_of=as_of), AMOUNT)


def codes(found):
    return {row.code for row in found.rows}


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2015-01-01", ValueStatus.CONFIRMED),
        ("2022-10-31", ValueStatus.CONFIRMED),
        ("2024-04-01", ValueStatus.CONFIRMED),
        ("2024-12-31", ValueStatus.CONFIRMED),
        ("2025-01-01", ValueStatus.EXPECTED),
        ("2026-12-31", ValueStatus.EXPECTED),
    ],
)
def test_a_rise_of_400_a_month_starts_a_review(on, status):
    for grown, state, step in [
        ("0.00", LimitState.NO_REVIEW, NextStep.NOTHING),
        ("319.99", LimitState.NO_REVIEW, NextStep.NOTHING),
        ("320.00", LimitState.NEAR, NextStep.PLAN_HOURS),
        ("399.99", LimitState.NEAR, NextStep.PLAN_HOURS),
        ("400.00", LimitState.REVIEW_DUE, NextStep.APPLY_FOR_REVIEW),
        ("400.01", LimitState.REVIEW_DUE, NextStep.APPLY_FOR_REVIEW),
    ]:
        found = review(monthly(on, grown), as_of=on)
        assert (found.counted, found.limit, found.state, found.next_step) == (euros(grown), 400, state, step)
        assert found.status is status
        assert (RowCode.NOT_VERIFIED in codes(found)) == (status is ValueStatus.EXPECTED)


@pytest.mark.parametrize(
    ("other", "state"),
    [("600.01", LimitState.NO_REVIEW), ("600.00", LimitState.REVIEW_DUE), ("599.99", LimitState.REVIEW_DUE)],
)
def test_a_fall_of_200_a_month_starts_one_too(other, state):
    found = review(as_of="2022-10-31", held=allowance(other=other))
    assert (found.state, found.state_with_agreed) == (state, state)
    assert (RowCode.INCOME_HAS_FALLEN in codes(found)) == (state is LimitState.REVIEW_DUE)


def test_a_fall_is_concluded_from_gigs_ahead_too():
    ahead = monthly("2022-11-01", "150.00", state=IncomeState.AGREED)
    assert review(ahead, as_of="2022-10-31", held=allowance(other="600.00")).state is LimitState.NO_REVIEW


@pytest.mark.parametrize("on", ["2014-12-31", "2027-01-01"])
def test_a_year_without_a_value_is_never_safe(on):
    assert review(as_of=on).state is LimitState.LIMIT_MISSING
    assert amount(as_of=on).state is LimitState.LIMIT_MISSING


@pytest.mark.parametrize(
    ("held", "code"),
    [
        (allowance(decided=None), RowCode.DECIDED_MONTHLY_INCOME_UNKNOWN),
        (allowance(other=None), RowCode.OTHER_INCOME_UNKNOWN),
    ],
)
def test_an_income_not_known_is_asked_for(held, code):
    found = review(monthly("2022-10-01", "100.00"), as_of="2022-10-31", held=held)
    assert (found.state, found.next_step, found.counted) == (LimitState.ASK, NextStep.ASK_PERSON, None)
    assert code in codes(found)


@pytest.mark.parametrize(
    ("income", "counted", "with_agreed"),
    [
        # A single gig is a twelfth of it a month.
        ([("2022-10-03", "1200.00", "paid")], "100.00", "100.00"),
        # Two months are an average still, three in a row are steady: what each of them reaches counts.
        ([("2022-09-03", "300.00", "paid"), ("2022-10-03", "300.00", "paid")], "50.00", "50.00"),
        ([(f"2022-{m:02}-03", f"{m}00.00", "paid") for m in (8, 9, 10)], "800.00", "800.00"),
        # A gap breaks the row.
        ([(f"2022-{m:02}-03", "300.00", "paid") for m in (6, 7, 9, 10)], "100.00", "100.00"),
        # Gigs ahead belong to the year to come.
        ([("2022-09-03", "600.00", "paid"), ("2023-09-03", "600.00", "agreed")], "50.00", "50.00"),
        ([("2022-11-03", "600.00", "paid"), ("2023-09-03", "600.00", "agreed")], "0.00", "100.00"),
        # Older than twelve months is past.
        ([("2021-10-31", "1200.00", "paid"), ("2021-11-01", "120.00", "paid")], "10.00", "10.00"),
    ],
)
def test_what_a_month_of_gigs_is(income, counted, with_agreed):
    rows = [earning(on, gross, state=IncomeState(state)) for on, gross, state in income]
    found = review(*rows, as_of="2022-10-31")
    assert (str(found.counted), str(found.counted + found.agreed)) == (counted, with_agreed)


def test_the_month_of_most_regular_work_counts_and_its_continuation_not_again():
    rows = [
        monthly("2022-09-01", "150.00"),
        monthly("2022-10-01", "150.00"),
        monthly("2022-10-02", "50.00"),
        earning("2022-10-03", "120.00"),
    ]
    assert str(review(*rows, as_of="2022-10-31").counted) == "210.00"


@pytest.mark.parametrize(
    ("worked", "paid_from"), [("2022-02-01", "2022-03-01"), ("2022-02-04", "2022-04-01"), ("2022-12-31", "2023-02-01")]
)
def test_from_when_a_new_amount_is_paid(worked, paid_from):
    found = review(monthly(worked, "500.00"), as_of="2022-12-31")
    (row,) = [row for row in found.rows if row.code is RowCode.NEW_AMOUNT_FROM]
    assert row.day == date.fromisoformat(paid_from)


def test_work_before_the_decision_is_no_change():
    held = allowance(decided_on=day("2022-06-01"))
    assert RowCode.NEW_AMOUNT_FROM not in codes(review(monthly("2022-05-01", "1.00"), as_of="2022-10-31", held=held))


def helsinki(other="0.00", **more):
    return allowance(decided=other, other=other, **more)


@pytest.mark.parametrize(
    ("as_of", "decided_on", "earned", "before", "after"),
    [
        # 2022: 0.80 x 537; free 619 + 103 = 722; 300 of earnings are left out.
        ("2022-06-15", "2022-01-10", "1022.00", "429.60", "429.60"),
        # 0.42 x (1,122 - 300 - 722) = 42, and 0.80 x (537 - 42) = 396.00.
        ("2022-06-15", "2022-01-10", "1122.00", "429.60", "396.00"),
        # A deductible of 0.42 x 23 = 9.66 is ignored, of 0.42 x 24 = 10.08 is not: 0.80 x 526.92 = 421.536.
        ("2022-06-15", "2022-01-10", "1045.00", "429.60", "429.60"),
        ("2022-06-15", "2022-01-10", "1046.00", "429.60", "421.54"),
        # 2023: 0.80 x 582 = 465.60; free 667 + 111 = 778; 0.42 x (1,178 - 300 - 778) = 42: 0.80 x 540.
        ("2023-06-15", "2023-01-10", "1178.00", "465.60", "432.00"),
        # From April 2024: 0.70 x 563 = 394.10; free 667 + 94 = 761; 0.50 x (861 - 761) = 50: 0.70 x 513 = 359.10.
        ("2024-06-15", "2024-04-01", "861.00", "394.10", "359.10"),
        ("2026-06-15", "2026-01-10", "861.00", "394.10", "359.10"),
        # Less than 15 euros is not paid: 0.70 x (563 - 542) = 14.70, 0.70 x (563 - 541) = 15.40.
        ("2026-06-15", "2026-01-10", "1843.00", "394.10", "15.40"),
        ("2026-06-15", "2026-01-10", "1845.00", "394.10", "0.00"),
    ],
)
def test_the_amount_before_and_after(as_of, decided_on, earned, before, after):
    found = amount(monthly(as_of, earned), as_of=as_of, held=helsinki(decided_on=day(decided_on)))
    amounts = found.amounts
    assert (str(amounts.benefit_before), str(amounts.benefit_after)) == (before, after)
    assert amounts.reduction == euros(before) - euros(after)
    assert found.state is (LimitState.OVER if before != after else LimitState.UNDER)


def test_a_small_rent_is_accepted_as_it_is():
    held = helsinki(rent=euros("400.00"))
    assert str(amount(as_of="2022-06-15", held=held).amounts.benefit_before) == "320.00"


@pytest.mark.parametrize(
    ("as_of", "decided_on", "before", "after", "waits"),
    [
        # Until the first review the formula of the decision: 300 left out of 350, and 0.80 x 582.
        ("2024-03-31", "2023-05-10", "465.60", "465.60", False),
        ("2024-04-01", "2024-03-31", "465.60", "465.60", True),
        ("2025-03-31", "2024-03-31", "465.60", "465.60", True),
        # A decision on the day of the change, and a year later everyone: 0.70 x 563, and nothing is left out.
        ("2024-04-01", "2024-04-01", "394.10", "394.10", False),
        ("2025-04-01", "2024-03-31", "394.10", "394.10", False),
    ],
)
def test_the_change_of_2024_holds_from_the_next_review(as_of, decided_on, before, after, waits):
    found = amount(monthly(as_of, "350.00"), as_of=as_of, held=helsinki(decided_on=day(decided_on)))
    assert (str(found.amounts.benefit_before), str(found.amounts.benefit_after)) == (before, after)
    assert (RowCode.NEW_LAW_AT_REVIEW in codes(found)) == waits
    assert RowCode.AMOUNT_CHANGES_AT_REVIEW in codes(found)


def test_a_review_that_earnings_start_brings_the_new_law():
    held = helsinki(decided_on=day("2024-03-31"))
    found = amount(monthly("2024-06-15", "400.00"), as_of="2024-06-15", held=held)
    assert (str(found.amounts.benefit_before), str(found.amounts.benefit_after)) == ("465.60", "394.10")
    assert RowCode.AMOUNT_CHANGES_AT_REVIEW not in codes(found)


@pytest.mark.parametrize(("as_of", "limit"), [("2022-06-15", "522.00"), ("2026-06-15", "261.00")])
def test_what_gigs_may_bring_before_the_amount_falls(as_of, limit):
    """2022: free 722 - 500 of other income + 300 left out; 2026: free 761 - 500."""
    for more, state in [(-CENT, LimitState.UNDER), (0, LimitState.UNDER), (100, LimitState.OVER)]:
        found = amount(monthly(as_of, euros(limit) + more), as_of=as_of, held=helsinki("500.00"))
        assert (found.limit, found.state) == (euros(limit), state)


@pytest.mark.parametrize(
    ("group", "persons", "as_of", "paid"),
    [
        (MunicipalityGroup.FIRST, 1, "2022-06-15", "429.60"),
        (MunicipalityGroup.SECOND, 1, "2022-06-15", "416.00"),  # 0.80 x 520
        (MunicipalityGroup.THIRD, 4, "2022-06-15", "724.80"),  # 0.80 x 906
        (MunicipalityGroup.FOURTH, 6, "2022-06-15", "836.80"),  # 0.80 x (808 + 2 x 119)
        (MunicipalityGroup.FIRST, 2, "2023-06-15", "674.40"),  # 0.80 x 843
        (MunicipalityGroup.FIRST, 2, "2026-06-15", "565.60"),  # 0.70 x 808
        (MunicipalityGroup.HELSINKI, 5, "2026-06-15", "935.20"),  # 0.70 x (1,188 + 148)
        (MunicipalityGroup.SECOND, 1, "2026-06-15", "312.90"),  # 0.70 x 447
        (MunicipalityGroup.THIRD, 3, "2026-06-15", "513.80"),  # 0.70 x 734
    ],
)
def test_the_cap_of_each_group_and_household(group, persons, as_of, paid):
    held = helsinki(
        municipality_group=group,
        children=persons - 1,
        rent=euros("3000.00"),
        decided_on=day(as_of),
    )
    assert str(amount(as_of=as_of, held=held).amounts.benefit_before) == paid


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"rent": None}, RowCode.RENT_UNKNOWN),
        ({"municipality_group": None}, RowCode.MUNICIPALITY_GROUP_UNKNOWN),
        ({"adults": None}, RowCode.HOUSEHOLD_UNKNOWN),
        ({"children": None}, RowCode.HOUSEHOLD_UNKNOWN),
        ({"adults": 0}, RowCode.HOUSEHOLD_UNKNOWN),
        ({"other_income_month": None}, RowCode.OTHER_INCOME_UNKNOWN),
        ({"decided_on": None}, RowCode.DECIDED_ON_UNKNOWN),
        (
            {"municipality_group": MunicipalityGroup.FOURTH, "decided_on": day("2024-05-01")},
            RowCode.MUNICIPALITY_GROUP_GONE,
        ),
    ],
)
def test_a_figure_not_known_is_asked_for(figures, code):
    found = amount(as_of="2024-06-15", held=allowance(**figures))
    assert (found.state, found.next_step, found.amounts.benefit_before) == (LimitState.ASK, NextStep.ASK_PERSON, None)
    assert code in codes(found)


def test_the_day_of_the_decision_matters_only_while_the_change_waits():
    assert amount(as_of="2026-06-15", held=helsinki(decided_on=None)).state is LimitState.UNDER


def test_the_caps_of_next_year_are_missing():
    assert amount(as_of="2027-06-15", held=helsinki()).state is LimitState.LIMIT_MISSING


@pytest.mark.parametrize(("begins", "growth"), [("2026-12-01", "500.00"), ("2026-11-22", "-1700.00")])
def test_a_decision_to_come_does_not_take_the_place_of_the_one_in_force(begins, growth):
    """Of two held on the day looked at, the later decision is the one in force."""
    coming = replace(allowance(decided="3000.00"), from_=day(begins))
    person = someone(allowance(), coming)
    found = only(judged(person, earning("2026-10-10", "6000.00"), as_of="2026-11-22"), REVIEW)
    assert found.counted == euros(growth)
