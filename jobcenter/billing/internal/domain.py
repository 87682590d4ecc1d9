"""What internal billing says: account lines of sent invoices, and the form of the file that carries them. Pure.

Every invoice balances: the unit's cost centre is debited with net and VAT, the Jobcenter's income and VAT accounts are
credited per rate; a credit note stands with its sides changed, never with amounts below zero.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jobcenter.billing.books.domain import Account
from jobcenter.billing.invoices.domain import VatSum
from jobcenter.core.money import ZERO

_KEYS = {"separator", "decimal_mark", "encoding", "day", "cost_account", "column"}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Layout:
    """The form of the file: separator, decimal mark, encoding, form of days, the unit's account, (heading, value)."""

    separator: str
    decimal_mark: str
    encoding: str
    day: str
    cost_account: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class UnitBill:
    """A sent invoice or credit note (then below zero) of a city unit."""

    number: int
    day: date
    buyer: str
    cost_centre: str
    reference: str
    rates: tuple[VatSum, ...]


@dataclass(frozen=True, kw_only=True)
class AccountLine:
    """One line of the file: an amount on one side of one account."""

    number: int
    day: date
    account: str
    cost_centre: str
    reference: str
    debit: Decimal
    credit: Decimal
    vat_percent: Decimal
    text: str


def lines_of(
    bill: UnitBill, *, cost_account: str, numbers: Mapping[Account, str], seller: str
) -> tuple[AccountLine, ...]:
    """The account lines of an invoice; lines of nothing are left out."""
    return tuple(_lines(bill, cost_account, numbers, seller))


def _lines(bill: UnitBill, cost_account: str, numbers: Mapping[Account, str], seller: str) -> Iterator[AccountLine]:
    for rate in bill.rates:
        moves = (
            (cost_account, bill.cost_centre, rate.price.gross),
            (numbers[Account.SERVICE_INCOME], seller, -rate.price.net),
            (numbers[Account.VAT_PAYABLE], seller, -rate.price.vat),
        )
        for account, cost_centre, amount in moves:
            if amount:
                yield AccountLine(
                    number=bill.number,
                    day=bill.day,
                    account=account,
                    cost_centre=cost_centre,
                    reference=bill.reference,
                    debit=max(amount, ZERO),
                    credit=max(-amount, ZERO),
                    vat_percent=rate.vat_percent,
                    text=bill.buyer,
                )


_CELLS: dict[str, Callable[[AccountLine, Layout], str]] = {
    "number": lambda line, _: str(line.number),
    "day": lambda line, layout: line.day.strftime(layout.day),
    "account": lambda line, _: line.account,
    "cost_centre": lambda line, _: line.cost_centre,
    "reference": lambda line, _: line.reference,
    "debit": lambda line, layout: _amount(line.debit, layout),
    "credit": lambda line, layout: _amount(line.credit, layout),
    "amount": lambda line, layout: _amount(line.debit - line.credit, layout),
    "vat_percent": lambda line, layout: _amount(line.vat_percent, layout),
    "text": lambda line, _: line.text,
}
_OF_FIGURES = frozenset({"debit", "credit", "amount", "vat_percent", "number", "day"})


def csv_of(lines: Iterable[AccountLine], layout: Layout) -> bytes:
    """The file. A text that a spreadsheet could take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=layout.separator, lineterminator="\r\n")
    writer.writerow(heading for heading, _ in layout.columns)
    for line in lines:
        writer.writerow(_cell(line, value, layout) for _, value in layout.columns)
    return out.getvalue().encode(layout.encoding, errors="replace")


def _cell(line: AccountLine, value: str, layout: Layout) -> str:
    text = _CELLS[value](line, layout)
    could_be_formula = text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)
    return f"'{text}" if could_be_formula and value not in _OF_FIGURES else text


def _amount(amount: Decimal, layout: Layout) -> str:
    return f"{amount:.2f}".replace(".", layout.decimal_mark)


def read_layout(text: str) -> Layout:
    """The form from a TOML text. Raises ValueError naming what is unknown, missing or cannot be."""
    table = tomllib.loads(text)
    if wrong := table.keys() ^ _KEYS:
        raise ValueError(f"unknown or missing {', '.join(sorted(wrong))}")
    columns = tuple(_column(place, column) for place, column in enumerate(table["column"], start=1))
    if len(table["separator"]) != 1 or table["decimal_mark"] not in (",", ".") or not columns:
        raise ValueError("separator is one character, decimal_mark , or . and there is at least one column")
    return Layout(
        separator=table["separator"],
        decimal_mark=table["decimal_mark"],
        encoding=_known_encoding(table["encoding"]),
        day=table["day"],
        cost_account=str(table["cost_account"]),
        columns=columns,
    )


def _column(place: int, column: Mapping[str, str]) -> tuple[str, str]:
    if column.keys() != {"heading", "value"} or column["value"] not in _CELLS:
        raise ValueError(f"column {place}: heading, and value one of {', '.join(sorted(_CELLS))}")
    return column["heading"], column["value"]


def _known_encoding(name: str) -> str:
    try:
        "".encode(name)
    except LookupError as error:
        raise ValueError(f"encoding {name} is unknown") from error
    return name
