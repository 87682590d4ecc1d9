"""The yearly limit from which assignment income brings the duty of a self-employed person's pension insurance (YEL).

The duty itself looks at the *estimated yearly value of work input* of an activity that lasts four months or more, which
a pension company confirms. The calendar year's assignment income is a plain proxy for it; a row says so, and
`yel.annualised` looks at the stretch of work itself. All assignments count, of every Jobcenter and of other work told
of. Earnings at ages outside the duty do not count. No exemption for disability pensioners was found, so none is made.
Whom a YEL income is confirmed for has the insurance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import LimitState
from jobcenter.benefits.earned import Earned, gross_of, told_of
from jobcenter.benefits.judging import (
    SHARED,
    Facts,
    Measure,
    Scale,
    Span,
    Sums,
    Yardstick,
    limit_missing,
    months_after,
    months_from,
    sum_rows,
    unmeasured,
    weigh,
    year_of,
)
from jobcenter.benefits.law import Law, LimitMissing
from jobcenter.benefits.words import Words
from jobcenter.core.money import ZERO

RULE = "yel.yearly_limit"
LIMIT = "yel.yearly_limit"
AGE_FROM = "yel.age_from"
AGE_TO = "yel.age_to"
TIME_TO_TAKE_OUT = "yel.time_to_take_out"

WORDS = Words.of_limit(at=NextStep.TALK_ABOUT_YEL, over=NextStep.TALK_ABOUT_YEL)


@dataclass(frozen=True)
class InsuredAges:
    """The days [first, end) of a life on which work falls under the duty; None: the day of birth is not known."""

    first: date | None
    end: date | None

    @classmethod
    def of(cls, facts: Facts) -> InsuredAges:
        return cls(None, None) if facts.person.born is None else _ages_of(facts.law, facts.person.born)

    def cover(self, span: Span) -> bool:
        """Whether all work in a span is done at an age in the duty. An unknown age counts as such."""
        return self.first is None or self.end is None or self.first <= span.first and span.last < self.end

    def held(self, earned: Earned) -> Earned:
        """The work that was done at such an age."""
        return earned.those(lambda row: self.cover(Span(row.worked_on, row.worked_on)))


@lru_cache(maxsize=SHARED)
def _ages_of(law: Law, born: date) -> InsuredAges:
    ages = (int(law.value_on(id, born).value) for id in (AGE_FROM, AGE_TO))
    return InsuredAges(*(_birthday(born, age) for age in ages))


def _birthday(born: date, age: int) -> date:
    """The day on which an age is reached; for those born on a leap day the first of March of other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def assess(facts: Facts) -> Iterator[Assessment]:
    """Each calendar year with assignment income, whether or not the person is known to receive anything."""
    by_year: defaultdict[int, list[Earned]] = defaultdict(list)
    for month, earned in facts.worked_by_month.items():
        assignments = earned.assignments
        if assignments.rows:
            by_year[month.year].append(assignments)
    ages = InsuredAges.of(facts)
    for year, months in sorted(by_year.items()):
        yield _year(facts, year_of(date(year, 1, 1)), months, ages)


def _year(facts: Facts, year: Span, assignments: list[Earned], ages: InsuredAges) -> Assessment:
    counted = assignments if ages.cover(year) else [held for each in assignments if (held := ages.held(each))]
    if remark := why_idle(facts, year, counted):
        return unmeasured(facts, RULE, year, LimitState.NOT_APPLICABLE, NextStep.NOTHING, remark)
    try:
        yardstick = Yardstick.on(facts.law, LIMIT, year.first)
    except LimitMissing as missing:
        return limit_missing(facts, RULE, year, missing)
    everything = gross_of(counted)
    worked = Worked(
        sums=Sums(done=gross_of([month.done for month in counted]), total=everything),
        outside=ZERO if counted is assignments else gross_of(assignments) - everything,
        told=told_of(counted),
        age_known=facts.person.born is not None,
    )
    weighed = _weighed(facts.scale, year, yardstick, worked)
    return with_time_to_take_out(facts, weighed, min([month.first_day for month in counted]))


class Worked(NamedTuple):
    """A year's assignments at the ages of the duty, those at other ages (`outside`), and how much was told of."""

    sums: Sums
    outside: Decimal
    told: Decimal
    age_known: bool


@lru_cache(maxsize=SHARED)
def _weighed(scale: Scale, year: Span, yardstick: Yardstick, worked: Worked) -> Assessment:
    """The same answer for all people of whom all this is the same."""
    return weigh(scale, Measure(RULE, year, worked.sums, yardstick, WORDS, tuple(_rows(worked))))


def why_idle(facts: Facts, span: Span, counted: Collection[object]) -> Row | None:
    """Why the duty does not arise in a span at all, if so."""
    if not counted:
        return Row(RowCode.OUTSIDE_YEL_AGES)
    return Row(RowCode.HAS_YEL_POLICY) if facts.person.yel_income(span.first, span.last) else None


def _rows(worked: Worked) -> Iterator[Row]:
    yield from sum_rows(worked.sums, worked.told)
    if worked.outside:
        yield Row(RowCode.OUTSIDE_YEL_AGES, worked.outside)
    yield from age_remark(known=worked.age_known)
    yield Row(RowCode.YEARLY_TOTAL_IS_A_PROXY)


def age_remark(*, known: bool) -> Iterable[Row]:
    """A remark where the day of birth is not known."""
    return () if known else (Row(RowCode.AGE_UNKNOWN),)


def with_time_to_take_out(facts: Facts, weighed: Assessment, began: date) -> Assessment:
    """From near on: by which day the insurance has to be taken out, counted from the beginning of the work."""
    if LimitState.UNDER is weighed.state is weighed.state_with_agreed:
        return weighed
    try:
        time = facts.law.value_on(TIME_TO_TAKE_OUT, began)
    except LimitMissing:
        return weighed
    day = months_after(_beginning(facts, began), int(time.value))
    return _with_row(weighed, Row(RowCode.TAKE_OUT_BY, parameter=TIME_TO_TAKE_OUT, source=time.source, day=day))


@lru_cache(maxsize=SHARED)
def _with_row(weighed: Assessment, row: Row) -> Assessment:
    return replace(weighed, rows=(*weighed.rows, row))


def _beginning(facts: Facts, began: date) -> date:
    """The first day of the assignments that go on, month after month, until the month of `began`."""
    first = began
    month = first.replace(day=1)
    while earned := facts.worked_by_month.get(month := months_from(month, -1)):
        earlier = earned.assignments.first_paid_day
        if earlier is None:
            break
        first = earlier
    return first
