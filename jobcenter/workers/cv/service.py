"""Changing what a CV says: by the person, or a support person with them."""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.core.sending import key_of
from jobcenter.core.uow import flush, register_clash
from jobcenter.workers import queries
from jobcenter.workers.cv import queries as cv
from jobcenter.workers.domain import CvLineKind
from jobcenter.workers.models import CvLine
from jobcenter.workers.service import record, store

MOST_OWN_LINES = 30

register_clash("uq_cv_line_worker_id_kind_key", lambda: AlreadyDone("cv_line_already"))


def introduce(actor: Actor, worker_id: int, introduction: str) -> None:
    """Write the text on top of the CV."""
    worker = queries.own_or_supported_worker_for(actor, worker_id, lock=True)
    store(actor, worker, "write_cv_introduction", {"cv_introduction": introduction})


def set_shown(actor: Actor, worker_id: int, kind: CvLineKind, key: str, shown: bool) -> None:
    """Show or hide a line; the caller has made sure that the CV has it."""
    worker = queries.own_or_supported_worker_for(actor, worker_id, lock=True)
    line = cv.line_of(worker, kind, key)
    if line is None:
        line = CvLine(worker_id=worker.id, kind=kind, key=key)
        db.session.add(line)
    line.shown = shown
    flush()
    record(actor, "show_cv_line" if shown else "hide_cv_line", worker, after={"kind": kind, "key": key})


def add_own_line(actor: Actor, worker_id: int, text: str, form_key: str) -> None:
    """Add a line of the person's own words; the same words are added once."""
    worker = queries.own_or_supported_worker_for(actor, worker_id, lock=True)
    own = [line for line in cv.lines_of(worker) if line.kind is CvLineKind.OWN]
    if any(line.text == text for line in own):
        raise AlreadyDone("cv_line_already")
    if len(own) >= MOST_OWN_LINES:
        raise DomainError("cv_full", "text", most=MOST_OWN_LINES)
    db.session.add(CvLine(worker_id=worker.id, kind=CvLineKind.OWN, key=key_of(form_key, text), text=text))
    flush()
    record(actor, "add_cv_line", worker, after={"text": text})


def remove_own_line(actor: Actor, worker_id: int, key: str) -> None:
    """Remove a line of the person's own words. Raises NotFound."""
    worker = queries.own_or_supported_worker_for(actor, worker_id, lock=True)
    line = cv.line_of(worker, CvLineKind.OWN, key)
    if line is None:
        raise NotFound
    record(actor, "remove_cv_line", worker, {"text": line.text})
    db.session.delete(line)
