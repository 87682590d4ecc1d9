"""Levels of warning, what a gig changes, and the hours that still fit."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from jobcenter.benefits import (
    BenefitHeld,
    BenefitKind,
    ContractForm,
    Income,
    IncomeState,
    JobseekerStatus,
    LimitState,
    Person,
    assess,
)
from jobcenter.earnings.domain import Case, Earning, oldest_day
from jobcenter.earnings.domain_warnings import WarningLevel, level_of

PENSION = BenefitHeld(BenefitKind.KELA_DISABILITY_PENSION, date(2015, 1, 1), None)
HOUSING = BenefitHeld(
    BenefitKind.PENSIONER_HOUSING_ALLOWANCE, date(2015, 1, 1), None, decided_annual_income=Decimal("0.00")
)
ASSISTANCE = BenefitHeld(BenefitKind.BASIC_SOCIAL_ASSISTANCE, None, None)
DEBTS = BenefitHeld(BenefitKind.ENFORCEMENT, None, None, dependants=0, net_pay_other=Decimal("0.00"))
UNKNOWN_HOUSING = BenefitHeld(BenefitKind.PENSIONER_HOUSING_ALLOWANCE, None, None)
KELA, ASSISTANCE_RULE = "kela_disability_pension.earnings_limit", "basic_social_assistance.disregard"
AS_OF = date(2026, 11, 22)


def someone(*benefits):
    return Person(date(1990, 5, 1), benefits, JobseekerStatus.NOT_REGISTERED, date(2026, 1, 1))


def income(gross, state=IncomeState.CONFIRMED, worked=date(2026, 11, 10), form=ContractForm.PARTNER):
    return Income(worked, None, Decimal(gross), form, state)


def case(*earnings, benefits=(PENSION,), as_of=AS_OF):
    return Case(someone(*benefits), earnings, as_of, Decimal("10.00"), Decimal("0.80"))


def earned(gross, state=IncomeState.CONFIRMED, offer_id=None, **options):
    return Earning(income(gross, state, **options), offer_id)


def assessed(done, ahead):
    rows = [income(done), income(ahead, IncomeState.AGREED)]
    (found,) = assess(person=someone(PENSION), income=rows, as_of=AS_OF, hourly=Decimal("10.00"))
    return found


@pytest.mark.parametrize(
    ("done", "ahead", "level"),
    [
        ("0", "0", None),
        ("792.71", "0", None),
        ("792.72", "0", WarningLevel.NEAR),
        ("0", "800", WarningLevel.NEAR),
        ("0", "990.90", WarningLevel.NEAR),
        ("800", "200", WarningLevel.OVER_AHEAD),
        ("990.90", "0", WarningLevel.AT_LIMIT),
        ("990.90", "1", WarningLevel.OVER_AHEAD),
        ("990.91", "0", WarningLevel.OVER),
        ("990.91", "500", WarningLevel.OVER),
    ],
)
def test_levels_of_an_earnings_limit(done, ahead, level):
    assert level_of(assessed(done, ahead)) is level


@pytest.mark.parametrize(
    ("done", "ahead", "level"),
    [
        ("0", "0", None),
        ("815", "0", WarningLevel.NEAR),
        ("0", "1018", WarningLevel.REVIEW_AHEAD),
        ("1018", "0", WarningLevel.REVIEW_DUE),
    ],
)
def test_levels_of_a_review(done, ahead, level):
    earnings = (earned(done), earned(ahead, IncomeState.OFFERED))
    found = case(*earnings, benefits=(HOUSING,)).assessments()
    assert [level_of(a) for a in found if a.rule.endswith(".review")] == [level]


@pytest.mark.parametrize("pair", list(product(LimitState, LimitState)))
def test_every_pair_of_states_has_a_level_or_none(pair):
    found = assessed("0", "0")
    level = level_of(replace(found, state=pair[0], state_with_agreed=pair[1]))
    assert level is None or level in WarningLevel


@pytest.mark.parametrize(
    ("worked", "told"),
    [(date(2026, 9, 30), False), (date(2026, 10, 1), True), (date(2026, 11, 1), True), (date(2027, 1, 1), True)],
)
def test_periods_are_told_of_from_last_month_on(worked, told):
    found = case(earned("1", worked=worked)).assessments()
    assert any(a.rule == KELA and a.period_from.month == worked.month for a in found) is told


def test_the_oldest_day_is_that_of_the_year_before():
    assert oldest_day(date(2026, 1, 1)) == date(2025, 1, 1)
    assert oldest_day(date(2024, 2, 29)) == date(2023, 1, 1)


def test_an_offer_s_own_earning_is_not_counted_twice():
    offered = earned("30.00", IncomeState.OFFERED, offer_id=7)
    there, apart = case(earned("960.90"), offered), case(earned("960.90"))
    extra = income("30.00", IncomeState.OFFERED)
    assert there.effect_of(extra) == apart.effect_of(extra)
    (change,) = apart.effect_of(extra).changes
    assert (change.before.left_with_agreed, change.after.left_with_agreed) == (Decimal("30.00"), Decimal("0.00"))


def test_an_answer_is_looked_at_without_the_other_open_offers():
    others = [earned("30.00", IncomeState.OFFERED, offer_id=number) for number in (7, 8, 9)]
    agreed = earned("930.00", IncomeState.AGREED, offer_id=6)
    assert case(agreed, *others).effect_of(income("30.00")).over == ()
    said_yes = [earned("30.00", IncomeState.AGREED, offer_id=number) for number in (8, 9)]
    assert case(agreed, others[0], *said_yes).effect_of(income("30.00")).over == (KELA,)


@pytest.mark.parametrize(
    ("agreed", "offer_id", "number", "over"),
    [("930.00", 7, 2, (KELA,)), ("900.00", 7, 2, ()), ("900.00", None, 3, (KELA,)), ("990.00", 7, 2, ())],
)
def test_what_other_open_offers_would_do_besides_is_told_apart(agreed, offer_id, number, over):
    offers = [earned("30.00", IncomeState.OFFERED, offer_id=number) for number in (7, 8, 9)]
    found = case(earned(agreed, IncomeState.AGREED), *offers).others_offered(income("30.00"), offer_id)
    assert (found.number, found.effect.over) == (number, over)


def test_who_has_no_other_offer_is_told_of_none():
    found = case(earned("30.00", IncomeState.OFFERED, offer_id=7)).others_offered(income("30.00"), 7)
    assert (found.number, found.effect.changes) == (0, ())


@pytest.mark.parametrize(
    ("earned_before", "extra", "over"),
    [
        ("900.00", "90.90", ()),
        ("900.00", "90.91", ("kela_disability_pension.earnings_limit",)),
        ("990.91", "10.00", ()),
    ],
)
def test_a_gig_takes_over_only_who_was_not_over(earned_before, extra, over):
    assert case(earned(earned_before)).effect_of(income(extra)).over == over


@pytest.mark.parametrize(
    ("benefits", "before", "extra", "over"),
    [
        ((), "9000.00", "423.08", ()),
        ((), "9000.00", "423.09", ("yel.yearly_limit",)),
        ((DEBTS,), "0.00", "12.00", ("enforcement.protected_portion",)),
    ],
)
def test_an_assignment_takes_over_where_reaching_is_enough_and_where_a_sixth_is_taken(benefits, before, extra, over):
    """Of an assignment enforcement takes a sixth, although all of the protected portion is left."""
    done = earned(before, form=ContractForm.ASSIGNMENT)
    assert case(done, benefits=benefits).effect_of(income(extra, form=ContractForm.ASSIGNMENT)).over == over


def test_an_open_question_comes_along_whatever_the_month():
    asked = case(benefits=(BenefitHeld(BenefitKind.STUDY_AID, None, None),))
    effect = asked.effect_of(income("10.00", worked=date(2026, 12, 5)))
    assert effect.unknown
    assert [change.after.rule for change in effect.touched] == ["study_aid.own_income"]


def test_coming_months_are_told_of_before_anything_is_agreed_in_them():
    months = [(a.period_from, a.state) for a in case().assessments()]
    assert months == [
        (date(2026, 11, 1), LimitState.UNDER),
        (date(2026, 12, 1), LimitState.UNDER),
        (date(2027, 1, 1), LimitState.LIMIT_MISSING),
    ]


def test_a_gig_in_a_year_without_limits_is_unknown():
    effect = case().effect_of(income("10.00", worked=date(2027, 1, 5)))
    assert effect.unknown
    assert effect.over == ()


@pytest.mark.parametrize(
    ("effect", "over", "not_known", "needs_knowing"),
    [
        (case(earned("900.00")).effect_of(income("50.00")), (), (), False),
        (case(earned("900.00")).effect_of(income("100.00")), (KELA,), (), True),
        (case(earned("1000.00")).effect_of(income("100.00")), (), (), False),
        (case().effect_of(income("10.00", worked=date(2027, 1, 5))), (), (KELA,), True),
        (case(benefits=(ASSISTANCE,)).effect_of(income("10.00")), (ASSISTANCE_RULE,), (), True),
        (case(earned("10.00"), benefits=(ASSISTANCE,)).effect_of(income("10.00")), (), (), False),
        (
            case(benefits=(UNKNOWN_HOUSING,)).effect_of(income("10.00")),
            (),
            ("pensioner_housing_allowance.review",),
            True,
        ),
        (case(benefits=()).effect_of(income("10.00")), (), (), False),
    ],
)
def test_a_yes_needs_knowing_of_what_goes_over_and_of_what_nobody_knows(effect, over, not_known, needs_knowing):
    assert (effect.over, effect.not_known, effect.needs_knowing) == (over, not_known, needs_knowing)


def test_a_gig_touches_the_limits_that_count_it():
    effect = case().effect_of(income("10.00", worked=date(2026, 12, 5)))
    assert [change.after.period_from for change in effect.touched] == [date(2026, 12, 1)]
    assignment = case().effect_of(income("10.00", form=ContractForm.ASSIGNMENT))
    assert [change.after.rule for change in assignment.touched] == [
        "kela_disability_pension.earnings_limit",
        "yel.yearly_limit",
        "yel.annualised",
    ]


def insured(kind, *earnings):
    policy = BenefitHeld(kind, date(2015, 1, 1), None, confirmed_yel_income=Decimal("9000.00"))
    return case(*earnings, benefits=(policy,)).assessments()


PENSIONS = [
    (BenefitKind.KELA_DISABILITY_PENSION, KELA),
    (BenefitKind.TYEL_DISABILITY_PENSION, "tyel_disability_pension.earnings_limit"),
]


@pytest.mark.parametrize(("kind", "rule"), PENSIONS)
@pytest.mark.parametrize(("wages", "hours"), [("100.00", 24), ("2800.00", 9)])
def test_the_year_of_a_yel_policy_has_no_more_hours_than_a_month_has_room_for(kind, rule, wages, hours):
    found = insured(kind, earned(wages, IncomeState.AGREED))
    year = next(a for a in found if a.rule == rule and a.period_from == date(2026, 1, 1))
    assert (year.left_hours, year.left_hours_with_agreed) == (289, hours)
