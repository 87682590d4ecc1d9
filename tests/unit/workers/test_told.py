"""Income told of makes a row a month, or one row, within the days that are looked at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import ContractForm, IncomeState
from jobcenter.core.errors import DomainError
from jobcenter.workers.told.domain import IncomeTold, month_ends, rows_of, told_once

SINCE, TODAY, UNTIL = date(2026, 1, 1), date(2026, 11, 22), date(2026, 12, 31)


def told(**facts):
    given = {
        "what": "Siivous",
        "contract": ContractForm.PARTNER,
        "monthly": True,
        "gross": Decimal("200.00"),
        "net": Decimal("180.00"),
        "starts_on": date(2026, 9, 15),
        "ends_on": None,
    }
    return IncomeTold(**given | facts)


def days(income: IncomeTold) -> list[tuple[str, str]]:
    rows = rows_of(income, since=SINCE, until=UNTIL, today=TODAY)
    return [(row.worked_on.isoformat(), row.state.value) for row in rows]


MONTHLY = [
    (
        {},
        [
            ("2026-09-30", "confirmed"),
            ("2026-10-31", "confirmed"),
            ("2026-11-30", "agreed"),
            ("2026-12-31", "agreed"),
        ],
    ),
    ({"ends_on": date(2026, 10, 3)}, [("2026-09-30", "confirmed"), ("2026-10-03", "confirmed")]),
    ({"starts_on": TODAY, "ends_on": TODAY}, [("2026-11-22", "confirmed")]),
    ({"starts_on": date(2025, 11, 1), "ends_on": date(2026, 1, 10)}, [("2026-01-10", "confirmed")]),
    ({"starts_on": date(2027, 1, 1)}, []),
    ({"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}, []),
]
ONCE = [
    (date(2026, 11, 22), [("2026-11-22", "confirmed")]),
    (date(2026, 11, 23), [("2026-11-23", "agreed")]),
    (date(2025, 12, 31), []),
    (date(2027, 1, 1), []),
]


@pytest.mark.parametrize(("facts", "expected"), MONTHLY)
def test_a_row_for_each_month_that_it_goes_on(facts, expected):
    assert days(told(**facts)) == expected


@pytest.mark.parametrize(("day", "expected"), ONCE)
def test_one_row_for_what_comes_once(day, expected):
    assert days(told(monthly=False, starts_on=day)) == expected


@pytest.mark.parametrize("monthly", [True, False])
def test_rows_say_that_they_are_told_and_what_a_month_brings(monthly):
    income = told(monthly=monthly, starts_on=TODAY)
    row = next(rows_of(income, since=SINCE, until=TODAY.replace(day=30), today=TODAY))
    assert row.told and row.recurring is monthly and row.paid_on is None
    assert (row.gross, row.net, row.per_month) == (income.gross, income.net, income.gross if monthly else None)
    assert row.state is (IncomeState.AGREED if monthly else IncomeState.CONFIRMED)


REFUSED = [
    ({"monthly": False, "ends_on": date(2026, 9, 15)}, "once_has_no_end"),
    ({"ends_on": date(2026, 9, 14)}, "end_before_start_day"),
    ({"net": Decimal("200.01")}, "net_above_gross"),
]


@pytest.mark.parametrize(("facts", "code"), REFUSED)
def test_what_cannot_be_is_refused(facts, code):
    with pytest.raises(DomainError) as refused:
        told(**facts)
    assert refused.value.code == code


ENDED = [
    ({"ends_on": date(2026, 11, 21)}, True),
    ({"ends_on": TODAY}, False),
    ({"ends_on": None}, False),
    ({"monthly": False, "starts_on": date(2026, 11, 21)}, True),
    ({"monthly": False, "starts_on": TODAY}, False),
]


@pytest.mark.parametrize(("facts", "ended"), ENDED)
def test_whether_it_is_over(facts, ended):
    assert told(**facts).has_ended(TODAY) is ended


OF_YEAR = [
    ({"ends_on": date(2025, 12, 31)}, False),
    ({"ends_on": date(2026, 1, 1)}, True),
    ({}, True),
    ({"monthly": False, "starts_on": date(2026, 1, 1)}, True),
    ({"monthly": False, "starts_on": date(2025, 12, 31)}, False),
]


@pytest.mark.parametrize(("facts", "counts"), OF_YEAR)
def test_whether_it_counts_in_the_year(facts, counts):
    assert told(**{"starts_on": date(2025, 6, 1), **facts}).counts_in_year_of(TODAY) is counts


def test_a_leap_february_ends_on_its_own_day():
    ends = list(month_ends(date(2028, 1, 31), date(2028, 3, 1)))
    assert ends == [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 1)]


CLEANING, OTHER_WORDS = told(), told(what="Siivoustyö", net=None)


@pytest.mark.parametrize(
    ("told_in", "counted"),
    [
        ([], []),
        ([[CLEANING]], [CLEANING]),
        ([[CLEANING], [CLEANING]], [CLEANING]),
        ([[CLEANING], [OTHER_WORDS]], [CLEANING]),
        ([[CLEANING, OTHER_WORDS]], [CLEANING, OTHER_WORDS]),
        ([[CLEANING], [CLEANING, OTHER_WORDS]], [CLEANING, OTHER_WORDS]),
        ([[CLEANING], [told(gross=Decimal("201.00"))]], [CLEANING, told(gross=Decimal("201.00"))]),
        ([[CLEANING], [told(starts_on=date(2026, 9, 16))]], [CLEANING, told(starts_on=date(2026, 9, 16))]),
        ([[CLEANING], [told(contract=ContractForm.ASSIGNMENT)]], [CLEANING, told(contract=ContractForm.ASSIGNMENT)]),
    ],
)
def test_the_same_work_told_in_two_jobcenters_counts_once(told_in, counted):
    assert list(told_once(told_in)) == counted
