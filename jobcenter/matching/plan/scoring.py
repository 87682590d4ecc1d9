"""What makes one plan better than another that fills as much: whole points by part, each part at its weight.

Most parts look at one person and one gig and are the desk's own soft rules. Three look further: hours are shared by a
cost that grows with each hour, so that the next hour is worth most to whom has least; people who like each other, and
a newcomer beside somebody experienced, are worth something only together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from jobcenter.matching import soft
from jobcenter.matching.domain import GigFacts, Id, WorkerFacts
from jobcenter.matching.plan.domain import Instance, Part, PlanGig
from jobcenter.matching.plan.problem import Band
from jobcenter.matching.soft import ALONE, FULL, HALVED_BY, Company
from jobcenter.matching.weights.domain import with_defaults

# One per cent of a part at weight 1, so that the cost of a minute is whole at every weight: a full share is as much as
# a gig of three hours costs whoever has worked very much lately.
PER_CENT = 18
COST_OF_A_MINUTE = 10
# Where, in minutes worked lately and planned, the next minute becomes dearer.
STEPS = (60, 120, 180, 240, 300, 360, 480, 600, 720, 960, 1200, 1440, 1920, 2400, 3600, 4800)


@dataclass(frozen=True)
class PairPart:
    """A part that looks at one person and one gig, and all that it reads of each."""

    part: Part
    share: Callable[[GigFacts, WorkerFacts, Company], soft.Share]
    of_gig: tuple[str, ...]
    of_worker: tuple[str, ...]


_BY_TIME = ("span",)
_WISHES = "who.wishes."

PAIR_PARTS = (
    PairPart(Part.WISHES_TASKS, soft.wished_task, ("named",), ("who.tasks",)),
    PairPart(Part.WISHES_TIMES, soft.wished_time, _BY_TIME, (_WISHES + "wished_days", _WISHES + "wished_parts")),
    PairPart(Part.WISHES_AREAS, soft.wished_area, ("area",), (_WISHES + "areas",)),
    PairPart(
        Part.PRACTISE,
        soft.practise,
        ("category", "skills"),
        (_WISHES + "practise_tasks", _WISHES + "practise_skills"),
    ),
    PairPart(Part.SAME_FACES, soft.same_faces, ("orderer",), ("history.known",)),
    PairPart(Part.FEEDBACK, soft.feedback, ("orderer",), ("history.rated",)),
    PairPart(Part.LIKES, soft.likes, ("people",), ("history.likes",)),
    PairPart(Part.NEWCOMER_BESIDE_EXPERIENCED, soft.newcomer, ("people",), ("history.done",)),
    PairPart(Part.NEAR, soft.near, ("postcode",), (_WISHES + "postcode",)),
    PairPart(
        Part.KEEP_HEADROOM,
        soft.keep_headroom,
        ("span.first_day", "minutes", "form", "pay"),
        ("limits", "headrooms"),
    ),
)


def weights_of(instance: Instance) -> Mapping[Part, int]:
    """Every part's weight: the instance's own over the usual ones."""
    return with_defaults(instance.weights)


def company_of(instance: Instance, gig: PlanGig) -> Company:
    """Who of the people that are on a gig already is new to gigs, and who has done many."""
    there = [instance.worker[person] for person in gig.facts.people if person in instance.worker]
    if not there:
        return ALONE
    return Company(
        newcomers=frozenset(one.who.id for one in there if soft.is_newcomer(one.history)),
        experienced=frozenset(one.who.id for one in there if soft.is_experienced(one.history)),
    )


def pair_points(weights: Mapping[Part, int], gig: GigFacts, worker: WorkerFacts, company: Company) -> dict[Part, int]:
    """What one placement is worth by itself, by part."""
    return {pair.part: weights[pair.part] * pair.share(gig, worker, company).per_cent * PER_CENT for pair in PAIR_PARTS}


class PairScores:
    """The points of placements of all people on one gig after the other; people who are alike are scored once."""

    def __init__(self, weights: Mapping[Part, int], people: Sequence[WorkerFacts]) -> None:
        counted = [pair for pair in PAIR_PARTS if weights[pair.part]]
        self._columns = [Column(pair, weights[pair.part] * PER_CENT, people) for pair in counted]

    def of(self, gig: GigFacts, company: Company, people: Sequence[int]) -> dict[int, int]:
        """The points of each of these people, by their places."""
        even, columns = 0, []
        for column in self._columns:
            points = column.points(gig, company)
            if len(points) == 1:
                even += points[0]
            else:
                columns.append((column.group, points))
        totals = [even] * len(people)
        for group, points in columns:
            totals = [total + points[group[person]] for total, person in zip(totals, people, strict=True)]
        return dict(zip(people, totals, strict=True))


class Column:
    """One part for all people: in which group each is, and the points of each group on a gig."""

    def __init__(self, pair: PairPart, each: int, people: Sequence[WorkerFacts]) -> None:
        self._pair, self._each = pair, each
        self._ones: list[WorkerFacts] = []
        self.group: list[int] = []
        known: dict[Hashable, int] = {}
        for one in people:
            place = known.setdefault(_read(one, pair.of_worker), len(known))
            if place == len(self._ones):
                self._ones.append(one)
            self.group.append(place)
        self._known: dict[Hashable, list[int]] = {}

    def points(self, gig: GigFacts, company: Company) -> list[int]:
        """The points by group; one number alone where all groups have the same."""
        alike = _read(gig, self._pair.of_gig)
        if alike not in self._known:
            points = [self._each * self._pair.share(gig, one, company).per_cent for one in self._ones]
            self._known[alike] = points[:1] if len(set(points)) == 1 else points
        return self._known[alike]


def _read(one: object, names: Sequence[str]) -> Hashable:
    return tuple(_hashable(attrgetter(name)(one)) for name in names)


def _hashable(value: object) -> Hashable:
    return frozenset(value.items()) if isinstance(value, Mapping) else value


# Fair share of hours


def bands(weight: int, lately: int, most: int) -> tuple[Band, ...]:
    """What the minutes of a plan cost somebody who has worked `lately` minutes and cannot be given over `most` more.

    A minute costs as much as the desk's fair share loses by it: nothing at first, then ever more, towards the weight's
    whole. () when it never costs anything.
    """
    found: list[Band] = []
    level, end = lately, lately + most
    while level < end:
        step = next((step for step in STEPS if step > level), end)
        upto = min(step, end)
        cost = minute_cost(weight, (level + upto) // 2)
        if found and found[-1].cost == cost:
            found[-1] = Band(found[-1].minutes + upto - level, cost)
        else:
            found.append(Band(upto - level, cost))
        level = upto
    if not any(band.cost for band in found):
        return ()
    return (*found[:-1], Band(None, found[-1].cost))


def minute_cost(weight: int, worked: int) -> int:
    """What one more minute costs whoever has worked so many lately; rounded down."""
    return weight * COST_OF_A_MINUTE * worked // (HALVED_BY + worked)


def cost_of(own: Sequence[Band], minutes: int) -> int:
    """What so many planned minutes cost by these bands."""
    cost = 0
    for band in own:
        inside = minutes if band.minutes is None else min(minutes, band.minutes)
        cost += inside * band.cost
        minutes -= inside
    return cost


def worked(instance: Instance, worker: WorkerFacts) -> int:
    """Minutes that count when hours are shared: those of the last weeks, and those agreed ahead."""
    return worker.lately + sum(held.minutes for held in worker.engaged if held.span.first_day >= instance.first)


# Together


def liking(instance: Instance) -> Mapping[tuple[int, int], int]:
    """How many of a pair, one or both, like to work with the other; by places in the list, the smaller first."""
    place = {worker.who.id: number for number, worker in enumerate(instance.workers)}
    pairs: dict[tuple[int, int], int] = {}
    for one, other in _likes(instance.workers, place):
        pair = (min(one, other), max(one, other))
        pairs[pair] = pairs.get(pair, 0) + 1
    return pairs


def _likes(people: Sequence[WorkerFacts], place: Mapping[Id, int]) -> Iterator[tuple[int, int]]:
    for number, worker in enumerate(people):
        for liked in worker.history.likes:
            if liked in place and place[liked] != number:
                yield number, place[liked]


def each_together(weight: int) -> int:
    """What it is worth that one person is beside another whom they like, or a newcomer beside somebody experienced."""
    return weight * FULL * PER_CENT
