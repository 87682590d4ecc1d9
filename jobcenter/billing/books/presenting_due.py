"""What the page of what is owed to others shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jobcenter.billing.books.domain import Account, EventKind
from jobcenter.billing.books.domain_due import DueAfter, DueMonth
from jobcenter.billing.books.messages import ACCOUNTS, EVENTS, party_text
from jobcenter.billing.books.queries_due import Noted


@dataclass(frozen=True)
class DueRow:
    """Something due: what, for which month and until when, where a month has one."""

    what: str
    amount: Decimal
    month: date | None = None
    due_on: date | None = None
    late: bool = False


@dataclass(frozen=True)
class NotedRow:
    """A payment that was noted."""

    entry_id: str
    number: int
    what: str
    text: str
    day: date
    amount: Decimal
    taken_back: bool


def due_rows(
    months: Mapping[Account, Iterable[DueMonth]],
    parties: Mapping[str | None, Decimal],
    names: Mapping[str, str],
    today: date,
) -> list[DueRow]:
    """What is due: taxes by month, what is due first at the top, then each partner."""
    taxes = [
        DueRow(str(ACCOUNTS[account]), each.amount, each.month, each.due_on, each.due_on < today)
        for account, found in months.items()
        for each in found
    ]
    taxes.sort(key=lambda row: (row.due_on, row.what))
    return [*taxes, *(DueRow(party_text(party, names), amount) for party, amount in parties.items())]


def noted_rows(noted: Iterable[Noted]) -> list[NotedRow]:
    """Payments that were noted, the newest first."""
    return [
        NotedRow(
            entry_id=each.entry.id,
            number=each.entry.number,
            what=str(EVENTS[EventKind(each.entry.kind)]),
            text=each.entry.text,
            day=each.entry.happened_on,
            amount=each.amount,
            taken_back=each.taken_back,
        )
        for each in noted
    ]


def sources(after: Mapping[Account, DueAfter]) -> list[tuple[str, str]]:
    """Where the days are from, by what is due."""
    return [(str(ACCOUNTS[account]), each.source) for account, each in after.items()]
