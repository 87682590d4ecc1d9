"""Makes a plan within a time: a first one at once, the best one where it can be proven, else the best found.

Small problems are solved exactly. For larger ones a search walks in this process while another blends people's whole
weeks: that gives the bound, and better plans, from which the search walks on. Measured in `benchmarks/plans.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from jobcenter.matching.plan.engines import exact, greedy, search
from jobcenter.matching.plan.engines.aside import Aside
from jobcenter.matching.plan.engines.exact import Finding, Limits
from jobcenter.matching.plan.engines.fixing import place_fixed
from jobcenter.matching.plan.engines.state import NOBODY, State
from jobcenter.matching.plan.engines.tables import Tables, lay_out
from jobcenter.matching.plan.problem import Placed, Problem, Progress, Solution, Worth

Watch = Callable[[Progress], bool]

# Up to so many pairs of a gig and a person the solver proves the best plan before another process would have begun.
AT_ONCE_PAIRS, AT_ONCE_SECONDS = 600, 2.0
# Up to so many pairs the solver is let prove a plan; beyond, it is there for bounds and plans that come near to them.
PROVEN_PAIRS = 4_000
# Beyond so many pairs even the weeks of one day are too many, and the search is alone.
BLENDED_PAIRS = 100_000
ROUNDS_A_LOOK = 16
SECONDS_A_WORD = 0.25


def go_on(_progress: Progress) -> bool:
    """A watch that never stops."""
    return True


def plan(problem: Problem, *, seconds: float, seed: int = 0, watch: Watch = go_on) -> Solution:
    """The best plan found within the time.

    `watch` hears of the progress a few times a second and stops the work by answering False. What was proven is the
    same plan for the same seed, however fast the machine is. Raises FixedDoNotFit.
    """
    run = Run(began=time.monotonic(), seconds=seconds, watch=watch)
    tables = lay_out(problem)
    state = State(tables)
    locked = place_fixed(state, problem)
    run.bound = widest_bound(tables)
    greedy.fill_all(state, Random(seed), run.goes_on)
    run.keep(state.placed(), state.worth(), "first come")
    run.finished = run.best == run.bound
    if run.goes_on() and len(tables.gig) <= AT_ONCE_PAIRS:
        _solve_at_once(problem, run)
    if run.goes_on():
        walk = search.Walk(state, locked, Random(seed))
        if len(tables.gig) <= BLENDED_PAIRS:
            _search_and_solve(problem, run, tables, walk)
        else:
            _search(run, walk)
    return run.solution()


def widest_bound(tables: Tables) -> Worth:
    """What needs no solver to be known: all places filled, each with whoever would add most if they were alone."""
    filling = points = 0
    for gig, pairs in enumerate(tables.pairs_on):
        filling += tables.priority[gig] * min(tables.slots[gig], len(pairs))
        points += sum(max(0, tables.upper[pair]) for pair in pairs[: tables.slots[gig]])
    return Worth(filling, points)


@dataclass
class Run:
    """What is known while a plan is made: the best plan, the bound, the time."""

    began: float
    seconds: float
    watch: Watch
    bound: Worth = field(default=Worth(0, 0))
    best: Worth | None = None
    placed: tuple[Placed, ...] = ()
    engine: str = ""
    finished: bool = False
    stopped: bool = False
    _told: float = 0.0
    _bounds: list[tuple[int, int]] = field(default_factory=list)

    @property
    def passed(self) -> float:
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        return self.seconds - self.passed

    def keep(self, placed: tuple[Placed, ...], worth: Worth, engine: str) -> None:
        """Keeps the plan if it is better than the best."""
        if self.best is None or worth > self.best:
            self.placed, self.best, self.engine = placed, worth, engine
            self._narrow()

    def learn(self, finding: Finding) -> None:
        """Takes over what the solver found; its proven plan is kept even beside an equal one, for it repeats itself."""
        if finding.filling is not None:
            self.bound = Worth(min(self.bound.filling, finding.filling), self.bound.points)
        if finding.points is not None:
            self._bounds.append((finding.fills, finding.points))
        if finding.placed is not None and finding.worth is not None:
            if finding.proven:
                self.best, self.bound, self.finished = None, finding.worth, True
            self.keep(finding.placed, finding.worth, "exact")
        self._narrow()

    def _narrow(self) -> None:
        """Takes over the bounds of points that hold for all plans which fill as much as the best does."""
        if self.best is not None:
            held = [points for fills, points in self._bounds if fills <= self.best.filling]
            self.bound = Worth(self.bound.filling, min([self.bound.points, *held]))

    def goes_on(self) -> bool:
        """Whether there is anything left to do, and time for it; tells the watch."""
        if self.finished or self.stopped or self.left <= 0:
            return False
        if self.passed - self._told >= SECONDS_A_WORD or not self._told:
            self._told = self.passed
            self.stopped = not self.watch(Progress(self.best, self.bound, self.passed))
        return not self.stopped

    def solution(self) -> Solution:
        """What was found; the watch hears of it once more."""
        assert self.best is not None
        self.watch(Progress(self.best, self.bound, self.passed))
        return Solution(self.placed, self.best, self.bound, self.passed, self.engine)


def _solve_at_once(problem: Problem, run: Run) -> None:
    limits = Limits(time.monotonic() + min(run.left, AT_ONCE_SECONDS))
    exact.solve(problem, limits, run.learn, lambda: 0, lambda: not run.goes_on())


def _search(run: Run, walk: search.Walk) -> None:
    while run.goes_on():
        _walk(run, walk)
        run.finished = run.best == run.bound


def _search_and_solve(problem: Problem, run: Run, tables: Tables, walk: search.Walk) -> None:
    proves = len(tables.gig) <= PROVEN_PAIRS
    with Aside(problem, run.left, run.bound.filling, proves=proves) as aside:
        while run.goes_on():
            _walk(run, walk)
            for finding in aside.heard():
                run.learn(finding)
                if finding.shares is not None:
                    walk.go_from(_shared_out(problem, tables, finding.shares), search.MILD)
                if finding.placed is not None and finding.worth == run.best:
                    walk.go_from(_as_placed(tables, finding.placed), search.FINE)
            assert run.best is not None
            aside.say_filled(run.best.filling)
            if run.best == run.bound and (aside.done or not proves):
                run.finished = True


def _walk(run: Run, walk: search.Walk) -> None:
    for _round in range(ROUNDS_A_LOOK):
        walk.step()
    if run.best is None or walk.best > run.best:
        run.keep(walk.placed(), walk.best, "search")


def _shared_out(problem: Problem, tables: Tables, shares: Mapping[tuple[int, int], float]) -> State:
    state = State(tables)
    place_fixed(state, problem)
    greedy.by_shares(state, shares, Random(0))
    return state


def _as_placed(tables: Tables, placed: tuple[Placed, ...]) -> State:
    state = State(tables)
    for place in placed:
        seat = NOBODY if place.support is None else tables.seat[place.support, place.gig]
        state.place(tables.pair[place.gig, place.worker], seat)
    return state
