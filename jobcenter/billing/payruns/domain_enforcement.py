"""What is withheld of pay for debts by a bailiff's payment prohibition, and paid on. Pure. Euros.

How much is taken stands in the prohibition itself (Enforcement Code 705/2007, chapter 4), so it is told, not computed
from the law: a share of what is left after tax, what must be left of each pay, and what is left of the debt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from stdnum.exceptions import ValidationError
from stdnum.fi import hetu

from jobcenter.billing import bank
from jobcenter.billing.payruns.domain import Listed, Payer
from jobcenter.core import money
from jobcenter.core.errors import DomainError
from jobcenter.core.money import ZERO

HUNDRED = Decimal(100)


class OrderWrong(DomainError):
    """A prohibition that cannot be: an account or reference that is none, or days the wrong way round."""


class PersonalIdWrong(DomainError):
    """A personal identity code that cannot be one."""


@dataclass(frozen=True, kw_only=True)
class OrderTold:
    """A prohibition as a coordinator reads it from the bailiff's letter; `debt` None: until it ends."""

    valid_from: date
    valid_to: date | None
    share_percent: Decimal
    protected: Decimal
    debt: Decimal | None
    payee: str
    iban: str
    reference: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "iban", self.iban.replace(" ", "").upper())
        object.__setattr__(self, "reference", self.reference.replace(" ", "").upper())

    def check(self) -> None:
        """Refuse what could not be paid on. Raises OrderWrong."""
        if not bank.is_iban(self.iban):
            raise OrderWrong("enforcement_iban_wrong", "iban")
        if not (bank.is_reference_number(self.reference) or bank.is_rf_reference(self.reference)):
            raise OrderWrong("enforcement_reference_wrong", "reference")
        check_days(self.valid_from, self.valid_to)


def check_days(valid_from: date, valid_to: date | None) -> None:
    """Refuse an end before the beginning. Raises OrderWrong."""
    if valid_to is not None and valid_to < valid_from:
        raise OrderWrong("enforcement_days_wrong", "valid_to")


def personal_id(text: str) -> str:
    """A personal identity code in capitals and without blanks. Raises PersonalIdWrong."""
    try:
        return hetu.validate(text)
    except ValidationError as error:
        raise PersonalIdWrong("personal_id_wrong", "personal_id") from error


def masked_personal_id(code: str) -> str:
    """A personal identity code as it is safe to show: the day of birth, not what tells the person from others."""
    return f"{code[:-4]}****" if code else ""


@dataclass(frozen=True, kw_only=True)
class Prohibition:
    """A payment prohibition: `share_percent` of the net pay is taken, so that at least `protected` euros of each pay
    are left and at most `most_left` are taken in all (None: until it ends).
    """

    id: int
    valid_from: date
    valid_to: date | None
    share_percent: Decimal
    protected: Decimal
    most_left: Decimal | None
    payee: str
    iban: str
    reference: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Taken:
    """What one prohibition takes of a pay."""

    prohibition: Prohibition
    amount: Decimal


def taken_of(net: Decimal, prohibitions: Iterable[Prohibition], pay_on: date) -> tuple[Taken, ...]:
    """What is taken of a net pay on a day, the oldest prohibition first; each leaves at least what it protects."""
    holding = sorted(
        (each for each in prohibitions if each.holds_on(pay_on)), key=lambda each: (each.valid_from, each.id)
    )
    left, found = net, []
    for each in holding:
        amount = _amount(net, left, each)
        if amount > ZERO:
            found.append(Taken(each, amount))
            left -= amount
    return tuple(found)


def _amount(net: Decimal, left: Decimal, prohibition: Prohibition) -> Decimal:
    share = money.round_cents(net * prohibition.share_percent / HUNDRED)
    amount = min(share, left - prohibition.protected, left)
    if prohibition.most_left is not None:
        amount = min(amount, prohibition.most_left)
    return max(amount, ZERO)


def taken_of_listed(
    listed: Iterable[Listed], prohibitions: Mapping[int, Sequence[Prohibition]], pay_on: date
) -> dict[tuple[int, Payer], Decimal]:
    """What a list that is not made yet would pay on for debts, by worker and payer; a partner follows prohibitions for
    itself. `prohibitions` by worker.
    """
    return {
        (each.worker_id, each.payer): total(taken_of(each.pay.net, prohibitions.get(each.worker_id, ()), pay_on))
        if each.payer is Payer.JOBCENTER
        else ZERO
        for each in listed
    }


def total(taken: Sequence[Taken]) -> Decimal:
    """All that is taken of one pay."""
    return sum((each.amount for each in taken), ZERO)
