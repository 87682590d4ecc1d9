"""Cents."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter.core.money import Price, for_minutes, hours_of, round_cents

amounts = st.decimals(min_value=0, max_value=100_000, places=2)
vat_rates = st.sampled_from([Decimal("24"), Decimal("25.5"), Decimal("0"), Decimal("13.5")])


@pytest.mark.parametrize(
    ("exact", "rounded"), [("3.625", "3.63"), ("3.6249", "3.62"), ("-3.625", "-3.63"), ("0.005", "0.01")]
)
def test_half_a_cent_goes_up(exact: str, rounded: str) -> None:
    assert round_cents(Decimal(exact)) == Decimal(rounded)


def test_twenty_hours_at_list_price() -> None:
    price = Price.of_net(for_minutes(Decimal("14.50"), 20 * 60), Decimal("25.5"))
    assert price == Price(net=Decimal("290.00"), vat=Decimal("73.95"), gross=Decimal("363.95"))


def test_a_price_that_does_not_add_up_cannot_be() -> None:
    with pytest.raises(ValueError):
        Price(net=Decimal("1.00"), vat=Decimal("0.26"), gross=Decimal("1.25"))


@given(amounts, amounts, vat_rates)
def test_sums_of_prices_add_up(first: Decimal, second: Decimal, percent: Decimal) -> None:
    total = Price.of_net(first, percent) + Price.of_net(second, percent)
    assert total.net == first + second


def test_minutes_as_hours_for_showing() -> None:
    assert hours_of(100) == Decimal("1.67")
