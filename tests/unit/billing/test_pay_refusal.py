"""On which day the payments of a refused file can go out."""

from datetime import date

import pytest

from jobcenter.billing.payruns.domain_refusal import NotAPayDayAgain, check_new_day, first_day

MONDAY, FRIDAY, SATURDAY = date(2026, 11, 30), date(2026, 12, 4), date(2026, 12, 5)
NEXT_TUESDAY = date(2026, 12, 8)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 27), MONDAY),
        (MONDAY, MONDAY),
        (FRIDAY, FRIDAY),
        (SATURDAY, date(2026, 12, 7)),
        (date(2026, 12, 6), date(2026, 12, 7)),
    ],
    ids=["before", "on the day", "later", "a Saturday", "Independence Day, a Sunday"],
)
def test_the_first_day_that_can_be(today, first):
    assert first_day(MONDAY, today) == first


@pytest.mark.parametrize(
    ("day", "today", "fine"),
    [
        (MONDAY, MONDAY, True),
        (date(2026, 12, 1), MONDAY, True),
        (date(2026, 12, 7), MONDAY, True),
        (NEXT_TUESDAY, MONDAY, False),
        (date(2026, 11, 27), date(2026, 11, 26), False),
        (date(2026, 12, 1), date(2026, 12, 2), False),
        (SATURDAY, FRIDAY, False),
        (date(2026, 12, 6), FRIDAY, False),
    ],
)
def test_a_day_that_cannot_be_is_refused(day, today, fine):
    if fine:
        check_new_day(day, pay_on=MONDAY, today=today)
        return
    with pytest.raises(NotAPayDayAgain):
        check_new_day(day, pay_on=MONDAY, today=today)
