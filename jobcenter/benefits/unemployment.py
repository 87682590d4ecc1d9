"""What pay does to an unemployment benefit: half of the gross pay above a disregard is taken from it.

Pay counts in the payment period in which it is paid: a calendar month, or four weeks from the Monday of the week in
which the benefit began. Where it is not known which of the two, each month is held against the smaller of the two
disregards: the benefit then falls by at least as much, so nobody is promised more than they get. A period in which the
law changes has the smaller of its disregards. On the general benefit's first day it takes the place of the labour
market subsidy and the basic allowance, for periods that begin on that day or later.

Work outside an employment relationship makes a jobseeker an entrepreneur. Rows tell by when it must be reported and
until when its extent is not examined, and the next step is at least to ask Kela; they change nothing in the contract
guard, which refuses such work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from jobcenter.benefits.assessment import Assessment, BenefitAmounts, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitHeld, BenefitKind, ContractForm, Income, LimitState, PaymentPeriod
from jobcenter.benefits.earned import NOTHING
from jobcenter.benefits.judging import (
    Facts,
    Measure,
    Span,
    Sums,
    Yardstick,
    done,
    earning_rows,
    limit_missing,
    month_of,
    months_after,
    pay_day_remark,
    total,
    unmeasured,
    weigh,
)
from jobcenter.benefits.law import ONE_DAY, DatedValue, Law, LimitMissing
from jobcenter.benefits.words import Words
from jobcenter.core.money import ZERO, round_cents

LABOUR_MARKET_RULE = "labour_market_subsidy.reconciliation"
BASIC_RULE = "basic_unemployment_allowance.reconciliation"
EARNINGS_RELATED_RULE = "earnings_related_unemployment_allowance.reconciliation"
GENERAL_RULE = "general_benefit.reconciliation"

DISREGARD_MONTH = "unemployment.disregard_month"
DISREGARD_FOUR_WEEKS = "unemployment.disregard_four_weeks"
REDUCTION_RATE = "unemployment.reduction_rate"
DAY_AMOUNT = "unemployment.day_amount"
GENERAL_DAY_AMOUNT = "general_benefit.day_amount"
DAYS_IN_MONTH = "unemployment.days_in_month"
DAYS_IN_FOUR_WEEKS = "unemployment.days_in_four_weeks"
PART_TIME_SHARE = "unemployment.part_time_share"
REPORT_BUSINESS_AFTER = "unemployment.report_business_after"
BUSINESS_NOT_EXAMINED_FOR = "unemployment.business_not_examined_for"

FOUR_WEEKS = timedelta(weeks=4)

REPLACED = (BenefitKind.LABOUR_MARKET_SUBSIDY, BenefitKind.BASIC_UNEMPLOYMENT_ALLOWANCE)

WORDS = Words.of_limit(at=NextStep.PLAN_HOURS, over=NextStep.REPORT_PAY_IN_APPLICATION)


@dataclass(frozen=True)
class Benefit:
    """A benefit: its rule, and the parameter of its full amount for a day; None if only a decision tells it."""

    rule: str
    day_amount: str | None


LABOUR_MARKET = Benefit(LABOUR_MARKET_RULE, DAY_AMOUNT)
BASIC = Benefit(BASIC_RULE, DAY_AMOUNT)
EARNINGS_RELATED = Benefit(EARNINGS_RELATED_RULE, None)
GENERAL = Benefit(GENERAL_RULE, GENERAL_DAY_AMOUNT)


@dataclass(frozen=True)
class PayPeriod:
    """A payment period of a benefit held, and what is paid in it."""

    span: Span
    held: BenefitHeld
    paid: Sequence[Income]


def assess_labour_market_subsidy(facts: Facts) -> Iterator[Assessment]:
    """The labour market subsidy, until the general benefit takes its place."""
    yield from _until_replaced(facts, BenefitKind.LABOUR_MARKET_SUBSIDY, LABOUR_MARKET)


def assess_basic_allowance(facts: Facts) -> Iterator[Assessment]:
    """The basic unemployment allowance, until the general benefit takes its place."""
    yield from _until_replaced(facts, BenefitKind.BASIC_UNEMPLOYMENT_ALLOWANCE, BASIC)


def assess_earnings_related_allowance(facts: Facts) -> Iterator[Assessment]:
    """The earnings-related allowance, whose full amount only its decision tells."""
    for period in _periods(facts, BenefitKind.EARNINGS_RELATED_UNEMPLOYMENT_ALLOWANCE):
        yield _assess(facts, EARNINGS_RELATED, period)


def assess_general_benefit(facts: Facts) -> Iterator[Assessment]:
    """The general benefit, also in the place of the benefits that it replaced."""
    begins = _general_benefit_begins(facts.law)
    taken: set[date] = set()
    for period in _periods(facts, BenefitKind.GENERAL_BENEFIT):
        taken.add(period.span.first)
        if period.span.last < begins:
            remark = Row(RowCode.GENERAL_BENEFIT_BEGINS, day=begins)
            yield unmeasured(facts, GENERAL_RULE, period.span, LimitState.ASK, NextStep.ASK_PERSON, remark)
        else:
            yield _assess(facts, GENERAL, period)
    for kind in REPLACED:
        for period in _periods(facts, kind):
            if period.span.first >= begins and period.span.first not in taken:
                taken.add(period.span.first)
                yield _assess(facts, GENERAL, period)


def _until_replaced(facts: Facts, kind: BenefitKind, benefit: Benefit) -> Iterator[Assessment]:
    begins = _general_benefit_begins(facts.law)
    for period in _periods(facts, kind):
        if period.span.first < begins:
            yield _assess(facts, benefit, period)


def _general_benefit_begins(law: Law) -> date:
    return law.parameter(GENERAL_DAY_AMOUNT).values[0].from_


# Payment periods


def _periods(facts: Facts, kind: BenefitKind) -> Iterator[PayPeriod]:
    """The payment periods in which something was paid, and that of the day looked at, while the benefit is held."""
    if not facts.holds(kind):
        return
    seen: set[date] = set()
    held = (benefit for benefit in facts.person.benefits or () if benefit.kind is kind)
    for benefit in sorted(held, key=lambda each: each.from_ or date.min, reverse=True):
        for span, paid in _four_weeks(facts, benefit) if _by_four_weeks(benefit) else _months(facts):
            if span.first not in seen and benefit.held_within(span.first, span.last):
                seen.add(span.first)
                yield PayPeriod(span, benefit, paid)


def _by_four_weeks(held: BenefitHeld) -> bool:
    return held.period is PaymentPeriod.FOUR_WEEKS and held.from_ is not None


def _months(facts: Facts) -> Iterator[tuple[Span, Sequence[Income]]]:
    for first in facts.asked(facts.paid_by_month):
        yield month_of(first), facts.paid_by_month.get(first, NOTHING).rows


def _four_weeks(facts: Facts, held: BenefitHeld) -> Iterator[tuple[Span, Sequence[Income]]]:
    """Periods of 28 days from the Monday of the week in which the benefit began."""
    monday = held.from_ - timedelta(days=held.from_.weekday())
    paid: defaultdict[int, list[Income]] = defaultdict(list)
    for row in facts.income:
        paid[((row.paid_on or row.worked_on) - monday) // FOUR_WEEKS].append(row)
    for number in {(facts.as_of - monday) // FOUR_WEEKS, *paid}:
        first = monday + number * FOUR_WEEKS
        yield Span(first, first + FOUR_WEEKS - ONE_DAY), paid.get(number, ())


# One period


def _assess(facts: Facts, benefit: Benefit, period: PayPeriod) -> Assessment:
    span, held = period.span, period.held
    if held.period is PaymentPeriod.FOUR_WEEKS and held.from_ is None:
        remark = Row(RowCode.FOUR_WEEKS_BEGIN_UNKNOWN)
        return unmeasured(facts, benefit.rule, span, LimitState.ASK, NextStep.ASK_PERSON, remark)
    try:
        disregard = _disregard(facts.law, period)
    except LimitMissing as missing:
        return limit_missing(facts, benefit.rule, span, missing)
    sums = Sums(done=done(period.paid), total=total(period.paid))
    amounts, remark = _amounts(facts.law, benefit, period, sums.total - disregard.amount)
    rows = (*earning_rows(sums, period.paid), *_remarks(facts, benefit, period), *remark)
    weighed = weigh(facts, Measure(benefit.rule, span, sums, disregard, WORDS, rows, amounts))
    return _asked_first(weighed) if any(row.contract is ContractForm.ASSIGNMENT for row in period.paid) else weighed


def _asked_first(weighed: Assessment) -> Assessment:
    """With an assignment nothing is fine unasked, however little it brings: its holder counts as an entrepreneur."""
    fine = weighed.next_step in (NextStep.NOTHING, NextStep.PLAN_HOURS)
    return replace(weighed, next_step=NextStep.ASK_KELA) if fine else weighed


def _disregard(law: Law, period: PayPeriod) -> Yardstick:
    """The smallest disregard that holds within a period, of the kind of period or of both. Raises LimitMissing."""
    ids = {
        PaymentPeriod.MONTH: (DISREGARD_MONTH,),
        PaymentPeriod.FOUR_WEEKS: (DISREGARD_FOUR_WEEKS,),
        None: (DISREGARD_MONTH, DISREGARD_FOUR_WEEKS),
    }[period.held.period]
    days = (period.span.first, period.span.last)
    return min((Yardstick.on(law, id, day) for id in ids for day in days), key=lambda found: found.amount)


def _amounts(law: Law, benefit: Benefit, period: PayPeriod, above: Decimal) -> tuple[BenefitAmounts, tuple[Row, ...]]:
    """What pay of `above` euros over the disregard makes of the benefit, and a remark where its amount is not known."""
    span = period.span
    reduction = max(ZERO, above) * law.value_on(REDUCTION_RATE, span.last).value
    if benefit.day_amount is None:
        return BenefitAmounts(reduction=round_cents(reduction)), (Row(RowCode.FULL_BENEFIT_UNKNOWN),)
    day = _day_amount(law, benefit.day_amount, span)
    if day is None:
        missing = Row(RowCode.FULL_AMOUNT_MISSING, parameter=benefit.day_amount)
        return BenefitAmounts(reduction=round_cents(reduction)), (missing,)
    days = DAYS_IN_FOUR_WEEKS if period.held.period is PaymentPeriod.FOUR_WEEKS else DAYS_IN_MONTH
    full = round_cents(day.value * law.value_on(days, span.last).value)
    amounts = BenefitAmounts.of(full, full - min(full, round_cents(reduction)))
    return amounts, (Row(RowCode.FULL_BENEFIT, full, benefit.day_amount, day.source),)


def _day_amount(law: Law, id: str, span: Span) -> DatedValue | None:
    """The full amount for a day within a period; the smaller where it changes in between."""
    parameter = law.parameter(id)
    known = (parameter.known_on(day) for day in (span.first, span.last))
    return min(filter(None, known), key=lambda value: value.value, default=None)


def _remarks(facts: Facts, benefit: Benefit, period: PayPeriod) -> Iterator[Row]:
    if benefit is GENERAL and period.held.kind is not BenefitKind.GENERAL_BENEFIT:
        yield Row(RowCode.GENERAL_BENEFIT_REPLACES, day=_general_benefit_begins(facts.law))
    if period.held.period is None:
        yield Row(RowCode.PAYMENT_PERIOD_UNKNOWN)
    yield from pay_day_remark(period.paid)
    if period.paid:
        share = facts.law.value_on(PART_TIME_SHARE, period.span.first)
        yield Row(RowCode.PART_TIME_ONLY, parameter=PART_TIME_SHARE, source=share.source)
    if facts.first_assignment and any(row.contract is ContractForm.ASSIGNMENT for row in period.paid):
        yield from _entrepreneur_rows(facts.law, facts.first_assignment)


def _entrepreneur_rows(law: Law, began: date) -> Iterator[Row]:
    """From the first assignment on: reported when, not examined until when, decided by what."""
    yield Row(RowCode.ENTREPRENEUR)
    yield from _deadline(law, REPORT_BUSINESS_AFTER, RowCode.REPORT_BUSINESS_FROM, began, _weeks_on)
    yield from _deadline(law, BUSINESS_NOT_EXAMINED_FOR, RowCode.BUSINESS_NOT_EXAMINED_UNTIL, began, months_after)
    yield Row(RowCode.WORKLOAD_DECIDES)


def _deadline(law: Law, id: str, code: RowCode, began: date, later: Callable[[date, int], date]) -> Iterator[Row]:
    """A row with the day that lies the time of a parameter after the beginning, if the law had it then."""
    if value := law.parameter(id).known_on(began):
        yield Row(code, parameter=id, source=value.source, day=later(began, int(value.value)))


def _weeks_on(day: date, weeks: int) -> date:
    return day + timedelta(weeks=weeks)
