"""Sickness and rehabilitation allowance: what work does to them was not verified, so the answer is to ask, and why.

The smallest amount for a day is told, since that is what a day of work may cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitKind, LimitState
from jobcenter.benefits.judging import Facts, Span, months_held, unmeasured
from jobcenter.benefits.law import Law


@dataclass(frozen=True)
class Allowance:
    """An allowance about which one must ask: its rule, why, and the parameter of its smallest amount for a day."""

    kind: BenefitKind
    rule: str
    why: RowCode
    smallest_day: str


SICKNESS = Allowance(
    kind=BenefitKind.SICKNESS_ALLOWANCE,
    rule="sickness_allowance.work",
    why=RowCode.FULL_SICKNESS_ALLOWANCE_PRESUMES_NO_WORK,
    smallest_day="sickness_allowance.smallest_day",
)
REHABILITATION = Allowance(
    kind=BenefitKind.REHABILITATION_ALLOWANCE,
    rule="rehabilitation_allowance.work",
    why=RowCode.PAY_MAY_STOP_REHABILITATION_ALLOWANCE,
    smallest_day="rehabilitation_allowance.smallest_day",
)


def assess_sickness_allowance(facts: Facts) -> Iterator[Assessment]:
    """One question for each month of work, and for the month looked at, with sickness allowance."""
    yield from _ask(facts, SICKNESS)


def assess_rehabilitation_allowance(facts: Facts) -> Iterator[Assessment]:
    """One question for each month of work, and for the month looked at, with rehabilitation allowance."""
    yield from _ask(facts, REHABILITATION)


def _ask(facts: Facts, allowance: Allowance) -> Iterator[Assessment]:
    for month, _, _ in months_held(facts, allowance.kind, facts.worked_by_month):
        rows = (Row(allowance.why), *_smallest(facts.law, allowance, month))
        yield unmeasured(facts, allowance.rule, month, LimitState.ASK, NextStep.ASK_KELA, *rows)


def _smallest(law: Law, allowance: Allowance, month: Span) -> Iterator[Row]:
    """The smallest amount for a day, where it is known."""
    if value := law.parameter(allowance.smallest_day).known_on(month.first):
        yield Row(RowCode.SMALLEST_DAY_AMOUNT, value.value, allowance.smallest_day, value.source)
