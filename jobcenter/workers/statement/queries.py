"""Finding statements, as those may see them whom the person's consent names."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from jobcenter.auth.domain import Actor
from jobcenter.benefits import BenefitKind
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound, or_not_found
from jobcenter.documents.stored import from_plain
from jobcenter.workers.domain import BenefitTold, ConsentPurpose
from jobcenter.workers.held import queries as held
from jobcenter.workers.models import Consent, IncomeStatement, Worker
from jobcenter.workers.policy import is_own
from jobcenter.workers.queries import (
    consent_in_force,
    coordinated_by,
    has_consented,
    owned_by,
    worker_with_earnings_for,
)
from jobcenter.workers.statement.domain import ASKED_KINDS, Told, Way, way_of

PURPOSE = ConsentPurpose.INCOME_AND_DEBT_STATEMENT


def worker_to_read_for(actor: Actor, worker_id: int) -> Worker:
    """The worker, for those who may read done statements: the person; and while the consent to the statement is in
    force the coordinator, and a support person or guardian whom the person lets see earnings. Raises NotFound.
    """
    worker = worker_with_earnings_for(actor, worker_id)
    if is_own(actor, worker) or consent_of(worker) is not None:
        return worker
    raise NotFound


def consent_of(worker: Worker) -> Consent | None:
    """The person's consent to the statement, if it is in force."""
    return consent_in_force(worker.id, PURPOSE)


def consent_behind(statement: IncomeStatement) -> Consent | None:
    """The consent that a done statement rests on: the one that was in force when it was done."""
    query = select(Consent).where(Consent.worker_id == statement.worker_id, Consent.purpose == PURPOSE)
    query = query.where(Consent.given_at <= statement.done_at)
    query = query.where(or_(Consent.withdrawn_at.is_(None), Consent.withdrawn_at > statement.done_at))
    return db.session.scalar(query.order_by(Consent.given_at.desc(), Consent.id.desc()).limit(1))


def draft_of(worker: Worker, *, lock: bool = False) -> IncomeStatement | None:
    """The statement that is being gone through, if there is one."""
    query = select(IncomeStatement).where(IncomeStatement.worker_id == worker.id, IncomeStatement.done_at.is_(None))
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True) if lock else query)


def done_statements_of(worker: Worker) -> list[IncomeStatement]:
    """The statements that are done, the newest first."""
    query = select(IncomeStatement).where(IncomeStatement.worker_id == worker.id, IncomeStatement.done_at.is_not(None))
    return list(db.session.scalars(query.order_by(IncomeStatement.done_at.desc(), IncomeStatement.id.desc())))


def statement_of(worker: Worker, statement_id: int) -> IncomeStatement:
    """A statement of the worker that is done. Raises NotFound."""
    query = select(IncomeStatement).where(
        IncomeStatement.id == statement_id,
        IncomeStatement.worker_id == worker.id,
        IncomeStatement.done_at.is_not(None),
    )
    return or_not_found(db.session.scalar(query))


def told_in(statement: IncomeStatement) -> Told:
    """What a statement says."""
    return from_plain(Told, statement.told)


def held_now(worker: Worker, today: date) -> dict[BenefitKind, BenefitTold]:
    """What is on the person's list today or later, by kind; of several of one kind the last told."""
    return {row.kind: held.told(row) for row in held.current_benefits_of(worker, today)}


def way_through(worker: Worker, statement: IncomeStatement, today: date) -> Way:
    """The pages of a statement that is being gone through."""
    kinds = {row.kind for row in held.current_benefits_of(worker, today)}
    return way_of(told_in(statement), kinds.intersection(ASKED_KINDS))


# The next time


def review_is_due(today: date) -> ColumnElement[bool]:
    """Condition on IncomeStatement: its day for the next time has come, and nothing newer has been begun."""
    newer = aliased(IncomeStatement)
    begun = select(newer.id).where(newer.worker_id == IncomeStatement.worker_id, newer.id > IncomeStatement.id)
    return and_(IncomeStatement.review_on <= today, ~begun.exists())


def due_statements(today: date, limit: int) -> list[tuple[IncomeStatement, Worker]]:
    """Statements whose day for the next time has come and of which nobody has been told, locked, with their workers."""
    query = select(IncomeStatement, Worker).join(Worker, Worker.id == IncomeStatement.worker_id)
    query = query.where(is_due(today), IncomeStatement.reminded_at.is_(None)).order_by(IncomeStatement.id).limit(limit)
    locked = query.with_for_update(of=IncomeStatement, skip_locked=True).execution_options(populate_existing=True)
    return [(statement, worker) for statement, worker in db.session.execute(locked)]


def workers_to_review(actor: Actor, today: date, *, limit: int, offset: int) -> list[tuple[Worker, date]]:
    """Whose statement a coordinator should go through again now, and since which day; the longest due first."""
    query = select(Worker, IncomeStatement.review_on).join(IncomeStatement, IncomeStatement.worker_id == Worker.id)
    query = query.where(coordinated_by(actor), is_due(today)).order_by(IncomeStatement.review_on, IncomeStatement.id)
    return [(worker, review_on) for worker, review_on in db.session.execute(query.limit(limit).offset(offset))]


def number_to_review(actor: Actor, today: date) -> int:
    """How many statements a coordinator should go through again now."""
    return db.session.scalar(count_due(today).where(coordinated_by(actor))) or 0


def own_review_due(actor: Actor, today: date) -> int | None:
    """The own worker row whose statement it is time to go through again, if it is."""
    query = select(Worker.id).join(IncomeStatement, IncomeStatement.worker_id == Worker.id)
    return db.session.scalar(query.where(owned_by(actor), is_due(today)).order_by(Worker.id).limit(1))


def count_due(today: date) -> Select[tuple[int]]:
    """How many statements are due, with their workers joined."""
    query = select(func.count()).select_from(IncomeStatement).join(Worker, Worker.id == IncomeStatement.worker_id)
    return query.where(is_due(today))


def is_due(today: date) -> ColumnElement[bool]:
    """Condition on IncomeStatement and its Worker: the person is here, agrees, and the next time has come."""
    return and_(Worker.active, has_consented(PURPOSE), review_is_due(today))
