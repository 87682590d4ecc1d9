"""Prices that bring the bound down, found step by step: what is wanted too much grows dearer, what is left cheaper.

Each step goes against a blend of the last ways in which the bound rose, as far as would reach a guess of how low it can
come (a subgradient method with deflection). Steps are counted, not timed, so that they repeat themselves.
"""

from __future__ import annotations

import numpy as np

from jobcenter.matching.plan.engines.market import Market
from jobcenter.matching.plan.engines.pricing import Numbers, Week

# How much of the ways before stays in the next.
STAYS = 0.5
# After so many steps in a row without a nearer bound, steps become shorter by so much.
PATIENCE, SHORTER = 4, 0.7
# The bound is guessed to come down by this part of it.
GUESSED = 0.05


class Descent:
    """Where the prices stand. `prices`: those of the nearest bound so far, `bound`."""

    def __init__(self, market: Market, prices: Numbers) -> None:
        self._market = market
        self.prices = self._now = market.proper(prices)
        self.bound = self._value = market.bound(self._now)
        self._way: Numbers = np.zeros(len(prices))
        self._length, self._failed = 1.0, 0

    def step(self) -> list[Week]:
        """One step; everybody's best weeks where it began."""
        market = self._market
        taken = market.pricer.taken()
        weeks = market.pricer.weeks(taken)
        slack = market.slack(taken)
        slack[market.proper(self._now - slack) == self._now] = 0.0
        self._way = STAYS * self._way + slack
        aim = self.bound - GUESSED * max(1.0, abs(self.bound))
        far = self._length * (self._value - aim) / max(1.0, (self._way @ self._way).item())
        self._go(market.proper(self._now - far * self._way))
        return weeks

    def _go(self, prices: Numbers) -> None:
        self._now, self._value = prices, self._market.bound(prices)
        if self._value < self.bound:
            self.prices, self.bound, self._failed = prices, self._value, 0
            return
        self._failed += 1
        if self._failed >= PATIENCE:
            self._length, self._failed = self._length * SHORTER, 0
            self._way = np.zeros(len(prices))
            self._now, self._value = self.prices, self._market.bound(self.prices)
