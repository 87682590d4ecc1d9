"""Accounts, roles, passwords, languages; who may change whom."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jobcenter.auth import passwords, queries, service
from jobcenter.auth.domain import SYSTEM, Actor, NewUser, OwnDetails, PoorPassword, Role
from jobcenter.auth.models import User
from jobcenter.auth.service import EmailTaken
from jobcenter.core import audit
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.uow import unit_of_work
from tests import factories
from tests.factories_doors import HELSINKI, PASSWORD, person
from tests.threads import in_threads

VEIKKO = NewUser("Veikko@Example.fi", "Veikko", "Šåö 😀")


@pytest.fixture
def center(session: Session):
    made = factories.jobcenter()
    session.commit()
    return made


@pytest.fixture
def other(session: Session):
    made = factories.jobcenter()
    session.commit()
    return made


def _admin(at) -> Actor:
    return _someone(Role.ADMIN, at)


def _someone(role: Role, at) -> Actor:
    user = factories.someone(role, at)
    queries.db.session.commit()
    return queries.actor_for(user.id)


def test_a_new_account_has_no_password_and_small_letters(session: Session, center) -> None:
    with unit_of_work():
        user = service.create_user(_admin(center), VEIKKO)
    assert (user.email, user.password_hash, user.active, user.language) == ("veikko@example.fi", None, True, "fi")
    (event,) = audit.events(audit.Search(thing_type="user", thing_id=str(user.id)))
    assert event.after["email"] == "veikko@example.fi"


def test_an_address_belongs_to_one(session: Session, center) -> None:
    person(email="veikko@example.fi")
    with pytest.raises(EmailTaken), unit_of_work():
        service.create_user(_admin(center), VEIKKO)


def test_two_at_once_make_one_account(app: Flask, session: Session) -> None:
    refused: list[DomainError] = []

    def create() -> None:
        try:
            with unit_of_work():
                service.create_user(SYSTEM, VEIKKO)
        except EmailTaken as error:
            refused.append(error)

    in_threads(app, [create] * 3)
    assert len(refused) == 2 and queries.user_by_email("VEIKKO@example.fi") is not None


def test_ensuring_an_account_leaves_the_present_one(session: Session) -> None:
    user = person(email="veikko@example.fi")
    with unit_of_work():
        assert service.ensure_user(SYSTEM, VEIKKO).id == user.id
    assert user.given_name == "Aino"


def test_roles_are_given_once_and_taken_once(session: Session, center) -> None:
    admin, user = _admin(center), person()
    with unit_of_work():
        service.grant_role(admin, user.id, center.id, Role.SUPPORT)
    assert queries.actor_for(user.id).jobcenters(Role.SUPPORT) == {center.id}
    with pytest.raises(AlreadyDone), unit_of_work():
        service.grant_role(admin, user.id, center.id, Role.SUPPORT)
    with unit_of_work():
        service.ensure_role(admin, user.id, center.id, Role.SUPPORT)
        service.revoke_role(admin, user.id, center.id, Role.SUPPORT)
    with pytest.raises(AlreadyDone), unit_of_work():
        service.revoke_role(admin, user.id, center.id, Role.SUPPORT)
    verbs = [event.verb for event in audit.events(audit.Search(jobcenter_ids=frozenset({center.id})))]
    assert verbs == ["role.revoke", "role.grant"]


@pytest.mark.parametrize(("giver", "role"), [(Role.COORDINATOR, Role.ADMIN), (Role.WORKER, Role.WORKER)])
def test_not_everybody_gives_every_role(session: Session, center, giver: Role, role: Role) -> None:
    user = person()
    with pytest.raises(NotFound), unit_of_work():
        service.grant_role(_someone(giver, center), user.id, center.id, role)


def test_another_jobcenters_roles_are_not_mine_to_give(session: Session, center, other) -> None:
    user = person()
    with pytest.raises(NotFound), unit_of_work():
        service.grant_role(_admin(center), user.id, other.id, Role.WORKER)


def test_a_worker_makes_no_accounts(session: Session, center) -> None:
    with pytest.raises(NotFound), unit_of_work():
        service.create_user(_someone(Role.WORKER, center), VEIKKO)


def test_the_last_administrator_stays(session: Session, center) -> None:
    first, second = _admin(center), _admin(center)
    with unit_of_work():
        service.revoke_role(first, second.user_id, center.id, Role.ADMIN)
    with pytest.raises(NotPossible), unit_of_work():
        service.revoke_role(first, first.user_id, center.id, Role.ADMIN)
    with pytest.raises(NotPossible), unit_of_work():
        service.deactivate(SYSTEM, first.user_id)


def test_a_closed_account_is_signed_out_and_can_be_opened_again(client: FlaskClient, session: Session, center) -> None:
    admin, user = _admin(center), person(email="aino@example.fi")
    factories.grant(user, Role.WORKER, center)
    client.post("/sign-in", data={"email": "aino@example.fi", "password": PASSWORD})
    with unit_of_work():
        service.deactivate(admin, user.id)
    assert client.get("/account").status_code == 302
    with pytest.raises(AlreadyDone), unit_of_work():
        service.deactivate(admin, user.id)
    with unit_of_work():
        service.reactivate(admin, user.id)
    assert queries.actor_for(user.id) and client.get("/account").status_code == 302
    with pytest.raises(AlreadyDone), unit_of_work():
        service.reactivate(admin, user.id)


def test_an_account_with_roles_elsewhere_is_not_mine_to_close(session: Session, center, other) -> None:
    user = person()
    factories.grant(user, Role.WORKER, center)
    factories.grant(user, Role.WORKER, other)
    session.commit()
    with pytest.raises(NotFound), unit_of_work():
        service.deactivate(_admin(center), user.id)


def test_another_jobcenters_people_are_not_found(session: Session, center, other) -> None:
    mine, theirs = factories.someone(Role.WORKER, center), factories.someone(Role.WORKER, other)
    session.commit()
    coordinator = _someone(Role.COORDINATOR, center)
    assert queries.user_for(coordinator, mine.id).id == mine.id
    with pytest.raises(NotFound):
        queries.user_for(coordinator, theirs.id)
    assert theirs.id not in {user.id for user in queries.users_of(coordinator.jobcenters(Role.COORDINATOR))}
    with pytest.raises(NotFound):
        queries.user_for(_someone(Role.WORKER, center), mine.id)


def test_the_own_details(client: FlaskClient, session: Session) -> None:
    user = person(email="aino@example.fi")
    client.post("/sign-in", data={"email": "aino@example.fi", "password": PASSWORD})
    details = {"given_name": " Åke ", "family_name": "Šåö 😀", "phone": "+358 40 123", "language": "fi"}
    assert client.post("/account", data=details).status_code == 302
    assert (user.name, user.phone, user.language) == ("Åke Šåö 😀", "+358 40 123", "fi")
    (event,) = audit.events(audit.Search(thing_type="user"), limit=1)
    assert (event.verb, event.before["given_name"], event.after["given_name"]) == ("user.change", "Aino", "Åke")
    page = client.post("/account", data={**details, "given_name": "", "phone": "soita", "family_name": "x" * 121})
    assert page.status_code == 422 and page.text.count('class="error"') == 3 and "soita" in page.text
    with unit_of_work():
        service.change_details(queries.actor_for(user.id), OwnDetails("Åke", "Šåö 😀", "+358 40 123", "fi"))
    assert len(audit.events(audit.Search(thing_type="user"))) == 2


def test_setting_the_first_password(client: FlaskClient, session: Session) -> None:
    user = person(email="aino@example.fi", password=None)
    with client.session_transaction() as browser_session:
        browser_session["_user_id"] = f"{user.id}.0"
    assert "Present password" not in client.get("/account/password").text
    assert client.post("/account/password", data={"password": PASSWORD}).status_code == 302
    assert passwords.matches(user.password_hash, PASSWORD)


def test_changing_the_password_signs_the_others_out(app: Flask, client: FlaskClient, session: Session) -> None:
    user, phone, new = person(email="aino@example.fi"), app.test_client(), "neljä punaista tuulimyllyä"
    for browser in (client, phone):
        browser.post("/sign-in", data={"email": "aino@example.fi", "password": PASSWORD})
    for present, password in (("väärä", new), ("", new), (PASSWORD, "salasana123"), (PASSWORD, "Aino.Mallinen1")):
        response = client.post("/account/password", data={"present": present, "password": password})
        assert response.status_code == 422 and password not in response.text
    assert client.post("/account/password", data={"present": PASSWORD, "password": new}).status_code == 302
    assert passwords.matches(user.password_hash, new)
    assert client.get("/account").status_code == 200 and phone.get("/account").status_code == 302


def test_only_the_system_presets_passwords(session: Session, center) -> None:
    user = person()
    with pytest.raises(NotFound), unit_of_work():
        service.preset_password(_admin(center), user.id, PASSWORD)
    with pytest.raises(PoorPassword), unit_of_work():
        service.preset_password(SYSTEM, user.id, "salasana123")


def test_only_the_system_opens_jobcenters(session: Session, center) -> None:
    with pytest.raises(NotFound), unit_of_work():
        service.add_jobcenter(_admin(center), HELSINKI)
    with unit_of_work():
        made = service.add_jobcenter(SYSTEM, HELSINKI)
    assert (queries.jobcenter_by_slug("hki").id, made.near_share) == (made.id, 80)


def test_the_language_is_kept_on_the_browser_and_on_the_user(client: FlaskClient, session: Session) -> None:
    assert '<html lang="fi">' in client.get("/sign-in").text
    response = client.post("/language", data={"language": "en", "next": "/sign-in"})
    assert response.headers["Location"] == "/sign-in" and '<html lang="en">' in client.get("/sign-in").text
    user = person(email="aino@example.fi", language="fi")
    client.post("/sign-in", data={"email": "aino@example.fi", "password": PASSWORD})
    assert '<html lang="fi">' in client.get("/account").text
    client.post("/language", data={"language": "en"})
    assert user.language == "en" and '<html lang="en">' in client.get("/account").text
    client.post("/language", data={"language": "xx"})
    assert session.get_one(User, user.id).language == "en"


def test_the_browsers_language_is_asked_first(client: FlaskClient) -> None:
    assert '<html lang="en">' in client.get("/sign-in", headers={"Accept-Language": "en-GB,en;q=0.9"}).text
    assert '<html lang="fi">' in client.get("/sign-in", headers={"Accept-Language": "et"}).text
