"""Every endpoint declares its door, and the doors hold."""

from __future__ import annotations

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow, check_doors, public, signed_in
from tests.factories_doors import PASSWORD, like, person


def test_an_endpoint_without_door_is_refused(app: Flask) -> None:
    bare = Flask("bare")
    bare.add_url_rule("/x", "open_page", lambda: "")
    with pytest.raises(RuntimeError, match="open_page"):
        check_doors(bare)
    check_doors(app)


def test_a_door_names_its_roles() -> None:
    with pytest.raises(ValueError):
        allow()


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        (None, (200, 200, 403)),
        (Role.WORKER, (200, 200, 403)),
        (Role.COORDINATOR, (200, 200, 200)),
        (Role.ADMIN, (200, 200, 200)),
    ],
)
def test_doors_by_role(app: Flask, session: Session, role: Role | None, answers: tuple[int, ...]) -> None:
    person(role, email="aino@example.fi")
    with like(app) as fresh:
        _add_pages(fresh)
        browser = fresh.test_client()
        assert [browser.get(path).status_code for path in ("/all", "/in", "/some")] == [200, 302, 302]
        browser.post("/sign-in", data={"email": "aino@example.fi", "password": PASSWORD})
        assert tuple(browser.get(path).status_code for path in ("/all", "/in", "/some")) == answers


def test_a_visitor_who_sends_something_signs_in_first(app: Flask, session: Session) -> None:
    with like(app) as fresh:
        _add_pages(fresh)
        assert fresh.test_client().post("/some").headers["Location"] == "/sign-in"


def test_the_demos_pages_exist_in_the_demo_only(app: Flask, client: FlaskClient, session: Session) -> None:
    user = person(Role.WORKER)
    for path in ("/become", "/mailbox", "/mailbox/1"):
        assert client.get(path).status_code == 404
    assert client.post(f"/become/{user.id}").status_code == 404
    with like(app, demo=True) as demo:
        browser = demo.test_client()
        page = browser.get("/become").text
        assert "Aino Mallinen" in page and "Tekijä" in page
        assert browser.post(f"/become/{user.id}").status_code == 302
        assert browser.get("/account").status_code == 200
        assert browser.post("/become/99999").status_code == 404


def test_the_demos_mailbox_lets_links_be_followed(app: Flask, session: Session) -> None:
    person(email="aino@example.fi")
    with like(app, demo=True) as demo:
        browser = demo.test_client()
        assert "Ei viestejä" in browser.get("/mailbox").text
        browser.post("/sign-in/link", data={"address": "aino@example.fi"})
        mail = browser.page("/mailbox").select_one("td a")
        assert mail.get_text() == "Your sign-in link to Jobcenter"
        assert "Ei viestejä" in browser.get("/mailbox?to=x@example.fi").text
        link = browser.page(mail["href"]).select_one("article a")["href"]
        assert link.startswith("/enter/") and browser.get(link).status_code == 200
        assert browser.get(f"{mail['href']}0").status_code == 404


@pytest.mark.parametrize("many", [1, 20])
def test_becoming_asks_the_database_little(app: Flask, session: Session, query_count, many: int) -> None:
    for _number in range(many):
        person(Role.WORKER, password=None)
    with like(app, demo=True) as demo, query_count() as statements:
        demo.test_client().page("/become")
    assert len(statements.queries) <= 2


def _add_pages(app: Flask) -> None:
    app.add_url_rule("/all", "all", public(_hello))
    app.add_url_rule("/in", "in", signed_in(_hello))
    some = allow(Role.COORDINATOR, Role.ADMIN)(_hello)
    app.add_url_rule("/some", "some", some, methods=["GET", "POST"])


def _hello() -> tuple[str, dict[str, str]]:
    return g.actor.name, {"Content-Type": "text/plain"}
