"""The own income that a calendar year with study aid allows: so much for each month with aid, more for each without.

Gross income of the whole year counts, in the year of payment, earned in months with aid or not. Over the limit, months
of aid are given up or paid back. Of several spells of aid in a year the one that tells of most months is believed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import BenefitHeld, BenefitKind, Income, LimitState
from jobcenter.benefits.judging import (
    MONTHS_IN_YEAR,
    Facts,
    Measure,
    Span,
    Sums,
    Yardstick,
    done,
    earning_rows,
    limit_missing,
    pay_day_remark,
    total,
    unmeasured,
    weigh,
    year_of,
)
from jobcenter.benefits.law import Law, LimitMissing
from jobcenter.benefits.words import Words
from jobcenter.core.money import round_cents

RULE = "study_aid.own_income"
WITH_AID = "study_aid.month_with_aid"
WITHOUT_AID = "study_aid.month_without_aid"

WORDS = Words.of_limit(at=NextStep.PLAN_HOURS, over=NextStep.GIVE_UP_AID_MONTHS)


def assess(facts: Facts) -> Iterator[Assessment]:
    """The calendar years in which something was paid, and the year looked at, while study aid is held in them."""
    if not facts.holds(BenefitKind.STUDY_AID):
        return
    paid: defaultdict[date, list[Income]] = defaultdict(list)
    for month, earned in facts.paid_by_month.items():
        paid[year_of(month).first] += earned.rows
    for first in sorted({year_of(facts.as_of).first, *paid}):
        year = year_of(first)
        if held := facts.person.all_held(BenefitKind.STUDY_AID, year.first, year.last):
            yield _year(facts, year, max(held, key=_months_of_aid), paid.get(first, []))


def _months_of_aid(held: BenefitHeld) -> int:
    """The months of aid, for the choice of a spell; what is not known comes to most, so that it is asked for."""
    return MONTHS_IN_YEAR + 1 if held.aid_months is None else held.aid_months


def _year(facts: Facts, year: Span, held: BenefitHeld, paid: Sequence[Income]) -> Assessment:
    if held.aid_months is None or not 0 <= held.aid_months <= MONTHS_IN_YEAR:
        remark = Row(RowCode.AID_MONTHS_UNKNOWN)
        return unmeasured(facts, RULE, year, LimitState.ASK, NextStep.ASK_PERSON, remark)
    try:
        limit = _limit(facts.law, year, held.aid_months)
    except LimitMissing as missing:
        return limit_missing(facts, RULE, year, missing)
    sums = Sums(done=done(paid), total=total(paid))
    rows = (*earning_rows(sums, paid), Row(RowCode.OTHER_TAXABLE_INCOME_COUNTS), *pay_day_remark(paid))
    return weigh(facts, Measure(RULE, year, sums, limit, WORDS, rows))


def _limit(law: Law, year: Span, aid_months: int) -> Yardstick:
    """What a year with so many months of aid allows. Raises LimitMissing."""
    with_aid = Yardstick.on(law, WITH_AID, year.first)
    without = law.value_on(WITHOUT_AID, year.first).value * (MONTHS_IN_YEAR - aid_months)
    return replace(with_aid, amount=round_cents(with_aid.value.value * aid_months + without))
