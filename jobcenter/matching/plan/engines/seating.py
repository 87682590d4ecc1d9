"""A support person for one more: who is free, or who becomes free when others go along to what keeps them."""

from __future__ import annotations

from jobcenter.matching.plan.engines.state import NOBODY, State
from jobcenter.matching.plan.engines.tables import members


def seat_on(state: State, gig: int, locked: frozenset[int]) -> int:
    """A seat with room on the gig, NOBODY if there is none; people of other gigs may be given other support persons.

    Whoever is `locked` keeps theirs. Of those who are free, the one whom the fewest other gigs could have.
    """
    free = state.seats(gig)
    if free:
        return min(free, key=lambda seat: (state.tables.elsewhere[seat].bit_count(), seat))
    return next((seat for seat in state.tables.seats_on[gig] if _made_free(state, seat, locked)), NOBODY)


def _made_free(state: State, seat: int, locked: frozenset[int]) -> bool:
    tables = state.tables
    support = tables.seat_support[seat]
    state.changes.clear()
    away = members(state.there[support] & tables.elsewhere[seat])
    moving = [pair for gig in away for pair in state.beside(tables.seat[support, gig])]
    if all(_moved(state, pair, support, locked) for pair in moving) and _has_room(state, seat, locked):
        state.changes.clear()
        return True
    state.undo()
    return False


def _has_room(state: State, seat: int, locked: frozenset[int]) -> bool:
    """Whether there is room, if need be after one person of each full room has been given somebody else."""
    tables = state.tables
    support = tables.seat_support[seat]
    for room in tables.seat_rooms[seat]:
        if not state.room_left[room]:
            there = [tables.seat[support, gig] for gig in members(state.there[support])]
            beside = (pair for other in there if room in tables.seat_rooms[other] for pair in state.beside(other))
            if not any(_moved(state, pair, support, locked) for pair in beside):
                return False
    return seat in state.seats(tables.seat_gig[seat], everybody=True)


def _moved(state: State, pair: int, support: int, locked: frozenset[int]) -> bool:
    """Gives the person of the pair another support person than this one, if one is free."""
    tables = state.tables
    if pair in locked:
        return False
    seat = state.remove(pair)
    others = [one for one in state.seats(tables.gig[pair], everybody=True) if tables.seat_support[one] != support]
    state.place(pair, others[0] if others else seat)
    return bool(others)
