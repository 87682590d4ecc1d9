"""Finding what a Jobcenter owes to others, month by month and partner by partner, and what was noted as paid of it."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, extract, func, select
from sqlalchemy.orm import aliased

from jobcenter.auth import queries as auth
from jobcenter.billing.books.domain import Account, EventKind
from jobcenter.billing.books.domain_due import SOURCE, DueAfter, DueMonth, open_months
from jobcenter.billing.books.models import LedgerEntry, LedgerLine
from jobcenter.billing.rules import DATA
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.core.money import ZERO, round_cents

NOTED_SHOWN = 30
BY_MONTH = {Account.VAT_PAYABLE: "vat", Account.WITHHOLDING_DUE: "withheld_tax"}


@cache
def due_after() -> dict[Account, DueAfter]:
    """When the tax of an account is paid, from `data/dues.toml`: what holds since the newest date there."""
    tables = tomllib.loads((DATA / "dues.toml").read_text(encoding="utf-8"))
    newest = {name: max(entries, key=lambda entry: entry["from"]) for name, entries in tables.items()}
    return {account: DueAfter(*newest[name]["due"], newest[name]["source"]) for account, name in BY_MONTH.items()}


def months_due(jobcenter_id: int) -> dict[Account, tuple[DueMonth, ...]]:
    """What is not paid yet of each month's VAT and withheld tax, by the day of the event."""
    happened = (extract("year", LedgerEntry.happened_on), extract("month", LedgerEntry.happened_on))
    told = (LedgerLine.account, LedgerEntry.source_type, *happened)
    rows = db.session.execute(_lines(select(*told, _owed()), jobcenter_id).group_by(*told))
    booked: dict[Account, dict[date, Decimal]] = {account: defaultdict(Decimal) for account in BY_MONTH}
    paid = dict.fromkeys(BY_MONTH, ZERO)
    for name, source, year, month, amount in rows:
        account = Account(name)
        if source == SOURCE:
            paid[account] -= _euros(amount)
        else:
            booked[account][date(int(year), int(month), 1)] += _euros(amount)
    return {account: open_months(booked[account], paid[account], due_after()[account]) for account in BY_MONTH}


def parties_owed(jobcenter_id: int) -> dict[str | None, Decimal]:
    """What each partner is owed, by its name in the books; None: what was booked before they were told apart."""
    query = select(LedgerLine.party, _owed()).join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
    query = query.where(
        LedgerEntry.jobcenter_id == jobcenter_id, LedgerLine.account == Account.PARTNER_PAYABLES.value
    ).group_by(LedgerLine.party)
    found = {party: _euros(amount) for party, amount in db.session.execute(query)}
    return {party: found[party] for party in sorted(found, key=lambda party: party or "") if found[party]}


def party_of(jobcenter_id: int) -> str | None:
    """The name in the books of the partner that a Jobcenter has now: its business id, or its name without one."""
    here = auth.jobcenter(jobcenter_id)
    return here.partner_business_id or here.partner_name or None


def party_names(jobcenter_id: int) -> dict[str, str]:
    """The name of the partner of now by its name in the books."""
    here = auth.jobcenter(jobcenter_id)
    return {here.partner_business_id or here.partner_name: here.partner_name}


@dataclass(frozen=True)
class Noted:
    """A payment of something due that was noted; `taken_back`: an entry takes it back."""

    entry: LedgerEntry
    amount: Decimal
    taken_back: bool


def noted_payments(jobcenter_id: int) -> list[Noted]:
    """The newest payments noted, with what was taken back."""
    again = aliased(LedgerEntry)
    is_back = exists().where(again.reverses_id == LedgerEntry.id)
    query = _noted(select(LedgerEntry, func.sum(LedgerLine.debit), is_back), jobcenter_id)
    query = query.join(LedgerLine, LedgerLine.entry_id == LedgerEntry.id).group_by(LedgerEntry.id)
    query = query.order_by(LedgerEntry.number.desc()).limit(NOTED_SHOWN)
    return [Noted(entry, _euros(amount), bool(back)) for entry, amount, back in db.session.execute(query)]


def noted_payment(jobcenter_id: int, entry_id: str) -> LedgerEntry:
    """One of them. Raises NotFound."""
    return or_not_found(db.session.scalar(_noted(select(LedgerEntry), jobcenter_id).where(LedgerEntry.id == entry_id)))


def _noted(query: Select, jobcenter_id: int) -> Select:
    return query.where(
        LedgerEntry.jobcenter_id == jobcenter_id,
        LedgerEntry.source_type == SOURCE,
        LedgerEntry.kind != EventKind.REVERSAL.value,
    )


def _owed() -> ColumnElement[Decimal]:
    return func.sum(LedgerLine.credit - LedgerLine.debit)


def _lines(query: Select, jobcenter_id: int) -> Select:
    query = query.join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
    return query.where(LedgerEntry.jobcenter_id == jobcenter_id, LedgerLine.account.in_(BY_MONTH))


def _euros(amount: Any) -> Decimal:
    """A sum of amounts; SQLite gives it as a number that need not be whole cents."""
    return round_cents(Decimal(str(amount)))
