"""Whole weeks of people as columns: a blend of them is bounded nearer than any blend of single gigs.

A week is all of one person's gigs. Only those are columns that some prices made worth having (column generation): the
best blend prices what people share, everybody's best weeks at those prices are added, until nobody has a better one.
At last whole ones are chosen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from jobcenter.matching.plan.engines.market import Market
from jobcenter.matching.plan.engines.model import Row
from jobcenter.matching.plan.engines.pricing import Numbers, Week
from jobcenter.matching.plan.engines.solver import Blend, Choice, Column

# How much of the best prices so far stays in those of the next round, so that they do not swing.
STAYS = 0.5
# What a filling short of what is asked costs, in most points of a place.
DEAR = 20
# So near to the bound, in parts of it, nothing better is looked for.
NEAR_ENOUGH = 0.0001
# Rounds of looking for better weeks beside chosen ones.
ROUNDS = 8
# What a place is worth that nobody may have any more.
NEVER = -1e12
# A share of a week that is all of it, but for the solver's arithmetic.
ALL, HALF = 0.999, 0.5


class Weeks:
    """The weeks known of one market, blended to fill `filling`. `prices`, `bound`: of the nearest bound so far.

    `shares`: how much of each week the best blend has. `now`: its prices.
    """

    def __init__(self, market: Market, filling: int, prices: Numbers, bound: float) -> None:
        self._market, self.prices, self.bound = market, prices, bound
        self._terms_of_pairs = market.terms_of_pairs()
        self._rows = len(market.rows)
        self._workers = len(market.tables.needs)
        self._fills = self._rows + self._workers
        self.shares: dict[Week, float] = {}
        self._fixed: set[Week] = set()
        self._barred: set[int] = set()
        self.now = prices
        self._column: dict[Week, int] = {}
        self._blend = Blend(
            [*(Row([], row.upper) for row in market.rows), *[Row([], 1, 1)] * self._workers, Row([], None, filling)]
        )
        self._begin()

    def _begin(self) -> None:
        market, model = self._market, self._market.model
        others = [
            Column(worth, model.upper[column], terms, model.lower.get(column, 0))
            for column, worth, terms in zip(
                market.others, market.worth_of_others, market.terms_of_others(), strict=True
            )
        ]
        short = Column(-DEAR * max(map(abs, market.tables.upper), default=1), None, [(self._fills, 1)])
        self._blend.add_columns([*others, short])
        self._first = len(others) + 1

    def add(self, weeks: Iterable[Week]) -> int:
        """Takes in what is new of these; how many."""
        new = [week for week in dict.fromkeys(weeks) if week not in self._column]
        if new:
            self._blend.add_columns([Column(self._market.worth_of(week), None, self._terms(week)) for week in new])
        for week in new:
            self._column[week] = self._first + len(self._column)
        return len(new)

    def _terms(self, week: Week) -> list[tuple[int, int]]:
        tables = self._market.tables
        factors = {self._rows + week.worker: 1}
        for pair in week.pairs:
            factors[self._fills] = factors.get(self._fills, 0) + tables.priority[tables.gig[pair]]
            for row, factor in self._terms_of_pairs[pair]:
                factors[row] = factors.get(row, 0) + factor
        return sorted(factors.items())

    def blend(self, until: float) -> bool:
        """Finds the best blend of the weeks known; whether there was time (of time.monotonic)."""
        prices = self._blend.prices(until - time.monotonic())
        if prices is None:
            return False
        values = self._blend.values
        self.shares = {week: values[column] for week, column in self._column.items() if values[column] > 1 - ALL}
        slots = len(self._market.gigs)
        self.now = prices[: self._rows]
        self.now[:slots] += prices[self._fills] * self._market.priority
        self.now = self._market.proper(self.now)
        return True

    def find(self, until: float) -> Iterator[float]:
        """Finds weeks worth having, round after round; yields bounds, ever nearer."""
        while self.blend(until):
            before = self.bound
            new = self.look(STAYS * self.prices + (1 - STAYS) * self.now) or self.look(self.now)
            if self.bound < before:
                yield self.bound
            if not new or self.bound - self._blend.worth <= NEAR_ENOUGH * abs(self.bound):
                return

    def look(self, prices: Numbers) -> int:
        """Adds the best weeks at these prices of everybody whose week is not chosen; how many are new."""
        market = self._market
        bound = market.bound(prices)
        if bound < self.bound:
            self.bound, self.prices = bound, prices
        best, fixed = market.pricer.weeks(market.pricer.taken()), self.fixed
        return self.add(week for week in best if week.worker not in fixed)

    def refine(self, until: float) -> None:
        """A better blend beside the weeks that are chosen, in a few rounds, for a plan and not for a bound."""
        for _round in range(ROUNDS):
            if not self.blend(until) or not self.add(self.best()):
                return

    def best(self) -> list[Week]:
        """The best week, at the prices of now and without what is barred, of everybody whose week is not chosen."""
        pricer, fixed = self._market.pricer, self.fixed
        worth = self._market.after_paying(self.now)
        worth[list(self._barred)] = NEVER
        pricer.look(worth)
        return [week for week in pricer.weeks(pricer.taken()) if week.worker not in fixed]

    def bar(self, pairs: Iterable[int]) -> bool:
        """Has no more weeks with these pairs; whether one of them is new to that."""
        new = set(pairs) - self._barred
        self._barred |= new
        for week, column in self._column.items():
            if not new.isdisjoint(week.pairs):
                self._blend.limit(column, 0, 0)
        return bool(new)

    def fix(self, weeks: Iterable[Week]) -> None:
        """Chooses these weeks."""
        for week in weeks:
            self._blend.limit(self._column[week], 1, 1)
            self._fixed.add(week)

    @property
    def known(self) -> list[Week]:
        """All weeks that were added."""
        return [*self._column]

    @property
    def fixed(self) -> set[int]:
        """Workers whose week is chosen."""
        return {week.worker for week in self._fixed}

    def choose(self, seconds: float, gap: float, told: Callable[[list[Week]], None]) -> bool:
        """Tells ever better whole weeks of everybody out of those known; whether any were found in time."""
        fixed = self.fixed
        free = [column for week, column in self._column.items() if week.worker not in fixed]
        return self._blend.choose(free, Choice(seconds, gap), lambda values: told(self._whole(values)))

    def _whole(self, values: Sequence[float]) -> list[Week]:
        return [week for week, column in self._column.items() if values[column] > HALF]
