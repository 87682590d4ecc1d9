"""The best plan there is, by an exact solver: first the most filling, then, among plans that fill as much, the points.

Two runs, never one with a large weight in front of filling: the solver's tolerance is relative, and would trade a point
of filling for it. Each begins with a relaxation, in which places may be shared out in parts: that gives a bound soon.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from jobcenter.matching.plan.engines.blending import Blending
from jobcenter.matching.plan.engines.fixing import FixedDoNotFit
from jobcenter.matching.plan.engines.model import Model, build, decode
from jobcenter.matching.plan.engines.solver import Outcome, Solver, Stops, never
from jobcenter.matching.plan.engines.ways import TooManyWays
from jobcenter.matching.plan.engines.worth import worth_of
from jobcenter.matching.plan.problem import Placed, Problem, Worth

HARDLY = 0.02
# The part of the time that is left in which weeks are blended, where the plainer model is to prove the plan after.
BLENDING = 0.5


@dataclass(frozen=True)
class Finding:
    """What was found. `filling`: no plan fills more. `points`: no plan that fills as much as `fills` has more.

    `shares`: how much of each place (gig, worker) a relaxation would give, for a search to begin from.
    """

    filling: int | None = None
    points: int | None = None
    fills: int = 0
    placed: tuple[Placed, ...] | None = None
    worth: Worth | None = None
    proven: bool = False
    shares: Mapping[tuple[int, int], float] | None = None


Tell = Callable[[Finding], None]
# The most filling that is known to be possible; asked again between steps, as a search may have gone further.
Filled = Callable[[], int]


@dataclass(frozen=True)
class Limits:
    """Until when (of time.monotonic) to go on; a filling that no plan exceeds; `proves`: whether the problem is small
    enough to look for the most filling itself. If not, points are bounded for plans that fill as much as is known.
    `weeks`: whether to look for a plan, and for a nearer bound, by people's whole weeks.
    """

    until: float
    most: int | None = None
    proves: bool = True
    weeks: bool = False

    @property
    def left(self) -> float:
        return self.until - time.monotonic()


def solve(problem: Problem, limits: Limits, tell: Tell, filled: Filled, stops: Stops = never) -> None:
    """Tells what it finds until it has proven the best plan, can find no more, time is up or `stops` says so.

    Raises FixedDoNotFit.
    """
    if limits.weeks:
        part = BLENDING if limits.proves else 1.0
        try:
            by_weeks = ByWeeks(problem, replace(limits, until=time.monotonic() + part * limits.left), tell)
        except TooManyWays:
            limits = replace(limits, weeks=False)
        else:
            limits = replace(limits, most=by_weeks.run(filled))
    if limits.proves or not limits.weeks:
        Exact(problem, limits, tell, stops).run(filled)


class ByWeeks:
    """One problem being blended of people's whole weeks. Raises TooManyWays."""

    def __init__(self, problem: Problem, limits: Limits, tell: Tell) -> None:
        self._problem, self._limits, self._tell = problem, limits, tell
        self._blending = Blending(problem, supports=limits.proves)

    def run(self, filled: Filled) -> int:
        """Filling if it is not known, then bounds of the points and plans. The filling that no plan exceeds."""
        blending = self._blending
        most = blending.widest
        self._bound(blending.descend(most), most)
        if filled() < most:
            most = blending.most_filling(self._limits.until)
            self._tell(Finding(filling=most))
        if most < blending.widest:
            self._bound(blending.descend(most), most)
        self._blend(most)
        if (less := filled()) < most:
            self._bound(blending.descend(less), less)
            self._blend(less)
        return most

    def _blend(self, filling: int) -> None:
        blending, until = self._blending, self._limits.until
        self._bound(blending.blend(filling, until), filling)
        self._tell(Finding(shares=blending.shares()))
        blending.plans(until, self._plan)
        if not self._limits.proves:
            self._bound(blending.blend_with_supports(filling, until), filling)
            blending.plans(until, self._plan)

    def _bound(self, bounds: Iterable[int], filling: int) -> None:
        for bound in bounds:
            self._tell(Finding(points=bound, fills=filling))

    def _plan(self, placed: tuple[Placed, ...]) -> None:
        self._tell(Finding(placed=placed, worth=worth_of(self._problem, placed)))


class Exact:
    """One problem being solved."""

    def __init__(self, problem: Problem, limits: Limits, tell: Tell, stops: Stops) -> None:
        self._problem = problem
        self._limits = limits
        self._tell = tell
        self._stops = stops
        self._model: Model = build(problem)
        self._points = {column: points for column, points in enumerate(self._model.points) if points}

    def run(self, filled: Filled) -> None:
        """Filling, then points."""
        filling = self._most_filling(filled)
        if filling is None or self._limits.left <= 0:
            return
        solver = Solver(self._model, self._stops)
        solver.at_least(self._model.filling, filling)
        relaxed = solver.relax(self._points, self._limits.left)
        if relaxed.bound is None or relaxed.values is None:
            return
        shares = None if self._limits.weeks else self._shares(relaxed.values)
        self._tell(Finding(points=relaxed.bound, fills=filling, shares=shares))
        best = solver.solve(self._points, self._limits.left, self._hear, lambda bound: self._hear_bound(bound, filling))
        self._hear_bound(best.bound, filling)
        self._hear_plan(best, proven=best.optimal and self._limits.proves)

    def _most_filling(self, filled: Filled) -> int | None:
        """How much plans are to fill when points are looked at; None when that was not found out in time."""
        if self._limits.most is not None and filled() >= self._limits.most:
            return filled()
        solver = Solver(self._model, self._stops)
        relaxed = solver.relax(self._model.filling, self._limits.left)
        if not relaxed.feasible:
            raise FixedDoNotFit
        if relaxed.bound is None:
            return None
        self._tell(Finding(filling=relaxed.bound))
        if filled() >= relaxed.bound or not self._limits.proves:
            return filled()
        best = solver.solve(self._model.filling, self._limits.left, self._hear)
        if not best.feasible:
            raise FixedDoNotFit
        self._hear_plan(best)
        self._tell(Finding(filling=best.bound))
        return best.bound if best.optimal else None

    def _shares(self, values: Sequence[float]) -> dict[tuple[int, int], float]:
        return {key: values[column] for key, column in self._model.places.items() if values[column] > HARDLY}

    def _hear(self, values: Sequence[float]) -> None:
        self._hear_placed(decode(self._model, self._problem, values))

    def _hear_placed(self, placed: tuple[Placed, ...]) -> None:
        self._tell(Finding(placed=placed, worth=worth_of(self._problem, placed)))

    def _hear_bound(self, bound: int | None, filling: int) -> None:
        self._tell(Finding(points=bound, fills=filling))

    def _hear_plan(self, best: Outcome, *, proven: bool = False) -> None:
        if best.values is not None:
            placed = decode(self._model, self._problem, best.values)
            self._tell(Finding(placed=placed, worth=worth_of(self._problem, placed), proven=proven))
