"""What journeys need: somebody at a browser whose every page is examined, and a clock that can be moved on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import APIResponse, Locator, Page, expect
from sqlalchemy.orm import Session

from jobcenter.auth.models import User
from jobcenter.core import clock
from jobcenter.core.jobs import JobReport
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE

KEYS_AND_NUMBERS = re.compile(r"(?<=/)(\d+|[\w.-]{20,})(?=/|$)")


class Moment:
    """The time in the served application, which stands still until it is moved."""

    def __init__(self, app: Flask, now: datetime) -> None:
        self.now = now
        self._answer = app.wsgi_app

    def __call__(self, environ: Any, start_response: Any) -> Any:
        with clock.frozen(self.now):
            return self._answer(environ, start_response)

    def run(self, job: Callable[[datetime], JobReport]) -> JobReport:
        """Run a job of the timetable now."""
        with clock.frozen(self.now):
            report = job(self.now)
        assert not report.failed, report
        return report


@pytest.fixture
def moment(site, monkeypatch: pytest.MonkeyPatch) -> Moment:
    """The clock of the server: `moment.now = …` moves it."""
    held = Moment(site.app, factories.NOW)
    monkeypatch.setattr(site.app, "wsgi_app", held)
    return held


@pytest.fixture(scope="session")
def examined() -> set[tuple[str, str]]:
    """Which pages have been examined, by address without numbers, and first pages by reader: once is enough."""
    return set()


@dataclass
class Visitor:
    """Somebody at a browser. Each page that they come to is examined, once for each kind of page."""

    page: Page
    examine: Callable[[Page], None]

    def goes(self, address: str) -> Visitor:
        response = self.page.goto(address)
        assert response is not None and response.ok, f"{address}: {response and response.status}"
        self.examine(self.page)
        return self

    def looks_again(self) -> Visitor:
        """Load the page anew."""
        self.page.reload()
        return self

    def finds_nothing(self, address: str) -> None:
        """The address answers as if nothing were there."""
        response = self.page.goto(address)
        assert response is not None and response.status == 404, address

    def presses(self, name: str, within: Locator | None = None) -> Visitor:
        return self._moves((within or self.page).get_by_role("button", name=name, exact=True))

    def follows(self, name: str, within: Locator | None = None) -> Visitor:
        return self._moves((within or self.page).get_by_role("link", name=name))

    def types(self, label: str, text: str) -> Visitor:
        self.page.get_by_role("textbox", name=label).fill(text)
        return self

    def chooses(self, *labels: str) -> Visitor:
        """Tick the radio buttons or check boxes with these names."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()
        return self

    def sees(self, *texts: str) -> Visitor:
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)
        return self

    def does_not_see(self, *texts: str) -> Visitor:
        for text in texts:
            expect(self.page.get_by_role("main")).not_to_contain_text(text)
        return self

    def card(self, heading: str) -> Locator:
        """The list item or section that has this heading."""
        at_heading = self.page.get_by_role("heading", name=heading, exact=True)
        return self.page.locator("li, section").filter(has=at_heading).last

    def saves(self, name: str) -> APIResponse:
        """Fetch the file behind a link: a PDF."""
        address = self.page.get_by_role("link", name=name).first.get_attribute("href")
        answer = self.page.context.request.get(address)
        assert answer.ok and answer.headers["content-type"].startswith("application/pdf"), f"{address}: {answer.status}"
        assert answer.body().startswith(b"%PDF-")
        return answer

    def _moves(self, control: Locator) -> Visitor:
        with self.page.expect_navigation():
            control.click()
        self.examine(self.page)
        return self


@pytest.fixture
def visit(open_browser, sign_in, axe, fits, examined) -> Callable[..., Visitor]:
    """`visit(coordinator)`, `visit(worker, width=390)`: a browser of a stored user, or of nobody in particular."""

    def begin(user: User | None = None, *, width: int = DESKTOP, scripts: bool = True) -> Visitor:
        within = open_browser(width=width, java_script_enabled=scripts)
        if user:
            sign_in(user, within)
        who = user.given_name if user else ""

        def examine(page: Page) -> None:
            path = urlsplit(page.url).path
            kind = (who if path == "/" else "", KEYS_AND_NUMBERS.sub("*", path))
            if scripts and kind not in examined:
                axe(page)
                fits(page)
                examined.add(kind)

        return Visitor(within.new_page(), examine)

    return begin


@pytest.fixture
def phone(visit) -> Callable[..., Visitor]:
    """`phone(worker)`: like `visit`, on a phone."""

    def begin(user: User | None = None, **options: Any) -> Visitor:
        return visit(user, width=PHONE, **options)

    return begin


@pytest.fixture
def fresh(session: Session) -> Callable[[], None]:
    """`fresh()`: what the server wrote is seen."""
    return session.rollback


@pytest.fixture(autouse=True)
def at_the_moment(moment: Moment) -> Iterator[None]:
    """What a test itself makes, it makes at the moment of its beginning."""
    with clock.frozen(moment.now):
        yield
