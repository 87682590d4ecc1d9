"""The best plan there is, by an exact solver: first the most filling, then, among plans that fill as much, the points.

Two runs, never one with a large weight in front of filling: the solver's tolerance is relative, and would trade a point
of filling for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from jobcenter.matching.plan.engines.fixing import FixedDoNotFit
from jobcenter.matching.plan.engines.model import Model, build, decode
from jobcenter.matching.plan.engines.solver import Solver
from jobcenter.matching.plan.engines.worth import worth_of
from jobcenter.matching.plan.problem import Placed, Problem, Worth


@dataclass(frozen=True)
class Finding:
    """What is known so far: the most filling, then for plans that fill so much the most points; a plan."""

    filling: int | None = None
    points: int | None = None
    placed: tuple[Placed, ...] | None = None
    worth: Worth | None = None
    proven: bool = False


Tell = Callable[[Finding], None]
# The most filling that is known to be possible; asked again between steps, as a search may have gone further.
Filled = Callable[[], int]


@dataclass(frozen=True)
class Limits:
    """Until when (of time.monotonic) to go on; whether to look for plans too, or for bounds alone."""

    until: float
    plans: bool = True

    @property
    def left(self) -> float:
        return self.until - time.monotonic()


def solve(problem: Problem, limits: Limits, tell: Tell, filled: Filled) -> None:
    """Tells what it finds until it has proven the best plan, can find no more, or time is up. Raises FixedDoNotFit."""
    model = build(problem)
    filling = _most_filling(problem, model, limits, tell, filled)
    if filling is None or limits.left <= 0:
        return
    solver = Solver(model)
    solver.at_least(model.filling, filling)
    points = {column: points for column, points in enumerate(model.points) if points}
    bound = solver.relax(points, limits.left).bound
    if bound is None:
        return
    tell(Finding(filling, bound))
    if not limits.plans:
        return
    best = solver.solve(points, limits.left, lambda values, _bound: _tell_plan(problem, model, values, tell))
    if best.bound is not None:
        tell(Finding(filling, min(bound, best.bound)))
    if best.values is not None:
        _tell_plan(problem, model, best.values, tell, proven=best.optimal)


def _most_filling(problem: Problem, model: Model, limits: Limits, tell: Tell, filled: Filled) -> int | None:
    """The most that can be filled; None when that was not found out in time."""
    solver = Solver(model)
    relaxed = solver.relax(model.filling, limits.left)
    if not relaxed.feasible:
        raise FixedDoNotFit
    if relaxed.bound is None:
        return None
    tell(Finding(relaxed.bound))
    if filled() >= relaxed.bound or not limits.plans:
        return min(relaxed.bound, filled())
    best = solver.solve(model.filling, limits.left, lambda values, _bound: _tell_plan(problem, model, values, tell))
    if not best.feasible:
        raise FixedDoNotFit
    if best.values is not None:
        _tell_plan(problem, model, best.values, tell)
    if best.bound is None:
        return None
    tell(Finding(min(relaxed.bound, best.bound)))
    return best.bound if best.optimal else None


def _tell_plan(problem: Problem, model: Model, values: object, tell: Tell, *, proven: bool = False) -> None:
    placed = decode(model, problem, values)
    tell(Finding(placed=placed, worth=worth_of(problem, placed), proven=proven))
