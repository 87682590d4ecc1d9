"""Engines against brute force, the Problem's own rules, time and the wish to stop, on small made-up problems."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations
from random import Random

import pytest

from jobcenter.matching.plan.engines import exact, greedy, planner, search
from jobcenter.matching.plan.engines.exact import Finding, Limits
from jobcenter.matching.plan.engines.fixing import FixedDoNotFit, place_fixed
from jobcenter.matching.plan.engines.planner import plan
from jobcenter.matching.plan.engines.state import State
from jobcenter.matching.plan.engines.tables import cost_of, lay_out
from jobcenter.matching.plan.engines.worth import broken, worth_of
from jobcenter.matching.plan.problem import (
    Band,
    Beside,
    Cap,
    FixedPlace,
    Gig,
    Placed,
    Problem,
    Progress,
    Room,
    Solution,
    Support,
    Together,
    Worker,
    Worth,
)

TINY = range(12)
MINUTES = (60, 90, 120, 180)


def tiny(seed: int, *, gigs: int = 4, workers: int = 4) -> Problem:
    """A problem with a bit of everything, small enough to try every plan."""
    random = Random(seed)
    clashes = some_pairs(gigs, random, 0.3)
    minutes = [random.choice(MINUTES) for _gig in range(gigs)]
    made = tuple(
        Gig(
            slots=random.randint(1, 3),
            priority=random.randint(1, 9),
            minutes=minutes[index],
            points={worker: random.randint(-300, 900) for worker in range(workers) if random.random() < 0.8},
            clashes=others(index, clashes),
            places=others(index, {pair for pair in clashes if random.random() < 0.6}),
        )
        for index in range(gigs)
    )
    made = tuple(
        replace(gig, places=gig.places | {i for i in gig.clashes if n in made[i].places}) for n, gig in enumerate(made)
    )
    people = tuple(worker(index, made, random) for index in range(workers))
    return Problem(
        gigs=made,
        workers=people,
        supports=tuple(support(made, clashes, random) for _support in range(2)),
        avoid=frozenset(some_pairs(workers, random, 0.15)),
        together=tuple(Together(one, other, random.randint(1, 400)) for one, other in some_pairs(workers, random, 0.3)),
        beside=tuple(beside(index, gig, random) for index, gig in enumerate(made) if len(gig.points) > 1),
    )


def some_pairs(count: int, random: Random, share: float) -> list[tuple[int, int]]:
    return [pair for pair in combinations(range(count), 2) if random.random() < share]


def others(index: int, pairs: list[tuple[int, int]] | set[tuple[int, int]]) -> frozenset[int]:
    return frozenset(one + other - index for one, other in pairs if index in (one, other))


def worker(index: int, gigs: tuple[Gig, ...], random: Random) -> Worker:
    costs = {number: gig.minutes for number, gig in enumerate(gigs) if index in gig.points}
    limit = random.choice((180, 240, 300))
    cents = {number: minutes * random.randint(15, 20) for number, minutes in costs.items()}
    cheap = random.randint(0, 2)
    return Worker(
        needs_support=random.random() < 0.5,
        caps=tuple(
            Cap(most, spent)
            for most, spent in ((limit, costs), (max([4_000, *cents.values()]), cents))
            if sum(spent.values()) > most
        ),
        bands=(Band(120, cheap), Band(60, cheap + 1), Band(None, cheap + 3)),
        clashes=frozenset(some_pairs(len(gigs), random, 0.1)),
    )


def support(gigs: tuple[Gig, ...], clashes: list[tuple[int, int]], random: Random) -> Support:
    able = frozenset(index for index in range(len(gigs)) if random.random() < 0.7)
    alone = [Room(frozenset({index}), random.randint(1, 2)) for index in sorted(able)]
    shared = [Room(frozenset(pair), 2) for pair in clashes if able.issuperset(pair)]
    return Support(able, (*alone, *shared))


def beside(index: int, gig: Gig, random: Random) -> Beside:
    people = sorted(gig.points)
    random.shuffle(people)
    cut = random.randint(1, len(people) - 1)
    return Beside(index, frozenset(people[:cut]), frozenset(people[cut:]), random.randint(1, 300))


def every_plan(problem: Problem) -> Iterator[tuple[Placed, ...]]:
    """All that may be, one place after the other; what breaks a rule is left at once, for more places mend nothing."""
    choices = [
        Placed(gig, person, support)
        for gig, facts in enumerate(problem.gigs)
        for person in sorted(facts.points)
        for support in (range(len(problem.supports)) if problem.workers[person].needs_support else (None,))
    ]
    yield from grown(problem, (), choices)


def grown(problem: Problem, placed: tuple[Placed, ...], choices: list[Placed]) -> Iterator[tuple[Placed, ...]]:
    yield placed
    for index, choice in enumerate(choices):
        more = (*placed, choice)
        if not broken(replace(problem, fixed=()), more):
            yield from grown(problem, more, choices[index + 1 :])


def solved(problem: Problem) -> list[Finding]:
    found: list[Finding] = []
    exact.solve(problem, Limits(time.monotonic() + 30), found.append, lambda: 0)
    return found


@cache
def case(seed: int) -> tuple[Problem, tuple[Finding, ...]]:
    """A problem too large to try every plan, and all that the exact engine told of it."""
    problem = tiny(seed, gigs=6, workers=6)
    return problem, tuple(solved(problem))


def searched(problem: Problem, seed: int, rounds: int) -> State:
    state = State(lay_out(problem))
    locked = place_fixed(state, problem)
    greedy.fill_all(state, Random(seed))
    search.improve(state, locked, seed=seed, go_on=lambda done, _best: done < rounds)
    return state


@pytest.mark.parametrize("seed", TINY)
def test_the_exact_plan_is_the_best_of_all(seed: int):
    problem = tiny(seed, gigs=3, workers=3 + seed % 2)
    best = max((placed for placed in every_plan(problem)), key=lambda placed: worth_of(problem, placed))
    proven = [finding for finding in solved(problem) if finding.proven]
    assert [finding.worth for finding in proven] == [worth_of(problem, best)]
    assert not broken(problem, proven[0].placed)


@pytest.mark.parametrize("seed", TINY)
def test_the_search_never_breaks_a_rule_nor_passes_the_best(seed: int):
    problem, told = case(seed)
    found = searched(problem, seed, rounds=300)
    [proven] = [finding for finding in told if finding.proven]
    assert not broken(problem, found.placed())
    assert found.worth() == worth_of(problem, found.placed())
    assert found.worth() <= proven.worth
    assert found.filling >= 0.9 * proven.worth.filling


@pytest.mark.parametrize("seed", TINY)
def test_bounds_are_never_below_what_is_possible(seed: int):
    problem, found = case(seed)
    [proven] = [finding for finding in found if finding.proven]
    assert all(finding.filling is None or finding.filling >= proven.worth.filling for finding in found)
    assert all(finding.points is None or finding.points >= proven.worth.points for finding in found)
    widest = planner.widest_bound(lay_out(problem))
    assert widest.filling >= proven.worth.filling and widest.points >= proven.worth.points


@pytest.mark.parametrize("seed", range(8))
def test_one_more_person_never_fills_less(seed: int):
    more = tiny(seed, gigs=6, workers=6)
    new = len(more.workers) - 1
    fewer = replace(
        more,
        gigs=tuple(replace(gig, points={one: it for one, it in gig.points.items() if one != new}) for gig in more.gigs),
        workers=(*more.workers[:new], Worker()),
        beside=(),
        together=(),
    )
    with_them, without = plan(more, seconds=20), plan(fewer, seconds=20)
    assert with_them.proven and without.proven
    assert with_them.worth.filling >= without.worth.filling


def test_the_same_seed_walks_the_same_way():
    problem = tiny(5, gigs=12, workers=10)
    assert searched(problem, 7, rounds=500).placed() == searched(problem, 7, rounds=500).placed()


def test_a_proven_plan_is_the_same_each_time():
    problem = tiny(8, gigs=7, workers=7)
    first, second = plan(problem, seconds=20, seed=3), plan(problem, seconds=20, seed=3)
    assert first.proven
    assert (first.placed, first.worth) == (second.placed, second.worth)


def test_filling_is_never_traded_for_points():
    """One place more at priority 1 is worth more than any points that it costs."""
    problem = Problem(
        gigs=(
            Gig(1, 1, 60, {0: 0, 1: 9_000_000}, clashes=frozenset({1})),
            Gig(1, 1, 60, {1: -9_000_000}, frozenset({0})),
        ),
        workers=(Worker(), Worker()),
    )
    assert plan(problem, seconds=20).worth == Worth(2, -9_000_000)


def test_fixed_places_stand_even_where_others_would_be_better():
    problem = Problem(
        gigs=(Gig(1, 1, 60, {0: 100, 1: 500}),),
        workers=(Worker(needs_support=True), Worker()),
        supports=(
            Support(frozenset({0}), (Room(frozenset({0}), 1),)),
            Support(frozenset({0}), (Room(frozenset({0}), 1),)),
        ),
        fixed=(FixedPlace(0, 0, 1),),
    )
    found = plan(problem, seconds=20)
    assert found.proven
    assert found.placed == (Placed(0, 0, 1),)


@pytest.mark.parametrize(
    "fixed",
    [
        (FixedPlace(0, 0), FixedPlace(1, 0)),
        (FixedPlace(0, 0), FixedPlace(0, 1)),
        (FixedPlace(0, 2),),
        (FixedPlace(1, 1, 0),),
    ],
)
def test_fixed_places_that_cannot_be_held_together_are_refused(fixed: tuple[FixedPlace, ...]):
    problem = Problem(
        gigs=(Gig(1, 1, 60, {0: 1, 1: 1}, clashes=frozenset({1})), Gig(1, 1, 60, {0: 1, 1: 1}, clashes=frozenset({0}))),
        workers=(Worker(), Worker(needs_support=True), Worker()),
        supports=(Support(frozenset({0}), (Room(frozenset({0}), 1),)),),
        fixed=fixed,
    )
    with pytest.raises(FixedDoNotFit):
        plan(problem, seconds=20)


def test_support_for_fixed_places_is_found_by_stepping_back():
    """The first person could have either support person, the second only one of them."""
    everywhere, first_only = frozenset({0, 1}), frozenset({0})
    gig = Gig(1, 1, 60, {0: 1, 1: 1})
    problem = Problem(
        gigs=(
            replace(gig, clashes=frozenset({1}), places=frozenset({1})),
            replace(gig, clashes=first_only, places=first_only),
        ),
        workers=(Worker(needs_support=True), Worker(needs_support=True)),
        supports=(
            Support(first_only, (Room(first_only, 1),)),
            Support(everywhere, (Room(first_only, 1), Room(frozenset({1}), 1))),
        ),
        fixed=(FixedPlace(0, 0), FixedPlace(1, 1)),
    )
    assert plan(problem, seconds=20).placed == (Placed(0, 0, 0), Placed(1, 1, 1))


@pytest.mark.parametrize("seed", TINY)
def test_weeks_never_pass_the_best_nor_bound_below_it(seed: int):
    problem, told = case(seed)
    [proven] = [finding for finding in told if finding.proven]
    limits = Limits(time.monotonic() + 30, most=proven.worth.filling, proves=False, weeks=True)
    found: list[Finding] = []
    exact.solve(problem, limits, found.append, lambda: proven.worth.filling)
    bounds = [finding.points for finding in found if finding.points and finding.fills <= proven.worth.filling]
    assert bounds and min(bounds) >= proven.worth.points
    assert all(finding.filling is None or finding.filling >= proven.worth.filling for finding in found)
    plans = [finding for finding in found if finding.placed is not None]
    assert plans
    assert not any(broken(problem, finding.placed) for finding in plans)
    assert all(finding.worth == worth_of(problem, finding.placed) <= proven.worth for finding in plans)


def test_a_bound_of_points_counts_for_plans_that_fill_as_much():
    """Fewer places may be worth more points; so a bound waits until there is a plan that fills what it asks for."""
    run = planner.Run(began=time.monotonic(), seconds=60, watch=planner.go_on, bound=Worth(10, 900))
    run.keep((), Worth(8, 700), "search")
    run.learn(Finding(points=650, fills=9))
    assert run.bound == Worth(10, 900)
    run.learn(Finding(points=800, fills=8))
    assert run.bound == Worth(10, 800)
    run.keep((), Worth(9, 600), "search")
    assert run.bound == Worth(10, 650)


def test_a_plan_of_very_many_places_grows_better_from_the_first_rounds_on():
    """A walk that began wildly would lose first come's plan, and had no time to find back."""
    random = Random(1)
    gigs = tuple(
        Gig(10, 1, 60, {worker: random.randint(0, 900) for worker in random.sample(range(200), 20)})
        for _gig in range(160)
    )
    band = (Band(60, 1), Band(240, 4), Band(None, 9))
    state = State(lay_out(Problem(gigs, (Worker(bands=band),) * 200)))
    greedy.fill_all(state, Random(1))
    walk = search.Walk(state, frozenset(), Random(1))
    first = walk.best
    for _round in range(900):
        walk.step()
    assert walk.best.filling == first.filling
    assert walk.best.points > 1.017 * first.points


def test_first_come_hears_the_wish_to_stop():
    problem = tiny(3, gigs=30, workers=20)
    assert plan(problem, seconds=60, watch=lambda _progress: False).placed == ()


def test_the_solver_hears_the_wish_to_stop():
    found: list[Finding] = []
    exact.solve(tiny(3, gigs=14, workers=14), Limits(time.monotonic() + 60), found.append, lambda: 0, lambda: True)
    assert not any(finding.proven for finding in found)


def large(seed: int) -> Problem:
    return tiny(seed, gigs=60, workers=60)


def timed(problem: Problem, **how: object) -> tuple[Solution, float]:
    began = time.monotonic()
    return plan(problem, **how), time.monotonic() - began


def test_the_time_limit_is_kept_with_the_best_so_far():
    solution, seconds = timed(large(1), seconds=1.0)
    assert solution.placed and not broken(large(1), solution.placed)
    assert seconds < 4.0


def test_a_watch_that_says_no_stops_the_work():
    heard: list[Progress] = []

    def until_three(progress: Progress) -> bool:
        heard.append(progress)
        return len(heard) < 3

    solution, seconds = timed(large(2), seconds=60.0, watch=until_three)
    assert solution.worth == heard[-1].best
    assert seconds < 10.0


def test_nothing_to_plan_is_a_plan():
    assert plan(Problem((), ()), seconds=5).worth == Worth(0, 0)
    assert plan(Problem((Gig(2, 1, 60, {}),), ()), seconds=5).proven


def test_minutes_cost_by_the_bands_that_they_reach():
    bands = (Band(60, 1), Band(60, 2), Band(None, 5))
    assert [cost_of(bands, minutes) for minutes in (0, 30, 60, 90, 120, 150)] == [0, 30, 60, 120, 180, 330]
