"""What is withheld of what a person is paid: by the tax card, without one, or nothing. Euros, and rates in per cent.

Prepayment Act 1118/1996; the shares without a card are in `data/withholding.toml`. Costs are never deducted first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jobcenter.benefits.domain import ContractForm
from jobcenter.benefits.law import Law
from jobcenter.core import money

HUNDRED = Decimal(100)
WITHOUT_CARD = {
    ContractForm.ASSIGNMENT: "withholding.compensation_without_card",
    ContractForm.PARTNER: "withholding.wage_without_card",
}


class WithholdingBasis(StrEnum):
    """Why so much is withheld."""

    TAX_CARD = "tax_card"
    NO_CARD = "no_card"
    PREPAYMENT_REGISTER = "prepayment_register"
    PARTNER_WITHHOLDS = "partner_withholds"


@dataclass(frozen=True)
class Card:
    """A tax card: rates in per cent; above the income limit of its time the additional rate holds."""

    valid_from: date
    valid_to: date
    rate: Decimal
    additional_rate: Decimal
    income_limit: Decimal

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


@dataclass(frozen=True)
class Pay:
    """What one person gets: gross, what is withheld and why, and what goes to the account."""

    gross: Decimal
    withheld: Decimal
    net: Decimal
    basis: WithholdingBasis
    rate: Decimal
    over_limit: Decimal
    additional_rate: Decimal

    def __post_init__(self) -> None:
        if self.gross - self.withheld != self.net:
            raise ValueError(f"{self.gross} - {self.withheld} is not {self.net}")


@dataclass(frozen=True)
class Payee:
    """What the withholding of one person depends on, on the day of payment."""

    card: Card | None
    in_prepayment_register: bool
    paid_before: Decimal


def card_on(cards: Sequence[Card], day: date) -> Card | None:
    """The card in force on the day of payment: the newest of those that hold."""
    holding = [card for card in cards if card.holds_on(day)]
    return max(holding, key=lambda card: card.valid_from, default=None)


def percent_without_card(law: Law, form: ContractForm, day: date) -> Decimal:
    """What is withheld, in per cent, from a person without a tax card on a day of payment. Raises LimitMissing."""
    return law.value_on(WITHOUT_CARD[form], day).value * HUNDRED


def pay_by_card(gross: Decimal, card: Card, *, paid_before: Decimal) -> Pay:
    """Pay by a tax card. `paid_before` is the gross that has been paid in the card's time already."""
    room = max(money.ZERO, card.income_limit - paid_before)
    under = min(gross, room)
    over = gross - under
    withheld = money.round_cents((under * card.rate + over * card.additional_rate) / HUNDRED)
    return Pay(
        gross=gross,
        withheld=withheld,
        net=gross - withheld,
        basis=WithholdingBasis.TAX_CARD,
        rate=card.rate,
        over_limit=over,
        additional_rate=card.additional_rate,
    )


def pay_at(gross: Decimal, percent: Decimal, basis: WithholdingBasis) -> Pay:
    """Pay with one rate for all of it: without a card, or nothing withheld from somebody in the prepayment register."""
    withheld = money.round_cents(gross * percent / HUNDRED)
    return Pay(
        gross=gross,
        withheld=withheld,
        net=gross - withheld,
        basis=basis,
        rate=percent,
        over_limit=money.ZERO,
        additional_rate=money.ZERO,
    )


def pay_for(gross: Decimal, payee: Payee, *, percent_without_card: Decimal) -> Pay:
    """What a person gets of a compensation for work: nothing is withheld in the prepayment register, else by card."""
    if payee.in_prepayment_register:
        return pay_at(gross, money.ZERO, WithholdingBasis.PREPAYMENT_REGISTER)
    if payee.card is None:
        return pay_at(gross, percent_without_card, WithholdingBasis.NO_CARD)
    return pay_by_card(gross, payee.card, paid_before=payee.paid_before)
