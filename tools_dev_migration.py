"""Make the first migration afresh from the models (only until the first release)."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import flask_migrate
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateIndexOp, MigrationScript
from flask import Flask
from sqlalchemy import Column

import jobcenter
from jobcenter.core.db import db

FIRST = Path(jobcenter.__file__).parent / "migrations" / "versions" / "0001_main_road.py"


def complete(_context: MigrationContext, _revision: object, directives: list[MigrationScript]) -> None:
    """Add the indexes over expressions, which autogenerate passes over on SQLite."""
    for table in db.metadata.sorted_tables:
        for index in table.indexes:
            if not all(isinstance(part, Column) for part in index.expressions):
                directives[0].upgrade_ops.ops.append(CreateIndexOp.from_index(index))


def main() -> None:
    warnings.filterwarnings("ignore", message="autogenerate skipping metadata-specified expression-based index")
    jobcenter.load_models()
    FIRST.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        app = Flask("jobcenter")
        app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder}/empty.sqlite3"
        db.init_app(app)
        flask_migrate.Migrate(app, db, directory=str(jobcenter.MIGRATIONS), render_as_batch=False, process_revision_directives=complete)
        with app.app_context():
            flask_migrate.revision(message="main road", autogenerate=True, rev_id="0001")
            db.engine.dispose()
    print(f"{FIRST.name}: {len(db.metadata.tables)} tables")


if __name__ == "__main__":
    main()
