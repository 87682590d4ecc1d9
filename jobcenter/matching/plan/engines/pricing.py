"""The best week for one person, when every place has a price besides its points."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobcenter.matching.plan.engines.tables import Tables
from jobcenter.matching.plan.problem import Problem

HARDLY = 1e-6
KEPT = 3


@dataclass(frozen=True)
class Week:
    """The pairs that one worker has together; nothing is a week too."""

    worker: int
    pairs: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Begun:
    """A week that may grow: what it keeps the person from, what is left of caps, and its worth before hours cost."""

    pairs: tuple[int, ...] = ()
    kept_from: int = 0
    left: tuple[int, ...] = ()
    minutes: int = 0
    worth: float = 0.0


class Pricer:
    """Looks for one person's best weeks, branch by branch; a branch is left when it cannot come to more than the best.

    `weeks`: the best ones met, the very best last. `net`: what that is worth. `sure`: whether none is better.
    """

    def __init__(self, problem: Problem, tables: Tables, worker: int) -> None:
        self._tables = tables
        self._worker = worker
        self._pairs = tables.pairs_of[worker]
        caps = problem.workers[worker].caps
        self._costs = {pair: tuple(cap.costs.get(tables.gig[pair], 0) for cap in caps) for pair in self._pairs}
        self._limits = tuple(cap.limit for cap in caps)
        self._clique = _cliques(tables, self._pairs)

    def look(self, worth: Sequence[float], most: int | None) -> None:
        """Finds the best weeks by the worth of each pair, looking at no more than `most` of them."""
        hours = self._tables.costs[self._worker]
        net = {pair: worth[pair] - hours[self._minutes(pair)] for pair in self._pairs}
        self._order = sorted((pair for pair in self._pairs if net[pair] > HARDLY), key=lambda pair: -net[pair])
        self._worth, self._most, self._seen = worth, most, 0
        self.weeks: list[Week] = []
        self.net, self.sure = 0.0, True
        self._grow(_Begun(left=self._limits), 0)
        self.weeks = self.weeks[-KEPT:]

    def _minutes(self, pair: int) -> int:
        return self._tables.minutes[self._tables.gig[pair]]

    def _grow(self, begun: _Begun, start: int) -> None:
        self._seen += 1
        if self._most is not None and self._seen > self._most:
            self.sure = False
            return
        net = begun.worth - self._tables.costs[self._worker][begun.minutes]
        if net > self.net + HARDLY:
            self.net = net
            self.weeks.append(Week(self._worker, tuple(sorted(begun.pairs))))
        more = list(self._more(begun, start))
        for (place, pair, _gain), upper in zip(more, self._at_most(begun, more), strict=True):
            if net + upper <= self.net + HARDLY:
                return
            self._grow(self._with(begun, pair), place + 1)

    def _more(self, begun: _Begun, start: int) -> Iterator[tuple[int, int, float]]:
        """What may follow, and what each would add by itself."""
        gig, costs, hours = self._tables.gig, self._costs, self._tables.costs[self._worker]
        now = hours[begun.minutes]
        for place in range(start, len(self._order)):
            pair = self._order[place]
            if begun.kept_from >> gig[pair] & 1:
                continue
            if all(left >= cost for left, cost in zip(begun.left, costs[pair], strict=True)):
                gain = self._worth[pair] - hours[begun.minutes + self._minutes(pair)] + now
                if gain > HARDLY:
                    yield place, pair, gain

    def _at_most(self, begun: _Begun, more: Sequence[tuple[int, int, float]]) -> list[float]:
        """What each and all after it could add: of gigs that all clash, one; no more gigs than caps have room for; and
        each hour costs at least what it does now.
        """
        count = self._room(begun, more)
        best: dict[int, float] = {}
        largest: list[float] = []
        uppers = []
        for _place, pair, gain in reversed(more):
            before = best.get(self._clique[pair], 0.0)
            if gain > before:
                best[self._clique[pair]] = gain
                if before:
                    largest.remove(before)
                insort(largest, gain)
            uppers.append(sum(largest[-count:]))
        return uppers[::-1]

    def _room(self, begun: _Begun, more: Sequence[tuple[int, int, float]]) -> int:
        """How many more gigs the caps can have room for at most; never less than one."""
        count = len(more)
        for number, left in enumerate(begun.left):
            least = min((self._costs[pair][number] for _place, pair, _gain in more), default=0)
            if least:
                count = min(count, left // least)
        return max(1, count)

    def _with(self, begun: _Begun, pair: int) -> _Begun:
        return _Begun(
            (*begun.pairs, pair),
            begun.kept_from | self._tables.clash[pair],
            tuple(left - cost for left, cost in zip(begun.left, self._costs[pair], strict=True)),
            begun.minutes + self._minutes(pair),
            begun.worth + self._worth[pair],
        )


def _cliques(tables: Tables, pairs: Sequence[int]) -> dict[int, int]:
    """By pair, the number of a group in which everything clashes with everything."""
    groups: list[list[int]] = []
    number: dict[int, int] = {}
    for pair in pairs:
        for place, group in enumerate(groups):
            if all(tables.clash[pair] >> tables.gig[other] & 1 for other in group):
                group.append(pair)
                number[pair] = place
                break
        else:
            number[pair] = len(groups)
            groups.append([pair])
    return number
