"""Choosing what a CV shows: only lines that the CV has."""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.core.errors import NotFound
from jobcenter.reports import queries
from jobcenter.workers.cv import service as cv
from jobcenter.workers.domain import CvLineKind
from jobcenter.workers.queries import own_or_supported_worker_for


def set_shown(actor: Actor, worker_id: int, kind: CvLineKind, key: str, shown: bool) -> None:
    """Show or hide one line of the CV. Raises NotFound for a line that it does not have."""
    worker = own_or_supported_worker_for(actor, worker_id)
    if not any((item.kind, item.key) == (kind, key) for item in queries.cv_of(worker)):
        raise NotFound
    cv.set_shown(actor, worker_id, kind, key, shown)
