"""What a CSV cell may hold: how each kind of column is read and shown. Pure.

Reading and showing are each other's inverse, so that an export read again is equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from jobcenter.core import parsing

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SAFE_MARK = "'"
AUTUMN_MARK = "b"
NAME_LIMIT = 120
LINE_LIMIT = 250
LONG_LIMIT = 4000
CELL_LIMIT = 100_000
MOST_DIGITS = 7
WHOLE_PERCENT = 100


class CellFault(ValueError):
    """A cell that cannot be read. `code` names the text, `facts` what it mentions."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class Fault:
    """One thing wrong in the files: where, and why."""

    file: str
    line: int
    column: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ClockTime:
    """A wall-clock time; `second_pass` is the later of the two 03.xx of the autumn night (written with a b)."""

    wall: time
    second_pass: bool = False


@dataclass(frozen=True)
class Column:
    """One column: its name, how a non-empty cell is read and shown, and whether it must be filled."""

    name: str
    read: Callable[[str], Any]
    show: Callable[[Any], str]
    required: bool = False
    empty: Any = None


def name(column: str, *, required: bool = False) -> Column:
    """A short text. What begins like a spreadsheet formula is refused, unless it has the export's ' before it."""
    return Column(column, read_name, show_text, required, "")


def text(column: str, limit: int = LINE_LIMIT, *, required: bool = False) -> Column:
    """Free text. What begins like a formula is exported with a ' before it, which reading takes off."""
    return Column(column, lambda cell: read_text(cell, limit), show_text, required, "")


def phone(column: str) -> Column:
    """A telephone number; it may begin with +."""
    return Column(column, lambda cell: read_text(cell, 40), show_text, False, "")


def choice(column: str, enum: type[StrEnum], *, required: bool = False, empty: Any = None) -> Column:
    """One of an enum's texts."""
    return Column(column, lambda cell: read_choice(cell, enum), lambda value: value.value, required, empty)


def choices(column: str, enum: type[StrEnum]) -> Column:
    """Any of an enum's texts, with blanks between."""

    def read(cell: str) -> frozenset[StrEnum]:
        return frozenset(read_choice(word, enum) for word in cell.split())

    return Column(column, read, lambda value: " ".join(sorted(member.value for member in value)), False, frozenset())


def day(column: str, *, required: bool = False) -> Column:
    """A day, 22.11.2026 or 2026-11-22; shown in the Finnish way."""
    return Column(column, read_day, lambda value: f"{value.day}.{value.month}.{value.year}", required)


def clock_time(column: str, *, required: bool = False) -> Column:
    """A time of day, 9.00 or 9:00."""
    return Column(column, read_clock, show_clock, required)


def euros(column: str, *, required: bool = False) -> Column:
    """An amount with at most two decimals, never negative."""
    return Column(column, read_euros, lambda value: f"{value:.2f}".replace(".", ","), required)


def percent(column: str, *, required: bool = False) -> Column:
    """A share in per cent, with at most two decimals."""
    return Column(column, read_percent, lambda value: f"{value:.2f}".replace(".", ","), required)


def names(column: str) -> Column:
    """Any number of lasting names, with blanks between."""
    return Column(
        column, lambda cell: frozenset(cell.split()), lambda value: " ".join(sorted(value)), False, frozenset()
    )


def whole(column: str, least: int, most: int, *, required: bool = False, empty: Any = None) -> Column:
    """A whole number within bounds."""
    return Column(column, lambda cell: read_whole(cell, least, most), str, required, empty)


def hours(column: str, empty_minutes: int) -> Column:
    """Hours a week such as 4 or 7,5; kept in minutes."""

    def show(minutes: int) -> str:
        return f"{(Decimal(minutes) / 60).normalize():f}".replace(".", ",")

    return Column(column, read_hours, show, False, empty_minutes)


def yes_no(column: str, *, empty: bool | None = False) -> Column:
    """yes or no."""
    return Column(column, read_yes_no, lambda value: "yes" if value else "no", False, empty)


def read_text(cell: str, limit: int) -> str:
    """Free text within a limit. Raises CellFault."""
    cell = cell.removeprefix(SAFE_MARK) if cell[1:2] in FORMULA_STARTS or cell[1:2] == SAFE_MARK else cell
    if len(cell) > limit:
        raise CellFault("cell_too_long", length=len(cell), limit=limit)
    if parsing.unprintable(cell):
        raise CellFault("cell_unprintable")
    return cell


def show_text(value: str) -> str:
    """Free text as a spreadsheet may open it without running it."""
    return f"{SAFE_MARK}{value}" if value.startswith((*FORMULA_STARTS, SAFE_MARK)) else value


def read_name(cell: str) -> str:
    """A name: short, and not a formula. Raises CellFault."""
    if cell.startswith(FORMULA_STARTS):
        raise CellFault("cell_formula")
    if "\n" in cell:
        raise CellFault("cell_unprintable")
    return read_text(cell, NAME_LIMIT)


def read_choice(cell: str, enum: type[StrEnum]) -> StrEnum:
    """One of an enum's texts. Raises CellFault naming those that there are."""
    try:
        return enum(cell)
    except ValueError:
        raise CellFault("cell_choice", given=cell[:40], choices=", ".join(member.value for member in enum)) from None


def read_day(cell: str) -> date:
    """A day. Raises CellFault."""
    try:
        return parsing.day(cell)
    except ValueError:
        raise CellFault("cell_day", given=cell[:40]) from None


def read_clock(cell: str) -> ClockTime:
    """A time of day. Raises CellFault."""
    try:
        return ClockTime(parsing.wall_clock(cell.removesuffix(AUTUMN_MARK)), cell.endswith(AUTUMN_MARK))
    except ValueError:
        raise CellFault("cell_clock", given=cell[:40]) from None


def show_clock(value: ClockTime) -> str:
    """A time of day the way it is read."""
    return f"{value.wall.hour}.{value.wall.minute:02}{AUTUMN_MARK if value.second_pass else ''}"


def read_euros(cell: str) -> Decimal:
    """An amount in euros. Raises CellFault."""
    try:
        amount = parsing.decimal(cell)
    except ValueError:
        raise CellFault("cell_euros", given=cell[:40]) from None
    if amount < 0 or amount.as_tuple().exponent < -2 or amount.adjusted() > MOST_DIGITS:
        raise CellFault("cell_euros", given=cell[:40])
    return amount.quantize(Decimal("0.01"))


def read_percent(cell: str) -> Decimal:
    """A share in per cent. Raises CellFault."""
    try:
        share = parsing.decimal(cell)
    except ValueError:
        raise CellFault("cell_percent", given=cell[:40]) from None
    if not 0 <= share <= WHOLE_PERCENT or share.as_tuple().exponent < -2:
        raise CellFault("cell_percent", given=cell[:40])
    return share.quantize(Decimal("0.01"))


def read_whole(cell: str, least: int, most: int) -> int:
    """A whole number within bounds. Raises CellFault."""
    try:
        number = parsing.whole_number(cell)
    except ValueError:
        raise CellFault("cell_whole", given=cell[:40]) from None
    if not least <= number <= most:
        raise CellFault("cell_bounds", given=number, least=least, most=most)
    return number


def read_hours(cell: str) -> int:
    """Hours a week in minutes. Raises CellFault."""
    minutes = read_euros(cell) * 60
    if minutes != minutes.to_integral_value() or minutes > 60 * 40:
        raise CellFault("cell_hours", given=cell[:40])
    return int(minutes)


def read_yes_no(cell: str) -> bool:
    """yes or no (kyllä or ei, ja or nej, 1 or 0). Raises CellFault."""
    word = cell.casefold()
    if word in {"yes", "kyllä", "ja", "1", "true"}:
        return True
    if word in {"no", "ei", "nej", "0", "false"}:
        return False
    raise CellFault("cell_yes_no", given=cell[:40])
