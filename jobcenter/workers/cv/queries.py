"""What a worker decided about the lines of their CV."""

from __future__ import annotations

from sqlalchemy import select

from jobcenter.core.db import db
from jobcenter.workers.domain import CvLineKind
from jobcenter.workers.models import CvLine, Worker


def lines_of(worker: Worker) -> list[CvLine]:
    """The worker's own lines and every line that was shown or hidden by hand, in the order they came."""
    return list(db.session.scalars(select(CvLine).where(CvLine.worker_id == worker.id).order_by(CvLine.id)))


def line_of(worker: Worker, kind: CvLineKind, key: str) -> CvLine | None:
    """One of them."""
    query = select(CvLine).where(CvLine.worker_id == worker.id, CvLine.kind == kind, CvLine.key == key)
    return db.session.scalar(query)
