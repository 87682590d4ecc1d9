"""An instance as numbers for an engine, made with the same functions that judge a person on the desk.

Whatever holds the Problem passes the checker: single rules say who may be placed at all, and what people's gigs do to
each other becomes clashes, caps and rooms. Tests hold plans made of random Problems against the checker.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import combinations

from jobcenter.core.errors import DomainError
from jobcenter.matching.domain import GigFacts, WorkerFacts
from jobcenter.matching.plan import scoring
from jobcenter.matching.plan.checker import faults_of_fixed
from jobcenter.matching.plan.compiling_caps import caps_of
from jobcenter.matching.plan.compiling_support import supports_of
from jobcenter.matching.plan.domain import Assignment, Instance, Part, Plan, PlanGig
from jobcenter.matching.plan.judging import Bench, Verdict, people_in
from jobcenter.matching.plan.problem import Beside, FixedPlace, Gig, Problem, Solution, Together, Worker
from jobcenter.matching.plan.rules import MINUTE, Fault, avoided, can_do_both, is_available, stop_of
from jobcenter.matching.rules_working_time import is_young, rest_of
from jobcenter.matching.soft import is_experienced, is_newcomer
from jobcenter.matching.working_time import on, rests_enough

ONE_DAY = timedelta(days=1)
PAIR = 2


class FixedBreaksRules(DomainError):
    """What is settled before planning breaks rules by itself; `faults` says which."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("fixed_breaks_rules")
        self.faults = faults


@dataclass(frozen=True)
class Compiled:
    """An instance with its problem, and whom single rules stop on each gig; people as bits by their places."""

    instance: Instance
    problem: Problem
    bench: Bench
    gigs: tuple[GigFacts, ...]
    verdicts: tuple[Verdict, ...]

    def plan(self, solution: Solution) -> Plan:
        """A solution in the instance's own names, by gig and worker in the order of the instance."""
        instance = self.instance
        return Plan(
            tuple(
                Assignment(
                    instance.gigs[placed.gig].id,
                    instance.workers[placed.worker].who.id,
                    None if placed.support is None else instance.supports[placed.support].id,
                )
                for placed in sorted(solution.placed, key=lambda placed: (placed.gig, placed.worker))
            )
        )


def compiled(instance: Instance) -> Compiled:
    """The instance as a problem. Raises FixedBreaksRules."""
    found = faults_of_fixed(instance)
    if found:
        raise FixedBreaksRules(found)
    gigs = tuple(_as_judged(instance, gig) for gig in instance.gigs)
    bench = Bench(_as_apart(instance), gigs)
    verdicts = tuple(map(bench.verdict, gigs))
    return Compiled(instance, Numbers(instance, gigs, verdicts).problem(), bench, gigs, verdicts)


def _as_judged(instance: Instance, gig: PlanGig) -> GigFacts:
    """A gig's facts with a support person along, if any at all could come; who has room is for the plan to say."""
    able = any(is_available(support, gig.span) for support in instance.supports)
    return replace(gig.facts, support_booked=able)


def _as_apart(instance: Instance) -> list[WorkerFacts]:
    """The people, each with all whom they must not meet, whichever of the two said so."""
    apart = avoided(instance.workers)
    return [
        worker if worker.who.id not in apart else replace(worker, avoid=apart[worker.who.id])
        for worker in instance.workers
    ]


@dataclass(frozen=True)
class Numbers:
    """Makes the problem's parts one by one."""

    instance: Instance
    gigs: Sequence[GigFacts]
    verdicts: Sequence[Verdict]

    def problem(self) -> Problem:
        """All parts together."""
        return Problem(
            gigs=tuple(self._gigs()),
            workers=tuple(self._workers()),
            supports=supports_of(self.instance),
            avoid=self._avoid(),
            together=tuple(self._together()),
            beside=tuple(self._beside()),
            fixed=tuple(self._fixed()),
        )

    @cached_property
    def weights(self) -> Mapping[Part, int]:
        return scoring.weights_of(self.instance)

    @cached_property
    def place(self) -> Mapping[object, int]:
        return {worker.who.id: number for number, worker in enumerate(self.instance.workers)}

    @cached_property
    def allowed(self) -> list[list[int]]:
        """By gig, the places of those who may be on it."""
        return [list(people_in(verdict.allowed)) for verdict in self.verdicts]

    @cached_property
    def gigs_of(self) -> list[list[int]]:
        """By worker, the places of the gigs that they may be on."""
        found: list[list[int]] = [[] for _worker in self.instance.workers]
        for number, people in enumerate(self.allowed):
            for person in people:
                found[person].append(number)
        return found

    @cached_property
    def by_start(self) -> list[int]:
        return sorted(range(len(self.gigs)), key=lambda number: self.gigs[number].span.starts_at)

    def _gigs(self) -> Iterator[Gig]:
        scores = scoring.PairScores(self.weights, self.instance.workers)
        clashes, places = self._clashes(), self._places()
        for number, (gig, facts) in enumerate(zip(self.instance.gigs, self.gigs, strict=True)):
            company = scoring.company_of(self.instance, gig)
            yield Gig(
                slots=gig.slots,
                priority=gig.priority,
                minutes=facts.minutes,
                points=scores.of(facts, company, self.allowed[number]),
                clashes=frozenset(clashes[number]),
                places=frozenset(places[number]),
            )

    def _clashes(self) -> Mapping[int, set[int]]:
        """Gigs that nobody can have both: they overlap, or leave too little rest."""
        found: dict[int, set[int]] = defaultdict(set)
        rests = [rest_of(facts) for facts in self.gigs]
        for one, other in self._close(ONE_DAY):
            first, second = self.gigs[one].span, self.gigs[other].span
            if first.overlaps(second) or not rests_enough(first, second, max(rests[one], rests[other])):
                _both(found, one, other)
        return found

    def _places(self) -> Mapping[int, set[int]]:
        """Gigs between which nobody can go as a support person in time."""
        found: dict[int, set[int]] = defaultdict(set)
        if not self.instance.supports:
            return found
        travel = self.instance.travel_minutes * MINUTE
        stops = [stop_of(gig) for gig in self.instance.gigs]
        for one, other in self._close(travel):
            if not can_do_both(stops[one], stops[other], travel):
                _both(found, one, other)
        return found

    def _close(self, margin: timedelta) -> Iterator[tuple[int, int]]:
        """Pairs of gigs of which the later begins within a margin of the earlier's end."""
        starts: list[datetime] = [self.gigs[number].span.starts_at for number in self.by_start]
        for position, one in enumerate(self.by_start):
            until = bisect_left(starts, self.gigs[one].span.ends_at + margin)
            yield from ((one, other) for other in self.by_start[position + 1 : until])

    def _workers(self) -> Iterator[Worker]:
        for number, worker in enumerate(self.instance.workers):
            own = [(gig, self.gigs[gig]) for gig in self.gigs_of[number]]
            yield Worker(
                needs_support=worker.who.needs_support,
                caps=caps_of(worker, own),
                bands=scoring.bands(
                    self.weights[Part.FAIR_SHARE],
                    scoring.worked(self.instance, worker),
                    sum(facts.minutes for _gig, facts in own),
                ),
                clashes=frozenset(self._young_clashes(worker, own)),
            )

    def _young_clashes(self, worker: WorkerFacts, own: Sequence[tuple[int, GigFacts]]) -> Iterator[tuple[int, int]]:
        """Pairs of gigs between which somebody young must rest longer."""
        if worker.who.person.born is None:
            return
        young = [(gig, facts) for gig, facts in own if is_young(facts, worker)]
        for (one, first), (other, second) in combinations(young, PAIR):
            rest = max(on(facts.span.first_day).young_daily_rest for facts in (first, second))
            if not rests_enough(first.span, second.span, rest):
                yield min(one, other), max(one, other)

    def _avoid(self) -> frozenset[tuple[int, int]]:
        pairs = set()
        for number, worker in enumerate(self.instance.workers):
            for other in worker.avoid:
                if other in self.place and self.place[other] != number:
                    pairs.add((min(number, self.place[other]), max(number, self.place[other])))
        return frozenset(pairs)

    def _together(self) -> Iterator[Together]:
        each = scoring.each_together(self.weights[Part.LIKES])
        if each:
            for (one, other), count in sorted(scoring.liking(self.instance).items()):
                if self._can_share(one, other):
                    yield Together(one, other, each * count)

    def _can_share(self, one: int, other: int) -> bool:
        shared = set(self.gigs_of[one]).intersection(self.gigs_of[other])
        return any(self.instance.gigs[gig].slots >= PAIR for gig in shared)

    def _beside(self) -> Iterator[Beside]:
        each = scoring.each_together(self.weights[Part.NEWCOMER_BESIDE_EXPERIENCED])
        people = self.instance.workers
        new = {number for number, worker in enumerate(people) if is_newcomer(worker.history)}
        experienced = {number for number, worker in enumerate(people) if is_experienced(worker.history)}
        for number, gig in enumerate(self.instance.gigs):
            newcomers, old = new.intersection(self.allowed[number]), experienced.intersection(self.allowed[number])
            helped = scoring.company_of(self.instance, gig).experienced
            if each and not helped and gig.slots >= PAIR and newcomers and old:
                yield Beside(number, frozenset(newcomers), frozenset(old), each)

    def _fixed(self) -> Iterator[FixedPlace]:
        support = {one.id: number for number, one in enumerate(self.instance.supports)}
        for number, gig in enumerate(self.instance.gigs):
            for fixed in gig.fixed:
                beside = None if fixed.support is None else support[fixed.support]
                yield FixedPlace(number, self.place[fixed.worker], beside)


def _both(found: dict[int, set[int]], one: int, other: int) -> None:
    found[one].add(other)
    found[other].add(one)
