"""JSON from other programs, read strictly: what the format does not know is a fault with its path, never passed over.

Money is text with two decimals, days are ISO, and every fault is told at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

MONEY = re.compile(r"\d{1,9}\.\d{2}", re.ASCII)
SHARE = re.compile(r"[01]\.\d{1,4}", re.ASCII)
WORD = re.compile(r"\w+", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
YEARS = range(1900, 2101)

Read = Callable[[Any], Any]


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: a JSON path such as `$.income[0].gross`."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


class Faulty(ValueError):
    """A text that cannot be read, with all its faults in the order of the text."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Key:
    """How one key of a table is read; `needed`: it must be there and must not be null."""

    read: Read
    needed: bool = False


class Table(dict[str, Any]):
    """A JSON object that remembers which keys were written more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = [name for name, _value in pairs]
        self.twice = sorted({name for name in names if names.count(name) > 1})


def parsed(text: str | bytes) -> Any:
    """What a text says, objects as `Table`. Raises Faulty."""
    try:
        return json.loads(text, object_pairs_hook=Table, parse_float=Decimal)
    except UnicodeDecodeError:
        raise Faulty([Fault("$", "the text must be UTF-8")]) from None
    except RecursionError:
        raise Faulty([Fault("$", "nested too deeply")]) from None
    except InvalidOperation:
        raise Faulty([Fault("$", "not JSON: a number beyond all reckoning")]) from None
    except ValueError as error:
        raise Faulty([Fault("$", f"not JSON: {error}")]) from None


@dataclass
class Faults:
    """Collects what is wrong, so that all of it is told at once."""

    found: list[Fault] = field(default_factory=list)

    def note(self, path: str, what: str) -> None:
        """Keep one fault."""
        self.found.append(Fault(path, what))

    def stop_if_any(self) -> None:
        """Raise Faulty if anything was wrong."""
        if self.found:
            raise Faulty(self.found)

    def table(self, path: str, raw: Any, keys: Mapping[str, Key]) -> dict[str, Any]:
        """The values of a table by key; None where absent, null or faulty."""
        if not isinstance(raw, Table):
            self.note(path, "must be an object")
            return dict.fromkeys(keys)
        for name in raw.twice:
            self.note(f"{path}{_step(name)}", "is given twice")
        for name in (name for name in raw if name not in keys):
            self.note(f"{path}{_step(name)}", f"unknown key; known are {', '.join(keys)}")
        return {name: self.value(f"{path}.{name}", raw.get(name), key) for name, key in keys.items()}

    def value(self, path: str, raw: Any, key: Key) -> Any:
        """One value through its reader; None where absent, null or faulty."""
        if raw is None:
            if key.needed:
                self.note(path, "is needed")
            return None
        try:
            return key.read(raw)
        except ValueError as error:
            self.note(path, str(error))
            return None

    def each(self, path: str, raw: Any, read: Callable[[Faults, str, Any], Any]) -> tuple[Any, ...] | None:
        """Every entry of a list through `read`; None where there is no list."""
        if raw is None:
            return None
        return tuple(read(self, f"{path}[{index}]", entry) for index, entry in enumerate(raw))


def _step(name: str) -> str:
    """The step of a path to a key: `.gross`, or in brackets and on one line where the key is no plain word."""
    return f".{name}" if WORD.fullmatch(name) else f"[{json.dumps(name)}]"


# Readers of single values. Each raises ValueError that says what is needed.


def anything(raw: Any) -> Any:
    return raw


def money(raw: Any) -> Decimal:
    if not isinstance(raw, str) or not MONEY.fullmatch(raw):
        raise ValueError('must be money as text with two decimals, such as "860.00"')
    return Decimal(raw)


def a_rate(raw: Any) -> Decimal:
    if not (amount := money(raw)):
        raise ValueError("must be above zero")
    return amount


def a_share(raw: Any) -> Decimal:
    if not isinstance(raw, str) or not SHARE.fullmatch(raw) or not 0 < Decimal(raw) <= 1:
        raise ValueError('must be a share as text, above 0 and at most 1, such as "0.80"')
    return Decimal(raw)


def a_day(raw: Any) -> date:
    if not isinstance(raw, str) or not DAY.fullmatch(raw) or int(raw[:4]) not in YEARS:
        raise ValueError(f'must be a day from {YEARS[0]} to {YEARS[-1]} as text, such as "2026-11-22"')
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise ValueError(f"there is no day {raw}") from None


def a_flag(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise ValueError("must be true or false")
    return raw


def a_table(raw: Any) -> Any:
    if not isinstance(raw, Table):
        raise ValueError("must be an object")
    return raw


def a_list(raw: Any) -> Any:
    if not isinstance(raw, list):
        raise ValueError("must be a list")
    return raw


def a_number(least: int, most: int) -> Read:
    def read(raw: Any) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return raw

    return read


def one_of(words: type[StrEnum] | Mapping[str, Any]) -> Read:
    known = words if isinstance(words, Mapping) else {word.value: word for word in words}

    def read(raw: Any) -> Any:
        if not isinstance(raw, str) or raw not in known:
            raise ValueError(f"must be one of {', '.join(known)}")
        return known[raw]

    return read
