"""The test client: a reader who looks at every page it is given, and a browser that keeps its forms' tokens."""

from __future__ import annotations

import re
from contextvars import copy_context
from functools import lru_cache
from typing import Any

from bs4 import BeautifulSoup
from flask import has_app_context
from flask.globals import _cv_app
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from jobcenter.auth.models import User
from jobcenter.core.db import db
from tests import pages
from tests.statements import Statements, recorded

MOST_QUERIES = 12
READING = {"GET", "HEAD", "OPTIONS"}
# Reads of benefit facts leave an audit row, whatever the method.
WRITTEN_BY_READING = {"audit_event"}
CSRF_SEED = "0" * 40
# What differs between two answers that are the same page.
ALWAYS_NEW = re.compile(r'(?<=name="csrf_token" value=")[^"]+(?=[^"]")|(?<=name="next" value=")[^"]+')


class PageClient(FlaskClient):
    """Fails the test when a page is not as `tests.pages` wants it, when a GET writes, or when it asks too much.

    Each request has an app context of its own, as in production. While a test holds a `session`, what it made is
    committed before the request, and read anew after it.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            db.session.commit()
        response = copy_context().run(self._open_apart, *args, **kwargs)
        if has_app_context():
            db.session.rollback()
        return response

    def _open_apart(self, *args: Any, **kwargs: Any) -> TestResponse:
        _cv_app.set(None)  # type: ignore[arg-type]
        with recorded() as statements:
            response = super().open(*args, **kwargs)
        _check(response, statements)
        return response

    def post(self, *args: Any, **kwargs: Any) -> TestResponse:
        """A POST that carries the CSRF token, as a form of ours would; `token=False` leaves it out."""
        if kwargs.pop("token", True) and "json" not in kwargs:
            kwargs["data"] = {"csrf_token": self.csrf_token(), **(kwargs.get("data") or {})}
        return super().post(*args, **kwargs)

    def sign_in_as(self, user: User) -> PageClient:
        """Begin a signed-in browser session for a stored user, without going through the sign-in page."""
        user_id, epoch, language = user.id, user.session_epoch, user.language
        with self.session_transaction() as browser_session:
            browser_session.clear()
            browser_session["_user_id"] = f"{user_id}.{epoch}"
            browser_session["language"] = language
        return self

    def page(self, *args: Any, status: int = 200, **kwargs: Any) -> BeautifulSoup:
        """Fetch a page, following redirects, and give it parsed."""
        response = self.get(*args, follow_redirects=True, **kwargs)
        assert response.status_code == status, f"{response.request.path} answered {response.status}"
        return pages.parse(response.text)

    def csrf_token(self) -> str:
        """A token that belongs to this client's browser session."""
        with self.session_transaction() as browser_session:
            seed = browser_session.setdefault("csrf_token", CSRF_SEED)
        return str(URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token").dumps(seed))


def _check(response: TestResponse, statements: Statements) -> None:
    first = response.history[0].request if response.history else response.request
    asked = f"{first.method} {first.path}"
    if first.method in READING:
        written = statements.written_tables - WRITTEN_BY_READING
        assert not written, f"{asked} wrote to {sorted(written)}"
    if not response.history:
        _check_page(asked, response, statements.queries)


def _check_page(asked: str, response: TestResponse, queries: list[str]) -> None:
    if response.mimetype == "text/html" and response.status_code not in range(300, 400):
        wrong = _complaints(ALWAYS_NEW.sub("", response.text))
        assert not wrong, f"{asked} gave a bad page:\n" + "\n".join(wrong)
    if response.request.method in READING:
        assert len(queries) <= MOST_QUERIES, f"{asked} made {len(queries)} queries:\n" + "\n".join(queries)


@lru_cache(maxsize=512)
def _complaints(html: str) -> tuple[str, ...]:
    return tuple(pages.complaints(html))
