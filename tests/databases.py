"""Databases for tests: migrated once per session by the real migrations, then copied or cloned per test."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.engine import URL

import jobcenter
from jobcenter.config import Settings
from jobcenter.core.db import db
from tests.postgres import Server, dsn

# Neither foreign keys nor the audit log's own guard stand in the way of starting over.
WITHOUT_TRIGGERS = "set session_replication_role = replica"
EMPTY_ALL_TABLES = """
do $$ declare name text; begin
  for name in select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'
  loop execute format('delete from %I', name); end loop;
end $$
"""
SECRET = "a key for tests only"
_numbers = count(1)


Close = Callable[[], object]


def nothing() -> None:
    """No connections to close."""


class Database(Protocol):
    """A database of the tests: its address, and a way back to the freshly migrated state.

    `reset` takes what closes the application's connections, and calls it where they stand in the way.
    """

    url: str

    def reset(self, close: Close = nothing) -> None: ...

    def drop(self) -> None: ...

    def leave(self) -> None: ...

    def spoil(self) -> None: ...


@dataclass(frozen=True)
class SqliteDatabase:
    """A file copied from the migrated template. `drop` needs every connection closed."""

    path: Path
    template: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def reset(self, close: Close = nothing) -> None:
        close()
        self.drop()
        shutil.copyfile(self.template, self.path)

    def drop(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def leave(self) -> None:
        """Nothing of it is held open here."""

    def spoil(self) -> None:
        """Each test has a new file anyway."""


@dataclass
class PostgresDatabase:
    """A database cloned from the migrated template on the session's server.

    It is emptied by a connection that stays open, and the application keeps its own: whoever connects anew reads the
    whole catalogue first.
    """

    server: Server
    name: str
    template: str
    _emptying: psycopg.Connection[Any] | None = field(default=None, init=False)
    _spoilt: bool = field(default=False, init=False)

    @property
    def address(self) -> URL:
        return self.server.url.set(database=self.name)

    @property
    def url(self) -> str:
        return self.address.render_as_string(hide_password=False)

    def make(self) -> None:
        self.drop()
        self.server.create(self.name, self.template)
        self._spoilt = False

    def reset(self, close: Close = nothing) -> None:
        """Empty the tables, which is ten times as fast as a new clone; a new clone where that is not allowed."""
        try:
            emptied = not self._spoilt and self._empty()
        except psycopg.Error:
            emptied = False
        if not emptied:
            close()
            self.make()

    def _empty(self) -> bool:
        if self._emptying is None:
            self._emptying = psycopg.connect(dsn(self.address), autocommit=True)
            self._emptying.execute(WITHOUT_TRIGGERS)
        self._emptying.execute(EMPTY_ALL_TABLES)
        return True

    def drop(self) -> None:
        self.leave()
        self.server.drop(self.name)

    def spoil(self) -> None:
        """Say before a migration is tried on it that the next test needs a new one, whatever comes of that."""
        self._spoilt = True

    def leave(self) -> None:
        """Close the connection of our own."""
        if self._emptying is not None:
            self._emptying.close()
            self._emptying = None


def close_connections(app: Flask) -> None:
    """Those that the application keeps for its next requests."""
    with app.app_context():
        db.engine.dispose()


def settings_for(url: str, instance: Path) -> Settings:
    """Settings of an installation under test: no mail server, no demo."""
    instance.mkdir(parents=True, exist_ok=True)
    return Settings(instance=instance, database_url=url, secret_key=SECRET, testing=True)


def migrate(url: str, instance: Path) -> None:
    """Bring the database at `url` to the newest schema, as an installation does."""
    app = jobcenter.create_app(settings_for(url, instance))
    with app.app_context():
        upgrade()
    close_connections(app)


def sqlite_template(folder: Path) -> Path:
    """A migrated SQLite file, closed and in one piece."""
    path = folder / "template.sqlite3"
    migrate(f"sqlite:///{path}", folder / "instance")
    return path


def postgres_template(server: Server, folder: Path, worker: str) -> str:
    """The name of a migrated PostgreSQL database that nobody is connected to."""
    name = f"jobcenter_template_{worker}"
    server.drop(name)
    migrate(server.create(name).render_as_string(hide_password=False), folder / "instance")
    return name


def new_sqlite(template: Path, folder: Path) -> SqliteDatabase:
    """A fresh copy of the template in `folder`."""
    database = SqliteDatabase(folder / f"database{next(_numbers)}.sqlite3", template)
    database.reset()
    return database


def new_postgres(server: Server, template: str) -> PostgresDatabase:
    """A fresh clone of the template, named after it."""
    database = PostgresDatabase(server, f"{template}_copy{next(_numbers)}", template)
    database.make()
    return database
