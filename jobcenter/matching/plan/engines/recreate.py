"""Fills open places: for each gig the person who adds most, as long as somebody fits."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from jobcenter.matching.plan.engines.state import NOBODY, State

LOWEST = -(1 << 62)


def fill(state: State, gigs: Iterable[int], random: Random, blink: float = 0.0) -> None:
    """Fills these gigs in this order. `blink`: how often the best is passed over, so that not all plans are alike."""
    for gig in gigs:
        while state.open[gig] and place_best(state, gig, random, blink):
            pass


def place_best(state: State, gig: int, random: Random, blink: float) -> bool:
    """Places whoever adds the most points to the gig; whether anybody fits."""
    tables = state.tables
    upper, needs, worker_of = tables.upper, tables.needs, tables.worker
    has, clash = state.has, tables.clash
    best, most = NOBODY, LOWEST
    seats: list[int] | None = None
    for pair in tables.pairs_on[gig]:
        if upper[pair] <= most:
            break
        worker = worker_of[pair]
        if has[worker] & clash[pair] or (needs[worker] and seats == []) or not state.fits(pair):
            continue
        gain = state.gain(pair)
        if gain > most and random.random() >= blink:
            if needs[worker]:
                seats = state.seats(gig) if seats is None else seats
                if not seats:
                    continue
            best, most = pair, gain
    if best == NOBODY:
        return False
    state.place(best, pick(seats, random) if seats and needs[worker_of[best]] else NOBODY)
    return True


def pick(seats: list[int], random: Random) -> int:
    """Any one of them."""
    return seats[int(random.random() * len(seats))] if len(seats) > 1 else seats[0]
