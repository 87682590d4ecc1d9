"""Writing the files: what is stored, in the format that the import reads."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jobcenter.exchange.formats import FORMATS, Format
from jobcenter.exchange.queries import stored_rows

# Called with a file's name and how many rows have been written.
Progress = Callable[[str, int], None]


def export_folder(folder: Path, progress: Progress) -> dict[str, int]:
    """Write every file into a folder (made if need be) and give the number of rows by file. Changes nothing stored."""
    folder.mkdir(parents=True, exist_ok=True)
    return {fmt.file: _write(folder / fmt.file, fmt, progress) for fmt in FORMATS}


def _write(path: Path, fmt: Format, progress: Progress) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(fmt.header)
        for values in stored_rows(fmt):
            writer.writerow(cells(fmt, values))
            count += 1
            progress(fmt.file, count)
    return count


def cells(fmt: Format, values: dict[str, Any]) -> list[str]:
    """A row's cells; what is empty is an empty cell."""
    return ["" if values[column.name] is None else column.show(values[column.name]) for column in fmt.columns]
