"""What the lists and forms of plans show, and how far a plan's computing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.core import texts
from jobcenter.matching.plan.desk import messages
from jobcenter.matching.plan.desk.domain import (
    UNDER_WAY,
    PlacementStatus,
    PlanStatus,
    Propose,
)
from jobcenter.matching.plan.desk.models import Placement, PlanRun
from jobcenter.matching.plan.desk.told import Told, worth_of

LONG_WAIT = timedelta(minutes=1)
MOST_NAMES = 12
SHOWN = {PlacementStatus.PROPOSED, PlacementStatus.SENT, PlacementStatus.REFUSED}


@dataclass(frozen=True)
class PlanRow:
    """A plan in a list."""

    id: int
    title: str
    jobcenter: str
    made: str
    status_label: str
    tag_kind: str
    filled: str


def plan_row(plan: PlanRun, jobcenter: str) -> PlanRow:
    """A plan in a list."""
    return PlanRow(
        id=plan.id,
        title=title_of(plan),
        jobcenter=jobcenter,
        made=_("%(name)s, %(when)s", name=plan.made_by, when=texts.when(plan.made_at)),
        status_label=str(messages.STATUS_LABELS[plan.status]),
        tag_kind=messages.STATUS_TAGS[plan.status],
        filled=filled_words(Told.of(plan.result)) if plan.result else "",
    )


def title_of(plan: PlanRun) -> str:
    """Which days a plan is about, as its heading."""
    if plan.first_day == plan.last_day:
        return _("Plan for %(day)s", day=texts.day(plan.first_day))
    return _("Plan for %(first)s – %(last)s", first=texts.day(plan.first_day), last=texts.day(plan.last_day))


def filled_words(told: Told) -> str:
    """How much of what was open a plan fills."""
    return _("%(filled)s of %(slots)s open places filled", filled=told.filled, slots=told.slots)


def wish_of(plan: PlanRun) -> Propose:
    """What was asked for, so that it can be asked for again."""
    return Propose(plan.scope, plan.first_day, plan.seconds, plan.unknown_limits, form_key="")


def kept_when_run_again(placements: Sequence[Placement]) -> tuple[str, ...]:
    """What of a plan stays when it is run again, in words."""
    locked = sum(one.locked and one.status is PlacementStatus.PROPOSED for one in placements)
    out = sum(one.status is PlacementStatus.LEFT_OUT for one in placements)
    told = [ngettext("%(num)s locked place stays.", "%(num)s locked places stay.", locked) if locked else ""]
    told.append(
        ngettext(
            "%(num)s person stays off a gig from which you took them.",
            "%(num)s people stay off gigs from which you took them.",
            out,
        )
        if out
        else ""
    )
    return tuple(text for text in told if text)


# While it is computed


@dataclass(frozen=True)
class ComputingView:
    """How far a plan's computing is."""

    id: int
    title: str
    words: str
    percent: int
    can_stop: bool
    waits_long: bool
    began_anew: bool


def computing_view(plan: PlanRun, now: datetime) -> ComputingView:
    """How far it is; the bar tells the time that is used up."""
    seconds = int(plan.progress.get("seconds", 0))
    running = plan.status is PlanStatus.RUNNING
    return ComputingView(
        id=plan.id,
        title=title_of(plan),
        words=_computing_words(plan, seconds),
        percent=min(100, 100 * seconds // plan.seconds) if plan.status in UNDER_WAY else 100,
        can_stop=running and not plan.stop_asked,
        waits_long=plan.status is PlanStatus.WAITING and now - plan.made_at > LONG_WAIT,
        began_anew=running and plan.attempts > 1,
    )


def _computing_words(plan: PlanRun, seconds: int) -> str:
    if plan.status is not PlanStatus.RUNNING:
        return str(messages.STATUS_LABELS[plan.status])
    told = messages.computing(seconds, plan.seconds, found="best" in plan.progress)
    if "best" not in plan.progress:
        return told
    return f"{told} {messages.how_good(worth_of(plan.progress['best']), worth_of(plan.progress['bound']))}"
