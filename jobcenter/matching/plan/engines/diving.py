"""A plan out of a blend of weeks: those that need a support person first, then whole weeks for everybody.

Support persons bind seldom, but then only whole plans show it. So whoever needs one is given the week that the blend
has most of, if there is a seat for each gig; what has no seat any more is barred, and blended anew. The rest is for the
solver: most weeks of a blend are whole anyway and stay so, and it chooses among the others when few people are left.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable

from jobcenter.matching.plan.engines.pricing import Week
from jobcenter.matching.plan.engines.seating import seat_on
from jobcenter.matching.plan.engines.state import NOBODY, State
from jobcenter.matching.plan.engines.weeks import ALL, HALF, Weeks

# So many weeks at most are chosen before all is blended anew, but those that are whole in the blend.
AT_A_TIME = 10
# A share of a week that is nearly all of it; so few people are left to the solver.
LIKELY, FEW = 0.7, 60
# How near to the best of what is left to choose is near enough; how long to look at most.
NEAR_ENOUGH, CHOOSING = 0.0003, 4.0

Told = Callable[[State], None]


class Dive:
    """Chooses weeks beside the locked places, which stand in the state already."""

    def __init__(self, weeks: Weeks, state: State, locked: frozenset[int]) -> None:
        self._weeks, self._state, self._locked = weeks, state, locked

    def run(self, until: float, told: Told) -> None:
        """Tells ever better plans."""
        self._with_support(until)
        self._settle(until)
        weeks = self._weeks
        seconds = min(CHOOSING, until - time.monotonic())
        if not weeks.choose(seconds, NEAR_ENOUGH, lambda chosen: told(self._with(chosen))):
            told(self._with(sorted(weeks.shares, key=lambda week: -weeks.shares[week])))

    def _with(self, chosen: Iterable[Week]) -> State:
        """A copy of the state with these weeks too, as far as they fit."""
        tables = self._state.tables
        found = State(tables)
        found.become(self._state.seat_of)
        for week in chosen:
            if not tables.needs[week.worker]:
                place(found, week, self._locked)
        return found

    def _with_support(self, until: float) -> None:
        """Gives whoever needs a support person a week with a seat for each gig."""
        weeks = self._weeks
        waiting = {worker for worker, needs in enumerate(self._state.tables.needs) if needs}
        while waiting and time.monotonic() < until:
            weeks.refine(until)
            chosen = self._surest(waiting, HALF, AT_A_TIME)
            if not chosen and not weeks.bar(self._without_seat(waiting)):
                chosen = self._surest(waiting, 0.0, 1)
                if not chosen:
                    return
            weeks.fix(chosen)
            waiting.difference_update(week.worker for week in chosen)

    def _surest(self, workers: Collection[int], least: float, most: int) -> list[Week]:
        """Places and gives the weeks that the blend has most of, as far as there are seats for them."""
        shares = self._weeks.shares
        own = [week for week, share in shares.items() if week.worker in workers and share > least]
        surest = sorted(own, key=lambda week: (-shares[week], week.worker))
        chosen: dict[int, Week] = {}
        for week in surest:
            if len(chosen) < most and week.worker not in chosen and place(self._state, week, self._locked):
                chosen[week.worker] = week
        return [*chosen.values()]

    def _without_seat(self, workers: Iterable[int]) -> list[int]:
        """The pairs of these people that have no place or no seat."""
        state, tables = self._state, self._state.tables
        return [
            pair
            for worker in workers
            for pair in tables.pairs_of[worker]
            if pair not in state.seat_of
            and (not state.fits(pair) or seat_on(state, tables.gig[pair], self._locked) == NOBODY)
        ]

    def _settle(self, until: float) -> None:
        """Chooses weeks that the blend has all or most of, until few people are left."""
        weeks = self._weeks
        while time.monotonic() < until:
            weeks.refine(until)
            fixed = weeks.fixed
            left = [week for week in weeks.shares if week.worker not in fixed]
            surest = sorted(left, key=lambda week: (-weeks.shares[week], week.worker))
            whole = [week for week in surest if weeks.shares[week] > ALL]
            chosen = whole or [week for week in surest if weeks.shares[week] > LIKELY][:AT_A_TIME]
            if not chosen or len({week.worker for week in left}) <= FEW:
                return
            weeks.fix(chosen)


def place(state: State, week: Week, locked: frozenset[int]) -> bool:
    """Places all of a week, or nothing of it when something has no place or no seat; whether it did."""
    tables, placed = state.tables, []
    for pair in week.pairs:
        if pair in state.seat_of:
            continue
        needs, fits = tables.needs[week.worker], state.fits(pair)
        seat = seat_on(state, tables.gig[pair], locked) if needs and fits else NOBODY
        if not fits or (needs and seat == NOBODY):
            for other in placed:
                state.remove(other)
            return False
        state.place(pair, seat)
        placed.append(pair)
    return True
