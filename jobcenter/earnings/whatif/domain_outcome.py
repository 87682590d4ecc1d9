"""What a question would change: pay, each benefit before and after, limits, and one sum with what is not in it. Pure.

The sum is what would be paid out, with the changes of benefits, less what enforcement would take more, a month on
average. What would keep it from being true is told before it or beside it, never left out of sight:

- **An unknown is not summed.** A rule that asks, or lacks its limit, or a limit newly passed whose price no formula
  tells (YEL, study aid), makes the answer "cannot be told fully", and is named.
- **A pension over its limit** may be left unpaid. That risk is said first; the sum presumes that the pension goes on.
- **A housing allowance changes only at a review.** Where none is due, it stays; where one is, the estimate after it
  counts in every month looked at, although in truth it begins a little later.
- **Social assistance fills what other benefits lose, euro for euro**, so its fall must not be added to theirs: one euro
  of net pay that takes half a euro of unemployment benefit takes only the other half of assistance. How large the
  assistance is, nobody has told us, so where it ends is not known. The reading that protects: in each month the larger
  of the two losses counts, the fall of the assistance or the fall of all that it fills. That it would grow is never
  counted on. Never less than the sum is left in truth.
- **Housing allowance and unemployment benefit** count each other too; the allowance is computed as if the unemployment
  benefit stayed, so its fall is told as too large rather than too small. The same holds for taxes on benefits: their
  falls are counted before tax.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from jobcenter.benefits import GuardReason, LimitState, ValueStatus
from jobcenter.benefits.take_home import PENSION, UNEMPLOYMENT, TakeHome, take_home
from jobcenter.benefits.withholding import WITHOUT_CARD, WithholdingBasis
from jobcenter.core.money import ZERO
from jobcenter.earnings.domain import Case, Change
from jobcenter.earnings.whatif.domain import Plan, Question, Scenario
from jobcenter.earnings.whatif.domain_changes import (
    AMOUNT_ENDING,
    REVIEW_ENDING,
    SOCIAL_ASSISTANCE,
    BenefitChange,
    LimitChange,
    benefit_changes,
    changes_of,
    has_amount,
    is_open,
    limit_change,
    loss_of,
    newly_passed,
    seized_more,
    twin,
)

EURO = Decimal(1)
PENSION_ENDING = ".earnings_limit"
UNEMPLOYMENT_ENDING = ".reconciliation"
GENERAL_HOUSING = "general_housing_allowance.amount"


class Verdict(StrEnum):
    """What the sum says in one word."""

    MORE = "more"
    LESS = "less"
    SAME = "same"
    NOT_KNOWN = "not_known"


class Remark(StrEnum):
    """What has to be known of how the sum was made."""

    ON_TOP = "on_top"
    RAISE_OF_USUAL_HOURS = "raise_of_usual_hours"
    MONTH_OF_WORK = "month_of_work"
    NO_TAX_CARD = "no_tax_card"
    TAX_CARD_ENDS = "tax_card_ends"
    PREPAYMENT_REGISTER = "prepayment_register"
    WAGE_CONTRIBUTIONS = "wage_contributions"
    PAY_NOT_KNOWN = "pay_not_known"
    ASSISTANCE_AMOUNT_NOT_KNOWN = "assistance_amount_not_known"
    ASSISTANCE_FILLS = "assistance_fills"
    ALLOWANCE_STAYS = "allowance_stays"
    ALLOWANCE_GOES_ON = "allowance_goes_on"
    ALLOWANCE_COUNTS_BENEFIT = "allowance_counts_benefit"
    BEFORE_TAX = "before_tax"
    SEIZED = "seized"


@dataclass(frozen=True)
class Pay:
    """What the question adds, in euros over all its months. Contributions: an employee's, of a wage."""

    gross: Decimal
    withheld: Decimal
    contributions: Decimal

    @property
    def paid_out(self) -> Decimal:
        return self.gross - self.withheld - self.contributions


@dataclass(frozen=True)
class Source:
    """A figure of law that the answer rests on."""

    what: str
    statute: str
    source: str
    status: ValueStatus | None


@dataclass(frozen=True)
class Outcome:
    """The answer to a question, with everything that is shown; `months` are the first days of the months looked at.

    `pay` None: what would be paid out cannot be told. `seized`: what enforcement would take more, over all months.
    `total`: of all months; `per_month`: whole euros on average. Both None where it cannot be told fully; `not_in_sum`
    then names the rules. `limits`: of rules that tell no amount. `risks`: the pensions whose limit would be passed.
    `guard`: why no gig could be offered so.
    """

    scenario: Scenario
    as_of: date
    rules_version: str
    months: tuple[date, ...]
    pay: Pay | None
    gross: Decimal
    benefits: tuple[BenefitChange, ...]
    limits: tuple[LimitChange, ...]
    seized: Decimal
    total: Decimal | None
    per_month: Decimal | None
    not_in_sum: tuple[str, ...]
    risks: tuple[LimitChange, ...]
    remarks: tuple[Remark, ...]
    sources: tuple[Source, ...]
    guard: GuardReason | None

    @property
    def verdict(self) -> Verdict:
        if self.per_month is None:
            return Verdict.NOT_KNOWN
        if not self.per_month:
            return Verdict.SAME
        return Verdict.MORE if self.per_month > 0 else Verdict.LESS


def outcome_of(case: Case, scenario: Scenario, plan: Plan, guard: GuardReason | None) -> Outcome:
    """The answer: the case with what the plan presumes, against the case with what it adds too."""
    changes = changes_of(case, scenario, plan)
    lefts = _take_home(case, scenario, plan)
    pay = _pay(lefts)
    benefits = tuple(benefit_changes(changes))
    seized = sum((seized_more(change) for change in changes), ZERO)
    not_in_sum = tuple(dict.fromkeys(_not_in_sum(changes)))
    told = pay is not None and not not_in_sum
    total = pay.paid_out - loss_of(benefits, plan.months) - seized if told else None
    return Outcome(
        scenario=scenario,
        as_of=case.as_of,
        rules_version=case.law.version,
        months=plan.months,
        pay=pay,
        gross=sum((row.gross for row in plan.extra), ZERO),
        benefits=benefits,
        limits=tuple(limit_change(change) for change in changes if not has_amount(change.after)),
        seized=seized,
        total=total,
        per_month=None if total is None else whole_euros(total / len(plan.months)),
        not_in_sum=not_in_sum,
        risks=tuple(limit_change(change) for change in changes if _is_risk(change)),
        remarks=tuple(_remarks(scenario, lefts, changes, benefits)),
        sources=tuple(dict.fromkeys([*_sources_on_pay(case, scenario, lefts), *_sources(case, changes)])),
        guard=guard,
    )


def whole_euros(amount: Decimal) -> Decimal:
    """An amount said as "about": whole euros, half away from nothing; never a negative nothing."""
    return amount.quantize(EURO, rounding=ROUND_HALF_UP) + 0


# Pay


def _take_home(case: Case, scenario: Scenario, plan: Plan) -> tuple[TakeHome | None, ...]:
    """What each added earning leaves, after the payments that come before it; None of those not known."""
    if case.tax is None:
        return (None,) * len(plan.extra)
    ledger = case.income(answering=scenario.answering)
    known = [row for row in ledger if not row.told] + list(plan.before)
    return take_home([*known, *plan.extra], case.tax, case.law)[len(known) :]


def _pay(lefts: Sequence[TakeHome | None]) -> Pay | None:
    if any(left is None for left in lefts):
        return None
    return Pay(
        gross=sum((left.gross for left in lefts), ZERO),
        withheld=sum((left.withheld for left in lefts), ZERO),
        contributions=sum((left.contributions for left in lefts), ZERO),
    )


# What cannot be summed


def _not_in_sum(changes: Sequence[Change]) -> Iterator[str]:
    """The rules that cannot be judged, and those newly passed whose price no formula tells."""
    computed = {c.after.rule for c in changes if has_amount(c.after)}
    for change in changes:
        unpriced = newly_passed(change) and not _priced(change.after.rule, computed)
        if unpriced or is_open(change.after):
            yield change.after.rule


def _priced(rule: str, computed: Container[str]) -> bool:
    """Whether what follows from passing a limit is told otherwise: by a sum, or as the risk of a pension."""
    return rule in computed or twin(rule, REVIEW_ENDING, AMOUNT_ENDING) in computed or rule.endswith(PENSION_ENDING)


def _is_risk(change: Change) -> bool:
    over = change.after.state_with_agreed is LimitState.OVER
    return over and change.touched and change.after.rule.endswith(PENSION_ENDING)


# What is shown beside


def _remarks(
    scenario: Scenario, lefts: Sequence[TakeHome | None], changes: Sequence[Change], benefits: Sequence[BenefitChange]
) -> Iterator[Remark]:
    yield Remark.RAISE_OF_USUAL_HOURS if scenario.question is Question.RAISE else Remark.ON_TOP
    yield from _remarks_on_pay(lefts)
    yield from _remarks_on_benefits(changes, benefits)
    yield Remark.MONTH_OF_WORK


def _remarks_on_pay(lefts: Sequence[TakeHome | None]) -> Iterator[Remark]:
    known = [left for left in lefts if left is not None]
    bases = {left.basis for left in known}
    if len(known) < len(lefts):
        yield Remark.PAY_NOT_KNOWN
    if WithholdingBasis.NO_CARD in bases:
        yield Remark.NO_TAX_CARD
    if any(left.card_ended for left in known):
        yield Remark.TAX_CARD_ENDS
    if WithholdingBasis.PREPAYMENT_REGISTER in bases:
        yield Remark.PREPAYMENT_REGISTER
    if any(left.contributions for left in known):
        yield Remark.WAGE_CONTRIBUTIONS


def _remarks_on_benefits(changes: Sequence[Change], benefits: Sequence[BenefitChange]) -> Iterator[Remark]:
    changed = {benefit.rule for benefit in benefits if benefit.change}
    unemployment = any(rule.endswith(UNEMPLOYMENT_ENDING) for rule in changed)
    if SOCIAL_ASSISTANCE in changed:
        yield Remark.ASSISTANCE_AMOUNT_NOT_KNOWN
        if len(changed) > 1:
            yield Remark.ASSISTANCE_FILLS
    rolling = [benefit for benefit in benefits if benefit.rolling]
    if any(benefit.change for benefit in rolling):
        yield Remark.ALLOWANCE_GOES_ON
    if any(not benefit.change for benefit in rolling):
        yield Remark.ALLOWANCE_STAYS
    if unemployment:
        yield Remark.BEFORE_TAX
        if GENERAL_HOUSING in changed:
            yield Remark.ALLOWANCE_COUNTS_BENEFIT
    if any(seized_more(change) for change in changes):
        yield Remark.SEIZED


def _sources_on_pay(case: Case, scenario: Scenario, lefts: Sequence[TakeHome | None]) -> Iterator[Source]:
    """The figures of law by which something is taken from the pay."""
    known = [left for left in lefts if left is not None]
    if any(left.basis is WithholdingBasis.NO_CARD for left in known):
        yield _source(case, WITHOUT_CARD[scenario.form], scenario.starts_on)
    if any(left.contributions for left in known):
        yield _source(case, PENSION, scenario.starts_on)
        yield _source(case, UNEMPLOYMENT, scenario.starts_on)


def _source(case: Case, id: str, day: date) -> Source:
    parameter, value = case.law.parameter(id), case.law.value_on(id, day)
    return Source(parameter.description, parameter.statute, value.source, value.status)


def _sources(case: Case, changes: Sequence[Change]) -> Iterator[Source]:
    """The figures of law in the reasoning of what would be, each once."""
    for change in changes:
        for row in change.after.rows:
            if row.parameter in case.law.parameters and row.amount is not None and row.source:
                parameter = case.law.parameter(row.parameter)
                status = next((v.status for v in parameter.values if v.source == row.source), None)
                yield Source(parameter.description, parameter.statute, row.source, status)
