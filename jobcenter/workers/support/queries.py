"""Links between workers and those who stand beside them."""

from __future__ import annotations

from sqlalchemy import select

from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.workers.domain import SupportKind
from jobcenter.workers.models import SupportLink, Worker


def link_of(worker: Worker, link_id: int) -> SupportLink:
    """One of the worker's links. Raises NotFound."""
    return or_not_found(
        db.session.scalar(select(SupportLink).where(SupportLink.id == link_id, SupportLink.worker_id == worker.id))
    )


def link_between(worker: Worker, user_id: int, kind: SupportKind) -> SupportLink | None:
    """The link of a user to the worker, begun and ended or not."""
    query = select(SupportLink).where(
        SupportLink.worker_id == worker.id, SupportLink.user_id == user_id, SupportLink.kind == kind
    )
    return db.session.scalar(query)
