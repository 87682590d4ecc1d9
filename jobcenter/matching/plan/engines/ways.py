"""All ways to spend a week, written down for everybody so that the best is soon found: choices, loads and states.

A person's gigs fall into parts, mostly days, so that gigs of two parts never clash. All that one can have together of
a part is a *choice*; choices that take as much of the person's minutes and caps (one *load*) are a group. How much is
taken after a part is a *state*, and a *way* leads from a state through a group to a state after the next part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jobcenter.matching.plan.engines.tables import Tables
from jobcenter.matching.plan.problem import Problem

# Beyond so many choices and ways, all people together, writing them down takes too long and too much room.
MOST, MOST_OF_A_PART = 1_000_000, 100_000

Load = tuple[int, ...]
Choice = tuple[int, ...]
Choices = Mapping[Load, Sequence[Choice]]


class TooManyWays(Exception):
    """There are more ways to spend a week than can be written down."""


@dataclass
class Stage:
    """The ways through everybody's first, second, … part. `source`: the state before; `group`: of which a choice is
    taken; `starts`: where the ways into each state begin, for they follow each other.
    """

    source: list[int] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


@dataclass
class Ways:
    """`choices`: pairs, group after group; `groups`: where each begins. Before the first stage each worker is in the
    state of their own number. `ends`: by worker after how many stages they are through, and by state the minutes.
    """

    choices: list[Choice] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    ends: list[tuple[int, dict[int, int]]] = field(default_factory=list)
    count: int = 0


def all_ways(problem: Problem, tables: Tables, locked: frozenset[int] = frozenset()) -> Ways:
    """The ways of all people; every week has the person's locked pairs. Raises TooManyWays."""
    ways = Ways()
    for worker in range(len(problem.workers)):
        _through(ways, _Person(problem, tables, worker, locked))
    return ways


class _Person:
    """What one person's gigs take of their minutes and caps, and the parts that they fall into."""

    def __init__(self, problem: Problem, tables: Tables, worker: int, locked: frozenset[int]) -> None:
        self.tables, self.worker, self._locked = tables, worker, locked
        caps = problem.workers[worker].caps
        self.limits = tuple(cap.limit for cap in caps)
        self.nothing: Load = (0,) * (1 + len(caps))
        self.loads = {
            pair: (tables.minutes[tables.gig[pair]], *(cap.costs.get(tables.gig[pair], 0) for cap in caps))
            for pair in tables.pairs_of[worker]
        }
        self.parts = _parts(tables, tables.pairs_of[worker])

    def choices(self, part: Sequence[int]) -> Choices:
        """What they can have together of a part, by load."""
        found: dict[Load, list[Choice]] = {}
        asked = self._locked.intersection(part)
        for count, (choice, load) in enumerate(self._grown(part, 0, (), 0, self.nothing)):
            if count > MOST_OF_A_PART:
                raise TooManyWays
            if asked.issubset(choice):
                found.setdefault(load, []).append(choice)
        return found

    def _grown(
        self, part: Sequence[int], start: int, choice: Choice, kept_from: int, load: Load
    ) -> Iterator[tuple[Choice, Load]]:
        yield choice, load
        for place in range(start, len(part)):
            pair = part[place]
            if not kept_from >> self.tables.gig[pair] & 1:
                more = self.summed(load, self.loads[pair])
                if more is not None:
                    yield from self._grown(part, place + 1, (*choice, pair), kept_from | self.tables.clash[pair], more)

    def summed(self, first: Load, second: Load) -> Load | None:
        """Both together; None if a cap has no room for that."""
        load = tuple(map(int.__add__, first, second))
        return load if all(map(int.__le__, load[1:], self.limits)) else None

    def needed(self, part: int) -> tuple[bool, ...]:
        """Of minutes and caps, which still matter after that part: minutes cost at the end, caps while they bind."""
        later = [pair for others in self.parts[part + 1 :] for pair in others]
        return (True, *(any(self.loads[pair][1 + cap] for pair in later) for cap in range(len(self.limits))))


def _through(ways: Ways, person: _Person) -> None:
    states: dict[Load, int] = {person.nothing: person.worker}
    for number, part in enumerate(person.parts):
        if number == len(ways.stages):
            ways.stages.append(Stage())
        groups = _write(ways, person.choices(part))
        into: dict[Load, list[tuple[int, int]]] = {}
        needed = person.needed(number)
        for before, state in states.items():
            for load, group in groups.items():
                after = person.summed(before, load)
                if after is not None:
                    key = tuple(taken * matters for taken, matters in zip(after, needed, strict=True))
                    into.setdefault(key, []).append((state, group))
        states = _enter(ways, ways.stages[number], into)
    ways.ends.append((len(person.parts), {state: load[0] for load, state in states.items()}))


def _write(ways: Ways, choices: Choices) -> dict[Load, int]:
    groups = {}
    for load, alike in sorted(choices.items()):
        groups[load] = len(ways.groups)
        ways.groups.append(len(ways.choices))
        ways.choices += alike
    return groups


def _enter(ways: Ways, stage: Stage, into: Mapping[Load, Sequence[tuple[int, int]]]) -> dict[Load, int]:
    """Writes down the ways into the states after a stage; the states."""
    states = {}
    for load, led in sorted(into.items()):
        states[load] = len(stage.starts)
        stage.starts.append(len(stage.source))
        stage.source += [state for state, _group in led]
        stage.group += [group for _state, group in led]
        ways.count += len(led)
    if ways.count + len(ways.choices) > MOST:
        raise TooManyWays
    return states


def _parts(tables: Tables, pairs: Sequence[int]) -> list[list[int]]:
    """Groups such that nothing of one clashes with anything of another, each as small as can be."""
    parts: list[tuple[int, int, list[int]]] = []
    for pair in pairs:
        gigs, clash, members = 1 << tables.gig[pair], tables.clash[pair], [pair]
        apart = []
        for part in parts:
            if part[0] & clash or part[1] & 1 << tables.gig[pair]:
                gigs, clash, members = gigs | part[0], clash | part[1], part[2] + members
            else:
                apart.append(part)
        parts = [*apart, (gigs, clash, members)]
    return [sorted(members) for _gigs, _clash, members in parts]
