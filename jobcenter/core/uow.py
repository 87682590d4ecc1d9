"""The unit of work: the only place that commits. Web, jobs, CLI and webhooks all change data inside one.

    with unit_of_work():
        service.set_price(actor, order_id, command)

Leaving it writes the buffered audit events and commits; an exception rolls everything back. A unit of work inside
another joins the outer one. On SQLite it begins with `BEGIN IMMEDIATE`, so that writers queue instead of failing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Index, Table, UniqueConstraint, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from jobcenter.core import audit
from jobcenter.core.db import IMMEDIATE, db
from jobcenter.core.errors import DomainError

ErrorFactory = Callable[[], DomainError]

_OPEN = "unit_of_work"
_STRAY = "flushed_outside"
_clashes: dict[str, ErrorFactory] = {}
# Two works waited for each other's rows and PostgreSQL ended one of them; nothing of it was done.
_DEADLOCK = "40P01"

_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (?:index '(?P<index>[^']+)'|(?P<columns>.+))")
_SQLITE_CHECK = re.compile(r"CHECK constraint failed: (?P<name>\w+)")


class ChangedMeanwhile(DomainError):
    """Somebody else changed the same thing between our reading and our writing."""

    def __init__(self) -> None:
        super().__init__("changed_meanwhile")


def register_clash(constraint_name: str, error_factory: ErrorFactory) -> None:
    """Name the refusal that a clash with a constraint or unique index stands for, when a service module loads."""
    _clashes[constraint_name] = error_factory


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One transaction. Raises the DomainError registered for a constraint clash, ChangedMeanwhile on a lost race."""
    session = db.session()
    if session.info.get(_OPEN):
        yield
        return
    _begin(session)
    try:
        with _clashes_named():
            yield
            session.flush()
            audit.write_buffer(session)
            session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        audit.close_buffer(session)
        session.info.pop(_OPEN, None)
        session.info.pop(_STRAY, None)


def in_unit_of_work() -> bool:
    """Whether a unit of work is open here."""
    return bool(db.session().info.get(_OPEN))


def flush() -> None:
    """Send pending changes to the database now, so that a clash becomes the DomainError registered for it."""
    with _clashes_named():
        db.session.flush()


@contextmanager
def _clashes_named() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        refusal = _refusal_for(error)
        if refusal is None:
            raise
        raise refusal from error
    except StaleDataError as error:
        raise ChangedMeanwhile from error
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != _DEADLOCK:
            raise
        raise ChangedMeanwhile from error


def _begin(session: Session) -> None:
    """End the reading so far, so that the work sees the newest rows, and begin to write."""
    if session.new or session.dirty or session.deleted or session.info.get(_STRAY):
        raise RuntimeError("things were changed before the unit of work began; change them inside it")
    session.rollback()
    session.connection(execution_options={IMMEDIATE: True})
    session.info[_OPEN] = True
    audit.open_buffer(session)


@event.listens_for(db.session, "after_flush")
def _notice_stray_flush(session: Session, _context: Any) -> None:
    if not session.info.get(_OPEN):
        session.info[_STRAY] = True


@event.listens_for(db.session, "after_commit")
@event.listens_for(db.session, "after_rollback")
def _forget_stray_flush(session: Session) -> None:
    session.info.pop(_STRAY, None)


def _refusal_for(error: IntegrityError) -> DomainError | None:
    for name in _constraint_names(error):
        if name in _clashes:
            return _clashes[name]()
    return None


def _constraint_names(error: IntegrityError) -> list[str]:
    """The names that the broken constraint may have: PostgreSQL says it, SQLite says the columns."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return [diagnosis.constraint_name] if diagnosis.constraint_name else []
    if match := _SQLITE_CHECK.search(str(error.orig)):
        return [match["name"]]
    match = _SQLITE_UNIQUE.search(str(error.orig))
    if match is None:
        return []
    return [match["index"]] if match["index"] else _unique_names(match["columns"])


def _unique_names(columns: str) -> list[str]:
    """The unique constraints and indexes over columns given as `table.a, table.b`."""
    pairs = [column.strip().rsplit(".", 1) for column in columns.split(",")]
    table = db.metadata.tables.get(pairs[0][0])
    wanted = {name for _table, name in pairs}
    return [] if table is None else [str(rule.name) for rule in _unique_rules(table) if _column_names(rule) == wanted]


def _unique_rules(table: Table) -> list[UniqueConstraint | Index]:
    constraints = [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    return [*constraints, *(index for index in table.indexes if index.unique)]


def _column_names(rule: UniqueConstraint | Index) -> set[str]:
    return {column.name for column in rule.columns}
