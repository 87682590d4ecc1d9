"""What the pages of the books show, and the books as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from flask_babel import gettext as _

from jobcenter.billing.books import domain
from jobcenter.billing.books.domain import Account, AccountSum, AgeBand, EventKind
from jobcenter.billing.books.domain_due import Dues
from jobcenter.billing.books.messages import ACCOUNTS, EVENTS
from jobcenter.billing.books.models import LedgerEntry, LedgerLine, LedgerMonth
from jobcenter.billing.books.queries import JournalLine
from jobcenter.core import texts

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class AccountRow:
    """An account in a month."""

    number: str
    name: str
    debit: Decimal
    credit: Decimal
    balance: Decimal


@dataclass(frozen=True)
class MonthLink:
    """A month to choose from."""

    key: str
    label: str
    is_current: bool


@dataclass(frozen=True)
class LineRow:
    """A line of a voucher."""

    account: str
    debit: Decimal
    credit: Decimal


@dataclass(frozen=True)
class Voucher:
    """An entry with its lines. `late` tells the event's own day when it is booked on another."""

    number: int
    booked_on: date
    late: date | None
    what: str
    made_by: str
    lines: list[LineRow]


def account_rows(sums: Iterable[AccountSum], numbers: Mapping[Account, str]) -> list[AccountRow]:
    """The accounts that something was booked on, with the Jobcenter's numbers."""
    rows = [
        AccountRow(numbers[one.account], str(ACCOUNTS[one.account]), one.debit, one.credit, one.balance) for one in sums
    ]
    return sorted(rows, key=lambda row: row.number)


def due_rows(dues: Dues) -> list[tuple[str, Decimal]]:
    """What is due, by name."""
    return [(str(ACCOUNTS[account]), amount) for account, amount in dues.items()]


def month_links(first: date | None, shown: date, today: date) -> list[MonthLink]:
    """The months from the first entry to the current one, the newest first."""
    month, months = first or domain.month_of(today), []
    while month <= today:
        months.append(month)
        month = domain.next_month(month)
    return [MonthLink(f"{each:%Y-%m}", texts.month(each), each == shown) for each in reversed(months)]


def band_label(band: AgeBand) -> str:
    """How late receivables are, in words."""
    if not band.least:
        return _("Not due yet")
    if band.most is None:
        return _("More than %(days)s days late", days=band.least - 1)
    return _("%(least)s–%(most)s days late", least=band.least, most=band.most)


def close_text(closes: list[LedgerMonth], month: date) -> str:
    """Who closed a month and when; nothing while it is open."""
    closed = [close for close in closes if close.month >= month]
    if not closed:
        return ""
    close = closed[-1]
    return _("Closed by %(name)s, %(when)s", name=close.closed_by, when=texts.when(close.closed_at))


def event_text(entry: LedgerEntry) -> str:
    """What happened, with the number of the invoice it concerns."""
    label = str(EVENTS[EventKind(entry.kind)])
    return f"{label} {entry.text}".strip()


def vouchers_of(lines: Iterable[JournalLine], numbers: Mapping[Account, str]) -> list[Voucher]:
    """Entries with their lines."""
    return [
        _voucher(entry, [each.line for each in group], numbers)
        for entry, group in groupby(lines, key=lambda each: each.entry)
    ]


def _voucher(entry: LedgerEntry, lines: Iterable[LedgerLine], numbers: Mapping[Account, str]) -> Voucher:
    return Voucher(
        number=entry.number,
        booked_on=entry.booked_on,
        late=entry.happened_on if entry.happened_on != entry.booked_on else None,
        what=event_text(entry),
        made_by=entry.made_by,
        lines=[LineRow(account_text(line.of, line.vat_percent, numbers), line.debit, line.credit) for line in lines],
    )


def account_text(account: Account, vat_percent: Decimal | None, numbers: Mapping[Account, str]) -> str:
    """An account by number and name, with its VAT rate."""
    rate = f" {texts.percent(vat_percent)}" if vat_percent is not None else ""
    return f"{numbers[account]} {ACCOUNTS[account]}{rate}"


# The file


def csv_of(lines: Iterable[JournalLine], numbers: Mapping[Account, str], cost_centre: str) -> bytes:
    """A month's journal as CSV: semicolons, decimal commas, days as 2026-11-30, UTF-8 with a mark; no cell a formula.

    One row per line; every text is quoted, and one that a spreadsheet could take for a formula gets an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(
        [
            _("Voucher"),
            _("Booked on"),
            _("Happened on"),
            _("Account"),
            _("Name of the account"),
            _("VAT per cent"),
            _("Debit, EUR"),
            _("Credit, EUR"),
            _("What happened"),
            _("Event"),
            _("Jobcenter"),
        ]
    )
    for each in lines:
        writer.writerow(map(safe_cell, _cells(each, numbers, cost_centre)))
    return out.getvalue().encode("utf-8-sig")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that could be gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS) else text


def _cells(each: JournalLine, numbers: Mapping[Account, str], cost_centre: str) -> list[str]:
    entry, line = each.entry, each.line
    return [
        str(entry.number),
        entry.booked_on.isoformat(),
        entry.happened_on.isoformat(),
        numbers[line.of],
        str(ACCOUNTS[line.of]),
        _comma(line.vat_percent) if line.vat_percent is not None else "",
        _comma(line.debit) if line.debit else "",
        _comma(line.credit) if line.credit else "",
        event_text(entry),
        entry.event,
        cost_centre,
    ]


def _comma(amount: Decimal) -> str:
    return str(amount).replace(".", ",")
