"""Enforcement: the protected portion of each year to the cent, and each step of what is taken."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jobcenter.benefits import (
    BenefitHeld,
    BenefitKind,
    ContractForm,
    IncomeState,
    LimitState,
    NextStep,
    RowCode,
    ValueStatus,
)
from tests.unit.benefits.people import day, earning, euros, judged, only, someone

RULE = "enforcement.protected_portion"
CENT = Decimal("0.01")


def debts(dependants=0, other="0.00"):
    other = None if other is None else euros(other)
    return BenefitHeld(BenefitKind.ENFORCEMENT, day("2010-01-01"), None, dependants=dependants, net_pay_other=other)


def wage(on, net, **more):
    return replace(earning(on, euros(net) * 2, contract=ContractForm.PARTNER, **more), net=euros(net))


def found_for(*income, as_of, held=None):
    return only(judged(someone(held or debts()), *income, as_of=as_of), RULE, as_of[:8] + "01")


# 30 x the portion of a day: 22.71, 23.20, 30.75, 32.56, 32.88 and (derived) 33.03; each dependant 8.15 ... 9.65.
PORTIONS = [
    ("2021-01-01", 0, "681.30"),
    ("2021-12-31", 1, "925.80"),
    ("2021-06-15", 3, "1414.80"),
    ("2022-01-01", 0, "696.00"),
    ("2022-12-31", 1, "946.20"),
    ("2023-01-01", 0, "922.50"),
    ("2023-12-31", 2, "1461.90"),
    ("2024-01-01", 0, "976.80"),
    ("2024-12-31", 1, "1262.40"),
    ("2025-01-01", 0, "986.40"),
    ("2025-12-31", 1, "1274.70"),
    ("2026-01-01", 0, "990.90"),
    ("2026-12-31", 1, "1280.40"),
]


@pytest.mark.parametrize(("on", "dependants", "portion"), PORTIONS)
def test_the_protected_portion_of_each_year_to_the_cent(on, dependants, portion):
    for more, state, seized in [
        (-CENT, LimitState.NEAR, "0.00"),
        (0, LimitState.AT_LIMIT, "0.00"),
        (CENT, LimitState.OVER, "0.01"),
        (Decimal(3), LimitState.OVER, "2.00"),
    ]:
        found = found_for(wage(on, euros(portion) + more), as_of=on, held=debts(dependants))
        assert (found.limit, found.state, str(found.amounts.seized)) == (euros(portion), state, seized)


@pytest.mark.parametrize("on", ["2020-12-31", "2027-01-01"])
def test_a_year_without_a_portion_is_never_safe(on):
    assert found_for(wage(on, "1.00"), as_of=on).state is LimitState.LIMIT_MISSING


def test_the_portion_of_2026_is_derived():
    assert found_for(as_of="2026-05-31").status is ValueStatus.DERIVED


@pytest.mark.parametrize(
    ("net", "seized"),
    [
        # 2024, no dependants: the portion is 976.80, twice 1,953.60, four times 3,907.20.
        ("1076.80", "66.67"),  # 2/3 of 100
        ("1953.60", "651.20"),  # 2/3 of 976.80 = 1/3 of 1,953.60
        ("1953.63", "651.21"),  # 1/3 of all
        ("3000.00", "1000.00"),
        ("3907.20", "1302.40"),  # 1/3 of four portions
        ("3917.20", "1310.40"),  # and 4/5 of the 10 above
        ("9000.00", "4500.00"),  # 1,302.40 + 4/5 of 5,092.80 = 5,376.64, but never over half
    ],
)
def test_each_step_of_what_is_taken(net, seized):
    assert str(found_for(wage("2024-03-10", net), as_of="2024-03-31").amounts.seized) == seized


def test_pay_of_others_counts_together_with_gigs():
    found = found_for(wage("2024-03-10", "200.00"), as_of="2024-03-31", held=debts(other="900.00"))
    assert (found.counted, found.left, found.state) == (euros("1100.00"), euros("-123.20"), LimitState.OVER)
    assert str(found.amounts.seized) == "82.13"
    assert found.next_step is NextStep.ASK_ENFORCEMENT


@pytest.mark.parametrize(
    ("held", "code"),
    [(debts(None), RowCode.DEPENDANTS_UNKNOWN), (debts(other=None), RowCode.NET_PAY_OTHER_UNKNOWN)],
)
def test_what_is_not_known_is_asked(held, code):
    found = found_for(wage("2024-03-10", "200.00"), as_of="2024-03-31", held=held)
    assert (found.state, found.next_step, found.amounts.seized) == (LimitState.ASK, NextStep.ASK_PERSON, None)
    assert code in {row.code for row in found.rows}


def test_of_an_assignment_a_sixth_is_taken_whatever_the_portion():
    row = replace(earning("2024-03-10", "100.00"), net=euros("60.00"))
    found = found_for(row, as_of="2024-03-31")
    assert (found.counted, str(found.amounts.seized), found.state) == (60, "10.00", LimitState.OVER)
    both = found_for(row, wage("2024-03-11", "1076.80"), as_of="2024-03-31")
    assert (str(both.amounts.seized), both.counted) == ("76.67", euros("1136.80"))


def test_no_third_is_rounded():
    """A third of 2851.19 and a sixth of 161.45 are 977.305 exactly."""
    found = found_for(earning("2022-01-10", "161.45"), as_of="2022-01-31", held=debts(1, "2851.19"))
    assert str(found.amounts.seized) == "977.31"


@pytest.mark.parametrize(("gross", "hours", "business"), [("0.00", 97, False), ("0.01", 0, True)])
def test_an_assignment_of_nothing_takes_no_hours(gross, hours, business):
    found = found_for(earning("2024-03-10", gross), as_of="2024-03-31")
    assert (found.left_hours, found.left_hours_with_agreed) == (hours, hours)
    assert (RowCode.BUSINESS_SIXTH in {row.code for row in found.rows}) is business


def test_of_what_was_told_the_net_is_shown():
    found = found_for(wage("2024-03-10", "80.00"), replace(wage("2024-03-11", "60.00"), told=True), as_of="2024-03-31")
    amounts = {row.code: row.amount for row in found.rows}
    assert (found.counted, amounts[RowCode.TOLD]) == (euros("140.00"), euros("60.00"))


def test_what_is_left_leaves_out_no_income_and_no_hour_is_untouched_by_own_business():
    done = replace(earning("2024-03-10", "100.00"), net=euros("60.00"))
    ahead = replace(done, state=IncomeState.AGREED)
    found = found_for(done, as_of="2024-03-31")
    assert (found.left, found.left_hours, found.left_hours_with_agreed) == (euros("916.80"), 0, 0)
    found = found_for(ahead, as_of="2024-03-31")
    assert (found.left, found.left_with_agreed) == (euros("976.80"), euros("916.80"))
    assert (found.left_hours, found.left_hours_with_agreed) == (97, 0)


def test_an_assignment_ahead_is_talked_about_first():
    found = found_for(earning("2024-03-20", "60.00", state=IncomeState.AGREED), as_of="2024-03-10")
    assert (found.state, found.state_with_agreed) == (LimitState.UNDER, LimitState.OVER)
    assert found.next_step is NextStep.TALK_BEFORE_GIGS


def test_gross_counts_where_net_is_not_known():
    unknown = earning("2024-03-10", "1000.00", contract=ContractForm.PARTNER)
    found = found_for(unknown, as_of="2024-03-31")
    assert (found.counted, {r.code: r.amount for r in found.rows}[RowCode.NET_UNKNOWN]) == (1000, 1000)


def test_with_no_pay_nothing_is_taken():
    found = found_for(as_of="2024-03-31")
    assert (found.state, found.next_step, str(found.amounts.seized)) == (LimitState.UNDER, NextStep.NOTHING, "0.00")
