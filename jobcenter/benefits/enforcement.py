"""What enforcement of debts takes of the net pay of a calendar month: an estimate, never the bailiff's decision.

Net pay of all employers counts together, in the month of payment. Nothing is taken up to the protected portion; above
it two thirds of what exceeds it, from twice the portion a third of all of it, above four times the portion four fifths
of what exceeds that; never more than half. Of income from own business, which an assignment is, a sixth is taken by
the main rule, whatever the portion. The amount seized is all that is taken in the month, of other pay too. What is
left under the protected portion is told of pay and own business together: all that a person has to live on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jobcenter.benefits.assessment import Assessment, BenefitAmounts, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitHeld, BenefitKind, ContractForm, Income, LimitState
from jobcenter.benefits.judging import (
    Facts,
    Measure,
    Span,
    Sums,
    Yardstick,
    judge,
    limit_missing,
    months_held,
    net_remarks,
    net_total,
    sum_rows,
    unmeasured,
    weigh,
)
from jobcenter.benefits.law import Law, LimitMissing
from jobcenter.benefits.words import Words
from jobcenter.core.money import ZERO, round_cents

RULE = "enforcement.protected_portion"
DEBTOR = "enforcement.protected_debtor"
DEPENDANT = "enforcement.protected_dependant"
DAYS_IN_MONTH = "enforcement.days_in_month"
FIRST_STEP = "enforcement.first_step_rate"
SECOND_STEP = "enforcement.second_step_rate"
THIRD_STEP = "enforcement.third_step_rate"
MOST_TAKEN = "enforcement.most_taken"
BUSINESS = "enforcement.business_rate"

SIXTHS = 6

WORDS = Words.of_limit(at=NextStep.PLAN_HOURS, over=NextStep.ASK_ENFORCEMENT)


@dataclass(frozen=True)
class Rates:
    """The steps by which net pay is taken, on a day.

    `first`, `second` and `business` are sixths: what is taken is divided last, so that no third is rounded.
    """

    first: Decimal
    second: Decimal
    third: Decimal
    most: Decimal
    business: Decimal

    @classmethod
    def on(cls, law: Law, span: Span) -> Rates:
        """Raises LimitMissing."""
        first, second, third, most, business = (
            law.value_on(id, span.first).value for id in (FIRST_STEP, SECOND_STEP, THIRD_STEP, MOST_TAKEN, BUSINESS)
        )
        return cls(first, second, third, most, business)

    def _sixths_of_pay(self, net: Decimal, protected: Decimal) -> Decimal:
        """Six times what is taken of net pay of a month."""
        if net <= protected:
            return ZERO
        if net <= 2 * protected:
            taken = self.first * (net - protected)
        else:
            taken = self.second * min(net, 4 * protected) + SIXTHS * self.third * max(ZERO, net - 4 * protected)
        return min(taken, SIXTHS * self.most * net)

    def taken(self, pay: Decimal, business: Decimal, protected: Decimal) -> Decimal:
        """What is taken of net pay and of income from own business together."""
        return (self._sixths_of_pay(pay, protected) + self.business * business) / SIXTHS


def assess(facts: Facts) -> Iterator[Assessment]:
    """The months in which something was paid, and the month looked at, while debts are enforced."""
    for month, held, paid in months_held(facts, BenefitKind.ENFORCEMENT, facts.paid_by_month):
        yield _month(facts, month, held, paid)


def _month(facts: Facts, month: Span, held: BenefitHeld, paid: Sequence[Income]) -> Assessment:
    unknown = tuple(_unknown(held))
    if unknown:
        return unmeasured(facts, RULE, month, LimitState.ASK, NextStep.ASK_PERSON, *unknown)
    try:
        rates, protected = Rates.on(facts.law, month), _protected(facts.law, month, held)
    except LimitMissing as missing:
        return limit_missing(facts, RULE, month, missing)
    wages = [row for row in paid if row.contract is not ContractForm.ASSIGNMENT]
    business = [row for row in paid if row.contract is ContractForm.ASSIGNMENT]
    pay = Sums(done=held.net_pay_other + _net_done(wages), total=held.net_pay_other + net_total(wages))
    everything = Sums(done=pay.done + _net_done(business), total=pay.total + net_total(business))
    seized = rates.taken(pay.total, net_total(business), protected.amount)
    amounts = BenefitAmounts(seized=round_cents(seized))
    states = (
        _state(facts, pay.done, _net_done(business), protected.amount),
        _state(facts, pay.total, net_total(business), protected.amount),
    )
    rows = tuple(_rows(held, paid, business))
    weighed = weigh(facts, Measure(RULE, month, everything, protected, WORDS, rows, amounts, states))
    return _nothing_untouched(weighed) if net_total(business) else weighed


def _nothing_untouched(weighed: Assessment) -> Assessment:
    """With income from own business no hour is left of which nothing is taken: its sixth goes from the first euro."""
    done = 0 if weighed.state is LimitState.OVER else weighed.left_hours
    return replace(weighed, left_hours=done, left_hours_with_agreed=0)


def _state(facts: Facts, pay: Decimal, business: Decimal, protected: Decimal) -> LimitState:
    """Over where anything is taken: of pay above the protected portion, or of income from own business at all."""
    return LimitState.OVER if business else judge(pay, protected, facts.near_share, WORDS)


def _protected(law: Law, month: Span, held: BenefitHeld) -> Yardstick:
    """The protected portion of a month. Raises LimitMissing."""
    days = law.value_on(DAYS_IN_MONTH, month.first).value
    debtor = Yardstick.on(law, DEBTOR, month.first)
    a_day = debtor.value.value + held.dependants * law.value_on(DEPENDANT, month.first).value
    return replace(debtor, amount=round_cents(days * a_day))


def _unknown(held: BenefitHeld) -> Iterator[Row]:
    if held.dependants is None:
        yield Row(RowCode.DEPENDANTS_UNKNOWN)
    if held.net_pay_other is None:
        yield Row(RowCode.NET_PAY_OTHER_UNKNOWN)


def _net_done(rows: Iterable[Income]) -> Decimal:
    return net_total(row for row in rows if row.state.done)


def _rows(held: BenefitHeld, paid: Sequence[Income], business: Sequence[Income]) -> Iterator[Row]:
    sums = Sums(done=_net_done(paid), total=net_total(paid))
    yield from sum_rows(sums, net_total(row for row in paid if row.told))
    yield Row(RowCode.NET_PAY_OTHER, held.net_pay_other)
    yield from net_remarks(paid)
    if taken_of := net_total(business):
        yield Row(RowCode.BUSINESS_SIXTH, taken_of, BUSINESS)
    yield Row(RowCode.ENFORCEMENT_ESTIMATE)
