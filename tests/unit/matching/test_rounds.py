"""What happens next in a round, until when an offer is kept, and who wins a draw: tables of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from jobcenter.core import clock
from jobcenter.core.errors import DomainError
from jobcenter.matching.rounds.domain import (
    Asked,
    Manner,
    Reserve,
    RoundStatus,
    StandIn,
    Standing,
    StartRound,
    Step,
    Ticket,
    draw,
    next_step,
    refuse_start,
    reserved_until,
)

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
QUIET = Standing(
    status=RoundStatus.OFFERING,
    manner=Manner.IN_TURN,
    stand_in=StandIn.PROPOSE,
    closes_at=None,
    ahead=True,
    free=0,
    on_offer=1,
    in_line=2,
    unanswered=0,
)
ASKING = replace(
    QUIET, status=RoundStatus.ASKING, manner=Manner.CHOSEN, closes_at=NOW + HOUR, free=1, on_offer=0, unanswered=3
)
CHOOSING = replace(ASKING, status=RoundStatus.CHOOSING, closes_at=NOW - HOUR)
FILLED = replace(QUIET, status=RoundStatus.FILLED, on_offer=0)

CASES = {
    "an offer is out: wait": (QUIET, Step.NOTHING),
    "a place is free: the next gets it": (replace(QUIET, free=1), Step.OFFER),
    "nobody is left, one thinks still": (replace(QUIET, in_line=0), Step.NOTHING),
    "nobody is left at all": (replace(QUIET, in_line=0, free=1, on_offer=0), Step.RUN_OUT),
    "everyone found": (replace(QUIET, on_offer=0), Step.FILL),
    "the gig is cancelled, done or begun": (replace(QUIET, ahead=False), Step.CLOSE),
    "a closed one rests": (replace(QUIET, status=RoundStatus.CLOSED, ahead=False, free=1), Step.NOTHING),
    "all are asked: wait though a place is free": (ASKING, Step.NOTHING),
    "all have answered before the time": (replace(ASKING, unanswered=0), Step.TIME_UP),
    "the time is over": (replace(ASKING, closes_at=NOW), Step.TIME_UP),
    "a quick yes wins nothing": (replace(ASKING, in_line=1), Step.NOTHING),
    "a quick yes wins nothing in a draw": (replace(ASKING, in_line=1, manner=Manner.DRAWN), Step.NOTHING),
    "a quick yes wins where it was chosen so": (replace(ASKING, in_line=1, manner=Manner.FIRST), Step.PLACE),
    "the coordinator chooses": (CHOOSING, Step.NOTHING),
    "nobody is willing": (replace(CHOOSING, in_line=0), Step.RUN_OUT),
    "a draw places by itself": (replace(CHOOSING, manner=Manner.DRAWN), Step.PLACE),
    "filled: the waiting list waits": (FILLED, Step.NOTHING),
    "somebody cannot come: the next is proposed": (replace(FILLED, free=1), Step.PROPOSE),
    "somebody cannot come: the next gets the offer": (replace(FILLED, free=1, stand_in=StandIn.SEND), Step.RESUME),
    "somebody cannot come and nobody waits": (replace(FILLED, free=1, in_line=0), Step.RUN_OUT),
    "proposed: the coordinator decides": (replace(FILLED, status=RoundStatus.PROPOSING, free=1), Step.NOTHING),
    "empty: rests": (replace(QUIET, status=RoundStatus.EMPTY, free=1, in_line=0), Step.NOTHING),
    "empty, and people are added": (replace(QUIET, status=RoundStatus.EMPTY, free=1), Step.RESUME),
}


@pytest.mark.parametrize(("standing", "step"), CASES.values(), ids=CASES)
def test_next_step(standing: Standing, step: Step):
    assert next_step(standing, NOW) is step


def helsinki(day: int, hour: int, minute: int = 0) -> datetime:
    return clock.at(NOW.date().replace(day=day), time(hour, minute))


RESERVES = [
    (Reserve.FOUR_HOURS, helsinki(23, 10), helsinki(23, 14)),
    (Reserve.FOUR_HOURS, helsinki(23, 17), helsinki(24, 10)),
    (Reserve.FOUR_HOURS, helsinki(23, 23), helsinki(24, 10)),
    (Reserve.FOUR_HOURS, helsinki(24, 2), helsinki(24, 10)),
    (Reserve.NEXT_NOON, helsinki(23, 10), helsinki(24, 12)),
    (Reserve.NEXT_NOON, helsinki(23, 23, 59), helsinki(24, 12)),
    (Reserve.ONE_DAY, helsinki(23, 12), helsinki(24, 12)),
    (Reserve.ONE_DAY, helsinki(23, 22), helsinki(25, 10)),
    (Reserve.TWO_DAYS, helsinki(26, 12), helsinki(27, 8, 30)),
]


@pytest.mark.parametrize(("reserve", "now", "until"), RESERVES)
def test_a_reserved_time_ends_by_day_and_before_the_gig(reserve: Reserve, now: datetime, until: datetime):
    assert reserved_until(reserve, helsinki(27, 9), now) == until


def test_close_to_the_gig_what_is_left_of_the_time_is_reserved():
    assert reserved_until(Reserve.ONE_DAY, helsinki(23, 9), helsinki(23, 8, 45)) == helsinki(23, 9)


def test_a_draw_takes_the_fewest_hours_first_and_equals_by_lot():
    assert draw([Ticket(1, 600, 1), Ticket(2, 0, 9), Ticket(3, 0, 2)]) == (3, 2, 1)


REFUSED = [
    (Manner.IN_TURN, (), None, "round_nobody"),
    (Manner.CHOSEN, (Asked(1),), None, "answer_by_past"),
    (Manner.CHOSEN, (Asked(1),), NOW, "answer_by_past"),
    (Manner.DRAWN, (Asked(1),), NOW + 9 * HOUR, "answer_by_after_start"),
    (Manner.IN_TURN, tuple(Asked(number) for number in range(101)), None, "round_too_many"),
]


@pytest.mark.parametrize(("manner", "people", "closes_at", "code"), REFUSED)
def test_a_round_that_cannot_be_started(manner, people, closes_at, code):
    command = StartRound(manner=manner, people=people, form_key="x", closes_at=closes_at)
    with pytest.raises(DomainError) as refused:
        refuse_start(command, starts_at=NOW + 8 * HOUR, now=NOW)
    assert refused.value.code == code
