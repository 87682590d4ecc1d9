"""Finding what stands in the books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, func, select

from jobcenter.billing.books.chart import chart
from jobcenter.billing.books.domain import (
    Account,
    AccountSum,
    Event,
    PostedDifferently,
    Posting,
    Receivable,
    Worked,
    last_day_of,
    month_of,
)
from jobcenter.billing.books.domain_due import PAID_BY
from jobcenter.billing.books.models import (
    LedgerAccountNumber,
    LedgerCounter,
    LedgerEntry,
    LedgerLine,
    LedgerMonth,
    LedgerMonthNumber,
)
from jobcenter.billing.invoices.models import Invoice
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.core.money import ZERO, round_cents
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry

# Posting


def locked_last_number(jobcenter_id: int) -> int:
    """The last voucher number of a Jobcenter, its row locked until the unit of work ends."""
    query = select(LedgerCounter.last_number).where(LedgerCounter.jobcenter_id == jobcenter_id)
    return db.session.scalars(query.with_for_update()).one()


def closed_until(jobcenter_id: int) -> date | None:
    """The last closed month of a Jobcenter, by its first day."""
    return db.session.scalar(select(func.max(LedgerMonth.month)).where(LedgerMonth.jobcenter_id == jobcenter_id))


def entries_by_event(refs: Collection[str]) -> dict[str, LedgerEntry]:
    """Those of the events that are in the books."""
    query = select(LedgerEntry).where(LedgerEntry.event.in_(refs))
    return {entry.event: entry for entry in db.session.scalars(query)}


def entry_of_event(ref: str) -> LedgerEntry:
    """The entry of an event. Raises NotFound."""
    return or_not_found(db.session.scalar(select(LedgerEntry).where(LedgerEntry.event == ref)))


def is_reversed(entry_id: str) -> bool:
    """Whether an entry was taken back."""
    return db.session.scalar(select(LedgerEntry.id).where(LedgerEntry.reverses_id == entry_id)) is not None


def postings_of(entry_id: str) -> tuple[Posting, ...]:
    """An entry's lines as they were posted."""
    query = select(LedgerLine).where(LedgerLine.entry_id == entry_id).order_by(LedgerLine.position)
    return tuple(
        Posting(
            account=line.of,
            amount=line.amount,
            vat_percent=line.vat_percent,
            invoice_id=line.invoice_id,
            party=line.party,
        )
        for line in db.session.scalars(query)
    )


def check_same(entry: LedgerEntry, event: Event) -> None:
    """Refuse to take an event for posted when the books have it with other lines. Raises PostedDifferently."""
    if Counter(postings_of(entry.id)) != Counter(event.lines):
        raise PostedDifferently("posted_differently", event=event.ref)


def balance_of(account: Account, jobcenter_id: int) -> Decimal:
    """What an account of a Jobcenter holds: debit less credit, in euros."""
    query = (
        select(func.coalesce(func.sum(LedgerLine.debit - LedgerLine.credit), 0))
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(LedgerEntry.jobcenter_id == jobcenter_id, LedgerLine.account == account.value)
    )
    return _euros(db.session.scalar(query))


def dues_of(jobcenter_id: int) -> dict[Account, Decimal]:
    """What a Jobcenter owes on each account that is paid on by hand, in the order of the chart."""
    query = (
        select(LedgerLine.account, func.sum(LedgerLine.credit - LedgerLine.debit))
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(LedgerEntry.jobcenter_id == jobcenter_id, LedgerLine.account.in_(PAID_BY))
        .group_by(LedgerLine.account)
    )
    found = {Account(account): _euros(amount) for account, amount in db.session.execute(query)}
    return {account: found.get(account, ZERO) for account in chart() if account in PAID_BY}


# What the books tell


def sums_of_month(jobcenter_id: int, month: date) -> list[AccountSum]:
    """What was booked on each account in a month, and what it holds at its end, in the order of the chart."""
    last = last_day_of(month)
    in_month = LedgerEntry.booked_on >= month
    query = (
        select(
            LedgerLine.account,
            func.sum(case((in_month, LedgerLine.debit), else_=0)),
            func.sum(case((in_month, LedgerLine.credit), else_=0)),
            func.sum(LedgerLine.debit - LedgerLine.credit),
        )
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(LedgerEntry.jobcenter_id == jobcenter_id, LedgerEntry.booked_on <= last)
        .group_by(LedgerLine.account)
    )
    found = {
        Account(account): AccountSum(Account(account), *map(_euros, sums))
        for account, *sums in db.session.execute(query)
    }
    return [found[account] for account in chart() if account in found]


def receivables_on(jobcenter_id: int, day: date) -> list[Receivable]:
    """What each invoice asked for at the end of a day, by the books."""
    open_amount = func.sum(LedgerLine.debit - LedgerLine.credit)
    query = (
        select(Invoice.due_on, open_amount)
        .join(LedgerLine, LedgerLine.invoice_id == Invoice.id)
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(
            LedgerEntry.jobcenter_id == jobcenter_id,
            LedgerEntry.booked_on <= day,
            LedgerLine.account == Account.RECEIVABLES.value,
        )
        .group_by(Invoice.id, Invoice.due_on)
    )
    found = [Receivable(due_on, _euros(amount)) for due_on, amount in db.session.execute(query)]
    return [receivable for receivable in found if receivable.amount]


def worked_in(jobcenter_id: int, month: date) -> Worked:
    """The confirmed work that was done in a month."""
    sums = [func.coalesce(func.sum(minutes), 0) for minutes in (TimeEntry.minutes, TimeEntry.unbilled_minutes)]
    query = select(*sums).where(
        TimeEntry.jobcenter_id == jobcenter_id,
        TimeEntry.status == EntryStatus.CONFIRMED,
        TimeEntry.worked_on >= month,
        TimeEntry.worked_on <= last_day_of(month),
    )
    return Worked(*map(int, db.session.execute(query).one()))


def first_month(jobcenter_id: int) -> date | None:
    """The first month that has an entry."""
    query = select(func.min(LedgerEntry.booked_on)).where(LedgerEntry.jobcenter_id == jobcenter_id)
    first = db.session.scalar(query)
    return month_of(first) if first else None


def closes_of(jobcenter_id: int) -> list[LedgerMonth]:
    """The closes of a Jobcenter's months, the newest first."""
    query = select(LedgerMonth).where(LedgerMonth.jobcenter_id == jobcenter_id)
    return list(db.session.scalars(query.order_by(LedgerMonth.month.desc())))


def account_numbers(jobcenter_id: int) -> dict[Account, str]:
    """The number of each account, the Jobcenter's own where it has one, in the order of the shipped chart."""
    query = select(LedgerAccountNumber).where(LedgerAccountNumber.jobcenter_id == jobcenter_id)
    own = {Account(row.account): row.number for row in db.session.scalars(query)}
    return {account: own.get(account, facts.number) for account, facts in chart().items()}


def numbers_of_month(jobcenter_id: int, month: date) -> dict[Account, str]:
    """The number of each account in a month: those of today, or of a closed month those that it was closed with."""
    ends = (LedgerMonth.jobcenter_id == jobcenter_id, LedgerMonth.month >= month)
    closed_with = db.session.scalar(select(func.min(LedgerMonth.month)).where(*ends))
    if closed_with is None:
        return account_numbers(jobcenter_id)
    query = select(LedgerMonthNumber).where(
        LedgerMonthNumber.jobcenter_id == jobcenter_id, LedgerMonthNumber.month == closed_with
    )
    kept = {Account(row.account): row.number for row in db.session.scalars(query)}
    return {account: kept.get(account, facts.number) for account, facts in chart().items()}


@dataclass(frozen=True)
class JournalLine:
    """One line of the books with its entry."""

    entry: LedgerEntry
    line: LedgerLine


def journal(jobcenter_id: int, month: date, *, limit: int | None = None, offset: int = 0) -> list[JournalLine]:
    """The lines of a month's entries in the order of the vouchers; `limit` counts entries."""
    entries = _of_month(select(LedgerEntry.id), jobcenter_id, month).order_by(LedgerEntry.number)
    entries = entries.limit(limit).offset(offset).subquery()
    query = (
        select(LedgerEntry, LedgerLine)
        .join(LedgerLine, LedgerLine.entry_id == LedgerEntry.id)
        .where(LedgerEntry.id.in_(select(entries.c.id)))
        .order_by(LedgerEntry.number, LedgerLine.position)
    )
    return [JournalLine(*row) for row in db.session.execute(query)]


def number_of_entries(jobcenter_id: int, month: date) -> int:
    """How many vouchers a month has."""
    return db.session.scalar(_of_month(select(func.count()).select_from(LedgerEntry), jobcenter_id, month)) or 0


def _of_month(query: Select, jobcenter_id: int, month: date) -> Select:
    return query.where(
        LedgerEntry.jobcenter_id == jobcenter_id,
        LedgerEntry.booked_on >= month,
        LedgerEntry.booked_on <= last_day_of(month),
    )


def _euros(amount: Any) -> Decimal:
    """A sum of amounts; SQLite gives it as a number that need not be whole cents."""
    return round_cents(Decimal(str(amount)))
