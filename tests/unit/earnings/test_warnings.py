"""What is warned of: one level per limit and period; a benefit that shrinks is told of once, not every month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jobcenter.benefits import BenefitHeld, BenefitKind, LimitState
from jobcenter.benefits.register import REGISTER
from jobcenter.earnings.domain import AMOUNTS_ONLY
from jobcenter.earnings.domain_warnings import (
    GOING_ON,
    REDUCTIONS,
    URGENCY,
    WarningLevel,
    alarms_of,
    level_of,
    urgency_of,
)
from tests.unit.earnings.test_domain import AS_OF, assessed, case, earned

ASSISTANCE = BenefitHeld(BenefitKind.BASIC_SOCIAL_ASSISTANCE, None, None)
RULE = "basic_social_assistance.disregard"


def standing(rule, done, ahead, month=11):
    found = assessed("0", "0")
    days = {"period_from": date(2026, month, 1), "period_to": date(2026, month, 28)}
    return replace(found, rule=rule, state=done, state_with_agreed=ahead, **days)


def test_rules_that_are_treated_apart_are_rules():
    assert {formula.name for formula in REGISTER} >= REDUCTIONS | AMOUNTS_ONLY


def test_every_level_has_its_place():
    assert sorted(level for levels in URGENCY for level in levels) == sorted(WarningLevel)


@pytest.mark.parametrize(
    ("done", "ahead", "level"),
    [
        (LimitState.UNDER, LimitState.UNDER, None),
        (LimitState.UNDER, LimitState.NEAR, None),
        (LimitState.UNDER, LimitState.OVER, WarningLevel.REDUCED),
        (LimitState.OVER, LimitState.OVER, WarningLevel.REDUCED),
        (LimitState.LIMIT_MISSING, LimitState.LIMIT_MISSING, None),
        (LimitState.ASK, LimitState.ASK, None),
    ],
)
def test_a_benefit_that_shrinks_has_one_level(done, ahead, level):
    assert level_of(standing(RULE, done, ahead)) is level


@pytest.mark.parametrize("state", LimitState)
def test_amounts_are_never_warned_of(state):
    for rule in AMOUNTS_ONLY:
        assert level_of(standing(rule, state, state)) is None


def test_months_of_a_reduction_are_one_warning_of_the_first_that_is_not_past():
    over = LimitState.OVER
    months = [standing(RULE, over, over, month) for month in (12, 10, 11)]
    ((key, alarm),) = alarms_of(months, AS_OF).items()
    assert key == (RULE, GOING_ON)
    assert alarm.assessment.period_from == date(2026, 11, 1)


def test_a_reduction_only_in_the_past_is_not_warned_of():
    assert alarms_of([standing(RULE, LimitState.OVER, LimitState.OVER, 10)], AS_OF) == {}


def test_months_of_a_limit_are_warnings_of_their_own():
    rule = "kela_disability_pension.earnings_limit"
    months = [standing(rule, LimitState.OVER, LimitState.OVER, month) for month in (10, 11)]
    assert len(alarms_of(months, AS_OF)) == 2


def test_social_assistance_is_warned_of_from_the_first_euro():
    found = case(earned("10.00"), benefits=(ASSISTANCE,)).assessments()
    assert [alarm.level for alarm in alarms_of(found, AS_OF).values()] == [WarningLevel.REDUCED]
    nothing = case(benefits=(ASSISTANCE,)).assessments()
    assert alarms_of(nothing, AS_OF) == {}


def test_what_goes_over_comes_first_then_what_is_not_known_then_the_fewest_hours():
    rule, under = "kela_disability_pension.earnings_limit", LimitState.UNDER
    over = standing(rule, LimitState.OVER, LimitState.OVER)
    ahead = standing(rule, under, LimitState.OVER)
    missing = standing(rule, LimitState.LIMIT_MISSING, LimitState.LIMIT_MISSING)
    near = standing(rule, LimitState.NEAR, LimitState.NEAR)
    reduced = standing(RULE, LimitState.OVER, LimitState.OVER)
    few = replace(standing(rule, under, under), left_hours_with_agreed=3)
    many = replace(standing(rule, under, under), left_hours_with_agreed=9)
    assert sorted([many, few, reduced, near, missing, ahead, over], key=urgency_of) == [
        *(over, ahead, missing, near, reduced, few, many)
    ]
