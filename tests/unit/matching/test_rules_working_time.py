"""Rest between gigs and young people's hours, as tables; the nights of the clock change among them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jobcenter.benefits import LimitMissing
from jobcenter.matching import working_time
from jobcenter.matching.domain import RuleCode
from tests.unit.matching.test_rules import PERSON, TUESDAY, codes, engaged, span

MONDAY, WEDNESDAY = TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=1)
LONG_WEEK = {"weekly_minutes_wished": 9999, "weekly_minutes_most": 9999}
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)


def born(day: date):
    return LONG_WEEK | {"person": replace(PERSON, born=day)}


@pytest.mark.parametrize(
    ("gig", "other", "expected"),
    [
        (span(9, 12), span(20, 22, MONDAY), []),
        (span(9, 12), span(20, 22.5, MONDAY), [RuleCode.NO_REST]),
        (span(20, 22), span(9, 12, WEDNESDAY), []),
        (span(20, 22.25), span(9, 12, WEDNESDAY), [RuleCode.NO_REST]),
        (span(6, 8), span(20, 23), []),
        (span(20, 26), span(13, 15, WEDNESDAY), []),
        (span(20, 26), span(12, 15, WEDNESDAY), [RuleCode.NO_REST]),
        (span(22, 24), span(0, 2, WEDNESDAY), [RuleCode.NO_REST]),
        (span(9, 12), span(9, 12, MONDAY), []),
        (span(12, 14, SPRING), span(22, 24, SPRING - timedelta(days=1)), []),
        (span(10, 14, SPRING), span(22, 24, SPRING - timedelta(days=1)), [RuleCode.NO_REST]),
        (span(11, 14, AUTUMN), span(22, 24, AUTUMN - timedelta(days=1)), []),
    ],
)
def test_rest_between_the_work_of_two_days(gig, other, expected):
    assert codes({"span": gig}, LONG_WEEK, engaged=engaged(other)) == expected
    assert codes({"span": other}, LONG_WEEK, engaged=engaged(gig)) == expected


def test_another_rest_may_be_asked_for():
    night = engaged(span(20, 23, MONDAY))
    assert codes({"rest": timedelta(hours=10)}, LONG_WEEK, engaged=night) == []
    assert codes({"rest": timedelta(hours=12)}, LONG_WEEK, engaged=night) == [RuleCode.NO_REST]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2011, 12, 1), []),
        (date(2011, 12, 2), [RuleCode.TOO_YOUNG]),
        (date(1950, 1, 1), []),
        (None, []),
    ],
)
def test_nobody_under_fifteen(day, expected):
    assert codes({}, born(day)) == expected


@pytest.mark.parametrize(
    ("gig", "day", "expected"),
    [
        (span(6, 9), date(2009, 12, 1), []),
        (span(5, 9), date(2009, 12, 1), [RuleCode.YOUNG_AT_NIGHT]),
        (span(19, 22), date(2009, 12, 1), []),
        (span(19, 22.25), date(2009, 12, 1), [RuleCode.YOUNG_AT_NIGHT]),
        (span(19, 24), date(2009, 12, 1), [RuleCode.YOUNG_AT_NIGHT]),
        (span(21, 30), date(2009, 12, 1), [RuleCode.YOUNG_AT_NIGHT, RuleCode.YOUNG_HOURS_FULL]),
        (span(19, 24), date(2008, 12, 1), []),
        (span(19, 24), date(2008, 12, 2), [RuleCode.YOUNG_AT_NIGHT]),
        (span(9, 17), date(2009, 12, 1), []),
        (span(9, 17.25), date(2009, 12, 1), [RuleCode.YOUNG_HOURS_FULL]),
    ],
)
def test_the_day_of_somebody_young(gig, day, expected):
    assert codes({"span": gig}, born(day)) == expected


def test_the_week_and_the_rest_of_somebody_young():
    young = born(date(2009, 12, 1))
    week = engaged(*(span(8, 16, TUESDAY + timedelta(days=number)) for number in range(1, 5)))
    assert codes({"span": span(8, 16)}, young, engaged=week) == []
    assert codes({"span": span(8, 16)}, young, engaged=engaged(span(8, 9, MONDAY)) + week) == [
        RuleCode.YOUNG_HOURS_FULL
    ]
    evening = engaged(span(18, 21.5, MONDAY))
    assert codes({"span": span(9, 12)}, young, engaged=evening) == [RuleCode.YOUNG_REST]
    assert codes({"span": span(9.5, 12)}, young, engaged=evening) == []
    assert codes({"span": span(9, 12)}, LONG_WEEK, engaged=evening) == []


def test_figures_have_sources_and_hold_from_their_day():
    for parameter in working_time.figures().parameters.values():
        assert all(value.source and value.checked_on for value in parameter.values)
    assert working_time.on(TUESDAY).daily_rest == timedelta(hours=11)
    with pytest.raises(LimitMissing):
        working_time.on(date(1990, 1, 1))


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 12, 1), TUESDAY, 18),
    ],
)
def test_age(born_on, day, age):
    assert working_time.age_on(born_on, day) == age
