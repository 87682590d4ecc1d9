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
- Recurring work that says what it brings a month counts as twelve times the month in which it brings most.

`counted` and `left` are yearly values. One more euro adds up to three to them (twelve months over four), so the hours
left are counted by that. All assignments count, of every Jobcenter and of other work told of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate
from operator import sub

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import ContractForm, Income, LimitState
from jobcenter.benefits.judging import (
    MONTHS_IN_YEAR,
    Facts,
    Measure,
    Span,
    Sums,
    Yardstick,
    judge,
    limit_missing,
    months_from,
    total,
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
Months = Mapping[date, list[Income]]

# From the mildest to the worst.
SEVERITY = (LimitState.UNDER, LimitState.NEAR, LimitState.AT_LIMIT, LimitState.OVER)


@dataclass(frozen=True)
class Stretch:
    """Months in a row with assignment income: what each brings besides the work known by the month, and that.

    `first`: the first day of its first month; `began`: its first day of work.
    """

    first: date
    began: date
    amounts: tuple[Decimal, ...]
    monthly: tuple[Decimal, ...]

    @classmethod
    def of(cls, months: list[list[Income]]) -> Stretch:
        began = min(row.worked_on for row in months[0])
        return cls(
            first=began.replace(day=1),
            began=began,
            amounts=tuple(total([row for row in rows if not row.known_by_month]) for rows in months),
            monthly=tuple(sum([row.per_month for row in rows if row.known_by_month], ZERO) for rows in months),
        )

    def __len__(self) -> int:
        return len(self.amounts)

    @property
    def average(self) -> Decimal:
        """An average month."""
        return sum(self.amounts, ZERO) / len(self) + max(self.monthly)

    def yearly(self, shortest: int) -> Decimal:
        """Its yearly value, by its best-paid `shortest` or more months in a row; as if no shorter than that."""
        return self._by_months(shortest) + max(self.monthly) * MONTHS_IN_YEAR

    def _by_months(self, shortest: int) -> Decimal:
        if len(self) <= shortest:
            return sum(self.amounts, ZERO) * MONTHS_IN_YEAR / shortest
        running = list(accumulate(self.amounts, initial=ZERO))
        # A longer row falls into parts that are long enough, one of which is not worth less.
        lengths = range(shortest, min(2 * shortest, len(self) + 1))
        return max(_best(running, length) * MONTHS_IN_YEAR / length for length in lengths)


def _best(running: Sequence[Decimal], length: int) -> Decimal:
    """The largest sum of `length` months in a row, from running totals."""
    return max(map(sub, running[length:], running))


def stretches(months: Months) -> list[Stretch]:
    """Earnings by month as stretches of months in a row, in order."""
    in_a_row: list[list[list[Income]]] = []
    following = None
    for month in sorted(months):
        if month != following:
            in_a_row.append([])
        in_a_row[-1].append(months[month])
        following = months_from(month, 1)
    return [Stretch.of(rows) for rows in in_a_row]


@dataclass(frozen=True)
class Verdict:
    """What stretches come to: the largest yearly value, the worst state, and the stretch that it speaks of."""

    yearly: Decimal
    state: LimitState
    stretch: Stretch | None


def adds_at_most(law: Law, day: date) -> int:
    """What one more euro adds to the yearly value at most. Raises LimitMissing."""
    return MONTHS_IN_YEAR // int(law.value_on(SHORTEST, day).value)


def assess(facts: Facts) -> Iterator[Assessment]:
    """The yearly value of the assignments around the day looked at; nothing where there are none."""
    around = Span(months_from(facts.as_of, 1 - MONTHS_IN_YEAR), twelve_months(facts.as_of).last)
    months = {month: rows for month, rows in facts.worked_by_month.items() if month in around}
    assignments = _with_rows({month: [row for row in rows if row.assigned] for month, rows in months.items()})
    if not assignments:
        return
    ages = facts.once(InsuredAges.of)
    counted = assignments if ages.cover(around) else _with_rows({m: ages.held(rows) for m, rows in assignments.items()})
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
    return {month: rows for month, rows in counted.items() if month < later}


def _yardstick(facts: Facts, found: list[Stretch]) -> Yardstick:
    """The limit of the day looked at, or of a later stretch's beginning if that is smaller. Raises LimitMissing."""
    days = {facts.as_of, *(stretch.first for stretch in found if stretch.first > facts.as_of)}
    return min((Yardstick.on(facts.law, LIMIT, day) for day in sorted(days)), key=lambda yardstick: yardstick.amount)


def _with_rows(months: Months) -> Months:
    """The months in which there is something."""
    return {month: rows for month, rows in months.items() if rows}


def _weigh(facts: Facts, counted: Months, everything: Verdict, yardstick: Yardstick, shortest: int) -> Assessment:
    done = _with_rows({month: [row for row in rows if row.done] for month, rows in counted.items()})
    by_now = everything if done == counted else _verdict(facts, stretches(done), yardstick, shortest)
    measure = Measure(
        rule=RULE,
        period=twelve_months(everything.stretch.first),
        sums=Sums(done=by_now.yearly, total=everything.yearly),
        yardstick=yardstick,
        words=WORDS,
        rows=tuple(_rows(facts, counted, everything, shortest)),
        states=(by_now.state, everything.state),
        times=adds_at_most(facts.law, facts.as_of),
    )
    return with_time_to_take_out(facts, weigh(facts, measure), everything.stretch.began)


def _verdict(facts: Facts, found: list[Stretch], yardstick: Yardstick, shortest: int) -> Verdict:
    yearly = [round_cents(stretch.yearly(shortest)) for stretch in found]
    states = [
        _state(facts, stretch, value, yardstick.amount, shortest) for stretch, value in zip(found, yearly, strict=True)
    ]
    worst = max(range(len(found)), key=lambda index: (SEVERITY.index(states[index]), yearly[index]), default=None)
    if worst is None:
        return Verdict(ZERO, LimitState.UNDER, None)
    return Verdict(max(yearly), states[worst], found[worst])


def _state(facts: Facts, stretch: Stretch, yearly: Decimal, limit: Decimal, shortest: int) -> LimitState:
    if len(stretch) >= shortest:
        return judge(yearly, limit, facts.near_share, WORDS)
    near = yearly >= facts.near_share * limit or stretch.average * MONTHS_IN_YEAR >= limit
    return LimitState.NEAR if near else LimitState.UNDER


def _rows(facts: Facts, counted: Months, verdict: Verdict, shortest: int) -> Iterator[Row]:
    stretch = verdict.stretch
    yield Row(RowCode.AVERAGE_MONTH, round_cents(stretch.average))
    yield Row(RowCode.MONTHS_IN_A_ROW, Decimal(len(stretch)), SHORTEST)
    if told := total(row for rows in counted.values() for row in rows if row.told):
        yield Row(RowCode.TOLD, told)
    if len(stretch) < shortest:
        yield Row(RowCode.SHORTER_THAN_ACTIVITY, Decimal(shortest), SHORTEST)
        if _repeats(facts, stretch):
            yield Row(RowCode.SEASONAL_WORK_REPEATS)
    yield from age_remark(known=facts.person.born is not None)
    yield Row(RowCode.PENSION_COMPANY_DECIDES)


def _repeats(facts: Facts, stretch: Stretch) -> bool:
    """Whether there were assignments a year before in a month of the stretch."""
    months = (months_from(stretch.first, ahead - MONTHS_IN_YEAR) for ahead in range(len(stretch)))
    return any(
        row.contract is ContractForm.ASSIGNMENT for month in months for row in facts.worked_by_month.get(month, ())
    )
