"""Reading the files: from bytes to typed rows, every fault named with file, line, column and reason."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobcenter.core import parsing
from jobcenter.exchange.domain import CELL_LIMIT, CellFault, Fault
from jobcenter.exchange.formats import FORMATS, Format

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Row:
    """One row that could be read: where it stands, its values by column, and which columns were filled in."""

    line: int
    values: dict[str, Any]
    given: frozenset[str]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def without(self, *columns: str) -> dict[str, Any]:
        """The values of the other columns."""
        return {column: value for column, value in self.values.items() if column not in columns}


Rows = dict[str, list[Row]]


def read_folder(folder: Path) -> tuple[Rows, list[Fault]]:
    """The rows of every file of the exchange that the folder has, and what is wrong in them.

    Rows by file name; a file that is not there has no rows. A folder with none of them is a fault.
    """
    rows: Rows = {}
    faults: list[Fault] = []
    for fmt in FORMATS:
        path = folder / fmt.file
        found = read_file(path, fmt) if path.is_file() else ([], [])
        rows[fmt.file] = found[0]
        faults += found[1]
    if not any((folder / fmt.file).is_file() for fmt in FORMATS):
        names = ", ".join(fmt.file for fmt in FORMATS)
        faults.append(Fault(str(folder), 0, "", "no_files", {"files": names}))
    return rows, faults


def read_file(path: Path, fmt: Format) -> tuple[list[Row], list[Fault]]:
    """The rows of one file, and its faults. A row with a fault is left out; the same key twice is a fault."""
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: dict[tuple[Any, ...], int] = {}
    try:
        for line, cells in _lines(path, fmt):
            row, found = _row(fmt, line, cells)
            faults += found
            if row is None:
                continue
            key = tuple(row[column] for column in fmt.key)
            if key in seen:
                faults.append(Fault(fmt.file, line, fmt.key[-1], "row_twice", {"line": seen[key]}))
                continue
            seen[key] = line
            rows.append(row)
    except UnicodeDecodeError:
        faults.append(Fault(fmt.file, 0, "", "not_utf8"))
    except csv.Error as error:
        faults.append(Fault(fmt.file, 0, "", "not_csv", {"why": str(error)}))
    except _BadHeader as error:
        faults += error.faults
    return rows, faults


class _BadHeader(Exception):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("header")
        self.faults = faults


def _lines(path: Path, fmt: Format) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells by column of every line that has any content."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        limit = csv.field_size_limit(CELL_LIMIT)
        try:
            reader = csv.reader(file, delimiter=";" if first.count(";") >= first.count(",") else ",", strict=True)
            header = [cell.strip().lstrip(BYTE_ORDER_MARK).lower() for cell in next(reader, [])]
            _check_header(header, fmt)
            start = reader.line_num + 1
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield start, _by_column(cells, header, fmt, start)
                start = reader.line_num + 1
        finally:
            csv.field_size_limit(limit)


def _check_header(header: list[str], fmt: Format) -> None:
    known = set(fmt.header)
    faults = [Fault(fmt.file, 1, column, "column_unknown") for column in header if column not in known]
    required = [column.name for column in fmt.columns if column.required]
    faults += [Fault(fmt.file, 1, column, "column_missing") for column in required if column not in header]
    faults += [Fault(fmt.file, 1, column, "column_twice") for column in set(header) if header.count(column) > 1]
    if faults:
        raise _BadHeader(faults)


def _by_column(cells: list[str], header: list[str], fmt: Format, line: int) -> dict[str, str]:
    if len(cells) > len(header):
        raise _BadHeader([Fault(fmt.file, line, "", "too_many_cells", {"cells": len(cells), "columns": len(header)})])
    return {column: parsing.tidy(cell) for column, cell in zip(header, cells, strict=False)}


def _row(fmt: Format, line: int, cells: dict[str, str]) -> tuple[Row | None, list[Fault]]:
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in fmt.columns:
        cell = cells.get(column.name, "")
        if not cell:
            if column.required:
                faults.append(Fault(fmt.file, line, column.name, "cell_missing"))
            values[column.name] = column.empty
            continue
        try:
            values[column.name] = column.read(cell)
        except CellFault as error:
            faults.append(Fault(fmt.file, line, column.name, error.code, error.facts))
    given = frozenset(column for column, cell in cells.items() if cell)
    return (None if faults else Row(line, values, given)), faults
