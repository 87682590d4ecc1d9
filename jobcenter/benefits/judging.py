"""What every rule shares: the facts it is given, calendar spans, sums, and the verdict of a sum against a limit."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from jobcenter.benefits.assessment import NO_AMOUNTS, Assessment, BenefitAmounts, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitHeld, BenefitKind, ContractForm, Income, LimitState, Person, ValueStatus
from jobcenter.benefits.earned import NOTHING, Earned, by_month
from jobcenter.benefits.law import Comparison, DatedValue, Law, LimitMissing, Parameter
from jobcenter.benefits.words import Words
from jobcenter.core.money import ZERO, round_cents

MONTHS_IN_YEAR = 12
# How many answers each shared function keeps, so that what is kept does not grow with the people.
SHARED = 8192

Made = TypeVar("Made")


@dataclass(frozen=True, eq=False)
class Scale:
    """By what every sum is weighed: the law, the euros an hour by which hours left are counted, and where near begins.

    The same for many people, so that people with the same sums share an answer: there is one of each (`scale_of`).
    """

    law: Law
    hourly: Decimal
    near_share: Decimal


@lru_cache(maxsize=64)
def scale_of(law: Law, hourly: Decimal, near_share: Decimal) -> Scale:
    """The one scale of these."""
    return Scale(law, hourly, near_share)


@dataclass(frozen=True)
class Facts:
    """What an assessment rests on. `hourly`: euros an hour for counting hours left; `near_share`: where near begins.

    `since`: what ended before this day is not asked for.
    """

    person: Person
    income: tuple[Income, ...]
    as_of: date
    hourly: Decimal
    near_share: Decimal
    law: Law
    since: date = date.min

    def __post_init__(self) -> None:
        if self.hourly <= 0:
            raise ValueError("hours left need an hourly rate above zero")
        if not 0 < self.near_share <= 1:
            raise ValueError("the share at which a limit is near lies above 0 and at most at 1")

    @cached_property
    def scale(self) -> Scale:
        """What sums are weighed by."""
        return scale_of(self.law, self.hourly, self.near_share)

    @cached_property
    def worked_by_month(self) -> Mapping[date, Earned]:
        """Earnings by the first day of the month of work. Put together once, for all rules."""
        return by_month(self.income, attrgetter("month_worked"))

    @cached_property
    def paid_by_month(self) -> Mapping[date, Earned]:
        """Earnings by the first day of the month of payment; of work, while the day of payment is not known."""
        if all([earned.paid_when_worked for earned in self.worked_by_month.values()]):
            return self.worked_by_month
        return by_month(self.income, attrgetter("month_paid"))

    @cached_property
    def first_assignment(self) -> date | None:
        """The day of the earliest work outside an employment relationship."""
        days = (row.worked_on for row in self.income if row.contract is ContractForm.ASSIGNMENT)
        return min(days, default=None)

    def asked(self, firsts: Iterable[date], *, by_year: bool = False) -> list[date]:
        """First days of the months asked for, of `firsts` and that looked at, in order. `by_year`: of whole years."""
        oldest = (year_of if by_year else month_of)(self.since).first
        return sorted([first for first in {month_of(self.as_of).first, *firsts} if first >= oldest])

    def once(self, compute: Callable[[Facts], Made]) -> Made:
        """What `compute` makes of these facts, made once for all rules that need it."""
        if compute not in self._made:
            self._made[compute] = compute(self)
        return self._made[compute]

    @cached_property
    def _made(self) -> dict[Callable[[Facts], Any], Any]:
        return {}

    def holds(self, *kinds: BenefitKind) -> bool:
        """Whether the person holds or has held a benefit of one of these kinds at all."""
        return not self.kinds.isdisjoint(kinds)

    @cached_property
    def kinds(self) -> frozenset[BenefitKind]:
        """The kinds of benefits that the person holds or has held."""
        return frozenset(benefit.kind for benefit in self.person.benefits or ())


class Span(NamedTuple):
    """Days [first, last], both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class Sums(NamedTuple):
    """Earnings that a rule counts in a period: done, and with everything agreed and offered added."""

    done: Decimal
    total: Decimal


@dataclass(frozen=True)
class Yardstick:
    """What sums are held against. `amount` is the value itself, or the value made to fit the period."""

    parameter: Parameter
    value: DatedValue
    amount: Decimal

    @classmethod
    def on(cls, law: Law, parameter_id: str, day: date, *, times: int = 1) -> Yardstick:
        """The value of a parameter on a day, `times` over. Raises LimitMissing."""
        yardstick = yardstick_known(law, parameter_id, day, times)
        if yardstick is None:
            raise LimitMissing(parameter_id, day)
        return yardstick

    def __hash__(self) -> int:
        """By what tells yardsticks apart; a parameter has all its values in it."""
        return hash((self.parameter.id, self.value.from_, self.amount))


@lru_cache(maxsize=SHARED)
def yardstick_known(law: Law, parameter_id: str, day: date, times: int = 1) -> Yardstick | None:
    """The same; None where the value is not known."""
    value = law.known_on(parameter_id, day)
    return value and Yardstick(law.parameter(parameter_id), value, round_cents(value.value * times))


@lru_cache(maxsize=1024)
def month_of(day: date) -> Span:
    """The calendar month of a day."""
    return Span(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


@lru_cache(maxsize=1024)
def year_of(day: date) -> Span:
    """The calendar year of a day."""
    return Span(day.replace(month=1, day=1), day.replace(month=12, day=31))


@lru_cache(maxsize=SHARED)
def months_from(day: date, months: int) -> date:
    """The first day of the month that lies `months` after (or, negative, before) the month of `day`."""
    count = day.year * MONTHS_IN_YEAR + day.month - 1 + months
    return date(count // MONTHS_IN_YEAR, count % MONTHS_IN_YEAR + 1, 1)


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` after, or that month's last day if it is shorter."""
    month = month_of(months_from(day, months))
    return min(month.last, month.first + timedelta(days=day.day - 1))


@lru_cache(maxsize=1024)
def twelve_months(day: date) -> Span:
    """The month of a day and the eleven after it."""
    return Span(day.replace(day=1), months_from(day, MONTHS_IN_YEAR) - timedelta(days=1))


def months_held(
    facts: Facts, kind: BenefitKind, months: Mapping[date, Earned]
) -> Iterator[tuple[Span, BenefitHeld, tuple[Income, ...]]]:
    """The months with earnings, and the month looked at, in which a benefit is held: each with both, in order."""
    if not facts.holds(kind):
        return
    for first in facts.asked(months):
        month = month_of(first)
        if held := facts.person.held(kind, month.first, month.last):
            yield month, held, months.get(first, NOTHING).rows


def held_now_or_next(facts: Facts, kind: BenefitKind) -> BenefitHeld | None:
    """The benefit held on the day looked at; else the first to begin in the twelve months from that day's month on.

    A decision that holds later never takes the place of the one that holds now.
    """
    if not facts.holds(kind):
        return None
    day = facts.as_of
    coming = facts.person.all_held(kind, day, twelve_months(day).last)
    return facts.person.held(kind, day, day) or (coming[-1] if coming else None)


def age_on(born: date, day: date) -> int:
    """Whole years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def total(income: Iterable[Income]) -> Decimal:
    return sum([row.gross for row in income], ZERO)


def done(income: Iterable[Income]) -> Decimal:
    return sum([row.gross for row in income if row.done], ZERO)


def net_total(income: Iterable[Income]) -> Decimal:
    """What is left of earnings after tax; all of those of which that is not known."""
    return sum((row.gross if row.net is None else row.net for row in income), ZERO)


def earning_rows(sums: Sums, counted: Iterable[Income]) -> Iterator[Row]:
    """What is done, what lies ahead, and how much of both the person has told of, if any."""
    yield from sum_rows(sums, total(row for row in counted if row.told))


def sum_rows(sums: Sums, told: Decimal) -> Iterator[Row]:
    """The same of sums made before."""
    yield Row(RowCode.EARNED_DONE, sums.done)
    yield Row(RowCode.EARNED_AHEAD, sums.total - sums.done)
    if told:
        yield Row(RowCode.TOLD, told)


def net_remarks(paid: Iterable[Income]) -> Iterator[Row]:
    """How much of net earnings is gross since the net is not known, how much is estimated, and of which day."""
    earned = [row for row in paid if row.gross]
    if unknown := [row for row in earned if row.net is None]:
        yield Row(RowCode.NET_UNKNOWN, net_total(unknown))
    if estimated := [row for row in earned if row.net_estimated]:
        yield Row(RowCode.NET_ESTIMATED, net_total(estimated))
    yield from pay_day_remark(earned)


def pay_day_remark(paid: Iterable[Income]) -> Iterator[Row]:
    """A remark where something is earned of which the day of payment is not known."""
    if any(row.paid_on is None and row.gross for row in paid):
        yield Row(RowCode.PAY_DAY_UNKNOWN)


def judge(amount: Decimal, limit: Decimal, near_share: Decimal, words: Words) -> LimitState:
    """Where an amount stands: below, near from `near_share` of the limit on, at it, above it.

    Nothing earned under a limit of nothing is below it.
    """
    if amount > limit:
        return words.above
    if amount == limit:
        return words.at if limit else words.below
    return LimitState.NEAR if amount >= near_share * limit else words.below


def hours_that_fit(left: Decimal, hourly: Decimal, comparison: Comparison) -> int:
    """The whole hours that can still be worked: up to the limit if it may be met, else short of it. Never below 0."""
    hours = left / hourly
    if comparison is Comparison.EXCEEDS:
        return max(0, int(hours.to_integral_value(ROUND_FLOOR)))
    return max(0, int(hours.to_integral_value(ROUND_CEILING)) - 1)


@dataclass(frozen=True)
class Measure:
    """One sum held against one yardstick: of which rule, over which period, in which words, explained by which rows.

    `amounts`: what the benefit becomes. `states`: the verdict on what is done and on everything, of a rule that judges
    by more than the sums. `times`: what one more euro of earnings adds to the sums at most.
    """

    rule: str
    period: Span
    sums: Sums
    yardstick: Yardstick
    words: Words
    rows: tuple[Row, ...]
    amounts: BenefitAmounts = NO_AMOUNTS
    states: tuple[LimitState, LimitState] | None = None
    times: int = 1


def weigh(scale: Scale | Facts, measure: Measure) -> Assessment:
    """The assessment of a measure: what is left in euros and hours, the two states, and the next step."""
    limit, sums = measure.yardstick.amount, measure.sums
    comparison, hourly = measure.yardstick.parameter.comparison, scale.hourly * measure.times
    state, with_agreed = measure.states or _judge_both(scale, measure)
    return Assessment(
        rule=measure.rule,
        period_from=measure.period.first,
        period_to=measure.period.last,
        counted=sums.done,
        agreed=sums.total - sums.done,
        limit=limit,
        left=limit - sums.done,
        left_hours=hours_that_fit(limit - sums.done, hourly, comparison),
        left_hours_with_agreed=hours_that_fit(limit - sums.total, hourly, comparison),
        state=state,
        state_with_agreed=with_agreed,
        status=measure.yardstick.value.status,
        source=measure.yardstick.value.source,
        next_step=next_step(state, with_agreed, measure.words),
        rules_version=scale.law.version,
        rows=(*measure.rows, *yardstick_rows(measure.yardstick), *_doubts(scale.law, measure.rule, measure.period)),
        amounts=measure.amounts,
    )


def _judge_both(scale: Scale | Facts, measure: Measure) -> tuple[LimitState, LimitState]:
    limit, sums, words = measure.yardstick.amount, measure.sums, measure.words
    state = judge(sums.done, limit, scale.near_share, words)
    return state, state if sums.total == sums.done else judge(sums.total, limit, scale.near_share, words)


def next_step(state: LimitState, with_agreed: LimitState, words: Words) -> NextStep:
    """The rule's step for what is done; where only the gigs ahead would break the limit, to talk before them."""
    if state is not with_agreed and not with_agreed.safe:
        return NextStep.TALK_BEFORE_GIGS
    return words.steps[with_agreed]


@lru_cache(maxsize=SHARED)
def yardstick_rows(yardstick: Yardstick) -> tuple[Row, ...]:
    """The limit with its source, and a remark where its value is not confirmed."""
    parameter, value = yardstick.parameter, yardstick.value
    limit = Row(RowCode.LIMIT, yardstick.amount, parameter.id, value.source)
    if value.status is ValueStatus.CONFIRMED:
        return (limit,)
    return (limit, Row(RowCode.VALUE_NOT_CONFIRMED, parameter=parameter.id, source=value.source))


@lru_cache(maxsize=SHARED)
def _doubts(law: Law, rule: str, period: Span) -> tuple[Row, ...]:
    """A row for each thing that is not verified about a rule in a period."""
    return tuple(fact.row for fact in law.doubts(rule, period.first, period.last))


def unmeasured(facts: Facts, rule: str, period: Span, state: LimitState, step: NextStep, *rows: Row) -> Assessment:
    """An assessment without a measure: the rule does not apply, a fact has to be asked, or its limit is missing.

    What is not verified about the rule is told too, unless it does not apply.
    """
    return _unmeasured(facts.law, rule, period, (state, step), rows)


@lru_cache(maxsize=SHARED)
def _unmeasured(
    law: Law, rule: str, period: Span, verdict: tuple[LimitState, NextStep], rows: tuple[Row, ...]
) -> Assessment:
    state, step = verdict
    doubts = () if state is LimitState.NOT_APPLICABLE else _doubts(law, rule, period)
    return Assessment(
        rule=rule,
        period_from=period.first,
        period_to=period.last,
        counted=None,
        agreed=None,
        limit=None,
        left=None,
        left_hours=None,
        left_hours_with_agreed=None,
        state=state,
        state_with_agreed=state,
        status=None,
        source="",
        next_step=step,
        rules_version=law.version,
        rows=(*rows, *doubts),
    )


def limit_missing(facts: Facts, rule: str, period: Span, missing: LimitMissing) -> Assessment:
    """The answer for a period whose limit nobody knows yet: not safe, wait or ask."""
    return value_missing(facts.law, rule, period, missing.parameter)


@lru_cache(maxsize=SHARED)
def value_missing(law: Law, rule: str, period: Span, parameter: str) -> Assessment:
    """The same by the parameter that has no value."""
    row = Row(RowCode.VALUE_MISSING, parameter=parameter)
    return _unmeasured(law, rule, period, (LimitState.LIMIT_MISSING, NextStep.WAIT_FOR_LIMIT), (row,))
