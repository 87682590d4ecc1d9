"""What is left of earnings when tax and an employee's contributions are taken: an estimate, for rules that take net.

A compensation for work loses what is withheld. A wage from the partner loses the employee's pension and unemployment
insurance contributions too. Both are taken by the day of payment; while that is not known, by the day of work. Not
modelled: that a wage below the month's pension threshold has no pension contribution, and holiday compensation. What is
withheld is settled in the final taxation: without a tax card, or over its limit, much of it may come back.

Once every known card has ended, the rates of the newest one are presumed, with a whole income limit, and said to be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jobcenter.benefits.domain import ContractForm, Income
from jobcenter.benefits.judging import age_on
from jobcenter.benefits.law import Law, LimitMissing
from jobcenter.benefits.withholding import (
    Card,
    Pay,
    Payee,
    WithholdingBasis,
    card_on,
    pay_for,
    percent_without_card,
)
from jobcenter.core.money import ZERO, round_cents

PENSION = "wage.pension_contribution"
PENSION_RAISED = "wage.pension_contribution_raised"
UNEMPLOYMENT = "wage.unemployment_contribution"
PENSION_AGES = ("wage.pension_age_from", "wage.pension_age_to")
RAISED_AGES = ("wage.raised_age_from", "wage.raised_age_to")
UNEMPLOYMENT_AGES = ("wage.unemployment_age_from", "wage.unemployment_age_to")


@dataclass(frozen=True)
class TaxFacts:
    """What is taken from a person's earnings depends on: all known tax cards, the register, the day of birth."""

    cards: tuple[Card, ...]
    in_prepayment_register: bool
    born: date | None


@dataclass(frozen=True)
class TakeHome:
    """What one earning leaves, in euros. `card_ended`: the rates are those of a card that has ended by then."""

    gross: Decimal
    withheld: Decimal
    contributions: Decimal
    basis: WithholdingBasis
    card_ended: bool

    @property
    def paid_out(self) -> Decimal:
        return self.gross - self.withheld - self.contributions


def take_home(rows: Sequence[Income], facts: TaxFacts, law: Law) -> tuple[TakeHome | None, ...]:
    """What each earning leaves, in the order of `rows`; None where the law has no figure for its day of payment.

    What was paid before counts towards a card's income limit, each payer's own payments apart from the other's.
    """
    before: defaultdict[tuple[ContractForm, Card | None], Decimal] = defaultdict(lambda: ZERO)
    left: dict[int, TakeHome | None] = {}
    for place, row in sorted(enumerate(rows), key=lambda placed: (_paid_on(placed[1]), placed[0])):
        card, ended = _card_for(facts.cards, _paid_on(row))
        payee = Payee(card, _in_register(facts, row), before[row.contract, card])
        before[row.contract, card] += row.gross
        try:
            left[place] = _left(row, payee, ended, facts.born, law)
        except LimitMissing:
            left[place] = None
    return tuple(left[place] for place in range(len(rows)))


def with_net(rows: Iterable[Income], facts: TaxFacts, law: Law) -> tuple[Income, ...]:
    """Earnings with an estimated net where none is known. What a person has told of is left as it was told."""
    rows = tuple(rows)
    own = [row for row in rows if not row.told]
    estimates = iter(take_home(own, facts, law))
    return tuple(row if row.told else _with_estimate(row, next(estimates)) for row in rows)


def _with_estimate(row: Income, left: TakeHome | None) -> Income:
    if row.net is not None or left is None:
        return row
    return replace(row, net=left.paid_out, net_estimated=True)


def _paid_on(row: Income) -> date:
    return row.paid_on or row.worked_on


def _card_for(cards: Sequence[Card], day: date) -> tuple[Card | None, bool]:
    """The card in force, else the newest that has ended, and whether it has."""
    if card := card_on(cards, day):
        return card, False
    ended = max((card for card in cards if card.valid_to < day), key=lambda card: card.valid_to, default=None)
    return ended, ended is not None


def _in_register(facts: TaxFacts, row: Income) -> bool:
    """The prepayment register concerns compensations for work, never wages."""
    return facts.in_prepayment_register and row.contract is ContractForm.ASSIGNMENT


def _left(row: Income, payee: Payee, card_ended: bool, born: date | None, law: Law) -> TakeHome:
    day = _paid_on(row)
    pay: Pay = pay_for(row.gross, payee, percent_without_card=percent_without_card(law, row.contract, day))
    by_ended_card = card_ended and pay.basis is WithholdingBasis.TAX_CARD
    taken = _contributions(row, born, law) if row.contract is ContractForm.PARTNER else ZERO
    contributions = min(taken, pay.net)
    return TakeHome(row.gross, pay.withheld, contributions, pay.basis, by_ended_card)


def _contributions(row: Income, born: date | None, law: Law) -> Decimal:
    """An employee's contributions on a wage. An unknown age counts as one at which both are taken."""
    day, shares = _paid_on(row), []
    if _of_age(born, day, PENSION_AGES, law):
        raised = born is not None and _of_age(born, day, RAISED_AGES, law)
        shares.append(PENSION_RAISED if raised else PENSION)
    if _of_age(born, day, UNEMPLOYMENT_AGES, law):
        shares.append(UNEMPLOYMENT)
    return sum((round_cents(row.gross * law.value_on(share, day).value) for share in shares), ZERO)


def _of_age(born: date | None, day: date, ages: tuple[str, str], law: Law) -> bool:
    if born is None:
        return True
    first, end = (law.value_on(age, born).value for age in ages)
    return first <= age_on(born, day) < end
