"""Paying on what is owed to others: what is refused, and how it is booked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.billing.books.domain import Account, EventKind
from jobcenter.billing.books.domain_due import NotePaid, Way, What, check_paid, choices, due_on, due_paid, open_months
from jobcenter.billing.books.queries_due import due_after
from jobcenter.core.errors import DomainError

TAX = What(Account.WITHHOLDING_DUE)
TODAY, OCTOBER, DUE = date(2026, 11, 22), date(2026, 10, 1), Decimal("18.00")


def paid(amount: str = "18.00", day: date = TODAY, what: What = TAX) -> NotePaid:
    return NotePaid(what=what, day=day, amount=Decimal(amount), text="OmaVero", form_key="one")


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
    ("what", "kind", "out_of"),
    [
        (What(Account.VAT_PAYABLE), EventKind.VAT_PAID, Account.BANK),
        (What(Account.VAT_PAYABLE, Way.DEDUCTED), EventKind.VAT_DEDUCTED, Account.VAT_DEDUCTED),
        (What(Account.WITHHOLDING_DUE), EventKind.WITHHOLDING_PAID, Account.BANK),
        (What(Account.PARTNER_PAYABLES, party="1234567-1"), EventKind.PARTNER_PAID, Account.BANK),
    ],
)
def test_what_was_due_goes_out(what, kind, out_of):
    event = due_paid(7, paid(what=what))
    assert (event.jobcenter_id, event.kind, event.ref) == (7, kind, "due:7:one")
    assert [(line.account, line.amount, line.party) for line in event.lines] == [
        (what.account, Decimal("18.00"), what.party),
        (out_of, Decimal("-18.00"), None),
    ]


def test_each_partner_can_be_paid_by_itself():
    keys = [what.key for what in choices({None: DUE, "1234567-1": DUE})]
    assert keys[-2:] == ["partner_payables:bank:", "partner_payables:bank:1234567-1"]
    assert len(set(keys)) == len(keys)
    assert choices({})[-1].key == "partner_payables:bank:"


@pytest.mark.parametrize(
    ("month", "account", "day"),
    [
        (date(2026, 10, 1), Account.WITHHOLDING_DUE, date(2026, 11, 12)),
        (date(2026, 11, 1), Account.WITHHOLDING_DUE, date(2026, 12, 14)),
        (date(2026, 12, 1), Account.WITHHOLDING_DUE, date(2027, 1, 12)),
        (date(2026, 10, 1), Account.VAT_PAYABLE, date(2026, 12, 14)),
        (date(2026, 11, 1), Account.VAT_PAYABLE, date(2027, 1, 12)),
    ],
)
def test_the_last_day_to_pay_a_month(month, account, day):
    assert due_on(month, due_after()[account]) == day


@pytest.mark.parametrize(
    ("booked", "paid", "left"),
    [
        ({9: "10", 10: "20"}, "0", {9: "10", 10: "20"}),
        ({9: "10", 10: "20"}, "4", {9: "6", 10: "20"}),
        ({9: "10", 10: "20"}, "10", {10: "20"}),
        ({10: "20", 9: "10"}, "15", {10: "15"}),
        ({9: "10", 10: "20"}, "30", {}),
        ({9: "-5", 10: "20"}, "0", {10: "15"}),
        ({9: "10", 10: "-4"}, "0", {9: "6"}),
        ({}, "0", {}),
    ],
)
def test_a_payment_is_for_the_oldest_month_first(booked, paid, left):
    months = {date(2026, month, 1): Decimal(amount) for month, amount in booked.items()}
    found = open_months(months, Decimal(paid), due_after()[Account.VAT_PAYABLE])
    assert {each.month.month: each.amount for each in found} == {m: Decimal(amount) for m, amount in left.items()}
