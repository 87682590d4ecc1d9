"""HiGHS behind a few words: a model, what to maximise, a time limit. One thread, so that a run repeats itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import highspy
import numpy as np

from jobcenter.matching.plan.engines.model import Model, Row

# Worth is whole, so a solution less than this below the bound is the best there is.
NEARER_THAN_ONE = 0.9
ROUNDING = 1e-7

Told = Callable[[Sequence[float]], None]
ToldBound = Callable[[int], None]


@dataclass(frozen=True)
class Outcome:
    """`values` None: nothing found in time. `bound` None: not known in time. `optimal`: nothing is better."""

    values: Sequence[float] | None
    bound: int | None
    optimal: bool
    feasible: bool = True


class Solver:
    """One model, maximised for one thing after another; rows may be added in between."""

    def __init__(self, model: Model) -> None:
        self._columns = np.arange(len(model.upper), dtype=np.int32)
        self._kinds = [highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
                       for whole in model.whole]  # fmt: skip
        self._highs = highs = highspy.Highs()
        for option, value in {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0}.items():
            highs.setOptionValue(option, value)
        highs.setOptionValue("mip_abs_gap", NEARER_THAN_ONE)
        lower = np.zeros(len(model.upper))
        lower[list(model.lower)] = list(model.lower.values())
        highs.addVars(len(lower), lower, np.array(model.upper, dtype=float))
        highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._add(model.rows)

    def at_least(self, terms: Mapping[int, int], least: int) -> None:
        """Asks for a sum of at least this."""
        self._add([Row(list(terms.items()), None, least)])

    def relax(self, worth: Mapping[int, int], seconds: float) -> Outcome:
        """The most that is possible when places may be shared out in parts: a bound, known only when it is finished."""
        self._prepare(worth, seconds, whole=False)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            return Outcome(None, None, False, status != highspy.HighsModelStatus.kInfeasible)
        return Outcome(
            self._highs.getSolution().col_value, _whole(self._highs.getInfo().objective_function_value), False
        )

    def solve(
        self, worth: Mapping[int, int], seconds: float, told: Told, told_bound: ToldBound | None = None
    ) -> Outcome:
        """The best whole solution within the time. Each better solution is told, and how the bound comes down."""
        self._prepare(worth, seconds, whole=True)
        self._highs.cbMipImprovingSolution.clear()
        self._highs.cbMipImprovingSolution += lambda event: told(list(event.data_out.mip_solution))
        if told_bound is not None:
            self._highs.cbMipLogging += lambda event: _tell_bound(event.data_out.mip_dual_bound, told_bound)
        self._highs.run()
        status, info = self._highs.getModelStatus(), self._highs.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Outcome(None, None, False, feasible=False)
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        bound = _whole(info.mip_dual_bound) if math.isfinite(info.mip_dual_bound) else None
        optimal = found and bound is not None and bound < info.objective_function_value + NEARER_THAN_ONE
        return Outcome(self._highs.getSolution().col_value if found else None, bound, optimal)

    def _prepare(self, worth: Mapping[int, int], seconds: float, *, whole: bool) -> None:
        highs, columns = self._highs, self._columns
        costs = np.zeros(len(columns))
        costs[list(worth)] = list(worth.values())
        highs.changeColsCost(len(columns), columns, costs)
        kinds = self._kinds if whole else [highspy.HighsVarType.kContinuous] * len(columns)
        highs.changeColsIntegrality(len(columns), columns, np.array(kinds))
        highs.setOptionValue("time_limit", highs.getRunTime() + max(0.0, seconds))

    def _add(self, rows: Sequence[Row]) -> None:
        none = highspy.kHighsInf
        starts = [0, *accumulate(len(row.terms) for row in rows)]
        self._highs.addRows(
            len(rows),
            np.array([-none if row.lower is None else row.lower for row in rows], dtype=float),
            np.array([none if row.upper is None else row.upper for row in rows], dtype=float),
            starts[-1],
            np.array(starts[:-1], dtype=np.int32),
            np.array([column for row in rows for column, _factor in row.terms], dtype=np.int32),
            np.array([factor for row in rows for _column, factor in row.terms], dtype=float),
        )


def _tell_bound(bound: float, told: ToldBound) -> None:
    if math.isfinite(bound):
        told(_whole(bound))


def _whole(bound: float) -> int:
    """The whole worth that a bound leaves possible: worth is whole, the solver's arithmetic is not."""
    return math.floor(bound + ROUNDING * max(1.0, abs(bound)))
