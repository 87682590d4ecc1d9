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


# Those of the blocks that run now. One listener stays for all of them: to add and remove one for each takes long.
_running: list[Statements] = []


@event.listens_for(Engine, "before_cursor_execute")
def _note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    for statements in _running:
        statements.append(statement)


@contextmanager
def recorded() -> Iterator[Statements]:
    """Record the statements of every engine while the block runs."""
    statements = Statements()
    _running.append(statements)
    try:
        yield statements
    finally:
        _running[:] = [other for other in _running if other is not statements]
