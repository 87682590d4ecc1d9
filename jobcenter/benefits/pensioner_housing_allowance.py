"""When a change of yearly income starts a review of the housing allowance for pensioners, and what counts as income.

The allowance is reviewed when the yearly income, seen ahead, has grown over the last decision's by a set amount, or has
fallen by half of it. The law counts income that can be expected *year by year*. Recurring work that says what it brings
a month counts twelve times that, or what it comes to in the twelve months if that is more. A one-off gig is not
automatically yearly income, and Kela decides. To protect the person one-off gigs count here too: what is done in the
past twelve months, and with the gigs ahead the twelve months around the day looked at that come to most. Rows show the
two kinds apart.

A fall is concluded only when even all that is done and agreed stays below the decision by the set amount. Then the
allowance may be too small: a review is due, but to the person's good, and the next step says so. Other work of which
nobody has told would make it wrong; a row says that too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitHeld, BenefitKind, LimitState
from jobcenter.benefits.earned import NOTHING, Earned
from jobcenter.benefits.judging import (
    MONTHS_IN_YEAR,
    SHARED,
    Facts,
    Measure,
    Scale,
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
from jobcenter.benefits.words import REVIEW_WORDS, Words
from jobcenter.core.money import ZERO

RULE = "pensioner_housing_allowance.review"
RISE = "pensioner_housing_allowance.review_rise"
FALL = "pensioner_housing_allowance.review_fall"
COSTS = "pensioner_housing_allowance.review_costs"

FALLEN = Words(
    below=LimitState.REVIEW_DUE,
    at=LimitState.REVIEW_DUE,
    above=LimitState.REVIEW_DUE,
    steps={LimitState.REVIEW_DUE: NextStep.APPLY_FOR_HIGHER_ALLOWANCE},
)


class YearOfWork(NamedTuple):
    """Work income of twelve months: done in the past ones, and with everything in those that come to most.

    `span`: the months that come to most. `recurring`, `told`: how much of the total repeats, and was told of.
    """

    span: Span
    sums: Sums
    recurring: Decimal
    told: Decimal

    @property
    def one_off(self) -> Decimal:
        return self.sums.total - self.recurring


def assess(facts: Facts) -> Iterator[Assessment]:
    """The change of yearly income against the last decision, held against the rise that starts a review."""
    held = held_around(facts)
    if held is None:
        return
    work = facts.once(year_of_work)
    try:
        rise, fall, costs = (Yardstick.on(facts.law, id, facts.as_of) for id in (RISE, FALL, COSTS))
    except LimitMissing as missing:
        yield limit_missing(facts, RULE, work.span, missing)
        return
    if held.decided_annual_income is None:
        rows = (*work_rows(work), Row(RowCode.DECIDED_INCOME_UNKNOWN))
        yield unmeasured(facts, RULE, work.span, LimitState.ASK, NextStep.ASK_PERSON, *rows)
        return
    yield _weighed(facts.scale, work, held.decided_annual_income, Yardsticks(rise, fall, costs))


class Yardsticks(NamedTuple):
    """The changes that start a review: of income up and down, and of housing costs."""

    rise: Yardstick
    fall: Yardstick
    costs: Yardstick


@lru_cache(maxsize=SHARED)
def _weighed(scale: Scale, work: YearOfWork, decided: Decimal, yardsticks: Yardsticks) -> Assessment:
    """The same answer for all people of whom all this is the same."""
    growth = Sums(done=work.sums.done - decided, total=work.sums.total - decided)
    rows = (*work_rows(work), *_decision_rows(decided, yardsticks))
    if -growth.total >= yardsticks.fall.amount:
        return weigh(scale, _fallen(work.span, growth, yardsticks.rise, rows))
    return weigh(scale, Measure(RULE, work.span, growth, yardsticks.rise, REVIEW_WORDS, rows))


def _fallen(span: Span, growth: Sums, rise: Yardstick, rows: tuple[Row, ...]) -> Measure:
    states = (LimitState.REVIEW_DUE, LimitState.REVIEW_DUE)
    rows = (*rows, Row(RowCode.INCOME_HAS_FALLEN), Row(RowCode.UNTOLD_WORK_WOULD_COUNT))
    return Measure(RULE, span, growth, rise, FALLEN, rows, states=states)


def held_around(facts: Facts) -> BenefitHeld | None:
    """The allowance held on the day looked at, else the next in the year after it."""
    return held_now_or_next(facts, BenefitKind.PENSIONER_HOUSING_ALLOWANCE)


def work_rows(work: YearOfWork) -> tuple[Row, ...]:
    """What the year of work is made of."""
    rows = [
        Row(RowCode.EARNED_DONE, work.sums.done),
        Row(RowCode.EARNED_AHEAD, work.sums.total - work.sums.done),
        Row(RowCode.RECURRING, work.recurring),
        Row(RowCode.ONE_OFF, work.one_off),
    ]
    if work.told:
        rows.append(Row(RowCode.TOLD, work.told))
    if work.one_off:
        rows.append(Row(RowCode.ONE_OFF_MAY_NOT_COUNT))
    return tuple(rows)


def _decision_rows(decided: Decimal, yardsticks: Yardsticks) -> tuple[Row, ...]:
    fall, costs = yardsticks.fall, yardsticks.costs
    return (
        Row(RowCode.DECIDED_INCOME, decided),
        Row(RowCode.SPOUSES_COUNT_TOGETHER),
        Row(RowCode.REVIEW_FALL, fall.amount, FALL, fall.value.source),
        Row(RowCode.REVIEW_COSTS, costs.amount, COSTS, costs.value.source),
    )


# The year of work


def year_of_work(facts: Facts) -> YearOfWork:
    """The year of work around the day looked at. Of years that come to the same the earliest is taken."""
    firsts = [months_from(facts.as_of, ahead) for ahead in range(1 - MONTHS_IN_YEAR, MONTHS_IN_YEAR)]
    months = [facts.worked_by_month.get(first, NOTHING) for first in firsts]
    best, total = _best_year(months)
    year, past = months[best : best + MONTHS_IN_YEAR], [month.done for month in months[:MONTHS_IN_YEAR]]
    done = _year([month.single for month in past]) + _regular(past)
    return YearOfWork(
        span=twelve_months(firsts[best]),
        sums=Sums(done=done, total=total),
        recurring=_year([month.repeating for month in year]) + _regular(year),
        told=_told(year),
    )


def _best_year(months: Sequence[Earned]) -> tuple[int, Decimal]:
    """With which month the twelve months begin that come to most, and to what."""
    running = list(accumulate([month.single for month in months], initial=ZERO))
    years = [last - first for first, last in zip(running, running[MONTHS_IN_YEAR:], strict=False)]
    if any([month.regular for month in months]):
        years = [year + _regular(months[start : start + MONTHS_IN_YEAR]) for start, year in enumerate(years)]
    most = max(years)
    return years.index(most), most


def _year(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


def _told(year: Sequence[Earned]) -> Decimal:
    """How much of a year was told of, counted as the year is."""
    told = [month.those(lambda row: row.told) for month in year if month.told]
    return _year([month.single for month in told]) + _regular(told)


def _regular(year: Sequence[Earned]) -> Decimal:
    """Of work that says what it brings a month: twelve times the month in which it brings most, since work in other
    months is its continuation; or what it comes to in the year, if that is more.
    """
    if not any([month.regular for month in year]):
        return ZERO
    ahead = max([month.monthly for month in year]) * MONTHS_IN_YEAR
    return max(ahead, _year([month.known for month in year]))
