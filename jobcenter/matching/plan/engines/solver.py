"""HiGHS behind a few words: a model, what to maximise, a time limit. One thread, so that a run repeats itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import highspy
import numpy as np
from numpy.typing import NDArray

from jobcenter.matching.plan.engines.model import Model, Row

# Worth is whole, so a solution less than this below the bound is the best there is.
NEARER_THAN_ONE = 0.9
ROUNDING = 1e-7

Told = Callable[[Sequence[float]], None]
ToldBound = Callable[[int], None]
Stops = Callable[[], bool]


def never() -> bool:
    """Goes on until time is up."""
    return False


@dataclass(frozen=True)
class Outcome:
    """`values` None: nothing found in time. `bound` None: not known in time. `optimal`: nothing is better."""

    values: Sequence[float] | None
    bound: int | None
    optimal: bool
    feasible: bool = True


class Solver:
    """One model, maximised for one thing after another; rows may be added in between."""

    def __init__(self, model: Model, stops: Stops = never) -> None:
        self._columns = np.arange(len(model.upper), dtype=np.int32)
        self._kinds = [highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
                       for whole in model.whole]  # fmt: skip
        self._highs = highs = _highs()
        if stops is not never:
            for steps in (highs.cbSimplexInterrupt, highs.cbIpmInterrupt, highs.cbMipInterrupt):
                steps.subscribe(lambda event: event.interrupt(stops()))
        lower = np.zeros(len(model.upper))
        lower[list(model.lower)] = list(model.lower.values())
        highs.addVars(len(lower), lower, np.array(model.upper, dtype=float))
        highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        _add_rows(highs, [*model.rows, *model.rare])

    def at_least(self, terms: Mapping[int, int], least: int) -> None:
        """Asks for a sum of at least this."""
        _add_rows(self._highs, [Row(list(terms.items()), None, least)])

    def relax(self, worth: Mapping[int, int], seconds: float) -> Outcome:
        """The most that is possible when places may be shared out in parts: a bound, known only when it is finished."""
        self._prepare(worth, seconds, whole=False)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            return Outcome(None, None, False, status != highspy.HighsModelStatus.kInfeasible)
        found, worth = self._highs.getSolution(), self._highs.getInfo().objective_function_value
        return Outcome(found.col_value, whole(worth), False)

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
        bound = whole(info.mip_dual_bound) if math.isfinite(info.mip_dual_bound) else None
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


@dataclass(frozen=True)
class Column:
    """What one of it is worth, how many there may be (None: any number), and its factors in rows."""

    worth: int
    upper: int | None
    terms: Sequence[tuple[int, int]]
    lower: int = 0


class Blend:
    """Rows to which columns are added while they are priced; at last whole ones are chosen of them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._highs = _highs()
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        _add_rows(self._highs, [Row([], row.upper, row.lower) for row in rows])

    def add_columns(self, columns: Sequence[Column]) -> None:
        """New columns, numbered on."""
        none = highspy.kHighsInf
        starts = [0, *accumulate(len(column.terms) for column in columns)]
        self._highs.addCols(
            len(columns),
            np.array([column.worth for column in columns], dtype=float),
            np.array([column.lower for column in columns], dtype=float),
            np.array([none if column.upper is None else column.upper for column in columns], dtype=float),
            starts[-1],
            np.array(starts[:-1], dtype=np.int32),
            np.array([row for column in columns for row, _factor in column.terms], dtype=np.int32),
            np.array([factor for column in columns for _row, factor in column.terms], dtype=float),
        )

    @property
    def worth(self) -> float:
        """Of the blend found last."""
        return self._highs.getInfo().objective_function_value

    def prices(self, seconds: float) -> NDArray[np.float64] | None:
        """What each row's last one is worth in the best blend; None if it was not found in time."""
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(0.0, seconds))
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._highs.getSolution().row_dual)

    @property
    def values(self) -> Sequence[float]:
        """How much of each column is in the blend found last."""
        return self._highs.getSolution().col_value

    def limit(self, column: int, least: int, most: int) -> None:
        """Asks for so much of this column."""
        self._highs.changeColBounds(column, least, most)

    def choose(self, columns: Sequence[int], limits: Choice, told: Told) -> bool:
        """Tells ever better values with these columns whole; whether any were found in time. No more prices follow."""
        highs = self._highs
        kinds = np.array([highspy.HighsVarType.kInteger] * len(columns))
        highs.changeColsIntegrality(len(columns), np.array(columns, dtype=np.int32), kinds)
        highs.setOptionValue("mip_rel_gap", limits.gap)
        highs.setOptionValue("time_limit", highs.getRunTime() + max(0.0, limits.seconds))
        highs.cbMipImprovingSolution += lambda event: told(list(event.data_out.mip_solution))
        highs.run()
        if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return False
        told(highs.getSolution().col_value)
        return True


@dataclass(frozen=True)
class Choice:
    """`gap`: how near to the best, in parts of it, is near enough."""

    seconds: float
    gap: float


def _highs() -> highspy.Highs:
    highs = highspy.Highs()
    for option, value in {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0}.items():
        highs.setOptionValue(option, value)
    highs.setOptionValue("mip_abs_gap", NEARER_THAN_ONE)
    return highs


def _add_rows(highs: highspy.Highs, rows: Sequence[Row]) -> None:
    none = highspy.kHighsInf
    starts = [0, *accumulate(len(row.terms) for row in rows)]
    highs.addRows(
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
        told(whole(bound))


def whole(bound: float) -> int:
    """The whole worth that a bound leaves possible: worth is whole, the solver's arithmetic is not."""
    return math.floor(bound + ROUNDING * max(1.0, abs(bound)))
