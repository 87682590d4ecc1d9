"""What the rules say in words, and the refusals of the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.core import texts
from jobcenter.earnings.messages import RULES as LIMITS
from jobcenter.matching.domain import Finding, RuleCode, Weight
from jobcenter.orders.gigs.domain import Span
from jobcenter.orders.rates.messages import FORMS
from jobcenter.workers.messages import DEMANDS, SKILLS, TASKS

ERRORS = {
    "rule_refuses": _l("This cannot be offered: %(reason)s"),
    "rule_keeps_off": _l("%(name)s cannot be on this gig: %(reason)s"),
    "rule_keeps_off_kindly": _l("This gig cannot be arranged this way after all. Your coordinator can tell you more."),
    "match_reason_needed": _l("The rules say no: %(reasons)s If you offer it all the same, say why. It is kept."),
    "limit_not_understood": _l(
        "With this gig you would go over a limit: %(limits)s. If you want the gig all the same, tick “I know”."
    ),
    "limit_not_known": _l(
        "Nobody can say yet what this gig does to: %(limits)s. If you want the gig all the same, tick “I know”."
    ),
    "limits_for_the_person": _l(
        "This yes needs the person's own answer: there is something that they alone can see and decide. They can "
        "answer by the link in their own message, or with the coordinator."
    ),
    "limits_not_computed": _l(
        "Nobody can say yet what this gig does to the limits. If you want the gig all the same, tick “I know”."
    ),
    "hours_are_logged": _l("Hours of this person are logged for the gig. Correct the hours first."),
}

REASONS: dict[RuleCode, Any] = {
    RuleCode.GUARD_BENEFIT: _l(
        "Gets an unemployment benefit. An assignment contract would stop it. The way is the partner form."
    ),
    RuleCode.GUARD_JOBSEEKER: _l(
        "Is registered as an unemployed jobseeker. An assignment contract could stop the benefit. The way is the "
        "partner form."
    ),
    RuleCode.GUARD_ASK_FIRST: _l("Unemployment benefits or registration are not known. Ask first."),
    RuleCode.NO_CONSENT: _l("Has not consented in writing to take part."),
    RuleCode.SERVICE_ENDED: _l("The service period ends %(day)s."),
    RuleCode.TOO_YOUNG: _l("Is not %(years)s years old yet. The law does not allow this work."),
    RuleCode.YOUNG_AT_NIGHT: _l("Is under 18: by law works only between %(earliest)s and %(latest)s o'clock."),
    RuleCode.YOUNG_HOURS_FULL: _l("Is under 18: it would be %(minutes)s; by law at most %(most)s."),
    RuleCode.YOUNG_REST: _l("Is under 18: by law rests %(rest)s between two days. Another gig is close: %(span)s."),
    RuleCode.BLOCKED: _l("It has been agreed that this person is not sent to this orderer."),
    RuleCode.MUST_NOT_MEET: _l("Somebody is on this gig whom the person must not meet."),
    RuleCode.BUSY: _l("Has another gig then: %(span)s."),
    RuleCode.FORM_NOT_ACCEPTED: _l("Does not want this form of contract: %(form)s."),
    RuleCode.ALREADY_ON_GIG: _l("Is on this gig already, or is thinking about it."),
    RuleCode.NOT_READY: _l("It has not been agreed that the moment is right for gigs."),
    RuleCode.ACTIVITY_SAME_TIME: _l(
        "Has work activity at the same time: %(span)s. If the activity day is swapped or left out, say so."
    ),
    RuleCode.UNAVAILABLE: _l("Has said that they cannot come then: %(span)s."),
    RuleCode.TASK_NOT_CHOSEN: _l("Has not chosen this kind of task: %(task)s."),
    RuleCode.SKILLS_MISSING: _l("Skills missing: %(skills)s."),
    RuleCode.PLACE_NOT_FOR_THEM: _l("Not for them at this place: %(demands)s."),
    RuleCode.NEEDS_SUPPORT: _l("Needs a support person, and nobody is booked along."),
    RuleCode.NO_REST: _l("Would rest less than %(rest)s between two days. Another gig is close: %(span)s."),
    RuleCode.WEEK_FULL: _l("The week would be %(minutes)s; at most %(most)s is agreed."),
    RuleCode.WEEK_OVER_WISH: _l("The week would be %(minutes)s; they wish for %(wished)s."),
    RuleCode.TASKS_NOT_ASKED: _l("Has not been asked which tasks they want."),
    RuleCode.OFFERED_SAME_TIME: _l("Is thinking about another gig at the same time: %(span)s."),
    RuleCode.ACTIVITY_DAY_ENDS: _l(
        "It is an activity day: %(span)s. On a gig day the person leaves the activity for that day and gets no "
        "activity allowance. They accept this when they say yes."
    ),
    RuleCode.ACTIVITY_DAY_BOTH: _l("It is an activity day: %(span)s. The gig is outside it, so both fit."),
    RuleCode.ACTIVITY_SWAP: _l("The activity day could be moved within the same week, to %(day)s."),
    RuleCode.OVER_LIMIT: _l(
        "A limit would go over: %(limits)s. Offer it only if the person asks for it and knows this."
    ),
    RuleCode.OVER_LIMIT_ASKED: _l(
        "A limit would go over: %(limits)s. The person has asked for such gigs and knows it."
    ),
    RuleCode.LIMITS_NOT_KNOWN: _l("Limits are not known. Ask about benefits before."),
    RuleCode.SOME_LIMITS_NOT_KNOWN: _l("Not every limit is known: %(limits)s. Ask first."),
}

# Why people do not fit, in a list that counts them.
REASON_NAMES: dict[RuleCode, Any] = {
    RuleCode.GUARD_BENEFIT: _l("Unemployment benefit: the partner form only"),
    RuleCode.GUARD_JOBSEEKER: _l("Registered jobseeker: the partner form only"),
    RuleCode.GUARD_ASK_FIRST: _l("Benefits not asked yet"),
    RuleCode.NO_CONSENT: _l("No written consent"),
    RuleCode.SERVICE_ENDED: _l("Service period ends before"),
    RuleCode.TOO_YOUNG: _l("Too young for the work"),
    RuleCode.YOUNG_AT_NIGHT: _l("Under 18: not at night"),
    RuleCode.YOUNG_HOURS_FULL: _l("Under 18: hours are full"),
    RuleCode.YOUNG_REST: _l("Under 18: too little rest"),
    RuleCode.BLOCKED: _l("Not sent to this orderer"),
    RuleCode.MUST_NOT_MEET: _l("Must not meet somebody there"),
    RuleCode.BUSY: _l("Another gig at the same time"),
    RuleCode.ALREADY_ON_GIG: _l("On this gig already, or thinking about it"),
    RuleCode.FORM_NOT_ACCEPTED: _l("Another form of contract wanted"),
    RuleCode.NOT_READY: _l("Readiness not agreed"),
    RuleCode.ACTIVITY_SAME_TIME: _l("Work activity at the same time"),
    RuleCode.UNAVAILABLE: _l("Cannot come then"),
    RuleCode.TASK_NOT_CHOSEN: _l("Another kind of task chosen"),
    RuleCode.SKILLS_MISSING: _l("Skills missing"),
    RuleCode.PLACE_NOT_FOR_THEM: _l("The place is not for them"),
    RuleCode.NEEDS_SUPPORT: _l("Needs a support person along"),
    RuleCode.NO_REST: _l("Too little rest between days"),
    RuleCode.WEEK_FULL: _l("The week is full"),
    RuleCode.OVER_LIMIT: _l("A limit would go over"),
}

# The same, said to the worker; only what concerns their own choice.
TO_WORKER: dict[RuleCode, Any] = {
    RuleCode.ACTIVITY_SAME_TIME: _l("You have work activity at the same time: %(span)s. You do not go there that day."),
    RuleCode.ACTIVITY_DAY_ENDS: _l(
        "This is your activity day: %(span)s. On the day of the gig you leave the activity, and you get no activity "
        "allowance for that day."
    ),
    RuleCode.ACTIVITY_DAY_BOTH: _l(
        "This is your activity day: %(span)s. The gig is at another time, so you can do both."
    ),
    RuleCode.ACTIVITY_SWAP: _l("Your activity day can perhaps be moved to %(day)s. Ask your coordinator."),
    RuleCode.NO_REST: _l("You would have less than %(rest)s of rest. Another gig is close: %(span)s."),
    RuleCode.UNAVAILABLE: _l("You have said that you cannot come then: %(span)s."),
    RuleCode.PLACE_NOT_FOR_THEM: _l("You have said that this is not for you: %(demands)s."),
    RuleCode.WEEK_FULL: _l("Your gigs in this week would be %(minutes)s. You have said at most %(most)s."),
    RuleCode.WEEK_OVER_WISH: _l("Your gigs in this week would be %(minutes)s. You wish for %(wished)s."),
    RuleCode.BUSY: _l("You have another gig then: %(span)s."),
    RuleCode.OFFERED_SAME_TIME: _l("You have another offer at the same time: %(span)s."),
}

TAGS = {Weight.NEVER: "bad", Weight.REFUSES: "bad", Weight.WARNS: "warn", Weight.TELLS: "info"}


def reason(finding: Finding) -> str:
    """A finding in words, for the coordinator."""
    return str(REASONS[finding.code]) % _in_words(finding)


def reason_to_worker(finding: Finding) -> str:
    """A finding in words to the worker; "" when it is the coordinator's matter."""
    text = TO_WORKER.get(finding.code)
    return "" if text is None else str(text) % _in_words(finding)


def limit_names(rules: tuple[str, ...]) -> str:
    """Limits by name, in a list."""
    return ", ".join(str(LIMITS[rule]) for rule in rules if rule)


def hours_left(hours: int | None, *, known: bool) -> str:
    """What is left under one limit, for a list."""
    if not known:
        return _("not known, ask first")
    return _("%(hours)s h left", hours=hours) if hours is not None else _("not counted in hours")


def hours_before_smaller(hours: int) -> str:
    """What fits before a benefit begins to shrink, for a list."""
    return _("%(hours)s h before it becomes smaller", hours=hours)


def _in_words(finding: Finding) -> dict[str, str]:
    return {name: _word(name, value) for name, value in finding.facts.items()}


def _word(name: str, value: Any) -> str:
    if name == "limits":
        return limit_names(value)
    if isinstance(value, tuple):
        return ", ".join(_LABELS[name](item) for item in value)
    if isinstance(value, Span):
        return texts.interval(value.starts_at, value.ends_at)
    if isinstance(value, timedelta):
        return texts.hours(int(value / timedelta(minutes=1)))
    if isinstance(value, date):
        return texts.day(value)
    if isinstance(value, int):
        return str(value)
    return _LABELS[name](value)


_LABELS: dict[str, Callable[[StrEnum], str]] = {
    "skills": lambda skill: str(SKILLS[skill]).lower(),
    "demands": lambda demand: str(DEMANDS[demand]).lower(),
    "task": lambda task: str(TASKS[task]).lower(),
    "form": lambda form: str(FORMS[form]).lower(),
}
