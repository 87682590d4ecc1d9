"""The ledger: accounts, what an entry must be, which month it is booked in. Pure. Euros.

An entry is booked on its event's own day, or, when that month is closed, on the first day of the first open month; the
event's own day stays beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from jobcenter.core.errors import AlreadyDone, DomainError, NotPossible
from jobcenter.core.money import ZERO, round_cents

ONE_DAY = timedelta(days=1)
LONGEST_EVENT = 120


class Account(StrEnum):
    """What an amount is booked on. Numbers and kinds stand in `data/accounts.toml`, names in `messages`.

    Nothing is booked on CONTRIBUTIONS and CONTRIBUTIONS_DUE, for none arise (`domain_due`); they stay because every
    closed month has kept the numbers of all accounts for good.
    """

    RECEIVABLES = "receivables"
    BANK = "bank"
    CARD_CLEARING = "card_clearing"
    VAT_PAYABLE = "vat_payable"
    VAT_DEDUCTED = "vat_deducted"
    OVERPAYMENTS = "overpayments"
    UNMATCHED_PAYMENTS = "unmatched_payments"
    WAGES_DUE = "wages_due"
    WITHHOLDING_DUE = "withholding_due"
    ENFORCEMENT_DUE = "enforcement_due"
    CONTRIBUTIONS_DUE = "contributions_due"
    PARTNER_PAYABLES = "partner_payables"
    SERVICE_INCOME = "service_income"
    LATE_INTEREST = "late_interest"
    LATE_COMPENSATION = "late_compensation"
    WAGES = "wages"
    CONTRIBUTIONS = "contributions"
    PARTNER_COSTS = "partner_costs"
    CARD_FEES = "card_fees"
    WRITE_OFFS = "write_offs"
    OTHER_CHANGES = "other_changes"


class AccountKind(StrEnum):
    """Which side an account grows on: assets and expenses by debit, liabilities and income by credit."""

    ASSET = "asset"
    LIABILITY = "liability"
    INCOME = "income"
    EXPENSE = "expense"


class EventKind(StrEnum):
    """What happened to money. New kinds need a text in `messages` only."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"
    PAYMENT_UNMATCHED = "payment_unmatched"
    PAYMENT_MATCHED = "payment_matched"
    OVERPAYMENT_USED = "overpayment_used"
    REFUND = "refund"
    WRITE_OFF = "write_off"
    LATE_INTEREST = "late_interest"
    LATE_COMPENSATION = "late_compensation"
    PAY = "pay"
    PAY_RETURNED = "pay_returned"
    VAT_PAID = "vat_paid"
    VAT_DEDUCTED = "vat_deducted"
    WITHHOLDING_PAID = "withholding_paid"
    ENFORCEMENT_PAID = "enforcement_paid"
    PARTNER_COSTS = "partner_costs"
    PARTNER_PAID = "partner_paid"
    CARD_PAYOUT = "card_payout"
    CARD_DISPUTE = "card_dispute"
    REVERSAL = "reversal"


class Unbalanced(ValueError):
    """Debit and credit of an entry differ, or it has nothing on one side: a programming error."""


class PostedDifferently(DomainError):
    """The event is in the books already, with other lines: what was posted never changes, it is reversed."""


class MonthClosed(NotPossible):
    """Nothing can be booked in the month any more."""


@dataclass(frozen=True, kw_only=True)
class Posting:
    """One line of an entry: `amount` euros, above zero on the debit side, below zero on the credit side.

    `vat_percent` tells rates apart on income and VAT. A line on receivables names the invoice that it belongs to,
    one of what is owed to partners the `party`.
    """

    account: Account
    amount: Decimal
    vat_percent: Decimal | None = None
    invoice_id: int | None = None
    party: str | None = None

    def __post_init__(self) -> None:
        if self.amount != round_cents(self.amount):
            raise Unbalanced(f"{self.account}: {self.amount} is not in whole cents")
        if (self.account is Account.RECEIVABLES) != (self.invoice_id is not None):
            raise Unbalanced(f"{self.account}: an invoice goes with receivables and with nothing else")

    @property
    def debit(self) -> Decimal:
        return max(self.amount, ZERO)

    @property
    def credit(self) -> Decimal:
        return max(-self.amount, ZERO)


@dataclass(frozen=True, kw_only=True)
class Event:
    """A money event as it is posted. `ref` names it for good, and no two are alike: `invoice:12:sent`.

    `source_type` and `source_id` lead back to what it came from. Lines of zero fall away; the rest must balance. Raises
    Unbalanced.
    """

    jobcenter_id: int
    ref: str
    kind: EventKind
    day: date
    text: str
    source_type: str
    source_id: int | str
    lines: tuple[Posting, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(line for line in self.lines if line.amount))
        if not 0 < len(self.ref) <= LONGEST_EVENT:
            raise ValueError(f"{self.ref!r} does not name an event")
        if difference := sum((line.amount for line in self.lines), ZERO):
            raise Unbalanced(f"{self.ref}: debit and credit differ by {difference}")

    @property
    def is_empty(self) -> bool:
        """Whether it moves no money at all, as an invoice of zero euros: nothing is posted then."""
        return not self.lines


def debit(account: Account, amount: Decimal, **facts: Any) -> Posting:
    """A line on the debit side; below zero it stands on the credit side."""
    return Posting(account=account, amount=amount, **facts)


def credit(account: Account, amount: Decimal, **facts: Any) -> Posting:
    """A line on the credit side; below zero it stands on the debit side."""
    return Posting(account=account, amount=-amount, **facts)


def reversed_lines(lines: Iterable[Posting]) -> tuple[Posting, ...]:
    """The same lines with their sides changed."""
    return tuple(replace(line, amount=-line.amount) for line in lines)


# Months


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=28) + 4 * ONE_DAY).replace(day=1)


def last_day_of(month: date) -> date:
    """The last day of a month."""
    return next_month(month) - ONE_DAY


def booked_on(day: date, closed_until: date | None) -> date:
    """The day on which an event is booked: its own, or the first open day when its month is closed.

    `closed_until` is the last closed month, or None.
    """
    if closed_until is None or month_of(day) > closed_until:
        return day
    return next_month(closed_until)


def check_close(month: date, *, closed_until: date | None, today: date) -> None:
    """Refuse to close a month that is not over, or that is closed already. What came before it is closed with it."""
    if closed_until is not None and month <= closed_until:
        raise AlreadyDone("month_already_closed")
    if next_month(month) > today:
        raise NotPossible("month_not_over")


# What the books tell of a month


@dataclass(frozen=True)
class AccountSum:
    """What was booked on an account in a month, and what it holds at the end of it (debit less credit)."""

    account: Account
    debit: Decimal
    credit: Decimal
    balance: Decimal


@dataclass(frozen=True)
class Receivable:
    """What an invoice still asks for on a day, and when it is due."""

    due_on: date
    amount: Decimal


@dataclass(frozen=True)
class AgeBand:
    """Receivables late by `least` to `most` days; `least` 0: not due yet, `most` None: any longer."""

    least: int
    most: int | None
    amount: Decimal


BANDS = ((0, 0), (1, 30), (31, 60), (61, 90), (91, None))


def ageing(receivables: Iterable[Receivable], day: date) -> tuple[AgeBand, ...]:
    """Receivables by how late they are on a day."""
    sums = dict.fromkeys(BANDS, ZERO)
    for receivable in receivables:
        late = max((day - receivable.due_on).days, 0)
        band = next(band for band in BANDS if band[0] <= late and (band[1] is None or late <= band[1]))
        sums[band] += receivable.amount
    return tuple(AgeBand(least, most, amount) for (least, most), amount in sums.items())


@dataclass(frozen=True)
class Worked:
    """Minutes of work: those that are confirmed, and how many of them were paid though no orderer is asked for them."""

    minutes: int
    unbilled: int


@dataclass(frozen=True)
class MonthReport:
    """A Jobcenter's month: the work done in it, and sums of what was booked in it, in euros."""

    worked: Worked
    income: Decimal
    wages: Decimal
    other_costs: Decimal
    receivables: Decimal
    bands: tuple[AgeBand, ...]

    @property
    def margin(self) -> Decimal:
        """What is left of the income after what was paid to workers and partners."""
        return self.income - self.wages

    @property
    def result(self) -> Decimal:
        return self.margin - self.other_costs


WORK_COSTS = frozenset({Account.WAGES, Account.PARTNER_COSTS, Account.CONTRIBUTIONS})
OTHER_COSTS = frozenset({Account.CARD_FEES, Account.WRITE_OFFS, Account.OTHER_CHANGES})
INCOME = frozenset({Account.SERVICE_INCOME, Account.LATE_INTEREST, Account.LATE_COMPENSATION})


def month_report(
    sums: Iterable[AccountSum], receivables: Iterable[Receivable], *, worked: Worked, day: date
) -> MonthReport:
    """The report of a month whose last day (or today, if that is earlier) is `day`."""
    sums, receivables = list(sums), list(receivables)

    def booked(accounts: frozenset[Account]) -> Decimal:
        return sum((one.debit - one.credit for one in sums if one.account in accounts), ZERO)

    return MonthReport(
        worked=worked,
        income=-booked(INCOME),
        wages=booked(WORK_COSTS),
        other_costs=booked(OTHER_COSTS),
        receivables=sum((one.amount for one in receivables), ZERO),
        bands=ageing(receivables, day),
    )


@dataclass(frozen=True)
class NumberAccounts:
    """A Jobcenter's own account numbers; an account that has none keeps the shipped one."""

    numbers: tuple[tuple[Account, str], ...]


def check_numbers(command: NumberAccounts) -> None:
    """Refuse an account number of anything but digits. Raises DomainError of its field."""
    for account, number in command.numbers:
        if not (number.isascii() and number.isdigit()):
            raise DomainError("account_number_wrong", account.value)
