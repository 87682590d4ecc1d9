"""Storing what people have told: income from work elsewhere, and income and debt statements with their consent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jobcenter.core import clock, todo
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError
from jobcenter.exchange.book import IMPORTED_BY, NOON, Book
from jobcenter.exchange.formats import STATEMENTS, TOLD_INCOME
from jobcenter.exchange.reading import Row
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.models import Consent, IncomeStatement, ToldIncome
from jobcenter.workers.queries import consents_of
from jobcenter.workers.told.domain import IncomeTold


def store_told_income(book: Book) -> None:
    """Add the incomes that are not here yet; one is known by all that is told of it."""
    values = []
    for row, worker_id in book.new_of_workers(TOLD_INCOME):
        try:
            IncomeTold(**{name: row[name] for name in IncomeTold.__dataclass_fields__})
        except DomainError as error:
            book.refused(TOLD_INCOME, row, error)
            continue
        facts = row.without("jobcenter", "worker") | {"told_by": row["told_by"] or IMPORTED_BY}
        values.append(facts | {"worker_id": worker_id})
    book.store(TOLD_INCOME, ToldIncome, values)
    for worker_id in sorted({value["worker_id"] for value in values}) if not book.faults else ():
        todo.leave(todo.Changed.INCOME, worker_id)


def store_statements(book: Book) -> None:
    """Add the done statements that are not here yet; one is known by its worker and the minute when it was done.

    A statement puts nothing in force: what holds now stands in the files of benefits and told income.
    """
    values: list[dict[str, Any]] = []
    consents: dict[int, date] = {}
    for row, worker_id in book.new_of_workers(STATEMENTS):
        if row["done_on"] > clock.today():
            book.fault(STATEMENTS, row, "done_on", "day_ahead")
            continue
        try:
            values.append(_statement(row, worker_id))
        except clock.NonexistentTime:
            book.fault(STATEMENTS, row, "done_at", "time_does_not_exist")
        if row["consent_since"]:
            consents[worker_id] = row["consent_since"]
    book.store(STATEMENTS, IncomeStatement, values)
    _store_consents(consents)


def _statement(row: Row, worker_id: int) -> dict[str, Any]:
    """The row to store. Raises NonexistentTime."""
    done_at = clock.at(row["done_on"], row["done_at"].wall, second_pass=row["done_at"].second_pass)
    facts = {"told": row["told"], "review_on": row["review_on"], "written_by": row["written_by"] or IMPORTED_BY}
    return facts | {"worker_id": worker_id, "started_at": done_at, "done_at": done_at}


def _store_consents(since: Mapping[int, date]) -> None:
    """Write down the consents to the statement, of those who have none in force."""
    purpose = ConsentPurpose.INCOME_AND_DEBT_STATEMENT
    given = consents_of(since)
    for worker_id, day in since.items():
        if purpose not in given[worker_id]:
            consent = {"worker_id": worker_id, "purpose": purpose, "given_at": clock.at(day, NOON)}
            db.session.add(Consent(**consent, recorded_by=IMPORTED_BY))
    db.session.flush()
