"""Money: Decimal only, one rounding, and a price that cannot exist unless it adds up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
MINUTES_IN_HOUR = Decimal(60)


def round_cents(amount: Decimal) -> Decimal:
    """`amount` in whole cents, half up; the only rounding of money in the product."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def for_minutes(hourly: Decimal, minutes: int) -> Decimal:
    """What `minutes` of work come to at an hourly amount, in cents."""
    return round_cents(hourly * minutes / MINUTES_IN_HOUR)


def hours_of(minutes: int) -> Decimal:
    """Minutes as hours with two decimals, for showing; sums are made of minutes, never of this."""
    return round_cents(Decimal(minutes) / MINUTES_IN_HOUR)


class MoneyTold(Decimal):
    """An amount that a refusal names; it reads as money in the reader's language."""


@dataclass(frozen=True)
class Price:
    """A net amount, its VAT and their sum, in euros. Raises ValueError unless net + vat = gross."""

    net: Decimal
    vat: Decimal
    gross: Decimal

    def __post_init__(self) -> None:
        if self.net + self.vat != self.gross:
            raise ValueError(f"{self.net} + {self.vat} is not {self.gross}")

    @classmethod
    def of_net(cls, net: Decimal, vat_percent: Decimal) -> Price:
        """The price of a net amount at a VAT rate in per cent (25.5 means 25.5 %)."""
        net = round_cents(net)
        vat = round_cents(net * vat_percent / 100)
        return cls(net=net, vat=vat, gross=net + vat)

    def __add__(self, other: Price) -> Price:
        return Price(net=self.net + other.net, vat=self.vat + other.vat, gross=self.gross + other.gross)
