"""Plans of made-up weeks: how soon there is one, how near it comes to the bound, and what plainer ways make of it.

    python -m benchmarks.plans [--sizes pilot "city week"] [--seeds 1 2] [--seconds 60]

Beside the planner stand first come first served, and the assignment problem (scipy, if it is installed: it is none of
the dependencies) solved round after round, which knows one gig per person and round and learns of hours, clashes and
support persons only between rounds. All get the same instances, and every plan is checked.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

import numpy as np

from benchmarks.plan_instances import SIZES, Facts, make
from jobcenter.exchange.planfile import read_instance
from jobcenter.matching.plan.compiling import compiled
from jobcenter.matching.plan.engines import greedy
from jobcenter.matching.plan.engines.planner import plan
from jobcenter.matching.plan.engines.recreate import pick
from jobcenter.matching.plan.engines.state import NOBODY, State
from jobcenter.matching.plan.engines.tables import lay_out
from jobcenter.matching.plan.engines.worth import broken, worth_of
from jobcenter.matching.plan.problem import Placed, Problem, Progress, Worth

try:
    from scipy.optimize import linear_sum_assignment
except ImportError:
    linear_sum_assignment = None

Placing = tuple[Placed, ...]
ONE_IN_A_HUNDRED = 0.99


@dataclass
class Diary:
    """What the planner said on its way."""

    said: list[Progress] = field(default_factory=list)

    def __call__(self, progress: Progress) -> bool:
        self.said.append(progress)
        return True

    def first(self, holds: Callable[[Worth], bool]) -> str:
        """When the best plan first was so."""
        found = (said.seconds for said in self.said if said.best is not None and holds(said.best))
        return next((f"{seconds:.1f} s" for seconds in found), "not")


def main() -> None:
    """Prints a table for each instance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=["pilot", "city week", "region"], choices=list(SIZES))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1])
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    for name in asked.sizes:
        for seed in asked.seeds:
            _measure(name, seed, asked.seconds)


def _measure(name: str, seed: int, seconds: float) -> None:
    facts = make(SIZES[name], seed)
    instance = read_instance(json.dumps(facts))
    began = time.process_time()
    problem = compiled(instance).problem
    places = sum(len(gig.points) for gig in problem.gigs)
    print(f"\n{name}, seed {seed}: {places} ways to place somebody, made in {time.process_time() - began:.1f} s")
    print("| way | filled | slots | points | Gini of hours | wishes met | time | processor |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for way, placed, passed, processor in _ways(problem):
        _row(way, facts, problem, placed, (passed, processor))
    diary, spent = Diary(), _processor()
    found = plan(problem, seconds=seconds, seed=seed, watch=diary)
    _row(f"ours ({found.engine})", facts, problem, found.placed, (found.seconds, _processor() - spent))
    _tell(found.worth, found.bound, diary)


def _tell(worth: Worth, bound: Worth | None, diary: Diary) -> None:
    assert bound is not None
    most, best = bound.filling, bound.points
    print(f"bound {bound.filling} filling, {bound.points} points; proven: {worth == bound}")
    print(f"filling {_below(worth.filling, most)} below its bound, points {_below(worth.points, best)} below theirs")
    print("first plan:", diary.first(lambda _worth: True))
    print("filling within 1 %:", diary.first(lambda worth: worth.filling >= ONE_IN_A_HUNDRED * most))
    near = diary.first(lambda worth: worth.filling == most and worth.points >= ONE_IN_A_HUNDRED * best)
    print("points within 1 % too:", near, "; proof:", f"{diary.said[-1].seconds:.1f} s" if worth == bound else "not")
    print(f"most memory: {_memory(resource.RUSAGE_SELF)} MB, solver {_memory(resource.RUSAGE_CHILDREN)} MB")


def _ways(problem: Problem) -> Iterator[tuple[str, Placing, float, float]]:
    ways: list[tuple[str, Callable[[State], None]]] = [("first come", lambda state: greedy.fill_all(state, Random(1)))]
    if linear_sum_assignment is not None:
        ways.append(("assignment in rounds", _in_rounds))
    for way, fill in ways:
        began, spent = time.monotonic(), _processor()
        state = State(lay_out(problem))
        fill(state)
        yield way, state.placed(), time.monotonic() - began, _processor() - spent


def _in_rounds(state: State) -> None:
    """Everybody at most one more place a round, chosen for the best sum; until a round places nobody."""
    tables = state.tables
    scale = 2 * max(map(abs, tables.upper), default=1)
    placed = True
    while placed:
        slots = [gig for gig, count in enumerate(state.open) for _slot in range(count)]
        worth = np.zeros((len(tables.needs), len(slots)))
        for column, gig in enumerate(slots):
            for pair in tables.pairs_on[gig]:
                if state.fits(pair):
                    worth[tables.worker[pair], column] = tables.priority[gig] * scale + state.gain(pair)
        placed = False
        for worker, column in zip(*linear_sum_assignment(worth, maximize=True), strict=True):
            if worth[worker, column]:
                placed |= _place(state, tables.pair[slots[column], int(worker)])


def _place(state: State, pair: int) -> bool:
    tables = state.tables
    seats = state.seats(tables.gig[pair]) if tables.needs[tables.worker[pair]] else [NOBODY]
    if not seats or not state.fits(pair):
        return False
    state.place(pair, pick(seats, Random(pair)))
    return True


def _row(way: str, facts: Facts, problem: Problem, placed: Placing, took: tuple[float, float]) -> None:
    assert not broken(problem, placed)
    worth = worth_of(problem, placed)
    wishes = f"{100 * _wishes_met(facts, placed):.0f} %"
    print(
        f"| {way} | {worth.filling} | {len(placed)} | {worth.points} | {_gini(facts, problem, placed):.3f} | {wishes} "
        f"| {took[0]:.1f} s | {took[1]:.1f} s |",
        flush=True,
    )


def _wishes_met(facts: Facts, placed: Placing) -> float:
    """Of the places, how many are in an area that the person wished for."""
    met = [facts["gigs"][one.gig]["area"] in facts["workers"][one.worker]["wishes"]["areas"] for one in placed]
    return sum(met) / max(1, len(met))


def _gini(facts: Facts, problem: Problem, placed: Placing) -> float:
    """How unevenly hours, lately and planned, are shared among those who could be placed at all: 0 is evenly."""
    planned: Counter[int] = Counter()
    for one in placed:
        planned[one.worker] += problem.gigs[one.gig].minutes
    able = {worker for gig in problem.gigs for worker in gig.points}
    hours = sorted(facts["workers"][worker]["recent_hours"] * 60 + planned[worker] for worker in able)
    total = sum(hours)
    return sum((2 * rank - len(hours) - 1) * each for rank, each in enumerate(hours, 1)) / max(1, total * len(hours))


def _below(value: int, bound: int) -> str:
    return f"{100 * (1 - value / bound):.2f} %" if bound else "0 %"


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _memory(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


if __name__ == "__main__":
    main()
