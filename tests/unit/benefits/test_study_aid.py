"""Study aid: own income of a calendar year against months with and without aid."""

from dataclasses import replace
from decimal import Decimal

import pytest

from jobcenter.benefits import BenefitHeld, BenefitKind, IncomeState, LimitState, NextStep, RowCode, ValueStatus
from tests.unit.benefits.people import day, earning, euros, judged, only, someone

RULE = "study_aid.own_income"
CENT = Decimal("0.01")


def aid(months, until=None):
    return BenefitHeld(BenefitKind.STUDY_AID, day("2015-09-01"), day(until) if until else None, aid_months=months)


# Months with aid x the lower amount + the other months x the higher one.
LIMITS = [
    ("2020-01-01", 9, "12513.00"),  # 9 x 697 + 3 x 2,080
    ("2021-12-31", 9, "12513.00"),
    ("2022-01-01", 9, "15630.00"),  # 9 x 870 + 3 x 2,600
    ("2022-12-31", 12, "10440.00"),
    ("2023-01-01", 9, "18720.00"),  # 9 x 1,040 + 3 x 3,120
    ("2024-12-31", 0, "37440.00"),
    ("2025-01-01", 9, "20127.00"),  # 9 x 1,118 + 3 x 3,355
    ("2026-12-31", 4, "31312.00"),  # 4 x 1,118 + 8 x 3,355
]


@pytest.mark.parametrize(("on", "months", "limit"), LIMITS)
def test_the_limit_of_each_year_to_the_cent(on, months, limit):
    for more, state in [(-CENT, LimitState.NEAR), (0, LimitState.AT_LIMIT), (CENT, LimitState.OVER)]:
        found = only(judged(someone(aid(months)), earning(on, euros(limit) + more), as_of=on), RULE)
        assert (found.limit, found.state, found.status) == (euros(limit), state, ValueStatus.SINGLE_SOURCE)


@pytest.mark.parametrize("on", ["2019-12-31", "2027-01-01"])
def test_a_year_without_a_value_is_never_safe(on):
    assert only(judged(someone(aid(9)), as_of=on), RULE).state is LimitState.LIMIT_MISSING


@pytest.mark.parametrize("months", [None, -1, 13])
def test_months_of_aid_that_are_not_known_are_asked_for(months):
    found = only(judged(someone(aid(months)), earning("2026-03-01", "10.00"), as_of="2026-03-01"), RULE)
    assert (found.state, found.next_step) == (LimitState.ASK, NextStep.ASK_PERSON)
    assert RowCode.AID_MONTHS_UNKNOWN in {row.code for row in found.rows}


def test_income_counts_in_the_year_of_payment_whole():
    rows = [earning("2025-12-31", "500.00", "2026-01-15"), earning("2026-12-01", "70.00", state=IncomeState.AGREED)]
    found = only(judged(someone(aid(9)), *rows, as_of="2026-03-01"), RULE)
    assert (found.period_from, found.period_to) == (day("2026-01-01"), day("2026-12-31"))
    assert (found.counted, found.agreed) == (euros("500.00"), euros("70.00"))


def test_income_after_the_studies_still_counts_in_their_year():
    rows = [earning("2026-11-01", "25000.00")]
    found = only(judged(someone(aid(9, until="2026-05-31")), *rows, as_of="2026-11-30"), RULE)
    assert (found.state, found.next_step) == (LimitState.OVER, NextStep.GIVE_UP_AID_MONTHS)


@pytest.mark.parametrize(("spring", "limit"), [(9, "20127.00"), (3, "31312.00"), (None, None)])
def test_of_two_spells_in_a_year_the_one_with_most_months_is_believed(spring, limit):
    autumn = replace(aid(4), from_=day("2026-09-01"))
    found = only(judged(someone(aid(spring, until="2026-05-31"), autumn), as_of="2026-11-30"), RULE)
    assert found.limit == (limit and euros(limit))
    assert found.state is (LimitState.UNDER if limit else LimitState.ASK)
