"""The monthly earnings limit: each value around the cent and around its day of change, and each exception."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

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
from tests.unit.benefits.people import GUARANTEE, PENSION, codes, day, earning, euros, judged, monthly, only, someone

RULE = "kela_disability_pension.earnings_limit"
GUARANTEE_RULE = "guarantee_pension.earnings_limit"
CENT = Decimal("0.01")

# month looked at -> limit and how sure it is; both sides of every change
LIMITS = [
    ("2010-01-01", "600.00", ValueStatus.CONFIRMED),
    ("2011-02-28", "600.00", ValueStatus.CONFIRMED),
    ("2011-03-01", "687.74", ValueStatus.CONFIRMED),
    ("2011-12-31", "687.74", ValueStatus.CONFIRMED),
    ("2017-01-01", "737.45", ValueStatus.CONFIRMED),
    ("2018-12-31", "737.45", ValueStatus.CONFIRMED),
    ("2019-01-01", "784.52", ValueStatus.CONFIRMED),
    ("2019-12-31", "784.52", ValueStatus.CONFIRMED),
    ("2020-01-01", "834.52", ValueStatus.CONFIRMED),
    ("2020-12-31", "834.52", ValueStatus.CONFIRMED),
    ("2021-01-01", "837.59", ValueStatus.CONFIRMED),
    ("2021-12-31", "837.59", ValueStatus.CONFIRMED),
    ("2022-01-01", "855.48", ValueStatus.SINGLE_SOURCE),
    ("2022-07-31", "855.48", ValueStatus.SINGLE_SOURCE),
    ("2022-08-01", "885.63", ValueStatus.CONFIRMED),
    ("2022-10-31", "885.63", ValueStatus.CONFIRMED),
    ("2022-12-31", "885.63", ValueStatus.CONFIRMED),
    ("2023-01-01", "922.42", ValueStatus.SINGLE_SOURCE),
    ("2023-12-31", "922.42", ValueStatus.SINGLE_SOURCE),
    ("2024-01-01", "976.59", ValueStatus.CONFIRMED),
    ("2024-12-31", "976.59", ValueStatus.CONFIRMED),
    ("2025-01-01", "986.30", ValueStatus.SINGLE_SOURCE),
    ("2025-12-31", "986.30", ValueStatus.SINGLE_SOURCE),
    ("2026-01-01", "990.90", ValueStatus.SINGLE_SOURCE),
    ("2026-12-31", "990.90", ValueStatus.SINGLE_SOURCE),
]


@pytest.mark.parametrize(("on", "limit", "status"), LIMITS)
def test_the_limit_of_each_month_to_the_cent(on, limit, status):
    for more, state in [(-CENT, LimitState.NEAR), (0, LimitState.AT_LIMIT), (CENT, LimitState.OVER)]:
        found = only(judged(someone(PENSION), earning(on, euros(limit) + more), as_of=on), RULE)
        assert (found.limit, found.state, found.status) == (euros(limit), state, status)
        assert found.left == -more
        assert found.left_hours == 0


@pytest.mark.parametrize("on", ["2012-01-01", "2016-12-31", "2027-01-01"])
def test_a_month_without_a_value_is_never_safe(on):
    found = only(judged(someone(PENSION), as_of=on), RULE)
    assert (found.state, found.limit, found.left, found.left_hours) == (LimitState.LIMIT_MISSING, None, None, None)
    assert found.next_step is NextStep.WAIT_FOR_LIMIT
    assert not found.safe


def test_the_case_that_advisers_check():
    income = earning("2022-10-03", "860.00", "2022-10-31")
    found = only(judged(someone(PENSION), income, as_of="2022-10-31"), RULE)
    assert (found.limit, found.counted, found.left) == (euros("885.63"), euros("860.00"), euros("25.63"))
    assert (found.left_hours, found.state, found.next_step) == (2, LimitState.NEAR, NextStep.PLAN_HOURS)
    relaxed = judged(someone(PENSION), income, as_of="2022-10-31", near_share=Decimal("1.00"))
    assert only(relaxed, RULE).state is LimitState.UNDER


@pytest.mark.parametrize(
    ("gross", "state", "hours"),
    [("0.00", LimitState.UNDER, 88), ("708.50", LimitState.UNDER, 17), ("708.51", LimitState.NEAR, 17)],
)
def test_near_begins_at_four_fifths(gross, state, hours):
    found = only(judged(someone(PENSION), earning("2022-10-03", gross), as_of="2022-10-31"), RULE)
    assert (found.state, found.left_hours) == (state, hours)


def test_a_month_with_nothing_earned_is_assessed_too():
    found = only(judged(someone(PENSION), as_of="2022-10-31"), RULE)
    assert (found.counted, found.left_hours, found.next_step) == (euros("0.00"), 88, NextStep.NOTHING)


@pytest.mark.parametrize(
    ("done", "ahead", "state", "with_agreed", "step"),
    [
        ("100.00", "100.00", LimitState.UNDER, LimitState.UNDER, NextStep.NOTHING),
        ("100.00", "700.00", LimitState.UNDER, LimitState.NEAR, NextStep.PLAN_HOURS),
        ("100.00", "785.63", LimitState.UNDER, LimitState.AT_LIMIT, NextStep.TALK_BEFORE_GIGS),
        ("100.00", "785.64", LimitState.UNDER, LimitState.OVER, NextStep.TALK_BEFORE_GIGS),
        ("885.63", "0.00", LimitState.AT_LIMIT, LimitState.AT_LIMIT, NextStep.TAKE_NO_MORE_THIS_MONTH),
        ("885.63", "10.00", LimitState.AT_LIMIT, LimitState.OVER, NextStep.TALK_BEFORE_GIGS),
        ("885.64", "10.00", LimitState.OVER, LimitState.OVER, NextStep.TELL_KELA_AND_PENSION_PROVIDER),
    ],
)
@pytest.mark.parametrize(
    "states", list(product([IncomeState.PAID, IncomeState.CONFIRMED], [IncomeState.AGREED, IncomeState.OFFERED]))
)
def test_done_and_agreed_are_judged_apart(done, ahead, state, with_agreed, step, states):
    rows = [earning("2022-10-03", done, state=states[0]), earning("2022-10-20", ahead, state=states[1])]
    found = only(judged(someone(PENSION), *rows, as_of="2022-10-10"), RULE)
    assert (found.counted, found.agreed) == (euros(done), euros(ahead))
    assert (found.state, found.state_with_agreed, found.next_step) == (state, with_agreed, step)
    assert found.left_with_agreed == euros("885.63") - euros(done) - euros(ahead)


@pytest.mark.parametrize("contract", ContractForm)
def test_both_contract_forms_count(contract):
    found = only(judged(someone(PENSION), earning("2022-10-03", "50.00", contract=contract), as_of="2022-10-03"), RULE)
    assert found.counted == euros("50.00")


def test_each_month_has_its_own_limit_in_the_year_of_the_step():
    rows = [earning("2022-07-31", "860.00"), earning("2022-08-01", "860.00")]
    found = [a for a in judged(someone(PENSION), *rows, as_of="2022-08-31") if a.rule == RULE]
    assert [(a.period_to.month, a.limit, a.state) for a in found] == [
        (7, euros("855.48"), LimitState.OVER),
        (8, euros("885.63"), LimitState.NEAR),
    ]


def test_work_paid_in_the_next_month_counts_where_it_hurts_more():
    rows = [earning("2022-10-20", "500.00", "2022-11-15"), earning("2022-11-02", "400.00", "2022-11-30")]
    found = judged(someone(PENSION), *rows, as_of="2022-11-30")
    october, november = only(found, RULE, "2022-10-01"), only(found, RULE, "2022-11-01")
    assert (october.counted, november.counted) == (euros("500.00"), euros("900.00"))
    assert november.state is LimitState.OVER
    amounts = {row.code: row.amount for row in november.rows}
    assert amounts[RowCode.EARNED_DONE] == euros("400.00")
    assert amounts[RowCode.PAID_DONE] == euros("900.00")
    for month in (october, november):
        assert RowCode.WORKED_OR_PAID_NOT_VERIFIED in {row.code for row in month.rows}


def test_work_paid_in_its_own_month_raises_no_question():
    found = only(judged(someone(PENSION), earning("2022-10-03", "50.00"), as_of="2022-10-31"), RULE)
    assert RowCode.WORKED_OR_PAID_NOT_VERIFIED not in {row.code for row in found.rows}


def test_blind_or_immobile_is_an_exception():
    blind = replace(PENSION, blind_or_immobile=True, confirmed_yel_income=euros("9000.00"))
    found = only(judged(someone(blind), earning("2022-10-03", "5000.00"), as_of="2022-10-31"), RULE)
    assert (found.state, found.next_step, found.limit) == (LimitState.NOT_APPLICABLE, NextStep.NOTHING, None)


def test_an_exception_not_known_leaves_the_limit_in_place():
    unknown = replace(PENSION, blind_or_immobile=None)
    found = only(judged(someone(unknown), earning("2022-10-03", "900.00"), as_of="2022-10-31"), RULE)
    assert found.state is LimitState.OVER
    assert RowCode.BLIND_OR_IMMOBILE_UNKNOWN in {row.code for row in found.rows}


@pytest.mark.parametrize(
    ("on", "limit"), [("2024-06-01", "11719.08"), ("2025-06-01", "11835.60"), ("2026-06-01", "11890.80")]
)
def test_a_confirmed_yel_income_is_held_against_twelve_months(on, limit):
    for income, state in [(euros(limit), LimitState.AT_LIMIT), (euros(limit) + CENT, LimitState.OVER)]:
        insured = replace(PENSION, confirmed_yel_income=income)
        found = only(judged(someone(insured), earning(on, "5000.00"), as_of=on), RULE)
        assert (found.limit, found.counted, found.state) == (euros(limit), income, state)
        assert (found.period_from.month, found.period_to.month) == (1, 12)


def test_wages_count_beside_a_confirmed_yel_income():
    insured = replace(PENSION, confirmed_yel_income=euros("10000.00"))
    wage = earning("2026-06-01", "2000.00", contract=ContractForm.PARTNER)
    found = only(judged(someone(insured), wage, as_of="2026-06-01"), RULE, "2026-01-01")
    assert (found.counted, found.state) == (euros("12000.00"), LimitState.OVER)


def test_wages_beside_a_confirmed_yel_income_have_the_limit_of_their_month_too():
    """Twelve months of the limit would hold the wages of June: the month does not."""
    insured = replace(PENSION, confirmed_yel_income=euros("9000.00"))
    wages = [
        earning("2026-06-01", "2000.00", contract=ContractForm.PARTNER),
        replace(earning("2026-05-29", "240.90", "2026-06-15", contract=ContractForm.PARTNER), told=True),
        earning("2026-07-01", "5000.00"),
    ]
    year, may, june = [a for a in judged(someone(insured), *wages, as_of="2026-07-31") if a.rule == RULE]
    assert (year.limit, year.counted, year.state) == (euros("11890.80"), euros("11240.90"), LimitState.NEAR)
    assert (may.limit, may.counted, may.state) == (euros("990.90"), euros("990.90"), LimitState.AT_LIMIT)
    assert (june.counted, june.state) == (euros("2990.90"), LimitState.OVER)
    amounts = {row.code: row.amount for row in june.rows}
    assert amounts[RowCode.YEL_INCOME_OF_A_MONTH] == euros("750.00")
    assert amounts[RowCode.WAGES_BESIDE_YEL] == euros("2000.00")
    assert amounts[RowCode.PAID_DONE] == euros("2240.90")
    assert {RowCode.TOLD, RowCode.WORKED_OR_PAID_NOT_VERIFIED} <= amounts.keys()


def test_wages_paid_in_the_next_year_count_beside_a_confirmed_yel_income_in_both():
    insured = replace(PENSION, confirmed_yel_income=euros("9000.00"))
    wage = earning("2025-12-30", "100.00", "2026-01-15", contract=ContractForm.PARTNER)
    found = [a for a in judged(someone(insured), wage, as_of="2026-01-31") if a.rule == RULE]
    years = {a.period_from.year: a.counted for a in found if a.period_to.month - a.period_from.month == 11}
    assert years == {2025: euros("9100.00"), 2026: euros("9100.00")}


def test_a_year_without_a_value_is_missing_for_yel_income_too():
    insured = replace(PENSION, confirmed_yel_income=euros("1.00"))
    assert only(judged(someone(insured), as_of="2027-01-01"), RULE).state is LimitState.LIMIT_MISSING


@pytest.mark.parametrize(
    ("ground", "state", "code"),
    [
        (True, LimitState.OVER, RowCode.LIMIT),
        (None, LimitState.OVER, RowCode.GROUND_ASSUMED_DISABILITY),
        (False, LimitState.NOT_APPLICABLE, RowCode.GRANTED_ON_OLD_AGE),
    ],
)
def test_guarantee_pension(ground, state, code):
    pension = replace(GUARANTEE, granted_on_disability=ground)
    found = only(judged(someone(pension), earning("2022-10-03", "900.00"), as_of="2022-10-31"), GUARANTEE_RULE)
    assert found.state is state
    assert code in {row.code for row in found.rows}


def test_guarantee_pension_shares_the_disability_pension_s_assessment():
    found = judged(someone(PENSION, GUARANTEE), as_of="2022-10-31")
    assert [a.rule for a in found] == [RULE]
    assert RowCode.SHARED_WITH_GUARANTEE_PENSION in {row.code for row in found[0].rows}


@pytest.mark.parametrize(
    ("disability", "guarantee", "states"),
    [
        ([True], False, [LimitState.NOT_APPLICABLE, LimitState.OVER]),
        ([True], True, [LimitState.NOT_APPLICABLE, LimitState.NOT_APPLICABLE]),
        ([True], None, [LimitState.NOT_APPLICABLE, LimitState.OVER]),
        ([True, False], False, [LimitState.OVER]),
        ([False], False, [LimitState.OVER]),
        ([None], True, [LimitState.OVER]),
    ],
)
def test_beside_a_disability_pension_without_a_limit_the_guarantee_pension_has_its_own(disability, guarantee, states):
    held = [replace(PENSION, blind_or_immobile=flag) for flag in disability]
    person = someone(*held, replace(GUARANTEE, granted_on_disability=True, blind_or_immobile=guarantee))
    found = judged(person, earning("2022-10-03", "900.00"), as_of="2022-10-31")
    assert [(a.rule, a.state) for a in found if "pension" in a.rule] == list(
        zip((RULE, GUARANTEE_RULE), states, strict=False)
    )


def test_a_pension_counts_in_the_months_in_which_it_is_held():
    ended = replace(PENSION, to=earning("2022-09-30", "0.00").worked_on)
    rows = [earning("2022-09-15", "10.00"), earning("2022-10-15", "10.00")]
    found = [a for a in judged(someone(ended), *rows, as_of="2022-10-31") if a.rule == RULE]
    assert [a.period_from.month for a in found] == [9]


@pytest.mark.parametrize("kind", [BenefitKind.TYEL_DISABILITY_PENSION, BenefitKind.TYEL_PARTIAL_DISABILITY_PENSION])
@pytest.mark.parametrize(("pension", "rule"), [(PENSION, RULE), (GUARANTEE, GUARANTEE_RULE)])
def test_a_higher_limit_of_another_pension_does_not_lift_kela_s(kind, pension, rule):
    other = BenefitHeld(kind, day("2010-01-01"), None, personal_limit=euros("1500.00"))
    found = judged(someone(pension, other), earning("2026-03-03", "1000.00"), as_of="2026-03-31")
    kela, provider = only(found, rule), only(found, f"{kind}.earnings_limit")
    assert (kela.limit, kela.state) == (euros("990.90"), LimitState.OVER)
    assert (provider.limit, provider.state) == (euros("1500.00"), LimitState.UNDER)
    assert RowCode.TWO_TESTS in codes(kela) & codes(provider)


def test_one_pension_has_one_test():
    assert RowCode.TWO_TESTS not in codes(only(judged(someone(PENSION), as_of="2026-03-31"), RULE))


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        ("2022-10-31", None),
        ("2023-12-31", None),
        ("2024-01-01", "492.71"),
        ("2024-12-31", "492.71"),
        ("2025-01-01", "497.60"),
        ("2025-12-31", "497.60"),
        ("2026-01-01", "499.93"),
        ("2026-12-31", "499.93"),
    ],
)
def test_dormancy_is_explained_with_the_amount_of_its_day(on, amount):
    found = only(judged(someone(PENSION), earning(on, "2000.00"), as_of=on), RULE)
    rows = {row.code: row for row in found.rows}
    assert (rows[RowCode.DORMANT_SHORTEST].amount, rows[RowCode.DORMANT_LONGEST].amount) == (3, 24)
    assert (RowCode.DORMANT_AGAIN in rows) is (amount is not None)
    assert (RowCode.DORMANT_AMOUNT in rows) is (amount is not None)
    if amount:
        assert rows[RowCode.DORMANT_AMOUNT].amount == euros(amount)
        assert rows[RowCode.DORMANT_AGAIN].amount == 1
    dormancy = [row for row in found.rows if row.code.startswith("dormant")]
    assert all(row.source and row.parameter for row in dormancy)


@pytest.mark.parametrize(
    ("done", "ahead", "explained"),
    [("792.71", "0.00", False), ("792.72", "0.00", True), ("0.00", "792.71", False), ("0.00", "792.72", True)],
)
def test_dormancy_is_explained_from_near_on(done, ahead, explained):
    rows = [earning("2026-03-03", done), earning("2026-03-20", ahead, state=IncomeState.AGREED)]
    found = only(judged(someone(PENSION), *rows, as_of="2026-03-31"), RULE)
    assert (RowCode.DORMANT_SHORTEST in codes(found)) is explained


@pytest.mark.parametrize(
    ("born", "on", "below"),
    [
        ("2008-12-31", "2024-11-30", True),
        ("2008-12-31", "2024-12-31", False),
        ("2008-06-01", "2025-01-01", True),
        ("2007-01-31", "2025-01-01", False),
        ("2007-02-01", "2025-01-31", True),
        ("2007-02-01", "2025-02-01", False),
    ],
)
def test_a_holder_below_the_age_is_told_to_check(born, on, below):
    found = only(judged(someone(PENSION, born=born), as_of=on), RULE)
    assert (RowCode.BELOW_PENSION_AGE in codes(found)) is below
    assert found.state is LimitState.UNDER


def test_a_yel_policy_concerns_the_guarantee_pension_too():
    insured = replace(GUARANTEE, confirmed_yel_income=euros("11890.81"))
    found = only(judged(someone(insured), earning("2026-06-01", "5000.00"), as_of="2026-06-01"), GUARANTEE_RULE)
    assert (found.limit, found.counted, found.state) == (euros("11890.80"), euros("11890.81"), LimitState.OVER)


def test_a_yel_income_of_nothing_is_no_policy():
    uninsured = replace(PENSION, confirmed_yel_income=euros("0.00"))
    found = only(judged(someone(uninsured), earning("2026-06-01", "991.00"), as_of="2026-06-01"), RULE)
    assert (found.limit, found.state) == (euros("990.90"), LimitState.OVER)


def test_what_was_told_is_shown_apart():
    told = replace(earning("2026-06-01", "200.00"), told=True)
    found = only(judged(someone(PENSION), told, earning("2026-06-02", "50.00"), as_of="2026-06-01"), RULE)
    assert {row.code: row.amount for row in found.rows}[RowCode.TOLD] == euros("200.00")
    assert found.counted == euros("250.00")


def test_what_is_not_verified_is_said():
    found = only(judged(someone(PENSION), as_of="2026-06-01"), RULE)
    asked = {row.parameter for row in found.rows if row.code is RowCode.NOT_VERIFIED}
    assert "kela_disability_pension.one_month_over" in asked


def test_an_exception_that_begins_in_a_month_does_not_cover_the_limit_before_it():
    before = replace(PENSION, to=day("2026-10-19"))
    blind = replace(PENSION, from_=day("2026-10-20"), blind_or_immobile=True)
    rows = [earning("2026-10-10", "1000.00"), earning("2026-11-10", "1000.00")]
    found = [a for a in judged(someone(before, blind), *rows, as_of="2026-11-30") if a.rule == RULE]
    assert [a.state for a in found] == [LimitState.OVER, LimitState.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("rows", "counted", "total"),
    [
        # One gig of work that brings 800 a month; the gig itself more than that; beside a gig of other work.
        ([monthly("2026-05-04", "800.00")], "800.00", "800.00"),
        ([replace(monthly("2026-05-04", "800.00"), gross=euros("30.00"))], "800.00", "800.00"),
        ([replace(monthly("2026-05-04", "800.00"), gross=euros("850.00"))], "850.00", "850.00"),
        ([replace(monthly("2026-05-04", "800.00"), gross=euros("0.00"), state=IncomeState.AGREED)], "0.00", "800.00"),
        (
            [replace(monthly("2026-05-04", "800.00"), gross=euros("30.00")), earning("2026-05-05", "100.00")],
            "900.00",
            "900.00",
        ),
        # Two gigs of one work, which together bring so much a month.
        ([replace(monthly("2026-05-04", "400.00"), gross=euros("500.00"))] * 2, "1000.00", "1000.00"),
    ],
)
def test_work_that_repeats_counts_by_what_it_brings_a_month(rows, counted, total):
    found = only(judged(someone(PENSION), *rows, as_of="2026-05-31"), RULE, "2026-05-01")
    assert (found.counted, found.counted + found.agreed) == (euros(counted), euros(total))
