"""Payouts of the card house to our bank: what each holds, what of it does not agree, whose it is. Pure. Euros."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcenter.billing.card.domain import CURRENCY
from jobcenter.core.money import ZERO

# The bank's own line of a payout may come somewhat before or after the day that the card house names.
BANK_EARLIER, BANK_LATER = timedelta(days=2), timedelta(days=7)
SENDER = "STRIPE"


class PayoutState(StrEnum):
    """Where a payout is, as the card house tells it."""

    ON_ITS_WAY = "on_its_way"
    PAID = "paid"
    FAILED = "failed"


class PayoutStatus(StrEnum):
    """What we have done with a payout: booked it, or taken the booking back because it failed."""

    BOOKED = "booked"
    FAILED = "failed"


class LineKind(StrEnum):
    """What a line of a payout is: a card payment, money given back, money that the card house keeps while a card
    holder's bank asks for it (or lets go of), a fee of its own, or something to be looked at.
    """

    CHARGE = "charge"
    REFUND = "refund"
    DISPUTE = "dispute"
    FEE = "fee"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class PaidLine:
    """A line of a payout: what came (below zero: went), the fee kept of it, and what that leaves.

    `category`: the card house's own word. `intent_id`: its name of the payment, "" where there is none.
    """

    id: str
    kind: LineKind
    category: str
    amount: Decimal
    fee: Decimal
    net: Decimal
    intent_id: str = ""


@dataclass(frozen=True, kw_only=True)
class PaidOut:
    """A payout as the card house lists it. `trace`: what the bank's own line says of it, "" when not known."""

    id: str
    arrived_on: date
    amount: Decimal
    currency: str
    state: PayoutState
    trace: str
    lines: tuple[PaidLine, ...]


@dataclass(frozen=True, kw_only=True)
class Owned:
    """A card payment that a line is about: whose it is, and what came of it by our books.

    `refunded`: what was given back, refunds that failed afterwards among it.
    """

    jobcenter_id: int
    taken: Decimal
    refunded: Decimal


@dataclass(frozen=True, kw_only=True)
class Share:
    """A Jobcenter's part of a payout: what left the clearing account, fees, and what nobody has explained yet."""

    cleared: Decimal = ZERO
    fees: Decimal = ZERO
    unexplained: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        return self.cleared + self.unexplained - self.fees


class PayoutFault(StrEnum):
    """Why a payout is not booked before somebody has looked at it."""

    CURRENCY = "currency"
    SUM = "sum"
    NOT_OURS = "not_ours"
    AMOUNT = "amount"
    REFUND = "refund"


def faults_of(found: PaidOut, owners: Mapping[str, Owned]) -> list[PayoutFault]:
    """What of a payout does not agree with itself or with our payments; `owners` by the card house's name of them."""
    return sorted(set(_faults(found, owners)))


def _faults(found: PaidOut, owners: Mapping[str, Owned]) -> Iterator[PayoutFault]:
    if found.currency.lower() != CURRENCY:
        yield PayoutFault.CURRENCY
    if sum((line.net for line in found.lines), ZERO) != found.amount:
        yield PayoutFault.SUM
    for line in found.lines:
        yield from _line_faults(line, owners.get(line.intent_id))
    for intent_id, charged in _charged(found).items():
        if intent_id in owners and charged != owners[intent_id].taken:
            yield PayoutFault.AMOUNT


def _line_faults(line: PaidLine, owner: Owned | None) -> Iterator[PayoutFault]:
    if line.amount - line.fee != line.net:
        yield PayoutFault.SUM
    if line.kind in (LineKind.CHARGE, LineKind.REFUND) and owner is None:
        yield PayoutFault.NOT_OURS
    elif line.kind is LineKind.REFUND and -line.amount > owner.refunded:
        yield PayoutFault.REFUND


def _charged(found: PaidOut) -> dict[str, Decimal]:
    """What a payout says was charged of each payment: of a hold its whole, less a line of what was not taken."""
    charged: dict[str, Decimal] = {}
    for line in found.lines:
        if line.kind is LineKind.CHARGE:
            charged[line.intent_id] = charged.get(line.intent_id, ZERO) + line.amount
    return charged


def shares_of(found: PaidOut, owners: Mapping[str, Owned]) -> dict[int, Share]:
    """Each Jobcenter's part of a payout; what is of no payment goes to the one with most lines. Empty: not ours."""
    counted = Counter(owners[line.intent_id].jobcenter_id for line in found.lines if line.intent_id in owners)
    if not counted:
        return {}
    most = max(sorted(counted), key=lambda jobcenter_id: counted[jobcenter_id])
    shares = {jobcenter_id: Share() for jobcenter_id in counted}
    for line in found.lines:
        owner = owners.get(line.intent_id)
        jobcenter_id = owner.jobcenter_id if owner else most
        shares[jobcenter_id] = _with(shares[jobcenter_id], line, is_ours=owner is not None)
    return shares


def _with(share: Share, line: PaidLine, *, is_ours: bool) -> Share:
    cleared, fees, unexplained = share.cleared, share.fees + line.fee, share.unexplained
    if line.kind is LineKind.FEE:
        fees -= line.amount
    elif line.kind is LineKind.OTHER or not is_ours:
        unexplained += line.amount
    else:
        cleared += line.amount
    return Share(cleared=cleared, fees=fees, unexplained=unexplained)


def is_bank_line(*, payer: str, said: str, trace: str) -> bool:
    """Whether the bank's line of the right amount and day speaks of a payout: it names it, or the card house."""
    words = f"{payer} {said}".upper()
    return bool(trace) and trace.upper() in words or SENDER in words
