"""What pensions with a monthly earnings limit share: the months, what counts in them, a YEL policy, and dormancy.

Not verified: whether the payer of the pension looks at the month of work or the month of payment. So both are summed
and the larger sum counts, which protects the person; a row says so wherever the two may differ. Work that repeats
counts in its months by what it brings a month, where that is told. Also not verified: whether one month over the limit
stops the pension at once; the next step is therefore to tell its payer.

With a YEL policy the confirmed yearly income is held against twelve months of the limit. Wages beside it are added to
it, and have the limit of their month besides: what fits in the year may still be too much for one of its months.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitHeld, BenefitKind, ContractForm, Income, LimitState
from jobcenter.benefits.earned import NOTHING, Earned, told_of
from jobcenter.benefits.judging import (
    MONTHS_IN_YEAR,
    SHARED,
    Facts,
    Measure,
    Scale,
    Span,
    Sums,
    Yardstick,
    hours_that_fit,
    month_of,
    weigh,
)
from jobcenter.benefits.law import Law, LimitMissing
from jobcenter.benefits.words import Words
from jobcenter.core.money import ZERO, round_cents

KELA_LIMIT = "kela_disability_pension.earnings_limit"

# What is told about leaving a pension dormant, in the order in which it is told.
DORMANCY = (
    (RowCode.DORMANT_SHORTEST, "dormant_pension.shortest"),
    (RowCode.DORMANT_LONGEST, "dormant_pension.longest"),
    (RowCode.DORMANT_AGAIN, "dormant_pension.paid_between"),
    (RowCode.DORMANT_AMOUNT, "dormant_pension.amount"),
)
DORMANT_HOUSING = "dormant_pension.housing_allowance"

KELA_PENSIONS = (BenefitKind.KELA_DISABILITY_PENSION, BenefitKind.GUARANTEE_PENSION)
TYEL_PENSIONS = (BenefitKind.TYEL_DISABILITY_PENSION, BenefitKind.TYEL_PARTIAL_DISABILITY_PENSION)

WORDS = Words.of_limit(at=NextStep.TAKE_NO_MORE_THIS_MONTH, over=NextStep.TELL_KELA_AND_PENSION_PROVIDER)


# A way of weighing the earnings of a span against a pension's limit: of which rule, by what, with which remarks.
Weigh = Callable[[Facts, str, Span, Yardstick, tuple[Row, ...]], Assessment]


class HeldTime(NamedTuple):
    """A calendar month, or with a YEL policy a year, in which a pension is held."""

    span: Span
    held: BenefitHeld


class Month(NamedTuple):
    """A month's earnings by the month of work and by that of payment. `told`: how much of them was told of.

    `not_verified`: of some of it the month of payment differs from that of work, or may.
    """

    by_work: Sums
    by_payment: Sums
    told: Decimal
    not_verified: bool

    @property
    def sums(self) -> Sums:
        """The larger of the two, done and in all."""
        by_work, by_payment = self.by_work, self.by_payment
        return Sums(done=max(by_work.done, by_payment.done), total=max(by_work.total, by_payment.total))


def pension_months(facts: Facts, kind: BenefitKind) -> Iterator[HeldTime]:
    """The months touched by earnings, and the one looked at, in which a pension of this kind is held, in order.

    Of several pensions of the kind in a month the strictest is judged: what it allows, the others allow too. Where a
    YEL income is confirmed, a year is judged: all of its months are given.
    """
    if not facts.holds(kind):
        return
    worked, paid = facts.worked_by_month, facts.paid_by_month
    insured = facts.person.yel_income(date.min, date.max) is not None
    for first in facts.asked(worked if paid is worked else {*worked, *paid}, by_year=insured):
        span = month_of(first)
        if held := facts.person.all_held(kind, span.first, span.last):
            yield HeldTime(span, min(held, key=_leniency) if len(held) > 1 else held[0])


def _leniency(held: BenefitHeld) -> tuple[bool, Decimal]:
    """Orders pensions of a kind from the strictest: those with a limit by their own one, then those without."""
    without_limit = bool(held.blind_or_immobile) or held.granted_on_disability is False
    return without_limit, held.personal_limit or ZERO


def holds_any(facts: Facts, kinds: tuple[BenefitKind, ...], span: Span) -> bool:
    """Whether a benefit of one of these kinds is held on any day of a span."""
    return facts.holds(*kinds) and any(
        b.kind in kinds and b.held_within(span.first, span.last) for b in facts.person.benefits or ()
    )


def weigh_month(facts: Facts, rule: str, span: Span, yardstick: Yardstick, remarks: tuple[Row, ...]) -> Assessment:
    """A month's earnings against a pension's limit."""
    worked = facts.worked_by_month.get(span.first, NOTHING)
    paid = facts.paid_by_month.get(span.first, NOTHING)
    return _weighed_month(facts.scale, rule, span, yardstick, (worked, paid), remarks)


@lru_cache(maxsize=SHARED)
def _weighed_month(
    scale: Scale, rule: str, span: Span, yardstick: Yardstick, earned: tuple[Earned, Earned], remarks: tuple[Row, ...]
) -> Assessment:
    """The same answer for all people with the same work and pay in a month, and then for all with the same sums."""
    return _weighed(scale, rule, span, yardstick, _month(*earned), remarks)


def _month(worked: Earned, paid: Earned) -> Month:
    """A month by what was worked in it and what was paid in it."""
    return Month(
        by_work=Sums(done=worked.done.in_a_month, total=worked.in_a_month),
        by_payment=Sums(done=paid.done.in_a_month, total=paid.in_a_month),
        told=max(worked.told, paid.told),
        not_verified=any(_month_of_payment_differs(row) for row in (*worked.rows, *paid.rows)),
    )


@lru_cache(maxsize=SHARED)
def _weighed(
    scale: Scale, rule: str, span: Span, yardstick: Yardstick, month: Month, remarks: tuple[Row, ...]
) -> Assessment:
    """The same answer for all people of whom all this is the same."""
    sums = month.sums
    rows = tuple(_rows(month, sums, RowCode.EARNED_DONE))
    weighed = weigh(scale, Measure(rule, span, sums, yardstick, WORDS, (*rows, *remarks)))
    return _with_dormancy(scale.law, weighed)


def _rows(month: Month, sums: Sums, done: RowCode) -> Iterator[Row]:
    """What the sums are made of; `done`: as what the work done is told."""
    yield Row(done, month.by_work.done)
    if month.by_payment.done != month.by_work.done:
        yield Row(RowCode.PAID_DONE, month.by_payment.done)
    yield Row(RowCode.EARNED_AHEAD, sums.total - sums.done)
    if month.told:
        yield Row(RowCode.TOLD, month.told)
    if month.not_verified:
        yield Row(RowCode.WORKED_OR_PAID_NOT_VERIFIED)


def _month_of_payment_differs(row: Income) -> bool:
    """Whether the payment falls, or for all that is known may fall, in another month than the work."""
    paid, worked = row.paid_on, row.worked_on
    return paid is None or (paid.month, paid.year) != (worked.month, worked.year)


def weigh_yel_year(facts: Facts, rule: str, year: Span, yardstick: Yardstick, remarks: tuple[Row, ...]) -> Assessment:
    """With a YEL policy the confirmed yearly income stands for assignments; wages are added.

    The yardstick is twelve times the year's first monthly value: the index only rises, so it is the strictest. Of the
    hours by which gigs are planned (`left_hours_with_agreed`) there are no more than a month has room for.
    """
    confirmed = Row(RowCode.CONFIRMED_YEL_INCOME, _yel_income(facts, year))
    weighed = _weigh_beside(confirmed, facts, rule, year, yardstick, remarks)
    room = (yardstick.amount - confirmed.amount) / MONTHS_IN_YEAR
    most = hours_that_fit(room, facts.hourly, yardstick.parameter.comparison)
    return replace(weighed, left_hours_with_agreed=min(weighed.left_hours_with_agreed, most))


def weigh_yel_month(facts: Facts, rule: str, span: Span, yardstick: Yardstick, remarks: tuple[Row, ...]) -> Assessment:
    """A month with wages beside a YEL policy: wages still have the month's limit, next to a twelfth of the income."""
    twelfth = Row(RowCode.YEL_INCOME_OF_A_MONTH, round_cents(_yel_income(facts, span) / MONTHS_IN_YEAR))
    return _weigh_beside(twelfth, facts, rule, span, yardstick, remarks)


def brings_wages(facts: Facts, span: Span) -> bool:
    """Whether wages are earned or paid in a span."""
    return bool(_wages(facts, span).sums.total)


def _yel_income(facts: Facts, span: Span) -> Decimal:
    return facts.person.yel_income(span.first, span.last) or ZERO


def _weigh_beside(
    yel: Row, facts: Facts, rule: str, span: Span, yardstick: Yardstick, remarks: tuple[Row, ...]
) -> Assessment:
    """What stands for the assignments of a span, and its wages."""
    wages = _wages(facts, span)
    sums = Sums(done=yel.amount + wages.sums.done, total=yel.amount + wages.sums.total)
    rows = (yel, *_rows(wages, sums, RowCode.WAGES_BESIDE_YEL), *remarks)
    return _with_dormancy(facts.law, weigh(facts, Measure(rule, span, sums, yardstick, WORDS, rows)))


def _wages(facts: Facts, span: Span) -> Month:
    """The wages of the months of a span."""
    worked, paid = _wages_of(facts.worked_by_month, span), _wages_of(facts.paid_by_month, span)
    return Month(
        by_work=_sums_of(worked),
        by_payment=_sums_of(paid),
        told=max(told_of(worked), told_of(paid)),
        not_verified=any(_month_of_payment_differs(row) for month in (*worked, *paid) for row in month.rows),
    )


def _wages_of(months: Mapping[date, Earned], span: Span) -> list[Earned]:
    return [
        earned.those(lambda row: row.contract is ContractForm.PARTNER)
        for first, earned in months.items()
        if first in span
    ]


def _sums_of(months: list[Earned]) -> Sums:
    done = (month.done.in_a_month for month in months)
    return Sums(done=sum(done, ZERO), total=sum((month.in_a_month for month in months), ZERO))


def _with_dormancy(law: Law, weighed: Assessment) -> Assessment:
    """Near the limit and over it: what is known about leaving the pension dormant."""
    if LimitState.UNDER is weighed.state is weighed.state_with_agreed:
        return weighed
    return replace(weighed, rows=(*weighed.rows, *_dormancy_rows(law, weighed.period_from)))


def _dormancy_rows(law: Law, day: date) -> Iterator[Row]:
    """Times in months, the amount in euros; what has no known value that day is left out."""
    for code, parameter in DORMANCY:
        try:
            value = law.value_on(parameter, day)
        except LimitMissing:
            continue
        yield Row(code, value.value, parameter, value.source)
    if fact := law.fact(DORMANT_HOUSING):
        yield Row(RowCode.DORMANT_HOUSING_ALLOWANCE, parameter=fact.id, source=fact.source)
