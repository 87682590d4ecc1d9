"""Reads the law from `data/*.toml`, strictly: what it does not know it refuses, naming file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from jobcenter.benefits.contacts import ContactPoint, PhoneNumber
from jobcenter.benefits.domain import ValueStatus
from jobcenter.benefits.law import (
    Applies,
    Basis,
    Comparison,
    DatedValue,
    KeyedBy,
    Law,
    LimitInForce,
    Parameter,
    Period,
    PlannedChange,
    Renewal,
    Unit,
    UnverifiedFact,
    WhoKnows,
    bounded,
)

DATA = Path(__file__).parent / "data"

Place = tuple[str | int, ...]
Reader = Callable[[Any], Any]

HEADER = re.compile(r"^\s*\[\[?\s*([\w.]+)\s*\]\]?")
KEY = re.compile(r"^\s*([\w-]+)\s*=")


class LawDataFault(ValueError):
    """A fault in a data file, as `file.toml:12: what is wrong`."""

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(f"{file}:{line}: {what}")


@cache
def law() -> Law:
    """The law that this version of the program ships. Read once. Raises LawDataFault."""
    return read_law(DATA)


def parameter(id: str) -> Parameter:
    """A parameter of the shipped law. Raises KeyError."""
    return law().parameter(id)


def limits_on(day: date) -> tuple[LimitInForce, ...]:
    """Every limit of the shipped law in force on a day."""
    return law().limits_on(day)


def missing_for(year: int) -> tuple[Parameter, ...]:
    """The parameters of the shipped law that lack a value on some day of a year."""
    return law().missing_for(year)


def rules_version() -> str:
    """The name of the shipped law's version: the day of its newest check and a digest of its content."""
    return law().version


def read_law(folder: Path) -> Law:
    """The law in a folder of TOML files. Raises LawDataFault at the first fault."""
    parameters: dict[str, Parameter] = {}
    planned: list[PlannedChange] = []
    unverified: dict[str, UnverifiedFact] = {}
    contacts: list[ContactPoint] = []
    for path in sorted(folder.glob("*.toml")):
        sheet = Sheet.read(path)
        for index, raw in enumerate(sheet.tables("parameter")):
            read = _parameter(sheet, ("parameter", index), raw)
            if read.id in parameters:
                raise sheet.fault(("parameter", index), "id", f"{read.id} is given twice")
            parameters[read.id] = read
        for index, raw in enumerate(sheet.tables("planned")):
            planned.append(PlannedChange(**sheet.fields(("planned", index), raw, PLANNED)))
        for index, raw in enumerate(sheet.tables("unverified")):
            fact = UnverifiedFact(**sheet.fields(("unverified", index), raw, UNVERIFIED))
            if fact.id in unverified:
                raise sheet.fault(("unverified", index), "id", f"{fact.id} is given twice")
            unverified[fact.id] = fact
        contacts += [_contact(sheet, ("contact", n), raw) for n, raw in enumerate(sheet.tables("contact"))]
    return Law.of(parameters, tuple(planned), tuple(unverified.values()), tuple(contacts))


@dataclass(frozen=True)
class Sheet:
    """One data file: its tables, and the line on which each table and key stands."""

    file: str
    content: Mapping[str, Any]
    lines: Mapping[tuple[Place, str], int]

    @classmethod
    def read(cls, path: Path) -> Sheet:
        text = path.read_text(encoding="utf-8")
        try:
            content = tomllib.loads(text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            raise LawDataFault(path.name, int(line[1]) if line else text.count("\n") + 1, str(error)) from error
        sheet = cls(path.name, content, _lines(text))
        for key in content.keys() - {"parameter", "planned", "unverified", "contact"}:
            raise sheet.fault((), key, f"unknown key {key}")
        return sheet

    def tables(self, name: str) -> list[Mapping[str, Any]]:
        return self.content.get(name, [])

    def fault(self, place: Place, key: str, what: str) -> LawDataFault:
        """A fault at a key, or at its table's heading where the key is absent."""
        return LawDataFault(self.file, self.lines.get((place, key), self.lines.get((place, ""), 1)), what)

    def fields(self, place: Place, raw: Mapping[str, Any], readers: Mapping[str, Reader]) -> dict[str, Any]:
        """A table's values, each through its reader; a missing key is read as None. Raises LawDataFault."""
        for key in raw:
            if key not in readers:
                raise self.fault(place, key, f"unknown key {key}")
        read = {}
        for key, reader in readers.items():
            try:
                read[f"{key}_" if key == "from" else key] = reader(raw.get(key))
            except ValueError as error:
                raise self.fault(place, key, f"{key}: {error}") from error
        return read


def _lines(text: str) -> dict[tuple[Place, str], int]:
    """The line of each table's heading, under the key "", and of each key."""
    found: dict[tuple[Place, str], int] = {}
    place: Place = ()
    counts: dict[Place, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := HEADER.match(line):
            place = _next_place(heading[1], place, counts)
            found[place, ""] = number
            found.setdefault(((), str(place[0])), number)
        elif key := KEY.match(line):
            found.setdefault((place, key[1]), number)
    return found


def _next_place(heading: str, place: Place, counts: dict[Place, int]) -> Place:
    """Where a `[[a]]` or `[[a.b]]` heading leads: ("a", n) or ("a", n, "b", m)."""
    first, _, second = heading.partition(".")
    stem: Place = (*place[:2], second) if second else (first,)
    index = counts.get(stem, 0)
    counts[stem] = index + 1
    return (*stem, index)


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError("a text is needed")
    return raw


def _day(raw: Any) -> date:
    if type(raw) is not date:
        raise ValueError("a day such as 2026-01-01 is needed")
    return raw


def _optional_day(raw: Any) -> date | None:
    return None if raw is None else _day(raw)


def _figure(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal) or raw < 0:
        raise ValueError("a number, not below zero, is needed")
    return Decimal(raw)


def _switch(raw: Any) -> bool:
    if raw not in (None, True, False):
        raise ValueError("true or false is needed")
    return bool(raw)


def _texts(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw:
        raise ValueError("a list of texts is needed")
    return tuple(map(_text, raw))


def _tables(raw: Any) -> list[Mapping[str, Any]]:
    if not isinstance(raw, list) or not raw:
        raise ValueError("at least one value is needed")
    return raw


def _some_tables(raw: Any) -> list[Mapping[str, Any]]:
    return [] if raw is None else _tables(raw)


def _one_of(enum: type[StrEnum]) -> Reader:
    def read(raw: Any) -> StrEnum:
        if raw not in list(enum):
            raise ValueError(f"must be one of {', '.join(enum)}")
        return enum(raw)

    return read


PARAMETER: Mapping[str, Reader] = {
    "id": _text,
    "description": _text,
    "statute": _text,
    "unit": _one_of(Unit),
    "period": _one_of(Period),
    "basis": _one_of(Basis),
    "comparison": _one_of(Comparison),
    "renewed": _one_of(Renewal),
    "keyed_by": _one_of(KeyedBy),
    "values": _tables,
    "may_be_zero": _switch,
    "ends": _optional_day,
}
VALUE: Mapping[str, Reader] = {
    "from": _day,
    "to": _optional_day,
    "value": _figure,
    "applies": _one_of(Applies),
    "status": _one_of(ValueStatus),
    "source": _text,
    "checked_on": _day,
}
PLANNED: Mapping[str, Reader] = {
    "id": _text,
    "description": _text,
    "intended_from": _optional_day,
    "source": _text,
    "checked_on": _day,
}
UNVERIFIED: Mapping[str, Reader] = {
    "id": _text,
    "what": _text,
    "concerns": _texts,
    "ask": _one_of(WhoKnows),
    "source": _text,
    "checked_on": _day,
    "from": _optional_day,
    "to": _optional_day,
}
CONTACT: Mapping[str, Reader] = {"id": _text, "about": _text, "rules": _texts, "numbers": _some_tables}
NUMBER: Mapping[str, Reader] = {
    "from": _day,
    "phone": _text,
    "status": _one_of(ValueStatus),
    "source": _text,
    "checked_on": _day,
}


def _contact(sheet: Sheet, place: Place, raw: Mapping[str, Any]) -> ContactPoint:
    read = sheet.fields(place, raw, CONTACT)
    numbered = enumerate(read.pop("numbers"))
    numbers = [PhoneNumber(**sheet.fields((*place, "numbers", n), table, NUMBER)) for n, table in numbered]
    return ContactPoint(**read, numbers=tuple(numbers))


def _parameter(sheet: Sheet, place: Place, raw: Mapping[str, Any]) -> Parameter:
    read = sheet.fields(place, raw, PARAMETER)
    values: list[DatedValue] = []
    for index, table in enumerate(read.pop("values")):
        value_place = (*place, "values", index)
        value = DatedValue(**sheet.fields(value_place, table, VALUE))
        if value.value == 0 and not read["may_be_zero"]:
            raise sheet.fault(value_place, "value", "value: a number above zero is needed")
        if value.to and value.to < value.from_:
            raise sheet.fault(value_place, "to", f"{value.to} is before {value.from_}")
        if values and value.from_ <= (values[-1].to or values[-1].from_):
            raise sheet.fault(value_place, "from", f"{value.from_} is not after the value before it")
        values.append(value)
    return Parameter(**read, values=bounded(values, read["renewed"]))
