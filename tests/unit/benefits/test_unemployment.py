"""Unemployment benefits: each disregard on the day before and the day of its change, half of the rest, whose period."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from jobcenter.benefits import (
    UNEMPLOYMENT_BENEFITS,
    BenefitHeld,
    BenefitKind,
    ContractForm,
    GuardReason,
    IncomeState,
    LimitState,
    NextStep,
    PaymentPeriod,
    RowCode,
    may_offer,
)
from tests.unit.benefits.people import day, earning, euros, judged, only, someone

CENT = Decimal("0.01")
SUBSIDY = "labour_market_subsidy.reconciliation"
BASIC = "basic_unemployment_allowance.reconciliation"
EARNINGS_RELATED = "earnings_related_unemployment_allowance.reconciliation"
GENERAL = "general_benefit.reconciliation"


def held(kind=BenefitKind.LABOUR_MARKET_SUBSIDY, period=PaymentPeriod.MONTH, since="2014-01-06", until=None):
    return BenefitHeld(kind, day(since) if since else None, day(until) if until else None, period=period)


def wage(on, gross, paid=None, **more):
    return earning(on, gross, paid, contract=ContractForm.PARTNER, **more)


def effect(found):
    amounts = found.amounts
    return tuple(
        None if a is None else str(a) for a in (amounts.reduction, amounts.benefit_before, amounts.benefit_after)
    )


def codes(found):
    return {row.code for row in found.rows}


DISREGARDS = [
    ("2020-01-15", "300"),
    ("2020-05-31", "300"),
    ("2020-06-01", "500"),
    ("2021-06-30", "500"),
    ("2021-07-01", "300"),
    ("2024-03-31", "300"),
]


@pytest.mark.parametrize(("paid", "disregard"), DISREGARDS)
def test_the_disregard_of_a_month_to_the_cent(paid, disregard):
    for more, state, reduction in [
        (-CENT, LimitState.NEAR, "0.00"),
        (0, LimitState.AT_LIMIT, "0.00"),
        (CENT, LimitState.OVER, "0.01"),
        (100, LimitState.OVER, "50.00"),
    ]:
        found = only(judged(someone(held()), wage(paid, euros(disregard) + more), as_of=paid), SUBSIDY)
        assert (found.limit, found.state, str(found.amounts.reduction)) == (euros(disregard), state, reduction)


@pytest.mark.parametrize("paid", ["2024-04-01", "2025-12-31", "2026-04-30"])
def test_without_a_disregard_every_cent_counts(paid):
    for gross, state, step in [
        ("0.00", LimitState.UNDER, NextStep.NOTHING),
        ("0.01", LimitState.OVER, NextStep.REPORT_PAY_IN_APPLICATION),
        ("100.00", LimitState.OVER, NextStep.REPORT_PAY_IN_APPLICATION),
    ]:
        found = only(judged(someone(held()), wage(paid, gross), as_of=paid), SUBSIDY)
        assert (found.limit, found.state, found.next_step) == (euros("0.00"), state, step)
        assert found.left_hours == 0


@pytest.mark.parametrize(
    ("first_day", "disregard"),
    [
        ("2020-05-04", "279"),
        ("2020-06-01", "465"),
        ("2021-05-31", "465"),
        ("2021-06-28", "279"),
        ("2024-03-04", "279"),
        ("2024-04-01", "0"),
    ],
)
def test_four_weeks_on_each_side_of_a_change(first_day, disregard):
    subsidy = held(period=PaymentPeriod.FOUR_WEEKS, since=first_day)
    found = only(judged(someone(subsidy), wage(first_day, euros(disregard) + 100), as_of=first_day), SUBSIDY)
    assert (found.limit, str(found.amounts.reduction)) == (euros(disregard), "50.00")
    assert (found.period_from, found.period_to) == (day(first_day), day(first_day) + timedelta(days=27))


@pytest.mark.parametrize(
    ("since", "disregard"),
    [("2020-05-18", "279"), ("2021-06-07", "279"), ("2024-03-11", "0")],
)
def test_four_weeks_across_a_change_have_the_smaller_disregard(since, disregard):
    subsidy = held(period=PaymentPeriod.FOUR_WEEKS, since=since)
    found = only(judged(someone(subsidy), wage(since, "1.00"), as_of=since), SUBSIDY)
    assert found.limit == euros(disregard)


def test_four_weeks_begin_on_the_monday_of_the_week_of_the_first_day():
    subsidy = held(period=PaymentPeriod.FOUR_WEEKS, since="2022-01-06")
    rows = [wage("2022-01-30", "100.00"), wage("2022-01-31", "200.00")]
    found = [a for a in judged(someone(subsidy), *rows, as_of="2022-01-06") if a.rule == SUBSIDY]
    assert [(a.period_from.isoformat(), a.period_to.isoformat(), str(a.counted)) for a in found] == [
        ("2022-01-03", "2022-01-30", "100.00"),
        ("2022-01-31", "2022-02-27", "200.00"),
    ]


def test_four_weeks_that_begin_on_no_known_day_are_asked_for():
    subsidy = held(period=PaymentPeriod.FOUR_WEEKS, since=None)
    found = only(judged(someone(subsidy), wage("2022-01-10", "100.00"), as_of="2022-01-10"), SUBSIDY)
    assert (found.state, found.next_step) == (LimitState.ASK, NextStep.ASK_PERSON)
    assert RowCode.FOUR_WEEKS_BEGIN_UNKNOWN in codes(found)


def test_an_unknown_period_takes_the_smaller_disregard():
    found = only(judged(someone(held(period=None)), wage("2022-03-10", "300.00"), as_of="2022-03-10"), SUBSIDY)
    assert (found.limit, effect(found)) == (euros("279"), ("10.50", "741.75", "731.25"))
    assert RowCode.PAYMENT_PERIOD_UNKNOWN in codes(found)


FULL = [
    ("2020-02-15", "723.69"),
    ("2021-02-15", "726.27"),
    ("2022-07-31", "741.75"),
    ("2022-08-01", "767.98"),
    ("2022-12-31", "767.98"),
    ("2023-01-01", "800.02"),
    ("2026-04-30", "800.02"),
]


@pytest.mark.parametrize(("on", "full"), FULL)
@pytest.mark.parametrize("kind", [BenefitKind.LABOUR_MARKET_SUBSIDY, BenefitKind.BASIC_UNEMPLOYMENT_ALLOWANCE])
def test_the_full_benefit_of_a_month(kind, on, full):
    (found,) = judged(someone(held(kind)), as_of=on)
    assert effect(found) == ("0.00", full, full)


@pytest.mark.parametrize(
    ("on", "gross", "expected"),
    [
        # Half of 1,000 - 300 = 350; 34.50 x 21.5 = 741.75.
        ("2022-03-15", "1000.00", ("350.00", "741.75", "391.75")),
        # Half of 1,000 - 500 = 250; 33.66 x 21.5 = 723.69.
        ("2020-06-15", "1000.00", ("250.00", "723.69", "473.69")),
        # No disregard: half of 1,000; 37.21 x 21.5 = 800.015.
        ("2024-04-15", "1000.00", ("500.00", "800.02", "300.02")),
        # Half of 1,600.04 is all of the benefit, and more takes no more.
        ("2025-04-15", "1600.04", ("800.02", "800.02", "0.00")),
        ("2025-04-15", "5000.00", ("800.02", "800.02", "0.00")),
    ],
)
def test_what_a_wage_makes_of_a_month(on, gross, expected):
    assert effect(only(judged(someone(held()), wage(on, gross), as_of=on), SUBSIDY)) == expected


def test_what_a_wage_makes_of_four_weeks():
    """Half of 1,000 - 279 is 360.50; 34.50 x 20 days is 690.00. In the covid time half of 1,000 - 465 is 267.50."""
    then = held(period=PaymentPeriod.FOUR_WEEKS, since="2022-01-03")
    found = only(judged(someone(then), wage("2022-01-10", "1000.00"), as_of="2022-01-10"), SUBSIDY)
    assert effect(found) == ("360.50", "690.00", "329.50")
    covid = held(period=PaymentPeriod.FOUR_WEEKS, since="2020-06-01")
    found = only(judged(someone(covid), wage("2020-06-10", "1000.00"), as_of="2020-06-10"), SUBSIDY)
    assert effect(found) == ("267.50", "673.20", "405.70")


def test_the_general_benefit_halves_a_wage_of_a_thousand():
    """Kela's own example: a wage of 1,000 euros makes the general benefit 500 euros smaller."""
    general = held(BenefitKind.GENERAL_BENEFIT, since="2026-05-01")
    found = only(judged(someone(general), wage("2026-05-15", "1000.00"), as_of="2026-05-15"), GENERAL)
    assert effect(found) == ("500.00", "800.02", "300.02")
    assert RowCode.GENERAL_BENEFIT_REPLACES not in codes(found)


@pytest.mark.parametrize(
    ("kind", "rule"), [(BenefitKind.LABOUR_MARKET_SUBSIDY, SUBSIDY), (BenefitKind.BASIC_UNEMPLOYMENT_ALLOWANCE, BASIC)]
)
def test_the_general_benefit_takes_their_place_on_its_first_day(kind, rule):
    rows = [wage("2026-04-30", "100.00"), wage("2026-05-01", "200.00")]
    april, may = judged(someone(held(kind)), *rows, as_of="2026-05-01")
    assert (april.rule, april.counted, RowCode.GENERAL_BENEFIT_REPLACES in codes(april)) == (rule, 100, False)
    assert (may.rule, may.counted, RowCode.GENERAL_BENEFIT_REPLACES in codes(may)) == (GENERAL, 200, True)
    (row,) = [row for row in may.rows if row.code is RowCode.GENERAL_BENEFIT_REPLACES]
    assert row.day == date(2026, 5, 1)


def test_four_weeks_that_began_before_the_general_benefit_stay_with_the_subsidy():
    subsidy = held(period=PaymentPeriod.FOUR_WEEKS, since="2026-04-06")
    found = judged(someone(subsidy), wage("2026-05-03", "10.00"), wage("2026-05-04", "20.00"), as_of="2026-05-03")
    assert [(a.rule, a.period_from.isoformat()) for a in found] == [(SUBSIDY, "2026-04-06"), (GENERAL, "2026-05-04")]


def test_a_general_benefit_whose_four_weeks_begin_before_it_is_judged_all_the_same():
    general = held(BenefitKind.GENERAL_BENEFIT, PaymentPeriod.FOUR_WEEKS, since="2026-05-01")
    (found,) = judged(someone(general), wage("2026-05-10", "100.00"), as_of="2026-05-10")
    assert (found.period_from.isoformat(), effect(found)) == ("2026-04-27", ("50.00", "744.20", "694.20"))


def test_a_general_benefit_before_there_was_one_is_asked_about():
    (found,) = judged(someone(held(BenefitKind.GENERAL_BENEFIT)), as_of="2026-04-30")
    assert (found.rule, found.state) == (GENERAL, LimitState.ASK)
    assert RowCode.GENERAL_BENEFIT_BEGINS in codes(found)


def test_who_holds_both_is_judged_once():
    both = (held(), held(BenefitKind.GENERAL_BENEFIT, since="2026-05-01"))
    (found,) = judged(someone(*both), wage("2026-06-10", "100.00"), as_of="2026-06-10")
    assert (found.rule, RowCode.GENERAL_BENEFIT_REPLACES in codes(found)) == (GENERAL, False)


def test_the_full_general_benefit_of_next_year_is_not_known_but_the_reduction_is():
    general = held(BenefitKind.GENERAL_BENEFIT, since="2026-05-01")
    found = only(judged(someone(general), wage("2027-01-15", "100.00"), as_of="2027-01-15"), GENERAL)
    assert (found.state, effect(found)) == (LimitState.OVER, ("50.00", None, None))
    assert RowCode.FULL_AMOUNT_MISSING in codes(found)


def test_an_earnings_related_allowance_falls_by_half_from_an_amount_not_known():
    related = held(BenefitKind.EARNINGS_RELATED_UNEMPLOYMENT_ALLOWANCE)
    found = only(judged(someone(related), wage("2026-06-15", "900.00"), as_of="2026-06-15"), EARNINGS_RELATED)
    assert effect(found) == ("450.00", None, None)
    assert RowCode.FULL_BENEFIT_UNKNOWN in codes(found)


def test_pay_counts_in_the_month_of_payment():
    rows = [wage("2022-03-31", "400.00", "2022-04-15")]
    found = only(judged(someone(held()), *rows, as_of="2022-04-15"), SUBSIDY)
    assert (found.period_from, found.counted) == (date(2022, 4, 1), 400)
    unpaid = [replace(row, paid_on=None) for row in rows]
    found = only(judged(someone(held()), *unpaid, as_of="2022-03-15"), SUBSIDY)
    assert (found.period_from, RowCode.PAY_DAY_UNKNOWN in codes(found)) == (date(2022, 3, 1), True)


def test_pay_counts_in_the_four_weeks_of_payment():
    subsidy = held(period=PaymentPeriod.FOUR_WEEKS, since="2022-01-03")
    row = wage("2022-01-30", "400.00", "2022-01-31")
    found = only(judged(someone(subsidy), row, as_of="2022-01-31"), SUBSIDY)
    assert (found.period_from, found.counted) == (date(2022, 1, 31), 400)
    unpaid = replace(row, paid_on=None)
    found = only(judged(someone(subsidy), unpaid, as_of="2022-01-03"), SUBSIDY)
    assert (found.period_from, found.counted) == (date(2022, 1, 3), 400)


def test_gigs_ahead_are_judged_apart_but_the_benefit_falls_by_all():
    rows = [wage("2022-03-01", "250.00"), wage("2022-03-20", "150.00", state=IncomeState.OFFERED)]
    found = only(judged(someone(held()), *rows, as_of="2022-03-10"), SUBSIDY)
    assert (found.counted, found.agreed, found.state, found.state_with_agreed) == (
        250,
        150,
        LimitState.NEAR,
        LimitState.OVER,
    )
    assert (effect(found)[0], found.next_step) == ("50.00", NextStep.TALK_BEFORE_GIGS)


def test_a_benefit_counts_only_while_it_is_held():
    ended = held(until="2022-02-28")
    found = judged(someone(ended), wage("2022-02-28", "1.00"), wage("2022-03-01", "1.00"), as_of="2022-03-01")
    assert [a.period_from for a in found] == [date(2022, 2, 1)]


def test_an_interrupted_benefit_answers_once_a_month():
    first, second = held(until="2022-03-10"), held(since="2022-03-20")
    assert len(judged(someone(first, second), wage("2022-03-05", "1.00"), as_of="2022-03-31")) == 1


def test_what_is_told_of_is_marked_and_counts():
    told = replace(wage("2022-03-05", "350.00"), told=True)
    found = only(judged(someone(held()), told, as_of="2022-03-31"), SUBSIDY)
    assert (found.state, RowCode.TOLD in codes(found)) == (LimitState.OVER, True)


def test_assignments_bring_the_rules_of_entrepreneurs_with_their_days():
    found = only(judged(someone(held()), earning("2022-10-31", "50.00"), as_of="2022-10-31"), SUBSIDY)
    days = {row.code: row.day for row in found.rows if row.day}
    assert days == {
        RowCode.REPORT_BUSINESS_FROM: date(2022, 11, 14),
        RowCode.BUSINESS_NOT_EXAMINED_UNTIL: date(2023, 2, 28),
    }
    assert {RowCode.ENTREPRENEUR, RowCode.WORKLOAD_DECIDES, RowCode.PART_TIME_ONLY} <= codes(found)
    employed = only(judged(someone(held()), wage("2022-10-31", "50.00"), as_of="2022-10-31"), SUBSIDY)
    assert RowCode.ENTREPRENEUR not in codes(employed)


def test_the_four_months_hold_for_work_begun_since_2018():
    old = only(judged(someone(held()), earning("2017-12-31", "50.00"), as_of="2017-12-31"), SUBSIDY)
    assert RowCode.BUSINESS_NOT_EXAMINED_UNTIL not in codes(old)
    assert RowCode.REPORT_BUSINESS_FROM in codes(old)


@pytest.mark.parametrize("kind", sorted(UNEMPLOYMENT_BENEFITS))
def test_whatever_the_rows_say_the_guard_refuses_assignments(kind):
    on = day("2026-06-10")
    answer = may_offer(form=ContractForm.ASSIGNMENT, person=someone(held(kind)), from_=on, to=on)
    assert (answer.allowed, answer.reason) == (False, GuardReason.UNEMPLOYMENT_BENEFIT)
