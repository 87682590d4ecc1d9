"""What an hour and a job cost, and where each euro goes."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import ContractForm
from jobcenter.home.domain import FORMS, hour_price, job_price
from jobcenter.orders.rates.domain import Rates

ASSIGNMENT = Rates(wage=D("10.00"), price=D("14.50"), vat_percent=D("25.5"))
PARTNER = Rates(wage=D("11.00"), price=D("19.00"), vat_percent=D("25.5"))
BEFORE_SEPTEMBER_2024 = Rates(wage=D("10.00"), price=D("14.50"), vat_percent=D("24"))


@pytest.mark.parametrize(
    ("rates", "people", "hours", "expected"),
    [
        (ASSIGNMENT, 1, D(20), ("290.00", "73.95", "363.95", "200.00")),
        (ASSIGNMENT, 20, D(1), ("290.00", "73.95", "363.95", "200.00")),
        (ASSIGNMENT, 2, D(3), ("87.00", "22.19", "109.19", "60.00")),
        (ASSIGNMENT, 1, D("0.5"), ("7.25", "1.85", "9.10", "5.00")),
        (BEFORE_SEPTEMBER_2024, 1, D(20), ("290.00", "69.60", "359.60", "200.00")),
        (PARTNER, 2, D(3), ("114.00", "29.07", "143.07", "66.00")),
        (PARTNER, 50, D(500), ("475000.00", "121125.00", "596125.00", "275000.00")),
    ],
)
def test_a_job_costs_its_hours_and_vat_once(rates, people, hours, expected):
    quote = job_price(ContractForm.ASSIGNMENT, rates, people=people, hours=hours)
    price = quote.price
    assert (price.net, price.vat, price.gross, quote.worker_pay) == tuple(map(D, expected))


@pytest.mark.parametrize("rates", [ASSIGNMENT, PARTNER, BEFORE_SEPTEMBER_2024])
def test_the_parts_make_up_the_hour_and_the_euro(rates):
    hour = hour_price(ContractForm.PARTNER, rates)
    assert hour.parts.worker + hour.parts.service + hour.parts.vat == hour.price.gross
    assert hour.of_euro.worker + hour.of_euro.service + hour.of_euro.vat == D("1.00")


def test_the_pilots_euro():
    hour = hour_price(ContractForm.ASSIGNMENT, ASSIGNMENT)
    assert (hour.of_euro.worker, hour.of_euro.service, hour.of_euro.vat) == (D("0.55"), D("0.25"), D("0.20"))
    assert hour.bar == (("worker", 0, 55), ("service", 55, 25), ("vat", 80, 20))


def test_rehabilitative_activity_takes_the_partner_form_only():
    assert FORMS[JobcenterKind.REHABILITATIVE] == (ContractForm.PARTNER,)
    assert FORMS[JobcenterKind.DISABILITY] == (ContractForm.ASSIGNMENT, ContractForm.PARTNER)
