"""Everybody's best weeks when every place has a worth: by dynamic programming, for all people in one go.

From part to part of people's weeks (see `ways`) the best way into each state is a sum and a maximum: a few thousand
numbers for one person, so that numpy is through with a city's in some milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobcenter.matching.plan.engines.tables import Tables
from jobcenter.matching.plan.engines.ways import Choice, Stage, Ways

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Week:
    """The pairs that one worker has together, in order; nothing is a week too."""

    worker: int
    pairs: tuple[int, ...] = ()


class Pricer:
    """Looks for the best weeks by the worth of each pair; `nets`: what each worker's best one is worth."""

    def __init__(self, tables: Tables, ways: Ways) -> None:
        self._choices = ways.choices
        self._nothing = len(tables.gig)
        self._pairs = _even(ways.choices, self._nothing)
        self._groups = _Runs(ways.groups, len(ways.choices))
        self._stages = [_Steps(stage) for stage in ways.stages]
        self._before = np.cumsum([0, len(ways.ends), *(len(stage.starts) for stage in ways.stages)])
        self._ends = np.array([self._before[parts] + end for parts, ends in ways.ends for end in ends])
        self._costs = np.array(
            [tables.costs[worker][took] for worker, (_parts, ends) in enumerate(ways.ends) for took in ends.values()],
            dtype=float,
        )
        lengths = [len(ends) for _parts, ends in ways.ends]
        self._workers = _Runs(np.cumsum([0, *lengths[:-1]]), len(self._ends))
        self.nets: Numbers = np.zeros(len(ways.ends))

    def look(self, worth: Numbers, *, hours: bool = True) -> Numbers:
        """What everybody's best week is worth, after what its hours cost if those count."""
        self._worths = np.append(worth, 0.0)[self._pairs].sum(axis=0)
        self._best = self._groups.most(self._worths)
        self._values = [np.zeros(len(self.nets))]
        for steps in self._stages:
            self._values.append(steps.into(self._values[-1], self._best))
        self._final = np.concatenate(self._values)[self._ends] - (self._costs if hours else 0.0)
        self.nets = self._workers.most(self._final)
        return self.nets

    def taken(self) -> tuple[Places, Places]:
        """Of everybody's best week, after `look`: workers, and a choice of each of their parts."""
        ends = self._ends[self._workers.first(self._final, self.nets, np.arange(len(self.nets)))]
        workers, choices = [], []
        for number in range(len(self._stages), 0, -1):
            there = np.flatnonzero(ends >= self._before[number])
            steps, states = self._stages[number - 1], ends[there] - self._before[number]
            ways = steps.best(states, self._values[number])
            groups = steps.group[ways]
            workers.append(there)
            choices.append(self._groups.first(self._worths, self._best, groups))
            ends[there] = self._before[number - 1] + steps.source[ways]
        return np.concatenate([*workers, []]).astype(int), np.concatenate([*choices, []]).astype(int)

    def weeks(self, taken: tuple[Places, Places]) -> list[Week]:
        """The weeks that were taken, of everybody in their order."""
        pairs: list[list[int]] = [[] for _worker in self.nets]
        for worker, choice in zip(*(numbers.tolist() for numbers in taken), strict=True):
            pairs[worker] += self._choices[choice]
        return [Week(worker, tuple(sorted(own))) for worker, own in enumerate(pairs)]

    def counts(self, taken: tuple[Places, Places]) -> Places:
        """By pair, whether it was taken."""
        return np.bincount(self._pairs[:, taken[1]].ravel(), minlength=self._nothing + 1)[: self._nothing]


class _Runs:
    """Runs of numbers that belong together; none is empty."""

    def __init__(self, starts: Sequence[int] | Places, count: int) -> None:
        self._starts = np.array(starts, dtype=np.int64)
        self._owner = np.repeat(np.arange(len(self._starts)), np.diff(np.append(self._starts, count)))

    def most(self, numbers: Numbers) -> Numbers:
        """The largest number of each run."""
        return np.maximum.reduceat(numbers, self._starts) if len(numbers) else numbers

    def first(self, numbers: Numbers, most: Numbers, runs: Places) -> Places:
        """Where the largest number stands first in these runs."""
        hits = np.flatnonzero(numbers == most[self._owner])
        return hits[np.searchsorted(hits, self._starts[runs])]


class _Steps:
    """The ways through one stage."""

    def __init__(self, stage: Stage) -> None:
        self.source, self.group = np.array(stage.source), np.array(stage.group)
        self._runs = _Runs(stage.starts, len(stage.source))

    def into(self, before: Numbers, best: Numbers) -> Numbers:
        """The best that leads into each state."""
        self._worths = before[self.source] + best[self.group]
        return self._runs.most(self._worths)

    def best(self, states: Places, values: Numbers) -> Places:
        """The best way into each of these states, after `into` gave its values."""
        return self._runs.first(self._worths, values, states)


def _even(choices: Sequence[Choice], nothing: int) -> Places:
    """The choices one beside the other, filled up to one length."""
    longest = max(map(len, choices), default=0)
    pairs = np.full((longest, len(choices)), nothing, dtype=np.int64)
    for number, choice in enumerate(choices):
        pairs[: len(choice), number] = choice
    return pairs
