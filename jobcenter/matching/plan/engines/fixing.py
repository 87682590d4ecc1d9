"""Puts the fixed places into a plan before anything else is."""

from __future__ import annotations

from jobcenter.core.errors import DomainError
from jobcenter.matching.plan.engines.state import NOBODY, State
from jobcenter.matching.plan.problem import Problem


class FixedDoNotFit(DomainError):
    """The fixed places cannot be held together, so that there is no plan."""

    def __init__(self) -> None:
        super().__init__("fixed_breaks_rules")


def place_fixed(state: State, problem: Problem) -> frozenset[int]:
    """Places whatever is fixed; the pairs that no engine may take away. Raises FixedDoNotFit.

    Support persons who are not named are tried one after the other, with steps back.
    """
    tables = state.tables
    choices: list[tuple[int, list[int] | None]] = []
    for place in problem.fixed:
        pair = tables.pair.get((place.gig, place.worker), NOBODY)
        seat = NOBODY if place.support is None else tables.seat.get((place.support, place.gig), NOBODY)
        if pair == NOBODY or (seat == NOBODY and place.support is not None):
            raise FixedDoNotFit
        choices.append((pair, [seat] if seat != NOBODY else None))
    choices.sort(key=lambda choice: choice[1] is None)
    if not _place_all(state, choices):
        raise FixedDoNotFit
    return frozenset(pair for pair, _seats in choices)


def _place_all(state: State, choices: list[tuple[int, list[int] | None]]) -> bool:
    way: list[tuple[int, list[int]]] = []
    while len(way) < len(choices):
        pair, named = choices[len(way)]
        way.append((pair, _seats_for(state, pair, named)))
        while way and not way[-1][1]:
            way.pop()
            if way:
                state.remove(way[-1][0])
        if not way:
            return False
        pair, seats = way[-1]
        state.place(pair, seats.pop())
    return True


def _seats_for(state: State, pair: int, named: list[int] | None) -> list[int]:
    """The seats that are worth trying; NOBODY for whoever needs nobody."""
    tables = state.tables
    if not state.fits(pair):
        return []
    if not tables.needs[tables.worker[pair]]:
        return [NOBODY]
    free = state.seats(tables.gig[pair], everybody=True)
    return free if named is None else [seat for seat in free if seat in named]
