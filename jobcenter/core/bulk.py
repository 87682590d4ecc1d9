"""Storing many rows at once, rows unless they are there, and asking for many ids."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, ColumnElement, Text, any_, cast, func, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from jobcenter.core.db import Base, db

_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
# What PostgreSQL's COPY reads otherwise in its text form, and nothing at all.
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
NULL = r"\N"

Values = tuple[Any, ...]


class Shared(NamedTuple):
    """A row's first values, which are its own, and its last ones, which many rows have: they are written once."""

    own: Values
    shared: Values


def insert_many(model: type[Base], columns: Sequence[str], rows: Collection[Shared]) -> None:
    """Store many rows at once, by COPY where the database has it. Values are plain; none is of a JSON column.

    For rows that cannot clash: a broken constraint is not turned into a refusal.
    """
    if not rows:
        return
    connection, table = db.session.connection(), model.__table__
    if connection.dialect.name == "postgresql":
        cursor = connection.connection.driver_connection.cursor()
        with cursor, cursor.copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN") as copy:
            copy.write("".join(_lines(rows)))
        return
    connection.execute(insert(table), [dict(zip(columns, row.own + row.shared, strict=True)) for row in rows])


def _lines(rows: Collection[Shared]) -> Iterator[str]:
    """The rows as COPY reads them. Shared values are mostly one object, so each object is written once."""
    written: dict[int, str] = {}
    for own, shared in rows:
        if id(shared) not in written:
            written[id(shared)] = _copied(shared)
        yield f"{_copied(own)}\t{written[id(shared)]}\n"


def _copied(values: Values) -> str:
    """Values as COPY reads them in its text form."""
    return "\t".join([str(value) if type(value) is int else _as_text(value) for value in values])


def _as_text(value: Any) -> str:
    return NULL if value is None else str(value).translate(ESCAPES)


def insert_unless_there(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Store rows, each unless one with its key is there already, or comes to be there meanwhile."""
    if rows:
        statement = _INSERTS[db.session.get_bind().dialect.name](model.__table__)
        db.session.connection().execute(statement.on_conflict_do_nothing(), rows)


def insert_json_unless_there(model: type[Base], key: str, content: str, texts: Mapping[str, str]) -> None:
    """The same of rows of a key and a JSON column, given as JSON texts by their keys.

    The database takes all of them as one parameter, since to write thousands takes longer than to store them.
    """
    if db.session.get_bind().dialect.name != "postgresql":
        insert_unless_there(model, [{key: name, content: json.loads(text)} for name, text in texts.items()])
    elif texts:
        whole = ",".join([f"{json.dumps(name)}:{text}" for name, text in texts.items()])
        each = func.json_each(cast(literal(f"{{{whole}}}", Text), postgresql.JSON)).table_valued("key", "value")
        statement = postgresql.insert(model.__table__).from_select(
            [key, content], select(each.c.key, cast(each.c.value, postgresql.JSONB))
        )
        db.session.connection().execute(statement.on_conflict_do_nothing())


def among(column: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """Whether a column is one of many values: a single parameter where the database has lists, since a statement of
    hundreds of them takes longer to write than to run.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        return column == any_(literal(list(values), ARRAY(column.type)))
    return column.in_(values)
