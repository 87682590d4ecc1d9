"""The monthly earnings limit of Kela's disability pension, which a guarantee pension granted on disability shares.

The pension goes on while gross earnings in a calendar month do not exceed the limit (Act 738/2009). Who receives an
earnings-related pension too has two tests: the personal limit of its decision may be higher, this one stays for Kela's
part. With a confirmed YEL income the year is looked at, and of the months those with wages.
"""

from __future__ import annotations

from collections.abc import Iterator

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitHeld, BenefitKind, LimitState
from jobcenter.benefits.judging import (
    MONTHS_IN_YEAR,
    Facts,
    Span,
    Yardstick,
    age_on,
    limit_missing,
    unmeasured,
    value_missing,
    yardstick_known,
    year_of,
)
from jobcenter.benefits.law import LimitMissing
from jobcenter.benefits.pension_earnings import (
    KELA_LIMIT,
    TYEL_PENSIONS,
    HeldTime,
    Weigh,
    brings_wages,
    holds_any,
    pension_months,
    weigh_month,
    weigh_yel_month,
    weigh_yel_year,
)

PENSION_RULE = "kela_disability_pension.earnings_limit"
GUARANTEE_RULE = "guarantee_pension.earnings_limit"
LIMIT = KELA_LIMIT
AGE_FROM = "kela_disability_pension.age_from"


def assess_pension(facts: Facts) -> Iterator[Assessment]:
    """The disability pension, month by month; where a YEL income is confirmed, year by year and in months of wages."""
    yield from _assess(facts, PENSION_RULE, pension_months(facts, BenefitKind.KELA_DISABILITY_PENSION))


def assess_guarantee_pension(facts: Facts) -> Iterator[Assessment]:
    """The guarantee pension, in months in which no Kela disability pension already answers for the shared limit."""
    months = pension_months(facts, BenefitKind.GUARANTEE_PENSION)
    yield from _assess(facts, GUARANTEE_RULE, (month for month in months if not _answered(facts, month.span)))


def _answered(facts: Facts, span: Span) -> bool:
    """Whether a Kela disability pension that the limit concerns is held; one that it does not leaves it unjudged."""
    kind = BenefitKind.KELA_DISABILITY_PENSION
    held = facts.person.all_held(kind, span.first, span.last) if facts.holds(kind) else ()
    return any(not pension.blind_or_immobile for pension in held)


def _assess(facts: Facts, rule: str, months: Iterator[HeldTime]) -> Iterator[Assessment]:
    years: dict[Span, BenefitHeld] = {}
    for month in months:
        if exception := _exception(month):
            yield unmeasured(facts, rule, month.span, LimitState.NOT_APPLICABLE, NextStep.NOTHING, Row(exception))
        elif facts.person.yel_income(month.span.first, month.span.last):
            years[year_of(month.span.first)] = month.held
            if brings_wages(facts, month.span):
                yield _month(facts, rule, month, weigh_yel_month)
        else:
            yield _month(facts, rule, month, weigh_month)
    for year, held in years.items():
        yield _yel_year(facts, rule, HeldTime(year, held))


def _exception(month: HeldTime) -> RowCode | None:
    """Why the limit does not concern the holder at all, if so."""
    if month.held.kind is BenefitKind.GUARANTEE_PENSION and month.held.granted_on_disability is False:
        return RowCode.GRANTED_ON_OLD_AGE
    return RowCode.BLIND_OR_IMMOBILE if month.held.blind_or_immobile else None


def _month(facts: Facts, rule: str, month: HeldTime, weigh: Weigh) -> Assessment:
    yardstick = yardstick_known(facts.law, LIMIT, month.span.first)
    if yardstick is None:
        return value_missing(facts.law, rule, month.span, LIMIT)
    return weigh(facts, rule, month.span, yardstick, tuple(_remarks(facts, month)))


def _yel_year(facts: Facts, rule: str, year: HeldTime) -> Assessment:
    try:
        yardstick = Yardstick.on(facts.law, LIMIT, year.span.first, times=MONTHS_IN_YEAR)
    except LimitMissing as missing:
        return limit_missing(facts, rule, year.span, missing)
    return weigh_yel_year(facts, rule, year.span, yardstick, tuple(_remarks(facts, year)))


def _remarks(facts: Facts, month: HeldTime) -> Iterator[Row]:
    held, span = month.held, month.span
    if held.blind_or_immobile is None:
        yield Row(RowCode.BLIND_OR_IMMOBILE_UNKNOWN)
    if held.kind is BenefitKind.GUARANTEE_PENSION:
        if held.granted_on_disability is None:
            yield Row(RowCode.GROUND_ASSUMED_DISABILITY)
    elif holds_any(facts, (BenefitKind.GUARANTEE_PENSION,), span):
        yield Row(RowCode.SHARED_WITH_GUARANTEE_PENSION)
    if holds_any(facts, TYEL_PENSIONS, span):
        yield Row(RowCode.TWO_TESTS)
    if _below_pension_age(facts, span):
        yield Row(RowCode.BELOW_PENSION_AGE, parameter=AGE_FROM)


def _below_pension_age(facts: Facts, span: Span) -> bool:
    """Whether the person is younger than Kela pays to, all through the span. A pension may have been granted before."""
    born = facts.person.born
    return born is not None and age_on(born, span.last) < facts.law.value_on(AGE_FROM, span.first).value
