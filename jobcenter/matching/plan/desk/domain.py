"""A proposed plan's life, from the wish to the offers sent: states, what may be asked for, who stands where. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from jobcenter.core import states
from jobcenter.core.errors import DomainError

ONE_DAY = timedelta(days=1)
DAYS_OF_WEEK = 7
# How long whatever computes a plan may be silent before it counts as gone, and how often it is begun anew.
SILENT_FOR = timedelta(seconds=90)
MOST_ATTEMPTS = 3
USUAL_SECONDS = 10
CHOICES_OF_SECONDS = (5, USUAL_SECONDS, 30, 60, 300)
MOST_STAND_INS = 3


class PlanStatus(StrEnum):
    """A wish waits, is computed, can be looked at and changed, and is sent; or comes to nothing."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    SENT = "sent"
    FAILED = "failed"
    DISCARDED = "discarded"


class PlanAction(StrEnum):
    """What can be done to a plan: the job starts, resumes, finishes and gives up; the rest is the coordinator's."""

    START = "start"
    RESUME = "resume"
    FINISH = "finish"
    GIVE_UP = "give_up"
    CHANGE = "change"
    SEND = "send"
    DISCARD = "discard"


_S, _A = PlanStatus, PlanAction

TRANSITIONS: dict[tuple[PlanStatus, PlanAction], PlanStatus] = {
    (_S.WAITING, _A.START): _S.RUNNING,
    (_S.RUNNING, _A.RESUME): _S.RUNNING,
    (_S.RUNNING, _A.FINISH): _S.READY,
    (_S.RUNNING, _A.GIVE_UP): _S.FAILED,
    (_S.READY, _A.CHANGE): _S.READY,
    (_S.READY, _A.SEND): _S.SENT,
    (_S.WAITING, _A.DISCARD): _S.DISCARDED,
    (_S.RUNNING, _A.DISCARD): _S.DISCARDED,
    (_S.READY, _A.DISCARD): _S.DISCARDED,
}
# At most one plan of a Jobcenter is in one of these.
UNDER_WAY = frozenset({_S.WAITING, _S.RUNNING})


class PlacementStatus(StrEnum):
    """Somebody's place in a plan: proposed, or kept from the gig by the coordinator; then offered, or not any more."""

    PROPOSED = "proposed"
    LEFT_OUT = "left_out"
    SENT = "sent"
    REFUSED = "refused"


class PlacementAction(StrEnum):
    """What can be done to a place in a plan."""

    LEAVE_OUT = "leave_out"
    TAKE_IN = "take_in"
    SEND = "send"
    REFUSE = "refuse"


_PS, _PA = PlacementStatus, PlacementAction

PLACEMENT_TRANSITIONS: dict[tuple[PlacementStatus, PlacementAction], PlacementStatus] = {
    (_PS.PROPOSED, _PA.LEAVE_OUT): _PS.LEFT_OUT,
    (_PS.LEFT_OUT, _PA.TAKE_IN): _PS.PROPOSED,
    (_PS.PROPOSED, _PA.SEND): _PS.SENT,
    (_PS.PROPOSED, _PA.REFUSE): _PS.REFUSED,
}


def next_state(state: PlanStatus, action: PlanAction) -> PlanStatus:
    """The plan's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(TRANSITIONS, state, action, "plan")


def next_placement_state(state: PlacementStatus, action: PlacementAction) -> PlacementStatus:
    """The placement's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(PLACEMENT_TRANSITIONS, state, action, "placement")


class PlanUnderWay(DomainError):
    """Another plan of the Jobcenter is being computed."""


class NothingToPlan(DomainError):
    """There is no open place in the time asked for."""


class PersonNotAllowed(DomainError):
    """The rules do not allow the person in this place of the plan; `reason` says why."""


class NothingToSend(DomainError):
    """No proposed place is left to be offered."""


class Scope(StrEnum):
    """Which gigs a plan is about."""

    DAY = "day"
    WEEK = "week"
    ALL = "all"


@dataclass(frozen=True)
class Propose:
    """A wish for a plan: for which gigs, how long may be computed, whether people with unknown limits take part.

    `on`: the day, or a day of the week. The same key makes one plan. `again_id`: the plan whose locks are kept.
    """

    scope: Scope
    on: date
    seconds: int
    unknown_limits: bool
    form_key: str
    again_id: int | None = None


def days_of(scope: Scope, on: date, today: date, last: date) -> tuple[date, date]:
    """The first and the last day of a plan; past days are left out. `last`: the day of the last gig that is known."""
    if scope is Scope.DAY:
        first, last = on, on
    elif scope is Scope.WEEK:
        first = on - timedelta(days=on.weekday())
        last = first + (DAYS_OF_WEEK - 1) * ONE_DAY
    else:
        first = today
    return max(first, today), max(last, today)


def is_silent(heard_at: datetime | None, now: datetime) -> bool:
    """Whether whatever computes a plan has been silent for so long that it is gone."""
    return heard_at is None or now - heard_at > SILENT_FOR


@dataclass(frozen=True)
class PutIn:
    """Somebody for one gig of a plan, with a support person if they need one; in whose place, if in anybody's."""

    worker_id: int
    instead_of_id: int | None = None


@dataclass(frozen=True)
class SendPlan:
    """The offers of a plan are to be sent: how long people may think, and how many stand-ins each gig has."""

    days_to_think: int
    stand_ins: int = 0


@dataclass(frozen=True)
class Sent:
    """What came of sending: how many offers went out, who could not be asked any more, in words, and how many are left
    to be sent.
    """

    sent: int = 0
    refused: tuple[str, ...] = ()
    left: int = 0

    def __add__(self, other: Sent) -> Sent:
        return Sent(self.sent + other.sent, self.refused + other.refused, self.left + other.left)


Place = tuple[int, int]


@dataclass(frozen=True)
class Difference:
    """What another plan changes: (gig, worker) pairs that came, that went, and how many stayed."""

    came: tuple[Place, ...]
    went: tuple[Place, ...]
    stayed: int


def compare(before: frozenset[Place], after: frozenset[Place]) -> Difference:
    """How the places of one plan differ from those of another."""
    return Difference(tuple(sorted(after - before)), tuple(sorted(before - after)), len(before & after))
