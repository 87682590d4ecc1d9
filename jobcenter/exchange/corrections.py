"""Corrections of paid hours (decision 024) in the files: rows that name the row of hours that they correct."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobcenter.core import clock
from jobcenter.core.errors import DomainError
from jobcenter.exchange import queries
from jobcenter.exchange.book import Book, Ref
from jobcenter.exchange.formats import HOURS
from jobcenter.exchange.reading import Row
from jobcenter.orders.hours import domain_corrections
from jobcenter.orders.hours.domain import EntryStatus, Worktime

# What a correction has of the entry that it corrects.
OF_FIRST = ("jobcenter_id", "offer_id", "gig_id", "order_id", "worker_id", "worked_on", "wage", "price", "vat_percent")
# Nobody waits for an answer to these, so that they can be added to.
SETTLED = (EntryStatus.CONFIRMED, EntryStatus.WITHDRAWN)


@dataclass(frozen=True)
class Place:
    """One row's gig and worker."""

    jobcenter_id: int
    gig: Any
    worker: Any


@dataclass(frozen=True)
class Done:
    """A row of hours that may come in: on which gig, by whom, and when."""

    row: Row
    place: Place
    worktime: Worktime

    @property
    def work(self) -> tuple[int, int]:
        """What names the work: the gig, and who did it."""
        return self.place.gig.id, self.place.worker.id

    @property
    def worked_on(self) -> date:
        """The day on which the work began."""
        return clock.day_of(self.worktime.starts_at)


@dataclass(frozen=True)
class Missing:
    """A correction, with the minutes that the entries before it do not have."""

    done: Done
    minutes: int

    @property
    def first(self) -> Ref:
        """The lasting name of the entry that it corrects."""
        return self.done.place.jobcenter_id, self.done.row["corrects"]


@dataclass(frozen=True)
class _Work:
    name: tuple[int, int]
    worked_on: date
    rows: list[domain_corrections.Row]


def missing_of(book: Book, corrections: Iterable[Done], firsts: Iterable[Done]) -> list[Missing]:
    """How much each correction adds to what it corrects: hours stored already, or `firsts` of the same file.

    The shorter of two corrections of the same work was the earlier one. What corrects nothing, other work, work that
    is not confirmed, or brings nothing is a fault.
    """
    corrections = sorted(corrections, key=lambda done: done.worktime.minutes)
    works = _works(book, {done.row["corrects"] for done in corrections}, firsts) if corrections else {}
    return list(_checked(book, corrections, works))


def check_unbilled(book: Book, row: Row, minutes: int) -> None:
    """A fault when the orderer is not asked for more minutes than an entry has."""
    if row["unbilled_minutes"] > minutes:
        book.fault(HOURS, row, "unbilled_minutes", "unbilled_more", minutes=minutes)


def values_of(missing: Collection[Missing]) -> Iterator[tuple[Missing, dict[str, Any]]]:
    """Each correction with what its entry has of what it corrects, which is stored by now."""
    reach, refs = {found.first[0] for found in missing}, {found.first[1] for found in missing}
    firsts = {(entry.jobcenter_id, entry.external_ref): entry for entry in queries.first_entries(reach, refs)}
    for found in missing:
        first = firsts[found.first]
        yield found, {"corrects_id": first.id} | {name: getattr(first, name) for name in OF_FIRST}


def _works(book: Book, refs: set[str], firsts: Iterable[Done]) -> dict[Ref, _Work]:
    """What was worked, by the lasting name of its first entry."""
    stored = queries.first_entries(book.reach(), refs)
    entries = queries.entries_of_work(stored)
    works = {
        (entry.jobcenter_id, entry.external_ref): _Work(
            (entry.gig_id, entry.worker_id), entry.worked_on, [each.of_work for each in entries[entry.id]]
        )
        for entry in stored
    }
    for done in firsts:
        work = _Work(done.work, done.worked_on, [_row_of(done, done.worktime.minutes)])
        works[done.place.jobcenter_id, done.row["ref"]] = work
    return works


def _checked(book: Book, corrections: Iterable[Done], works: dict[Ref, _Work]) -> Iterator[Missing]:
    for done in corrections:
        work = works.get((done.place.jobcenter_id, done.row["corrects"]))
        if work is None:
            book.fault(HOURS, done.row, "corrects", "ref_unknown", given=done.row["corrects"])
        elif work.name != done.work:
            book.fault(HOURS, done.row, "corrects", "corrects_other_work", given=done.row["corrects"])
        elif any(row.status not in SETTLED for row in work.rows):
            book.fault(HOURS, done.row, "corrects", "corrects_unconfirmed", given=done.row["corrects"])
        else:
            yield from _added(book, done, work)


def _added(book: Book, done: Done, work: _Work) -> Iterator[Missing]:
    try:
        minutes = domain_corrections.missing_minutes(done.worktime, work.rows, worked_on=work.worked_on)
    except DomainError as error:
        book.refused(HOURS, done.row, error, "day")
        return
    check_unbilled(book, done.row, minutes)
    work.rows.append(_row_of(done, minutes))
    yield Missing(done, minutes)


def _row_of(done: Done, minutes: int) -> domain_corrections.Row:
    status = EntryStatus.CONFIRMED if done.row["confirmed_by"] else EntryStatus.LOGGED
    return domain_corrections.Row(status, minutes, is_paid=done.row["paid_on"] is not None)
