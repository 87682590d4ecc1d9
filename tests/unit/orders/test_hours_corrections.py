"""What was missing of paid hours, and what is refused."""

from datetime import date, time

import pytest

from jobcenter.core import clock
from jobcenter.core.errors import DomainError, NotPossible
from jobcenter.orders.hours.domain import Billed, EntryStatus, Worktime
from jobcenter.orders.hours.domain_corrections import (
    PaidForMore,
    Row,
    check_paid,
    in_words,
    missing_minutes,
    refuse_below_billed,
    unbilled_minutes,
)

DAY = date(2026, 11, 20)
PAID = Row(EntryStatus.CONFIRMED, 180, True)
ADDED = Row(EntryStatus.CONFIRMED, 30, True)
TAKEN_BACK = Row(EntryStatus.WITHDRAWN, 0, False)


def work(ends: time, pause: int = 0, day: date = DAY) -> Worktime:
    return Worktime(clock.at(day, time(9)), clock.at(day, ends), pause)


@pytest.mark.parametrize(
    ("worktime", "rows", "missing"),
    [
        (work(time(13)), [PAID], 60),
        (work(time(12, 1)), [PAID], 1),
        (work(time(13), 30), [PAID], 30),
        (work(time(13)), [PAID, ADDED], 30),
        (work(time(13)), [PAID, TAKEN_BACK], 60),
    ],
)
def test_what_is_missing(worktime, rows, missing):
    assert missing_minutes(worktime, rows, worked_on=DAY) == missing


@pytest.mark.parametrize(
    ("worktime", "rows", "code", "kind"),
    [
        (work(time(12)), [PAID], "hours_nothing_missing", DomainError),
        (work(time(12, 30)), [PAID, ADDED], "hours_nothing_missing", DomainError),
        (work(time(11, 59)), [PAID], "hours_paid_for_more", PaidForMore),
        (work(time(12)), [PAID, ADDED], "hours_paid_for_more", PaidForMore),
        (work(time(13), day=date(2026, 11, 19)), [PAID], "hours_other_day", DomainError),
    ],
)
def test_what_brings_nothing_is_refused(worktime, rows, code, kind):
    with pytest.raises(kind, match=code):
        missing_minutes(worktime, rows, worked_on=DAY)


@pytest.mark.parametrize("status", [EntryStatus.LOGGED, EntryStatus.DISPUTED, EntryStatus.CONFIRMED])
def test_while_something_is_not_paid_that_is_corrected_itself(status):
    with pytest.raises(NotPossible):
        check_paid([PAID, Row(status, 30, False)])


def test_what_was_taken_back_holds_nothing_up():
    check_paid([PAID, TAKEN_BACK, ADDED])


@pytest.mark.parametrize(("minutes", "words"), [(180, "3 h"), (150, "2 h 30 min"), (20, "0 h 20 min")])
def test_minutes_in_words(minutes, words):
    assert in_words(minutes) == words


@pytest.mark.parametrize(
    ("worktime", "rows", "unbilled"),
    [
        (work(time(11)), [PAID], (60,)),
        (work(time(12)), [PAID], (0,)),
        (work(time(12)), [PAID, ADDED], (0, 30)),
        (work(time(11)), [PAID, ADDED], (60, 30)),
        (work(time(11)), [PAID, TAKEN_BACK], (60, 0)),
    ],
)
def test_what_the_orderer_is_not_asked_for(worktime, rows, unbilled):
    assert unbilled_minutes(worktime, rows, worked_on=DAY) == unbilled


@pytest.mark.parametrize(
    ("worktime", "code"),
    [(work(time(12, 1)), "hours_longer"), (work(time(11), day=date(2026, 11, 19)), "hours_other_day")],
)
def test_times_that_bill_no_less_are_refused(worktime, code):
    with pytest.raises(DomainError, match=code):
        unbilled_minutes(worktime, [PAID], worked_on=DAY)


@pytest.mark.parametrize(("minutes", "fine"), [(120, True), (121, True), (119, False)])
def test_what_is_on_an_invoice_is_credited_first(minutes, fine):
    if fine:
        refuse_below_billed(minutes, 120)
        return
    with pytest.raises(Billed):
        refuse_below_billed(minutes, 120)
