"""When growing earnings start a review of the housing allowance for pensioners.

The allowance is reviewed when the yearly income, seen ahead, has grown over the last decision's by a set amount. The
law counts income that can be expected *year by year*: a one-off gig is not automatically such, and Kela decides. To
protect the person all gigs count here, recurring or not: what is done in the past twelve months, and with the gigs
ahead the twelve months around the day looked at that come to most. Rows show the two kinds apart. A fall of income,
which also starts a review, is not concluded from gigs not yet agreed: a row names its amount.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitHeld, BenefitKind, Income, LimitState
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
    months_from,
    total,
    unmeasured,
    weigh,
)
from jobcenter.benefits.law import LimitMissing

RULE = "pensioner_housing_allowance.review"
RISE = "pensioner_housing_allowance.review_rise"
FALL = "pensioner_housing_allowance.review_fall"

WORDS = Words(
    below=LimitState.NO_REVIEW,
    at=LimitState.REVIEW_DUE,
    above=LimitState.REVIEW_DUE,
    steps={
        LimitState.NO_REVIEW: NextStep.NOTHING,
        LimitState.NEAR: NextStep.PLAN_HOURS,
        LimitState.REVIEW_DUE: NextStep.APPLY_FOR_REVIEW,
    },
)


def assess(facts: Facts) -> Iterator[Assessment]:
    """The growth of yearly income over the last decision, against the rise that starts a review."""
    years = _years_around(facts)
    held = facts.person.held(BenefitKind.PENSIONER_HOUSING_ALLOWANCE, facts.as_of, years[-1].last)
    if held is None:
        return
    year = max(years, key=lambda span: (total(_within(facts, span)), -span.first.toordinal()))
    try:
        rise = Yardstick.on(facts.law, RISE, facts.as_of)
        fall = Yardstick.on(facts.law, FALL, facts.as_of)
    except LimitMissing as missing:
        yield limit_missing(facts, RULE, year, missing)
        return
    counted = _within(facts, year)
    sums = Sums(done=done(_within(facts, years[0])), total=total(counted))
    rows = _rows(counted, sums)
    if held.decided_annual_income is None:
        remark = Row(RowCode.DECIDED_INCOME_UNKNOWN)
        yield unmeasured(facts, RULE, year, LimitState.ASK, NextStep.ASK_PERSON, *rows, remark)
        return
    rows += _decision_rows(held, fall)
    yield weigh(facts, Measure(RULE, year, _growth(sums, held.decided_annual_income), rise, WORDS, rows))


def _years_around(facts: Facts) -> list[Span]:
    """The twelve spans of twelve months that hold the month looked at: first the past year, last the year to come."""
    starts = [months_from(facts.as_of, -back) for back in range(MONTHS_IN_YEAR - 1, -1, -1)]
    return [Span(start, months_from(start, MONTHS_IN_YEAR) - timedelta(days=1)) for start in starts]


def _within(facts: Facts, span: Span) -> list[Income]:
    return [row for row in facts.income if row.worked_on in span]


def _growth(sums: Sums, decided: Decimal) -> Sums:
    return Sums(done=sums.done - decided, total=sums.total - decided)


def _rows(counted: list[Income], sums: Sums) -> tuple[Row, ...]:
    one_off = total(row for row in counted if not row.recurring)
    rows = (
        Row(RowCode.EARNED_DONE, sums.done),
        Row(RowCode.EARNED_AHEAD, sums.total - sums.done),
        Row(RowCode.RECURRING, sums.total - one_off),
        Row(RowCode.ONE_OFF, one_off),
    )
    return (*rows, Row(RowCode.ONE_OFF_MAY_NOT_COUNT)) if one_off else rows


def _decision_rows(held: BenefitHeld, fall: Yardstick) -> tuple[Row, ...]:
    return (
        Row(RowCode.DECIDED_INCOME, held.decided_annual_income),
        Row(RowCode.SPOUSES_COUNT_TOGETHER),
        Row(RowCode.REVIEW_FALL, fall.amount, FALL, fall.value.source),
    )
