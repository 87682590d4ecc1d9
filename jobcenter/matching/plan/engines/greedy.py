"""Plans made in one go: first come, first served, or by the shares that a relaxation gives out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from jobcenter.matching.plan.engines.recreate import fill, pick
from jobcenter.matching.plan.engines.state import NOBODY, State


def always() -> bool:
    """Goes on to the end."""
    return True


def fill_all(state: State, random: Random, goes_on: Callable[[], bool] = always) -> None:
    """Fills every gig that can be filled so, the most important first, with whoever adds most at that moment."""
    tables = state.tables
    for gig in sorted(range(len(tables.slots)), key=lambda gig: (-tables.priority[gig], gig)):
        if not goes_on():
            return
        fill(state, [gig], random)


def by_shares(state: State, shares: Mapping[tuple[int, int], float], random: Random) -> None:
    """Gives the largest shares their whole place, as long as they fit, and fills what is left."""
    tables = state.tables
    for (gig, worker), _share in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        pair = tables.pair[gig, worker]
        if state.fits(pair):
            seats = state.seats(gig) if tables.needs[worker] else [NOBODY]
            if seats:
                state.place(pair, pick(seats, random))
    fill_all(state, random)
