"""Rules before and after what a question adds: benefits, limits, and what enforcement takes. Pure, euros."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jobcenter.benefits import Assessment, ContractForm, Income, IncomeState, LimitState, series_of
from jobcenter.benefits.judging import month_of
from jobcenter.core.money import ZERO
from jobcenter.earnings.domain import UNKNOWN, Case, Change
from jobcenter.earnings.whatif.domain import Plan, Scenario

ROLLING = "rolling"
REVIEW_ENDING, AMOUNT_ENDING = ".review", ".amount"
SOCIAL_ASSISTANCE = "basic_social_assistance.disregard"
PASSED = frozenset({LimitState.OVER, LimitState.AT_LIMIT, LimitState.REVIEW_DUE})


@dataclass(frozen=True)
class BenefitChange:
    """A benefit in one of its periods. Amounts are euros of that period; of a rolling year, of a month.

    `before`, `after`: None where only the difference is known. `change`: after less before, 0 where it stays for now.
    """

    rule: str
    period_from: date
    period_to: date
    rolling: bool
    before: Decimal | None
    after: Decimal | None
    change: Decimal


@dataclass(frozen=True)
class LimitChange:
    """A limit in one of its periods, before and after; `over_by`: euros over it afterwards, else None."""

    rule: str
    period_from: date
    period_to: date
    rolling: bool
    before: LimitState | None
    after: LimitState
    over_by: Decimal | None


# Before and after


def changes_of(case: Case, scenario: Scenario, plan: Plan) -> list[Change]:
    """The rules of the months looked at, before and after; questions that are open now come along."""
    days = {*plan.months, *(row.worked_on for row in plan.extra)}
    nothing = [Income(day, None, ZERO, ContractForm.PARTNER, IncomeState.AGREED) for day in sorted(days)]
    common = [*nothing, *plan.before]
    before = {_key(a): a for a in case.assessments(extra=common, answering=scenario.answering)}
    after = case.assessments(extra=[*common, *plan.extra], answering=scenario.answering)
    first, last = plan.months[0], month_of(plan.months[-1]).last
    return [Change(before.get(_key(a)), a) for a in after if _looked_at(a, first, last, case.as_of)]


def _key(assessment: Assessment) -> tuple[str, str]:
    """A rule and its series: of a rolling year the rule alone, for more work may move the year."""
    return assessment.rule, series_of(assessment)


def _looked_at(assessment: Assessment, first: date, last: date, as_of: date) -> bool:
    if series_of(assessment) == ROLLING:
        return True
    open_now = assessment.state is LimitState.ASK and assessment.period_from <= as_of <= assessment.period_to
    return open_now or (assessment.period_from <= last and assessment.period_to >= first)


def limit_change(change: Change) -> LimitChange:
    after = change.after
    left = after.left_with_agreed
    return LimitChange(
        rule=after.rule,
        period_from=after.period_from,
        period_to=after.period_to,
        rolling=series_of(after) == ROLLING,
        before=change.before.state_with_agreed if change.before else None,
        after=after.state_with_agreed,
        over_by=-left if left is not None and left < 0 else None,
    )


# Benefits


def benefit_changes(changes: Sequence[Change]) -> Iterator[BenefitChange]:
    due_before = {c.before.rule for c in changes if c.before and _review_due(c.before)}
    due_after = {c.after.rule for c in changes if _review_due(c.after)}
    for change in changes:
        if change.after.amounts.reduction is None or is_open(change.after):
            continue
        review = twin(change.after.rule, AMOUNT_ENDING, REVIEW_ENDING)
        if review and any(c.after.rule == review for c in changes):
            before = _in_force(change.before, due=review in due_before)
            after = _in_force(change.after, due=review in due_after)
        else:
            before, after = _in_force(change.before, due=True), _in_force(change.after, due=True)
        yield _benefit_change(change, before, after)


def _review_due(assessment: Assessment) -> bool:
    return assessment.state_with_agreed is LimitState.REVIEW_DUE


def _in_force(assessment: Assessment | None, *, due: bool) -> tuple[Decimal | None, Decimal]:
    """The amount and its fall that hold: of a benefit that waits for a review, the decision's until one is due."""
    if assessment is None or assessment.amounts.reduction is None or not due:
        return (assessment.amounts.benefit_before if assessment else None), ZERO
    return assessment.amounts.benefit_after, assessment.amounts.reduction


def _benefit_change(
    change: Change, before: tuple[Decimal | None, Decimal], after: tuple[Decimal | None, Decimal]
) -> BenefitChange:
    amount_before = change.after.amounts.benefit_before if before[0] is None else before[0]
    return BenefitChange(
        rule=change.after.rule,
        period_from=change.after.period_from,
        period_to=change.after.period_to,
        rolling=series_of(change.after) == ROLLING,
        before=amount_before,
        after=after[0],
        change=before[1] - after[1],
    )


def loss_of(benefits: Iterable[BenefitChange], months: Sequence[date]) -> Decimal:
    """What benefits lose over all months: in each the larger of what assistance loses and of what it would fill."""
    assistance: defaultdict[date, Decimal] = defaultdict(lambda: ZERO)
    filled: defaultdict[date, Decimal] = defaultdict(lambda: ZERO)
    for benefit in benefits:
        losses = assistance if benefit.rule == SOCIAL_ASSISTANCE else filled
        for month in _months_of(benefit, months):
            losses[month] -= benefit.change
    return sum((_larger(assistance, filled, month) for month in months), ZERO)


def _larger(assistance: Mapping[date, Decimal], filled: Mapping[date, Decimal], month: date) -> Decimal:
    others = filled.get(month, ZERO)
    return max(assistance[month], others) if month in assistance else others


def _months_of(benefit: BenefitChange, months: Sequence[date]) -> Sequence[date]:
    """The months in which a change is felt: each one of a rolling year, else the one in which the period ends."""
    if benefit.rolling:
        return months
    end = benefit.period_to.replace(day=1)
    return (min(max(end, months[0]), months[-1]),)


def seized_more(change: Change) -> Decimal:
    after = change.after.amounts.seized
    if after is None or is_open(change.after):
        return ZERO
    before = change.before.amounts.seized if change.before else None
    return after - (before or ZERO)


# What a change is


def is_open(assessment: Assessment) -> bool:
    return assessment.state in UNKNOWN or assessment.state_with_agreed in UNKNOWN


def has_amount(assessment: Assessment) -> bool:
    return assessment.amounts.reduction is not None or assessment.amounts.seized is not None


def newly_passed(change: Change) -> bool:
    passed_before = change.before is not None and change.before.state_with_agreed in PASSED
    return change.after.state_with_agreed in PASSED and not passed_before


def twin(rule: str, ending: str, other: str) -> str:
    """The rule on the same benefit with another ending; an empty text if this one has not the first."""
    return rule.removesuffix(ending) + other if rule.endswith(ending) else ""
