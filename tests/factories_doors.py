"""Things of the doors for tests: people who sign in, and an app with other settings than the usual."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from flask import Flask

from jobcenter.auth import passwords
from jobcenter.auth.domain import JobcenterKind, NewJobcenter, Role
from jobcenter.auth.models import User
from jobcenter.core.db import db
from tests import applications, factories
from tests.databases import close_connections

PASSWORD = "kolme vihreää kissaa"
HELSINKI = NewJobcenter("hki", "Helsingin Jobcenter", JobcenterKind.DISABILITY, "hki@example.fi")


def person(role: Role | None = None, *, password: str | None = PASSWORD, **facts: Any) -> User:
    """A committed user, with a role at a Jobcenter of its own if one is given."""
    user = factories.user(**facts)
    user.password_hash = _hash_of(password) if password else None
    if role is not None:
        factories.grant(user, role, factories.jobcenter())
    db.session.commit()
    return user


@cache
def _hash_of(password: str) -> str:
    """Made once a session: a good hash takes a tenth of a second."""
    return passwords.hashed(password)


@contextmanager
def like(app: Flask, **settings: Any) -> Iterator[Flask]:
    """Another app on the same database with other settings: for what an app reads once, when it is made."""
    other = applications.made(replace(app.config["JOBCENTER"], **settings))
    try:
        yield other
    finally:
        close_connections(other)


@contextmanager
def changed(app: Flask, **settings: Any) -> Iterator[None]:
    """The app itself with other settings for a while: in a moment, for what is read anew at each use."""
    before = app.config["JOBCENTER"]
    app.config["JOBCENTER"] = replace(before, **settings)
    try:
        yield
    finally:
        app.config["JOBCENTER"] = before


def sign_in_path(text: str) -> str:
    """The path of the sign-in link in a mail or page."""
    return re.search(r"/enter/[\w-]+", text).group()
