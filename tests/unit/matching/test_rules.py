"""Every rule as a table: what a gig asks, what is known of the worker, what the rule says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import BenefitHeld, BenefitKind, ContractForm, JobseekerStatus, Person
from jobcenter.core import clock
from jobcenter.matching.domain import GigFacts, LimitLeft, RuleCode, Weight, WorkerFacts
from jobcenter.matching.rules import RULES, judge
from jobcenter.orders.gigs.domain import Engagement, Span
from jobcenter.workers import domain as workers
from jobcenter.workers.domain import Candidate, Demand, Skill, TaskCategory, Weekly

TUESDAY = date(2026, 12, 1)
PERSON = Person(date(1990, 1, 1), (), JobseekerStatus.NOT_REGISTERED, date(2026, 11, 1))
REHABILITATIVE = {"jobcenter_kind": JobcenterKind.REHABILITATIVE}


def span(start: int, end: int, day: date = TUESDAY) -> Span:
    """From an hour to an hour of a day; hours over 24 are the next day's."""
    midnight = clock.start_of(day)
    return Span(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


GIG = GigFacts(
    gig_id=1,
    jobcenter_kind=JobcenterKind.DISABILITY,
    form=ContractForm.ASSIGNMENT,
    span=span(9, 12),
    break_minutes=0,
    category=TaskCategory.CLEANING,
    skills=frozenset(),
    demands=frozenset(),
    support_booked=False,
    today=date(2026, 11, 22),
)
WHO = Candidate(
    id=1,
    jobcenter_id=1,
    name="Veikko Tekijä",
    given_name="Veikko",
    language="fi",
    unit_id=None,
    unit_name="",
    tasks=frozenset({TaskCategory.CLEANING}),
    skills=frozenset(),
    cannot=frozenset(),
    weekly_minutes_wished=240,
    weekly_minutes_most=480,
    needs_support=False,
    ready_since=date(2026, 1, 1),
    service_ends_on=None,
    takes_part=True,
    person=PERSON,
    activity=(),
    unavailable=(),
)


def codes(gig=None, who=None, **worker):
    """The codes that the rules answer with; whatever is not given is in order."""
    facts = WorkerFacts(replace(WHO, **who or {}), **worker)
    return [finding.code for finding in judge(replace(GIG, **gig or {}), facts).findings]


def held(kind: BenefitKind, **days) -> Person:
    return replace(PERSON, benefits=(BenefitHeld(kind, days.get("from_"), days.get("to")),))


def engaged(*spans: Span) -> tuple[Engagement, ...]:
    return tuple(Engagement(number, found) for number, found in enumerate(spans, start=100))


def test_somebody_in_order_fits():
    assert codes() == []


@pytest.mark.parametrize(
    ("who", "gig", "expected"),
    [
        ({"person": held(BenefitKind.LABOUR_MARKET_SUBSIDY)}, {}, [RuleCode.GUARD_BENEFIT]),
        ({"person": held(BenefitKind.GENERAL_BENEFIT)}, {"form": ContractForm.PARTNER}, []),
        ({"person": held(BenefitKind.LABOUR_MARKET_SUBSIDY, from_=date(2026, 12, 2))}, {}, []),
        ({"person": held(BenefitKind.LABOUR_MARKET_SUBSIDY, from_=TUESDAY)}, {}, [RuleCode.GUARD_BENEFIT]),
        ({"person": held(BenefitKind.LABOUR_MARKET_SUBSIDY, to=date(2026, 11, 22))}, {}, [RuleCode.GUARD_BENEFIT]),
        ({"person": held(BenefitKind.LABOUR_MARKET_SUBSIDY, to=date(2026, 11, 21))}, {}, []),
        ({"person": held(BenefitKind.KELA_DISABILITY_PENSION)}, {}, []),
        ({"person": replace(PERSON, jobseeker=JobseekerStatus.REGISTERED)}, {}, [RuleCode.GUARD_JOBSEEKER]),
        ({"person": replace(PERSON, jobseeker=JobseekerStatus.UNKNOWN)}, {}, [RuleCode.GUARD_ASK_FIRST]),
        ({"person": replace(PERSON, benefits_asked_on=None)}, {}, [RuleCode.GUARD_ASK_FIRST]),
        ({"takes_part": False}, {}, [RuleCode.NO_CONSENT]),
        ({"service_ends_on": TUESDAY}, {}, []),
        ({"service_ends_on": date(2026, 11, 30)}, {}, [RuleCode.SERVICE_ENDED]),
        ({"service_ends_on": TUESDAY}, {"span": span(22, 24)}, []),
        ({"service_ends_on": TUESDAY}, {"span": span(22, 25)}, [RuleCode.SERVICE_ENDED]),
        ({"ready_since": None}, {}, [RuleCode.NOT_READY]),
        ({"ready_since": TUESDAY}, {}, []),
        ({"ready_since": date(2026, 12, 2)}, {}, [RuleCode.NOT_READY]),
        ({"tasks": frozenset({TaskCategory.SEWING})}, {}, [RuleCode.TASK_NOT_CHOSEN]),
        ({"tasks": frozenset()}, {}, [RuleCode.TASKS_NOT_ASKED]),
        ({"tasks": frozenset()}, {"category": TaskCategory.OTHER}, []),
        ({}, {"skills": frozenset({Skill.HYGIENE_PASS})}, [RuleCode.SKILLS_MISSING]),
        ({"skills": frozenset({Skill.HYGIENE_PASS})}, {"skills": frozenset({Skill.HYGIENE_PASS})}, []),
        (
            {"cannot": frozenset({Demand.STAIRS})},
            {"demands": frozenset({Demand.STAIRS, Demand.COLD})},
            [RuleCode.PLACE_NOT_FOR_THEM],
        ),
        ({"cannot": frozenset({Demand.STAIRS})}, {"demands": frozenset({Demand.COLD})}, []),
        ({"needs_support": True}, {}, [RuleCode.NEEDS_SUPPORT]),
        ({"needs_support": True}, {"support_booked": True}, []),
        ({"weekly_minutes_wished": 179}, {}, [RuleCode.WEEK_OVER_WISH]),
        ({"weekly_minutes_wished": 180}, {}, []),
        ({"weekly_minutes_wished": 179}, {"break_minutes": 1}, []),
        ({"weekly_minutes_wished": 60, "weekly_minutes_most": 179}, {}, [RuleCode.WEEK_FULL]),
    ],
)
def test_who_and_what(who, gig, expected):
    assert codes(gig, who) == expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([span(12, 14)], []),
        ([span(6, 9)], []),
        ([span(11, 13)], [RuleCode.BUSY]),
        ([span(0, 24)], [RuleCode.BUSY]),
        ([span(10, 11)], [RuleCode.BUSY]),
    ],
)
def test_other_gigs(others, expected):
    found = codes({}, {"weekly_minutes_wished": 9999, "weekly_minutes_most": 9999}, engaged=engaged(*others))
    assert found == expected


def test_gig_of_the_day_before_that_ends_after_midnight():
    night = span(22, 26, TUESDAY - timedelta(days=1))
    assert RuleCode.BUSY in codes({"span": span(1, 3)}, engaged=engaged(night))
    assert RuleCode.BUSY not in codes({"span": span(2, 3)}, engaged=engaged(night))


def test_this_gig_and_offers_for_other_gigs():
    assert codes(engaged=(Engagement(1, GIG.span),)) == [RuleCode.ALREADY_ON_GIG]
    assert codes(offered=(Engagement(1, GIG.span),)) == [RuleCode.ALREADY_ON_GIG]
    assert codes(offered=engaged(span(11, 13))) == [RuleCode.OFFERED_SAME_TIME]
    assert codes(offered=engaged(span(12, 13))) == []


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        (span(12, 13), []),
        (span(8, 9), []),
        (span(11, 13), [RuleCode.UNAVAILABLE]),
        (span(0, 240), [RuleCode.UNAVAILABLE]),
    ],
)
def test_own_absences(away, expected):
    assert codes({}, {"unavailable": (workers.Span(away.starts_at, away.ends_at),)}) == expected


@pytest.mark.parametrize(
    ("kind", "starts", "ends", "expected"),
    [
        ({}, 12, 15, [RuleCode.ACTIVITY_DAY_ENDS]),
        ({}, 6, 9, [RuleCode.ACTIVITY_DAY_ENDS]),
        ({}, 11, 15, [RuleCode.ACTIVITY_SAME_TIME]),
        (REHABILITATIVE, 12, 15, [RuleCode.ACTIVITY_DAY_BOTH]),
        (REHABILITATIVE, 11, 15, [RuleCode.ACTIVITY_SAME_TIME, RuleCode.ACTIVITY_SWAP]),
    ],
)
def test_activity_of_the_same_day(kind, starts, ends, expected):
    assert codes(kind, {"activity": (Weekly(1, time(starts), time(ends)),)}) == expected


def test_activity_of_other_days_does_not_matter_and_a_night_gig_touches_two_days():
    wednesday = {"activity": (Weekly(2, time(1), time(3)),)}
    assert codes({}, wednesday) == []
    assert codes({"span": span(22, 26)}, wednesday) == [RuleCode.ACTIVITY_SAME_TIME]


def test_activity_in_the_night_of_the_spring_clock_change_can_be_looked_at():
    sunday = date(2027, 3, 28)
    night = {"activity": (Weekly(6, time(3), time(5)),)}
    assert RuleCode.ACTIVITY_SAME_TIME in codes({"span": span(2, 5, sunday)}, night)


def test_week_counts_gigs_from_monday_to_sunday_without_this_one():
    monday, sunday = span(9, 12, TUESDAY - timedelta(days=1)), span(20, 23, TUESDAY + timedelta(days=5))
    before, after = span(20, 23, TUESDAY - timedelta(days=2)), span(9, 12, TUESDAY + timedelta(days=6))
    most = {"weekly_minutes_wished": 540, "weekly_minutes_most": 540}
    assert codes({}, most, engaged=engaged(monday, sunday, before, after)) == []
    assert codes({}, most | {"weekly_minutes_wished": 539}, engaged=engaged(monday, sunday)) == [
        RuleCode.WEEK_OVER_WISH
    ]


def test_limits():
    over = LimitLeft("yel.yearly_limit", 2, over=True, known=True)
    unknown = LimitLeft("benefits.asked", None, over=False, known=False)
    assert codes(limits=(over,)) == [RuleCode.OVER_LIMIT]
    assert codes(limits=(unknown,)) == [RuleCode.LIMITS_NOT_KNOWN]
    assert codes(limits=None) == [RuleCode.LIMITS_NOT_KNOWN]
    known = LimitLeft("yel.yearly_limit", 99, over=False, known=True)
    assert codes(limits=(known,)) == []
    assert codes(limits=(known, unknown)) == [RuleCode.SOME_LIMITS_NOT_KNOWN]


def test_table_has_each_code_once_and_its_never_rules():
    all_codes = [code for rule in RULES for code in rule.codes]
    assert sorted(all_codes) == sorted(RuleCode)
    never = {rule.check.__name__ for rule in RULES if not rule.overridable}
    assert never == {
        *("contract_guard", "consent", "service_goes_on", "not_on_gig", "not_busy", "not_blocked", "may_meet"),
        *("old_enough", "young_by_day", "young_hours", "young_rested"),
    }


@pytest.mark.parametrize(("weight", "stops"), [(Weight.NEVER, True), (Weight.REFUSES, True), (Weight.WARNS, False)])
def test_what_stops(weight, stops):
    assert weight.stops is stops
