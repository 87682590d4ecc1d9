"""Every door is declared and holds: routes x roles, with ids of nothing, of somebody else and of no sense."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import Door
from jobcenter.auth.models import User
from tests import factories
from tests.client import PageClient

NOTHING = 999_999_999
SAMPLES = {
    "IntegerConverter": [NOTHING, 0],
    "UnicodeConverter": ["no-such-thing", "Å 'x\" <b>"],
    "PathConverter": ["no/such/thing"],
    "UUIDConverter": ["00000000-0000-0000-0000-000000000000"],
}
REFUSALS = {401, 403, 404}


def door_of(app: Flask, endpoint: str) -> Door | None:
    """The door that a view declares."""
    return getattr(app.view_functions[endpoint], "door", None)


def without_door(app: Flask) -> list[str]:
    return [endpoint for endpoint in app.view_functions if not isinstance(door_of(app, endpoint), Door)]


def rules(app: Flask, method: str) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if method in (rule.methods or set()))


def addresses(app: Flask, rule: Rule) -> Iterator[str]:
    """The rule's address with each set of arbitrary values; once, if it takes none."""
    adapter = app.url_map.bind("localhost")
    for turn in range(2 if rule.arguments else 1):
        values = dict(rule.defaults or {})
        for name in rule.arguments - values.keys():
            choices = SAMPLES.get(type(rule._converters[name]).__name__, [NOTHING])
            values[name] = choices[turn % len(choices)]
        yield adapter.build(rule.endpoint, values, method=None)


def is_open(door: Door, role: Role | None) -> bool:
    """Whether somebody with this one role, or nobody in particular, may come in."""
    if not door.needs_sign_in:
        return True
    return role is not None and (not door.roles or role in door.roles)


def turned_away(status: int, location: str) -> bool:
    """Refused, or sent to the sign-in page."""
    return status in REFUSALS or (status in (302, 303) and "/sign-in" in location)


@pytest.fixture
def people(session: Session) -> dict[Role | None, User | None]:
    """One user for each role, in one Jobcenter, and a visitor."""
    jobcenter = factories.jobcenter()
    users = {role: factories.someone(role, jobcenter) for role in Role}
    session.commit()
    return {None: None, **users}


def test_every_endpoint_declares_a_door(app: Flask):
    assert without_door(app) == []


def test_an_endpoint_without_a_door_is_caught():
    bare = Flask("bare")
    bare.add_url_rule("/x", "x", lambda: "x")
    assert "x" in without_door(bare)


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "visitor")
def test_reading_doors_hold(app: Flask, client: PageClient, people: dict[Role | None, User | None], role: Role | None):
    if user := people[role]:
        client.sign_in_as(user)
    wrong = []
    for rule in rules(app, "GET"):
        door = door_of(app, rule.endpoint)
        for address in addresses(app, rule):
            response = client.get(address)
            away = turned_away(response.status_code, response.headers.get("Location", ""))
            if response.status_code >= 500 or (not is_open(door, role) and not away):
                wrong.append(f"{rule.endpoint} {address}: {response.status}")
            if is_open(door, role) and not rule.arguments and response.status_code in REFUSALS:
                wrong.append(f"{rule.endpoint} {address}: {response.status} although the door is open")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "visitor")
def test_writing_doors_hold(app: Flask, client: PageClient, people: dict[Role | None, User | None], role: Role | None):
    wrong = []
    for rule in rules(app, "POST"):
        door = door_of(app, rule.endpoint)
        for address in addresses(app, rule):
            if user := people[role]:
                client.sign_in_as(user)
            response = client.post(address)
            away = turned_away(response.status_code, response.headers.get("Location", ""))
            if response.status_code >= 500 or (not is_open(door, role) and not away):
                wrong.append(f"{rule.endpoint} {address}: {response.status}")
    assert not wrong, "\n".join(wrong)


def test_posting_without_a_token_is_refused(app: Flask, client: PageClient, people: dict[Role | None, User | None]):
    client.sign_in_as(people[Role.ADMIN])
    taken = []
    for rule in rules(app, "POST"):
        response = client.post(next(addresses(app, rule)), token=False)
        if response.status_code != 400:
            taken.append(f"{rule.endpoint}: {response.status}")
    assert not taken, "\n".join(taken)
