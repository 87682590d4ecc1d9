"""Hours of work: what was typed as real time, overlaps, the clock-change nights, whose turn it is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, DomainError, NotPossible
from jobcenter.orders.hours import domain
from jobcenter.orders.hours.domain import (
    ConfirmationPeriod,
    EntryAction,
    EntryStatus,
    Logged,
    Typed,
    Worktime,
)

MONDAY = date(2026, 11, 16)
SPRING_NIGHT = date(2026, 3, 29)
AUTUMN_NIGHT = date(2026, 10, 25)


def gig(day, starts, ends, *, next_day=False):
    """The instants of a gig on a day."""
    return {
        "gig_starts_at": clock.at(day, starts),
        "gig_ends_at": clock.at(day + timedelta(days=next_day), ends),
    }


@pytest.mark.parametrize(
    ("starts", "ends", "pause", "minutes"),
    [
        (time(9), time(12), 0, 180),
        (time(9), time(9, 1), 0, 1),
        (time(9), time(12, 20), 30, 170),
        (time(0), time(23, 59), 8 * 60, 959),
    ],
)
def test_minutes_are_exact(starts, ends, pause, minutes):
    typed = Typed(MONDAY, starts, ends, pause)
    if ends == time(23, 59):
        with pytest.raises(DomainError, match="hours_too_long"):
            domain.worktime_of(typed, **gig(MONDAY, time(9), time(12)))
        return
    assert domain.worktime_of(typed, **gig(MONDAY, time(9), time(12))).minutes == minutes


@pytest.mark.parametrize(
    ("starts", "ends"), [(time(12), time(9)), (time(9), time(9)), (time(23), time(1))], ids=["before", "same", "late"]
)
def test_end_before_start_is_refused_when_the_gig_stays_within_its_day(starts, ends):
    with pytest.raises(domain.EndBeforeStart) as refusal:
        domain.worktime_of(Typed(MONDAY, starts, ends, 0), **gig(MONDAY, time(9), time(12)))
    assert refusal.value.field == "ends"


@pytest.mark.parametrize(
    ("ends", "next_day", "left", "minutes"),
    [
        (time(1), True, time(0), 180),
        (time(0), True, time(0), 180),
        (time(0), True, time(0, 40), 220),
        (time(23), False, time(0, 30), 210),
        (time(23), False, time(3), 360),
    ],
    ids=["at midnight", "with the gig at midnight", "late from it", "late over it", "as late as may be"],
)
def test_work_in_the_evening_may_end_after_midnight(ends, next_day, left, minutes):
    typed = Typed(MONDAY, time(21), left, 0)
    assert domain.worktime_of(typed, **gig(MONDAY, time(21), ends, next_day=next_day)).minutes == minutes


def test_an_evening_does_not_last_into_the_next_day():
    with pytest.raises(domain.EndBeforeStart):
        domain.worktime_of(Typed(MONDAY, time(21), time(3, 1), 0), **gig(MONDAY, time(21), time(23)))


@pytest.mark.parametrize(
    ("day", "starts", "ends", "minutes"),
    [
        (SPRING_NIGHT, time(1, 49), time(4, 15), 86),
        (SPRING_NIGHT, time(0), time(8), 7 * 60),
        (AUTUMN_NIGHT, time(0), time(8), 9 * 60),
    ],
    ids=["spring: an hour less", "spring: whole night", "autumn: an hour more"],
)
def test_clock_change_nights_count_real_time(day, starts, ends, minutes):
    assert domain.worktime_of(Typed(day, starts, ends, 0), **gig(day, starts, ends)).minutes == minutes


def test_a_time_that_autumn_has_twice_is_the_one_nearer_the_gig():
    first = {"gig_starts_at": clock.at(AUTUMN_NIGHT, time(2)), "gig_ends_at": clock.at(AUTUMN_NIGHT, time(3, 30))}
    second = first | {"gig_ends_at": clock.at(AUTUMN_NIGHT, time(3, 30), second_pass=True)}
    typed = Typed(AUTUMN_NIGHT, time(2), time(3, 30), 0)
    assert domain.worktime_of(typed, **first).minutes == 90
    assert domain.worktime_of(typed, **second).minutes == 150


def test_a_time_that_spring_skips_is_named():
    with pytest.raises(domain.TimeSkipped) as refusal:
        domain.worktime_of(Typed(SPRING_NIGHT, time(2), time(3, 30), 0), **gig(SPRING_NIGHT, time(2), time(5)))
    assert refusal.value.field == "ends"
    assert refusal.value.facts == {"time": "03.30"}


@pytest.mark.parametrize("pause", [180, 181, -1], ids=["all of it", "more than it", "negative"])
def test_a_break_is_shorter_than_the_work(pause):
    with pytest.raises(DomainError, match="break_too_long"):
        domain.worktime_of(Typed(MONDAY, time(9), time(12), pause), **gig(MONDAY, time(9), time(12)))


def work(starts, ends, day=MONDAY):
    return Worktime(clock.at(day, starts), clock.at(day, ends), 0)


@pytest.mark.parametrize(
    ("starts", "ends", "clash"),
    [
        (time(8), time(9), False),
        (time(12), time(13), False),
        (time(8), time(9, 1), True),
        (time(11, 59), time(13), True),
        (time(10), time(11), True),
        (time(8), time(14), True),
    ],
    ids=["before, touching", "after, touching", "one minute in", "one minute left", "inside", "around"],
)
def test_overlap_is_half_open(starts, ends, clash):
    others = [Logged(7, clock.at(MONDAY, time(9)), clock.at(MONDAY, time(12)))]
    if clash:
        with pytest.raises(domain.HoursOverlap):
            domain.refuse_overlap(work(starts, ends), others)
    else:
        domain.refuse_overlap(work(starts, ends), others)


def test_an_entry_does_not_overlap_itself_on_edit():
    others = [Logged(7, clock.at(MONDAY, time(9)), clock.at(MONDAY, time(12)))]
    domain.refuse_overlap(work(time(9), time(11)), others, own={7})
    with pytest.raises(domain.HoursOverlap):
        domain.refuse_overlap(work(time(9), time(11)), others, own={8})


@pytest.mark.parametrize(
    ("starts", "ends", "now", "code"),
    [
        (time(9), time(12), time(11, 59), "hours_in_future"),
        (time(9), time(12), time(12), None),
        (time(5), time(12), time(23), None),
        (time(9), time(16), time(23), None),
        (time(4, 59), time(12), time(23), "hours_not_at_gig"),
        (time(9), time(16, 1), time(23), "hours_not_at_gig"),
    ],
)
def test_hours_lie_at_the_gig_and_in_the_past(starts, ends, now, code):
    facts = gig(MONDAY, time(9), time(12)) | {"now": clock.at(MONDAY, now)}
    if code is None:
        domain.refuse_unlikely(work(starts, ends), **facts)
    else:
        with pytest.raises(DomainError, match=code):
            domain.refuse_unlikely(work(starts, ends), **facts)


PERIOD = ConfirmationPeriod(date(2021, 1, 1), timedelta(days=2), timedelta(days=7), "terms")


@pytest.mark.parametrize(
    ("waited", "reminder", "turn"),
    [
        (timedelta(days=2) - timedelta(seconds=1), False, False),
        (timedelta(days=2), True, False),
        (timedelta(days=7) - timedelta(seconds=1), True, False),
        (timedelta(days=7), True, True),
    ],
)
def test_whose_turn_it_is(waited, reminder, turn):
    now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    facts = {"logged_at": now - waited, "period": PERIOD, "now": now}
    assert domain.reminder_due(**facts) is reminder
    assert domain.coordinators_turn(**facts) is turn


def test_the_newest_begun_period_counts():
    newer = ConfirmationPeriod(date(2026, 1, 1), timedelta(days=1), timedelta(days=5), "terms 2")
    assert domain.period_on([newer, PERIOD], date(2025, 12, 31)) is PERIOD
    assert domain.period_on([PERIOD, newer], date(2026, 1, 1)) is newer
    with pytest.raises(DomainError, match="confirmation_period_missing"):
        domain.period_on([newer, PERIOD], date(2020, 12, 31))


@pytest.mark.parametrize(
    ("invoiced", "paid", "code"), [(True, False, "hours_invoiced"), (False, True, "hours_paid"), (False, False, None)]
)
def test_billed_hours_stay_as_they_are(invoiced, paid, code):
    if code is None:
        domain.refuse_billed(invoiced=invoiced, paid=paid)
    else:
        with pytest.raises(domain.Billed, match=code):
            domain.refuse_billed(invoiced=invoiced, paid=paid)


def test_hours_whose_pay_came_back_stay_as_they_are():
    with pytest.raises(domain.Billed, match="hours_pay_owed"):
        domain.refuse_billed(invoiced=False, paid=False, owed=True)


EXPECTED = {
    ("needs_times", "give_times"): "logged",
    ("logged", "give_times"): AlreadyDone,
    ("logged", "edit"): "logged",
    ("logged", "confirm"): "confirmed",
    ("logged", "dispute"): "disputed",
    ("disputed", "edit"): "logged",
    ("disputed", "confirm"): "confirmed",
    ("disputed", "dispute"): AlreadyDone,
    ("confirmed", "edit"): "logged",
    ("confirmed", "confirm"): AlreadyDone,
    ("logged", "withdraw"): "withdrawn",
    ("disputed", "withdraw"): "withdrawn",
    ("withdrawn", "withdraw"): AlreadyDone,
}


@pytest.mark.parametrize("state", EntryStatus)
@pytest.mark.parametrize("action", EntryAction)
def test_every_pair_of_state_and_action(state, action):
    expected = EXPECTED.get((state.value, action.value), NotPossible)
    if isinstance(expected, str):
        assert domain.next_state(state, action) is EntryStatus(expected)
    else:
        with pytest.raises(expected):
            domain.next_state(state, action)
