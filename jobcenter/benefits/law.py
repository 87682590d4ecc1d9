"""The law as values: parameters with dated values, each with its source and how sure it is. Read by `loader`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcenter.benefits.domain import ValueStatus
from jobcenter.core.errors import DomainError

ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    EUR = "EUR"
    YEARS = "years"
    SHARE = "share"


class Period(StrEnum):
    """Over what time a limit looks."""

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
    AGE = "age"
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
    """Whether a value lapses with its calendar year unless its source says longer, or holds until it is changed."""

    YEARLY = "yearly"
    UNTIL_CHANGED = "until_changed"


class KeyedBy(StrEnum):
    """Which day picks the value: the day looked at, or the day on which the person was born."""

    DAY = "day"
    BIRTH_DAY = "birth_day"


class LimitMissing(DomainError):
    """No value is known for the day. Never answered with another year's value, and never safe."""

    def __init__(self, parameter: str, day: date) -> None:
        super().__init__("limit_missing", parameter=parameter, day=day)
        self.parameter = parameter
        self.day = day


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
class Parameter:
    """One figure of the law, with all its known values in order of time."""

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

    def value_on(self, day: date) -> DatedValue:
        """The value that holds on `day` (or for those born on it). Raises LimitMissing."""
        for value in self.values:
            if value.holds_on(day):
                return value
        raise LimitMissing(self.id, day)

    def covers(self, first: date, last: date) -> bool:
        """Whether every day of [first, last] has a value."""
        day = first
        for value in self.values:
            if value.holds_on(day):
                if value.to is None or value.to >= last:
                    return True
                day = value.to + ONE_DAY
        return False


@dataclass(frozen=True)
class PlannedChange:
    """A change of law that is proposed but not known to be passed. Shown, never applied."""

    id: str
    description: str
    intended_from: date
    source: str
    checked_on: date


@dataclass(frozen=True)
class LimitInForce:
    """A parameter and the value that it has on a day."""

    parameter: Parameter
    value: DatedValue


@dataclass(frozen=True)
class Law:
    """One set of parameters under one version name."""

    version: str
    parameters: Mapping[str, Parameter]
    planned: tuple[PlannedChange, ...]

    def parameter(self, id: str) -> Parameter:
        """The parameter of this id. Raises KeyError."""
        return self.parameters[id]

    def value_on(self, id: str, day: date) -> DatedValue:
        """The value of a parameter on a day. Raises KeyError, LimitMissing."""
        return self.parameters[id].value_on(day)

    def limits_on(self, day: date) -> tuple[LimitInForce, ...]:
        """Every limit in force on a day, in order of id."""
        return tuple(LimitInForce(p, p.value_on(day)) for p in self._limits() if p.covers(day, day))

    def missing_for(self, year: int) -> tuple[Parameter, ...]:
        """The limits that lack a value on some day of a calendar year, in order of id."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        return tuple(p for p in self._limits() if not p.covers(first, last))

    def _limits(self) -> list[Parameter]:
        """What earnings are held against: all but the standing figures, such as ages."""
        return [p for _, p in sorted(self.parameters.items()) if p.period is not Period.STANDING]
