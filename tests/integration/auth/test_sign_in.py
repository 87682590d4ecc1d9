"""Sign-in by password and by link, sign-out, limits on tries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter.auth import service
from jobcenter.auth.domain import LinkExpired, LinkPurpose, LinkUsed, Role
from jobcenter.auth.models import ActionLink, SignInAttempt
from jobcenter.core import audit, clock
from jobcenter.core.errors import NotFound
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications import queries as outbox
from tests import factories
from tests.factories_doors import PASSWORD, person, sign_in_path

NOW = factories.NOW
WRONG = "eivät täsmää"


def _sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def _is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def _asked_link(client: FlaskClient, email: str) -> str:
    client.post("/sign-in/link", data={"address": email})
    return sign_in_path(outbox.newest(1, email)[0].body)


def test_a_visitor_is_led_to_sign_in_and_back(client: FlaskClient, session: Session) -> None:
    user = person(email="aino@example.fi")
    response = client.get("/account")
    assert response.headers["Location"] == "/sign-in?next=/account"
    assert client.get(response.headers["Location"]).status_code == 200
    response = _sign_in(client, " AINO@example.fi ", next="/account")
    assert response.headers["Location"] == "/account" and _is_in(client)
    assert [event.verb for event in audit.events(audit.Search(actor_id=user.id))] == ["user.sign_in"]


@pytest.mark.parametrize("onwards", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_sent_away_from_here(client: FlaskClient, session: Session, onwards: str) -> None:
    person(email="aino@example.fi")
    assert _sign_in(client, "aino@example.fi", next=onwards).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("aino@example.fi", "väärä salasana"),
        ("nobody@example.fi", PASSWORD),
        ("linkonly@example.fi", PASSWORD),
        ("closed@example.fi", PASSWORD),
    ],
)
def test_wrong_sign_ins_all_read_the_same(client: FlaskClient, session: Session, email: str, password: str) -> None:
    person(email="aino@example.fi")
    person(email="linkonly@example.fi", password=None)
    person(email="closed@example.fi", active=False)
    response = _sign_in(client, email, password)
    assert response.status_code == 422 and WRONG in response.text and email in response.text
    assert PASSWORD not in response.text and not _is_in(client)


def test_five_wrong_tries_close_the_address_for_a_while(client: FlaskClient, session: Session) -> None:
    person(email="aino@example.fi")
    with clock.frozen(NOW):
        for _time in range(5):
            assert WRONG in _sign_in(client, "aino@example.fi", "väärä salasana").text
    with clock.frozen(NOW + timedelta(minutes=3)):
        response = _sign_in(client, "aino@example.fi")
        assert response.status_code == 422 and "Odota 12 min" in response.text
    with clock.frozen(NOW + timedelta(minutes=15)):
        assert _sign_in(client, "aino@example.fi").status_code == 302


def test_a_right_try_forgets_the_wrong_ones(client: FlaskClient, session: Session) -> None:
    person(email="aino@example.fi")
    for password in ("väärä", " väärä", "vaara", "x", PASSWORD, "väärä", "v", "w", "x", PASSWORD):
        _sign_in(client, "aino@example.fi", password)
    assert _is_in(client)


def test_one_client_cannot_try_many_addresses(client: FlaskClient, session: Session) -> None:
    for number in range(40):
        session.add(_failure(f"user{number}@example.fi", "127.0.0.1"))
    session.commit()
    with clock.frozen(NOW):
        assert "Liian monta yritystä" in _sign_in(client, "aino@example.fi").text


def test_an_old_hash_is_renewed(client: FlaskClient, session: Session) -> None:
    user = person(email="aino@example.fi")
    user.password_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    session.commit()
    assert _sign_in(client, "aino@example.fi").status_code == 302
    assert "m=8," not in user.password_hash and user.password_hash.startswith("$argon2id$")


def test_remembering_is_the_users_choice(client: FlaskClient, session: Session) -> None:
    person(email="aino@example.fi")
    assert "Expires" not in _sign_in(client, "aino@example.fi").headers["Set-Cookie"]
    client.post("/sign-out")
    assert "Expires" in _sign_in(client, "aino@example.fi", remember="y").headers["Set-Cookie"]


def test_signing_out(client: FlaskClient, session: Session) -> None:
    person(email="aino@example.fi")
    _sign_in(client, "aino@example.fi")
    assert client.post("/sign-out").status_code == 302 and not _is_in(client)


def test_signing_out_everywhere(app: Flask, client: FlaskClient, session: Session) -> None:
    person(email="aino@example.fi")
    phone = app.test_client()
    for browser in (client, phone):
        _sign_in(browser, "aino@example.fi")
    assert client.post("/account/sign-out-everywhere").status_code == 302
    assert not _is_in(client) and not _is_in(phone)


@pytest.mark.parametrize("session_id", ["1.99", "99.0", "x", "", "1", "1.x"])
def test_a_session_of_nobody_is_nobodys(client: FlaskClient, session: Session, session_id: str) -> None:
    person(email="aino@example.fi")
    with client.session_transaction() as browser_session:
        browser_session["_user_id"] = session_id
    assert not _is_in(client)


def test_the_link_signs_in_once_by_its_button(client: FlaskClient, session: Session) -> None:
    person(email="aino@example.fi", password=None, language="fi")
    path = _asked_link(client, "aino@example.fi")
    for _scanner in range(2):
        page = client.get(path)
        assert page.status_code == 200 and "Tervetuloa, Aino Mallinen" in page.text and not _is_in(client)
    with clock.frozen(clock.now()):
        assert client.post(path).headers["Location"] == "/" and _is_in(client)
    client.post("/sign-out")
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        for response in (client.get(path), client.post(path)):
            assert response.status_code == 410 and "Tämä linkki on jo käytetty" in response.text
            assert "Lähetä minulle linkki" in response.text
    assert not _is_in(client)


def test_a_double_click_on_the_links_button_is_one_sign_in(client: FlaskClient, session: Session) -> None:
    person(email="aino@example.fi")
    path = _asked_link(client, "aino@example.fi")
    assert [client.post(path).status_code for _click in range(2)] == [302, 302]


def test_the_links_time_ends(client: FlaskClient, session: Session) -> None:
    person(email="aino@example.fi")
    path = _asked_link(client, "aino@example.fi")
    with clock.frozen(clock.now() + service.SIGN_IN_LINK_VALID_FOR):
        for response in (client.get(path), client.post(path)):
            assert response.status_code == 410 and "aika on päättynyt" in response.text


def test_the_link_leads_to_the_page_that_was_wanted(client: FlaskClient, session: Session) -> None:
    person(email="aino@example.fi")
    client.post("/sign-in/link", data={"address": "aino@example.fi", "next": "/account/password"})
    path = sign_in_path(outbox.newest(1)[0].body)
    assert client.post(path).headers["Location"] == "/account/password"


def test_asking_tells_nobody_who_has_an_account(client: FlaskClient, session: Session) -> None:
    person(email="aino@example.fi")
    person(email="closed@example.fi", active=False)
    answers = set()
    for email in ("aino@example.fi", "nobody@example.fi", "closed@example.fi"):
        response = client.post("/sign-in/link", data={"address": email})
        answers.add((response.status_code, response.headers["Location"]))
    assert answers == {(302, "/sign-in/link")}
    assert [mail.to for mail in outbox.newest(10)] == ["aino@example.fi"]


def test_links_are_asked_for_a_few_times_an_hour(client: FlaskClient, session: Session) -> None:
    with clock.frozen(NOW):
        for _time in range(5):
            client.post("/sign-in/link", data={"address": "nobody@example.fi"})
        response = client.post("/sign-in/link", data={"address": "nobody@example.fi"})
    assert response.status_code == 422 and "Odota 60 min" in response.text


@pytest.mark.parametrize("typed", ["", "aino", "aino@", "@example.fi", "a b@example.fi", "a@b@c.fi", "aino@example"])
def test_what_is_no_address(client: FlaskClient, session: Session, typed: str) -> None:
    response = client.post("/sign-in/link", data={"address": typed})
    assert response.status_code == 422 and not outbox.newest(1)


def test_an_unknown_link_is_not_found(client: FlaskClient, session: Session) -> None:
    assert client.get("/enter/abc").status_code == 404
    assert client.post("/enter/abc").status_code == 404


def test_the_link_of_a_closed_account_opens_nothing(client: FlaskClient, session: Session) -> None:
    user = person(email="aino@example.fi")
    path = _asked_link(client, "aino@example.fi")
    user.active = False
    session.commit()
    assert client.get(path).status_code == 404
    response = client.post(path)
    assert response.status_code == 422 and not _is_in(client)


def test_a_link_on_its_way_ends_with_the_sessions(client: FlaskClient, session: Session) -> None:
    user = person(email="aino@example.fi")
    path = _asked_link(client, "aino@example.fi")
    with unit_of_work():
        service.end_sessions(factories.actor(user))
    assert client.post(path).status_code == 410 and not _is_in(client)
    later = _asked_link(client, "aino@example.fi")
    assert later != path and client.post(later).status_code == 302 and _is_in(client)


def test_links_for_other_purposes(app: Flask, session: Session) -> None:
    with clock.frozen(NOW), unit_of_work():
        token = service.make_link(LinkPurpose.CONFIRM_HOURS, 17, None, timedelta(days=14))
    assert token not in session.scalars(select(ActionLink.token_hash)).all()
    with pytest.raises(NotFound), unit_of_work():
        service.use_link(LinkPurpose.ACCEPT_TERMS, token)
    with pytest.raises(LinkExpired), clock.frozen(NOW + timedelta(days=14)), unit_of_work():
        service.use_link(LinkPurpose.CONFIRM_HOURS, token)
    with clock.frozen(NOW), unit_of_work():
        assert service.use_link(LinkPurpose.CONFIRM_HOURS, token).subject_id == 17
    with pytest.raises(LinkUsed), clock.frozen(NOW), unit_of_work():
        service.use_link(LinkPurpose.CONFIRM_HOURS, token)


def test_a_use_that_is_undone_leaves_the_link_open(app: Flask, session: Session) -> None:
    with unit_of_work():
        token = service.make_link(LinkPurpose.CONFIRM_HOURS, 17, None, timedelta(days=14))
    with pytest.raises(KeyError), unit_of_work():
        service.use_link(LinkPurpose.CONFIRM_HOURS, token)
        raise KeyError
    with unit_of_work():
        service.use_link(LinkPurpose.CONFIRM_HOURS, token)


def test_old_tries_and_links_are_tidied_away(app: Flask, session: Session) -> None:
    session.add(_failure("a@example.fi", "x"))
    session.commit()
    with clock.frozen(NOW), unit_of_work():
        service.make_link(LinkPurpose.SIGN_IN, 1, None, timedelta(minutes=1))
    with unit_of_work():
        assert service.tidy(NOW + timedelta(hours=1)) == 0
    with unit_of_work():
        assert service.tidy(NOW + timedelta(days=200)) == 2


def test_a_signed_in_user_needs_no_sign_in_page(client: FlaskClient, session: Session) -> None:
    person(Role.WORKER, email="aino@example.fi")
    _sign_in(client, "aino@example.fi")
    assert client.get("/sign-in?next=/account").headers["Location"] == "/account"


def _failure(email: str, where: str) -> SignInAttempt:
    return SignInAttempt(at=NOW, email=email, client=where, by_link=False, succeeded=False)
