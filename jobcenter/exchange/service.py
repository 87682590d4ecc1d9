"""One import: everything in the files, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from jobcenter.auth.domain import Actor
from jobcenter.core import audit
from jobcenter.core.uow import unit_of_work
from jobcenter.exchange import payers, people, telling, work
from jobcenter.exchange.book import Book, Progress
from jobcenter.exchange.domain import Fault
from jobcenter.exchange.formats import FORMATS
from jobcenter.exchange.reading import Rows, read_folder

Stage = Callable[[Book], None]

STAGES: tuple[Stage, ...] = (
    people.store_jobcenters,
    people.store_organisations,
    people.store_workers,
    people.store_benefits,
    telling.store_told_income,
    telling.store_statements,
    work.store_orders,
    work.store_gigs,
    payers.store_payers,
    work.store_hours,
)


@dataclass(frozen=True)
class ImportReport:
    """What came of an import: rows added and known by file, rows that are stored with other values, and faults."""

    added: dict[str, int] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    differing: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()


class _Undo(Exception):
    """Takes an import back: a dry run, or faults."""


def import_folder(actor: Actor, folder: Path, *, dry_run: bool, progress: Progress) -> ImportReport:
    """Import the files of a folder: all or nothing. Rows stored already add nothing.

    The contract guard and the overlap rules apply to every done hour. A dry run does everything and takes it back.
    """
    rows, faults = read_folder(folder)
    book = Book(rows=rows, progress=progress, faults=faults)
    try:
        with unit_of_work():
            for stage in STAGES:
                stage(book)
            if book.faults or dry_run:
                raise _Undo
            _record(actor, folder, rows, book)
    except _Undo:
        pass
    return ImportReport(
        added=dict(book.added),
        known=dict(book.known),
        differing=tuple(book.differing),
        faults=tuple(sorted(book.faults, key=lambda fault: (_order(fault.file), fault.line, fault.column))),
    )


def _order(file: str) -> int:
    names = [fmt.file for fmt in FORMATS]
    return names.index(file) if file in names else -1


def _record(actor: Actor, folder: Path, rows: Rows, book: Book) -> None:
    """One event for the set: counts, and a digest of each file, so that what was imported can be proved later."""
    digests = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in rows if (folder / name).is_file()
    }
    audit.record(actor, "exchange.import", "import", folder.name, after={"added": book.added, "files": digests})
