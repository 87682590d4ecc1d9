"""Whole weeks of people as columns: a relaxation that may blend weeks, but never a week that nobody could work.

A week is all of one person's gigs. There are far too many to write down; so only those are that some prices of places
make worth having (column generation): the relaxation prices the places, each person's best weeks at those prices are
added, until nobody has a better one. It begins with the prices of the plainer relaxation. Of the weeks found the solver
then chooses whole ones.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from jobcenter.matching.plan.engines.model import Row, build_shared, decode
from jobcenter.matching.plan.engines.pricing import Pricer, Week
from jobcenter.matching.plan.engines.solver import Blend, Choice, Column, whole
from jobcenter.matching.plan.engines.tables import cost_of, lay_out
from jobcenter.matching.plan.problem import Placed, Problem

# How many weeks of one person are looked at a round: all, when few new ones are found so.
QUICK, FEW_NEW = 15, 20
# How much of the prices before stays in those of the next round, so that they do not swing.
STAYS = 0.3
# What a filling short of what is asked costs, in most points of a place; weeks found soon make it up.
DEAR = 20
NEAR_ENOUGH = 0.001
HALF = 0.5

Prices = NDArray[np.float64]


class Weeks:
    """The weeks known of one Problem, for plans that fill at least so much, until a time (of time.monotonic)."""

    def __init__(self, problem: Problem, filling: int, until: float) -> None:
        self._problem, self._until = problem, until
        self._tables = lay_out(problem)
        self._model = build_shared(problem)
        self._pricers = [Pricer(problem, self._tables, worker) for worker in range(len(problem.workers))]
        self._pair = {column: self._tables.pair[key] for key, column in self._model.places.items()}
        self._rows = [*self._model.rows, Row(list(self._model.filling.items()), None, filling)]
        self._rows += [Row([(column, 1)], None, 1) for column in self._model.lower if column in self._pair]
        self._others = [column for column in range(len(self._model.upper)) if column not in self._pair]
        self._terms: list[list[tuple[int, int]]] = [[] for _column in self._model.upper]
        for number, row in enumerate(self._rows):
            for column, factor in row.terms:
                self._terms[column].append((number, factor))
        self._terms_of_pair = {pair: self._terms[column] for column, pair in self._pair.items()}
        self._weeks: dict[Week, int] = {}
        self.bound: int | None = None
        self._begin()

    def _begin(self) -> None:
        model = self._model
        self._blend = Blend([*self._rows, *(Row([], 1, 1) for _worker in self._pricers)])
        others = [
            Column(model.points[column], model.upper[column], self._terms[column], model.lower.get(column, 0))
            for column in self._others
        ]
        short = Column(-DEAR * max(map(abs, self._tables.upper), default=1), None, [(len(model.rows), 1)])
        self._blend.add_columns([*others, short])
        self._add(Week(worker) for worker in range(len(self._pricers)))

    def _add(self, weeks: Iterable[Week]) -> int:
        new = [week for week in dict.fromkeys(weeks) if week not in self._weeks]
        self._blend.add_columns([Column(self._points(week), None, self._terms_of(week)) for week in new])
        for week in new:
            self._weeks[week] = len(self._others) + 1 + len(self._weeks)
        return len(new)

    def _points(self, week: Week) -> int:
        tables = self._tables
        minutes = sum(tables.minutes[tables.gig[pair]] for pair in week.pairs)
        return sum(tables.points[pair] for pair in week.pairs) - cost_of(
            self._problem.workers[week.worker].bands, minutes
        )

    def _terms_of(self, week: Week) -> list[tuple[int, int]]:
        factors = {len(self._rows) + week.worker: 1}
        for pair in week.pairs:
            for row, factor in self._terms_of_pair[pair]:
                factors[row] = factors.get(row, 0) + factor
        return sorted(factors.items())

    def find(self, prices: Sequence[float]) -> Iterator[int]:
        """Finds weeks worth having, round after round, from these prices of the shared rows on; yields bounds, ever
        nearer, that no plan exceeds: known when nobody has a week that was not looked at.
        """
        now = np.zeros(len(self._rows))
        now[: len(self._model.rows)] = prices[: len(self._model.rows)]
        worth, most, stays = 0.0, QUICK, STAYS
        while self._left > 0:
            new = self._look(now, most)
            if most is None and self.bound is not None:
                yield self.bound
                if not new or self.bound - worth <= NEAR_ENOUGH * self.bound:
                    return
            if new < FEW_NEW:
                most, stays = None, 0.0
            found = self._blend.prices(self._left)
            if found is None:
                return
            worth = self._blend.worth
            now = stays * now + (1 - stays) * found[: len(self._rows)]

    @property
    def _left(self) -> float:
        return self._until - time.monotonic()

    def _look(self, prices: Prices, most: int | None) -> int:
        """Adds everybody's best weeks at these prices; how many are new. When all are sure, the bound follows."""
        self._sign(prices)
        worth = [
            points - sum(prices[row] * factor for row, factor in self._terms_of_pair[pair])
            for pair, points in enumerate(self._tables.points)
        ]
        for pricer in self._pricers:
            pricer.look(worth, most)
            if self._left <= 0:
                return 0
        if all(pricer.sure for pricer in self._pricers):
            self._learn(sum(pricer.net for pricer in self._pricers) + self._rest(prices))
        return self._add(week for pricer in self._pricers for week in pricer.weeks)

    def _sign(self, prices: Prices) -> None:
        """A row that only bounds from above never has a price below nothing; one from below, none above it."""
        for number, row in enumerate(self._rows):
            if row.upper is None or row.lower is None:
                prices[number] = min(prices[number], 0.0) if row.upper is None else max(prices[number], 0.0)

    def _rest(self, prices: Prices) -> float:
        """What there is besides everybody's weeks, at these prices, at most."""
        rest = 0.0
        for column in self._others:
            net = self._model.points[column] - sum(prices[row] * factor for row, factor in self._terms[column])
            rest += net * (self._model.upper[column] if net > 0 else self._model.lower.get(column, 0))
        for number, row in enumerate(self._rows):
            limit = row.upper if prices[number] > 0 else row.lower
            rest += prices[number] * (limit or 0)
        return rest

    def _learn(self, bound: float) -> None:
        self.bound = whole(bound) if self.bound is None else min(self.bound, whole(bound))

    def choose(self, seconds: float, told: Callable[[tuple[Placed, ...]], None]) -> None:
        """Whole weeks out of those found; tells ever better plans. To be asked last: no more prices follow."""
        place = {column: number for number, column in enumerate(self._others)}
        rare = [Row([(place[column], factor) for column, factor in row.terms], row.upper) for row in self._model.rare]
        count = [number for number, column in enumerate(self._others) if self._model.whole[column]]
        limits = Choice(len(self._others), seconds, NEAR_ENOUGH)
        columns = [*count, *self._weeks.values()]
        self._blend.choose(columns, rare, limits, lambda values: told(self._plan(values)))

    def _plan(self, values: Sequence[float]) -> tuple[Placed, ...]:
        chosen = [0.0] * len(self._model.upper)
        for number, column in enumerate(self._others):
            chosen[column] = values[number]
        column_of = {pair: column for column, pair in self._pair.items()}
        for week, number in self._weeks.items():
            for pair in week.pairs if values[number] > HALF else ():
                chosen[column_of[pair]] = 1.0
        return decode(self._model, self._problem, chosen)
