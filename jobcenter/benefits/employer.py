"""What an employer must know of the wages that it pays: from where on they bring insurance duties.

For the partner that employs workers. Pension insurance looks at one worker's wages of a calendar month from one
employer; unemployment and accident insurance at all wages that the employer pays in a calendar year, of which only
those paid through us are known here. A value that is missing is told as missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jobcenter.benefits.domain import ValueStatus
from jobcenter.benefits.judging import Span, month_of, year_of
from jobcenter.benefits.law import Law, LimitMissing
from jobcenter.core.money import ZERO


class EmployerDuty(StrEnum):
    """An insurance that an employer must take from some amount of wages on."""

    PENSION = "pension"
    UNEMPLOYMENT = "unemployment"
    ACCIDENT = "accident"


THRESHOLDS: Mapping[EmployerDuty, str] = {
    EmployerDuty.PENSION: "employer.tyel_threshold",
    EmployerDuty.UNEMPLOYMENT: "employer.unemployment_insurance_limit",
    EmployerDuty.ACCIDENT: "employer.accident_insurance_limit",
}

OF_THE_YEAR = (EmployerDuty.UNEMPLOYMENT, EmployerDuty.ACCIDENT)


@dataclass(frozen=True)
class Wage:
    """Gross wages, in euros, that one employer pays one worker on a day."""

    worker_id: int
    paid_on: date
    gross: Decimal


@dataclass(frozen=True)
class EmployerNotice:
    """How wages of a period stand to the threshold of a duty. `worker_id` None: all workers together.

    `limit`, `status` None and `source` "": the threshold for the time is not known.
    """

    duty: EmployerDuty
    period: Span
    worker_id: int | None
    wages: Decimal
    limit: Decimal | None
    reached: bool
    status: ValueStatus | None
    source: str


def notices(law: Law, wages: Iterable[Wage]) -> tuple[EmployerNotice, ...]:
    """What one employer must be told of the wages that it pays: each worker's months, then its years, in order."""
    months: defaultdict[tuple[date, int], Decimal] = defaultdict(lambda: ZERO)
    years: defaultdict[date, Decimal] = defaultdict(lambda: ZERO)
    for wage in wages:
        months[wage.paid_on.replace(day=1), wage.worker_id] += wage.gross
        years[year_of(wage.paid_on).first] += wage.gross
    return (*_of_months(law, months), *_of_years(law, years))


def _of_months(law: Law, months: Mapping[tuple[date, int], Decimal]) -> Iterator[EmployerNotice]:
    for (first, worker_id), wages in sorted(months.items()):
        yield _notice(law, EmployerDuty.PENSION, month_of(first), worker_id, wages)


def _of_years(law: Law, years: Mapping[date, Decimal]) -> Iterator[EmployerNotice]:
    for first, wages in sorted(years.items()):
        for duty in OF_THE_YEAR:
            yield _notice(law, duty, year_of(first), None, wages)


def _notice(law: Law, duty: EmployerDuty, period: Span, worker_id: int | None, wages: Decimal) -> EmployerNotice:
    parameter = law.parameter(THRESHOLDS[duty])
    try:
        value = parameter.value_on(period.first)
    except LimitMissing:
        return EmployerNotice(duty, period, worker_id, wages, None, False, None, "")
    reached = parameter.comparison.broken(wages, value.value)
    return EmployerNotice(duty, period, worker_id, wages, value.value, reached, value.status, value.source)
