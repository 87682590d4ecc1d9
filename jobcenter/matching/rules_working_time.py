"""Rules on rest between gigs and on young people, by the figures of `working_time`.

Whose day of birth is not known is not judged as young: the coordinator has met them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from jobcenter.core import clock
from jobcenter.matching import working_time
from jobcenter.matching.domain import GigFacts, RuleCode, WorkerFacts
from jobcenter.matching.ruling import Answer, Near
from jobcenter.matching.working_time import age_on, rests_enough
from jobcenter.orders.gigs.domain import Engagement

MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)

# No rest that is asked for is longer than a day.
GIGS_NEAR = Near(lambda worker, _days: (held.span for held in worker.engaged), ONE_DAY)


def old_enough(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person is of the age from which one may be taken to work."""
    age = _age(gig, worker)
    youngest = working_time.on(gig.span.first_day).youngest
    return None if age is None or age >= youngest else (RuleCode.TOO_YOUNG, {"years": youngest})


def young_by_day(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """Somebody young does no gig at night."""
    figures = working_time.on(gig.span.first_day)
    if not is_young(gig, worker) or figures.allows_young(gig.span):
        return None
    return RuleCode.YOUNG_AT_NIGHT, {"earliest": figures.earliest, "latest": figures.latest}


def young_hours(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """With this gig the day and the week of somebody young stay within regular hours."""
    if not is_young(gig, worker):
        return None
    figures = working_time.on(gig.span.first_day)
    day = clock.start_of(gig.span.first_day), clock.end_of(gig.span.first_day)
    for (start, end), most in ((day, figures.young_day), (gig.week, figures.young_week)):
        minutes = gig.minutes + worker.minutes_between(start, end, but=gig.gig_id)
        if minutes * MINUTE > most:
            return RuleCode.YOUNG_HOURS_FULL, {"minutes": minutes * MINUTE, "most": most}
    return None


def young_rested(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """Somebody young has the longer rest between the work of two days."""
    if not is_young(gig, worker):
        return None
    rest = working_time.on(gig.span.first_day).young_daily_rest
    tight = next(_without_rest(gig, worker, rest), None)
    return None if tight is None else (RuleCode.YOUNG_REST, {"span": tight.span, "rest": rest})


def rested(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """There is rest enough between this gig and those of the days around it."""
    rest = rest_of(gig)
    tight = next(_without_rest(gig, worker, rest), None)
    return None if tight is None else (RuleCode.NO_REST, {"span": tight.span, "rest": rest})


def rest_of(gig: GigFacts) -> timedelta:
    """The rest that is asked for before and after a gig."""
    return working_time.on(gig.span.first_day).daily_rest if gig.rest is None else gig.rest


def is_young(gig: GigFacts, worker: WorkerFacts) -> bool:
    """Whether the rules on young workers hold for the person on the gig's day."""
    age = _age(gig, worker)
    return age is not None and age < working_time.on(gig.span.first_day).adult


def _age(gig: GigFacts, worker: WorkerFacts) -> int | None:
    born = worker.who.person.born
    return None if born is None else age_on(born, gig.span.first_day)


def _without_rest(gig: GigFacts, worker: WorkerFacts, rest: timedelta) -> Iterator[Engagement]:
    others = (held for held in worker.engaged if held.gig_id != gig.gig_id)
    return (held for held in others if not rests_enough(held.span, gig.span, rest))
