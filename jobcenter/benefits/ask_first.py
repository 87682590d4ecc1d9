"""What cannot be judged yet, said aloud: benefits never asked of the person, and benefits whose rule is not computed.

A benefit that gets a module of its own leaves `NOT_COMPUTED` and enters the register under the same rule name.
"""

from __future__ import annotations

from collections.abc import Iterator

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitKind, LimitState
from jobcenter.benefits.judging import Facts, month_of, unmeasured

UNASKED_RULE = "benefits.asked"

NOT_COMPUTED = {
    BenefitKind.TYEL_DISABILITY_PENSION: "tyel_disability_pension.earnings_limit",
    BenefitKind.TYEL_PARTIAL_DISABILITY_PENSION: "tyel_partial_disability_pension.earnings_limit",
    BenefitKind.GENERAL_HOUSING_ALLOWANCE: "general_housing_allowance.review",
    BenefitKind.BASIC_SOCIAL_ASSISTANCE: "basic_social_assistance.disregard",
    BenefitKind.LABOUR_MARKET_SUBSIDY: "labour_market_subsidy.reconciliation",
    BenefitKind.BASIC_UNEMPLOYMENT_ALLOWANCE: "basic_unemployment_allowance.reconciliation",
    BenefitKind.EARNINGS_RELATED_UNEMPLOYMENT_ALLOWANCE: "earnings_related_unemployment_allowance.reconciliation",
    BenefitKind.GENERAL_BENEFIT: "general_benefit.reconciliation",
    BenefitKind.ENFORCEMENT: "enforcement.protected_portion",
    BenefitKind.STUDY_AID: "study_aid.own_income",
    BenefitKind.SICKNESS_ALLOWANCE: "sickness_allowance.work",
    BenefitKind.REHABILITATION_ALLOWANCE: "rehabilitation_allowance.work",
}


def assess_unasked(facts: Facts) -> Iterator[Assessment]:
    """One question, where nobody has asked the person which benefits they receive."""
    if not facts.person.asked:
        remark = Row(RowCode.BENEFITS_NOT_ASKED)
        yield unmeasured(facts, UNASKED_RULE, month_of(facts.as_of), LimitState.ASK, NextStep.ASK_PERSON, remark)


def assess_not_computed(facts: Facts) -> Iterator[Assessment]:
    """One "ask Kela" for each benefit held this month that has no rule here."""
    month = month_of(facts.as_of)
    for kind, rule in NOT_COMPUTED.items():
        if facts.person.held(kind, month.first, month.last):
            remark = Row(RowCode.NOT_COMPUTED)
            yield unmeasured(facts, rule, month, LimitState.ASK, NextStep.ASK_KELA, remark)
