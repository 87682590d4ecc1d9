"""Each soft rule says how far it speaks for somebody, and why, in one table per rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import ContractForm, JobseekerStatus, Person
from jobcenter.core import clock
from jobcenter.matching import soft
from jobcenter.matching.domain import GigFacts, Headroom, History, LimitLeft, WorkerFacts
from jobcenter.matching.plan.domain import Part
from jobcenter.matching.soft import ALONE, SOFT_RULES, Company, Word, score
from jobcenter.matching.weights.domain import DEFAULTS, LEAST, MOST, with_defaults
from jobcenter.orders.gigs.domain import Span
from jobcenter.workers.domain import Candidate, PartOfDay, Preferences, Skill, TaskCategory, Weekday

TUESDAY = date(2026, 12, 1)
GIG = GigFacts(
    gig_id=1,
    jobcenter_kind=JobcenterKind.DISABILITY,
    form=ContractForm.ASSIGNMENT,
    span=Span(clock.at(TUESDAY, time(10)), clock.at(TUESDAY, time(13))),
    break_minutes=0,
    category=TaskCategory.DISHWASHING,
    skills=frozenset({Skill.HYGIENE_PASS}),
    demands=frozenset(),
    support_booked=True,
    today=date(2026, 11, 20),
    people=frozenset({7}),
    pay=Decimal("30.00"),
    orderer=5,
    area="Kallio",
    postcode="00530",
)
WHO = Candidate(
    id=1,
    jobcenter_id=1,
    name="Veikko Tekijä",
    given_name="Veikko",
    language="fi",
    unit_id=None,
    unit_name="",
    tasks=frozenset(),
    skills=frozenset(),
    cannot=frozenset(),
    weekly_minutes_wished=240,
    weekly_minutes_most=480,
    needs_support=False,
    ready_since=None,
    service_ends_on=None,
    takes_part=True,
    person=Person(None, (), JobseekerStatus.NOT_REGISTERED, TUESDAY),
    activity=(),
    unavailable=(),
)


def somebody(tasks=(), history=None, limits=(), lately=0, headrooms=(), **wishes):
    who = replace(WHO, tasks=frozenset(tasks), wishes=Preferences(**wishes))
    return WorkerFacts(who, limits=limits, lately=lately, headrooms=headrooms, history=history or History())


def days(*wanted):
    return frozenset(wanted)


@pytest.mark.parametrize(
    ("minutes", "share", "word"),
    [
        (0, 100, Word.NO_GIGS_LATELY),
        (60, 88, Word.GIGS_LATELY),
        (480, 50, Word.GIGS_LATELY),
        (960, 33, Word.GIGS_LATELY),
        (9600, 4, Word.GIGS_LATELY),
    ],
)
def test_fair_share(minutes, share, word):
    found = soft.fair_share(GIG, somebody(lately=minutes), ALONE)
    assert (found.per_cent, found.word) == (share, word)


@pytest.mark.parametrize(
    ("tasks", "done", "category", "share", "word"),
    [
        ({TaskCategory.DISHWASHING}, {}, TaskCategory.DISHWASHING, 100, Word.TASK_WISHED),
        ({TaskCategory.DISHWASHING}, {"dishwashing": 4}, TaskCategory.DISHWASHING, 100, Word.TASK_WISHED_AND_DONE),
        ((), {}, TaskCategory.DISHWASHING, 50, Word.TASK_NOT_ASKED),
        ({TaskCategory.RAKING}, {}, TaskCategory.DISHWASHING, 0, Word.TASK_NOT_WISHED),
        ({TaskCategory.RAKING}, {}, TaskCategory.OTHER, 50, Word.TASK_NOT_ASKED),
    ],
)
def test_wished_task(tasks, done, category, share, word):
    found = soft.wished_task(replace(GIG, category=category), somebody(tasks, History(done=done)), ALONE)
    assert (found.per_cent, found.word) == (share, word)


BOTH = frozenset({PartOfDay.MORNING, PartOfDay.AFTERNOON})


@pytest.mark.parametrize(
    ("wished_days", "wished_parts", "share", "word"),
    [
        (days(), frozenset(), 50, Word.TIME_NOT_ASKED),
        (days(Weekday.TUESDAY), frozenset(), 100, Word.TIME_WISHED),
        (days(Weekday.TUESDAY), BOTH, 100, Word.TIME_WISHED),
        (days(Weekday.TUESDAY), frozenset({PartOfDay.MORNING}), 50, Word.TIME_PARTLY_WISHED),
        (days(Weekday.FRIDAY), BOTH, 50, Word.TIME_PARTLY_WISHED),
        (days(Weekday.FRIDAY), frozenset(), 0, Word.TIME_NOT_WISHED),
        (days(), frozenset({PartOfDay.EVENING}), 0, Word.TIME_NOT_WISHED),
    ],
)
def test_wished_time(wished_days, wished_parts, share, word):
    found = soft.wished_time(GIG, somebody(wished_days=wished_days, wished_parts=wished_parts), ALONE)
    assert (found.per_cent, found.word) == (share, word)


@pytest.mark.parametrize(
    ("starts", "ends", "parts"),
    [
        (time(6), time(12), {PartOfDay.MORNING}),
        (time(11, 59), time(12, 1), {PartOfDay.MORNING, PartOfDay.AFTERNOON}),
        (time(16), time(23), {PartOfDay.AFTERNOON, PartOfDay.EVENING, PartOfDay.NIGHT}),
        (time(4), time(5), {PartOfDay.NIGHT}),
    ],
)
def test_the_parts_of_the_day_that_a_gig_touches(starts, ends, parts):
    span = Span(clock.at(TUESDAY, starts), clock.at(TUESDAY, ends))
    assert soft.parts_of_day(replace(GIG, span=span)) == parts


@pytest.mark.parametrize(
    ("areas", "area", "share", "word"),
    [
        ({"Kallio"}, "Kallio", 100, Word.AREA_WISHED),
        ({"Pasila"}, "Kallio", 0, Word.AREA_NOT_WISHED),
        ((), "Kallio", 50, Word.AREA_NOT_ASKED),
        ({"Pasila"}, "", 50, Word.AREA_NOT_KNOWN),
    ],
)
def test_wished_area(areas, area, share, word):
    found = soft.wished_area(replace(GIG, area=area), somebody(areas=frozenset(areas)), ALONE)
    assert (found.per_cent, found.word) == (share, word)


@pytest.mark.parametrize(
    ("wishes", "share"),
    [
        ({"practise_tasks": frozenset({TaskCategory.DISHWASHING})}, 100),
        ({"practise_skills": frozenset({Skill.HYGIENE_PASS, Skill.COMPUTER})}, 100),
        ({"practise_skills": frozenset({Skill.COMPUTER})}, 0),
        ({}, 0),
    ],
)
def test_practise(wishes, share):
    assert soft.practise(GIG, somebody(**wishes), ALONE).per_cent == share


@pytest.mark.parametrize(("times", "share"), [(0, 0), (1, 50), (2, 75), (3, 100), (40, 100)])
def test_same_faces(times, share):
    known = History(known={5: times, 6: 9})
    assert soft.same_faces(GIG, somebody(history=known), ALONE).per_cent == share
    assert soft.same_faces(replace(GIG, orderer=""), somebody(history=known), ALONE).per_cent == 0


@pytest.mark.parametrize(
    ("rated", "share", "word"),
    [
        ({}, 50, Word.NOT_RATED),
        ({6: Decimal(1)}, 50, Word.NOT_RATED),
        ({5: Decimal(5)}, 100, Word.RATED_WELL),
        ({5: Decimal(3)}, 50, Word.RATED_MIDDLING),
        ({5: Decimal(1)}, 0, Word.RATED_BADLY),
        ({5: Decimal(11) / 3}, 66, Word.RATED_WELL),
    ],
)
def test_feedback(rated, share, word):
    found = soft.feedback(GIG, somebody(history=History(rated=rated)), ALONE)
    assert (found.per_cent, found.word) == (share, word)


@pytest.mark.parametrize(("friends", "share"), [({7}, 100), ({8}, 0), ((), 0)])
def test_likes(friends, share):
    assert soft.likes(GIG, somebody(history=History(likes=frozenset(friends))), ALONE).per_cent == share


@pytest.mark.parametrize(
    ("done", "company", "share", "word"),
    [
        (0, Company(experienced=frozenset({7})), 100, Word.BESIDE_EXPERIENCED),
        (1, Company(experienced=frozenset({7})), 100, Word.BESIDE_EXPERIENCED),
        (2, Company(experienced=frozenset({7})), 0, Word.NO_PAIRING),
        (5, Company(newcomers=frozenset({7})), 100, Word.BESIDE_NEWCOMER),
        (4, Company(newcomers=frozenset({7})), 0, Word.NO_PAIRING),
        (0, Company(newcomers=frozenset({7})), 0, Word.NO_PAIRING),
        (0, ALONE, 0, Word.NO_PAIRING),
    ],
)
def test_newcomer_beside_experienced(done, company, share, word):
    found = soft.newcomer(GIG, somebody(history=History(done={"raking": done})), company)
    assert (found.per_cent, found.word) == (share, word)


@pytest.mark.parametrize(
    ("home", "share", "word"),
    [
        ("00530", 100, Word.LIVES_HERE),
        ("00531", 100, Word.LIVES_HERE),
        ("00500", 70, Word.LIVES_NEAR),
        ("00990", 30, Word.SAME_REGION),
        ("33100", 0, Word.LIVES_FAR),
        ("", 30, Word.HOME_NOT_KNOWN),
    ],
)
def test_near(home, share, word):
    found = soft.near(GIG, somebody(postcode=home), ALONE)
    assert (found.per_cent, found.word) == (share, word)


def limit(hours, **facts):
    return LimitLeft(**{"rule": "some", "hours": hours, "over": False, "known": True} | facts)


@pytest.mark.parametrize(
    ("limits", "share", "word"),
    [
        ((), 100, Word.NO_LIMIT),
        (None, 50, Word.HEADROOM_NOT_KNOWN),
        ((limit(None, known=False),), 50, Word.HEADROOM_NOT_KNOWN),
        ((limit(None),), 100, Word.NO_LIMIT),
        ((limit(5, shrinks=True),), 100, Word.NO_LIMIT),
        ((limit(13), limit(40)), 50, Word.HOURS_OF_HEADROOM),
        ((limit(40),), 100, Word.HOURS_OF_HEADROOM),
        ((limit(2),), 0, Word.HOURS_OF_HEADROOM),
        ((limit(13), limit(None, known=False)), 50, Word.HOURS_OF_HEADROOM),
    ],
)
def test_keep_headroom(limits, share, word):
    found = soft.keep_headroom(GIG, somebody(limits=limits), ALONE)
    assert (found.per_cent, found.word) == (share, word)


def test_headroom_of_a_plan_is_counted_in_hours_of_the_gigs_pay():
    found = soft.keep_headroom(GIG, somebody(headrooms=(Headroom(Decimal("130.00")),)), ALONE)
    assert found.facts == {"hours": 10}


def test_every_part_has_its_rule_and_its_usual_weight():
    assert {rule.part for rule in SOFT_RULES} == set(Part) == set(DEFAULTS)
    assert all(LEAST <= weight <= MOST for weight in DEFAULTS.values())
    assert max(DEFAULTS, key=DEFAULTS.get) is Part.FAIR_SHARE


def test_the_sum_is_each_share_at_its_weight():
    weights = with_defaults(dict.fromkeys(Part, 0) | {Part.FAIR_SHARE: 10, Part.NEAR: 2})
    found = score(GIG, somebody(lately=480, postcode="00500"), weights)
    assert found.points == 10 * 50 + 2 * 70
    assert found.most == 1200
    assert [scored.part for scored in found.strongest] == [Part.FAIR_SHARE, Part.NEAR]


def test_what_speaks_for_want_of_knowing_is_told_only_behind_the_sum():
    found = score(GIG, somebody(), DEFAULTS)
    assert Part.WISHES_TASKS not in [scored.part for scored in found.strongest]
    assert Part.WISHES_TASKS in [scored.part for scored in found.parts if scored.points]
