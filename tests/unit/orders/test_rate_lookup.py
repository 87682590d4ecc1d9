"""Which dated rate holds on a day, and which may be set."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import ContractForm
from jobcenter.core.money import CENT
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.rates.defaults import default_rates, read_rates
from jobcenter.orders.rates.domain import (
    DatedRate,
    RateBegun,
    RateFormWrong,
    RateKind,
    RateMissing,
    RateOf,
    Rates,
    RuleOfOnesOwn,
    alone_from,
    check_new_rate,
    check_replacing,
    check_rule,
    needs_second,
    rate_on,
)

ASSIGNMENT, PARTNER = ContractForm.ASSIGNMENT, ContractForm.PARTNER
SHIPPED = [default.rate for default in default_rates()]
CITY, BUSINESS = OrganisationKind.CITY_UNIT, OrganisationKind.BUSINESS
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
    found = rate_on([*SHIPPED, OWN], RateOf(kind, form, jobcenter_id), day)
    assert found.value == Decimal(value)


def price(value, *, begins=date(2026, 1, 1), jobcenter_id=None, orderer_kind=None):
    return DatedRate(RateKind.PRICE, ASSIGNMENT, jobcenter_id, begins, Decimal(value), "Päätös", orderer_kind)


PRICES = [
    price("14.50"),
    price("13.00", orderer_kind=CITY),
    price("16.00", jobcenter_id=7),
    price("15.00", jobcenter_id=7, orderer_kind=CITY, begins=date(2026, 6, 1)),
    price("17.00", jobcenter_id=7, begins=date(2026, 9, 1)),
]


@pytest.mark.parametrize(("jobcenter_id", "orderer_kind", "day", "value"), [
    (1, None, date(2026, 2, 1), "14.50"),
    (1, BUSINESS, date(2026, 2, 1), "14.50"),
    (1, CITY, date(2026, 2, 1), "13.00"),
    (7, CITY, date(2026, 2, 1), "16.00"),
    (7, CITY, date(2026, 6, 1), "15.00"),
    (7, CITY, date(2026, 9, 1), "15.00"),
    (7, BUSINESS, date(2026, 9, 1), "17.00"),
    (7, None, date(2026, 9, 1), "17.00"),
])  # fmt: skip
def test_the_most_specific_price_holds(jobcenter_id, orderer_kind, day, value):
    found = rate_on(reversed(PRICES), RateOf(RateKind.PRICE, ASSIGNMENT, jobcenter_id, orderer_kind), day)
    assert found.value == Decimal(value)


@pytest.mark.parametrize(("kind", "form", "day"), [
    (RateKind.VAT, None, date(2012, 12, 31)),
    (RateKind.PRICE, ASSIGNMENT, date(2020, 12, 31)),
])  # fmt: skip
def test_before_the_first_value_there_is_none(kind, form, day):
    with pytest.raises(RateMissing):
        rate_on(SHIPPED, RateOf(kind, form, 1), day)


def test_every_shipped_value_has_a_source():
    assert all(rate.source for rate in SHIPPED)


@pytest.mark.parametrize("entry", [
    '[[rate]]\nkind = "vat"\nfrom = 2024-01-01\nvalue = "1"\nchecked_on = 2024-01-01\n',
    '[[rate]]\nkind = "vat"\nfrom = 2024-01-01\nvalue = "1"\nsource = "x"\nchecked_on = 2024-01-01\nto = 2025-01-01\n',
])  # fmt: skip
def test_an_entry_with_unknown_or_missing_keys_is_refused(entry):
    with pytest.raises(ValueError, match="rate 1"):
        read_rates(entry)


def new(kind, form, orderer_kind=None):
    return DatedRate(kind, form, None, date(2026, 11, 22), Decimal(1), "Päätös", orderer_kind)


def test_which_values_may_be_set():
    today = date(2026, 11, 22)
    check_new_rate(new(RateKind.PRICE, ASSIGNMENT), today=today)
    check_new_rate(new(RateKind.PRICE, ASSIGNMENT, CITY), today=today)
    check_new_rate(new(RateKind.VAT, None), today=today)
    for wrong in (
        new(RateKind.VAT, ASSIGNMENT),
        new(RateKind.WAGE, None),
        new(RateKind.WAGE, ASSIGNMENT, CITY),
        new(RateKind.VAT, None, CITY),
    ):
        with pytest.raises(RateFormWrong):
            check_new_rate(wrong, today=today)
    with pytest.raises(RateBegun):
        check_new_rate(new(RateKind.VAT, None), today=date(2026, 11, 23))
    check_replacing(date(2026, 11, 23), today=today)
    with pytest.raises(RateBegun):
        check_replacing(today, today=today)


# Wage 10.00; the share, the list price, and the lowest price that one person may agree.
ALONE = [
    (None, "14.50", "10.01"),
    ("80", "14.50", "11.60"),
    ("79.99", "14.50", "11.60"),
    ("79.95", "14.50", "11.59"),
    ("100", "14.50", "14.50"),
    ("50", "14.50", "10.01"),
    (None, "10.00", "10.00"),
    ("80", "10.00", "10.00"),
]


@pytest.mark.parametrize(("share", "listed", "least"), ALONE)
def test_which_price_needs_a_second_person(share, listed, least):
    rates = Rates(wage=Decimal(10), price=Decimal(listed), vat_percent=Decimal("25.5"))
    least_share, least = share and Decimal(share), Decimal(least)
    assert alone_from(rates, least_share) == least
    assert not needs_second(least, rates=rates, least_share=least_share)
    assert needs_second(least - CENT, rates=rates, least_share=least_share)


@pytest.mark.parametrize(
    ("before", "after", "is_lower"),
    [(None, "80", False), ("80", "80", False), ("80", "90", False), ("80", "79.5", True), ("80", None, True)],
)
@pytest.mark.parametrize("agrees_prices", [True, False])
def test_whoever_agrees_prices_does_not_lower_the_rule(before, after, is_lower, agrees_prices):
    shares = [share and Decimal(share) for share in (before, after)]
    if is_lower and agrees_prices:
        with pytest.raises(RuleOfOnesOwn):
            check_rule(*shares, agrees_prices=agrees_prices)
    else:
        check_rule(*shares, agrees_prices=agrees_prices)
