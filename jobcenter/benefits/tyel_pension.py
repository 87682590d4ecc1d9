"""The monthly earnings limit of a full or partial disability pension from an earnings-related pension provider.

The decision states the person's own limit in euros: 40 % (full) or 60 % (partial) of their average earnings before
disability, which cannot be computed here. Kela's limit is always its floor, so the larger of the two holds. Whose own
limit is not known is judged by the floor, and a row says that the decision may give a higher one. That protects: the
floor is never too high, so what is under it is safe, and what is over it is told of too early rather than too late. An
"ask" would hide the distance, and the warning with it.

Not verified: whether the pension stops only after three months in a row over the limit. Every month is judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import RowCode
from jobcenter.benefits.domain import BenefitHeld, BenefitKind
from jobcenter.benefits.judging import MONTHS_IN_YEAR, Facts, Span, Yardstick, limit_missing, year_of
from jobcenter.benefits.law import LimitMissing
from jobcenter.benefits.pension_earnings import (
    KELA_LIMIT,
    KELA_PENSIONS,
    HeldTime,
    Weigh,
    brings_wages,
    holds_any,
    pension_months,
    weigh_month,
    weigh_yel_month,
    weigh_yel_year,
)

FULL_RULE = "tyel_disability_pension.earnings_limit"
PARTIAL_RULE = "tyel_partial_disability_pension.earnings_limit"
FLOOR = KELA_LIMIT


@dataclass(frozen=True)
class Pension:
    """A kind of earnings-related pension: its rule, and the law on the share that its decisions state in euros."""

    kind: BenefitKind
    rule: str
    share: str


FULL = Pension(BenefitKind.TYEL_DISABILITY_PENSION, FULL_RULE, "tyel_disability_pension.personal_share")
PARTIAL = Pension(
    BenefitKind.TYEL_PARTIAL_DISABILITY_PENSION, PARTIAL_RULE, "tyel_partial_disability_pension.personal_share"
)


def assess_full(facts: Facts) -> Iterator[Assessment]:
    """The full pension, month by month; where a YEL income is confirmed, year by year and in months of wages."""
    return _assess(facts, FULL)


def assess_partial(facts: Facts) -> Iterator[Assessment]:
    """The partial pension, likewise."""
    return _assess(facts, PARTIAL)


def _assess(facts: Facts, pension: Pension) -> Iterator[Assessment]:
    years: dict[Span, BenefitHeld] = {}
    for month in pension_months(facts, pension.kind):
        if facts.person.yel_income(month.span.first, month.span.last):
            years[year_of(month.span.first)] = month.held
            if brings_wages(facts, month.span):
                yield _month(facts, pension, month, weigh_yel_month)
        else:
            yield _month(facts, pension, month, weigh_month)
    for year, held in years.items():
        yield _yel_year(facts, pension, year, held)


def _month(facts: Facts, pension: Pension, month: HeldTime, weigh: Weigh) -> Assessment:
    try:
        yardstick = _yardstick(facts, pension, month.span, month.held.personal_limit)
    except LimitMissing as missing:
        return limit_missing(facts, pension.rule, month.span, missing)
    return weigh(facts, pension.rule, month.span, yardstick, tuple(_remarks(facts, month)))


def _yel_year(facts: Facts, pension: Pension, year: Span, held: BenefitHeld) -> Assessment:
    try:
        yardstick = _yardstick(facts, pension, year, held.personal_limit, times=MONTHS_IN_YEAR)
    except LimitMissing as missing:
        return limit_missing(facts, pension.rule, year, missing)
    return weigh_yel_year(facts, pension.rule, year, yardstick, tuple(_remarks(facts, HeldTime(year, held))))


def _yardstick(facts: Facts, pension: Pension, span: Span, personal: Decimal | None, *, times: int = 1) -> Yardstick:
    """The larger of the person's own limit and the floor, `times` over. Raises LimitMissing if the floor is not known.

    An own limit stands on the law of the share, but the year's floor has to be known too: it may be higher.
    """
    floor = Yardstick.on(facts.law, FLOOR, span.first, times=times)
    if personal is None or personal * times <= floor.amount:
        return floor
    share = facts.law.value_on(pension.share, span.first)
    return Yardstick(facts.law.parameter(pension.share), share, personal * times)


def _remarks(facts: Facts, month: HeldTime) -> Iterator[Row]:
    if month.held.personal_limit is None:
        yield Row(RowCode.PERSONAL_LIMIT_UNKNOWN)
    else:
        floor = facts.law.value_on(FLOOR, month.span.first)
        yield Row(RowCode.PERSONAL_LIMIT, month.held.personal_limit)
        yield Row(RowCode.PENSION_FLOOR, floor.value, FLOOR, floor.source)
    if holds_any(facts, KELA_PENSIONS, month.span):
        yield Row(RowCode.TWO_TESTS)
