"""A seeded search that takes a plan apart a little and puts it together again, and keeps what is better.

Now and then something slightly worse is kept too, less and less so within a cycle (annealing); each cycle begins from
the best plan so far. Cycles are counted in rounds, not in time, so a seed always walks the same way; time only ends it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from jobcenter.matching.plan.engines.recreate import fill
from jobcenter.matching.plan.engines.ruin import Ruin
from jobcenter.matching.plan.engines.state import State, placements
from jobcenter.matching.plan.problem import Placed, Worth

GoOn = Callable[[int, Worth], bool]
BLINK = 0.02
ROUNDS_A_PLACE = 100
# How much may be lost in a round, in parts of what a filled place weighs, when a cycle begins and when it ends: from a
# plan made at once; from a good one; and where there is no hope to better it but by small steps, for it is very good or
# there are so many places that a cycle would never end.
WILD, MILD, FINE = (0.1, 0.005), (0.04, 0.005), (0.003, 0.0003)
MANY_PLACES = 1_500


def improve(state: State, locked: frozenset[int], *, seed: int, go_on: GoOn) -> None:
    """Searches from this plan while `go_on(rounds, best)` says so; the state is the best plan found then."""
    walk = Walk(state, locked, Random(seed))
    while go_on(walk.rounds, walk.best):
        walk.step()
    state.become(walk.best_seats)


class Walk:
    """Where the search stands: the plan it changes, and what the best so far was."""

    def __init__(self, state: State, locked: frozenset[int], random: Random) -> None:
        self.rounds = 0
        self.best = state.worth()
        self.best_seats = dict(state.seat_of)
        self._state = state
        self._random = random
        self._ruin = Ruin(state, locked, random)
        self._scale = _scale(state)
        places = sum(map(min, state.tables.slots, map(len, state.tables.pairs_on)))
        self._heats = WILD if places < MANY_PLACES else FINE
        self._cycle = max(500, ROUNDS_A_PLACE * places)

    def step(self) -> None:
        """One round: take apart, put together, keep or take back."""
        state = self._state
        before = self._value(state)
        state.changes.clear()
        fill(state, self._ruin.somewhere(), self._random, BLINK)
        change = self._value(state) - before
        if state.worth() > self.best:
            self._keep()
        elif change < 0 and self._random.random() >= math.exp(change / self._heat()):
            state.undo()
        self.rounds += 1
        if self.rounds % self._cycle == 0:
            state.become(self.best_seats)

    def go_from(self, state: State, heats: tuple[float, float]) -> None:
        """Walks on from another plan, as wildly as is said."""
        self._state.become(state.seat_of)
        self.rounds, self._heats = 0, heats
        self._keep()

    def placed(self) -> tuple[Placed, ...]:
        """The best plan."""
        return placements(self._state.tables, self.best_seats)

    def _keep(self) -> None:
        worth = self._state.worth()
        if worth > self.best:
            self.best, self.best_seats = worth, dict(self._state.seat_of)

    def _value(self, state: State) -> int:
        """Worth as one number, to walk by; what is best is always decided by filling first."""
        return state.filling * self._scale + state.points

    def _heat(self) -> float:
        done = self.rounds % self._cycle / self._cycle
        hot, cold = self._heats
        return self._scale * hot * (cold / hot) ** done


def _scale(state: State) -> int:
    """What one of filling weighs in the walk: about the most points that a place can have."""
    best = sorted((state.tables.upper[pairs[0]] for pairs in state.tables.pairs_on if pairs), reverse=True)
    return max(1, best[len(best) // 10]) if best else 1
