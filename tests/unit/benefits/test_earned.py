"""Earnings put together: each sum against the rows that it is made of, and one object for the same earnings."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given

from jobcenter.benefits import ContractForm, IncomeState
from jobcenter.benefits.earned import NOTHING, gross_of, together, told_of
from tests.unit.benefits.anyone import lists
from tests.unit.benefits.people import earning, euros, monthly

GIG = earning("2026-11-09", "40.00")
AHEAD = earning("2026-11-02", "30.00", state=IncomeState.AGREED, recurring=True)
WAGE = replace(earning("2026-11-20", "200.00", contract=ContractForm.PARTNER), told=True)
STEADY = monthly("2026-11-05", "300.00", contract=ContractForm.PARTNER)


def test_what_each_sum_is():
    month = together((GIG, AHEAD, WAGE, STEADY))
    assert (month.gross, month.told, month.first_day) == (euros("570.00"), euros("200.00"), date(2026, 11, 2))
    assert (month.single, month.repeating, month.monthly) == (euros("270.00"), euros("30.00"), euros("300.00"))
    assert (month.regular, month.known, together((GIG, AHEAD)).regular) == (True, euros("300.00"), False)
    assert month.done.rows == (GIG, WAGE, STEADY)
    assert month.assignments.rows == (GIG, AHEAD)


def test_steady_work_counts_by_the_month_or_by_what_is_known_of_it_if_that_is_more():
    less, more = replace(STEADY, gross=euros("120.00")), replace(STEADY, gross=euros("310.00"))
    assert together((GIG, less)).in_a_month == euros("340.00")
    assert together((GIG, more)).in_a_month == euros("350.00")


def test_nothing_has_no_first_day_and_counts_as_nothing():
    assert (NOTHING.first_day, NOTHING.gross, bool(NOTHING)) == (None, euros("0.00"), False)
    assert together((AHEAD,)).done is NOTHING
    unpaid = replace(GIG, gross=euros("0.00"))
    assert together((unpaid, AHEAD)).bringing.rows == (AHEAD,)


@given(lists, lists)
def test_one_of_the_same_and_the_parts_make_the_whole(rows, others):
    earned = together(tuple(rows))
    assert together(tuple(replace(row) for row in rows)) is earned
    assert earned.gross == sum((row.gross for row in rows), Decimal(0))
    assert earned.done.gross + earned.those(lambda row: not row.done).gross == earned.gross
    pair = (earned, together(tuple(others)))
    assert gross_of(pair) == together((*rows, *others)).gross
    assert told_of(pair) == together((*rows, *others)).told
