"""What is owed to others and paid on outside a list of pay: withheld tax, contributions, partners. Pure. Euros.

What is withheld for enforcement goes out in the same file as the pay, and is booked with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jobcenter.billing.books.domain import Account, Event, EventKind, MonthClosed, credit, debit, month_of
from jobcenter.core.errors import DomainError

PAID_BY = {
    Account.WITHHOLDING_DUE: EventKind.WITHHOLDING_PAID,
    Account.CONTRIBUTIONS_DUE: EventKind.CONTRIBUTIONS_PAID,
    Account.PARTNER_PAYABLES: EventKind.PARTNER_PAID,
}

Dues = Mapping[Account, Decimal]


class NotSoMuchDue(DomainError):
    """More would be paid than is owed, or nothing at all."""


@dataclass(frozen=True, kw_only=True)
class NotePaid:
    """Money that went out of our bank account for something due. `text` stands in the books beside it."""

    account: Account
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
        raise NotSoMuchDue("not_so_much_due", "amount", due=f"{due:.2f}".replace(".", ","))


def ref_of(jobcenter_id: int, form_key: str) -> str:
    """The lasting name of what a form noted."""
    return f"due:{jobcenter_id}:{form_key}"


def due_paid(jobcenter_id: int, command: NotePaid) -> Event:
    """What we owed was paid out of the bank account."""
    return Event(
        jobcenter_id=jobcenter_id,
        ref=ref_of(jobcenter_id, command.form_key),
        kind=PAID_BY[command.account],
        day=command.day,
        text=command.text,
        source_type="due",
        source_id=command.account.value,
        lines=(debit(command.account, command.amount), credit(Account.BANK, command.amount)),
    )
