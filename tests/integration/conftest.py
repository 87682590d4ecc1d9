"""The application on a migrated database, for tests of services, queries, jobs and pages.

Whatever uses `app`, `session` or `client` runs twice: on SQLite and on PostgreSQL. Each test finds the database empty,
as the migrations leave it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter.auth.models import User
from jobcenter.core.db import db
from tests import applications
from tests.client import PageClient
from tests.databases import Database, close_connections, settings_for
from tests.statements import Statements, recorded


@pytest.fixture(scope="session")
def kept_apps() -> Iterator[dict[str, Flask]]:
    """The session's application on each database, by its address: making one and its templates is slow."""
    kept: dict[str, Flask] = {}
    yield kept
    for app in kept.values():
        close_connections(app)


@pytest.fixture(scope="module")
def module_app(database: Database, kept_apps: dict[str, Flask], tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on this database."""
    if database.url not in kept_apps:
        settings = settings_for(database.url, tmp_path_factory.mktemp("instance"))
        kept_apps[database.url] = applications.made(settings)
    return kept_apps[database.url]


@pytest.fixture
def app(module_app: Flask, database: Database) -> Iterator[Flask]:
    """The application with an empty, migrated database."""
    yield module_app
    database.reset(close=partial(close_connections, module_app))


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The database session of the test's own app context; `commit()` what a request or a service is to see."""
    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser that nobody has signed in with; it checks every page that it is given."""
    return app.test_client()


@pytest.fixture
def as_user(client: PageClient) -> Callable[[User], PageClient]:
    """`as_user(coordinator).get("/orders")`: the client, signed in as a stored user."""
    return client.sign_in_as


@pytest.fixture
def query_count() -> Callable[[], AbstractContextManager[Statements]]:
    """`with query_count() as statements: ...`, then `len(statements.queries)`."""
    return recorded
