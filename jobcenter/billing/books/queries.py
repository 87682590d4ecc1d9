"""Finding what stands in the books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select

from jobcenter.billing.books.domain import Account, Event, PostedDifferently, Posting
from jobcenter.billing.books.models import LedgerCounter, LedgerEntry, LedgerLine, LedgerMonth
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound

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
    entry = db.session.scalar(select(LedgerEntry).where(LedgerEntry.event == ref))
    if entry is None:
        raise NotFound
    return entry


def is_reversed(entry_id: str) -> bool:
    """Whether an entry was taken back."""
    return db.session.scalar(select(LedgerEntry.id).where(LedgerEntry.reverses_id == entry_id)) is not None


def postings_of(entry_id: str) -> tuple[Posting, ...]:
    """An entry's lines as they were posted."""
    query = select(LedgerLine).where(LedgerLine.entry_id == entry_id).order_by(LedgerLine.position)
    return tuple(
        Posting(account=line.of, amount=line.amount, vat_percent=line.vat_percent, invoice_id=line.invoice_id)
        for line in db.session.scalars(query)
    )


def check_same(entry: LedgerEntry, event: Event) -> None:
    """Refuse to take an event for posted when the books have it with other lines. Raises PostedDifferently."""
    if Counter(postings_of(entry.id)) != Counter(event.lines):
        raise PostedDifferently("posted_differently", event=event.ref)


def balance_of(account: Account, jobcenter_id: int):
    """What an account of a Jobcenter holds: debit less credit, in euros."""
    query = (
        select(func.coalesce(func.sum(LedgerLine.debit - LedgerLine.credit), 0))
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(LedgerEntry.jobcenter_id == jobcenter_id, LedgerLine.account == account.value)
    )
    return db.session.scalar(query)
