"""Plans in words: states, refusals, how good a plan is, how far its computing is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from jobcenter.core import texts
from jobcenter.matching.domain import RuleCode
from jobcenter.matching.messages import REASON_NAMES
from jobcenter.matching.messages_soft import words
from jobcenter.matching.plan.desk.domain import CHOICES_OF_SECONDS, PlanStatus, Scope
from jobcenter.matching.plan.desk.told import Json, share_of
from jobcenter.matching.plan.problem import Worth

ERRORS = {
    "plan_already": _l("This is done already."),
    "plan_not_possible": _l("This cannot be done to the plan any more. Look at its newest state."),
    "plan_under_way": _l("Another plan of this Jobcenter is being computed. Wait until it is ready, or stop it."),
    "plan_nothing_open": _l("There is no open place in this time, so there is nothing to plan."),
    "plan_not_computed": _l("The plan is not ready yet."),
    "plan_nothing_to_send": _l("No proposed place is left to be offered."),
    "placement_already": _l("This is done already."),
    "placement_not_possible": _l("This cannot be done to this place any more. Look at its newest state."),
    "placement_locked_already": _l("The place is locked already."),
    "placement_unlocked_already": _l("The place is not locked."),
    "fixed_breaks_rules": _l("What is settled already breaks the rules by itself, so no plan can be made around it."),
    "plan_choose_somebody": _l("Choose who goes."),
    "plan_person_there": _l("%(name)s is on this gig in the plan already."),
    "plan_person_not_allowed": _l("The rules do not allow %(name)s here: %(reason)s"),
    "plan_gig_full": _l("Every place of this gig is taken in the plan. Choose whose place it is."),
    "plan_gig_gone": _l("The gig is not among those to be planned any more: it has begun, is cancelled or is full."),
}

STATUS_LABELS = {
    PlanStatus.WAITING: _l("Waits to be computed"),
    PlanStatus.RUNNING: _l("Is being computed"),
    PlanStatus.READY: _l("Ready to look at"),
    PlanStatus.SENT: _l("Offers sent"),
    PlanStatus.FAILED: _l("Could not be computed"),
    PlanStatus.DISCARDED: _l("Thrown away"),
}

STATUS_TAGS = {
    PlanStatus.WAITING: "neutral",
    PlanStatus.RUNNING: "info",
    PlanStatus.READY: "warn",
    PlanStatus.SENT: "good",
    PlanStatus.FAILED: "bad",
    PlanStatus.DISCARDED: "neutral",
}

SCOPES = {
    Scope.WEEK: _l("The week of a day"),
    Scope.DAY: _l("Gigs of one day"),
    Scope.ALL: _l("All open gigs to come"),
}


def seconds_label(seconds: int) -> str:
    """A time limit in a list to choose from."""
    if seconds == max(CHOICES_OF_SECONDS):
        return _("%(number)s minutes, for a large plan", number=seconds // 60)
    return ngettext("%(num)s second", "%(num)s seconds", seconds)


def days_label(days: int) -> str:
    """A time to think in a list to choose from."""
    return ngettext("%(num)s day", "%(num)s days", days)


def stand_ins_label(number: int) -> str:
    """A number of stand-ins in a list to choose from."""
    return ngettext("%(num)s person in line", "%(num)s people in line", number) if number else _("No stand-ins")


def how_good(worth: Worth, bound: Worth | None) -> str:
    """How far a plan is from the best that can be, as far as that is proven."""
    if bound is None:
        return _("It is not known how much better a plan could be. More time may find a better one.")
    if worth == bound:
        return _("No plan can be better: this is proven.")
    if worth.filling < bound.filling:
        share = texts.percent(_share(bound.filling - worth.filling, bound.filling))
        return _(
            "It is not proven that no more places can be filled. Weighed by priority, a better plan could fill at most "
            "%(share)s more.",
            share=share,
        )
    if bound.points <= 0 or bound.points < worth.points:
        return _("No plan can fill more. Wishes and fairness could perhaps be met a little better.")
    share = texts.percent(_share(bound.points - worth.points, bound.points))
    return _(
        "No plan can fill more: this is proven. In wishes and fairness a better plan could gain at most %(share)s.",
        share=share,
    )


def _share(part: int, whole: int) -> int:
    """Per cent, rounded up, so that nothing is promised too early."""
    return -(-100 * part // whole)


def computing(seconds: int, limit: int, *, found: bool) -> str:
    """How far the computing is."""
    used = _("Computed for %(seconds)s of at most %(limit)s s.", seconds=seconds, limit=limit)
    so_far = _("A plan is found and is being made better.") if found else _("No plan has been found yet.")
    return f"{used} {so_far}"


def reason_name(code: RuleCode) -> str:
    """Why people do not fit, in a list that counts them."""
    return str(REASON_NAMES[code])


def told_reasons(stored: Iterable[Json], names: Mapping[int, str]) -> tuple[str, ...]:
    """What was kept of what spoke for somebody, in words; `names` of people whom they like to work with."""
    return tuple(words(share_of(one), names) for one in stored)
