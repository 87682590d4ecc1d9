"""The deciding code is pure: same facts, same answer, whatever the hour, the environment and the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.architecture.source import Source, assert_clean, dotted, place_of, product, sample

IMPURE = {
    "alembic", "apscheduler", "flask", "flask_babel", "flask_login", "flask_migrate", "flask_sqlalchemy", "flask_wtf",
    "http", "jinja2", "os", "psycopg", "random", "requests", "secrets", "smtplib", "socket", "sqlalchemy", "sqlite3",
    "ssl", "subprocess", "urllib", "werkzeug", "wtforms",
}  # fmt: skip
PURE_CORE = {"clock", "errors", "money", "parsing", "states"}
# Helpers beside the domains, held to the same purity.
PURE_HELPERS = {"jobcenter.billing.bank", "jobcenter.billing.code128"}
ASKS_THE_CLOCK = {"clock.now", "clock.today"}


def is_pure(module: str) -> bool:
    """Whether a module must be pure: every domain, the whole law, and the part of core that they stand on."""
    parts = module.split(".")
    return (
        place_of(module)[1] == "domain"
        or module in PURE_HELPERS
        or parts[1:2] == ["benefits"]
        or (parts[1:2] == ["core"] and len(parts) == 3 and parts[2] in PURE_CORE)
    )


def impure_imports(source: Source) -> Iterator[str]:
    if not is_pure(source.module):
        return
    for statement, name in source.imports():
        if name.partition(".")[0] in IMPURE:
            yield source.at(statement, f"pure code imports {name}")
        if name.startswith("jobcenter.") and not _leads_to_pure_code(name):
            yield source.at(statement, f"pure code imports {name}, which is not pure")


def _leads_to_pure_code(name: str) -> bool:
    """`a.b.domain.Thing` and `jobcenter.core.clock` do; either the last or the last but one names the module."""
    return name == "jobcenter.core" or is_pure(name) or is_pure(name.rpartition(".")[0])


def clock_reading(source: Source) -> Iterator[str]:
    if not is_pure(source.module) or source.module == "jobcenter.core.clock":
        return
    for call in source.calls():
        if dotted(call.func) in ASKS_THE_CLOCK:
            yield source.at(call, f"pure code asks {dotted(call.func)}; let the caller pass it in")


CHECKS = [
    (impure_imports, "from sqlalchemy import select"),
    (impure_imports, "from jobcenter.core.db import db"),
    (impure_imports, "from jobcenter.orders.gigs.models import Gig"),
    (impure_imports, "import os"),
    (clock_reading, "from jobcenter.core import clock\nNOW = clock.now()"),
]


@pytest.mark.parametrize("check", [impure_imports, clock_reading])
def test_domain_and_law_are_pure(check):
    assert_clean(check, product())


@pytest.mark.parametrize(("check", "bad"), CHECKS)
@pytest.mark.parametrize("module", ["jobcenter.orders.gigs.domain", "jobcenter.benefits.guard"])
def test_a_bad_sample_is_caught(check, bad, module):
    assert list(check(sample(bad, module)))
