"""What one import knows and has found: ids by lasting name, faults, counts; and the writing of rows in bulk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from sqlalchemy import insert

from jobcenter.auth.domain import SYSTEM
from jobcenter.core.db import Base, db
from jobcenter.core.errors import DomainError
from jobcenter.exchange import queries
from jobcenter.exchange.domain import Fault
from jobcenter.exchange.formats import Format
from jobcenter.exchange.reading import Row, Rows
from jobcenter.workers.models import Worker

# Who did, and at what time of day, what a file tells only the day of.
IMPORTED_BY = SYSTEM.name
NOON = time(12)
CHUNK = 1000
STEP = 200
Ref = tuple[int, str]
# Called with a file's name, how many of its rows have been gone through, and how many there are.
Progress = Callable[[str, int, int], None]


@dataclass
class Book:
    """The state of one import. `fault` notes what is wrong with a row; nothing is stored if anything is."""

    rows: Rows
    progress: Progress
    faults: list[Fault] = field(default_factory=list)
    added: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    differing: list[Fault] = field(default_factory=list)
    jobcenters: dict[str, int] = field(default_factory=dict)

    def fault(self, fmt: Format, row: Row, column: str, code: str, **facts: Any) -> None:
        """Note what is wrong with a row."""
        self.faults.append(Fault(fmt.file, row.line, column, code, facts))

    def refused(self, fmt: Format, row: Row, error: DomainError, column: str = "") -> None:
        """Note a refusal of the domain, beside the column it is about."""
        place = error.field if error.field in fmt.header else column
        self.fault(fmt, row, place or "", error.code, **error.facts)

    def jobcenter_of(self, fmt: Format, row: Row) -> int | None:
        """The Jobcenter a row belongs to; a fault when there is none such."""
        found = self.jobcenters.get(row["jobcenter"])
        if found is None:
            self.fault(fmt, row, "jobcenter", "jobcenter_unknown", given=row["jobcenter"])
        return found

    def reach(self) -> set[int]:
        """The ids of every Jobcenter that the files touch."""
        slugs = {row["jobcenter"] for rows in self.rows.values() for row in rows if "jobcenter" in row.values}
        return {self.jobcenters[slug] for slug in slugs if slug in self.jobcenters}

    def new_rows(self, fmt: Format, stored: Mapping[Ref, int]) -> Iterable[tuple[Row, int]]:
        """The rows not stored yet, with their Jobcenter; those stored are counted as known."""
        known: dict[tuple[Any, ...], Row] = {}
        total = len(self.rows[fmt.file])
        for number, row in enumerate(self.rows[fmt.file], start=1):
            if number % STEP == 0 or number == total:
                self.progress(fmt.file, number, total)
            jobcenter_id = self.jobcenter_of(fmt, row)
            if jobcenter_id is None:
                continue
            if (jobcenter_id, row["ref"]) in stored:
                known[tuple(row[column] for column in fmt.key)] = row
                continue
            yield row, jobcenter_id
        self.note_known(fmt, known)

    def new_of_workers(self, fmt: Format) -> Iterator[tuple[Row, int]]:
        """The rows about workers that are not stored yet, each with its worker; those stored are counted as known.

        Where the worker is not known that is a fault.
        """
        workers = queries.ids_by_ref(Worker, self.reach())
        stored = {tuple(row[column] for column in fmt.key) for row in queries.stored_rows(fmt, self.reach())}
        known: dict[tuple[Any, ...], Row] = {}
        for row in self.rows[fmt.file]:
            jobcenter_id = self.jobcenter_of(fmt, row)
            if jobcenter_id is None:
                continue
            key = tuple(row[column] for column in fmt.key)
            if key in stored:
                known[key] = row
            elif (jobcenter_id, row["worker"]) in workers:
                yield row, workers[jobcenter_id, row["worker"]]
            else:
                self.fault(fmt, row, "worker", "ref_unknown", given=row["worker"])
        self.note_known(fmt, known)

    def note_known(self, fmt: Format, known: Mapping[tuple[Any, ...], Row]) -> None:
        """Count rows that are stored already, and note those whose stored values differ: they stay as they are."""
        self.known[fmt.file] += len(known)
        if not known:
            return
        for values in queries.stored_rows(fmt, self.reach() if "jobcenter" in fmt.header else None):
            row = known.get(tuple(values[column] for column in fmt.key))
            if row is None:
                continue
            differing = (column for column in fmt.header if column in row.given and values[column] != row[column])
            self.differing += (Fault(fmt.file, row.line, column, "stored_differs") for column in differing)

    def store(self, fmt: Format, model: type[Base], values: Sequence[dict[str, Any]]) -> None:
        """Insert rows in chunks and count them under the file."""
        for start in range(0, len(values), CHUNK):
            part = values[start : start + CHUNK]
            db.session.execute(insert(model), part)
            self.added[fmt.file] += len(part)
