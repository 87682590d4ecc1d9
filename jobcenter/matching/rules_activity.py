"""Rules on work activity beside a gig: not at the same time; what the gig does to the day; and a day to swap with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from jobcenter.auth.domain import JobcenterKind
from jobcenter.core import clock
from jobcenter.matching.domain import GigFacts, RuleCode, WorkerFacts
from jobcenter.matching.ruling import Answer, Near
from jobcenter.orders.gigs.domain import Span

ONE_DAY = timedelta(days=1)
WORKING_DAYS = 5

# What the rules here read.
KIND = ("span", "jobcenter_kind")
TIMES = ("who.activity", "activity", "programme")

ACTIVITY_NEAR = Near(lambda worker, days: worker.activity_on(days))


def outside_activity(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The gig is not at the same time as the person's work activity, in either programme."""
    met = _met(gig, worker)
    return None if met is None else (RuleCode.ACTIVITY_SAME_TIME, {"span": met})


def activity_day(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """What the gig does to an activity day, when the times do not meet.

    Beside activity for people with disabilities the gig ends the day's activity and its allowance: to be accepted.
    """
    first = _beside(gig, worker, JobcenterKind.DISABILITY)
    return None if first is None else (RuleCode.ACTIVITY_DAY_ENDS, {"span": first})


def activity_beside(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """Beside rehabilitative activity both fit into one day, the gig outside the activity's hours."""
    first = _beside(gig, worker, JobcenterKind.REHABILITATIVE)
    return None if first is None else (RuleCode.ACTIVITY_DAY_BOTH, {"span": first})


def activity_swap(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """A day of the same week to which a rehabilitative activity day could be moved, where it meets the gig."""
    met = _met(gig, worker)
    if met is None or _programme(gig, worker) is not JobcenterKind.REHABILITATIVE:
        return None
    free = [day for day in _days_of_week(met.first_day) if _is_free(day, gig, worker)]
    nearest = min(free, key=lambda day: (abs(day - met.first_day), day), default=None)
    return None if nearest is None else (RuleCode.ACTIVITY_SWAP, {"day": nearest})


def _programme(gig: GigFacts, worker: WorkerFacts) -> JobcenterKind:
    return worker.programme or gig.jobcenter_kind


def _met(gig: GigFacts, worker: WorkerFacts) -> Span | None:
    return next((time for time in worker.activity_on(gig.days) if time.overlaps(gig.span)), None)


def _beside(gig: GigFacts, worker: WorkerFacts, kind: JobcenterKind) -> Span | None:
    """The first activity of the gig's days, if the person's programme is of this kind and no time meets the gig."""
    if _programme(gig, worker) is not kind or _met(gig, worker) is not None:
        return None
    return next(iter(worker.activity_on(gig.days)), None)


def _days_of_week(day: date) -> Iterator[date]:
    monday = day - day.weekday() * ONE_DAY
    return (monday + number * ONE_DAY for number in range(WORKING_DAYS))


def _is_free(day: date, gig: GigFacts, worker: WorkerFacts) -> bool:
    """Whether an activity day can be moved here: it lies ahead, and nothing else of the person's is on it."""
    if day < gig.today or day in gig.days or worker.activity_on((day,)):
        return False
    whole = Span(clock.start_of(day), clock.end_of(day))
    away = (clock.overlap(span.starts_at, span.ends_at, whole.starts_at, whole.ends_at) for span in _taken(worker))
    return not any(away)


def _taken(worker: WorkerFacts) -> Iterator[Span]:
    yield from worker.who.unavailable
    yield from (held.span for held in worker.engaged)
