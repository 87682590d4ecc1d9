"""What net earnings of a calendar month do to basic social assistance.

Net earnings count in the month of payment; every euro above the disregard takes a euro from the assistance. The act
leaves a fifth, at most 150 euros, and Kela the first 150 euros in full; an adult has had no disregard since 2026-03-01.
An unknown age is read as an adult's, since nobody is promised more than they get. A month belongs to the age that
is reached by its last day. What the assistance itself comes to is not known here, so only what it falls by is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from jobcenter.benefits.assessment import Assessment, BenefitAmounts, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitKind, Income
from jobcenter.benefits.judging import (
    Facts,
    Measure,
    Span,
    Sums,
    Yardstick,
    age_on,
    limit_missing,
    months_held,
    net_remarks,
    net_total,
    sum_rows,
    weigh,
)
from jobcenter.benefits.law import LimitMissing
from jobcenter.benefits.words import Words
from jobcenter.core.money import ZERO, round_cents

RULE = "basic_social_assistance.disregard"
DISREGARD = "basic_social_assistance.disregard"
DISREGARD_MINOR = "basic_social_assistance.disregard_minor"
ADULT_FROM = "basic_social_assistance.adult_from"

WORDS = Words.of_limit(at=NextStep.PLAN_HOURS, over=NextStep.TELL_KELA_OF_EARNINGS)


def assess(facts: Facts) -> Iterator[Assessment]:
    """The months in which something was paid, and the month looked at, while the assistance is held."""
    for month, _, paid in months_held(facts, BenefitKind.BASIC_SOCIAL_ASSISTANCE, facts.paid_by_month):
        yield _month(facts, month, paid)


def _month(facts: Facts, month: Span, paid: tuple[Income, ...]) -> Assessment:
    try:
        disregard = Yardstick.on(facts.law, _disregard(facts, month), month.first)
    except LimitMissing as missing:
        return limit_missing(facts, RULE, month, missing)
    sums = Sums(done=net_total(row for row in paid if row.state.done), total=net_total(paid))
    amounts = BenefitAmounts(reduction=round_cents(max(ZERO, sums.total - disregard.amount)))
    return weigh(facts, Measure(RULE, month, sums, disregard, WORDS, tuple(_rows(facts, paid, sums)), amounts))


def _disregard(facts: Facts, month: Span) -> str:
    """Which disregard holds in a month. Raises LimitMissing."""
    born = facts.person.born
    adult_from = facts.law.value_on(ADULT_FROM, month.first).value
    return DISREGARD_MINOR if born is not None and age_on(born, month.last) < adult_from else DISREGARD


def _rows(facts: Facts, paid: tuple[Income, ...], sums: Sums) -> Iterator[Row]:
    yield from sum_rows(sums, net_total(row for row in paid if row.told))
    yield from net_remarks(paid)
    if facts.person.born is None:
        yield Row(RowCode.AGE_UNKNOWN_ADULT)
    yield Row(RowCode.ONE_TO_ONE)
