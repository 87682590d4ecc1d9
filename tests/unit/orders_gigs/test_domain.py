"""States and ways of gigs and offers, the diary, slots, times, the calendar file; pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, NotPossible
from jobcenter.orders.gigs import domain
from jobcenter.orders.gigs.calendar_file import Entry, calendar
from jobcenter.orders.gigs.domain import (
    GIG_TRANSITIONS,
    OFFER_TRANSITIONS,
    ContractForm,
    Diary,
    Engagement,
    GigAction,
    GigCard,
    GigStatus,
    GigTimes,
    OfferAction,
    OfferStatus,
    Span,
    guard_days,
    next_gig_state,
    next_offer_state,
)
from jobcenter.orders.gigs.domain_slots import SlotPlace, SlotPlan, plan_slots

NINE = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def pairs(states, actions):
    return [(state, action) for state in states for action in actions]


@pytest.mark.parametrize(("state", "action"), pairs(OfferStatus, OfferAction))
def test_every_pair_of_offer_state_and_action(state, action):
    walk(OFFER_TRANSITIONS, next_offer_state, state, action)


@pytest.mark.parametrize(("state", "action"), pairs(GigStatus, GigAction))
def test_every_pair_of_gig_state_and_action(state, action):
    walk(GIG_TRANSITIONS, next_gig_state, state, action)


def walk(table, step, state, action):
    if (state, action) in table:
        assert step(state, action) is table[state, action]
    elif state in {after for (_before, done), after in table.items() if done is action}:
        with pytest.raises(AlreadyDone):
            step(state, action)
    else:
        with pytest.raises(NotPossible):
            step(state, action)


def test_who_holds_is_live_and_who_is_gone_is_not():
    assert domain.HOLDING < domain.LIVE
    assert not domain.GONE & domain.LIVE


# Time


def test_span_is_half_open_and_its_last_day_is_that_of_its_last_instant():
    span = Span(clock.at(date(2026, 12, 1), time(20)), clock.start_of(date(2026, 12, 2)))
    assert (span.first_day, span.last_day) == (date(2026, 12, 1), date(2026, 12, 1))
    assert not span.overlaps(Span(span.ends_at, span.ends_at + HOUR))
    with pytest.raises(ValueError, match="not before"):
        Span(span.ends_at, span.ends_at)


def test_autumn_night_lasts_an_hour_more():
    night = GigTimes(date(2026, 10, 24), time(22), time(6), 0).span
    assert night.minutes == 9 * 60


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 22), (date(2026, 11, 22), date(2026, 12, 1))),
        (date(2027, 1, 1), (date(2026, 12, 1), date(2026, 12, 1))),
    ],
)
def test_guard_looks_from_today_to_the_gig_and_at_a_past_gig_s_own_day(day, expected):
    assert guard_days(Span(NINE, NINE + HOUR), day) == expected


@pytest.mark.parametrize(("hours", "field"), [(-1, "answer_day"), (30, "answer_day")])
def test_time_to_answer(hours, field):
    now = NINE - 10 * HOUR
    with pytest.raises(domain.AnswerTimeWrong) as refused:
        domain.refuse_answer_by(now + hours * HOUR, span=Span(NINE, NINE + HOUR), now=now)
    assert refused.value.field == field


def test_stand_in_for_a_gig_that_has_begun_may_answer_during_it():
    domain.refuse_answer_by(NINE + HOUR, span=Span(NINE, NINE + 3 * HOUR), now=NINE + HOUR / 2)


def test_diary_finds_clashes_of_the_same_person_only():
    diary = Diary([(1, Engagement(10, Span(NINE, NINE + HOUR)))])
    other = Span(NINE + HOUR / 2, NINE + 2 * HOUR)
    assert diary.clash(1, other).gig_id == 10
    assert diary.clash(2, other) is None
    assert diary.clash(1, other, but=frozenset({10})) is None
    assert diary.clash(1, Span(NINE + HOUR, NINE + 2 * HOUR)) is None


# Slots


def slots(*holders):
    """Slots by who holds each: a name, None for free, "?" for one on offer, "-" for one not in use."""
    return [
        SlotPlace(n, n, in_use=h != "-", holder=None if h in (None, "?", "-") else h, offered_open=h == "?")
        for n, h in enumerate(holders, start=1)
    ]


@pytest.mark.parametrize(
    ("places", "people", "plan"),
    [
        (slots(None), 1, SlotPlan()),
        (slots(None), 3, SlotPlan(make=2)),
        (slots(None, "-"), 3, SlotPlan(reuse=(2,), make=1)),
        (slots("Aino", None, None), 2, SlotPlan(leave_out=(3,))),
        (slots("?", "Aino", None), 2, SlotPlan(leave_out=(3,))),
        (slots("?", "Aino", None), 1, SlotPlan(leave_out=(3, 1))),
    ],
)
def test_slots_follow_the_number_of_people(places, people, plan):
    assert plan_slots(places, people) == plan


def test_fewer_people_than_have_said_yes_is_refused_with_names():
    with pytest.raises(domain.PeopleTaken) as refused:
        plan_slots(slots("Aino", "Bo", None), 1)
    assert refused.value.facts["names"] == "Aino, Bo"


# The calendar


def test_calendar_file_is_utc_escaped_and_folded():
    card = GigCard(
        1,
        "Tiski; öinen, 🍽 " + "ä" * 60,
        "Kahvila",
        "Katu 1",
        Span(NINE, NINE + HOUR),
        0,
        "",
        "",
        "",
        ContractForm.PARTNER,
        None,
    )
    lines = calendar("Keikat", [Entry("offer-1", card, "https://example.fi/1")], NINE).split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    text = b"\r\n".join(lines).replace(b"\r\n ", b"").decode()
    assert "SUMMARY:Tiski\\; öinen\\, 🍽 " + "ä" * 60 in text
    assert "DTSTART:20261201T070000Z" in text
