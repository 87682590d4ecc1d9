"""Alembic's way into the app's database (through Flask-Migrate), the same on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import JSON, Connection, TypeDecorator

from jobcenter.core.db import db, stands


def render_item(kind: str, item: Any, autogenerate: Any) -> str | bool:
    """Write our own column types as the plain types beneath them, so that a migration does not change with the code."""
    if kind != "type":
        return False
    if isinstance(item, JSON):
        autogenerate.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    if isinstance(item, TypeDecorator):
        return render_item(kind, item.impl, autogenerate) or f"sa.{item.impl!r}"
    return False


def migrate(connection: Connection) -> None:
    """Run the migrations in one transaction. SQLite's foreign keys rest meanwhile, since tables are copied over."""
    is_sqlite = connection.dialect.name == "sqlite"
    cursor = connection.connection.cursor()
    if is_sqlite:
        cursor.execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=render_item,
        include_object=stands,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()
    if is_sqlite:
        cursor.execute("PRAGMA foreign_keys=ON")


with db.engine.connect() as connection:
    migrate(connection)
