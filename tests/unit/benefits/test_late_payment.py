"""Late interest by the Interest Act: the rate of each half-year, what is missing, and the fixed compensation."""

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import law
from jobcenter.benefits.late_payment import Debt, fixed_compensation, late_interest

DUE = date(2026, 3, 2)


def interest_of(since, until, amount="1000", commercial=True):
    debts = [Debt(date.fromisoformat(since), date.fromisoformat(until), Decimal(amount))]
    return late_interest(law(), debts, commercial=commercial)


@pytest.mark.parametrize(
    ("since", "until", "commercial", "amount"),
    [
        ("2026-03-02", "2026-04-01", True, "8.63"),  # 30 days at 10.5 %
        ("2026-03-02", "2026-04-01", False, "7.81"),  # 30 days at 9.5 %
        ("2024-06-21", "2024-07-11", True, "6.85"),  # 10 + 10 days at 12.5 %
        ("2022-12-22", "2023-01-11", False, "4.52"),  # 10 days at 7 %, 10 at 9.5 %
        ("2026-03-02", "2026-03-02", True, "0.00"),
    ],
)
def test_interest_is_counted_by_days_at_each_half_years_rate(since, until, commercial, amount):
    assert interest_of(since, until, commercial=commercial).amount == Decimal(amount)


def test_a_half_year_without_a_verified_rate_is_missing():
    found = interest_of("2026-06-21", "2026-07-11")
    assert found.amount is None
    assert found.known == Decimal("2.88")
    assert [(stretch.since, stretch.until) for stretch in found.missing] == [(date(2026, 7, 1), date(2026, 7, 11))]


def test_what_is_paid_meanwhile_bears_no_more_interest():
    debts = [
        Debt(date(2026, 3, 2), date(2026, 3, 12), Decimal(1000)),
        Debt(date(2026, 3, 12), date(2026, 3, 22), Decimal(400)),
        Debt(date(2026, 3, 22), date(2026, 4, 1), Decimal(0)),
    ]
    assert late_interest(law(), debts, commercial=True).amount == Decimal("4.03")


@pytest.mark.parametrize(
    ("today", "commercial", "amount"),
    [(DUE, True, 0), (date(2026, 3, 3), True, 40), (date(2026, 3, 3), False, 0)],
)
def test_only_a_late_business_owes_the_fixed_compensation(today, commercial, amount):
    assert fixed_compensation(law(), due_on=DUE, today=today, commercial=commercial) == amount
