"""What the general housing allowance is now and what it would be with the earnings: an estimate by the law's formula.

The allowance is a share of the accepted rent above a basic deductible, which grows with income. What changed in 2024
holds from an allowance's first review: until then the formula of its last decision is used, and of the day looked at
for the amount after a review that the earnings start. Wealth, which counts since 2025, is not known here.

*Before* is with the income of the last decision: what it counts above the household's other income is earnings.

The limit is what gigs may bring a month before the formula begins to take from the allowance: the free income that
other income leaves, and the deduction while there is one; or the earnings that the decision counts already, if they are
more. The state is `over` where the allowance falls, else `under`;
there is no `near`, since nothing is lost at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jobcenter.benefits.assessment import Assessment, BenefitAmounts, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitHeld, LimitState, MunicipalityGroup
from jobcenter.benefits.general_housing_allowance import (
    FALL,
    RISE,
    GigIncome,
    gig_income,
    growth_of,
    held_around,
)
from jobcenter.benefits.judging import (
    Facts,
    Measure,
    Yardstick,
    limit_missing,
    unmeasured,
    weigh,
)
from jobcenter.benefits.law import ONE_DAY, Applies, DatedValue, Law, LimitMissing
from jobcenter.benefits.words import AMOUNT_WORDS
from jobcenter.core.money import ZERO, round_cents

RULE = "general_housing_allowance.amount"
PREFIX = "general_housing_allowance."
RATE = f"{PREFIX}rate"
DEDUCTION = f"{PREFIX}earnings_deduction"
FREE_INCOME = f"{PREFIX}free_income"

LARGEST_HOUSEHOLD_LISTED = 4
ZONES = 4

# What the formula cannot do without, and the row that says so.
NEEDED = {
    "other_income_month": RowCode.OTHER_INCOME_UNKNOWN,
    "rent": RowCode.RENT_UNKNOWN,
    "municipality_group": RowCode.MUNICIPALITY_GROUP_UNKNOWN,
    "adults": RowCode.HOUSEHOLD_UNKNOWN,
    "children": RowCode.HOUSEHOLD_UNKNOWN,
}


@dataclass(frozen=True)
class Formula:
    """The law of the formula as it holds for one allowance: on a day, and before a change that waits for a review."""

    law: Law
    day: date
    decided_on: date | None

    def value(self, name: str) -> Decimal:
        """The value of `general_housing_allowance.<name>`. Raises LimitMissing."""
        return self.dated(name).value

    def dated(self, name: str) -> DatedValue:
        value = self.law.value_on(PREFIX + name, self.day)
        if self.waits_for_review(value):
            return self.law.value_on(PREFIX + name, value.from_ - ONE_DAY)
        return value

    def waits_for_review(self, value: DatedValue) -> bool:
        """Whether a changed value does not hold yet, since the last decision was made before the change."""
        waits = value.applies is Applies.NEXT_REVIEW
        return waits and self.decided_on is not None and self.decided_on < value.from_

    def cap(self, held: BenefitHeld, zone: int) -> Decimal:
        """The most of the rent that is accepted for a household of this size."""
        persons = held.adults + held.children
        cap = self.value(f"cost_cap.{zone}.{min(persons, LARGEST_HOUSEHOLD_LISTED)}")
        more = persons - LARGEST_HOUSEHOLD_LISTED
        return cap + more * self.value(f"cost_cap.{zone}.more") if more > 0 else cap

    def free_income(self, held: BenefitHeld) -> Decimal:
        """The income of a household of this size that takes nothing from the allowance."""
        of_adults = held.adults * self.value("free_income_adult")
        return self.value("free_income") + of_adults + held.children * self.value("free_income_child")

    def allowance(self, held: BenefitHeld, zone: int, earnings: Decimal) -> Decimal:
        """The allowance a month when one person of the household earns `earnings` beside its other income."""
        income = held.other_income_month + max(ZERO, earnings - self.value("earnings_deduction"))
        deductible = max(ZERO, self.value("deductible_rate") * (income - self.free_income(held)))
        if deductible < self.value("deductible_ignored_below"):
            deductible = ZERO
        accepted = min(held.rent, self.cap(held, zone))
        allowance = max(ZERO, self.value("rate") * (accepted - deductible))
        return round_cents(allowance) if allowance >= self.value("smallest_paid") else ZERO

    def yardstick(self, held: BenefitHeld, decided: Decimal) -> Yardstick:
        """What gigs may bring a month before the formula takes from the allowance; at least what is `decided`."""
        amount = max(ZERO, self.free_income(held) - held.other_income_month) + self.value("earnings_deduction")
        return Yardstick(self.law.parameter(FREE_INCOME), self.dated("free_income"), max(amount, decided))


def assess(facts: Facts) -> Iterator[Assessment]:
    """The allowance with the earnings of the decision and with all gigs."""
    held = held_around(facts)
    if held is None:
        return
    gigs = gig_income(facts)
    try:
        yield _amount(facts, held, gigs)
    except LimitMissing as missing:
        yield limit_missing(facts, RULE, gigs.year, missing)


def _amount(facts: Facts, held: BenefitHeld, gigs: GigIncome) -> Assessment:
    now = Formula(facts.law, facts.as_of, held.decided_on)
    unknown = tuple(dict.fromkeys(_unknown(held, now)))
    if unknown:
        rows = (Row(code) for code in unknown)
        return unmeasured(facts, RULE, gigs.year, LimitState.ASK, NextStep.ASK_PERSON, *rows)
    zone = _zone(held.municipality_group, now)
    if zone > ZONES:
        remark = Row(RowCode.MUNICIPALITY_GROUP_GONE)
        return unmeasured(facts, RULE, gigs.year, LimitState.ASK, NextStep.ASK_PERSON, remark)
    due = _review_due(facts, held, gigs)
    then, decided = replace(now, decided_on=None) if due else now, _decided_earnings(held)
    amounts = [
        formula.allowance(held, zone, earned)
        for formula, earned in ((now, decided), (then, gigs.sums.done), (then, gigs.sums.total))
    ]
    before, done, after = amounts
    measure = Measure(
        rule=RULE,
        period=gigs.year,
        sums=gigs.sums,
        yardstick=then.yardstick(held, decided),
        words=AMOUNT_WORDS,
        rows=(*_decision_rows(held, decided), *_rows(now, then, due)),
        amounts=BenefitAmounts.of(before, after),
        states=(_state(before, done), _state(before, after)),
    )
    return weigh(facts, measure)


def _decided_earnings(held: BenefitHeld) -> Decimal:
    """The monthly earnings that the last decision counts, as far as is known."""
    if held.decided_monthly_income is None or held.other_income_month is None:
        return ZERO
    return max(ZERO, held.decided_monthly_income - held.other_income_month)


def _state(before: Decimal, after: Decimal) -> LimitState:
    return LimitState.OVER if after < before else LimitState.UNDER


def _unknown(held: BenefitHeld, formula: Formula) -> Iterator[RowCode]:
    for name, code in NEEDED.items():
        if getattr(held, name) is None:
            yield code
    if held.adults is not None and held.children is not None and held.adults + held.children < 1:
        yield RowCode.HOUSEHOLD_UNKNOWN
    rate = formula.law.value_on(RATE, formula.day)
    if held.decided_on is None and rate.applies is Applies.NEXT_REVIEW:
        yield RowCode.DECIDED_ON_UNKNOWN


def _zone(group: MunicipalityGroup, formula: Formula) -> int:
    """The zone of a group: itself while there are as many groups as zones, else that of the groups moved up."""
    if group is MunicipalityGroup.HELSINKI:
        return 1
    return int(group.value) + ZONES - int(formula.value("groups"))


def _review_due(facts: Facts, held: BenefitHeld, gigs: GigIncome) -> bool:
    """Whether the earnings start a review, which brings the law of the day."""
    growth = growth_of(held, gigs)
    if growth is None:
        return False
    rise, fall = facts.law.value_on(RISE, facts.as_of).value, facts.law.value_on(FALL, facts.as_of).value
    return growth.total >= rise or -growth.total >= fall


def _decision_rows(held: BenefitHeld, earnings: Decimal) -> Iterator[Row]:
    """Where the last decision counts earnings: the income that it rests on."""
    if earnings:
        yield Row(RowCode.DECIDED_MONTHLY_INCOME, held.decided_monthly_income)


def _rows(now: Formula, then: Formula, due: bool) -> Iterator[Row]:
    deduction = now.dated("earnings_deduction")
    if deduction.value:
        yield Row(RowCode.EARNINGS_DEDUCTION, deduction.value, DEDUCTION, deduction.source)
    if now.waits_for_review(now.law.value_on(DEDUCTION, now.day)):
        yield Row(RowCode.NEW_LAW_AT_REVIEW, day=now.law.value_on(DEDUCTION, now.day).from_)
    if not due:
        yield Row(RowCode.AMOUNT_CHANGES_AT_REVIEW)
    rate = then.dated("rate")
    yield Row(RowCode.FORMULA, parameter=RATE, source=rate.source)
