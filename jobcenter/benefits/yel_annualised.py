"""The duty of a self-employed person's pension insurance (YEL) by the yearly value of the work, not its calendar year.

The duty looks at what the work is worth *a year*: half a year at 1500 euros a month is over, though its calendar total
is small. It arises when the activity lasts at least four months without a break. So stretches of months in a row with
assignment income are looked at, in the eleven months before the month of the day looked at and those after it.

- A stretch of four months or more: the best-paid four or more months in a row within it, as an average month times
  twelve. Taking the best-paid ones, not all, keeps a rule that protects: a small gig more never makes the value less.
  A pension company looks at the whole; a row says so.
- A shorter stretch is worth what it would be if nothing more were earned until four months are full. Where its average
  month times twelve reaches the limit, it is `near`, never over: a row says that the duty begins when the activity has
  lasted four months. Work of the same season a year before is told too, for repeated seasonal work counts as lasting.
- Recurring work that says what it brings a month counts as twelve times the month in which it brings most, or like
  other work if what it comes to in those months is more.

`counted` and `left` are yearly values. One more euro adds up to three to them (twelve months over four), so the hours
left are counted by that. All assignments count, of every Jobcenter and of other work told of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, repeat
from operator import attrgetter, sub
from typing import NamedTuple

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import LimitState
from jobcenter.benefits.earned import NOTHING, Earned, told_of
from jobcenter.benefits.judging import (
    MONTHS_IN_YEAR,
    SHARED,
    Facts,
    Measure,
    Scale,
    Span,
    Sums,
    Yardstick,
    judge,
    limit_missing,
    months_from,
    twelve_months,
    unmeasured,
    weigh,
)
from jobcenter.benefits.law import Law, LimitMissing
from jobcenter.benefits.yel import LIMIT, WORDS, InsuredAges, age_remark, why_idle, with_time_to_take_out
from jobcenter.core.money import ZERO, round_cents

RULE = "yel.annualised"
SHORTEST = "yel.shortest_activity"

# Earnings by the first day of their month.
Months = Mapping[date, Earned]

_DONE = attrgetter("done")

# From the mildest to the worst.
SEVERITY = (LimitState.UNDER, LimitState.NEAR, LimitState.AT_LIMIT, LimitState.OVER)


@dataclass(frozen=True)
class Stretch:
    """Months in a row with assignment income: what each brings besides the work known by the month.

    `first`: the first day of its first month; `began`: its first day of work. `level`: what the work known by the month
    brings in the month in which it brings most; `known`: what it comes to in each. Empty where there is none.
    """

    first: date
    began: date
    amounts: tuple[Decimal, ...]
    level: Decimal
    known: tuple[Decimal, ...]

    @classmethod
    def of(cls, months: list[Earned]) -> Stretch:
        began = months[0].first_day
        regular = any([month.regular for month in months])
        return cls(
            first=began.replace(day=1),
            began=began,
            amounts=tuple([month.single for month in months]),
            level=max([month.monthly for month in months]) if regular else ZERO,
            known=tuple([month.known for month in months]) if regular else (),
        )

    def __len__(self) -> int:
        return len(self.amounts)

    @property
    def average(self) -> Decimal:
        """An average month."""
        return self._together(sum(self.amounts, ZERO), sum(self.known, ZERO), len(self)) / len(self)

    def yearly(self, shortest: int) -> Decimal:
        """Its yearly value, by its best-paid `shortest` or more months in a row; as if no shorter than that."""
        if len(self) <= shortest:
            best = self._together(sum(self.amounts, ZERO), sum(self.known, ZERO), shortest)
            return best * MONTHS_IN_YEAR / shortest
        others, known = _running(self.amounts), _running(self.known)
        # A longer row falls into parts that are long enough, one of which is not worth less.
        lengths = range(shortest, min(2 * shortest, len(self) + 1))
        return max([self._best(others, known, length) * MONTHS_IN_YEAR / length for length in lengths])

    def _best(self, others: Sequence[Decimal], known: Sequence[Decimal], length: int) -> Decimal:
        """The most that `length` months in a row come to, from running totals."""
        sums = map(sub, others[length:], others)
        if not self.known:
            return max(sums)
        return max(map(self._together, sums, map(sub, known[length:], known), repeat(length)))

    def _together(self, others: Decimal, known: Decimal, months: int) -> Decimal:
        """So many months: of work known by the month its level counts, or what it comes to if that is more."""
        return others + max(self.level * months, known)


def _running(amounts: Sequence[Decimal]) -> list[Decimal]:
    return list(accumulate(amounts, initial=ZERO))


def stretches(months: Months) -> list[Stretch]:
    """Earnings by month as stretches of months in a row, in order."""
    in_a_row: list[list[Earned]] = []
    following = None
    for month in sorted(months):
        if month != following:
            in_a_row.append([])
        in_a_row[-1].append(months[month])
        following = months_from(month, 1)
    return [Stretch.of(earned) for earned in in_a_row]


@dataclass(frozen=True)
class Verdict:
    """What stretches come to: the largest yearly value, the worst state, and the stretch that it speaks of."""

    yearly: Decimal
    state: LimitState
    stretch: Stretch | None


def adds_at_most(law: Law, day: date) -> int:
    """What one more euro adds to the yearly value at most. Raises LimitMissing."""
    return _adds_at_most(int(law.value_on(SHORTEST, day).value))


def _adds_at_most(shortest: int) -> int:
    return MONTHS_IN_YEAR // shortest


def assess(facts: Facts) -> Iterator[Assessment]:
    """The yearly value of the assignments around the day looked at; nothing where there are none."""
    around = Span(months_from(facts.as_of, 1 - MONTHS_IN_YEAR), twelve_months(facts.as_of).last)
    assignments = {
        month: counted
        for month, earned in facts.worked_by_month.items()
        if around.first <= month <= around.last and (counted := earned.assignments.bringing).rows
    }
    if not assignments:
        return
    ages = InsuredAges.of(facts)
    counted = assignments if ages.cover(around) else _with_rows(assignments, ages.held)
    if remark := why_idle(facts, around, counted):
        yield unmeasured(facts, RULE, around, LimitState.NOT_APPLICABLE, NextStep.NOTHING, remark)
        return
    yield _assessed(facts, counted, around)


def _assessed(facts: Facts, counted: Months, around: Span) -> Assessment:
    """The assessment of all stretches; where a later one's limit is missing, that of those begun, if it is not safe."""
    found = stretches(counted)
    try:
        yardstick = _yardstick(facts, found)
        shortest = int(facts.law.value_on(SHORTEST, facts.as_of).value)
    except LimitMissing as missing:
        begun = _begun(counted, found, facts.as_of) if missing.day > facts.as_of else {}
        known = _assessed(facts, begun, around) if begun else None
        if known is None or known.safe:
            return limit_missing(facts, RULE, around, missing)
        return replace(known, rows=(*known.rows, Row(RowCode.VALUE_MISSING, parameter=missing.parameter)))
    return _weigh(facts, counted, _verdict(facts, found, yardstick, shortest), yardstick, shortest)


def _begun(counted: Months, found: list[Stretch], day: date) -> Months:
    """The months of the stretches that have begun by a day."""
    later = min((stretch.first for stretch in found if stretch.first > day), default=date.max)
    return {month: earned for month, earned in counted.items() if month < later}


def _yardstick(facts: Facts, found: list[Stretch]) -> Yardstick:
    """The smallest of the limits of the day looked at and of the days on which the stretches begin: a duty that has
    arisen does not end because the limit rises with the year. Raises LimitMissing, but not of a day in the past.
    """
    days = [facts.as_of]
    for stretch in found:
        if stretch.first > facts.as_of or facts.law.known_on(LIMIT, stretch.first):
            days.append(stretch.first)
    return min([Yardstick.on(facts.law, LIMIT, day) for day in days], key=attrgetter("amount"))


def _with_rows(months: Months, wanted: Callable[[Earned], Earned]) -> Months:
    """What is wanted of each month, of those in which there is something."""
    return {month: found for month, earned in months.items() if (found := wanted(earned)).rows}


class Worth(NamedTuple):
    """What the stretches are worth a year, and what is told of the one that the verdict speaks of.

    `states`: of what is done, and of everything. `repeats`: shorter than an activity, it comes again a year later.
    """

    sums: Sums
    states: tuple[LimitState, LimitState]
    first: date
    months: int
    average: Decimal
    told: Decimal
    repeats: bool
    age_known: bool


def _weigh(facts: Facts, counted: Months, everything: Verdict, yardstick: Yardstick, shortest: int) -> Assessment:
    done, stretch = _with_rows(counted, _DONE), everything.stretch
    by_now = everything if done == counted else _verdict(facts, stretches(done), yardstick, shortest)
    worth = Worth(
        sums=Sums(done=by_now.yearly, total=everything.yearly),
        states=(by_now.state, everything.state),
        first=stretch.first,
        months=len(stretch),
        average=round_cents(stretch.average),
        told=told_of(counted.values()),
        repeats=len(stretch) < shortest and _repeats(facts, stretch),
        age_known=facts.person.born is not None,
    )
    weighed = _weighed(facts.scale, yardstick, worth, shortest)
    return with_time_to_take_out(facts, weighed, stretch.began)


@lru_cache(maxsize=SHARED)
def _weighed(scale: Scale, yardstick: Yardstick, worth: Worth, shortest: int) -> Assessment:
    """The same answer for all people of whom all this is the same."""
    rows, period, times = tuple(_rows(worth, shortest)), twelve_months(worth.first), _adds_at_most(shortest)
    return weigh(scale, Measure(RULE, period, worth.sums, yardstick, WORDS, rows, states=worth.states, times=times))


def _verdict(facts: Facts, found: list[Stretch], yardstick: Yardstick, shortest: int) -> Verdict:
    verdicts = [_verdict_of(facts, stretch, yardstick.amount, shortest) for stretch in found]
    if len(verdicts) <= 1:
        return verdicts[0] if verdicts else Verdict(ZERO, LimitState.UNDER, None)
    worst = max(verdicts, key=lambda verdict: (SEVERITY.index(verdict.state), verdict.yearly))
    return replace(worst, yearly=max([verdict.yearly for verdict in verdicts]))


def _verdict_of(facts: Facts, stretch: Stretch, limit: Decimal, shortest: int) -> Verdict:
    yearly = round_cents(stretch.yearly(shortest))
    return Verdict(yearly, _state(facts, stretch, yearly, limit, shortest), stretch)


def _state(facts: Facts, stretch: Stretch, yearly: Decimal, limit: Decimal, shortest: int) -> LimitState:
    if len(stretch) >= shortest:
        return judge(yearly, limit, facts.near_share, WORDS)
    near = yearly >= facts.near_share * limit or stretch.average * MONTHS_IN_YEAR >= limit
    return LimitState.NEAR if near else LimitState.UNDER


def _rows(worth: Worth, shortest: int) -> Iterator[Row]:
    yield Row(RowCode.AVERAGE_MONTH, worth.average)
    yield Row(RowCode.MONTHS_IN_A_ROW, Decimal(worth.months), SHORTEST)
    if worth.told:
        yield Row(RowCode.TOLD, worth.told)
    if worth.months < shortest:
        yield Row(RowCode.SHORTER_THAN_ACTIVITY, Decimal(shortest), SHORTEST)
        if worth.repeats:
            yield Row(RowCode.SEASONAL_WORK_REPEATS)
    yield from age_remark(known=worth.age_known)
    yield Row(RowCode.PENSION_COMPANY_DECIDES)


def _repeats(facts: Facts, stretch: Stretch) -> bool:
    """Whether there were assignments a year before in a month of the stretch."""
    months = (months_from(stretch.first, ahead - MONTHS_IN_YEAR) for ahead in range(len(stretch)))
    return any(facts.worked_by_month.get(month, NOTHING).assignments for month in months)
