"""The Problem as plain lists of numbers, for engines that change one place after the other.

A *pair* is a gig and a worker who may be placed on it; a *seat* is a support person on a gig that they can go to. Both
are numbered 0, 1, 2 … Sets of gigs are bits of one whole number, so that a clash is one `&`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jobcenter.matching.plan.problem import Band, Problem


@dataclass(frozen=True)
class Tables:
    """By gig: `slots` to `seats_on`. By pair: `gig` to `groups` that it counts in, each with whether as a newcomer;
    `upper` is the most points that it can add, `clash` the gigs that the worker cannot have beside. By worker: `needs`
    to `costs`. By seat: `seat_support` to `elsewhere`, the gigs that are another place.
    """

    slots: list[int]
    priority: list[int]
    minutes: list[int]
    pairs_on: list[list[int]]
    seats_on: list[list[int]]
    gig: list[int]
    worker: list[int]
    points: list[int]
    upper: list[int]
    clash: list[int]
    caps: list[tuple[tuple[int, int], ...]]
    groups: list[tuple[tuple[int, bool], ...]]
    needs: list[bool]
    pairs_of: list[list[int]]
    gigs_of: list[int]
    avoid: list[tuple[int, ...]]
    likes: list[tuple[tuple[int, int], ...]]
    costs: list[Costs]
    seat_support: list[int]
    seat_gig: list[int]
    seat_rooms: list[tuple[int, ...]]
    elsewhere: list[int]
    limits: list[int]
    room_people: list[int]
    group_points: list[int]
    pair: dict[tuple[int, int], int]
    seat: dict[tuple[int, int], int]


class Costs(dict[int, int]):
    """What so many planned minutes cost by the bands; each is computed once."""

    def __init__(self, bands: tuple[Band, ...]) -> None:
        self._bands = bands

    def __missing__(self, minutes: int) -> int:
        self[minutes] = cost = cost_of(self._bands, minutes)
        return cost


def cost_of(bands: tuple[Band, ...], minutes: int) -> int:
    """The cost of so many minutes, laid into the bands from the first on."""
    cost, left = 0, minutes
    for band in bands:
        here = left if band.minutes is None else min(left, band.minutes)
        cost += here * band.cost
        left -= here
    return cost


def lay_out(problem: Problem) -> Tables:
    """The Problem's tables."""
    keys = [(gig, worker) for gig, facts in enumerate(problem.gigs) for worker in sorted(facts.points)]
    pair = {key: index for index, key in enumerate(keys)}
    seats = [(support, gig) for support, facts in enumerate(problem.supports) for gig in sorted(facts.gigs)]
    seat = {key: index for index, key in enumerate(seats)}
    points = [problem.gigs[gig].points[worker] for gig, worker in keys]
    likes = _likes(problem)
    costs = _costs(problem)
    groups = _groups(problem, pair)
    places = [bits(gig.places) for gig in problem.gigs]
    limits, caps = _caps(problem, pair)
    room_people, seat_rooms = _rooms(problem, seat)
    upper = _upper(problem, keys, (points, likes, costs, groups))
    pairs_on = _by((gig for gig, _worker in keys), len(problem.gigs))
    for pairs in pairs_on:
        pairs.sort(key=lambda index: (-upper[index], index))
    return Tables(
        slots=[gig.slots for gig in problem.gigs],
        priority=[gig.priority for gig in problem.gigs],
        minutes=[gig.minutes for gig in problem.gigs],
        pairs_on=pairs_on,
        seats_on=_by((gig for _support, gig in seats), len(problem.gigs)),
        gig=[gig for gig, _worker in keys],
        worker=[worker for _gig, worker in keys],
        points=points,
        upper=upper,
        clash=_clashes(problem, keys),
        caps=caps,
        groups=groups,
        needs=[worker.needs_support for worker in problem.workers],
        gigs_of=[bits(gigs) for gigs in problem.gigs_of],
        pairs_of=_by((worker for _gig, worker in keys), len(problem.workers)),
        avoid=_avoid(problem),
        likes=likes,
        costs=costs,
        seat_support=[support for support, _gig in seats],
        seat_gig=[gig for _support, gig in seats],
        seat_rooms=seat_rooms,
        elsewhere=[places[gig] for _support, gig in seats],
        limits=limits,
        room_people=room_people,
        group_points=[group.points for group in problem.beside],
        pair=pair,
        seat=seat,
    )


def bits(members: Iterable[int]) -> int:
    """The set as bits of one number."""
    found = 0
    for member in members:
        found |= 1 << member
    return found


def members(found: int) -> list[int]:
    """The set that the bits stand for, the largest first."""
    listed = []
    while found:
        member = found.bit_length() - 1
        found ^= 1 << member
        listed.append(member)
    return listed


def _by(owners: Iterable[int], count: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _owner in range(count)]
    for index, owner in enumerate(owners):
        found[owner].append(index)
    return found


def _clashes(problem: Problem, keys: list[tuple[int, int]]) -> list[int]:
    """By pair, the gigs that the worker cannot have beside; the gig itself is one of them."""
    everyone = [bits(gig.clashes) | 1 << index for index, gig in enumerate(problem.gigs)]
    own: dict[tuple[int, int], int] = {}
    for index, worker in enumerate(problem.workers):
        for first, second in worker.clashes:
            own[first, index] = own.get((first, index), 0) | 1 << second
            own[second, index] = own.get((second, index), 0) | 1 << first
    return [everyone[key[0]] | own[key] if key in own else everyone[key[0]] for key in keys]


def _caps(problem: Problem, pair: dict[tuple[int, int], int]) -> tuple[list[int], list[tuple[tuple[int, int], ...]]]:
    limits: list[int] = []
    by_pair: list[list[tuple[int, int]]] = [[] for _pair in pair]
    for index, worker in enumerate(problem.workers):
        for cap in worker.caps:
            for gig, cost in cap.costs.items():
                by_pair[pair[gig, index]].append((len(limits), cost))
            limits.append(cap.limit)
    return limits, [tuple(caps) for caps in by_pair]


def _groups(problem: Problem, pair: dict[tuple[int, int], int]) -> list[tuple[tuple[int, bool], ...]]:
    by_pair: list[tuple[tuple[int, bool], ...]] = [() for _pair in pair]
    for index, group in enumerate(problem.beside):
        for worker in sorted(group.newcomers | group.experienced):
            by_pair[pair[group.gig, worker]] += ((index, worker in group.newcomers),)
    return by_pair


def _upper(
    problem: Problem,
    keys: list[tuple[int, int]],
    parts: tuple[list[int], list[tuple[tuple[int, int], ...]], list[Costs], list[tuple[tuple[int, bool], ...]]],
) -> list[int]:
    """By pair, the most points that a placement can add: as somebody's first gig, beside everybody they like."""
    points, likes, costs, groups = parts
    liked = [sum(more for _other, more in own) for own in likes]
    minutes = [gig.minutes for gig in problem.gigs]
    upper = [own - costs[worker][minutes[gig]] + liked[worker] for own, (gig, worker) in zip(points, keys, strict=True)]
    for index, counted in enumerate(groups):
        for group, newcomer in counted:
            upper[index] += _most(problem, group, newcomer)
    return upper


def _most(problem: Problem, group: int, newcomer: bool) -> int:
    facts = problem.beside[group]
    return facts.points if newcomer else facts.points * min(len(facts.newcomers), problem.gigs[facts.gig].slots - 1)


def _likes(problem: Problem) -> list[tuple[tuple[int, int], ...]]:
    found: list[tuple[tuple[int, int], ...]] = [() for _worker in problem.workers]
    for pair in problem.together:
        found[pair.first] += ((pair.second, pair.points),)
        found[pair.second] += ((pair.first, pair.points),)
    return found


def _avoid(problem: Problem) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = [() for _worker in problem.workers]
    for first, second in sorted(problem.avoid):
        found[first] += (second,)
        found[second] += (first,)
    return found


def _costs(problem: Problem) -> list[Costs]:
    """People with the same bands share one table."""
    shared: dict[tuple[Band, ...], Costs] = {}
    return [shared.setdefault(worker.bands, Costs(worker.bands)) for worker in problem.workers]


def _rooms(problem: Problem, seat: dict[tuple[int, int], int]) -> tuple[list[int], list[tuple[int, ...]]]:
    people: list[int] = []
    by_seat: list[tuple[int, ...]] = [() for _seat in seat]
    for index, support in enumerate(problem.supports):
        for room in support.rooms:
            for gig in sorted(room.gigs):
                by_seat[seat[index, gig]] += (len(people),)
            people.append(room.people)
    return people, by_seat
