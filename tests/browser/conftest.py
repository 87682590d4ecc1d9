"""The application in a real browser: a server on a free port, and pages that must stay free of errors.

A page fails its test when its console says anything, when a request fails, or when the server answers 5xx.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import BaseWSGIServer, make_server

from jobcenter.auth.models import User
from jobcenter.core.db import db
from tests import applications
from tests.databases import SqliteDatabase, close_connections, new_sqlite, settings_for

HERE = Path(__file__).parent
ARTIFACTS = Path(".test-artifacts")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
DESKTOP, PHONE, NARROWEST = 1280, 390, 320
HEIGHT = 900
PICTURE_QUALITY = 80
LONGEST_WAIT_MS = 10_000
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
# Each page has axe at hand, unread until it is asked for: sending it to every page would take longer than its work.
AXE = f"window.loadAxe = () => {{ {AXE_SCRIPT} }};"
VIOLATIONS = "options => { loadAxe(); return axe.run(options).then(({violations}) => ({violations})); }"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Site:
    """A served installation: its address, its application and its database."""

    url: str
    app: Flask
    database: SqliteDatabase


@pytest.fixture(scope="session")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One server, on a free port, over an SQLite database."""
    database = new_sqlite(sqlite_template, tmp_path_factory.mktemp("browser"))
    app = applications.made(settings_for(database.url, tmp_path_factory.mktemp("instance")))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{_port(server)}", app, database)
    server.shutdown()
    thread.join()
    server.server_close()
    close_connections(app)
    database.drop()


@pytest.fixture
def site(served: Site) -> Iterator[Site]:
    """The served installation with an empty, migrated database."""
    yield served
    served.database.reset(close=partial(close_connections, served.app))


@pytest.fixture
def session(site: Site) -> Iterator[Session]:
    """The test's own database session; `commit()` what the browser is to see."""
    with site.app.app_context():
        yield db.session
        db.session.rollback()


def chromium() -> str | None:
    """Where the system's Chromium is, if there is one."""
    return os.environ.get("JOBCENTER_TEST_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; nothing is downloaded."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium here: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, chromium_sandbox=False, args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Watch:
    """Collects what a page must not do."""

    faults: list[str] = field(default_factory=list)
    refused_pages: set[str] = field(default_factory=set)

    def on_console(self, message: ConsoleMessage) -> None:
        # The browser itself logs a page answered with 4xx on purpose (a form with errors), and its advice on passwords.
        where = message.location.get("url", "")
        if message.type != "verbose" and where not in self.refused_pages:
            self.faults.append(f"console {message.type}: {message.text} {where}")

    def on_response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.request.method} {response.url}: {response.status}")
        elif response.status >= 400 and response.request.is_navigation_request():
            self.refused_pages.add(response.url)

    def on_failed(self, request: Request) -> None:
        # The browser itself gives up what a download or the next page makes needless: that is no fault.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.method} {request.url}: {request.failure}")

    def follow(self, page: Page) -> None:
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("response", self.on_response)
        page.on("requestfailed", self.on_failed)


@pytest.fixture
def open_browser(browser: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """`open_browser(width=390)`: a browser of somebody in Finland, new here; its pages must stay free of faults."""
    watch, opened = Watch(), []

    def begin(*, width: int = DESKTOP, **options: Any) -> BrowserContext:
        made = browser.new_context(
            base_url=site.url,
            locale="fi-FI",
            timezone_id="Europe/Helsinki",
            viewport={"width": width, "height": HEIGHT},
            reduced_motion="reduce",
            **options,
        )
        made.set_default_timeout(LONGEST_WAIT_MS)
        made.add_init_script(AXE)
        made.on("page", watch.follow)
        opened.append(made)
        return made

    yield begin
    for made in opened:
        made.close()
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def context(open_browser: Callable[..., BrowserContext]) -> BrowserContext:
    """A browser on a desktop screen."""
    return open_browser()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab on a desktop screen: `page.goto("/")`."""
    return context.new_page()


@pytest.fixture
def sign_in(site: Site, context: BrowserContext) -> Callable[..., None]:
    """`sign_in(coordinator)`: the browser, or another one given, goes on as a stored user."""

    def begin(user: User, within: BrowserContext | None = None) -> None:
        client = site.app.test_client().sign_in_as(user)
        cookie = client.get_cookie("jobcenter")
        (within or context).add_cookies([{"name": "jobcenter", "value": cookie.value, "url": site.url}])

    return begin


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)`: the page breaks none of axe-core's WCAG 2.2 A and AA rules."""

    def check(page: Page) -> None:
        results = AxeResults(page.evaluate(VIOLATIONS, RULES))
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """`fits(page)`: nothing hangs out of the narrowest screen (320 px, WCAG 1.4.10)."""

    def check(page: Page) -> None:
        with _width(page, NARROWEST):
            assert page.evaluate(OVERFLOW) <= 0, f"{page.url} is {page.evaluate(OVERFLOW)} px too wide for {NARROWEST}"

    return check


@pytest.fixture
def shot(page: Page) -> Callable[[str], None]:
    """`shot("orders")`: pictures of the whole page as a desktop and as a phone shows it."""

    def take(name: str) -> None:
        ARTIFACTS.mkdir(exist_ok=True)
        for width in (DESKTOP, PHONE):
            with _width(page, width):
                page.screenshot(path=ARTIFACTS / f"{name}-{width}.jpeg", quality=PICTURE_QUALITY, full_page=True)

    return take


@contextmanager
def _width(page: Page, width: int) -> Iterator[None]:
    """The page at another width, and back."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": HEIGHT})
    yield
    page.set_viewport_size(before)


def _port(server: BaseWSGIServer) -> int:
    return int(server.server_port)
