"""Thousands of people and gigs judged by the rules of one pair, quickly, by the very functions of the table.

A rule says what it reads; people who are alike in that are judged once. A rule on times is asked only about people who
have one of those times near the gig. Sets of people are bits of one whole number, by their place in the list.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import compress
from operator import attrgetter

from jobcenter.matching.domain import GigFacts, RuleCode, WorkerFacts
from jobcenter.matching.rules import RULES
from jobcenter.matching.ruling import Near, Rule
from jobcenter.orders.gigs.domain import Span
from jobcenter.workers import domain as workers

STOPPING_RULES = tuple(rule for rule in RULES if rule.weight.stops)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
# Days of UTC around a day of Helsinki, and the widest margin.
AROUND = (-2, -1, 0, 1, 2)
BITS = bytes.maketrans(b"01", b"\x00\x01")

People = int
Stopped = tuple[tuple[RuleCode, People], ...]


def people_in(people: People) -> Iterator[int]:
    """The places whose bits are set, in order."""
    written = format(people, "b")[::-1].encode().translate(BITS)
    return compress(range(len(written)), written)


def groups_of(facts: Sequence[object], names: Sequence[str]) -> Mapping[Hashable, People]:
    """Who is alike in what the names name."""
    groups: dict[Hashable, People] = defaultdict(int)
    read = reader(names)
    for place, one in enumerate(facts):
        groups[read(one)] |= 1 << place
    return groups


def reader(names: Sequence[str]) -> Callable[[object], Hashable]:
    """A function that gives what the names name of one thing."""
    return attrgetter(*names) if names else lambda _one: ()


@dataclass(frozen=True)
class Alike:
    """People who are alike to a rule, and one of them to ask about."""

    one: WorkerFacts
    people: People


class Asked:
    """One rule, asked about all people and one gig after the other."""

    def __init__(self, rule: Rule, people: Sequence[WorkerFacts], days: Sequence[date]) -> None:
        self._check = rule.check
        self._of_gig = reader(rule.of_gig)
        masks = groups_of(people, rule.of_worker).values()
        self._groups = [Alike(people[(mask & -mask).bit_length() - 1], mask) for mask in masks]
        self._near = Nearby(rule.near, [group.one for group in self._groups], days) if rule.near else None
        self._known: dict[Hashable, Stopped] = {}

    def stopped(self, gig: GigFacts) -> Stopped:
        """Whom the rule stops, by code."""
        alike = self._of_gig(gig)
        known = self._known.get(alike)
        if known is None:
            known = self._known[alike] = self._ask(gig)
        return known

    def _ask(self, gig: GigFacts) -> Stopped:
        found: dict[RuleCode, People] = {}
        groups = self._groups if self._near is None else [self._groups[place] for place in self._near.of(gig.span)]
        for group in groups:
            answer = self._check(gig, group.one)
            if answer is not None:
                found[answer[0]] = found.get(answer[0], 0) | group.people
        return tuple(found.items())


class Nearby:
    """Who has a time near a gig, found by the day; `days` are those on which gigs are, in order."""

    def __init__(self, near: Near, people: Sequence[WorkerFacts], days: Sequence[date]) -> None:
        self._margin = near.margin
        self._by_day: dict[int, list[tuple[datetime, datetime, int]]] = defaultdict(list)
        numbers = [(day - EPOCH.date()).days for day in days]
        for place, one in enumerate(people):
            for span in near.spans(one, days):
                first = bisect_left(numbers, _number(span.starts_at))
                for day in numbers[first : bisect_right(numbers, _number(span.ends_at))]:
                    self._by_day[day].append((span.starts_at, span.ends_at, place))

    def of(self, span: Span | workers.Span) -> Iterable[int]:
        """The places of those who have a time within the margin of the span."""
        starts, ends = span.starts_at - self._margin, span.ends_at + self._margin
        days = range(_number(starts), _number(ends) + 1)
        near = (time for day in days for time in self._by_day.get(day, ()))
        return sorted({place for begins, stops, place in near if begins < ends and stops > starts})


def _number(instant: datetime) -> int:
    return (instant - EPOCH) // ONE_DAY


@dataclass(frozen=True)
class Verdict:
    """Who may be placed on a gig as far as it and the person alone tell, and whom which reason stops first."""

    allowed: People
    first: Stopped


class Bench:
    """All people, ready to be judged for one gig after the other."""

    def __init__(self, people: Sequence[WorkerFacts], gigs: Iterable[GigFacts]) -> None:
        days = sorted({day + step * ONE_DAY for gig in gigs for day in gig.days for step in AROUND})
        self._rules = [Asked(rule, people, days) for rule in STOPPING_RULES] if days else []
        self._everyone = (1 << len(people)) - 1

    def verdict(self, gig: GigFacts) -> Verdict:
        """Who may be placed, and the first reason of everybody else in the order of the table."""
        left, first = self._everyone, []
        for code, people in self.reasons(gig):
            if people & left:
                first.append((code, people & left))
                left &= ~people
        return Verdict(left, tuple(first))

    def reasons(self, gig: GigFacts) -> Iterator[tuple[RuleCode, People]]:
        """Everybody whom each reason stops, in the order of the table."""
        return (stopped for rule in self._rules for stopped in rule.stopped(gig))
