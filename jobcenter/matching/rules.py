"""Who fits a gig: a table of small rules. Each looks at one thing and says nothing, or why not.

`RULES` is the one place that says which rules there are, in which order they are told, and how heavy each is: for one
offer on the desk and for a whole plan alike. The contract guard and the overlap of gigs are asked again where an offer
is made, answered and confirmed, so that no caller passes them by.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from jobcenter.benefits import GuardReason
from jobcenter.core import clock
from jobcenter.matching import rules_activity as activity
from jobcenter.matching import rules_working_time as hours
from jobcenter.matching.domain import Finding, Fit, GigFacts, RuleCode, Weight, WorkerFacts
from jobcenter.matching.ruling import Answer, Near, Rule
from jobcenter.orders.gigs.domain import Place, Span, ask_guard
from jobcenter.workers.domain import TaskCategory


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


# The law, the person's own yes, and who is already where


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


def not_blocked(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """It has not been agreed that the person is not sent to this orderer."""
    return (RuleCode.BLOCKED, {}) if worker.who.id in gig.blocked else None


def may_meet(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """Nobody is on the gig whom the person must not meet. Who it is, is not told: it is another person's matter."""
    return (RuleCode.MUST_NOT_MEET, {}) if worker.avoid & gig.people else None


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


# What suits the person


def form_accepted(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person accepts the gig's form of contract."""
    return None if gig.form in worker.accepts else (RuleCode.FORM_NOT_ACCEPTED, {"form": gig.form})


def ready(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person and those beside them have said that the moment is right."""
    if worker.who.ready_since is not None and worker.who.ready_since <= gig.span.first_day:
        return None
    return RuleCode.NOT_READY, {}


def available(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person has not said that they cannot come then."""
    for away in worker.who.unavailable:
        if clock.overlap(away.starts_at, away.ends_at, gig.span.starts_at, gig.span.ends_at):
            return RuleCode.UNAVAILABLE, {"span": Span(away.starts_at, away.ends_at)}
    return None


def task_chosen(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person has chosen this kind of task."""
    if not worker.who.tasks or gig.category in worker.who.tasks or gig.category == TaskCategory.OTHER:
        return None
    return RuleCode.TASK_NOT_CHOSEN, {"task": gig.category}


def tasks_asked(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person has been asked which tasks they want."""
    return None if worker.who.tasks or gig.category == TaskCategory.OTHER else (RuleCode.TASKS_NOT_ASKED, {})


def skilled(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person has the skills that the gig asks for."""
    missing = gig.skills - worker.who.skills
    return (RuleCode.SKILLS_MISSING, {"skills": tuple(sorted(missing))}) if missing else None


def place_suits(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The place demands nothing that is not for the person."""
    against = gig.demands & worker.who.cannot
    return (RuleCode.PLACE_NOT_FOR_THEM, {"demands": tuple(sorted(against))}) if against else None


def supported(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """A support person is along, or free to be, if the person needs one."""
    return (RuleCode.NEEDS_SUPPORT, {}) if worker.who.needs_support and not gig.support_booked else None


# The week, and other offers


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


def _week_with(gig: GigFacts, worker: WorkerFacts) -> int:
    return gig.minutes + worker.minutes_between(*gig.week, but=gig.gig_id)


def not_offered_then(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person is not thinking about another gig at the same time."""
    for held in worker.offered:
        if held.gig_id != gig.gig_id and held.span.overlaps(gig.span):
            return RuleCode.OFFERED_SAME_TIME, {"span": held.span}
    return None


# Earnings limits


def within_limits(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The gig takes none of the person's earnings limits over, unless they have asked for such gigs."""
    over = worker.takes_over(gig)
    return (RuleCode.OVER_LIMIT, {"limits": over}) if over and not worker.who.wishes.asks_over_limit else None


def over_knowingly(gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The gig takes a limit over, and the person has asked for such gigs."""
    over = worker.takes_over(gig)
    return (RuleCode.OVER_LIMIT_ASKED, {"limits": over}) if over and worker.who.wishes.asks_over_limit else None


def limits_known(_gig: GigFacts, worker: WorkerFacts) -> Answer:
    """The person's limits can be computed; where only some can, the others are named."""
    unknown = worker.unknown_limits
    if worker.limits is None or (unknown and len(unknown) == len(worker.limits)):
        return RuleCode.LIMITS_NOT_KNOWN, {}
    return (RuleCode.SOME_LIMITS_NOT_KNOWN, {"limits": unknown}) if unknown else None


_C, _W = RuleCode, Weight

_PERSON = ("who.person.benefits", "who.person.jobseeker", "who.person.benefits_asked_on", "who.person.told_elsewhere")
_WEEK = ("who.weekly_minutes_wished", "who.weekly_minutes_most", "engaged")
_LIMITS = ("limits", "headrooms", "who.wishes.asks_over_limit")
_PAY = ("span.first_day", "form", "pay")
_THIS = ("gig_id", "span", "break_minutes")
_GIGS = Near(lambda worker, _days: (held.span for held in worker.engaged))
_OFFERS = Near(lambda worker, _days: (held.span for held in worker.offered))
_AWAY = Near(lambda worker, _days: worker.who.unavailable)

RULES: tuple[Rule, ...] = (
    Rule(
        contract_guard,
        _W.NEVER,
        (_C.GUARD_BENEFIT, _C.GUARD_JOBSEEKER, _C.GUARD_ASK_FIRST),
        ("form", "span", "today"),
        _PERSON,
    ),
    Rule(consent, _W.NEVER, (_C.NO_CONSENT,), (), ("who.takes_part",)),
    Rule(service_goes_on, _W.NEVER, (_C.SERVICE_ENDED,), ("span.last_day",), ("who.service_ends_on",)),
    Rule(hours.old_enough, _W.NEVER, (_C.TOO_YOUNG,), ("span.first_day",), ("who.person.born",)),
    Rule(hours.young_by_day, _W.NEVER, (_C.YOUNG_AT_NIGHT,), ("span",), ("who.person.born",)),
    Rule(hours.young_hours, _W.NEVER, (_C.YOUNG_HOURS_FULL,), _THIS, ("who.person.born", "engaged")),
    Rule(
        hours.young_rested,
        _W.NEVER,
        (_C.YOUNG_REST,),
        ("gig_id", "span"),
        ("who.person.born", "engaged"),
        hours.GIGS_NEAR,
    ),
    Rule(not_blocked, _W.NEVER, (_C.BLOCKED,), ("blocked",), ("who.id",)),
    Rule(may_meet, _W.NEVER, (_C.MUST_NOT_MEET,), ("people",), ("avoid",)),
    Rule(not_on_gig, _W.NEVER, (_C.ALREADY_ON_GIG,), ("gig_id",), ("engaged", "offered")),
    Rule(not_busy, _W.NEVER, (_C.BUSY,), ("gig_id", "span"), ("engaged",), _GIGS),
    Rule(form_accepted, _W.REFUSES, (_C.FORM_NOT_ACCEPTED,), ("form",), ("accepts",)),
    Rule(ready, _W.REFUSES, (_C.NOT_READY,), ("span.first_day",), ("who.ready_since",)),
    Rule(
        activity.outside_activity,
        _W.REFUSES,
        (_C.ACTIVITY_SAME_TIME,),
        ("span",),
        activity.TIMES,
        activity.ACTIVITY_NEAR,
    ),
    Rule(available, _W.REFUSES, (_C.UNAVAILABLE,), ("span",), ("who.unavailable",), _AWAY),
    Rule(hours.rested, _W.REFUSES, (_C.NO_REST,), ("gig_id", "span", "rest"), ("engaged",), hours.GIGS_NEAR),
    Rule(task_chosen, _W.REFUSES, (_C.TASK_NOT_CHOSEN,), ("category",), ("who.tasks",)),
    Rule(skilled, _W.REFUSES, (_C.SKILLS_MISSING,), ("skills",), ("who.skills",)),
    Rule(place_suits, _W.REFUSES, (_C.PLACE_NOT_FOR_THEM,), ("demands",), ("who.cannot",)),
    Rule(supported, _W.REFUSES, (_C.NEEDS_SUPPORT,), ("support_booked",), ("who.needs_support",)),
    Rule(week_not_full, _W.REFUSES, (_C.WEEK_FULL,), _THIS, _WEEK),
    Rule(within_limits, _W.REFUSES, (_C.OVER_LIMIT,), _PAY, _LIMITS),
    Rule(over_knowingly, _W.WARNS, (_C.OVER_LIMIT_ASKED,), _PAY, _LIMITS),
    Rule(week_as_wished, _W.WARNS, (_C.WEEK_OVER_WISH,), _THIS, _WEEK),
    Rule(tasks_asked, _W.WARNS, (_C.TASKS_NOT_ASKED,), ("category",), ("who.tasks",)),
    Rule(not_offered_then, _W.WARNS, (_C.OFFERED_SAME_TIME,), ("gig_id", "span"), ("offered",), _OFFERS),
    Rule(activity.activity_day, _W.WARNS, (_C.ACTIVITY_DAY_ENDS,), activity.KIND, activity.TIMES),
    Rule(limits_known, _W.WARNS, (_C.LIMITS_NOT_KNOWN, _C.SOME_LIMITS_NOT_KNOWN), (), ("limits",)),
    Rule(activity.activity_beside, _W.TELLS, (_C.ACTIVITY_DAY_BOTH,), activity.KIND, activity.TIMES),
    Rule(
        activity.activity_swap,
        _W.TELLS,
        (_C.ACTIVITY_SWAP,),
        (*activity.KIND, "today"),
        (*activity.TIMES, "engaged", "who.unavailable"),
    ),
)

NEVER = frozenset(code for rule in RULES if not rule.overridable for code in rule.codes)
STOPPING = frozenset(code for rule in RULES if rule.weight.stops for code in rule.codes)
