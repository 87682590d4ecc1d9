"""What an employer is told: each threshold just under, at and just over, in its month or year."""

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import ValueStatus, law
from jobcenter.benefits.employer import EmployerDuty, Wage, notices
from tests.unit.benefits.people import day, euros

CENT = Decimal("0.01")

TYEL = [
    ("2020-01-01", "60.57", ValueStatus.DERIVED),
    ("2021-12-31", "61.37", ValueStatus.DERIVED),
    ("2022-01-01", "62.88", ValueStatus.CONFIRMED),
    ("2023-06-15", "65.26", ValueStatus.DERIVED),
    ("2024-12-31", "68.57", ValueStatus.CONFIRMED),
    ("2025-01-01", "70.08", ValueStatus.CONFIRMED),
    ("2026-12-31", "71.72", ValueStatus.CONFIRMED),
]


def told(duty, *wages):
    return [notice for notice in notices(law(), wages) if notice.duty is duty]


@pytest.mark.parametrize(("on", "threshold", "status"), TYEL)
def test_pension_insurance_begins_at_the_threshold(on, threshold, status):
    for more, reached in [(-CENT, False), (0, True), (CENT, True)]:
        (notice,) = told(EmployerDuty.PENSION, Wage(1, day(on), euros(threshold) + more))
        assert (notice.limit, notice.reached, notice.status) == (euros(threshold), reached, status)


@pytest.mark.parametrize(
    ("duty", "on", "limit"),
    [
        (EmployerDuty.UNEMPLOYMENT, "2018-12-31", "1200"),
        (EmployerDuty.UNEMPLOYMENT, "2019-01-01", "1300"),
        (EmployerDuty.UNEMPLOYMENT, "2022-12-31", "1300"),
        (EmployerDuty.UNEMPLOYMENT, "2023-01-01", "1400"),
        (EmployerDuty.UNEMPLOYMENT, "2024-01-01", "1500"),
        (EmployerDuty.UNEMPLOYMENT, "2026-12-31", "1500"),
        (EmployerDuty.ACCIDENT, "2018-01-01", "1200"),
        (EmployerDuty.ACCIDENT, "2019-01-01", "1300"),
        (EmployerDuty.ACCIDENT, "2023-12-31", "1400"),
        (EmployerDuty.ACCIDENT, "2024-01-01", "1500"),
        (EmployerDuty.ACCIDENT, "2026-12-31", "1500"),
    ],
)
def test_the_yearly_limits_are_exceeded_not_reached(duty, on, limit):
    for more, reached in [(-CENT, False), (0, False), (CENT, True)]:
        (notice,) = told(duty, Wage(1, day(on), euros(limit) + more))
        assert (notice.limit, notice.reached, notice.worker_id) == (euros(limit), reached, None)


def test_a_workers_month_adds_up_and_workers_do_not():
    wages = [
        Wage(1, date(2026, 3, 15), euros("40.00")),
        Wage(1, date(2026, 3, 31), euros("31.72")),
        Wage(1, date(2026, 4, 1), euros("71.71")),
        Wage(2, date(2026, 3, 31), euros("71.71")),
    ]
    found = [(n.worker_id, n.period.first.month, str(n.wages), n.reached) for n in told(EmployerDuty.PENSION, *wages)]
    assert found == [(1, 3, "71.72", True), (2, 3, "71.71", False), (1, 4, "71.71", False)]


def test_all_workers_of_a_year_add_up():
    wages = [Wage(number, date(2026, number, 1), euros("150.01")) for number in range(1, 11)]
    (notice,) = told(EmployerDuty.ACCIDENT, *wages)
    assert (notice.wages, notice.reached) == (euros("1500.10"), True)


@pytest.mark.parametrize("duty", EmployerDuty)
def test_a_year_without_a_value_is_told_as_missing(duty):
    (notice,) = told(duty, Wage(1, date(2027, 1, 15), euros("5000.00")))
    assert (notice.limit, notice.reached, notice.status, notice.source) == (None, False, None, "")
