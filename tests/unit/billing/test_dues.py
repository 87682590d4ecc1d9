"""Paying on what is owed to others: what is refused, and how it is booked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.billing.books.domain import Account, EventKind
from jobcenter.billing.books.domain_due import NotePaid, check_paid, due_paid
from jobcenter.core.errors import DomainError

TODAY, OCTOBER, DUE = date(2026, 11, 22), date(2026, 10, 1), Decimal("18.00")


def paid(amount: str = "18.00", day: date = TODAY, account: Account = Account.WITHHOLDING_DUE) -> NotePaid:
    return NotePaid(account=account, day=day, amount=Decimal(amount), text="OmaVero", form_key="one")


@pytest.mark.parametrize(
    ("command", "due", "field"),
    [
        (paid(), DUE, None),
        (paid("0.01"), DUE, None),
        (paid("18.01"), DUE, "amount"),
        (paid("0.01"), Decimal("0.00"), "amount"),
        (paid("0.01"), Decimal("-5.00"), "amount"),
        (paid("0.00"), DUE, "amount"),
        (paid("-1.00"), DUE, "amount"),
        (paid(day=date(2026, 11, 23)), DUE, "day"),
        (paid(day=date(2026, 11, 1)), DUE, None),
        (paid(day=date(2026, 10, 31)), DUE, "day"),
        (paid(day=date(2026, 9, 30)), DUE, "day"),
    ],
)
def test_what_is_refused(command, due, field):
    if field is None:
        check_paid(command, due, closed_until=OCTOBER, today=TODAY)
        return
    with pytest.raises(DomainError) as refusal:
        check_paid(command, due, closed_until=OCTOBER, today=TODAY)
    assert refusal.value.field == field


def test_a_past_day_is_open_while_no_month_is_closed():
    check_paid(paid(day=date(2026, 1, 2)), DUE, closed_until=None, today=TODAY)


@pytest.mark.parametrize(
    ("account", "kind"),
    [
        (Account.WITHHOLDING_DUE, EventKind.WITHHOLDING_PAID),
        (Account.CONTRIBUTIONS_DUE, EventKind.CONTRIBUTIONS_PAID),
        (Account.PARTNER_PAYABLES, EventKind.PARTNER_PAID),
    ],
)
def test_what_was_due_goes_out_of_the_bank(account, kind):
    event = due_paid(7, paid(account=account))
    assert (event.jobcenter_id, event.kind, event.ref) == (7, kind, "due:7:one")
    assert [(line.account, line.amount) for line in event.lines] == [
        (account, Decimal("18.00")),
        (Account.BANK, Decimal("-18.00")),
    ]
