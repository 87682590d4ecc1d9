"""What is owed to others and paid outside a list of pay: VAT, withheld tax, partners. Pure. Euros.

What is withheld for enforcement goes out in the same file as the pay, and is booked with it. Employer's contributions
do not arise: what the Jobcenter itself pays is a compensation for work, not a wage, and partners insure their own.

A payment is for the oldest month first, as the Tax Administration uses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jobcenter.billing import bank
from jobcenter.billing.books.domain import (
    Account,
    Event,
    EventKind,
    MonthClosed,
    credit,
    debit,
    month_of,
    next_month,
)
from jobcenter.core.errors import DomainError
from jobcenter.core.money import ZERO, MoneyTold

PAID_BY = {
    Account.VAT_PAYABLE: EventKind.VAT_PAID,
    Account.WITHHOLDING_DUE: EventKind.WITHHOLDING_PAID,
    Account.PARTNER_PAYABLES: EventKind.PARTNER_PAID,
}

# What an entry of the books is about when it pays on something due, or takes that back.
SOURCE = "due"

Dues = Mapping[Account, Decimal]


class Way(StrEnum):
    """How something due came off: paid in the bank, or VAT deducted for purchases, which are booked elsewhere."""

    BANK = "bank"
    DEDUCTED = "vat_deducted"


OUT_OF = {Way.BANK: Account.BANK, Way.DEDUCTED: Account.VAT_DEDUCTED}


class NotSoMuchDue(DomainError):
    """More would be paid than is owed, or nothing at all."""


@dataclass(frozen=True)
class What:
    """What is paid: an account, how, and to whom of several partners."""

    account: Account
    way: Way = Way.BANK
    party: str | None = None

    @property
    def key(self) -> str:
        """It as a text, for a form."""
        return ":".join((self.account.value, self.way.value, self.party or ""))


def choices(parties: Mapping[str | None, Decimal]) -> tuple[What, ...]:
    """Everything that can be paid, each partner by itself."""
    whole = [What(account) for account in PAID_BY if account is not Account.PARTNER_PAYABLES]
    partners = [What(Account.PARTNER_PAYABLES, party=party) for party in parties or {None: ZERO}]
    return (whole[0], What(Account.VAT_PAYABLE, Way.DEDUCTED), *whole[1:], *partners)


@dataclass(frozen=True, kw_only=True)
class NotePaid:
    """Money that went out of our bank account for something due. `text` stands in the books beside it."""

    what: What
    day: date
    amount: Decimal
    text: str
    form_key: str


def check_paid(command: NotePaid, due: Decimal, *, closed_until: date | None, today: date) -> None:
    """Refuse a day to come or of a closed month, and more than is due. Raises DomainError of the wrong field."""
    if command.day > today:
        raise DomainError("paid_in_future", "day")
    if closed_until is not None and month_of(command.day) <= closed_until:
        raise MonthClosed("month_closed", "day")
    if not 0 < command.amount <= due:
        raise NotSoMuchDue("not_so_much_due", "amount", due=MoneyTold(due))


def ref_of(jobcenter_id: int, form_key: str) -> str:
    """The lasting name of what a form noted."""
    return f"due:{jobcenter_id}:{form_key}"


def due_paid(jobcenter_id: int, command: NotePaid) -> Event:
    """What we owed was paid out of the bank account, or deducted."""
    what = command.what
    return Event(
        jobcenter_id=jobcenter_id,
        ref=ref_of(jobcenter_id, command.form_key),
        kind=EventKind.VAT_DEDUCTED if what.way is Way.DEDUCTED else PAID_BY[what.account],
        day=command.day,
        text=command.text,
        source_type=SOURCE,
        source_id=what.account.value,
        lines=(debit(what.account, command.amount, party=what.party), credit(OUT_OF[what.way], command.amount)),
    )


# By month


@dataclass(frozen=True)
class DueAfter:
    """When a month's tax is paid: so many months after it, on a day of the month."""

    months: int
    day: int
    source: str


@dataclass(frozen=True)
class DueMonth:
    """What of a month is not paid yet, and the last day to pay it."""

    month: date
    amount: Decimal
    due_on: date


def due_on(month: date, after: DueAfter) -> date:
    """The last day to pay a month's tax."""
    for _each in range(after.months):
        month = next_month(month)
    return bank.next_bank_day(month.replace(day=after.day))


def open_months(booked: Mapping[date, Decimal], paid: Decimal, after: DueAfter) -> tuple[DueMonth, ...]:
    """What is left of each month that was booked, by its first day, the oldest first; a month below zero, as one with
    more credit notes than invoices, is like a payment.
    """
    pool = paid - sum((amount for amount in booked.values() if amount < 0), ZERO)
    found = []
    for month in sorted(month for month, amount in booked.items() if amount > 0):
        used = min(pool, booked[month])
        pool -= used
        if left := booked[month] - used:
            found.append(DueMonth(month, left, due_on(month, after)))
    return tuple(found)
