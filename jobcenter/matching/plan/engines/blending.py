"""A bound and plans by people's whole weeks, step by step: prices, a blend of weeks, plans out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from jobcenter.matching.plan.engines.descent import Descent
from jobcenter.matching.plan.engines.diving import Dive
from jobcenter.matching.plan.engines.fixing import place_fixed
from jobcenter.matching.plan.engines.market import Market
from jobcenter.matching.plan.engines.model import build_shared
from jobcenter.matching.plan.engines.pricing import Pricer, Week
from jobcenter.matching.plan.engines.solver import whole
from jobcenter.matching.plan.engines.state import State
from jobcenter.matching.plan.engines.tables import lay_out
from jobcenter.matching.plan.engines.ways import all_ways
from jobcenter.matching.plan.engines.weeks import Weeks
from jobcenter.matching.plan.problem import Placed, Problem

STEPS = 120
# Weeks found in so many last steps are kept: prices before were far from good ones.
LAST = 90
# The bound is told after so many steps each.
A_WORD = 20


class Blending:
    """One Problem by whole weeks. `widest`: the filling of all slots that there is anybody for; `bound`: of the points.

    `supports`: whether support persons' rows are in it from the beginning: they are many, and bind seldom.
    Raises TooManyWays where there are too many weeks, FixedDoNotFit.
    """

    def __init__(self, problem: Problem, *, supports: bool = False) -> None:
        self._problem = problem
        self._tables = tables = lay_out(problem)
        self._locked = place_fixed(State(tables), problem)
        self._pricer = Pricer(tables, all_ways(problem, tables, self._locked))
        self._market = Market(tables, build_shared(problem, supports=supports), self._pricer)
        self.widest = self._market.widest
        self._seen: dict[Week, None] = dict.fromkeys(self._locked_weeks())

    def _locked_weeks(self) -> list[Week]:
        """What everybody has at the least."""
        pairs_of = self._tables.pairs_of
        return [Week(worker, tuple(sorted(self._locked.intersection(own)))) for worker, own in enumerate(pairs_of)]

    def descend(self, filling: int) -> Iterator[int]:
        """Yields bounds of the points of plans that fill at least so much, ever nearer."""
        self._market.missing = self.widest - filling
        descent = Descent(self._market, self._market.first_prices())
        for step in range(STEPS):
            found = descent.step()
            if step >= STEPS - LAST:
                self._seen |= dict.fromkeys(found)
            if step % A_WORD == A_WORD - 1:
                yield whole(descent.bound)
        self._prices, self.bound = descent.prices, descent.bound

    def most_filling(self, until: float) -> int:
        """No plan fills more. After `descend`, whose weeks it begins with."""
        market = Market(self._tables, self._market.model, self._pricer, filling=True)
        prices = market.first_prices()
        weeks = Weeks(market, 0, prices, market.bound(prices))
        weeks.add(self._seen)
        return min([self.widest, *map(whole, weeks.find(until))])

    def blend(self, filling: int, until: float) -> Iterator[int]:
        """Yields bounds again, nearer still, by blending weeks; after `descend`."""
        self._weeks = Weeks(self._market, filling, self._prices, self.bound)
        self._weeks.add(self._seen)
        yield from self._find(until)

    def blend_with_supports(self, filling: int, until: float) -> Iterator[int]:
        """Yields bounds that know of support persons too; after `blend`."""
        known = self._weeks.known
        self._market = Market(self._tables, build_shared(self._problem), self._pricer)
        self._market.missing = self.widest - filling
        prices = np.append(self._prices, np.zeros(len(self._market.rows) - len(self._prices)))
        self._weeks = Weeks(self._market, filling, prices, self.bound)
        self._weeks.add(known)
        yield from self._find(until)

    def _find(self, until: float) -> Iterator[int]:
        yield from map(whole, self._weeks.find(until))
        self._prices, self.bound = self._weeks.prices, self._weeks.bound

    def shares(self) -> dict[tuple[int, int], float]:
        """How much of each place (gig, worker) the blend has."""
        found: dict[tuple[int, int], float] = {}
        for week, share in self._weeks.shares.items():
            for pair in week.pairs:
                key = self._tables.gig[pair], week.worker
                found[key] = found.get(key, 0.0) + share
        return found

    def plans(self, until: float, told: Callable[[tuple[Placed, ...]], None]) -> None:
        """Tells ever better plans out of the blend, which is used up by it."""
        state = State(self._tables)
        place_fixed(state, self._problem)
        Dive(self._weeks, state, self._locked).run(until, lambda found: told(found.placed()))
