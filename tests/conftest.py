"""What every kind of test may use: the session's PostgreSQL server and the migrated databases to copy from."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from tests import databases
from tests.postgres import PostgresUnavailable, Server, running_server

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
LONGEST_FIRST = ("tests/browser/", "tests/integration/crashes/", "tests/architecture/", "tests/integration/")
ON_BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))

# How long one example takes says more of the machine's load than of the code.
settings.register_profile("any_load", deadline=None)
settings.load_profile("any_load")


def pytest_collectstart() -> None:
    """Nearly everything that is loaded now stays: look for no garbage among it until all is there."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, and the quickest fill the end, so that no processor waits there for the other."""
    items.sort(key=lambda item: _turn(item.nodeid))


def _turn(nodeid: str) -> int:
    return next((turn for turn, folder in enumerate(LONGEST_FIRST) if nodeid.startswith(folder)), len(LONGEST_FIRST))


def pytest_collection_finish() -> None:
    """Nothing of what is loaded by now is ever garbage: let nobody look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One PostgreSQL server for the session, started at first use; skipped with its reason where none can be had."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server())
        except PostgresUnavailable as reason:
            pytest.skip(str(reason))
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    return databases.sqlite_template(tmp_path_factory.mktemp("sqlite-template"))


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated PostgreSQL database to clone."""
    return databases.postgres_template(postgres_server, tmp_path_factory.mktemp("postgres-template"), WORKER)


@pytest.fixture(scope="session")
def kept_databases() -> Iterator[dict[str, databases.Database]]:
    """The session's migrated database of each kind, by its kind, once a test has asked for it."""
    kept: dict[str, databases.Database] = {}
    yield kept
    for database in kept.values():
        database.leave()


@pytest.fixture(scope="module", params=ON_BOTH)
def database(
    request: pytest.FixtureRequest,
    kept_databases: dict[str, databases.Database],
    tmp_path_factory: pytest.TempPathFactory,
) -> databases.Database:
    """A migrated database, empty before each test: whatever uses it runs on SQLite and on PostgreSQL."""
    if request.param not in kept_databases:
        if request.param == "sqlite":
            made = databases.new_sqlite(request.getfixturevalue("sqlite_template"), tmp_path_factory.mktemp("sqlite"))
        else:
            server, template = (request.getfixturevalue(name) for name in ("postgres_server", "postgres_template"))
            made = databases.new_postgres(server, template)
        kept_databases[request.param] = made
    return kept_databases[request.param]
