"""A worker's consents, in force and withdrawn."""

from __future__ import annotations

from sqlalchemy import select

from jobcenter.core.db import db
from jobcenter.workers.models import Consent, Worker


def consents_with_history(worker: Worker) -> list[Consent]:
    """Every consent that a worker ever gave, the newest first."""
    query = select(Consent).where(Consent.worker_id == worker.id)
    return list(db.session.scalars(query.order_by(Consent.given_at.desc(), Consent.id.desc())))
