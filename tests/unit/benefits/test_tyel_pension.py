"""The limits of earnings-related pensions: the person's own, with Kela's as floor, around the cent and the changes."""

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
    measure_of,
    parameter,
)
from tests.unit.benefits.people import PENSION, codes, day, earning, euros, judged, only, someone

CENT = Decimal("0.01")
FULL = BenefitKind.TYEL_DISABILITY_PENSION
PARTIAL = BenefitKind.TYEL_PARTIAL_DISABILITY_PENSION
KINDS = pytest.mark.parametrize("kind", [FULL, PARTIAL])


def pension(kind, personal=None):
    limit = None if personal is None else euros(personal)
    return BenefitHeld(kind, day("2010-01-01"), None, personal_limit=limit)


def rule(kind):
    return f"{kind}.earnings_limit"


# day, the limit in the decision, the limit that holds
LIMITS = [
    ("2020-12-31", "834.51", "834.52"),
    ("2020-12-31", "834.52", "834.52"),
    ("2020-12-31", "834.53", "834.53"),
    ("2022-07-31", "860.00", "860.00"),
    ("2022-08-01", "860.00", "885.63"),
    ("2024-12-31", "980.00", "980.00"),
    ("2025-01-01", "980.00", "986.30"),
    ("2026-12-31", "1450.75", "1450.75"),
    ("2026-12-31", "0.00", "990.90"),
    ("2026-12-31", None, "990.90"),
]


@KINDS
@pytest.mark.parametrize(("on", "personal", "limit"), LIMITS)
def test_the_larger_limit_holds_to_the_cent(kind, on, personal, limit):
    for more, state, step in [
        (-CENT, LimitState.NEAR, NextStep.PLAN_HOURS),
        (0, LimitState.AT_LIMIT, NextStep.TAKE_NO_MORE_THIS_MONTH),
        (CENT, LimitState.OVER, NextStep.TELL_KELA_AND_PENSION_PROVIDER),
    ]:
        found = only(judged(someone(pension(kind, personal)), earning(on, euros(limit) + more), as_of=on), rule(kind))
        assert (found.limit, found.left, found.state) == (euros(limit), -more, state)
        assert (found.next_step, found.left_hours) == (step, 0)


@KINDS
def test_hours_that_fit_under_the_person_s_own_limit(kind):
    found = judged(someone(pension(kind, "1200.00")), earning("2026-03-03", "200.01"), as_of="2026-03-31")
    found = only(found, rule(kind))
    assert (found.left, found.left_hours, found.state) == (euros("999.99"), 99, LimitState.UNDER)


@KINDS
@pytest.mark.parametrize("personal", [None, "500.00", "1500.00"])
@pytest.mark.parametrize("on", ["2012-01-01", "2016-12-31", "2027-01-01"])
def test_a_month_without_a_floor_is_never_safe(kind, personal, on):
    found = only(judged(someone(pension(kind, personal)), as_of=on), rule(kind))
    assert (found.state, found.safe, found.next_step) == (LimitState.LIMIT_MISSING, False, NextStep.WAIT_FOR_LIMIT)


@KINDS
def test_a_limit_not_known_is_read_as_the_floor_and_said(kind):
    found = only(judged(someone(pension(kind)), earning("2026-03-03", "991.00"), as_of="2026-03-31"), rule(kind))
    assert (found.limit, found.state) == (euros("990.90"), LimitState.OVER)
    assert RowCode.PERSONAL_LIMIT_UNKNOWN in codes(found)
    assert RowCode.PERSONAL_LIMIT not in codes(found)


@pytest.mark.parametrize(("kind", "share"), [(FULL, "0.40"), (PARTIAL, "0.60")])
def test_an_own_limit_rests_on_the_law_of_its_share(kind, share):
    found = only(judged(someone(pension(kind, "1200.00")), as_of="2026-03-31"), rule(kind))
    (limit,) = [row for row in found.rows if row.code is RowCode.LIMIT]
    assert parameter(limit.parameter).value_on(day("2026-03-31")).value == euros(share)
    assert (found.status, found.source) == (ValueStatus.CONFIRMED, limit.source)
    amounts = {row.code: row.amount for row in found.rows}
    assert (amounts[RowCode.PERSONAL_LIMIT], amounts[RowCode.PENSION_FLOOR]) == (euros("1200.00"), euros("990.90"))
    floor = only(judged(someone(pension(kind, "900.00")), as_of="2026-03-31"), rule(kind))
    assert floor.status is ValueStatus.SINGLE_SOURCE
    assert measure_of(rule(kind)).id == "kela_disability_pension.earnings_limit"


@KINDS
def test_whether_one_month_over_stops_it_is_not_verified(kind):
    found = only(judged(someone(pension(kind, "1200.00")), as_of="2026-03-31"), rule(kind))
    asked = {row.parameter for row in found.rows if row.code is RowCode.NOT_VERIFIED}
    assert "tyel_disability_pension.three_months" in asked


@KINDS
def test_a_confirmed_yel_income_is_held_against_twelve_months(kind):
    for income, state in [("14400.00", LimitState.AT_LIMIT), ("14400.01", LimitState.OVER)]:
        insured = replace(pension(kind, "1200.00"), confirmed_yel_income=euros(income))
        found = only(judged(someone(insured), earning("2026-06-01", "5000.00"), as_of="2026-06-01"), rule(kind))
        assert (found.limit, found.counted, found.state) == (euros("14400.00"), euros(income), state)
        assert (found.period_from, found.period_to) == (day("2026-01-01"), day("2026-12-31"))


@KINDS
def test_a_policy_written_beside_another_pension_is_the_person_s(kind):
    insured = replace(PENSION, confirmed_yel_income=euros("10000.00"))
    wage = earning("2026-06-01", "2000.00", contract=ContractForm.PARTNER)
    year, june = [a for a in judged(someone(insured, pension(kind)), wage, as_of="2026-06-01") if a.rule == rule(kind)]
    assert (year.limit, year.counted, year.state) == (euros("11890.80"), euros("12000.00"), LimitState.OVER)
    assert (june.limit, june.counted, june.state) == (euros("990.90"), euros("2833.33"), LimitState.OVER)
    missing = only(judged(someone(insured, pension(kind)), as_of="2027-01-01"), rule(kind))
    assert missing.state is LimitState.LIMIT_MISSING


@KINDS
def test_dormancy_is_explained_when_agreed_gigs_go_over(kind):
    ahead = earning("2026-03-20", "1200.01", state=IncomeState.AGREED)
    found = only(judged(someone(pension(kind, "1200.00")), ahead, as_of="2026-03-01"), rule(kind))
    assert (found.state, found.state_with_agreed) == (LimitState.UNDER, LimitState.OVER)
    assert found.next_step is NextStep.TALK_BEFORE_GIGS
    assert RowCode.DORMANT_LONGEST in codes(found)


@KINDS
def test_a_pension_counts_in_the_months_in_which_it_is_held(kind):
    ended = replace(pension(kind, "1200.00"), to=day("2026-02-01"))
    rows = [earning(f"2026-0{month}-10", "10.00") for month in (1, 2, 3)]
    found = [a for a in judged(someone(ended), *rows, as_of="2026-03-31") if a.rule == rule(kind)]
    assert [a.period_from.month for a in found] == [1, 2]


@KINDS
def test_a_year_with_a_policy_says_what_is_not_known_too(kind):
    insured = replace(pension(kind), confirmed_yel_income=euros("100.00"))
    found = only(judged(someone(PENSION, insured), as_of="2026-06-01"), rule(kind))
    assert {RowCode.PERSONAL_LIMIT_UNKNOWN, RowCode.TWO_TESTS} <= codes(found)


@KINDS
@pytest.mark.parametrize("limits", [("1100.00", "1500.00"), ("1500.00", "1100.00"), (None, "1500.00")])
def test_of_two_pensions_in_a_month_the_strictest_is_judged(kind, limits):
    """Which of them began last does not matter; an own limit that is not known may be the floor."""
    earlier, later = pension(kind, limits[0]), replace(pension(kind, limits[1]), from_=day("2020-01-01"))
    found = only(judged(someone(earlier, later), earning("2026-10-10", "1200.00"), as_of="2026-10-31"), rule(kind))
    assert (found.limit, found.state) == (euros("1100.00" if limits[0] else "990.90"), LimitState.OVER)
