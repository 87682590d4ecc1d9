"""The Problem as a linear model: columns, rows, and two things to maximise one after the other.

A place is a column of 0 or 1. How many people a support person is beside on a gig is a whole number, and whether they
are there is 0 or 1, so people who need support need no column per support person. Bands of minutes are dearer from one
to the next, so that plain columns fill them in the right order; points for two people together are a column that is at
most either place. Nothing is rounded or left out: the model's optimum is the Problem's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jobcenter.matching.plan.engines.patterns import Kind, Mix, kinds_of, mixes_of
from jobcenter.matching.plan.engines.tables import cost_of
from jobcenter.matching.plan.problem import Beside, FixedPlace, Placed, Problem, Together

Terms = list[tuple[int, int]]
# A solver's whole numbers are whole but for its tolerance.
HALF = 0.5


@dataclass(frozen=True)
class Row:
    """lower <= the sum of terms <= upper; None: no limit on that side."""

    terms: Terms
    upper: int | None
    lower: int | None = None


@dataclass
class Model:
    """Columns from 0 to `upper`, from `lower` where it is named; `filling` and `points` are what is maximised.

    `rare`: rows that whole solutions need, but that hardly ever keep a relaxation from anything, and are many.
    """

    upper: list[int] = field(default_factory=list)
    lower: dict[int, int] = field(default_factory=dict)
    points: list[int] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    filling: dict[int, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    rare: list[Row] = field(default_factory=list)
    places: dict[tuple[int, int], int] = field(default_factory=dict)
    people: dict[tuple[int, int], int] = field(default_factory=dict)
    comes: dict[tuple[int, int], int] = field(default_factory=dict)

    def column(self, upper: int, points: int = 0, *, whole: bool = True) -> int:
        """A new column."""
        self.upper.append(upper)
        self.points.append(points)
        self.whole.append(whole)
        return len(self.upper) - 1

    def row(self, terms: Terms, upper: int | None, lower: int | None = None) -> None:
        """A new row."""
        self.rows.append(Row(terms, upper, lower))


def build(problem: Problem) -> Model:
    """The whole Problem: what concerns several people first, then each person's own rows."""
    model = build_shared(problem)
    _slots(model, problem)
    _workers(model, problem)
    return model


def build_shared(problem: Problem, *, supports: bool = True) -> Model:
    """What people do to each other but for filling slots, with or without support persons; those come last."""
    model = Model()
    _places(model, problem)
    _avoid(model, problem)
    for pair in problem.together:
        _together(model, problem, pair)
    for group in problem.beside:
        _beside(model, group)
    if supports:
        _supports(model, problem)
        for place in problem.fixed:
            _fix(model, place)
    return model


def decode(model: Model, problem: Problem, values: Sequence[float]) -> tuple[Placed, ...]:
    """The placements that the columns' values stand for."""
    beside = {key: math.floor(values[column] + HALF) for key, column in model.people.items()}
    by_gig: dict[int, list[int]] = {}
    for (support, gig), count in sorted(beside.items()):
        by_gig.setdefault(gig, []).extend([support] * count)
    named = {(place.gig, place.worker): place.support for place in problem.fixed if place.support is not None}
    for (gig, _worker), support in named.items():
        by_gig[gig].remove(support)
    placed = []
    for (gig, worker), column in sorted(model.places.items()):
        if values[column] > HALF:
            needs = problem.workers[worker].needs_support
            support = (named.get((gig, worker)) if (gig, worker) in named else by_gig[gig].pop(0)) if needs else None
            placed.append(Placed(gig, worker, support))
    return tuple(placed)


def _places(model: Model, problem: Problem) -> None:
    for index, gig in enumerate(problem.gigs):
        for worker, points in sorted(gig.points.items()):
            column = model.places[index, worker] = model.column(1, points)
            model.filling[column] = gig.priority


def _slots(model: Model, problem: Problem) -> None:
    for index, gig in enumerate(problem.gigs):
        if len(gig.points) > gig.slots:
            model.row([(model.places[index, worker], 1) for worker in sorted(gig.points)], gig.slots)


def _workers(model: Model, problem: Problem) -> None:
    cliques = _cliques([gig.clashes for gig in problem.gigs])
    for index, worker in enumerate(problem.workers):
        gigs = problem.gigs_of[index]
        for clique in _within(cliques, gigs):
            model.row([(model.places[gig, index], 1) for gig in clique], 1)
        for first, second in sorted(worker.clashes):
            if (first, index) in model.places and (second, index) in model.places:
                model.row([(model.places[first, index], 1), (model.places[second, index], 1)], 1)
        _hours(model, problem, index)


def _hours(model: Model, problem: Problem, index: int) -> None:
    """Caps and what minutes cost: as mixes where there are few, else cap by cap."""
    worker, kinds = problem.workers[index], kinds_of(problem, index)
    mixes = mixes_of(problem, index, kinds) if worker.caps or worker.bands else []
    if mixes is None:
        for cap in worker.caps:
            terms = [(model.places[gig, index], cost) for gig, cost in sorted(cap.costs.items())]
            model.row(terms, cap.limit)
        _bands(model, problem, index)
    elif mixes:
        _mixes(model, kinds, mixes, [-cost_of(worker.bands, mix.minutes) for mix in mixes], index)


def _mixes(model: Model, kinds: Sequence[Kind], mixes: Sequence[Mix], points: Sequence[int], index: int) -> None:
    """The person's gigs are one mix. A blend of mixes never costs less than what it blends to, for costs are convex."""
    columns = [model.column(1, cost, whole=False) for cost in points]
    model.row([(column, 1) for column in columns], 1, 1)
    for number, kind in enumerate(kinds):
        taken: Terms = [(model.places[gig, index], 1) for gig in kind.gigs]
        taken += [
            (column, -mix.counts[number]) for column, mix in zip(columns, mixes, strict=True) if mix.counts[number]
        ]
        model.row(taken, 0)


def _bands(model: Model, problem: Problem, index: int) -> None:
    """Minutes are laid into bands; the dearer one is used only when the cheaper is full, for nobody gains otherwise."""
    worker, gigs = problem.workers[index], problem.gigs_of[index]
    left = sum(problem.gigs[gig].minutes for gig in gigs)
    if not any(band.cost for band in worker.bands) or not gigs:
        return
    terms: Terms = [(model.places[gig, index], problem.gigs[gig].minutes) for gig in gigs]
    for band in worker.bands:
        minutes = left if band.minutes is None else min(band.minutes, left)
        if minutes > 0:
            terms.append((model.column(minutes, -band.cost, whole=False), -1))
            left -= minutes
    model.row(terms, 0, 0 if any(band.cost < 0 for band in worker.bands) else None)


def _avoid(model: Model, problem: Problem) -> None:
    for first, second in sorted(problem.avoid):
        for gig in _both(problem, first, second):
            model.row([(model.places[gig, first], 1), (model.places[gig, second], 1)], 1)


def _supports(model: Model, problem: Problem) -> None:
    needing = {
        index: [worker for worker in sorted(gig.points) if problem.workers[worker].needs_support]
        for index, gig in enumerate(problem.gigs)
    }
    places = _cliques([gig.places for gig in problem.gigs])
    for index, support in enumerate(problem.supports):
        gigs = [gig for gig in sorted(support.gigs) if needing[gig]]
        for gig in gigs:
            _come_along(model, problem, (index, gig), len(needing[gig]))
        for clique in _within(places, gigs):
            model.rare.append(Row([(model.comes[index, gig], 1) for gig in clique], 1))
        for room in support.rooms:
            terms = [(model.people[index, gig], 1) for gig in sorted(room.gigs) if needing[gig]]
            if len(terms) > 1:
                model.row(terms, room.people)
    for gig, workers in needing.items():
        _accompanied(model, problem, gig, workers)


def _come_along(model: Model, problem: Problem, key: tuple[int, int], needing: int) -> None:
    """Beside nobody unless there; `most` as small as may be, for a small one makes the relaxation's bound tight."""
    support, gig = key
    rooms = [room.people for room in problem.supports[support].rooms if gig in room.gigs]
    most = min([needing, problem.gigs[gig].slots, *rooms])
    people = model.people[key] = model.column(most)
    comes = model.comes[key] = model.column(1)
    model.row([(people, 1), (comes, -most)], 0)


def _accompanied(model: Model, problem: Problem, gig: int, workers: list[int]) -> None:
    if not workers:
        return
    there = [index for index in range(len(problem.supports)) if (index, gig) in model.people]
    model.row(
        [(model.places[gig, worker], 1) for worker in workers] + [(model.people[index, gig], -1) for index in there], 0
    )
    if problem.gigs[gig].slots > 1:
        for worker in workers:
            model.row([(model.places[gig, worker], 1)] + [(model.comes[index, gig], -1) for index in there], 0)


def _together(model: Model, problem: Problem, pair: Together) -> None:
    for gig in _both(problem, pair.first, pair.second):
        column = model.column(1, pair.points, whole=False)
        for worker in (pair.first, pair.second):
            model.row([(column, 1), (model.places[gig, worker], -1)], 0)


def _beside(model: Model, group: Beside) -> None:
    experienced = [(model.places[group.gig, worker], -1) for worker in sorted(group.experienced)]
    for worker in sorted(group.newcomers):
        column = model.column(1, group.points, whole=False)
        model.row([(column, 1), (model.places[group.gig, worker], -1)], 0)
        model.row([(column, 1), *experienced], 0)


def _fix(model: Model, place: FixedPlace) -> None:
    model.lower[model.places[place.gig, place.worker]] = 1
    if place.support is not None:
        people = model.people[place.support, place.gig]
        model.lower[people] = model.lower.get(people, 0) + 1


def _both(problem: Problem, first: int, second: int) -> list[int]:
    """The gigs on which both may be placed."""
    return sorted({*problem.gigs_of[first]} & {*problem.gigs_of[second]})


def _cliques(neighbours: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Groups in which everyone clashes with everyone; each clash is in one of them. Larger groups bound tighter."""
    found: list[frozenset[int]] = []
    covered: set[tuple[int, int]] = set()
    for first, others in enumerate(neighbours):
        for second in sorted(others):
            if first < second and (first, second) not in covered:
                clique = _grown(first, second, neighbours)
                covered.update((one, other) for one in clique for other in clique if one < other)
                found.append(clique)
    return found


def _grown(first: int, second: int, neighbours: Sequence[frozenset[int]]) -> frozenset[int]:
    clique, common = {first, second}, neighbours[first] & neighbours[second]
    while common:
        chosen = max(sorted(common), key=lambda one: len(common & neighbours[one]))
        clique.add(chosen)
        common &= neighbours[chosen]
    return frozenset(clique)


def _within(cliques: Iterable[frozenset[int]], gigs: Iterable[int]) -> list[list[int]]:
    """What the cliques say of these gigs alone, without what a larger one says already."""
    chosen = frozenset(gigs)
    parts = sorted({clique & chosen for clique in cliques}, key=lambda part: (-len(part), sorted(part)))
    kept: list[frozenset[int]] = []
    for part in parts:
        if len(part) > 1 and not any(part <= larger for larger in kept):
            kept.append(part)
    return [sorted(part) for part in kept]
