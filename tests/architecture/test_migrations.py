"""The migrations give exactly the tables that the models say, on both databases, and can be undone and done again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import JSON, Column, Integer, MetaData, Table, TypeDecorator, inspect

from jobcenter.core.db import db, stands
from tests.architecture.source import MIGRATION_VERSIONS

NAME = re.compile(r"^\d{4}_[a-z0-9_]+\.py$")
BOOKKEEPING = {"alembic_version"}
# SQLite cannot tell the expressions of an index; PostgreSQL, which can, compares them.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection:sqlalchemy.exc.SAWarning"),
    pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression:UserWarning"),
]


def differences(metadata: MetaData) -> list[object]:
    """What Alembic would still have to change to reach these tables."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": types_differ, "include_object": stands})
        return compare_metadata(context, metadata)


def types_differ(_context: Any, _found: Any, _wanted: Any, found_type: Any, wanted_type: Any) -> bool | None:
    """Alembic's own comparison (None), but for JSON: it cannot see that our variant is JSONB on PostgreSQL."""
    return False if _is_json(found_type) and _is_json(wanted_type) else None


def _is_json(column_type: Any) -> bool:
    beneath = column_type.impl_instance if isinstance(column_type, TypeDecorator) else column_type
    return isinstance(beneath, JSON)


@pytest.fixture(autouse=True)
def _context(app: Flask):
    with app.app_context():
        yield


def test_the_migrations_give_what_the_models_say():
    assert differences(db.metadata) == []


def test_a_model_without_a_migration_is_caught():
    metadata = MetaData()
    for table in db.metadata.tables.values():
        table.to_metadata(metadata)
    Table("forgotten", metadata, Column("id", Integer, primary_key=True))
    assert len(differences(metadata)) == 1


def test_up_down_up(database):
    database.spoil()
    downgrade(revision="base")
    db.engine.dispose()
    assert set(inspect(db.engine).get_table_names()) <= BOOKKEEPING
    upgrade()
    assert differences(db.metadata) == []


def test_there_is_one_head():
    assert len(ScriptDirectory(str(MIGRATION_VERSIONS.parent)).get_heads()) == 1


def test_names_are_numbers_and_slugs():
    names = sorted(path.name for path in MIGRATION_VERSIONS.glob("*.py"))
    assert [name for name in names if not NAME.match(name)] == []
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
