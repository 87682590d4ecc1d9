"""Storing Jobcenters, organisations, workers, their benefits and consents from the files."""

from __future__ import annotations

from stdnum.exceptions import ValidationError as NumberError
from stdnum.fi import ytunnus

from jobcenter.auth.domain import SYSTEM
from jobcenter.auth.service import NewJobcenter, add_jobcenter
from jobcenter.core import clock, texts, todo
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError
from jobcenter.exchange import queries
from jobcenter.exchange.book import IMPORTED_BY, NOON, Book
from jobcenter.exchange.formats import BENEFITS, JOBCENTERS, ORGANISATIONS, WORKERS
from jobcenter.exchange.reading import Row
from jobcenter.orders.organisations.domain import business_id_of, einvoice_of
from jobcenter.orders.organisations.models import Organisation
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.models import Consent, HeldBenefit, Worker


def store_jobcenters(book: Book) -> None:
    """Add the Jobcenters that are not here yet."""
    book.jobcenters = queries.jobcenter_ids()
    known = {}
    for row in book.rows[JOBCENTERS.file]:
        if row["slug"] in book.jobcenters:
            known[(row["slug"],)] = row
        elif _check_business_ids(book, row):
            add_jobcenter(SYSTEM, NewJobcenter(**row.values))
            book.added[JOBCENTERS.file] += 1
    book.note_known(JOBCENTERS, known)
    book.jobcenters = queries.jobcenter_ids()


def _check_business_ids(book: Book, row: Row) -> bool:
    wrong = [name for name in ("business_id", "partner_business_id") if row[name] and not _is_business_id(row[name])]
    for column in wrong:
        book.fault(JOBCENTERS, row, column, "business_id_wrong")
    return not wrong


def _is_business_id(text: str) -> bool:
    try:
        return bool(ytunnus.validate(text))
    except NumberError:
        return False


def store_organisations(book: Book) -> None:
    """Add the organisations that are not here yet."""
    stored = queries.ids_by_ref(Organisation, book.reach())
    values = []
    for row, jobcenter_id in book.new_rows(ORGANISATIONS, stored):
        try:
            business_id = business_id_of(row["kind"], row["business_id"])
            address, operator = einvoice_of(row["einvoice_address"], row["einvoice_operator"])
        except DomainError as error:
            book.refused(ORGANISATIONS, row, error)
            continue
        facts = row.without("jobcenter", "ref")
        facts |= {"jobcenter_id": jobcenter_id, "external_ref": row["ref"], "created_at": clock.now()}
        values.append(facts | {"business_id": business_id, "einvoice_address": address, "einvoice_operator": operator})
    book.store(ORGANISATIONS, Organisation, values)


def store_workers(book: Book) -> None:
    """Add the workers that are not here yet, with the consent to take part."""
    stored = queries.ids_by_ref(Worker, book.reach())
    values, consents = [], []
    for row, jobcenter_id in book.new_rows(WORKERS, stored):
        if not _check_worker(book, row):
            continue
        facts = row.without("jobcenter", "ref", "weekly_hours_wished", "weekly_hours_most", "takes_part_since")
        facts |= {"jobcenter_id": jobcenter_id, "external_ref": row["ref"], "created_at": clock.now(), "version": 1}
        facts |= {"language": row["language"] or texts.DEFAULT}
        facts |= {
            "weekly_minutes_wished": row["weekly_hours_wished"],
            "weekly_minutes_most": row["weekly_hours_most"],
        }
        values.append(facts)
        if row["takes_part_since"]:
            consents.append((jobcenter_id, row))
    book.store(WORKERS, Worker, values)
    _store_consents(book, consents)


def _check_worker(book: Book, row: Row) -> bool:
    before = len(book.faults)
    if row["language"] and not texts.known(row["language"]):
        book.fault(WORKERS, row, "language", "language_unknown", given=row["language"])
    if row["weekly_hours_most"] < row["weekly_hours_wished"]:
        book.fault(WORKERS, row, "weekly_hours_most", "weekly_hours_most_less")
    if row["takes_part_since"] and row["takes_part_since"] > clock.today():
        book.fault(WORKERS, row, "takes_part_since", "day_ahead")
    return len(book.faults) == before


def _store_consents(book: Book, consents: list[tuple[int, Row]]) -> None:
    ids = queries.ids_by_ref(Worker, book.reach())
    for jobcenter_id, row in consents:
        db.session.add(
            Consent(
                worker_id=ids[jobcenter_id, row["ref"]],
                purpose=ConsentPurpose.TAKE_PART,
                given_at=clock.at(row["takes_part_since"], NOON),
                recorded_by=IMPORTED_BY,
            )
        )
    db.session.flush()


def store_benefits(book: Book) -> None:
    """Add the benefits that are not here yet; one is known by its worker, kind and first day."""
    values = []
    for row, worker_id in book.new_of_workers(BENEFITS):
        if row["starts_on"] and row["ends_on"] and row["ends_on"] < row["starts_on"]:
            book.fault(BENEFITS, row, "ends_on", "end_day_before_start")
        else:
            facts = row.without("jobcenter", "worker") | {"told_by": row["told_by"] or IMPORTED_BY}
            values.append(facts | {"worker_id": worker_id})
    book.store(BENEFITS, HeldBenefit, values)
    for worker_id in sorted({value["worker_id"] for value in values}) if not book.faults else ():
        todo.leave(todo.Changed.BENEFITS, worker_id)
