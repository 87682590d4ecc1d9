"""What placements are worth and whether they hold, read straight from the Problem; no engine has a part in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from jobcenter.matching.plan.engines.tables import cost_of
from jobcenter.matching.plan.problem import Placed, Problem, Worth


def worth_of(problem: Problem, placed: Iterable[Placed]) -> Worth:
    """Filling and points, by the head of `problem`."""
    on: dict[int, set[int]] = {}
    minutes: Counter[int] = Counter()
    filling = points = 0
    for place in placed:
        gig = problem.gigs[place.gig]
        on.setdefault(place.gig, set()).add(place.worker)
        minutes[place.worker] += gig.minutes
        filling += gig.priority
        points += gig.points[place.worker]
    points += sum(
        pair.points for people in on.values() for pair in problem.together if {pair.first, pair.second} <= people
    )
    for group in problem.beside:
        people = on.get(group.gig, set())
        if people & group.experienced:
            points += group.points * len(people & group.newcomers)
    points -= sum(cost_of(problem.workers[worker].bands, minutes[worker]) for worker in minutes)
    return Worth(filling, points)


def broken(problem: Problem, placed: Iterable[Placed]) -> list[str]:
    """What the placements break of the Problem's six rules, and of what is fixed, in words; nothing if they hold."""
    places = tuple(placed)
    return [
        *_gigs(problem, places),
        *_workers(problem, places),
        *_pairs(problem, places),
        *_supports(problem, places),
        *_fixed(problem, places),
    ]


def _gigs(problem: Problem, places: tuple[Placed, ...]) -> Iterator[str]:
    for place in places:
        if place.worker not in problem.gigs[place.gig].points:
            yield f"worker {place.worker} may not be on gig {place.gig}"
    if len({(place.gig, place.worker) for place in places}) < len(places):
        yield "somebody is twice on a gig"
    for gig, people in Counter(place.gig for place in places).items():
        if people > problem.gigs[gig].slots:
            yield f"gig {gig} has too many people"


def _workers(problem: Problem, places: tuple[Placed, ...]) -> Iterator[str]:
    for index, worker in enumerate(problem.workers):
        gigs = sorted(place.gig for place in places if place.worker == index)
        for first, second in combinations(gigs, 2):
            if second in problem.gigs[first].clashes or (first, second) in worker.clashes:
                yield f"gigs {first} and {second} of worker {index} clash"
        for number, cap in enumerate(worker.caps):
            if sum(cap.costs.get(gig, 0) for gig in gigs) > cap.limit:
                yield f"cap {number} of worker {index} is exceeded"


def _pairs(problem: Problem, places: tuple[Placed, ...]) -> Iterator[str]:
    there = {(place.gig, place.worker) for place in places}
    for first, second in problem.avoid:
        for gig, worker in there:
            if worker == first and (gig, second) in there:
                yield f"workers {first} and {second} are both on gig {gig}"


def _supports(problem: Problem, places: tuple[Placed, ...]) -> Iterator[str]:
    for place in places:
        if (place.support is not None) != problem.workers[place.worker].needs_support:
            yield f"worker {place.worker} on gig {place.gig} has no support person, or needs none"
    beside = Counter((place.support, place.gig) for place in places if place.support is not None)
    for index in range(len(problem.supports)):
        yield from _support(problem, index, beside)


def _support(problem: Problem, index: int, beside: Counter[tuple[int | None, int]]) -> Iterator[str]:
    support = problem.supports[index]
    gigs = sorted(gig for other, gig in beside if other == index)
    if not support.gigs.issuperset(gigs):
        yield f"support person {index} cannot come"
    for first, second in combinations(gigs, 2):
        if second in problem.gigs[first].places:
            yield f"support person {index} is in two places"
    for room in support.rooms:
        if sum(beside[index, gig] for gig in room.gigs) > room.people:
            yield f"support person {index} is beside too many"


def _fixed(problem: Problem, places: tuple[Placed, ...]) -> Iterator[str]:
    by_place = {(place.gig, place.worker): place.support for place in places}
    for fixed in problem.fixed:
        key = fixed.gig, fixed.worker
        if key not in by_place or (fixed.support is not None and by_place[key] != fixed.support):
            yield f"worker {fixed.worker} is not on gig {fixed.gig} as fixed"
