"""What the housing allowance for pensioners comes to a month, with the work income of the decision and with that ahead.

    share paid x (accepted costs - basic deductible - extra deductible) / 12,
    extra deductible = rate x (yearly income - income limit), if above nothing

Nothing is paid below a least amount. Of the housing costs at most the municipality group's are accepted. The income is
a household's; of a couple who both have a right to the allowance the amount is for both together. Of wealth a part
counts as income; it is not known here, and a row says so.

*Before* is with the work income that the decision counts, *after* with the year of work seen ahead, both by the
figures of the day looked at, rounded once. The amount changes only when Kela reviews the allowance: a row says so, and
the review rule tells whether one is due.

The limit is the yearly income *from work* up to which nothing changes for the worse: what is left between the other
income and the income at which the extra deductible begins, or what the decision counts already, if that is more. Under
it, or where nothing is paid anyway, the state is `under`; above it the allowance falls, and the state is `over`. There
is no `near`: nothing is lost at once, each euro above takes its part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jobcenter.benefits.assessment import Assessment, BenefitAmounts, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitHeld, Household, LimitState, MunicipalityGroup
from jobcenter.benefits.judging import (
    MONTHS_IN_YEAR,
    Facts,
    Measure,
    Yardstick,
    limit_missing,
    unmeasured,
    weigh,
)
from jobcenter.benefits.law import DatedValue, Law, LimitMissing
from jobcenter.benefits.pensioner_housing_allowance import YearOfWork, held_around, work_rows, year_of_work
from jobcenter.benefits.words import AMOUNT_WORDS
from jobcenter.core.money import ZERO, round_cents

RULE = "pensioner_housing_allowance.amount"
SHARE_PAID = "pensioner_housing_allowance.share_paid"
EXTRA_RATE = "pensioner_housing_allowance.extra_rate"
BASIC_DEDUCTIBLE = "pensioner_housing_allowance.basic_deductible"
LEAST_PAID = "pensioner_housing_allowance.least_paid"
INCOME_LIMITS = {
    Household.SINGLE: "pensioner_housing_allowance.income_limit_single",
    Household.COUPLE_ONE_ENTITLED: "pensioner_housing_allowance.income_limit_one_entitled",
    Household.COUPLE_BOTH_ENTITLED: "pensioner_housing_allowance.income_limit_both_entitled",
}
# Helsinki is in the first of the three groups of this allowance.
MOST_COSTS = {
    MunicipalityGroup.HELSINKI: "pensioner_housing_allowance.most_costs_1",
    MunicipalityGroup.FIRST: "pensioner_housing_allowance.most_costs_1",
    MunicipalityGroup.SECOND: "pensioner_housing_allowance.most_costs_2",
    MunicipalityGroup.THIRD: "pensioner_housing_allowance.most_costs_3",
}


@dataclass(frozen=True)
class Decision:
    """What the amount rests on, all of it known. Euros; `costs` a month, the others a year."""

    household: Household
    group: MunicipalityGroup
    costs: Decimal
    decided: Decimal
    other: Decimal


@dataclass(frozen=True)
class Terms:
    """The formula's figures for one household on one day. `costs`: accepted ones, euros a year."""

    costs: Decimal
    share: Decimal
    rate: Decimal
    basic: Decimal
    least: Decimal
    limit: DatedValue

    @classmethod
    def on(cls, law: Law, decision: Decision, day: date) -> Terms:
        """The figures of a day. Raises LimitMissing."""
        return cls(
            costs=min(decision.costs * MONTHS_IN_YEAR, law.value_on(MOST_COSTS[decision.group], day).value),
            share=law.value_on(SHARE_PAID, day).value,
            rate=law.value_on(EXTRA_RATE, day).value,
            basic=law.value_on(BASIC_DEDUCTIBLE, day).value,
            least=law.value_on(LEAST_PAID, day).value,
            limit=law.value_on(INCOME_LIMITS[decision.household], day),
        )

    def extra(self, income: Decimal) -> Decimal:
        """The extra deductible of a yearly income."""
        return max(ZERO, self.rate * (income - self.limit.value))

    def allowance(self, income: Decimal) -> Decimal:
        """Euros a month with a yearly income."""
        monthly = self.share * (self.costs - self.basic - self.extra(income)) / MONTHS_IN_YEAR
        return round_cents(monthly) if monthly >= self.least else ZERO


def assess(facts: Facts) -> Iterator[Assessment]:
    """The allowance a month before and after, and how much may be earned before it falls."""
    held = held_around(facts)
    if held is None:
        return
    work = facts.once(year_of_work)
    unknown = tuple(Row(code) for code in _unknown(held))
    if unknown:
        yield unmeasured(facts, RULE, work.span, LimitState.ASK, NextStep.ASK_PERSON, *unknown)
        return
    decision = Decision(
        household=held.household,
        group=held.municipality_group,
        costs=held.housing_costs_month,
        decided=held.decided_annual_income,
        other=held.annual_income_other,
    )
    try:
        terms = Terms.on(facts.law, decision, facts.as_of)
    except LimitMissing as missing:
        yield limit_missing(facts, RULE, work.span, missing)
        return
    yield _weigh(facts, work, decision, terms)


def _unknown(held: BenefitHeld) -> Iterator[RowCode]:
    """The figures of the decision that nobody has told."""
    if held.decided_annual_income is None:
        yield RowCode.DECIDED_INCOME_UNKNOWN
    if held.annual_income_other is None:
        yield RowCode.OTHER_YEARLY_INCOME_UNKNOWN
    if held.household is None:
        yield RowCode.HOUSEHOLD_FORM_UNKNOWN
    if held.municipality_group not in MOST_COSTS:
        yield RowCode.MUNICIPALITY_GROUP_UNKNOWN
    if held.housing_costs_month is None:
        yield RowCode.HOUSING_COSTS_UNKNOWN


def _weigh(facts: Facts, work: YearOfWork, decision: Decision, terms: Terms) -> Assessment:
    before = terms.allowance(decision.other + decision.decided)
    after = terms.allowance(decision.other + work.sums.total)
    room = max(terms.limit.value - decision.other, decision.decided, ZERO)
    yardstick = Yardstick(facts.law.parameter(INCOME_LIMITS[decision.household]), terms.limit, round_cents(room))
    measure = Measure(
        rule=RULE,
        period=work.span,
        sums=work.sums,
        yardstick=yardstick,
        words=AMOUNT_WORDS,
        rows=(*work_rows(work), *_rows(decision, terms, work)),
        amounts=BenefitAmounts.of(before, after),
        states=(_state(before, work.sums.done, room), _state(before, work.sums.total, room)),
    )
    return weigh(facts, measure)


def _state(before: Decimal, work: Decimal, room: Decimal) -> LimitState:
    return LimitState.OVER if before and work > room else LimitState.UNDER


def _rows(decision: Decision, terms: Terms, work: YearOfWork) -> Iterator[Row]:
    yield Row(RowCode.DECIDED_INCOME, decision.decided)
    yield Row(RowCode.OTHER_INCOME_YEAR, decision.other)
    yield Row(RowCode.EXTRA_DEDUCTIBLE_FROM, terms.limit.value, INCOME_LIMITS[decision.household], terms.limit.source)
    yield Row(RowCode.ACCEPTED_COSTS, terms.costs, MOST_COSTS[decision.group])
    yield Row(RowCode.BASIC_DEDUCTIBLE, terms.basic, BASIC_DEDUCTIBLE)
    yield Row(RowCode.EXTRA_DEDUCTIBLE, round_cents(terms.extra(decision.other + work.sums.total)), EXTRA_RATE)
    yield Row(RowCode.AMOUNT_CHANGES_AT_REVIEW)
    yield Row(RowCode.FORMULA)
    if decision.household is Household.COUPLE_BOTH_ENTITLED:
        yield Row(RowCode.AMOUNT_FOR_BOTH)
