"""What the stand-in remembers, in an SQLite file of its own, so that several server processes share it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Thing = dict[str, Any]

SCHEMA = """
create table if not exists thing (id text primary key, kind text, created integer, body text not null);
create table if not exists answer (key text primary key, asked text, status integer, body text not null);
create table if not exists message (id text primary key, created integer, body text not null);
"""


class Store:
    """Things by id, answers by idempotency key, and the messages sent."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._open() as file:
            file.executescript(SCHEMA)

    def keep(self, thing: Thing) -> Thing:
        """Keep a thing as it is now."""
        row = (thing["id"], thing["object"], thing["created"], json.dumps(thing))
        with self._open() as file:
            file.execute("insert or replace into thing values (?, ?, ?, ?)", row)
        return thing

    def get(self, id: str) -> Thing | None:
        """The thing with an id."""
        with self._open() as file:
            row = file.execute("select body from thing where id = ?", (id,)).fetchone()
        return json.loads(row[0]) if row else None

    def all(self, kind: str) -> list[Thing]:
        """Every thing of a kind, the newest first."""
        with self._open() as file:
            query = "select body from thing where kind = ? order by created desc, rowid desc"
            rows = file.execute(query, (kind,)).fetchall()
        return [json.loads(body) for (body,) in rows]

    def answered(self, key: str) -> tuple[str, int, str] | None:
        """What was asked with an idempotency key, and the status and body of the answer."""
        with self._open() as file:
            return file.execute("select asked, status, body from answer where key = ?", (key,)).fetchone()

    def keep_answer(self, key: str, asked: str, status: int, body: str) -> None:
        """Remember the answer to an idempotency key."""
        with self._open() as file:
            file.execute("insert or ignore into answer values (?, ?, ?, ?)", (key, asked, status, body))

    def keep_message(self, message: Thing) -> None:
        """Remember a message that was sent."""
        with self._open() as file:
            row = (message["id"], message["created"], json.dumps(message))
            file.execute("insert into message values (?, ?, ?)", row)

    def forget(self) -> None:
        """Forget everything."""
        with self._open() as file:
            for table in ("thing", "answer", "message"):
                file.execute(f"delete from {table}")

    def messages(self) -> list[Thing]:
        """Every message, the oldest first."""
        with self._open() as file:
            return [json.loads(body) for (body,) in file.execute("select body from message order by rowid")]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        file = sqlite3.connect(self._path, timeout=10)
        try:
            with file:
                yield file
        finally:
            file.close()
