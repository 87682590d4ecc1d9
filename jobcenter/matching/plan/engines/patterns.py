"""Which mixes of gigs a person's caps have room for, told by kinds of gigs instead of by gigs.

"At most 8 hours" lets a relaxation give somebody a gig of 3 hours two and two thirds times. Gigs that cost the same in
every cap are of one kind, and there are few kinds; so all mixes that fit (two of 3 hours and one of 2; …) can be told
one by one. A relaxation that may only blend those is far nearer to the truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobcenter.matching.plan.problem import Problem

MOST = 400


@dataclass(frozen=True)
class Kind:
    """Gigs of so many minutes that take so much of each cap."""

    minutes: int
    costs: tuple[int, ...]
    gigs: tuple[int, ...]


@dataclass(frozen=True)
class Mix:
    """How many gigs of each kind, and the minutes of them all."""

    counts: tuple[int, ...]
    minutes: int


def kinds_of(problem: Problem, worker: int) -> list[Kind]:
    """The kinds of gigs that the person may be placed on."""
    caps = problem.workers[worker].caps
    found: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for gig in problem.gigs_of[worker]:
        key = problem.gigs[gig].minutes, tuple(cap.costs.get(gig, 0) for cap in caps)
        found.setdefault(key, []).append(gig)
    return [Kind(minutes, costs, tuple(gigs)) for (minutes, costs), gigs in sorted(found.items())]


def mixes_of(problem: Problem, worker: int, kinds: Sequence[Kind]) -> list[Mix] | None:
    """Every mix that all caps together have room for; None if there are more than MOST."""
    left = [cap.limit for cap in problem.workers[worker].caps]
    found: list[Mix] = []
    for mix in _mixes(kinds, left, (), 0):
        found.append(mix)
        if len(found) > MOST:
            return None
    return found


def _mixes(kinds: Sequence[Kind], left: Sequence[int], counts: tuple[int, ...], minutes: int) -> Iterator[Mix]:
    if len(counts) == len(kinds):
        yield Mix(counts, minutes)
        return
    kind = kinds[len(counts)]
    for count in range(len(kind.gigs) + 1):
        rest = [limit - count * cost for limit, cost in zip(left, kind.costs, strict=True)]
        if min(rest, default=0) < 0:
            return
        yield from _mixes(kinds, rest, (*counts, count), minutes + count * kind.minutes)
