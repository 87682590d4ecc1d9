"""Every page that has an address of its own: in order for axe, on the narrowest screen, and photographed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from jobcenter.auth.domain import Role
from tests import factories

OF_EVERYBODY_SIGNED_IN = Role.WORKER
# What answers with something else than a page: a probe, and downloads.
NO_PAGES = {"healthz", "gigs.my_calendar"}


@pytest.fixture
def look(page: Page, axe, fits, shot) -> Callable[[str, str], None]:
    """`look(address, name)`: open a page, examine it, and photograph it."""

    def examine(address: str, name: str) -> None:
        response = page.goto(address)
        assert response is not None
        is_page = "html" in response.headers.get("content-type", "")
        if response.status == 200 and is_page and page.url.endswith(address):
            axe(page)
            fits(page)
            shot(name)

    return examine


def addresses(app: Flask, role: Role | None) -> list[str]:
    """The pages without values that this role alone adds to what everybody sees."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    rules = [rule for rule in rules if rule.endpoint not in NO_PAGES]
    return sorted(rule.rule for rule in rules if _adds(app.view_functions[rule.endpoint].door, role))


def _adds(door, role: Role | None) -> bool:
    if role is None or not door.needs_sign_in:
        return role is None and not door.needs_sign_in
    return role in door.roles or (not door.roles and role is OF_EVERYBODY_SIGNED_IN)


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "visitor")
def test_pages_are_in_order(site, session: Session, sign_in, look, role: Role | None):
    jobcenter = factories.jobcenter()
    user = factories.someone(role, jobcenter) if role else None
    session.commit()
    if user:
        sign_in(user)
    for address in addresses(site.app, role):
        look(address, f"{role or 'visitor'}{address.replace('/', '_').rstrip('_') or '_front'}")
