"""The monthly earnings limit of Kela's disability pension, which a guarantee pension granted on disability shares.

The pension goes on while gross earnings in a calendar month do not exceed the limit (Act 738/2009). Not verified:
whether Kela looks at the month of work or the month of payment. So both are summed and the larger sum counts, which
protects the person; a row says so wherever the two may differ. Also not verified: whether one month over the limit
stops the pension at once; the next step is therefore to tell Kela and the pension provider.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitHeld, BenefitKind, ContractForm, Income, LimitState
from jobcenter.benefits.judging import (
    MONTHS_IN_YEAR,
    Facts,
    Measure,
    Span,
    Sums,
    Words,
    Yardstick,
    done,
    limit_missing,
    month_of,
    total,
    unmeasured,
    weigh,
    year_of,
)
from jobcenter.benefits.law import LimitMissing

PENSION_RULE = "kela_disability_pension.earnings_limit"
GUARANTEE_RULE = "guarantee_pension.earnings_limit"
LIMIT = "kela_disability_pension.earnings_limit"

WORDS = Words(
    below=LimitState.UNDER,
    at=LimitState.AT_LIMIT,
    above=LimitState.OVER,
    steps={
        LimitState.UNDER: NextStep.NOTHING,
        LimitState.NEAR: NextStep.PLAN_HOURS,
        LimitState.AT_LIMIT: NextStep.TAKE_NO_MORE_THIS_MONTH,
        LimitState.OVER: NextStep.TELL_KELA_AND_PENSION_PROVIDER,
    },
)


def assess_pension(facts: Facts) -> Iterator[Assessment]:
    """The disability pension, month by month; year by year where a YEL income is confirmed."""
    years: dict[Span, BenefitHeld] = {}
    for month in _months_touched(facts):
        held = _held(facts, BenefitKind.KELA_DISABILITY_PENSION, month.span)
        if held is None:
            continue
        if held.confirmed_yel_income is None or held.blind_or_immobile:
            yield _month(facts, PENSION_RULE, month, held)
        else:
            years[year_of(month.span.first)] = held
    for year, held in years.items():
        yield _yel_year(facts, year, held)


def assess_guarantee_pension(facts: Facts) -> Iterator[Assessment]:
    """The guarantee pension, in months in which no Kela disability pension already answers for the shared limit."""
    for month in _months_touched(facts):
        held = _held(facts, BenefitKind.GUARANTEE_PENSION, month.span)
        if held is None or _held(facts, BenefitKind.KELA_DISABILITY_PENSION, month.span):
            continue
        if held.granted_on_disability is False:
            remark = Row(RowCode.GRANTED_ON_OLD_AGE)
            yield unmeasured(facts, GUARANTEE_RULE, month.span, LimitState.NOT_APPLICABLE, NextStep.NOTHING, remark)
        else:
            yield _month(facts, GUARANTEE_RULE, month, held)


@dataclass(frozen=True)
class Month:
    """A calendar month with what was worked and what was paid in it; unpaid work counts as paid in its own month."""

    span: Span
    worked: list[Income]
    paid: list[Income]


def _months_touched(facts: Facts) -> list[Month]:
    """The months in which something was worked or paid, and the month looked at, in order."""
    worked, paid = defaultdict(list), defaultdict(list)
    for row in facts.income:
        worked[row.worked_on.replace(day=1)].append(row)
        paid[(row.paid_on or row.worked_on).replace(day=1)].append(row)
    firsts = sorted({facts.as_of.replace(day=1), *worked, *paid})
    return [Month(month_of(first), worked[first], paid[first]) for first in firsts]


def _held(facts: Facts, kind: BenefitKind, span: Span) -> BenefitHeld | None:
    return facts.person.held(kind, span.first, span.last)


def _month(facts: Facts, rule: str, month: Month, held: BenefitHeld) -> Assessment:
    if held.blind_or_immobile:
        remark = Row(RowCode.BLIND_OR_IMMOBILE)
        return unmeasured(facts, rule, month.span, LimitState.NOT_APPLICABLE, NextStep.NOTHING, remark)
    try:
        yardstick = Yardstick.on(facts.law, LIMIT, month.span.first)
    except LimitMissing as missing:
        return limit_missing(facts, rule, month.span, missing)
    sums = Sums(
        done=max(done(month.worked), done(month.paid)),
        total=max(total(month.worked), total(month.paid)),
    )
    rows = (*_earning_rows(month, sums), *_remarks(facts, month.span, held))
    return weigh(facts, Measure(rule, month.span, sums, yardstick, WORDS, rows))


def _earning_rows(month: Month, sums: Sums) -> Iterator[Row]:
    worked, paid = done(month.worked), done(month.paid)
    yield Row(RowCode.EARNED_DONE, worked)
    if paid != worked:
        yield Row(RowCode.PAID_DONE, paid)
    yield Row(RowCode.EARNED_AHEAD, sums.total - sums.done)
    if any(_month_of_payment_differs(row) for row in (*month.worked, *month.paid)):
        yield Row(RowCode.WORKED_OR_PAID_NOT_VERIFIED)


def _month_of_payment_differs(row: Income) -> bool:
    """Whether the payment falls, or for all that is known may fall, in another month than the work."""
    return row.paid_on is None or row.paid_on.replace(day=1) != row.worked_on.replace(day=1)


def _remarks(facts: Facts, span: Span, held: BenefitHeld) -> Iterator[Row]:
    if held.blind_or_immobile is None:
        yield Row(RowCode.BLIND_OR_IMMOBILE_UNKNOWN)
    if held.kind is BenefitKind.GUARANTEE_PENSION:
        if held.granted_on_disability is None:
            yield Row(RowCode.GROUND_ASSUMED_DISABILITY)
    elif _held(facts, BenefitKind.GUARANTEE_PENSION, span):
        yield Row(RowCode.SHARED_WITH_GUARANTEE_PENSION)


def _yel_year(facts: Facts, year: Span, held: BenefitHeld) -> Assessment:
    """With a YEL policy the confirmed yearly income stands for assignments; wages are added. Limit: 12 x the month's.

    The year's first monthly value is taken: the index only rises, so it is the strictest of the year.
    """
    try:
        yardstick = Yardstick.on(facts.law, LIMIT, year.first, times=MONTHS_IN_YEAR)
    except LimitMissing as missing:
        return limit_missing(facts, PENSION_RULE, year, missing)
    wages = [row for row in facts.income if row.contract is ContractForm.PARTNER and row.worked_on in year]
    rows = (
        Row(RowCode.CONFIRMED_YEL_INCOME, held.confirmed_yel_income),
        Row(RowCode.WAGES_BESIDE_YEL, done(wages)),
        Row(RowCode.EARNED_AHEAD, total(wages) - done(wages)),
    )
    sums = Sums(done=held.confirmed_yel_income + done(wages), total=held.confirmed_yel_income + total(wages))
    return weigh(facts, Measure(PENSION_RULE, year, sums, yardstick, WORDS, rows))
