"""What is asked, and the earnings that it would bring. Pure. Minutes of work, euros an hour, days of Helsinki.

Work that is only thought of is counted in whole days of the calendar, so a change of the clock changes nothing. It
comes on top of the gigs that are agreed or offered already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcenter.benefits import ContractForm, Income, IncomeState
from jobcenter.benefits.judging import MONTHS_IN_YEAR, month_of, months_from
from jobcenter.core.errors import DomainError
from jobcenter.core.money import ZERO, for_minutes, round_cents

MOST_MONTHS = 12
MOST_SAVED = 20
FEWEST_COMPARED, MOST_COMPARED = 2, 3
WEEK = timedelta(weeks=1)
WEEKS_IN_YEAR = 52


class Question(StrEnum):
    """What a person asks about."""

    OFFER = "offer"
    GIG = "gig"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    RAISE = "raise"


class NotAsked(DomainError):
    """A question that cannot be answered as it stands: its time is over, too far, or without a single day of work."""


class TooManySaved(DomainError):
    """So many answers are saved that one must be deleted first."""


@dataclass(frozen=True)
class Scenario:
    """The work thought of, on the days [starts_on, ends_on], both included, in one contract form at one wage.

    `minutes`: of the gig; a month (monthly, raise); each time (weekly). `weekday`: 0 is Monday, of weekly work.
    `new_hourly`: the wage after a raise. `offer_id`: the open offer that is asked about, `recurring` if it repeats.
    """

    question: Question
    form: ContractForm
    hourly: Decimal
    minutes: int
    starts_on: date
    ends_on: date
    weekday: int | None = None
    new_hourly: Decimal | None = None
    offer_id: int | None = None
    recurring: bool = False

    @property
    def answering(self) -> bool:
        """Whether it is the answer to an offer that is thought of, as its own page looks at it."""
        return self.offer_id is not None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as a form gives it: what it does not need is None. `months` counts from the month of `starts_on`."""

    question: Question
    form: ContractForm | None
    starts_on: date | None = None
    minutes: int | None = None
    months: int | None = None
    weekday: int | None = None
    until: date | None = None
    new_hourly: Decimal | None = None
    offer_id: int | None = None


@dataclass(frozen=True)
class Keep:
    """Save the answer to a question under a name; the same key saves it once."""

    asked: Asked
    name: str
    form_key: str


@dataclass(frozen=True)
class Plan:
    """Earnings that a question presumes either way (`before`), those that it adds, and the months that it looks at."""

    before: tuple[Income, ...]
    extra: tuple[Income, ...]
    months: tuple[date, ...]


# From a question to a scenario


def scenario_of(asked: Asked, hourly: Decimal, today: date) -> Scenario:
    """The work that is asked about, at a wage. Raises NotAsked with the field that is wrong."""
    starts_on, ends_on = _days(asked)
    if asked.question is Question.RAISE and asked.new_hourly <= hourly:
        raise NotAsked("what_if_no_raise", "new_hourly", hourly=hourly)
    scenario = Scenario(
        question=asked.question,
        form=asked.form,
        hourly=hourly,
        minutes=asked.minutes,
        starts_on=starts_on,
        ends_on=ends_on,
        weekday=asked.weekday,
        new_hourly=asked.new_hourly,
    )
    _check_time(scenario, today)
    return scenario


def first_month(question: Question, today: date) -> date:
    """The first month that may be asked about: this one; of a raise the next, for this month's work is partly done."""
    return months_from(today, 1 if question is Question.RAISE else 0)


def _days(asked: Asked) -> tuple[date, date]:
    if asked.question is Question.GIG:
        return asked.starts_on, asked.starts_on
    if asked.question is Question.WEEKLY:
        return asked.starts_on, asked.until
    return asked.starts_on, month_of(months_from(asked.starts_on, asked.months - 1)).last


def _check_time(scenario: Scenario, today: date) -> None:
    monthly = scenario.question in (Question.MONTHLY, Question.RAISE)
    earliest = first_month(scenario.question, today) if monthly else today
    latest = month_of(months_from(earliest, MOST_MONTHS - 1)).last
    if scenario.starts_on < earliest:
        raise NotAsked("what_if_past", "starts_on")
    if scenario.ends_on > latest:
        field = {Question.GIG: "starts_on", Question.WEEKLY: "until"}.get(scenario.question, "months")
        raise NotAsked("what_if_too_far", field, latest=latest)
    if scenario.question is Question.WEEKLY and not list(days_of_week(scenario)):
        raise NotAsked("what_if_no_day", "until")


# From a scenario to earnings


def plan_of(scenario: Scenario, agreed: Iterable[Income] = ()) -> Plan:
    """The earnings of a scenario. `agreed`: what is agreed or offered already, which a raise would raise too."""
    if scenario.question is Question.RAISE:
        return _raise(scenario, list(agreed))
    makers = {Question.MONTHLY: _monthly, Question.WEEKLY: _weekly}
    extra = tuple(makers.get(scenario.question, _once)(scenario))
    return Plan((), extra, _months([row.worked_on for row in extra]))


def days_of_week(scenario: Scenario) -> Iterator[date]:
    """The days of weekly work."""
    day = scenario.starts_on + timedelta(days=(scenario.weekday - scenario.starts_on.weekday()) % 7)
    while day <= scenario.ends_on:
        yield day
        day += WEEK


def _once(scenario: Scenario) -> Iterator[Income]:
    gross = for_minutes(scenario.hourly, scenario.minutes)
    yield _row(scenario, scenario.starts_on, gross, recurring=scenario.recurring)


def _monthly(scenario: Scenario) -> Iterator[Income]:
    """An earning on the first day of each month; only work of several months is such as goes on."""
    gross = for_minutes(scenario.hourly, scenario.minutes)
    months = _months([scenario.starts_on, scenario.ends_on])
    for day in months:
        yield _row(scenario, day, gross, per_month=gross if len(months) > 1 else None)


def _weekly(scenario: Scenario) -> Iterator[Income]:
    """An earning on each day. What the work brings in a month on average is shared among the month's days."""
    gross = for_minutes(scenario.hourly, scenario.minutes)
    days = list(days_of_week(scenario))
    counts = Counter(day.replace(day=1) for day in days)
    a_month = gross * WEEKS_IN_YEAR / MONTHS_IN_YEAR
    for day in days:
        share = round_cents(a_month / counts[day.replace(day=1)]) if len(counts) > 1 else None
        yield _row(scenario, day, gross, per_month=share)


def _raise(scenario: Scenario, agreed: list[Income]) -> Plan:
    """The usual hours at the old wage, as far as they are not agreed yet, and what the new wage adds to all of them."""
    usual = for_minutes(scenario.hourly, scenario.minutes)
    before, extra = [], []
    months = _months([scenario.starts_on, scenario.ends_on])
    for day in months:
        known = sum((row.gross for row in agreed if _raised(row, scenario.form, day)), ZERO)
        if usual > known:
            before.append(_row(scenario, day, usual - known, per_month=usual - known))
        added = round_cents(max(usual, known) * (scenario.new_hourly - scenario.hourly) / scenario.hourly)
        extra.append(_row(scenario, day, added, per_month=added))
    return Plan(tuple(before), tuple(extra), months)


def _raised(row: Income, form: ContractForm, month: date) -> bool:
    same_month = row.worked_on.replace(day=1) == month.replace(day=1)
    return same_month and row.contract is form and not row.told and not row.state.done


def _row(
    scenario: Scenario, day: date, gross: Decimal, *, per_month: Decimal | None = None, recurring: bool = False
) -> Income:
    return Income(
        worked_on=day,
        paid_on=None,
        gross=gross,
        contract=scenario.form,
        state=IncomeState.OFFERED,
        recurring=recurring or per_month is not None,
        per_month=per_month,
    )


def _months(days: Iterable[date]) -> tuple[date, ...]:
    """The first days of all months from the first day's to the last day's."""
    days = list(days)
    first, last = months_from(min(days), 0), months_from(max(days), 0)
    count = (last.year - first.year) * MONTHS_IN_YEAR + last.month - first.month + 1
    return tuple(months_from(first, number) for number in range(count))
