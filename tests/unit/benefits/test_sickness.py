"""Sickness and rehabilitation allowance: always a question, with the amount for a day where it is known."""

import pytest

from jobcenter.benefits import BenefitHeld, BenefitKind, LimitState, NextStep, RowCode
from tests.unit.benefits.people import day, earning, judged, someone

SICKNESS, REHABILITATION = BenefitKind.SICKNESS_ALLOWANCE, BenefitKind.REHABILITATION_ALLOWANCE


def of(kind, on, *income):
    return judged(someone(BenefitHeld(kind, day("2010-01-01"), None)), *income, as_of=on)


@pytest.mark.parametrize(
    ("kind", "on", "amount"),
    [
        (SICKNESS, "2019-12-31", None),
        (SICKNESS, "2020-01-01", "28.94"),
        (SICKNESS, "2021-01-01", "29.05"),
        (SICKNESS, "2022-07-31", "29.67"),
        (SICKNESS, "2022-08-01", "30.71"),
        (SICKNESS, "2023-01-01", "31.99"),
        (SICKNESS, "2027-12-31", "31.99"),
        (SICKNESS, "2028-01-01", None),
        (REHABILITATION, "2024-12-31", "31.99"),
        (REHABILITATION, "2026-05-01", None),
    ],
)
def test_the_answer_is_to_ask_and_why(kind, on, amount):
    (found,) = of(kind, on)
    amounts = {row.code: row.amount and str(row.amount) for row in found.rows}
    assert (found.state, found.safe, found.next_step) == (LimitState.ASK, False, NextStep.ASK_KELA)
    assert amounts.get(RowCode.SMALLEST_DAY_AMOUNT) == amount
    assert RowCode.NOT_VERIFIED in amounts


def test_each_month_of_work_is_asked_about():
    found = of(SICKNESS, "2026-03-01", earning("2026-02-10", "10.00"), earning("2026-04-10", "10.00"))
    assert [a.period_from.month for a in found if a.rule == "sickness_allowance.work"] == [2, 3, 4]


@pytest.mark.parametrize(("on", "asked"), [("2024-12-31", 1), ("2025-01-01", 2)])
def test_the_young_are_asked_about_since_the_bill_of_2025(on, asked):
    (found,) = of(REHABILITATION, on)
    assert [row.code for row in found.rows].count(RowCode.NOT_VERIFIED) == asked
