"""What is planned, and what a plan is. Pure.

People and gigs are told by the same facts as on the desk, so that the same rules judge them; what only a plan needs
stands beside. Ids are whatever the asker uses, numbers or texts. Money is Decimal, time is instants and minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from jobcenter.matching.domain import GigFacts, Id, WorkerFacts
from jobcenter.orders.gigs.domain import Span

PRIORITIES = range(1, 10)


class Part(StrEnum):
    """The soft parts of a plan's worth, each with a weight. `scoring` has one function per part."""

    WISHES_TASKS = "wishes_tasks"
    WISHES_AREAS = "wishes_areas"
    WISHES_TIMES = "wishes_times"
    PRACTISE = "practise"
    FAIR_SHARE = "fair_share"
    SAME_FACES = "same_faces"
    FEEDBACK = "feedback"
    LIKES = "likes"
    NEWCOMER_BESIDE_EXPERIENCED = "newcomer_beside_experienced"
    NEAR = "near"
    KEEP_HEADROOM = "keep_headroom"


@dataclass(frozen=True)
class Fixed:
    """A place that is settled before planning; the plan has it, or there is none. `support` None: whoever is free."""

    worker: Id
    support: Id | None = None


@dataclass(frozen=True)
class PlanGig:
    """A gig with places to fill.

    `slots`: places to fill, those of `fixed` included; people who are on the gig already and need no place stand in
    `facts.people`, not here. `priority`: 1 to 9, higher is filled first. `place`: where a support person comes to, when
    it is told more exactly than by `facts.area`.
    """

    facts: GigFacts
    slots: int
    priority: int = 1
    fixed: tuple[Fixed, ...] = ()
    place: str = ""

    @property
    def id(self) -> Id:
        return self.facts.gig_id

    @property
    def span(self) -> Span:
        return self.facts.span


@dataclass(frozen=True)
class Booking:
    """A gig that a support person is on already, beside so many people who need them."""

    gig_id: Id
    span: Span
    area: str
    people: int


@dataclass(frozen=True)
class PlanSupport:
    """A support person.

    They come along to all of a gig or not at all, within one of the times that they are `available` (times that meet
    end to start are one). At no instant are they beside more than `at_once` people. They are at one place at a time:
    two gigs that overlap share them only in the same area; between two areas they need `Instance.travel_minutes`.
    """

    id: Id
    available: tuple[Span, ...]
    at_once: int
    booked: tuple[Booking, ...] = ()

    @cached_property
    def stretches(self) -> tuple[Span, ...]:
        """When they are available, times that meet or overlap made one, in order."""
        found: list[Span] = []
        for time in sorted(self.available, key=lambda one: one.starts_at):
            if found and time.starts_at <= found[-1].ends_at:
                found[-1] = Span(found[-1].starts_at, max(found[-1].ends_at, time.ends_at))
            else:
                found.append(time)
        return tuple(found)


@dataclass(frozen=True)
class Instance:
    """Everything that a plan is made of. `first` and `last` are days, both included; no gig begins outside them.

    `workers`: the people who may be placed; what is agreed with them already stands in their `engaged`, with minutes.
    `weights`: 0 (does not count) to 10; a part that is not named has its usual weight. `travel_minutes`: what a support
    person needs to go from one area to another.
    """

    first: date
    last: date
    gigs: tuple[PlanGig, ...]
    workers: tuple[WorkerFacts, ...]
    supports: tuple[PlanSupport, ...] = ()
    weights: Mapping[Part, int] = field(default_factory=dict)
    travel_minutes: int = 0

    @cached_property
    def gig(self) -> Mapping[Id, PlanGig]:
        """The gigs by id."""
        return {gig.id: gig for gig in self.gigs}

    @cached_property
    def worker(self) -> Mapping[Id, WorkerFacts]:
        """The workers by id."""
        return {worker.who.id: worker for worker in self.workers}

    @cached_property
    def support(self) -> Mapping[Id, PlanSupport]:
        """The support persons by id."""
        return {support.id: support for support in self.supports}


@dataclass(frozen=True, order=True)
class Assignment:
    """One person in one slot, with the support person who comes along beside them, if one does."""

    gig: Id
    worker: Id
    support: Id | None = None


@dataclass(frozen=True)
class Plan:
    """Who goes where. Any order; nothing is said here of whether it may be so: `checker` tells."""

    assignments: tuple[Assignment, ...] = ()
