"""The yearly limit from which assignment income brings the duty of a self-employed person's pension insurance (YEL).

The duty itself looks at the *estimated yearly value of work input* of an activity that lasts four months or more, which
a pension company confirms. The calendar year's assignment income is a plain proxy for it; a row says so. Earnings at
ages outside the duty do not count. No exemption for disability pensioners was found, so none is made.
"""

from __future__ import annotations

from collections.abc import Iterator

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import ContractForm, Income, LimitState
from jobcenter.benefits.judging import (
    Facts,
    Measure,
    Span,
    Sums,
    Words,
    Yardstick,
    age_on,
    done,
    limit_missing,
    total,
    unmeasured,
    weigh,
    year_of,
)
from jobcenter.benefits.law import LimitMissing

RULE = "yel.yearly_limit"
LIMIT = "yel.yearly_limit"
AGE_FROM = "yel.age_from"
AGE_TO = "yel.age_to"

WORDS = Words(
    below=LimitState.UNDER,
    at=LimitState.AT_LIMIT,
    above=LimitState.OVER,
    steps={
        LimitState.UNDER: NextStep.NOTHING,
        LimitState.NEAR: NextStep.PLAN_HOURS,
        LimitState.AT_LIMIT: NextStep.TALK_ABOUT_YEL,
        LimitState.OVER: NextStep.TALK_ABOUT_YEL,
    },
)


def assess(facts: Facts) -> Iterator[Assessment]:
    """Each calendar year with assignment income, whether or not the person is known to receive anything."""
    assignments = [row for row in facts.income if row.contract is ContractForm.ASSIGNMENT]
    for year in sorted({year_of(row.worked_on) for row in assignments}):
        yield _year(facts, year, [row for row in assignments if row.worked_on in year])


def _year(facts: Facts, year: Span, assignments: list[Income]) -> Assessment:
    counted = [row for row in assignments if _of_yel_age(facts, row)]
    if not counted:
        remark = Row(RowCode.OUTSIDE_YEL_AGES)
        return unmeasured(facts, RULE, year, LimitState.NOT_APPLICABLE, NextStep.NOTHING, remark)
    try:
        yardstick = Yardstick.on(facts.law, LIMIT, year.first)
    except LimitMissing as missing:
        return limit_missing(facts, RULE, year, missing)
    sums = Sums(done=done(counted), total=total(counted))
    return weigh(facts, Measure(RULE, year, sums, yardstick, WORDS, _rows(facts, assignments, counted)))


def _of_yel_age(facts: Facts, row: Income) -> bool:
    """Whether the work was done at an age at which it must be insured. An unknown age counts as such."""
    born = facts.person.born
    if born is None:
        return True
    first, end = facts.law.value_on(AGE_FROM, born).value, facts.law.value_on(AGE_TO, born).value
    return first <= age_on(born, row.worked_on) < end


def _rows(facts: Facts, assignments: list[Income], counted: list[Income]) -> tuple[Row, ...]:
    rows = [Row(RowCode.EARNED_DONE, done(counted)), Row(RowCode.EARNED_AHEAD, total(counted) - done(counted))]
    if len(counted) < len(assignments):
        rows.append(Row(RowCode.OUTSIDE_YEL_AGES, total(assignments) - total(counted)))
    if facts.person.born is None:
        rows.append(Row(RowCode.AGE_UNKNOWN))
    return (*rows, Row(RowCode.YEARLY_TOTAL_IS_A_PROXY))
