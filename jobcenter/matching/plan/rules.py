"""What a plan must hold beyond the rules of one person and one gig: one function per rule, no engine.

A person's own rules are not written again. `in_plan` puts what else the plan gives the person into the facts that the
desk's table reads: their other gigs, who else is on the gig, the support person beside them, what the others gigs take
of their headroom. So overlap, rest, the week's hours, headroom and people apart hold over the whole plan by the same
functions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import Any

from jobcenter.core.money import ZERO
from jobcenter.matching.domain import GigFacts, Headroom, Id, RuleCode, WorkerFacts
from jobcenter.matching.plan.domain import Assignment, Booking, Instance, Plan, PlanGig, PlanSupport
from jobcenter.matching.plan.judging import STOPPING_RULES
from jobcenter.matching.ruling import Facts, Rule
from jobcenter.orders.gigs.domain import Engagement, Span

MINUTE = timedelta(minutes=1)


class PlanCode(StrEnum):
    """What can be wrong with a plan beyond the reasons of `RuleCode`."""

    UNKNOWN_GIG = "unknown_gig"
    UNKNOWN_WORKER = "unknown_worker"
    UNKNOWN_SUPPORT = "unknown_support"
    TWICE_ON_GIG = "twice_on_gig"
    TOO_MANY = "too_many"
    FIXED_LEFT_OUT = "fixed_left_out"
    SUPPORT_NOT_AVAILABLE = "support_not_available"
    SUPPORT_ELSEWHERE = "support_elsewhere"
    SUPPORT_FULL = "support_full"


@dataclass(frozen=True)
class Fault:
    """One rule that a plan breaks, and at which gig, person and support person."""

    code: PlanCode | RuleCode
    gig: Id | None = None
    worker: Id | None = None
    support: Id | None = None
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    """A plan with its instance, sorted for asking. It holds assignments whose gig and worker are known."""

    instance: Instance
    plan: Plan

    @cached_property
    def on_gig(self) -> Mapping[Id, tuple[Assignment, ...]]:
        """Who is on each gig by the plan."""
        return _by(self._known, lambda one: one.gig)

    @cached_property
    def of_worker(self) -> Mapping[Id, tuple[Assignment, ...]]:
        """Where each person goes by the plan."""
        return _by(self._known, lambda one: one.worker)

    @cached_property
    def of_support(self) -> Mapping[Id, tuple[Assignment, ...]]:
        """Beside whom each support person is."""
        return _by((one for one in self._known if one.support in self.instance.support), lambda one: one.support)

    @cached_property
    def _known(self) -> tuple[Assignment, ...]:
        gigs, workers = self.instance.gig, self.instance.worker
        return tuple(one for one in self.plan.assignments if one.gig in gigs and one.worker in workers)

    @cached_property
    def avoided(self) -> Mapping[Id, frozenset[Id]]:
        """Whom each person must not meet, whichever of the two said so."""
        return avoided(self.instance.workers)

    def in_plan(self, gig: PlanGig, worker: WorkerFacts, support: Id | None) -> tuple[GigFacts, WorkerFacts]:
        """A gig and a person as they are when the rest of the plan is done: what the table of rules judges."""
        others = [one.worker for one in self.on_gig.get(gig.id, ()) if one.worker != worker.who.id]
        elsewhere = [self.instance.gig[one.gig] for one in self.of_worker.get(worker.who.id, ()) if one.gig != gig.id]
        facts = replace(gig.facts, people=gig.facts.people.union(others), support_booked=support is not None)
        agreed = (Engagement(one.id, one.span, one.facts.break_minutes) for one in elsewhere)
        return facts, replace(
            worker,
            engaged=(*worker.engaged, *agreed),
            avoid=self.avoided.get(worker.who.id, frozenset()),
            headrooms=tuple(_left(room, elsewhere) for room in worker.headrooms),
        )


def _by(assignments: Iterable[Assignment], key: Callable[[Assignment], Id]) -> Mapping[Id, tuple[Assignment, ...]]:
    found: dict[Id, list[Assignment]] = defaultdict(list)
    for one in assignments:
        found[key(one)].append(one)
    return {name: tuple(ones) for name, ones in found.items()}


def _left(room: Headroom, gigs: Iterable[PlanGig]) -> Headroom:
    taken = sum((one.facts.pay for one in gigs if one.facts.pay is not None and room.counts(one.facts)), ZERO)
    return replace(room, left=room.left - taken)


def avoided(workers: Iterable[WorkerFacts]) -> Mapping[Id, frozenset[Id]]:
    """Whom each person must not meet, whichever of the two said so."""
    found: dict[Id, set[Id]] = defaultdict(set)
    for worker in workers:
        for other in worker.avoid - {worker.who.id}:
            found[worker.who.id].add(other)
            found[other].add(worker.who.id)
    return {who: frozenset(others) for who, others in found.items()}


# The rules


def everything_known(drawn: Drawn) -> Iterator[Fault]:
    """Gigs, workers and support persons of the plan are those of the instance."""
    for one in drawn.plan.assignments:
        if one.gig not in drawn.instance.gig:
            yield _fault(PlanCode.UNKNOWN_GIG, one)
        if one.worker not in drawn.instance.worker:
            yield _fault(PlanCode.UNKNOWN_WORKER, one)
        if one.support is not None and one.support not in drawn.instance.support:
            yield _fault(PlanCode.UNKNOWN_SUPPORT, one)


def once_on_a_gig(drawn: Drawn) -> Iterator[Fault]:
    """Nobody has two places on one gig."""
    for gig, ones in drawn.on_gig.items():
        for worker, times in Counter(one.worker for one in ones).items():
            if times > 1:
                yield Fault(PlanCode.TWICE_ON_GIG, gig, worker)


def slots_suffice(drawn: Drawn) -> Iterator[Fault]:
    """A gig has no more people than places."""
    for gig, ones in drawn.on_gig.items():
        slots = drawn.instance.gig[gig].slots
        if len(ones) > slots:
            yield Fault(PlanCode.TOO_MANY, gig, facts={"slots": slots, "people": len(ones)})


def fixed_kept(drawn: Drawn) -> Iterator[Fault]:
    """What was settled before is in the plan; with its support person, where one was settled."""
    for gig in drawn.instance.gigs:
        there = {one.worker: one.support for one in drawn.on_gig.get(gig.id, ())}
        for fixed in gig.fixed:
            if fixed.worker not in there or fixed.support not in (None, there[fixed.worker]):
                yield Fault(PlanCode.FIXED_LEFT_OUT, gig.id, fixed.worker, fixed.support)


def people_may(drawn: Drawn) -> Iterator[Fault]:
    """No rule of the table stops a person on a gig, with all else that the plan gives them."""
    for gig, ones in drawn.on_gig.items():
        for one in ones:
            facts = drawn.in_plan(drawn.instance.gig[gig], drawn.instance.worker[one.worker], one.support)
            yield from (Fault(code, gig, one.worker, one.support, told) for code, told in stops(STOPPING_RULES, *facts))


def support_available(drawn: Drawn) -> Iterator[Fault]:
    """A support person is available for the whole of each gig that they come along to."""
    for support, gig in _attended(drawn):
        if not is_available(support, gig.span):
            yield Fault(PlanCode.SUPPORT_NOT_AVAILABLE, gig.id, support=support.id)


def support_at_one_place(drawn: Drawn) -> Iterator[Fault]:
    """A support person is at one place at a time, and has time to travel between two."""
    travel = drawn.instance.travel_minutes * MINUTE
    for support, gigs in _gigs_of_support(drawn).items():
        stops_at = [*map(stop_of, gigs), *drawn.instance.support[support].booked]
        for one, other in combinations(stops_at, 2):
            if one.gig_id != other.gig_id and not can_do_both(one, other, travel):
                facts = {"other": other.gig_id}
                yield Fault(PlanCode.SUPPORT_ELSEWHERE, one.gig_id, support=support, facts=facts)


def support_has_room(drawn: Drawn) -> Iterator[Fault]:
    """At no instant is a support person beside more people than they can be."""
    for name, ones in drawn.of_support.items():
        support = drawn.instance.support[name]
        people = Counter(one.gig for one in ones)
        beside = [(drawn.instance.gig[gig].span, count) for gig, count in people.items()]
        for gig in people:
            instant = drawn.instance.gig[gig].span.starts_at
            count = people_at(instant, (*beside, *((booking.span, booking.people) for booking in support.booked)))
            if count > support.at_once:
                yield Fault(PlanCode.SUPPORT_FULL, gig, support=name, facts={"people": count, "most": support.at_once})


PLAN_RULES: tuple[Callable[[Drawn], Iterator[Fault]], ...] = (
    everything_known,
    once_on_a_gig,
    slots_suffice,
    fixed_kept,
    people_may,
    support_available,
    support_at_one_place,
    support_has_room,
)


# What rules share, with whatever makes numbers of them


def stops(rules: Iterable[Rule], gig: GigFacts, worker: WorkerFacts) -> Iterator[tuple[RuleCode, Facts]]:
    """What these rules say against a person on a gig."""
    answers = (rule.check(gig, worker) for rule in rules)
    return (answer for answer in answers if answer is not None)


def is_available(support: PlanSupport, span: Span) -> bool:
    """Whether one time of the support person, or several that meet, covers all of a span."""
    return any(time.starts_at <= span.starts_at and span.ends_at <= time.ends_at for time in support.stretches)


def stop_of(gig: PlanGig) -> Booking:
    """A gig as a stop on a support person's way."""
    return Booking(gig.id, gig.span, gig.place or gig.facts.area, 0)


def can_do_both(one: Booking, other: Booking, travel: timedelta) -> bool:
    """Whether a support person can go to both: in one area always, else one after the other with time to travel.

    Two gigs without an area are taken to be at one place, as are a gig's own places.
    """
    if one.area == other.area:
        return True
    first, second = (one.span, other.span) if one.span.starts_at <= other.span.starts_at else (other.span, one.span)
    return second.starts_at - first.ends_at >= travel


def people_at(instant: datetime, beside: Iterable[tuple[Span, int]]) -> int:
    """How many people are beside a support person at an instant."""
    return sum(count for span, count in beside if span.starts_at <= instant < span.ends_at)


def _attended(drawn: Drawn) -> Iterator[tuple[PlanSupport, PlanGig]]:
    for support, gigs in _gigs_of_support(drawn).items():
        yield from ((drawn.instance.support[support], gig) for gig in gigs)


def _gigs_of_support(drawn: Drawn) -> Mapping[Id, list[PlanGig]]:
    return {
        support: [drawn.instance.gig[gig] for gig in dict.fromkeys(one.gig for one in ones)]
        for support, ones in drawn.of_support.items()
    }


def _fault(code: PlanCode, one: Assignment, **facts: Any) -> Fault:
    return Fault(code, one.gig, one.worker, one.support, facts)
