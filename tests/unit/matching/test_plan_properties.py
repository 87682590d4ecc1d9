"""Plans of small random weeks: the numbers, the checker, the engine and brute force say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from jobcenter.exchange.planfile import read_instance
from jobcenter.matching.plan.checker import faults
from jobcenter.matching.plan.compiling import Compiled, compiled
from jobcenter.matching.plan.domain import Assignment, Instance, Plan
from jobcenter.matching.plan.engines import planner
from jobcenter.matching.plan.engines.worth import broken
from jobcenter.matching.plan.explaining import Explained, worth_by_part
from jobcenter.matching.plan.problem import Placed
from jobcenter.matching.plan.rules import Drawn
from tests.unit.exchange.instances import gig, instance, worker

SECONDS = 30.0
WINTER = timezone(timedelta(hours=2))
SKILLS, AREAS = ("a", "b"), ("", "Kallio", "Malmi")


def at(day: int, hour: int) -> str:
    return (datetime(2026, 11, 23, tzinfo=WINTER) + timedelta(days=day, hours=hour)).isoformat(timespec="minutes")


def some(words, most=2):
    return st.lists(st.sampled_from(words), max_size=most, unique=True)


def spans(most):
    one = st.builds(
        lambda day, hour, lasts: [at(day, hour), at(day, hour + lasts)],
        st.integers(0, 1),
        st.integers(6, 20),
        st.integers(1, 8),
    )
    return st.lists(one, max_size=most)


def seldom(one, usual):
    return st.sampled_from([usual, usual, usual, one])


@st.composite
def gigs(draw, number):
    day, hour, lasts = draw(st.integers(0, 1)), draw(st.integers(6, 20)), draw(st.integers(1, 5))
    area = draw(st.sampled_from(AREAS))
    facts = gig(
        f"g{number}",
        at(day, hour),
        at(day, hour + lasts),
        slots=draw(st.integers(1, 2)),
        skills=draw(st.sampled_from([[], [], ["a"]])),
        contract=draw(st.sampled_from(["assignment", "partner"])),
        priority=draw(st.integers(1, 3)),
        orderer=draw(st.sampled_from(["o1", "o2"])),
    )
    return facts | ({"area": area} if area else {})


@st.composite
def people(draw, number, count):
    others = [f"w{other}" for other in range(count) if other != number] or ["w9"]
    return worker(
        f"w{number}",
        skills=draw(st.sampled_from([["a"], ["a", "b"], []])),
        jobseeker=draw(seldom(True, False)),
        unavailable=draw(st.one_of(st.just([]), spans(1))),
        activity=draw(st.one_of(st.just([]), spans(1))),
        engaged=draw(st.one_of(st.just([]), spans(1))),
        max_hours_week=draw(st.sampled_from([None, 4, 7, 9])),
        headroom=draw(st.sampled_from([None, None, "45.00", "70.00"])),
        recent_hours=draw(st.sampled_from([0, 3, 20])),
        needs_support=draw(st.booleans()),
        likes=draw(some(others, 1)),
        avoid=draw(st.one_of(st.just([]), some(others, 1))),
        born=draw(seldom("2009-06-01", None)),
        wishes={"tasks": draw(some(SKILLS, 1)), "areas": draw(some(AREAS[1:], 1)), "practise": draw(some(SKILLS, 1))},
        done=draw(st.sampled_from([{}, {"a": 9}])),
        orderers=draw(st.sampled_from([{}, {"o1": 2}])),
    )


@st.composite
def supports(draw, number):
    days = [[at(day, draw(st.integers(6, 9))), at(day, draw(st.integers(16, 24)))] for day in (0, 1)]
    return {"id": f"s{number}", "available": days, "at_once": draw(st.integers(1, 2))}


@st.composite
def weeks(draw, most_gigs=4, most_people=3):
    count = draw(st.integers(1, most_people))
    facts = instance(
        [draw(gigs(number)) for number in range(draw(st.integers(2, most_gigs)))],
        [draw(people(number, count)) for number in range(count)],
        [draw(supports(number)) for number in range(draw(st.integers(0, 2)))],
        travel_minutes=draw(st.sampled_from([0, 60])),
    )
    return facts


def numbers_of(facts) -> Compiled:
    return compiled(read_instance(json.dumps(facts)))


def choices(whole: Instance) -> list[list[Assignment]]:
    """Every place somebody could have, each with every way of coming along, whatever the rules say."""
    found = []
    for one in whole.gigs:
        for person in whole.workers:
            beside = [support.id for support in whole.supports] if person.who.needs_support else []
            found.append([Assignment(one.id, person.who.id, support) for support in (beside or [None])])
    return found


def placed(whole: Instance, plan: Plan) -> list[Placed]:
    places = [{one.id: n for n, one in enumerate(each)} for each in (whole.gigs, whole.supports)]
    workers = {one.who.id: n for n, one in enumerate(whole.workers)}
    return [Placed(places[0][one.gig], workers[one.worker], places[1].get(one.support)) for one in plan.assignments]


@settings(max_examples=80, deadline=None)
@given(weeks(), st.randoms(use_true_random=False))
def test_a_plan_keeps_the_numbers_exactly_when_it_passes_the_checker(facts, random):
    numbers = numbers_of(facts)
    for _plan in range(3):
        ways = [one for place in choices(numbers.instance) for one in place]
        random.shuffle(ways)
        chosen: tuple[Assignment, ...] = ()
        for one in ways:
            plan = Plan((*chosen, one))
            in_numbers = broken(numbers.problem, placed(numbers.instance, plan))
            assert (in_numbers == []) is (faults(numbers.instance, plan) == ()), (in_numbers, plan)
            if not in_numbers:
                chosen = plan.assignments


def all_plans(whole: Instance) -> Iterator[Plan]:
    """Every plan that passes the checker: one that is at fault is not made better by more people."""
    yield from _grown(whole, choices(whole), ())


def _grown(whole: Instance, left: list[list[Assignment]], chosen: tuple[Assignment, ...]) -> Iterator[Plan]:
    if not left:
        yield Plan(chosen)
        return
    yield from _grown(whole, left[1:], chosen)
    for one in left[0]:
        if faults(whole, Plan((*chosen, one))) == ():
            yield from _grown(whole, left[1:], (*chosen, one))


def worth(numbers: Compiled, plan: Plan) -> tuple[int, int]:
    filling = sum(numbers.instance.gig[one.gig].priority for one in plan.assignments)
    return filling, sum(worth_by_part(numbers, plan).values())


@settings(max_examples=30, deadline=None)
@given(weeks(2, 3))
def test_the_engine_finds_what_brute_force_over_the_checker_finds(facts):
    numbers = numbers_of(facts)
    solution = planner.plan(numbers.problem, seconds=SECONDS)
    plan = numbers.plan(solution)
    assert faults(numbers.instance, plan) == ()
    assert solution.proven
    assert worth(numbers, plan) == (solution.worth.filling, solution.worth.points)
    assert worth(numbers, plan) == max(worth(numbers, one) for one in all_plans(numbers.instance))


@settings(max_examples=20, deadline=None)
@given(weeks(3, 3), people(7, 3))
def test_one_more_person_never_fills_fewer(facts, newcomer):
    before = planner.plan(numbers_of(facts).problem, seconds=SECONDS)
    more = facts | {"workers": [*facts["workers"], newcomer | {"avoid": []}]}
    after = planner.plan(numbers_of(more).problem, seconds=SECONDS)
    assert before.proven and after.proven
    assert after.worth.filling >= before.worth.filling


@settings(max_examples=30, deadline=None)
@given(weeks())
def test_reasons_speak_for_everybody_who_is_not_placed(facts):
    numbers = numbers_of(facts)
    plan = numbers.plan(planner.plan(numbers.problem, seconds=SECONDS))
    told, whole = Explained(numbers, plan), numbers.instance
    for number, one in enumerate(whole.gigs):
        if not told.open_slots(number):
            continue
        there = {place.worker for place in Drawn(whole, plan).on_gig.get(one.id, ())}
        stopped = sum(count for _code, count in told.reasons(number))
        assert stopped == len(whole.workers) - len(there)
        assert list(told.stand_ins(number)) == []
    for one in plan.assignments:
        assert all(not finding.weight.stops for finding in told.choice(one)[1])
