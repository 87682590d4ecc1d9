"""The table of rules as a whole: who must not meet, limits, forms, and that rules read what they say they read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import BenefitHeld, BenefitKind, ContractForm, JobseekerStatus
from jobcenter.matching.domain import Headroom, LimitLeft, RuleCode, Weight, WorkerFacts
from jobcenter.matching.rules import RULES, judge
from jobcenter.orders.gigs.domain import Engagement
from jobcenter.workers import domain as workers
from jobcenter.workers.domain import Demand, Preferences, Skill, TaskCategory, Weekly
from tests.unit.matching.test_rules import GIG, PERSON, REHABILITATIVE, TUESDAY, WHO, codes, engaged, span

OVER = LimitLeft("yel.yearly_limit", 2, over=True, known=True)
ASKS = {"wishes": Preferences(asks_over_limit=True)}


@pytest.mark.parametrize(
    ("gig", "who", "worker", "expected"),
    [
        ({"blocked": frozenset({1})}, {}, {}, [RuleCode.BLOCKED]),
        ({"blocked": frozenset({2})}, {}, {}, []),
        ({"people": frozenset({2, 3})}, {}, {"avoid": frozenset({3, 4})}, [RuleCode.MUST_NOT_MEET]),
        ({"people": frozenset({2})}, {}, {"avoid": frozenset({3, 4})}, []),
        ({}, {}, {"forms": frozenset({ContractForm.PARTNER})}, [RuleCode.FORM_NOT_ACCEPTED]),
        ({}, {}, {"forms": frozenset()}, [RuleCode.FORM_NOT_ACCEPTED]),
        ({}, {}, {"forms": frozenset(ContractForm)}, []),
        (
            {},
            {"wishes": Preferences(contract_forms=frozenset({ContractForm.PARTNER}))},
            {},
            [RuleCode.FORM_NOT_ACCEPTED],
        ),
        ({}, {}, {"limits": (OVER,)}, [RuleCode.OVER_LIMIT]),
        ({}, ASKS, {"limits": (OVER,)}, [RuleCode.OVER_LIMIT_ASKED]),
    ],
)
def test_who_is_not_sent_and_what_is_not_wanted(gig, who, worker, expected):
    assert codes(gig, who, **worker) == expected


@pytest.mark.parametrize(
    ("left", "form", "days", "expected"),
    [
        ("30.00", ContractForm.ASSIGNMENT, (), []),
        ("29.99", ContractForm.ASSIGNMENT, (), [RuleCode.OVER_LIMIT]),
        ("-5.00", ContractForm.ASSIGNMENT, (), [RuleCode.OVER_LIMIT]),
        ("0.00", ContractForm.PARTNER, (), []),
        ("0.00", ContractForm.ASSIGNMENT, (TUESDAY + timedelta(days=1), date(2026, 12, 31)), []),
        ("0.00", ContractForm.ASSIGNMENT, (date(2026, 11, 1), TUESDAY), [RuleCode.OVER_LIMIT]),
    ],
)
def test_headroom(left, form, days, expected):
    room = Headroom(Decimal(left), *days, forms=frozenset({ContractForm.ASSIGNMENT}), rule="yel.yearly_limit")
    assert codes({"pay": Decimal("30.00"), "form": form}, {}, headrooms=(room,)) == expected


def test_unpaid_work_fits_into_no_headroom_and_unknown_pay_is_not_judged():
    nothing = (Headroom(Decimal("-1.00")),)
    assert codes({"pay": Decimal("0.00")}, {}, headrooms=nothing) == []
    assert codes({"pay": None}, {}, headrooms=nothing) == []


@pytest.mark.parametrize(
    ("activity", "others", "away", "expected"),
    [
        ((1,), (), (), date(2026, 11, 30)),
        ((0, 1, 2), (), (), date(2026, 12, 3)),
        ((0, 1), (span(9, 10, date(2026, 12, 2)),), (), date(2026, 12, 3)),
        ((0, 1), (), (span(0, 24, date(2026, 12, 2)), span(23, 25, date(2026, 12, 3))), None),
        ((0, 1, 2, 3, 4), (), (), None),
    ],
)
def test_an_activity_day_may_move_to_a_free_day_of_the_week(activity, others, away, expected):
    times = {"activity": tuple(Weekly(day, time(8), time(14)) for day in activity)}
    absent = {"unavailable": tuple(workers.Span(one.starts_at, one.ends_at) for one in away)}
    facts = WorkerFacts(replace(WHO, **times, **absent), engaged(*others))
    found = {finding.code: finding.facts for finding in judge(replace(GIG, **REHABILITATIVE), facts).findings}
    assert RuleCode.ACTIVITY_SAME_TIME in found
    assert found.get(RuleCode.ACTIVITY_SWAP, {}).get("day") == expected


def test_an_activity_day_does_not_move_into_the_past_nor_in_the_other_programme():
    times = {"activity": (Weekly(1, time(8), time(14)),)}
    later = {"today": TUESDAY}
    found = judge(replace(GIG, **REHABILITATIVE, **later), WorkerFacts(replace(WHO, **times))).findings
    assert [finding.facts.get("day") for finding in found if finding.code is RuleCode.ACTIVITY_SWAP] == [
        TUESDAY + timedelta(days=1)
    ]
    assert codes({}, times) == [RuleCode.ACTIVITY_SAME_TIME]


def test_activity_by_date_and_the_programme_of_the_person_come_before_that_of_the_gig():
    assert codes({}, {}, activity=(span(8, 10),)) == [RuleCode.ACTIVITY_SAME_TIME]
    assert codes({}, {}, activity=(span(12, 15),)) == [RuleCode.ACTIVITY_DAY_ENDS]
    rehabilitative = JobcenterKind.REHABILITATIVE
    assert codes({}, {}, activity=(span(12, 15),), programme=rehabilitative) == [RuleCode.ACTIVITY_DAY_BOTH]
    assert codes({}, {}, activity=(span(12, 15, TUESDAY + timedelta(days=1)),)) == []


# What rules read


def some(strategy, most=2):
    return st.frozensets(strategy, max_size=most)


days = st.sampled_from([TUESDAY, TUESDAY + timedelta(days=1), date(2026, 11, 30)])
spans = st.builds(
    lambda day, start, hours: span(start, start + hours, day), days, st.integers(5, 22), st.integers(1, 5)
)
held = st.builds(Engagement, st.integers(1, 3), spans)
gigs = st.builds(
    lambda **facts: replace(GIG, **facts),
    gig_id=st.integers(1, 3),
    jobcenter_kind=st.sampled_from(JobcenterKind),
    form=st.sampled_from(ContractForm),
    span=spans,
    category=st.sampled_from([TaskCategory.CLEANING, TaskCategory.SEWING, TaskCategory.OTHER]),
    skills=some(st.sampled_from(Skill)),
    demands=some(st.sampled_from(Demand)),
    support_booked=st.booleans(),
    people=some(st.integers(2, 4)),
    blocked=some(st.integers(1, 3)),
    pay=st.sampled_from([None, Decimal("10.00"), Decimal("30.00")]),
    rest=st.sampled_from([None, timedelta(hours=5)]),
)
people = st.builds(
    lambda who, **facts: WorkerFacts(replace(WHO, **who), **facts),
    who=st.fixed_dictionaries(
        {
            "id": st.integers(1, 3),
            "tasks": some(st.sampled_from([TaskCategory.CLEANING, TaskCategory.SEWING])),
            "skills": some(st.sampled_from(Skill)),
            "cannot": some(st.sampled_from(Demand)),
            "weekly_minutes_wished": st.sampled_from([0, 200, 400]),
            "weekly_minutes_most": st.sampled_from([400, 600]),
            "needs_support": st.booleans(),
            "ready_since": st.sampled_from([None, TUESDAY]),
            "service_ends_on": st.sampled_from([None, TUESDAY]),
            "takes_part": st.booleans(),
            "person": st.builds(
                lambda **facts: replace(PERSON, **facts),
                born=st.sampled_from([None, date(1990, 1, 1), date(2009, 12, 2), date(2011, 12, 2)]),
                jobseeker=st.sampled_from(JobseekerStatus),
                benefits=st.sampled_from([(), (BenefitHeld(BenefitKind.LABOUR_MARKET_SUBSIDY, None, None),)]),
            ),
            "activity": st.sampled_from([(), (Weekly(1, time(8), time(14)),)]),
            "unavailable": st.lists(spans, max_size=1).map(
                lambda found: tuple(workers.Span(one.starts_at, one.ends_at) for one in found)
            ),
            "wishes": st.sampled_from([Preferences(), Preferences(asks_over_limit=True)]),
        }
    ),
    engaged=st.lists(held, max_size=2).map(tuple),
    offered=st.lists(held, max_size=1).map(tuple),
    limits=st.sampled_from([(), None, (OVER,), (LimitLeft("yel.yearly_limit", None, over=False, known=False),)]),
    activity=st.lists(spans, max_size=1).map(tuple),
    programme=st.sampled_from([None, *JobcenterKind]),
    forms=st.sampled_from([None, frozenset({ContractForm.PARTNER})]),
    avoid=some(st.integers(2, 4)),
    headrooms=st.sampled_from([(), (Headroom(Decimal("20.00")),)]),
)


def read(facts, names):
    return [attrgetter(name)(facts) for name in names]


def with_read(facts, other, names):
    """The facts with what the names name taken from others."""
    for name in names:
        facts = _put(facts, name.split("."), attrgetter(name)(other))
    return facts


def _put(facts, path, value):
    if path in (["span", "first_day"], ["span", "last_day"]):
        return replace(facts, span=_moved(facts.span, path[1], value))
    name = "forms" if path[0] == "accepts" else path[0]
    inner = value if len(path) == 1 else _put(getattr(facts, name), path[1:], value)
    return replace(facts, **{name: inner})


def _moved(one, which, day):
    """A time moved by whole days, so that its first or last day is the given one."""
    while getattr(one, which) != day:
        step = timedelta(days=1) if getattr(one, which) < day else -timedelta(days=1)
        one = replace(one, starts_at=one.starts_at + step, ends_at=one.ends_at + step)
    return one


@given(gigs, gigs, people, people)
def test_what_a_rule_says_depends_on_what_it_says_it_reads(gig, other_gig, worker, other_worker):
    for rule in RULES:
        alike = with_read(other_gig, gig, rule.of_gig), with_read(other_worker, worker, rule.of_worker)
        assert read(alike[0], rule.of_gig) == read(gig, rule.of_gig)
        assert rule.check(*alike) == rule.check(gig, worker), rule.check.__name__


@given(gigs, people)
def test_a_rule_on_times_says_no_only_near_one_of_them(gig, worker):
    wide = [gig.span.first_day - timedelta(days=1), *gig.days, gig.span.last_day + timedelta(days=1)]
    for rule in (rule for rule in RULES if rule.near):
        start, end = gig.span.starts_at - rule.near.margin, gig.span.ends_at + rule.near.margin
        near = any(one.starts_at < end and one.ends_at > start for one in rule.near.spans(worker, wide))
        assert near or rule.check(gig, worker) is None, rule.check.__name__


def test_the_guard_can_be_set_aside_by_nobody_whatever_the_form_and_status():
    guard = RULES[0]
    assert guard.check.__name__ == "contract_guard"
    assert guard.weight is Weight.NEVER
