"""The register of rules, and `assess`, which asks each of them.

A new benefit is one module and one line here. A changed formula is a new function with the day from which it holds, on
a line of its own below the old one; it answers for periods that begin on that day or later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter

from jobcenter.benefits import (
    ask_first,
    enforcement,
    general_housing_allowance,
    general_housing_amount,
    kela_disability_pension,
    pensioner_housing_allowance,
    pensioner_housing_amount,
    sickness,
    social_assistance,
    study_aid,
    tyel_pension,
    unemployment,
    yel,
    yel_annualised,
)
from jobcenter.benefits.assessment import Assessment
from jobcenter.benefits.domain import BenefitKind, Income, Person
from jobcenter.benefits.judging import SHARED, Facts, month_of
from jobcenter.benefits.law import Law, Parameter
from jobcenter.benefits.loader import law as shipped_law

NEAR_SHARE = "warning.near_share"

# The figure that each rule holds earnings against; the other rules measure nothing.
MEASURED_BY = {
    kela_disability_pension.PENSION_RULE: kela_disability_pension.LIMIT,
    kela_disability_pension.GUARANTEE_RULE: kela_disability_pension.LIMIT,
    tyel_pension.FULL_RULE: tyel_pension.FLOOR,
    tyel_pension.PARTIAL_RULE: tyel_pension.FLOOR,
    pensioner_housing_allowance.RULE: pensioner_housing_allowance.RISE,
    general_housing_allowance.RULE: general_housing_allowance.RISE,
    general_housing_amount.RULE: general_housing_amount.FREE_INCOME,
    social_assistance.RULE: social_assistance.DISREGARD,
    unemployment.LABOUR_MARKET_RULE: unemployment.DISREGARD_MONTH,
    unemployment.BASIC_RULE: unemployment.DISREGARD_MONTH,
    unemployment.EARNINGS_RELATED_RULE: unemployment.DISREGARD_MONTH,
    unemployment.GENERAL_RULE: unemployment.DISREGARD_MONTH,
    enforcement.RULE: enforcement.DEBTOR,
    study_aid.RULE: study_aid.WITH_AID,
    yel.RULE: yel.LIMIT,
    yel_annualised.RULE: yel.LIMIT,
}

# Rules that look at a year which moves on with the day looked at.
ROLLING = frozenset(
    {
        pensioner_housing_allowance.RULE,
        pensioner_housing_amount.RULE,
        general_housing_allowance.RULE,
        general_housing_amount.RULE,
        yel_annualised.RULE,
    }
)


@dataclass(frozen=True)
class Formula:
    """One way of computing a rule, for periods that begin on `since` (ISO day, "" from the beginning) or later.

    `kinds`: it answers for those who hold, or held, a benefit of these kinds; for everybody where there are none.
    """

    name: str
    since: str
    function: Callable[[Facts], Iterable[Assessment]]
    kinds: tuple[BenefitKind, ...] = ()

    def begins(self) -> date:
        return date.fromisoformat(self.since) if self.since else date.min


KELA_PENSION = (BenefitKind.KELA_DISABILITY_PENSION,)
GUARANTEE_PENSION = (BenefitKind.GUARANTEE_PENSION,)
PENSIONERS_HOUSING = (BenefitKind.PENSIONER_HOUSING_ALLOWANCE,)
GENERAL_HOUSING = (BenefitKind.GENERAL_HOUSING_ALLOWANCE,)
SOCIAL_ASSISTANCE = (BenefitKind.BASIC_SOCIAL_ASSISTANCE,)
LABOUR_MARKET = (BenefitKind.LABOUR_MARKET_SUBSIDY,)
BASIC = (BenefitKind.BASIC_UNEMPLOYMENT_ALLOWANCE,)
EARNINGS_RELATED = (BenefitKind.EARNINGS_RELATED_UNEMPLOYMENT_ALLOWANCE,)
GENERAL = (BenefitKind.GENERAL_BENEFIT, *unemployment.REPLACED)
ENFORCEMENT = (BenefitKind.ENFORCEMENT,)
STUDY_AID = (BenefitKind.STUDY_AID,)

REGISTER = (
    Formula(ask_first.UNASKED_RULE, "", ask_first.assess_unasked),
    Formula(kela_disability_pension.PENSION_RULE, "", kela_disability_pension.assess_pension, KELA_PENSION),
    Formula(
        kela_disability_pension.GUARANTEE_RULE, "", kela_disability_pension.assess_guarantee_pension, GUARANTEE_PENSION
    ),
    Formula(tyel_pension.FULL_RULE, "", tyel_pension.assess_full, (tyel_pension.FULL.kind,)),
    Formula(tyel_pension.PARTIAL_RULE, "", tyel_pension.assess_partial, (tyel_pension.PARTIAL.kind,)),
    Formula(pensioner_housing_allowance.RULE, "", pensioner_housing_allowance.assess, PENSIONERS_HOUSING),
    Formula(pensioner_housing_amount.RULE, "", pensioner_housing_amount.assess, PENSIONERS_HOUSING),
    Formula(general_housing_allowance.RULE, "", general_housing_allowance.assess, GENERAL_HOUSING),
    Formula(general_housing_amount.RULE, "", general_housing_amount.assess, GENERAL_HOUSING),
    Formula(social_assistance.RULE, "", social_assistance.assess, SOCIAL_ASSISTANCE),
    Formula(unemployment.LABOUR_MARKET_RULE, "", unemployment.assess_labour_market_subsidy, LABOUR_MARKET),
    Formula(unemployment.BASIC_RULE, "", unemployment.assess_basic_allowance, BASIC),
    Formula(unemployment.EARNINGS_RELATED_RULE, "", unemployment.assess_earnings_related_allowance, EARNINGS_RELATED),
    Formula(unemployment.GENERAL_RULE, "", unemployment.assess_general_benefit, GENERAL),
    Formula(yel.RULE, "", yel.assess),
    Formula(yel_annualised.RULE, "", yel_annualised.assess),
    Formula(enforcement.RULE, "", enforcement.assess, ENFORCEMENT),
    Formula(study_aid.RULE, "", study_aid.assess, STUDY_AID),
    Formula(sickness.SICKNESS.rule, "", sickness.assess_sickness_allowance, (sickness.SICKNESS.kind,)),
    Formula(
        sickness.REHABILITATION.rule, "", sickness.assess_rehabilitation_allowance, (sickness.REHABILITATION.kind,)
    ),
)


def assess(
    *,
    person: Person,
    income: Iterable[Income],
    as_of: date,
    hourly: Decimal,
    near_share: Decimal | None = None,
    law: Law | None = None,
) -> tuple[Assessment, ...]:
    """Where a person stands on day `as_of`: one assessment per rule and period touched, rule by rule in order of time.

    `income` is all earnings known, done and ahead, in any order. `hourly`: euros an hour, by which hours left are
    counted. `near_share`: the share of a limit from which it is near, the law data's own unless given. `law`: the
    shipped law unless another is given.
    Raises ValueError if `hourly` or `near_share` makes no sense.
    """
    law = law or shipped_law()
    if near_share is None:
        near_share = law.value_on(NEAR_SHARE, as_of).value
    return assess_facts(Facts(person, tuple(income), as_of, hourly, near_share, law))


def assess_facts(facts: Facts) -> tuple[Assessment, ...]:
    """The same of facts put together already. Periods that ended before `facts.since` are left out; all earnings still
    count where a period asked for looks further back.
    """
    found: list[Assessment] = []
    for formula in _asked_of(facts.kinds):
        found += _answers(formula, facts)
    return tuple(found)


def measure_of(rule: str) -> Parameter | None:
    """The figure of the shipped law that a rule holds earnings against; None of a rule that measures nothing."""
    return shipped_law().parameters[MEASURED_BY[rule]] if rule in MEASURED_BY else None


def adds_at_most(rule: str, day: date) -> int:
    """What one more euro of earnings adds at most to what a rule counts: one, but of a yearly value of the work."""
    return yel_annualised.adds_at_most(shipped_law(), day) if rule == yel_annualised.RULE else 1


@lru_cache(maxsize=SHARED)
def series_of(assessment: Assessment) -> str:
    """Which of a rule's assessments tell of the same thing.

    "2026-11" of a month, "2026-11-02" of the four weeks from that day, "2026" of a year, else "rolling".
    """
    if assessment.rule in ROLLING:
        return "rolling"
    first = assessment.period_from.isoformat()
    if assessment.period_to == month_of(assessment.period_from).last:
        return first[:7]
    four_weeks = assessment.period_to - assessment.period_from < unemployment.FOUR_WEEKS
    return first if four_weeks else first[:4]


@lru_cache(maxsize=1024)
def _asked_of(kinds: frozenset[BenefitKind]) -> tuple[Formula, ...]:
    """The formulas that may answer for those who hold benefits of these kinds."""
    return tuple(formula for formula in REGISTER if not formula.kinds or not kinds.isdisjoint(formula.kinds))


def _answers(formula: Formula, facts: Facts) -> list[Assessment]:
    """A formula's assessments of the periods that are its own, in order of time."""
    begins, ends = _time_of(formula)
    answers = sorted(formula.function(facts), key=attrgetter("period_from"))
    return [found for found in answers if begins <= found.period_from < ends and found.period_to >= facts.since]


@cache
def _time_of(formula: Formula) -> tuple[date, date]:
    """From when a formula answers, and from when a later one of its rule does."""
    begins = formula.begins()
    later = (other.begins() for other in REGISTER if other.name == formula.name)
    return begins, min((day for day in later if day > begins), default=date.max)
