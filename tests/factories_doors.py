"""Things of the doors for tests: people who sign in, and an app with other settings than the usual."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask

import jobcenter
from jobcenter.auth import passwords
from jobcenter.auth.domain import JobcenterKind, NewJobcenter, Role
from jobcenter.auth.models import User
from jobcenter.core.db import db
from tests import factories
from tests.client import PageClient

PASSWORD = "kolme vihreää kissaa"
HELSINKI = NewJobcenter("hki", "Helsingin Jobcenter", JobcenterKind.DISABILITY, "hki@example.fi")


def person(role: Role | None = None, *, password: str | None = PASSWORD, **facts: Any) -> User:
    """A committed user, with a role at a Jobcenter of its own if one is given."""
    user = factories.user(**facts)
    user.password_hash = passwords.hashed(password) if password else None
    if role is not None:
        factories.grant(user, role, factories.jobcenter())
    db.session.commit()
    return user


@contextmanager
def like(app: Flask, **settings: Any) -> Iterator[Flask]:
    """Another app on the same database with other settings."""
    made = jobcenter.create_app(replace(app.config["JOBCENTER"], **settings))
    made.test_client_class = PageClient
    try:
        yield made
    finally:
        with made.app_context():
            db.engine.dispose()


def sign_in_path(text: str) -> str:
    """The path of the sign-in link in a mail or page."""
    return re.search(r"/enter/[\w-]+", text).group()
