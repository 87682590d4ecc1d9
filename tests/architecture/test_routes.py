"""Every door is declared and holds: routes x roles, with ids of nothing, of somebody else and of no sense."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import AnyConverter, BaseConverter, Rule
from werkzeug.test import TestResponse

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import Door
from jobcenter.auth.models import User
from jobcenter.core.web import IdConverter
from tests import factories
from tests.client import PageClient

NOTHING = 999_999_999
SAMPLES = {
    "IdConverter": [NOTHING, 0],
    "UnicodeConverter": ["no-such-thing", "Å 'x\" <b>"],
    "PathConverter": ["no/such/thing"],
    "UUIDConverter": ["00000000-0000-0000-0000-000000000000"],
}
HUGE = 2**40
CLOSED = {401, 403}
REFUSALS = {*CLOSED, 404}
REDIRECTS = {302, 303}
# Werkzeug says 405 where the address is right but for its number, and another method has the same address.
NO_SUCH_PAGE = {404, 405}
People = dict[Role | None, User | None]
# Who may come in is decided before any database is asked.
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
each_role = pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "visitor")


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
            choices = values_for(rule._converters[name])
            values[name] = choices[turn % len(choices)]
        yield adapter.build(rule.endpoint, values, method=None)


def values_for(converter: BaseConverter) -> list[Any]:
    """Arbitrary values that a part of an address may take."""
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    return SAMPLES.get(type(converter).__name__, [NOTHING])


def is_open(door: Door, role: Role | None) -> bool:
    """Whether somebody with this one role, or nobody in particular, may come in."""
    if not door.needs_sign_in:
        return True
    return role is not None and (not door.roles or role in door.roles)


@pytest.fixture
def people(session: Session) -> People:
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


@on_sqlite
@each_role
def test_reading_doors_hold(app: Flask, client: PageClient, people: People, role: Role | None):
    if user := people[role]:
        client.sign_in_as(user)
    wrong = []
    for rule in rules(app, "GET"):
        for address in addresses(app, rule):
            response = client.get(address)
            wrong += wrong_answers(response, door_of(app, rule.endpoint), role)
            if is_open(door_of(app, rule.endpoint), role) and response.status_code in CLOSED:
                wrong.append(f"{address}: {response.status} although the door is open")
    assert not wrong, "\n".join(wrong)


@on_sqlite
@each_role
def test_writing_doors_hold(app: Flask, client: PageClient, people: People, role: Role | None):
    wrong = []
    for rule in rules(app, "POST"):
        if user := people[role]:
            client.sign_in_as(user)
        response = client.post(next(addresses(app, rule)))
        wrong += wrong_answers(response, door_of(app, rule.endpoint), role)
    assert not wrong, "\n".join(wrong)


def wrong_answers(response: TestResponse, door: Door, role: Role | None) -> list[str]:
    """A fault of ours, or a door that let somebody in who has no business there."""
    away = response.status_code in REFUSALS or (
        response.status_code in REDIRECTS and "/sign-in" in response.headers["Location"]
    )
    is_wrong = response.status_code >= 500 or not (away or is_open(door, role))
    return [f"{response.request.method} {response.request.path}: {response.status}"] if is_wrong else []


@pytest.fixture
def everything(session: Session) -> User:
    """Somebody who has every role."""
    jobcenter = factories.jobcenter()
    user = factories.user()
    for role in Role:
        factories.grant(user, role, jobcenter)
    session.commit()
    return user


def test_no_number_in_an_address_is_a_fault(app: Flask, client: PageClient, everything: User):
    """PostgreSQL's integers end where Python's go on."""
    wrong = []
    with_ids = [rule for rule in app.url_map.iter_rules() if IdConverter in map(type, rule._converters.values())]
    for rule in with_ids:
        values = {name: values_for(converter)[0] for name, converter in rule._converters.items()}
        values |= {name: HUGE for name, converter in rule._converters.items() if isinstance(converter, IdConverter)}
        client.sign_in_as(everything)
        send = client.get if "GET" in rule.methods else client.post
        response = send(app.url_map.bind("localhost").build(rule.endpoint, values))
        if response.status_code not in NO_SUCH_PAGE:
            wrong.append(f"{response.request.path}: {response.status}")
    assert not wrong, "\n".join(wrong)


@on_sqlite
def test_posting_without_a_token_is_refused(app: Flask, client: PageClient, people: People):
    client.sign_in_as(people[Role.ADMIN])
    taken = []
    for rule in rules(app, "POST"):
        response = client.post(next(addresses(app, rule)), token=False)
        if response.status_code != 400:
            taken.append(f"{rule.endpoint}: {response.status}")
    assert not taken, "\n".join(taken)
