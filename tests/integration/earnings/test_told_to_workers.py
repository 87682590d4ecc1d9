"""What is told of limits belongs to a worker: the database refuses it otherwise, whoever asks and however many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from psycopg.errors import ForeignKeyViolation
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter.core import clock
from jobcenter.core.bulk import Shared, insert_many
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.earnings.service import SNAPSHOT
from jobcenter.workers.models import Worker
from tests import factories
from tests.factories import NOW

NOBODY = 2_000_000_000
DAY = date(2026, 11, 22)


@pytest.fixture
def worker_id(session):
    with clock.frozen(NOW):
        yield factories.worker(factories.jobcenter()).id


def tell(session: Session, *worker_ids: int) -> None:
    """Tell each of them something of their own."""
    told = ("2026", DAY, DAY, "under", "under", "v", "d", None, None, NOW)
    rows = [Shared((worker_id,), (f"rule {number}", *told)) for number, worker_id in enumerate(worker_ids)]
    insert_many(LimitSnapshot, SNAPSHOT, rows)
    session.flush()


def refused(session: Session, work: Callable[[], object]) -> None:
    with pytest.raises((IntegrityError, ForeignKeyViolation)):
        work()
    session.rollback()


def told(session: Session, worker_id: int) -> int:
    return session.scalar(select(func.count()).where(LimitSnapshot.worker_id == worker_id))


def test_several_may_be_told_at_once(session, worker_id):
    tell(session, worker_id, worker_id)
    assert told(session, worker_id) == 2


def test_nobody_is_told(session, worker_id):
    session.commit()
    refused(session, lambda: tell(session, NOBODY))
    refused(session, lambda: tell(session, worker_id, NOBODY, worker_id))
    assert told(session, worker_id) == 0


@pytest.mark.parametrize("superseded_at", [None, NOW])
def test_who_was_told_stays(session, worker_id, superseded_at):
    tell(session, worker_id)
    mine = update(LimitSnapshot).where(LimitSnapshot.worker_id == worker_id)
    session.execute(mine.values(superseded_at=superseded_at))
    session.commit()
    refused(session, lambda: session.execute(delete(Worker).where(Worker.id == worker_id)))
    assert told(session, worker_id) == 1


def test_what_was_told_is_not_moved_to_nobody(session, worker_id):
    tell(session, worker_id)
    session.commit()
    mine = update(LimitSnapshot).where(LimitSnapshot.worker_id == worker_id)
    refused(session, lambda: session.execute(mine.values(worker_id=NOBODY)))
    assert told(session, worker_id) == 1
