"""From which day of work who bills the partner form may change."""

from __future__ import annotations

from datetime import date

import pytest

from jobcenter.billing.settings.domain import DoneHere, PartnerSwitchRefused, Work, check_switch

YESTERDAY, TODAY, NEXT_YEAR = date(2026, 11, 21), date(2026, 11, 22), date(2027, 1, 1)
WORK = Work(first_day=YESTERDAY, last_day=TODAY, minutes=200)
NOTHING, BILLED, OWED = DoneHere(), DoneHere(billed=WORK), DoneHere(owed=WORK)


@pytest.mark.parametrize(
    ("day", "is_first", "here", "refused"),
    [
        (YESTERDAY, True, NOTHING, None),
        (YESTERDAY, False, NOTHING, "partner_switch_past"),
        (TODAY, False, NOTHING, None),
        (NEXT_YEAR, False, NOTHING, None),
        (YESTERDAY, True, BILLED, "partner_switch_billed"),
        (TODAY, False, BILLED, "partner_switch_billed"),
        (YESTERDAY, True, OWED, "partner_switch_owed"),
    ],
)
def test_who_bills_changes_for_work_that_nobody_was_asked_for(day, is_first, here, refused):
    if refused is None:
        check_switch(day, is_first=is_first, here=here, today=TODAY)
        return
    with pytest.raises(PartnerSwitchRefused, match=refused):
        check_switch(day, is_first=is_first, here=here, today=TODAY)


def test_the_refusal_says_what_is_concerned():
    with pytest.raises(PartnerSwitchRefused) as refusal:
        check_switch(YESTERDAY, is_first=True, here=BILLED, today=TODAY)
    assert refusal.value.facts == {"first": YESTERDAY, "last": TODAY, "hours": "3 h 20 min"}
