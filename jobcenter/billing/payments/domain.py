"""Payments: what an invoice still asks for, where a payment goes, and what can be done with it. Pure. Euros."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jobcenter.benefits.late_payment import Debt
from jobcenter.core import states
from jobcenter.core.errors import DomainError, NotPossible
from jobcenter.core.money import ZERO, Price, round_cents

NOTHING = Price(ZERO, ZERO, ZERO)


class PaymentSource(StrEnum):
    """How we know of a payment."""

    BY_HAND = "by_hand"
    BANK = "bank"
    CARD = "card"
    BEFORE_BOOKS = "before_books"


class PaymentStatus(StrEnum):
    """A payment waits until its invoice is known, or goes back to whoever paid; one noted by mistake is taken back.

    One that is the payment service's own payout is in the books as that.
    """

    WAITING = "waiting"
    MATCHED = "matched"
    RETURNED = "returned"
    PAYOUT = "payout"
    TAKEN_BACK = "taken_back"


class PaymentAction(StrEnum):
    """What can be done to a payment."""

    MATCH = "match"
    RETURN = "return"
    PAYOUT = "payout"
    TAKE_BACK = "take_back"
    UNMATCH = "unmatch"
    KEEP = "keep"


_S, _A = PaymentStatus, PaymentAction

TRANSITIONS: dict[tuple[PaymentStatus, PaymentAction], PaymentStatus] = {
    (_S.WAITING, _A.MATCH): _S.MATCHED,
    (_S.WAITING, _A.RETURN): _S.RETURNED,
    (_S.WAITING, _A.PAYOUT): _S.PAYOUT,
    (_S.MATCHED, _A.TAKE_BACK): _S.TAKEN_BACK,
    (_S.MATCHED, _A.UNMATCH): _S.WAITING,
    (_S.RETURNED, _A.KEEP): _S.WAITING,
}

# Only what somebody noted by hand can have been noted by mistake; what the bank tells has happened.
CAN_BE_TAKEN_BACK = frozenset({PaymentSource.BY_HAND, PaymentSource.BEFORE_BOOKS})

# The bank knows of the money, not for what it is: it can have been put on the wrong invoice.
CAN_BE_UNMATCHED = frozenset({PaymentSource.BANK})


class UseKind(StrEnum):
    """What was done with money that was paid over."""

    REFUND = "refund"
    OTHER_INVOICE = "other_invoice"
    LATE_INTEREST = "late_interest"
    LATE_COMPENSATION = "late_compensation"


# How the key of a use begins that a card holder's bank has made by taking the payment back.
CHARGED_BACK = "dispute:"


def is_charged_back(form_key: str | None) -> bool:
    """Whether a use is money that a card holder's bank has taken back."""
    return form_key is not None and form_key.startswith(CHARGED_BACK)


def can_be_undone(form_key: str | None, *, back: Decimal) -> bool:
    """Whether a use of money over can have been noted by mistake: by a form here, with something of it still used.

    What went back on a card, or was taken back by a card holder's bank, carries a key with a colon: that has happened.
    """
    return back > 0 and form_key is not None and ":" not in form_key


# What the delay of an invoice costs; no more is taken than is owed.
LATE_COSTS = frozenset({UseKind.LATE_INTEREST, UseKind.LATE_COMPENSATION})


@dataclass(frozen=True)
class Change:
    """A change of an amount on a day: of what an invoice asks for, below zero when it was paid or credited, or of what
    is over.
    """

    day: date
    amount: Decimal


class Standing(StrEnum):
    """How an invoice stands, by its amounts."""

    OPEN = "open"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    OVERPAID = "overpaid"
    WRITTEN_OFF = "written_off"


class NotThatMuch(DomainError):
    """More is asked for than there is."""


class StatementRefused(DomainError):
    """A bank's file that cannot be taken in: unreadable, of another account, or one that was taken in before."""


def next_state(state: PaymentStatus, action: PaymentAction) -> PaymentStatus:
    """The payment's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(TRANSITIONS, state, action, "payment")


@dataclass(frozen=True)
class Balance:
    """An invoice's amounts: `gross` as sent, what credit notes took back, what was paid, what is left over of that.

    `open` is what is still asked for, from the books; `over` is money of the payer's that we hold.
    """

    gross: Decimal
    credited: Decimal
    paid: Decimal
    written_off: Decimal
    over: Decimal

    @property
    def open(self) -> Decimal:
        return self.gross - self.credited - self.paid - self.written_off

    @property
    def standing(self) -> Standing:
        if self.over > 0:
            return Standing.OVERPAID
        if self.open <= 0:
            return Standing.WRITTEN_OFF if self.written_off > 0 else Standing.PAID
        return Standing.PARTLY_PAID if self.paid > 0 else Standing.OPEN


def over_of(amount: Decimal, *, owed: Decimal) -> Decimal:
    """How much of a payment is more than is owed on the invoice."""
    return max(amount - max(owed, ZERO), ZERO)


def check_day(day: date, *, earliest: date, today: date) -> None:
    """Refuse a day of payment before the invoice or in the future."""
    if not earliest <= day <= today:
        raise DomainError("payment_day_impossible", "day", sent=earliest)


def check_use_day(day: date, *, earliest: date, today: date) -> None:
    """Refuse a day before the money had come or the invoices that it is about were sent, or in the future."""
    if not earliest <= day <= today:
        raise DomainError("use_day_impossible", "day", first=earliest)


def check_enough(amount: Decimal, available: Decimal) -> None:
    """Refuse to use more than is there, or nothing at all."""
    if not 0 < amount <= available:
        raise NotThatMuch("not_that_much", "amount")


def least_over_since(day: date, over: Decimal, changes: Iterable[Change]) -> Decimal:
    """The least that was over on any day from `day` on, of what is over now and what has changed of it."""
    later = [change for change in changes if change.day > day]
    ends = {day, *(change.day for change in later)}
    return min(over - sum((change.amount for change in later if change.day > end), ZERO) for end in ends)


def check_can_be_taken_back(source: PaymentSource, *, used: bool) -> None:
    """Refuse to take back what the bank told, and what was used already."""
    if source not in CAN_BE_TAKEN_BACK or used:
        raise NotPossible("payment_not_possible")


def check_can_be_unmatched(source: PaymentSource, *, used: bool) -> None:
    """Refuse to take a payment off its invoice that was noted for it, or of which something was used already."""
    if source not in CAN_BE_UNMATCHED or used:
        raise NotPossible("payment_not_possible")


def shares_of(amount: Decimal, rates: Mapping[Decimal, Price]) -> dict[Decimal, Price]:
    """An amount split over VAT rates by their gross, to the cent; the highest rate takes the rest.

    What is beyond all of them is the price of nothing, and has no VAT in it.
    """
    rates = {rate: rates[rate] for rate in sorted(rates) if rates[rate].gross}
    total = sum((price.gross for price in rates.values()), ZERO)
    within = left = min(amount, total)
    shares = {}
    for place, (rate, price) in enumerate(rates.items(), start=1):
        gross = left if place == len(rates) else round_cents(within * price.gross / total)
        vat = round_cents(gross * price.vat / price.gross)
        shares[rate] = Price(gross - vat, vat, gross)
        left -= gross
    if beyond := amount - within:
        shares[ZERO] = shares.get(ZERO, NOTHING) + Price(beyond, ZERO, beyond)
    return shares


def debts_after(due_on: date, changes: Iterable[Change], today: date) -> list[Debt]:
    """What was owed from the due day on, piece by piece until today or until nothing is left."""
    changes = sorted(changes, key=lambda change: change.day)
    owed = sum((change.amount for change in changes if change.day <= due_on), ZERO)
    debts, since = [], due_on
    for change in (one for one in changes if due_on < one.day <= today):
        debts.append(Debt(since, change.day, owed))
        since, owed = change.day, owed + change.amount
    debts.append(Debt(since, today, owed))
    return [debt for debt in debts if debt.since < debt.until and debt.amount > 0]


class Reminder(StrEnum):
    """Which reminder of an invoice is next."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True)
class Reminded:
    """How an invoice's reminders stand."""

    stopped: bool = False
    first_on: date | None = None
    second_on: date | None = None


def reminder_due(reminded: Reminded, *, due_on: date, today: date, days: tuple[int, int]) -> Reminder | None:
    """The reminder to send today: the first so many days after the due day, the second so many after it and no less
    than the time between the two after the first.
    """
    first, second = days
    if reminded.stopped or reminded.second_on is not None:
        return None
    if reminded.first_on is None:
        return Reminder.FIRST if (today - due_on).days >= first else None
    late_enough = (today - due_on).days >= second and (today - reminded.first_on).days >= second - first
    return Reminder.SECOND if late_enough else None


# Commands


@dataclass(frozen=True)
class Receive:
    """An orderer's payment of an invoice, noted by hand; the same key notes it once."""

    amount: Decimal
    day: date
    form_key: str


@dataclass(frozen=True)
class Match:
    """The invoice that a waiting payment is for: one that was offered, or another by its number, which counts first."""

    invoice_id: int | None = None
    number: int | None = None


@dataclass(frozen=True)
class TakeInStatement:
    """A bank's file as it was sent."""

    file_name: str
    content: bytes


@dataclass(frozen=True)
class UseOver:
    """What to do with money paid over; `invoice_id` for another invoice of the same orderer."""

    kind: UseKind
    amount: Decimal
    day: date
    form_key: str
    invoice_id: int | None = None


@dataclass(frozen=True)
class StopReminders:
    """Whether reminders of an invoice rest, and why."""

    stopped: bool
    reason: str


@dataclass(frozen=True)
class ProposeWriteOff:
    """Why what is still open will not come."""

    reason: str
