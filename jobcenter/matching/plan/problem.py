"""A plan as numbers: what an engine is given, and what it gives back. No engine reads anything else.

Gigs, workers and support persons are indexes 0, 1, 2 … Minutes, cents and points are whole numbers. `compiling` makes
a Problem so that **every plan that holds what is written here passes every hard rule**, and nothing more is asked:

1. A worker is on a gig at most once, and only where `Gig.points` has them.
2. A gig has at most `Gig.slots` workers; those of `Problem.fixed` are among them.
3. Nobody is on two gigs that clash: `Gig.clashes` for everyone, `Worker.clashes` for this one person besides.
4. For each of a worker's caps: the sum of `Cap.costs` over their gigs is at most `Cap.limit`.
5. Of a pair in `Problem.avoid` at most one is on a gig.
6. A worker with `needs_support` on a gig has exactly one support person there, out of those whose `Support.gigs` has
   the gig; nobody else has one. Two gigs that clash by `Gig.places` never have the same support person. For each of a
   support person's rooms: the number of people they are beside on its gigs is at most `Room.people`.

The worth is compared in order: first `filling`, the sum of `Gig.priority` over filled places; then `points`:

    sum of Gig.points of each placement
  + Together.points for each gig that both of the pair are on
  + Beside.points for each of its newcomers on its gig, if at least one of its experienced is on it too
  - the cost of each worker's planned minutes by Worker.bands

Points of a placement may be below nothing; they never weigh against filling. Those of Together and Beside are not, and
bands grow dearer: the exact engine relies on both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Gig:
    """`points`: who may be placed, and what each placement is worth by itself. `clashes`, `places`: other gigs, never
    this one itself; both ways round.
    """

    slots: int
    priority: int
    minutes: int
    points: Mapping[int, int]
    clashes: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Cap:
    """A week's minutes, or the cents of a headroom. `costs`: by gig, each above 0 and at most `limit`; only gigs that
    the worker may be placed on. A cap that nothing can break is left out.
    """

    limit: int
    costs: Mapping[int, int]


@dataclass(frozen=True)
class Band:
    """So many minutes, each at so many points of cost; `minutes` None: all that follow."""

    minutes: int | None
    cost: int


@dataclass(frozen=True)
class Worker:
    """`bands`: what planned minutes cost, from the first minute on, dearer from band to band (so the cost is convex);
    what the person has done lately is in them. () costs nothing. `clashes`: pairs of gigs (smaller index first) that
    this one person cannot have both, beyond what clashes for everyone.
    """

    needs_support: bool = False
    caps: tuple[Cap, ...] = ()
    bands: tuple[Band, ...] = ()
    clashes: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Room:
    """On these gigs, which are on at one instant, the support person is beside at most so many people together."""

    gigs: frozenset[int]
    people: int


@dataclass(frozen=True)
class Support:
    """`gigs`: those they can go to at all. Every one of them is in at least one room."""

    gigs: frozenset[int]
    rooms: tuple[Room, ...]


@dataclass(frozen=True)
class Together:
    """Points for each gig that both workers are on; `first` < `second`, each pair once."""

    first: int
    second: int
    points: int


@dataclass(frozen=True)
class Beside:
    """Points for each newcomer on the gig, if somebody experienced is on it; the two groups have nobody in common."""

    gig: int
    newcomers: frozenset[int]
    experienced: frozenset[int]
    points: int


@dataclass(frozen=True)
class FixedPlace:
    """A placement that every solution has; `support` None: any that holds, or nobody if they need nobody."""

    gig: int
    worker: int
    support: int | None = None


@dataclass(frozen=True)
class Problem:
    """See the head of this module. `avoid`: pairs of workers, smaller index first."""

    gigs: tuple[Gig, ...]
    workers: tuple[Worker, ...]
    supports: tuple[Support, ...] = ()
    avoid: frozenset[tuple[int, int]] = frozenset()
    together: tuple[Together, ...] = ()
    beside: tuple[Beside, ...] = ()
    fixed: tuple[FixedPlace, ...] = ()

    @cached_property
    def gigs_of(self) -> tuple[tuple[int, ...], ...]:
        """Per worker the gigs on which they may be placed."""
        found: list[list[int]] = [[] for _worker in self.workers]
        for index, gig in enumerate(self.gigs):
            for worker in gig.points:
                found[worker].append(index)
        return tuple(map(tuple, found))


@dataclass(frozen=True, order=True)
class Placed:
    """One worker on one gig, with the support person beside them, if one is; indexes."""

    gig: int
    worker: int
    support: int | None = None


@dataclass(frozen=True, order=True)
class Worth:
    """What a solution is worth, or at most can be: compared by `filling`, then by `points`."""

    filling: int
    points: int


@dataclass(frozen=True)
class Solution:
    """What an engine found. `bound`: no solution is worth more; None: not known. `proven`: `worth` equals `bound`.

    `bound.points` bounds the points of solutions that fill at least as much as this one. `engine`: which one found it.
    """

    placed: tuple[Placed, ...]
    worth: Worth
    bound: Worth | None
    seconds: float
    engine: str = ""

    @property
    def proven(self) -> bool:
        return self.worth == self.bound


@dataclass(frozen=True)
class Progress:
    """How far an engine is: what it has, what is at most possible as far as it knows, and since when it has worked."""

    best: Worth | None
    bound: Worth | None
    seconds: float
