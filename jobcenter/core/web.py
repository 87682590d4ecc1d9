"""What every page gets: security headers, friendly error pages, limits on size, the log of reads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy import text
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import IntegerConverter, Map

from jobcenter.core import audit
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError, NotFound, describe
from jobcenter.core.uow import unit_of_work

REMEMBERED_FOR = timedelta(days=30)
STATIC_KEPT_FOR = timedelta(hours=1)
LARGEST_ID = 2**31 - 1
LARGEST_REQUEST = 16 * 1024 * 1024
MOST_DISCARDED = 128 * 1024 * 1024
DISCARDED_AT_ONCE = 1024 * 1024

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"

TITLES = {
    400: _l("The request was not understood"),
    403: _l("This page is not open to you"),
    404: _l("Page not found"),
    405: _l("This page works another way"),
    409: _l("That is not possible now"),
    413: _l("Too much was sent at once"),
    429: _l("Too many tries"),
    500: _l("Something went wrong"),
}
ADVICE = {
    400: _l("Go back to the page before and try again. What you wrote is still there."),
    403: _l("Sign in with another role, or ask your coordinator."),
    404: _l("The address may be old or mistyped, or the page may not be yours to see."),
    405: _l("Go back to the page before and use its buttons."),
    409: _l("Go back to the page before, load it again and look at the newest state."),
    413: _l("Go back to the page before: what you wrote is still there. Shorten the text or choose a smaller file."),
    429: _l("Wait a moment and try again."),
    500: _l("The fault is ours and is written down. Try again in a moment, and tell your coordinator if it goes on."),
}
STALE_FORM = _l("The page was open for so long that it must be loaded again. Go back, load the page and send again.")


class IdConverter(IntegerConverter):
    """`<int:...>` in an address: an id as the database can hold it; a larger number names nothing."""

    def __init__(self, url_map: Map, *, max: int = LARGEST_ID) -> None:
        super().__init__(url_map, max=max)


def id_in(text: str) -> int:
    """An id in the query of an address, as a `type` of `request.args`. Raises ValueError for what can be none."""
    number = int(text)
    if not 0 < number <= LARGEST_ID:
        raise ValueError(f"{text!r} is no id")
    return number


def init_app(app: Flask) -> None:
    """Hang the headers, the error pages and the log of reads on the app."""
    app.url_map.converters["int"] = IdConverter
    app.after_request(_write_reads)
    app.after_request(_add_headers)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def absolute_url(endpoint: str, **values: Any) -> str:
    """The full address of a page, for mails and documents; needs no request."""
    base = urlsplit(current_app.config["JOBCENTER"].base_url)
    adapter = current_app.url_map.bind(base.netloc, script_name=base.path or "/", url_scheme=base.scheme)
    return adapter.build(endpoint, values, force_external=True)


def is_alive() -> bool:
    """Whether the database answers."""
    return db.session.scalar(text("SELECT 1")) == 1


def error_page(status: int, advice: Any = None) -> tuple[str, int]:
    """The page for an HTTP status, in the reader's language."""
    known = status if status in TITLES else (500 if status >= 500 else 400)
    lead = str(ADVICE[known] if advice is None else advice)
    return render_template("errors/error.html", title=str(TITLES[known]), lead=lead, status=status), status


def _http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, RequestEntityTooLarge):
        _read_to_the_end()
    page, status = error_page(error.code)
    return page, status, [(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}]


def _read_to_the_end() -> None:
    """Take in the rest of what is sent, up to a bound: a browser shows the answer only when its sending is over."""
    source = request.environ["wsgi.input"]
    for _chunk in range(MOST_DISCARDED // DISCARDED_AT_ONCE):
        if not source.read(DISCARDED_AT_ONCE):
            return


def _stale_form(_error: CSRFError) -> tuple[str, int]:
    return error_page(400, STALE_FORM)


def _not_found(_error: NotFound) -> tuple[str, int]:
    return error_page(404)


def _refused(error: DomainError) -> tuple[str, int]:
    return error_page(409, describe(error))


def _fault(error: Exception) -> tuple[str, int]:
    """Log a fault and say so; in tests let it through, so that it is seen."""
    if current_app.testing or current_app.debug:
        raise error
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return error_page(500)


def _write_reads(response: Response) -> Response:
    """A page with facts that need a trail goes out only when its reading is on the log."""
    if audit.has_reads():
        with unit_of_work():
            pass
    return response


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
