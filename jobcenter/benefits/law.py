"""The law as values: parameters with dated values, each with its source and how sure it is. Read by `loader`."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache

from jobcenter.benefits.assessment import Row
from jobcenter.benefits.codes import RowCode
from jobcenter.benefits.contacts import ContactPoint
from jobcenter.benefits.domain import ValueStatus
from jobcenter.core.errors import DomainError

ONE_DAY = timedelta(days=1)
JUNE = 6


class Unit(StrEnum):
    EUR = "EUR"
    YEARS = "years"
    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"
    HOURS = "hours"
    COUNT = "count"
    SHARE = "share"
    SIXTHS = "sixths"


class Period(StrEnum):
    """Over what time a limit looks."""

    DAY = "day"
    FOUR_WEEKS = "four_weeks"
    CALENDAR_MONTH = "calendar_month"
    CALENDAR_YEAR = "calendar_year"
    YEAR_AHEAD = "year_ahead"
    STANDING = "standing"


class Basis(StrEnum):
    """What is compared with the value."""

    GROSS_EARNINGS = "gross_earnings"
    GROSS_ASSIGNMENT_INCOME = "gross_assignment_income"
    GROWTH_OF_YEARLY_INCOME = "growth_of_yearly_income"
    FALL_OF_YEARLY_INCOME = "fall_of_yearly_income"
    GROWTH_OF_MONTHLY_INCOME = "growth_of_monthly_income"
    FALL_OF_MONTHLY_INCOME = "fall_of_monthly_income"
    GROSS_PAID = "gross_paid"
    NET_PAID = "net_paid"
    GROSS_WAGES_OF_EMPLOYER = "gross_wages_of_employer"
    FORMULA = "formula"
    YEARLY_INCOME = "yearly_income"
    CHANGE_OF_YEARLY_COSTS = "change_of_yearly_costs"
    AVERAGE_EARNINGS_BEFORE = "average_earnings_before"
    BENEFIT_AMOUNT = "benefit_amount"
    DORMANT_TIME = "dormant_time"
    DURATION_OF_ACTIVITY = "duration_of_activity"
    AGE = "age"
    WORKING_TIME = "working_time"
    TIME_OF_DAY = "time_of_day"
    SHARE_OF_LIMIT = "share_of_limit"


class Comparison(StrEnum):
    """`>`: the value itself is still allowed. `>=`: reaching it is enough."""

    EXCEEDS = ">"
    REACHES = ">="

    def broken(self, amount: Decimal, limit: Decimal) -> bool:
        """Whether an amount is no longer allowed under a limit."""
        return amount > limit if self is Comparison.EXCEEDS else amount >= limit


class Applies(StrEnum):
    """Whether a new value holds from its day, or from a person's first review on or after that day."""

    CALENDAR = "calendar"
    NEXT_REVIEW = "next_review"


class Renewal(StrEnum):
    """Whether a value lapses with its year or half-year unless its source says longer, or holds until it is changed."""

    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    UNTIL_CHANGED = "until_changed"


class KeyedBy(StrEnum):
    """Which day picks the value: the day looked at, or the day on which the person was born."""

    DAY = "day"
    BIRTH_DAY = "birth_day"


class WhoKnows(StrEnum):
    """Who can answer what could not be verified."""

    KELA = "kela"
    PENSION_PROVIDER = "pension_provider"
    PENSION_COMPANY = "pension_company"
    EMPLOYMENT_AUTHORITY = "employment_authority"
    ENFORCEMENT_AUTHORITY = "enforcement_authority"
    COUNTY = "county"
    TAX = "tax"


class LimitMissing(DomainError):
    """No value is known for the day. Never answered with another year's value, and never safe."""

    def __init__(self, parameter: str, day: date) -> None:
        super().__init__("limit_missing", parameter=parameter, day=day)
        self.parameter = parameter
        self.day = day


class AdditionRefused(DomainError):
    """A value that cannot be added: of no parameter, not a possible figure, or on days that have one already."""


@dataclass(frozen=True)
class DatedValue:
    """A value on the days [from_, to], both included; `to` None: until changed."""

    from_: date
    to: date | None
    value: Decimal
    applies: Applies
    status: ValueStatus
    source: str
    checked_on: date

    def holds_on(self, day: date) -> bool:
        return self.from_ <= day and (self.to is None or day <= self.to)


@dataclass(frozen=True)
class Addition:
    """A value of a parameter that came after the shipped law. Its `to` None: until the next value, as it is renewed."""

    parameter: str
    value: DatedValue


@dataclass(frozen=True)
class Parameter:
    """One figure of the law, with all its known values in order of time.

    `may_be_zero`: nothing is a possible value. `ends`: the last day on which the law has this figure at all.
    """

    id: str
    description: str
    statute: str
    unit: Unit
    period: Period
    basis: Basis
    comparison: Comparison
    renewed: Renewal
    keyed_by: KeyedBy
    values: tuple[DatedValue, ...]
    may_be_zero: bool = False
    ends: date | None = None

    def value_on(self, day: date) -> DatedValue:
        """The value that holds on `day` (or for those born on it). Raises LimitMissing."""
        value = self.known_on(day)
        if value is None:
            raise LimitMissing(self.id, day)
        return value

    def known_on(self, day: date) -> DatedValue | None:
        """The value that holds on `day`, if one is known."""
        return next((value for value in reversed(self.values) if value.holds_on(day)), None)

    def covers(self, first: date, last: date) -> bool:
        """Whether every day of [first, last] on which the law has the figure has a value."""
        last = min(last, self.ends or last)
        day = first
        for value in self.values:
            if value.holds_on(day):
                if value.to is None or value.to >= last:
                    return True
                day = value.to + ONE_DAY
        return day > last

    def with_values(self, added: Iterable[DatedValue]) -> Parameter:
        """The parameter with more values; one without a last day gives way to the next. Raises AdditionRefused."""
        values = sorted([*self.values, *added], key=lambda value: value.from_)
        for value in values:
            self._check(value)
        for value, following in zip(values, values[1:], strict=False):
            if following.from_ <= (value.to or value.from_):
                raise AdditionRefused("value_overlaps", "from_", first=value.from_, last=value.to or following.from_)
        return replace(self, values=bounded(values, self.renewed))

    def _check(self, value: DatedValue) -> None:
        if value.value < 0 or (value.value == 0 and not self.may_be_zero):
            raise AdditionRefused("value_not_above_zero", "value")
        if value.to is not None and value.to < value.from_:
            raise AdditionRefused("value_ends_before", "to")


def last_day_of_renewal(day: date, renewed: Renewal) -> date:
    """The last day of the calendar year, or half-year, of a day."""
    if renewed is Renewal.HALF_YEARLY and day.month <= JUNE:
        return date(day.year, JUNE, 30)
    return date(day.year, 12, 31)


def bounded(values: Sequence[DatedValue], renewed: Renewal) -> tuple[DatedValue, ...]:
    """Values in order with their last days: as given, else the day before the next one, else as the renewal says."""
    ended = []
    for value, following in zip(values, [*values[1:], None], strict=True):
        ends = [] if renewed is Renewal.UNTIL_CHANGED else [last_day_of_renewal(value.from_, renewed)]
        if following:
            ends.append(following.from_ - ONE_DAY)
        ended.append(replace(value, to=value.to or min(ends, default=None)))
    return tuple(ended)


@dataclass(frozen=True)
class PlannedChange:
    """A change of law that is proposed but not known to be passed. Shown, never applied.

    `intended_from` None: no day was seen.
    """

    id: str
    description: str
    intended_from: date | None
    source: str
    checked_on: date


@dataclass(frozen=True)
class UnverifiedFact:
    """What could not be verified, the rules that it concerns, and whom to ask about it.

    It concerns periods that touch [from_, to]; None: from the beginning, or until it is known.
    """

    id: str
    what: str
    concerns: tuple[str, ...]
    ask: WhoKnows
    source: str
    checked_on: date
    from_: date | None = None
    to: date | None = None

    @cached_property
    def row(self) -> Row:
        """The row that says it, of every assessment of a rule that it concerns."""
        return Row(RowCode.NOT_VERIFIED, parameter=self.id, source=self.source)

    def touches(self, first: date, last: date) -> bool:
        """Whether it concerns a period [first, last]."""
        return (self.from_ is None or self.from_ <= last) and (self.to is None or first <= self.to)


@dataclass(frozen=True)
class LimitInForce:
    """A parameter and the value that it has on a day."""

    parameter: Parameter
    value: DatedValue


@dataclass(frozen=True, eq=False)
class Law:
    """One set of parameters, and of what is not verified about the rules, under one version name that names the
    content. There is one of each in a process, so that answers are looked up by it at a glance.
    """

    version: str
    parameters: Mapping[str, Parameter]
    planned: tuple[PlannedChange, ...]
    unverified: tuple[UnverifiedFact, ...] = ()
    contacts: tuple[ContactPoint, ...] = ()
    _doubts: Mapping[str, tuple[UnverifiedFact, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        doubts = defaultdict(list)
        for fact in self.unverified:
            for rule in fact.concerns:
                doubts[rule].append(fact)
        object.__setattr__(self, "_doubts", {rule: tuple(facts) for rule, facts in doubts.items()})

    @classmethod
    def of(
        cls,
        parameters: Mapping[str, Parameter],
        planned: tuple[PlannedChange, ...] = (),
        unverified: tuple[UnverifiedFact, ...] = (),
        contacts: tuple[ContactPoint, ...] = (),
    ) -> Law:
        """The law under the name of its content: `2026-11-22-1a2b3c4d`, the newest check and a digest of what it says.

        Telephone numbers change no answer, and so not the name.
        """
        checks = [value.checked_on for parameter in parameters.values() for value in parameter.values]
        newest = max([*checks, *(fact.checked_on for fact in unverified)], default=date.min)
        content = "\n".join([*(repr(parameters[id]) for id in sorted(parameters)), *map(repr, unverified)])
        digest = hashlib.sha256(content.encode()).hexdigest()[:8]
        return cls(f"{newest}-{digest}", parameters, planned, unverified, contacts)

    def with_values(self, additions: Iterable[Addition]) -> Law:
        """The law with values added, under a name of its own; itself if there are none.

        Raises AdditionRefused for an unknown parameter, for a figure that cannot be, and for days that have a value.
        """
        added: dict[str, list[DatedValue]] = defaultdict(list)
        for addition in additions:
            if addition.parameter not in self.parameters:
                raise AdditionRefused("parameter_unknown", "parameter", parameter=addition.parameter)
            added[addition.parameter].append(addition.value)
        if not added:
            return self
        changed = {id: self.parameters[id].with_values(values) for id, values in added.items()}
        return Law.of({**self.parameters, **changed}, self.planned, self.unverified, self.contacts)

    def doubts(self, rule: str, first: date, last: date) -> tuple[UnverifiedFact, ...]:
        """What is not verified about a rule in a period [first, last]."""
        return tuple(fact for fact in self._doubts.get(rule, ()) if fact.touches(first, last))

    def fact(self, id: str) -> UnverifiedFact | None:
        """The unverified fact of this id; None of one that an older law held."""
        return next((fact for fact in self.unverified if fact.id == id), None)

    def parameter(self, id: str) -> Parameter:
        """The parameter of this id. Raises KeyError."""
        return self.parameters[id]

    def value_on(self, id: str, day: date) -> DatedValue:
        """The value of a parameter on a day. Raises KeyError, LimitMissing."""
        value = self.known_on(id, day)
        if value is None:
            raise LimitMissing(id, day)
        return value

    def known_on(self, id: str, day: date) -> DatedValue | None:
        """The same, None where it is not known. Raises KeyError."""
        return _known_on(self, id, day)

    def limits_on(self, day: date) -> tuple[LimitInForce, ...]:
        """Every limit in force on a day, in order of id."""
        return tuple(LimitInForce(p, value) for p in self._limits() for value in p.values if value.holds_on(day))

    def missing_for(self, year: int) -> tuple[Parameter, ...]:
        """The limits that lack a value on some day of a calendar year, in order of id."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        return tuple(p for p in self._limits() if not p.covers(first, last))

    def _limits(self) -> list[Parameter]:
        """What earnings are held against: all but the standing figures, such as ages."""
        return [p for _, p in sorted(self.parameters.items()) if p.period is not Period.STANDING]


@lru_cache(maxsize=8192)
def _known_on(law: Law, id: str, day: date) -> DatedValue | None:
    return law.parameters[id].known_on(day)
