"""Finding income that was told of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import or_, select

from jobcenter.core.bulk import among
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.workers.models import ToldIncome, Worker
from jobcenter.workers.told.domain import IncomeTold


def told_since(worker_ids: Collection[int], since: date) -> Iterator[tuple[int, IncomeTold]]:
    """What persons have told that brings something on a day or later, with each worker's id; in one query."""
    matters = or_(ToldIncome.starts_on >= since, ToldIncome.monthly & ToldIncome.ends_on.is_(None))
    query = select(ToldIncome).where(among(ToldIncome.worker_id, worker_ids), or_(matters, ToldIncome.ends_on >= since))
    for row in db.session.scalars(query.order_by(ToldIncome.id)):
        yield row.worker_id, told(row)


def incomes_of(worker: Worker) -> list[ToldIncome]:
    """Everything that a worker has told of, the latest begun first."""
    query = select(ToldIncome).where(ToldIncome.worker_id == worker.id)
    return list(db.session.scalars(query.order_by(ToldIncome.starts_on.desc(), ToldIncome.id.desc())))


def income_of(worker: Worker, income_id: int) -> ToldIncome:
    """One of the incomes that the worker has told of. Raises NotFound."""
    query = select(ToldIncome).where(ToldIncome.id == income_id, ToldIncome.worker_id == worker.id)
    return or_not_found(db.session.scalar(query))


def told(row: ToldIncome) -> IncomeTold:
    """A stored income as it was told."""
    return IncomeTold(**{name: getattr(row, name) for name in IncomeTold.__dataclass_fields__})
