"""Whole weeks of people: the best at any worth, bounds at any prices, seats, against trying everything."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import chain, combinations
from random import Random

import numpy as np
import pytest

from jobcenter.matching.plan.engines import exact
from jobcenter.matching.plan.engines.blending import Blending
from jobcenter.matching.plan.engines.descent import Descent
from jobcenter.matching.plan.engines.exact import Finding, Limits
from jobcenter.matching.plan.engines.market import Market
from jobcenter.matching.plan.engines.model import build_shared
from jobcenter.matching.plan.engines.pricing import Pricer
from jobcenter.matching.plan.engines.seating import seat_on
from jobcenter.matching.plan.engines.solver import whole
from jobcenter.matching.plan.engines.state import NOBODY, State
from jobcenter.matching.plan.engines.tables import Tables, lay_out
from jobcenter.matching.plan.engines.ways import TooManyWays, all_ways
from jobcenter.matching.plan.engines.worth import broken, worth_of
from jobcenter.matching.plan.problem import Gig, Problem, Room, Support, Worker
from tests.unit.matching.test_plan_engines import case, tiny

SEEDS = range(8)


def weeks_of(tables: Tables, worker: int) -> list[tuple[int, ...]]:
    """All that one person can have, by the rules of a state."""
    pairs = tables.pairs_of[worker]
    return [
        chosen
        for chosen in chain.from_iterable(combinations(pairs, count) for count in range(len(pairs) + 1))
        if holds(tables, chosen)
    ]


def holds(tables: Tables, chosen: tuple[int, ...]) -> bool:
    state = State(replace(tables, needs=[False] * len(tables.needs)))
    for pair in chosen:
        if not state.fits(pair):
            return False
        state.place(pair, NOBODY)
    return True


def net(tables: Tables, worker: int, chosen: tuple[int, ...], worth: list[float]) -> float:
    minutes = sum(tables.minutes[tables.gig[pair]] for pair in chosen)
    return sum(worth[pair] for pair in chosen) - tables.costs[worker][minutes]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_week_at_any_worth_is_found(seed: int):
    problem = tiny(seed, gigs=7, workers=4)
    tables, random = lay_out(problem), Random(seed)
    pricer = Pricer(tables, all_ways(problem, tables))
    for _round in range(3):
        worth = [random.uniform(-500, 1_500) for _pair in tables.gig]
        nets = pricer.look(np.array(worth))
        weeks = pricer.weeks(pricer.taken())
        for worker, week in enumerate(weeks):
            best = max(net(tables, worker, chosen, worth) for chosen in weeks_of(tables, worker))
            assert nets[worker] == pytest.approx(best)
            assert net(tables, worker, week.pairs, worth) == pytest.approx(best)


def test_every_week_has_the_locked_places():
    problem = tiny(3, gigs=7, workers=4)
    tables = lay_out(problem)
    locked = frozenset(tables.pairs_of[1][:1])
    pricer = Pricer(tables, all_ways(problem, tables, locked))
    pricer.look(np.full(len(tables.gig), -100.0))
    assert [week.pairs for week in pricer.weeks(pricer.taken())] == [(), tuple(locked), (), ()]


def test_too_many_weeks_are_not_written_down_and_bounded_plainly():
    chain_of_gigs = [frozenset(other for other in (gig - 1, gig + 1) if 0 <= other < 40) for gig in range(40)]
    problem = Problem(tuple(Gig(1, 1, 60, {0: 1}, clashes) for clashes in chain_of_gigs), (Worker(),))
    with pytest.raises(TooManyWays):
        Blending(problem)
    found: list[Finding] = []
    limits = Limits(time.monotonic() + 30, most=20, proves=False, weeks=True)
    exact.solve(problem, limits, found.append, lambda: 20)
    assert min(finding.points for finding in found if finding.points is not None) == 20


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("supports", [True, False])
def test_no_plan_is_worth_more_than_any_prices_say(seed: int, supports: bool):
    problem, told = case(seed)
    [best] = [finding.worth for finding in told if finding.proven]
    tables, random = lay_out(problem), np.random.default_rng(seed)
    pricer = Pricer(tables, all_ways(problem, tables))
    market = Market(tables, build_shared(problem, supports=supports), pricer)
    filling = Market(tables, build_shared(problem, supports=supports), pricer, filling=True)
    market.missing = market.widest - best.filling
    for _round in range(20):
        prices = random.uniform(-400, 800, len(market.rows))
        assert market.bound(market.proper(prices)) >= best.points - 1e-6
        assert filling.bound(filling.proper(prices / 100)) >= best.filling - 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_prices_only_bring_the_bound_down_and_repeat_themselves(seed: int):
    problem, _told = case(seed)
    tables = lay_out(problem)
    market = Market(tables, build_shared(problem), Pricer(tables, all_ways(problem, tables)))
    ways = []
    for _time in range(2):
        descent = Descent(market, market.first_prices())
        bounds = [descent.bound]
        for _step in range(40):
            descent.step()
            bounds.append(descent.bound)
        assert bounds == sorted(bounds, reverse=True) and bounds[-1] < bounds[0]
        ways.append(bounds)
    assert ways[0] == ways[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_blend_bounds_and_its_plans_hold(seed: int):
    problem, told = case(seed)
    [best] = [finding.worth for finding in told if finding.proven]
    until = time.monotonic() + 30
    blending = Blending(problem)
    bounds = [*blending.descend(best.filling), *blending.blend(best.filling, until)]
    plans = []
    blending.plans(until, plans.append)
    nearer = [*blending.blend_with_supports(best.filling, until)]
    blending.plans(until, plans.append)
    assert min([*bounds, *nearer]) >= best.points
    assert min([*nearer, *bounds]) == whole(blending.bound)
    assert blending.most_filling(until) >= best.filling
    assert len(plans) >= 2 and not any(broken(problem, placed) for placed in plans)
    assert max(worth_of(problem, placed) for placed in plans) <= best


def test_whoever_could_have_somebody_else_beside_them_makes_a_seat_free():
    """The first support person can go to both gigs, which are at one time in two places; the second to one of them."""
    both, first = frozenset({0, 1}), frozenset({0})
    problem = Problem(
        gigs=(
            Gig(1, 1, 60, {0: 1}, clashes=frozenset({1}), places=frozenset({1})),
            Gig(1, 1, 60, {1: 1}, clashes=first, places=first),
        ),
        workers=(Worker(needs_support=True), Worker(needs_support=True)),
        supports=(Support(both, (Room(both, 1),)), Support(first, (Room(first, 1),))),
    )
    tables = lay_out(problem)
    state = State(tables)
    state.place(0, tables.seat[0, 0])
    assert seat_on(state, 1, frozenset({0})) == NOBODY
    assert state.seat_of[0] == tables.seat[0, 0]
    assert seat_on(state, 1, frozenset()) == tables.seat[0, 1]
    assert state.seat_of[0] == tables.seat[1, 0]


def test_nobody_is_moved_when_the_seat_does_not_become_free():
    """Two people are beside the only one who could come to the other gig, and somebody else has room for one."""
    both, first = frozenset({0, 1}), frozenset({0})
    problem = Problem(
        gigs=(
            Gig(2, 1, 60, {0: 1, 2: 1}, clashes=frozenset({1}), places=frozenset({1})),
            Gig(1, 1, 60, {1: 1}, clashes=first, places=first),
        ),
        workers=(Worker(needs_support=True),) * 3,
        supports=(Support(both, (Room(both, 2),)), Support(first, (Room(first, 1),))),
    )
    tables = lay_out(problem)
    state = State(tables)
    for worker in (0, 2):
        state.place(tables.pair[0, worker], tables.seat[0, 0])
    before = dict(state.seat_of)
    assert seat_on(state, 1, frozenset()) == NOBODY
    assert state.seat_of == before
