"""The SQL statements of a stretch of code: to count queries, and to see what a page wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

# Asking for a lock reads nothing.
QUERY = re.compile(r"\s*(select|with)\b(?!\s+pg_advisory)", re.IGNORECASE)
WRITE = re.compile(r"\s*(?:insert\s+into|update|delete\s+from)\s+\"?(\w+)", re.IGNORECASE)


class Statements(list[str]):
    """What was sent to the database, in order."""

    @property
    def queries(self) -> list[str]:
        return [statement for statement in self if QUERY.match(statement)]

    @property
    def written_tables(self) -> set[str]:
        return {match[1] for statement in self if (match := WRITE.match(statement))}


@contextmanager
def recorded() -> Iterator[Statements]:
    """Record the statements of every engine while the block runs."""
    statements = Statements()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
