"""When growing or falling income starts a review of the general housing allowance before its yearly one.

The household's gross income in a month is held against the last decision's: a rise or a fall of a set amount starts a
review. Income that stays the same for three months counts as it is, otherwise the average of twelve months ahead does.
What gigs bring is rarely known ahead, so the reading that protects the person is taken: the larger of the average of
the twelve months around the day looked at that come to most, and of what every one of three months in a row reaches.
Work whose `per_month` is known counts by that, or by what it really comes to if that is more. Months are those of work.
A fall is concluded from all that is known, agreed and offered gigs too. The deduction from earnings belongs to the
amount, not to the comparison of incomes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitHeld, BenefitKind, Income, LimitState
from jobcenter.benefits.earned import NOTHING, Earned
from jobcenter.benefits.judging import (
    MONTHS_IN_YEAR,
    Facts,
    Measure,
    Span,
    Sums,
    Yardstick,
    held_now_or_next,
    limit_missing,
    months_from,
    twelve_months,
    unmeasured,
    weigh,
)
from jobcenter.benefits.law import LimitMissing
from jobcenter.benefits.words import REVIEW_WORDS
from jobcenter.core.money import ZERO, round_cents

RULE = "general_housing_allowance.review"
RISE = "general_housing_allowance.review_rise"
FALL = "general_housing_allowance.review_fall"

STEADY_MONTHS = 3


@dataclass(frozen=True)
class GigIncome:
    """What gigs bring a month, done and with all ahead; over which twelve months; the rows that it rests on."""

    sums: Sums
    year: Span
    counted: tuple[Income, ...]

    def takes_effect_on(self, held: BenefitHeld) -> date | None:
        """From when a new amount would be paid: the month after the first full month of the changed income."""
        since = [row.worked_on for row in self.counted if held.decided_on is None or row.worked_on > held.decided_on]
        if not since:
            return None
        change = min(since)
        return months_from(change, 1 if change.day == 1 else 2)


def held_around(facts: Facts) -> BenefitHeld | None:
    """The allowance held on the day looked at, else the next in the year after it."""
    return held_now_or_next(facts, BenefitKind.GENERAL_HOUSING_ALLOWANCE)


def gig_income(facts: Facts) -> GigIncome:
    """What gigs bring a month around the day looked at."""
    months = [months_from(facts.as_of, ahead) for ahead in range(1 - MONTHS_IN_YEAR, MONTHS_IN_YEAR)]
    earned = [facts.worked_by_month.get(month, NOTHING) for month in months]
    done, _ = _month_income([month.done for month in earned[:MONTHS_IN_YEAR]])
    total, start = _month_income(earned)
    counted = tuple(row for month in earned for row in month.rows)
    return GigIncome(Sums(done=done, total=total), twelve_months(months[start]), counted)


def _month_income(months: Sequence[Earned]) -> tuple[Decimal, int]:
    """What a month brings, and the index of the month with which the twelve months that come to most begin."""
    sums = [month.single for month in months]
    years = _windows(sums, MONTHS_IN_YEAR)
    if any([month.regular for month in months]):
        level, known = max([month.monthly for month in months]), [month.known for month in months]
        years = _with_regular(years, level * MONTHS_IN_YEAR, _windows(known, MONTHS_IN_YEAR))
        sums = _with_regular(sums, level, known)
    start = max(range(len(years)), key=lambda index: (years[index], -index))
    steady = max(map(min, zip(*(sums[shift:] for shift in range(STEADY_MONTHS)), strict=False)), default=ZERO)
    return round_cents(max(years[start] / MONTHS_IN_YEAR, steady)), start


def _with_regular(sums: list[Decimal], level: Decimal, known: list[Decimal]) -> list[Decimal]:
    """With work that brings `level` in that time: by that, or by what is known of it in that time if that is more."""
    return [others + max(level, earned) for others, earned in zip(sums, known, strict=True)]


def _windows(sums: list[Decimal], length: int) -> list[Decimal]:
    """The sum of each `length` months in a row."""
    running = list(accumulate(sums, initial=ZERO))
    return [last - first for first, last in zip(running, running[length:], strict=False)]


def growth_of(held: BenefitHeld, gigs: GigIncome) -> Sums | None:
    """How much the household's monthly income has grown over the last decision's; None where a figure is missing."""
    if held.decided_monthly_income is None or held.other_income_month is None:
        return None
    base = held.other_income_month - held.decided_monthly_income
    return Sums(done=base + gigs.sums.done, total=base + gigs.sums.total)


def assess(facts: Facts) -> Iterator[Assessment]:
    """The growth of monthly income over the last decision, against the rise and the fall that start a review."""
    held = held_around(facts)
    if held is None:
        return
    gigs = gig_income(facts)
    try:
        rise = Yardstick.on(facts.law, RISE, facts.as_of)
        fall = Yardstick.on(facts.law, FALL, facts.as_of)
    except LimitMissing as missing:
        yield limit_missing(facts, RULE, gigs.year, missing)
        return
    growth = growth_of(held, gigs)
    if growth is None:
        rows = (*_gig_rows(gigs), *_unknown(held))
        yield unmeasured(facts, RULE, gigs.year, LimitState.ASK, NextStep.ASK_PERSON, *rows)
        return
    fallen = -growth.total >= fall.amount
    rows = (*_rows(held, gigs, fall), *((Row(RowCode.INCOME_HAS_FALLEN),) if fallen else ()))
    states = (LimitState.REVIEW_DUE, LimitState.REVIEW_DUE) if fallen else None
    yield weigh(facts, Measure(RULE, gigs.year, growth, rise, REVIEW_WORDS, rows, states=states))


def _unknown(held: BenefitHeld) -> Iterator[Row]:
    if held.decided_monthly_income is None:
        yield Row(RowCode.DECIDED_MONTHLY_INCOME_UNKNOWN)
    if held.other_income_month is None:
        yield Row(RowCode.OTHER_INCOME_UNKNOWN)


def _gig_rows(gigs: GigIncome) -> Iterator[Row]:
    yield Row(RowCode.MONTHLY_DONE, gigs.sums.done)
    yield Row(RowCode.MONTHLY_AHEAD, gigs.sums.total - gigs.sums.done)
    if gigs.counted:
        yield Row(RowCode.MONTHLY_AVERAGE_OR_STEADY)


def _rows(held: BenefitHeld, gigs: GigIncome, fall: Yardstick) -> Iterator[Row]:
    yield from _gig_rows(gigs)
    yield Row(RowCode.OTHER_INCOME_MONTH, held.other_income_month)
    yield Row(RowCode.DECIDED_MONTHLY_INCOME, held.decided_monthly_income)
    yield Row(RowCode.MONTHLY_REVIEW_FALL, fall.amount, FALL, fall.value.source)
    if effect := gigs.takes_effect_on(held):
        yield Row(RowCode.NEW_AMOUNT_FROM, day=effect)
