"""An offer round: how several people are asked to one gig, who is next, and what happens by itself. Pure.

Nobody wins by being quick unless the coordinator chose so: either each has a reserved time of their own, in turn, or
all answer until one instant and are then chosen or drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from jobcenter.core import clock, states
from jobcenter.core.errors import DomainError, NotPossible


class Manner(StrEnum):
    """How people are asked. IN_TURN: each gets an offer with a reserved time. The others ask everyone at once; then
    the coordinator chooses, a fair draw does, or (FIRST) whoever says yes first has the place.
    """

    IN_TURN = "in_turn"
    CHOSEN = "chosen"
    DRAWN = "drawn"
    FIRST = "first"

    @property
    def asks_all(self) -> bool:
        return self is not Manner.IN_TURN


class StandIn(StrEnum):
    """What happens when a place that was filled becomes free: the next in line is proposed, or gets the offer."""

    PROPOSE = "propose"
    SEND = "send"


class Reserve(StrEnum):
    """How long an offer is reserved for one person."""

    FOUR_HOURS = "four_hours"
    NEXT_NOON = "next_noon"
    ONE_DAY = "one_day"
    TWO_DAYS = "two_days"


class RoundStatus(StrEnum):
    """ASKING: all answer until an instant. CHOOSING: among those willing. OFFERING: offers go out in turn. FILLED:
    those left are the waiting list. PROPOSING: a place is free again, the coordinator decides. EMPTY: nobody is left.
    """

    ASKING = "asking"
    CHOOSING = "choosing"
    OFFERING = "offering"
    PROPOSING = "proposing"
    FILLED = "filled"
    EMPTY = "empty"
    CLOSED = "closed"


class RoundAction(StrEnum):
    """What happens to a round."""

    TIME_UP = "time_up"
    FILL = "fill"
    PROPOSE = "propose"
    RESUME = "resume"
    RUN_OUT = "run_out"
    CLOSE = "close"


_S, _A = RoundStatus, RoundAction

ROUND_TRANSITIONS: dict[tuple[RoundStatus, RoundAction], RoundStatus] = {
    (_S.ASKING, _A.TIME_UP): _S.CHOOSING,
    (_S.ASKING, _A.FILL): _S.FILLED,
    (_S.ASKING, _A.CLOSE): _S.CLOSED,
    (_S.CHOOSING, _A.FILL): _S.FILLED,
    (_S.CHOOSING, _A.RESUME): _S.OFFERING,
    (_S.CHOOSING, _A.RUN_OUT): _S.EMPTY,
    (_S.CHOOSING, _A.CLOSE): _S.CLOSED,
    (_S.OFFERING, _A.FILL): _S.FILLED,
    (_S.OFFERING, _A.RUN_OUT): _S.EMPTY,
    (_S.OFFERING, _A.CLOSE): _S.CLOSED,
    (_S.PROPOSING, _A.FILL): _S.FILLED,
    (_S.PROPOSING, _A.RESUME): _S.OFFERING,
    (_S.PROPOSING, _A.RUN_OUT): _S.EMPTY,
    (_S.PROPOSING, _A.CLOSE): _S.CLOSED,
    (_S.FILLED, _A.PROPOSE): _S.PROPOSING,
    (_S.FILLED, _A.RESUME): _S.OFFERING,
    (_S.FILLED, _A.RUN_OUT): _S.EMPTY,
    (_S.FILLED, _A.CLOSE): _S.CLOSED,
    (_S.EMPTY, _A.FILL): _S.FILLED,
    (_S.EMPTY, _A.RESUME): _S.OFFERING,
    (_S.EMPTY, _A.CLOSE): _S.CLOSED,
}


class LineStatus(StrEnum):
    """One person in a round. OFFERED: an offer went out, and what came of it stands on the offer."""

    WAITING = "waiting"
    ASKED = "asked"
    WILLING = "willing"
    UNWILLING = "unwilling"
    SILENT = "silent"
    OFFERED = "offered"
    SKIPPED = "skipped"
    REMOVED = "removed"


class LineAction(StrEnum):
    """What happens to one person in a round."""

    ASK = "ask"
    SAY_YES = "say_yes"
    SAY_NO = "say_no"
    LET_GO = "let_go"
    OFFER = "offer"
    SKIP = "skip"
    REMOVE = "remove"
    TAKE_BACK = "take_back"


_L, _D = LineStatus, LineAction

LINE_TRANSITIONS: dict[tuple[LineStatus, LineAction], LineStatus] = {
    (_L.WAITING, _D.ASK): _L.ASKED,
    (_L.WAITING, _D.OFFER): _L.OFFERED,
    (_L.WAITING, _D.SKIP): _L.SKIPPED,
    (_L.WAITING, _D.REMOVE): _L.REMOVED,
    (_L.ASKED, _D.SAY_YES): _L.WILLING,
    (_L.ASKED, _D.SAY_NO): _L.UNWILLING,
    (_L.ASKED, _D.LET_GO): _L.SILENT,
    (_L.ASKED, _D.REMOVE): _L.REMOVED,
    (_L.WILLING, _D.SAY_NO): _L.UNWILLING,
    (_L.WILLING, _D.OFFER): _L.OFFERED,
    (_L.WILLING, _D.SKIP): _L.SKIPPED,
    (_L.WILLING, _D.REMOVE): _L.REMOVED,
    (_L.UNWILLING, _D.SAY_YES): _L.WILLING,
    (_L.SKIPPED, _D.TAKE_BACK): _L.WAITING,
    (_L.REMOVED, _D.TAKE_BACK): _L.WAITING,
}

# Who can still get an offer, in the order of their places in the line.
IN_LINE = frozenset({_L.WAITING, _L.WILLING})


def next_round_state(state: RoundStatus, action: RoundAction) -> RoundStatus:
    """The round's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(ROUND_TRANSITIONS, state, action, "round")


def next_line_state(state: LineStatus, action: LineAction) -> LineStatus:
    """The person's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(LINE_TRANSITIONS, state, action, "line")


class RoundRunning(NotPossible):
    """The gig has a round that is not closed."""


class NobodyAsked(DomainError):
    """A round without people."""


class AskingOver(NotPossible):
    """The time in which everyone could answer is over."""


class NobodyToStandIn(NotPossible):
    """No place is free, or nobody is in line."""


MOST_ASKED = 100
# No reserved time ends between these: an offer sent in the evening can be slept over.
NIGHT_BEGINS, NIGHT_ENDS = time(20), time(10)
LAST_CHANCE = timedelta(minutes=30)
_HOURS = {Reserve.FOUR_HOURS: 4, Reserve.ONE_DAY: 24, Reserve.TWO_DAYS: 48}
NOON = time(12)


def reserved_until(reserve: Reserve, starts_at: datetime, now: datetime) -> datetime:
    """Until when an offer made now is kept for one person: never at night, and before the gig starts.

    Close to the gig it is what is left of the time; the caller offers nothing once the gig has begun.
    """
    if reserve is Reserve.NEXT_NOON:
        until = clock.at(clock.day_of(now) + timedelta(days=1), NOON)
    else:
        until = _after_the_night(now + timedelta(hours=_HOURS[reserve]))
    latest = starts_at - LAST_CHANCE
    return min(until, latest if latest > now else starts_at)


def _after_the_night(instant: datetime) -> datetime:
    wall = clock.local(instant)
    if NIGHT_ENDS <= wall.time() <= NIGHT_BEGINS:
        return instant
    return clock.at(wall.date() + timedelta(days=wall.time() > NIGHT_BEGINS), NIGHT_ENDS)


@dataclass(frozen=True)
class Asked:
    """Somebody to be asked. `reason`: why a rule that may be set aside is set aside for them, if one is."""

    worker_id: int
    reason: str = ""


@dataclass(frozen=True)
class StartRound:
    """A round to be started: who, in which order, and how. `closes_at`: until when all answer, when all are asked."""

    manner: Manner
    people: tuple[Asked, ...]
    form_key: str
    reserve: Reserve = Reserve.NEXT_NOON
    stand_in: StandIn = StandIn.PROPOSE
    closes_at: datetime | None = None


def refuse_start(command: StartRound, *, starts_at: datetime, now: datetime) -> None:
    """Refuse a round without people, with too many, or whose time to answer is past or after the gig's start."""
    if not command.people:
        raise NobodyAsked("round_nobody", "people")
    if len(command.people) > MOST_ASKED:
        raise NobodyAsked("round_too_many", "people", most=MOST_ASKED)
    if not command.manner.asks_all:
        return
    if command.closes_at is None or command.closes_at <= now:
        raise DomainError("answer_by_past", "closes_day")
    if command.closes_at >= starts_at:
        raise DomainError("answer_by_after_start", "closes_day")


class Step(StrEnum):
    """What is to be done next in a round, by the system."""

    NOTHING = "nothing"
    CLOSE = "close"
    TIME_UP = "time_up"
    FILL = "fill"
    PLACE = "place"
    OFFER = "offer"
    PROPOSE = "propose"
    RESUME = "resume"
    RUN_OUT = "run_out"


@dataclass(frozen=True)
class Standing:
    """How a round stands: its gig's places and its people.

    `free`: places that nobody holds and that are not on offer; `on_offer`: places that are; `in_line`: how many could
    get an offer; `unanswered`: how many of those asked at once have not answered. `ahead`: the gig can be staffed.
    """

    status: RoundStatus
    manner: Manner
    stand_in: StandIn
    closes_at: datetime | None
    ahead: bool
    free: int
    on_offer: int
    in_line: int
    unanswered: int


def next_step(standing: Standing, now: datetime) -> Step:
    """What the system does next; NOTHING when it waits for a person, a time, or the coordinator.

    Each step but NOTHING changes the standing, so that doing them one after the other comes to an end.
    """
    if standing.status is RoundStatus.CLOSED:
        return Step.NOTHING
    if not standing.ahead:
        return Step.CLOSE
    if not standing.free and not standing.on_offer:
        return Step.NOTHING if standing.status is RoundStatus.FILLED else Step.FILL
    return _STEPS[standing.status](standing, now)


def _while_asking(standing: Standing, now: datetime) -> Step:
    if standing.manner is Manner.FIRST and standing.free and standing.in_line:
        return Step.PLACE
    over = standing.closes_at is None or now >= standing.closes_at
    return Step.TIME_UP if over or not standing.unanswered else Step.NOTHING


def _while_choosing(standing: Standing, _now: datetime) -> Step:
    if not standing.in_line:
        return Step.NOTHING if standing.on_offer else Step.RUN_OUT
    return Step.PLACE if standing.free and standing.manner is not Manner.CHOSEN else Step.NOTHING


def _while_offering(standing: Standing, _now: datetime) -> Step:
    if not standing.in_line:
        return Step.NOTHING if standing.on_offer else Step.RUN_OUT
    return Step.OFFER if standing.free else Step.NOTHING


def _when_filled(standing: Standing, _now: datetime) -> Step:
    if not standing.free:
        return Step.NOTHING
    if not standing.in_line:
        return Step.RUN_OUT
    return Step.RESUME if standing.stand_in is StandIn.SEND else Step.PROPOSE


def _while_proposing(standing: Standing, _now: datetime) -> Step:
    return Step.NOTHING if standing.in_line or standing.on_offer else Step.RUN_OUT


def _when_empty(standing: Standing, _now: datetime) -> Step:
    return Step.RESUME if standing.in_line and standing.free else Step.NOTHING


_STEPS = {
    RoundStatus.ASKING: _while_asking,
    RoundStatus.CHOOSING: _while_choosing,
    RoundStatus.OFFERING: _while_offering,
    RoundStatus.FILLED: _when_filled,
    RoundStatus.PROPOSING: _while_proposing,
    RoundStatus.EMPTY: _when_empty,
}


@dataclass(frozen=True)
class Ticket:
    """Somebody in a draw: paid minutes of the last weeks, and a lot that nobody chose."""

    worker_id: int
    lately: int
    lot: int


def draw(tickets: Iterable[Ticket]) -> tuple[int, ...]:
    """Worker ids in the order of a fair draw: who had the fewest hours lately first, equals by lot."""
    return tuple(ticket.worker_id for ticket in sorted(tickets, key=lambda one: (one.lately, one.lot)))
