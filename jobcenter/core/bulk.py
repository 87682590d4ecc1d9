"""Storing many rows at once, rows unless they are there, and asking for many ids."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, JSON, ColumnElement, any_, insert, literal
from sqlalchemy.dialects import postgresql, sqlite

from jobcenter.core.db import Base, db

_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_many(model: type[Base], columns: Sequence[str], rows: Collection[Sequence[Any]]) -> None:
    """Store many rows at once, by COPY where the database has it. Values are plain; those of JSON columns JSON text.

    For rows that cannot clash: a broken constraint is not turned into a refusal.
    """
    if not rows:
        return
    connection, table = db.session.connection(), model.__table__
    if connection.dialect.name == "postgresql":
        cursor = connection.connection.driver_connection.cursor()
        with cursor, cursor.copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    written = {place for place, name in enumerate(columns) if isinstance(table.c[name].type, JSON)}
    read = ([json.loads(v) if place in written else v for place, v in enumerate(row)] for row in rows)
    connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in read])


def insert_unless_there(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Store rows, each unless one with its key is there already, or comes to be there meanwhile."""
    if rows:
        statement = _INSERTS[db.session.get_bind().dialect.name](model.__table__)
        db.session.connection().execute(statement.on_conflict_do_nothing(), rows)


def among(column: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """Whether a column is one of many values: a single parameter where the database has lists, since a statement of
    hundreds of them takes longer to write than to run.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        return column == any_(literal(list(values), ARRAY(column.type)))
    return column.in_(values)
