"""Which dated rate holds on a day, and which may be set."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import ContractForm
from jobcenter.orders.rates.defaults import default_rates, read_rates
from jobcenter.orders.rates.domain import (
    DatedRate,
    RateBegun,
    RateFormWrong,
    RateKind,
    RateMissing,
    check_new_rate,
    check_replacing,
    rate_on,
)

ASSIGNMENT, PARTNER = ContractForm.ASSIGNMENT, ContractForm.PARTNER
SHIPPED = [default.rate for default in default_rates()]
OWN = DatedRate(RateKind.PRICE, ASSIGNMENT, 7, date(2026, 1, 1), Decimal("16.00"), "Päätös")

LOOKUPS = [
    (RateKind.VAT, None, 1, date(2013, 1, 1), "24.00"),
    (RateKind.VAT, None, 1, date(2024, 8, 31), "24.00"),
    (RateKind.VAT, None, 1, date(2024, 9, 1), "25.50"),
    (RateKind.VAT, ASSIGNMENT, 1, date(2026, 1, 1), "25.50"),
    (RateKind.WAGE, ASSIGNMENT, 1, date(2021, 1, 1), "10.00"),
    (RateKind.PRICE, ASSIGNMENT, 1, date(2026, 1, 1), "14.50"),
    (RateKind.PRICE, ASSIGNMENT, 7, date(2025, 12, 31), "14.50"),
    (RateKind.PRICE, ASSIGNMENT, 7, date(2026, 1, 1), "16.00"),
    (RateKind.PRICE, PARTNER, 7, date(2026, 1, 1), "19.00"),
    (RateKind.WAGE, PARTNER, 1, date(2022, 5, 1), "11.00"),
]


@pytest.mark.parametrize(("kind", "form", "jobcenter_id", "day", "value"), LOOKUPS)
def test_the_rate_of_a_day(kind, form, jobcenter_id, day, value):
    found = rate_on([*SHIPPED, OWN], kind=kind, form=form, jobcenter_id=jobcenter_id, day=day)
    assert found.value == Decimal(value)


@pytest.mark.parametrize(("kind", "form", "day"), [
    (RateKind.VAT, None, date(2012, 12, 31)),
    (RateKind.PRICE, ASSIGNMENT, date(2020, 12, 31)),
])  # fmt: skip
def test_before_the_first_value_there_is_none(kind, form, day):
    with pytest.raises(RateMissing):
        rate_on(SHIPPED, kind=kind, form=form, jobcenter_id=1, day=day)


def test_every_shipped_value_has_a_source():
    assert all(rate.source for rate in SHIPPED)


@pytest.mark.parametrize("entry", [
    '[[rate]]\nkind = "vat"\nfrom = 2024-01-01\nvalue = "1"\nchecked_on = 2024-01-01\n',
    '[[rate]]\nkind = "vat"\nfrom = 2024-01-01\nvalue = "1"\nsource = "x"\nchecked_on = 2024-01-01\nto = 2025-01-01\n',
])  # fmt: skip
def test_an_entry_with_unknown_or_missing_keys_is_refused(entry):
    with pytest.raises(ValueError, match="rate 1"):
        read_rates(entry)


def test_which_values_may_be_set():
    today = date(2026, 11, 22)
    check_new_rate(RateKind.PRICE, ASSIGNMENT, today, today=today)
    check_new_rate(RateKind.VAT, None, today, today=today)
    for kind, form in ((RateKind.VAT, ASSIGNMENT), (RateKind.WAGE, None)):
        with pytest.raises(RateFormWrong):
            check_new_rate(kind, form, today, today=today)
    with pytest.raises(RateBegun):
        check_new_rate(RateKind.VAT, None, date(2026, 11, 21), today=today)
    check_replacing(date(2026, 11, 23), today=today)
    with pytest.raises(RateBegun):
        check_replacing(today, today=today)
