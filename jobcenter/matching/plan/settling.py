"""Who comes along to places that are settled already: whether support persons suffice for them at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from jobcenter.matching.domain import Id
from jobcenter.matching.plan.domain import Assignment, Instance, PlanSupport
from jobcenter.matching.plan.rules import MINUTE, can_do_both, is_available, people_at, stop_of

MOST_TRIES = 20_000


def with_support(instance: Instance, settled: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """The settled places, with a support person for everybody who needs one and has none yet.

    Tried one after the other, with steps back; who is still without one in the end could not be given any. After very
    many tries the rest is left as it is.
    """
    waiting = [one for one in settled if _waits(instance, one)]
    fixed = [one for one in settled if not _waits(instance, one)]
    way: list[tuple[Assignment, Iterator[Id]]] = []
    best: list[Assignment] = []
    for _try in range(MOST_TRIES):
        if len(way) == len(waiting):
            return (*fixed, *(one for one, _others in way))
        if len(way) > len(best):
            best = [one for one, _others in way]
        taken = [*fixed, *(one for one, _others in way)]
        if not _step(instance, way, waiting[len(way)], taken):
            break
    return (*fixed, *best, *waiting[len(best) :])


def _waits(instance: Instance, one: Assignment) -> bool:
    worker = instance.worker.get(one.worker)
    return worker is not None and worker.who.needs_support and one.support is None and one.gig in instance.gig


def _step(
    instance: Instance, way: list[tuple[Assignment, Iterator[Id]]], one: Assignment, taken: Sequence[Assignment]
) -> bool:
    """Give the next person the first support person who can come, or go back to where another one is left to try."""
    choices = iter([support.id for support in instance.supports if _can_come(instance, support, one, taken)])
    while True:
        chosen = next(choices, None)
        if chosen is not None:
            way.append((replace(one, support=chosen), choices))
            return True
        if not way:
            return False
        one, choices = way.pop()


def _can_come(instance: Instance, support: PlanSupport, one: Assignment, taken: Sequence[Assignment]) -> bool:
    gig = instance.gig[one.gig]
    if not is_available(support, gig.span):
        return False
    travel: timedelta = instance.travel_minutes * MINUTE
    beside = [instance.gig[other.gig] for other in taken if other.support == support.id and other.gig in instance.gig]
    stops_at = [*map(stop_of, beside), *support.booked]
    if not all(stop.gig_id == gig.id or can_do_both(stop, stop_of(gig), travel) for stop in stops_at):
        return False
    people = [*((other.span, 1) for other in (*beside, gig)), *((stop.span, stop.people) for stop in support.booked)]
    starts = [span.starts_at for span, _count in people if gig.span.starts_at <= span.starts_at < gig.span.ends_at]
    return all(people_at(instant, people) <= support.at_once for instant in (gig.span.starts_at, *starts))
