"""Who fits a gig: a table of small rules. Each looks at one thing and says nothing, or why not.

`RULES` is the one place that says which rules there are, in which order they are told, and how heavy each is. The
contract guard and the overlap of gigs are asked again where an offer is made, answered and confirmed, so that no caller
passes them by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import GuardReason
from jobcenter.core import clock
from jobcenter.matching.domain import Finding, Fit, GigFacts, RuleCode, Weight, WorkerFacts, activity_on
from jobcenter.orders.gigs.domain import Place, Span, ask_guard
from jobcenter.workers.domain import TaskCategory

Facts = Mapping[str, Any]
Answer = tuple[RuleCode, Facts] | None


@dataclass(frozen=True)
class Rule:
    """A check, how heavy its no is, and the codes that it may answer with."""

    check: Callable[[GigFacts, WorkerFacts], Answer]
    weight: Weight
    codes: tuple[RuleCode, ...]

    @property
    def overridable(self) -> bool:
        """Whether a coordinator may pass it by, with a reason."""
        return self.weight is not Weight.NEVER


def judge(gig: GigFacts, worker: WorkerFacts) -> Fit:
    """Every reason about this worker and this gig, in the order of the table."""
    return Fit(tuple(_findings(gig, worker)))


def _findings(gig: GigFacts, worker: WorkerFacts) -> Iterator[Finding]:
    for rule in RULES:
        answer = rule.check(gig, worker)
        if answer is not None:
            code, facts = answer
            yield Finding(code=code, weight=rule.weight, facts=facts)


GUARD_CODES = {
    GuardReason.UNEMPLOYMENT_BENEFIT: RuleCode.GUARD_BENEFIT,
    GuardReason.REGISTERED_JOBSEEKER: RuleCode.GUARD_JOBSEEKER,
}


def contract_guard(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The contract form may be used with the person, from today to the gig."""
    answer = ask_guard(Place(span=gig.span, form=gig.form), worker.who.person, gig.today)
    if answer.allowed:
        return None
    return GUARD_CODES.get(answer.reason, RuleCode.GUARD_ASK_FIRST), {}


def consent(_gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person has said in writing that they want to take part."""
    return None if worker.who.takes_part else (RuleCode.NO_CONSENT, {})


def service_goes_on(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person's service has not ended by the gig."""
    if worker.who.service_ends_on is None or gig.span.last_day <= worker.who.service_ends_on:
        return None
    return RuleCode.SERVICE_ENDED, {"day": worker.who.service_ends_on}


def not_on_gig(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person has no place on this gig, and no open offer for it."""
    there = {held.gig_id for held in (*worker.engaged, *worker.offered)}
    return (RuleCode.ALREADY_ON_GIG, {}) if gig.gig_id in there else None


def not_busy(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """No other gig of theirs shares an instant with this one."""
    for held in worker.engaged:
        if held.gig_id != gig.gig_id and held.span.overlaps(gig.span):
            return RuleCode.BUSY, {"span": held.span}
    return None


def ready(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person and those beside them have said that the moment is right."""
    if worker.who.ready_since is not None and worker.who.ready_since <= gig.span.first_day:
        return None
    return RuleCode.NOT_READY, {}


def outside_activity(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The gig is not at the same time as the person's work activity."""
    for time in _activity_on_days(gig, worker):
        if time.overlaps(gig.span):
            return RuleCode.ACTIVITY_SAME_TIME, {"span": time}
    return None


def available(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person has not said that they cannot come then."""
    for away in worker.who.unavailable:
        if clock.overlap(away.starts_at, away.ends_at, gig.span.starts_at, gig.span.ends_at):
            return RuleCode.UNAVAILABLE, {"span": Span(away.starts_at, away.ends_at)}
    return None


def task_chosen(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person has chosen this kind of task."""
    if not worker.who.tasks or gig.category in worker.who.tasks or gig.category is TaskCategory.OTHER:
        return None
    return RuleCode.TASK_NOT_CHOSEN, {"task": gig.category}


def tasks_asked(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person has been asked which tasks they want."""
    return None if worker.who.tasks or gig.category is TaskCategory.OTHER else (RuleCode.TASKS_NOT_ASKED, {})


def skilled(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person has the skills that the gig asks for."""
    missing = gig.skills - worker.who.skills
    return (RuleCode.SKILLS_MISSING, {"skills": tuple(sorted(missing))}) if missing else None


def place_suits(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The place demands nothing that is not for the person."""
    against = gig.demands & worker.who.cannot
    return (RuleCode.PLACE_NOT_FOR_THEM, {"demands": tuple(sorted(against))}) if against else None


def supported(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """A support person is booked along, if the person needs one."""
    return (RuleCode.NEEDS_SUPPORT, {}) if worker.who.needs_support and not gig.support_booked else None


def week_not_full(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """With this gig the week stays within the most that the person does."""
    minutes = _week_with(gig, worker)
    if minutes <= worker.who.weekly_minutes_most:
        return None
    facts = {"minutes": timedelta(minutes=minutes), "most": timedelta(minutes=worker.who.weekly_minutes_most)}
    return RuleCode.WEEK_FULL, facts


def week_as_wished(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """With this gig the week stays within what the person wishes; over the most is told by `week_not_full`."""
    minutes = _week_with(gig, worker)
    if minutes <= worker.who.weekly_minutes_wished or minutes > worker.who.weekly_minutes_most:
        return None
    facts = {"minutes": timedelta(minutes=minutes), "wished": timedelta(minutes=worker.who.weekly_minutes_wished)}
    return RuleCode.WEEK_OVER_WISH, facts


def not_offered_then(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person is not thinking about another gig at the same time."""
    for held in worker.offered:
        if held.gig_id != gig.gig_id and held.span.overlaps(gig.span):
            return RuleCode.OFFERED_SAME_TIME, {"span": held.span}
    return None


def activity_day(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """What the gig does to an activity day, when the times do not meet.

    Beside activity for people with disabilities the gig ends the day's activity and its allowance: to be accepted.
    """
    times = _activity_on_days(gig, worker)
    if gig.jobcenter_kind is not JobcenterKind.DISABILITY or not times or any(t.overlaps(gig.span) for t in times):
        return None
    return RuleCode.ACTIVITY_DAY_ENDS, {"span": times[0]}


def activity_swap(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """Beside rehabilitative activity both fit into one day, the gig outside the activity's hours."""
    times = _activity_on_days(gig, worker)
    if gig.jobcenter_kind is not JobcenterKind.REHABILITATIVE or not times or any(t.overlaps(gig.span) for t in times):
        return None
    return RuleCode.ACTIVITY_DAY_BOTH, {"span": times[0]}


def within_limits(_gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The gig takes none of the person's earnings limits over."""
    return (RuleCode.OVER_LIMIT, {"limits": worker.over}) if worker.over else None


def limits_known(_gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person's limits can be computed; where only some can, the others are named."""
    unknown = worker.unknown_limits
    if worker.limits is None or (unknown and len(unknown) == len(worker.limits)):
        return RuleCode.LIMITS_NOT_KNOWN, {}
    return (RuleCode.SOME_LIMITS_NOT_KNOWN, {"limits": unknown}) if unknown else None


def _week_with(gig: GigFacts, worker: WorkerFacts) -> int:
    return gig.minutes + worker.minutes_between(*gig.week, but=gig.gig_id)


def _activity_on_days(gig: GigFacts, worker: WorkerFacts) -> tuple[Span, ...]:
    of_day = ((weekly, day) for day in gig.days for weekly in worker.who.activity if weekly.weekday == day.weekday())
    times = (activity_on(weekly, day) for weekly, day in of_day)
    return tuple(time for time in times if time is not None)


_C, _W = RuleCode, Weight

RULES: tuple[Rule, ...] = (
    Rule(contract_guard, _W.NEVER, (_C.GUARD_BENEFIT, _C.GUARD_JOBSEEKER, _C.GUARD_ASK_FIRST)),
    Rule(consent, _W.NEVER, (_C.NO_CONSENT,)),
    Rule(service_goes_on, _W.NEVER, (_C.SERVICE_ENDED,)),
    Rule(not_on_gig, _W.NEVER, (_C.ALREADY_ON_GIG,)),
    Rule(not_busy, _W.NEVER, (_C.BUSY,)),
    Rule(ready, _W.REFUSES, (_C.NOT_READY,)),
    Rule(outside_activity, _W.REFUSES, (_C.ACTIVITY_SAME_TIME,)),
    Rule(available, _W.REFUSES, (_C.UNAVAILABLE,)),
    Rule(task_chosen, _W.REFUSES, (_C.TASK_NOT_CHOSEN,)),
    Rule(skilled, _W.REFUSES, (_C.SKILLS_MISSING,)),
    Rule(place_suits, _W.REFUSES, (_C.PLACE_NOT_FOR_THEM,)),
    Rule(supported, _W.REFUSES, (_C.NEEDS_SUPPORT,)),
    Rule(week_not_full, _W.REFUSES, (_C.WEEK_FULL,)),
    Rule(week_as_wished, _W.WARNS, (_C.WEEK_OVER_WISH,)),
    Rule(tasks_asked, _W.WARNS, (_C.TASKS_NOT_ASKED,)),
    Rule(not_offered_then, _W.WARNS, (_C.OFFERED_SAME_TIME,)),
    Rule(activity_day, _W.WARNS, (_C.ACTIVITY_DAY_ENDS,)),
    Rule(within_limits, _W.WARNS, (_C.OVER_LIMIT,)),
    Rule(limits_known, _W.WARNS, (_C.LIMITS_NOT_KNOWN, _C.SOME_LIMITS_NOT_KNOWN)),
    Rule(activity_swap, _W.TELLS, (_C.ACTIVITY_DAY_BOTH,)),
)

NEVER = frozenset(code for rule in RULES if not rule.overridable for code in rule.codes)
STOPPING = frozenset(code for rule in RULES if rule.weight.stops for code in rule.codes)
