"""Profiles: created once, edited by one at a time, wished by the person, readiness agreed, invited by mail."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import func, select

from jobcenter.auth.models import RoleGrant, User
from jobcenter.core.audit import AuditEvent
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications.models import OutgoingMail
from jobcenter.workers.domain import ProfileChanged, Skill, TaskCategory
from jobcenter.workers.models import Worker
from jobcenter.workers.people import service as people
from jobcenter.workers.profiles import service
from jobcenter.workers.profiles.queries import profile_of
from tests import factories

FILLED = {
    "given_name": "Österi",
    "family_name": "Šimek-Åbo 😀",
    "language": "fi",
    "tasks": ["cleaning", "raking"],
    "weekly_minutes_wished": "2,5",
    "weekly_minutes_most": "8",
    "active": "y",
}


def do(action, *arguments):
    with unit_of_work():
        return action(*arguments)


def last_event(session) -> AuditEvent:
    return session.scalar(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1))


def test_a_new_worker_is_stored_with_every_letter(client, session, world):
    client.sign_in_as(world.coordinator)
    sent = FILLED | {"jobcenter_id": world.jobcenter.id, "form_key": str(uuid.uuid4())}
    page = client.post("/workers/new", data=sent)
    made = session.scalar(select(Worker).where(Worker.given_name == "Österi"))
    assert page.location.endswith(f"/workers/{made.id}")
    assert (made.family_name, made.weekly_minutes_wished) == ("Šimek-Åbo 😀", 150)
    assert made.tasks == {TaskCategory.CLEANING, TaskCategory.RAKING}


def test_the_same_form_sent_twice_makes_one_worker(client, session, world):
    client.sign_in_as(world.coordinator)
    sent = FILLED | {"jobcenter_id": world.jobcenter.id, "form_key": str(uuid.uuid4())}
    first, second = (client.post("/workers/new", data=sent).location for _turn in range(2))
    assert first == second
    assert session.scalar(select(func.count()).where(Worker.given_name == "Österi")) == 1
    another = client.post("/workers/new", data=sent | {"given_name": "Ärjä"})
    assert another.status_code == 422
    assert "was added with this form already" in another.text
    assert 'value="Ärjä"' in another.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"given_name": ""}, "Fill in this field"),
        ({"email": "no-at"}, "name@example.fi"),
        ({"born": "31.2.1990"}, "in the form"),
        ({"weekly_minutes_wished": "lots"}, "Give hours from 0 to 40"),
        ({"weekly_minutes_wished": "41"}, "Give hours from 0 to 40"),
        ({"weekly_minutes_wished": "9"}, "cannot be less"),
        ({"near_share_percent": "101"}, "at most 100"),
        ({"tasks": ["flying"]}, "Choose one of the options"),
        ({"unit_id": "999999"}, "Choose one of the options"),
        ({"jobcenter_id": "999999"}, "Choose one of the options"),
        ({"given_name": "x" * 121}, "Shorten this"),
        ({"phone": "call me"}, "telephone number"),
    ],
)
def test_a_form_that_cannot_be_read_says_why_and_keeps_what_was_typed(client, world, changed, said):
    client.sign_in_as(world.coordinator)
    sent = FILLED | {"jobcenter_id": world.jobcenter.id} | changed
    page = client.post("/workers/new", data=sent)
    assert page.status_code == 422
    assert said in page.text
    assert "Šimek-Åbo 😀" in page.text


def test_two_browsers_editing_the_same_profile(client, session, world):
    client.sign_in_as(world.coordinator)
    address = f"/workers/{world.veikko.id}/edit"
    form = client.page(address)
    version = form.select_one("input[name=version]")["value"]
    mine = FILLED | {"given_name": "Veikko", "family_name": "Mine", "version": version}
    assert client.post(address, data=mine | {"family_name": "Theirs", "phone": "040 1234567"}).status_code == 302

    clash = client.post(address, data=mine)
    assert clash.status_code == 422
    assert "Somebody changed these details" in clash.text
    assert all(text in clash.text for text in ("Theirs", "040 1234567", 'value="Mine"'))

    again = mine | {"version": world.veikko.version}
    assert f'name="version" type="hidden" value="{world.veikko.version}"' in clash.text
    assert client.post(address, data=again).status_code == 302
    assert session.get(Worker, world.veikko.id).family_name == "Mine"


def test_an_old_version_is_refused_by_the_service(session, world):
    with pytest.raises(ProfileChanged):
        do(service.edit, world.coordinating, world.veikko.id, profile_of(world.veikko), world.veikko.version + 1)


def test_saving_what_is_stored_logs_nothing(session, world):
    before = session.scalar(select(func.count()).select_from(AuditEvent))
    do(service.edit, world.coordinating, world.veikko.id, profile_of(world.veikko), world.veikko.version)
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == before


@pytest.mark.parametrize("who", ["himself", "supporting", "guarding", "managing"])
def test_only_a_coordinator_edits_the_profile(session, world, who):
    with pytest.raises(NotFound):
        do(service.edit, getattr(world, who), world.veikko.id, profile_of(world.veikko), 1)


def test_a_worker_is_not_made_in_another_jobcenter(session, world, elsewhere):
    with pytest.raises(NotFound):
        do(service.create, world.coordinating, elsewhere.jobcenter.id, profile_of(world.veikko), "key")


def test_a_unit_of_another_jobcenter_is_refused(client, world, elsewhere):
    client.sign_in_as(world.coordinator)
    sent = FILLED | {"unit_id": elsewhere.unit.id, "version": world.veikko.version}
    assert client.post(f"/workers/{world.veikko.id}/edit", data=sent).status_code == 422


# Wishes


def test_wishes_of_the_person_are_stored(client, session, world):
    client.sign_in_as(world.veikko_user)
    address = f"/people/{world.veikko.id}/wishes"
    assert client.post(f"{address}/tasks", data={"tasks": ["sewing"]}).status_code == 302
    assert (
        client.post(f"{address}/hours", data={"weekly_minutes_wished": "0", "weekly_minutes_most": "0"}).status_code
        == 302
    )
    worker = session.get(Worker, world.veikko.id)
    assert (worker.tasks, worker.weekly_minutes_most) == ({TaskCategory.SEWING}, 0)
    assert worker.skills == frozenset[Skill]()
    assert client.post(f"{address}/tasks", data={}).status_code == 302
    assert session.get(Worker, world.veikko.id).tasks == frozenset()


def test_wishes_told_with_a_support_person_keep_both_names(session, world):
    do(people.change_wishes, world.supporting, world.veikko.id, {"told_to_orderer": "Kuulen huonosti"})
    event = last_event(session)
    assert (event.actor_name, event.on_behalf_of) == (world.support.name, world.veikko_user.id)
    assert event.after == {"told_to_orderer": "Kuulen huonosti"}


def test_wishes_of_the_person_are_on_nobody_elses_behalf(session, world):
    do(people.change_wishes, world.himself, world.veikko.id, {"language": "fi"})
    assert last_event(session).on_behalf_of is None


def test_wishes_of_another_are_not_found(session, world, elsewhere):
    for actor in (elsewhere.supporting, elsewhere.himself, world.guarding, world.coordinating):
        with pytest.raises(NotFound):
            do(people.change_wishes, actor, world.veikko.id, {"language": "fi"})


@pytest.mark.parametrize(
    ("slug", "sent", "said"),
    [
        ("hours", {"weekly_minutes_wished": "10", "weekly_minutes_most": "5"}, "cannot be less than the hours wished"),
        ("areas", {"areas": ", ".join(f"Kylä {number}" for number in range(13))}, "at most 12 areas"),
        ("areas", {"areas": "x" * 41}, "at most 40 letters"),
        ("areas", {"areas": "Kal\0lio"}, "at most 40 letters"),
    ],
)
def test_wishes_that_do_not_fit_are_refused(client, world, slug, sent, said):
    client.sign_in_as(world.veikko_user)
    page = client.post(f"/people/{world.veikko.id}/wishes/{slug}", data=sent)
    assert page.status_code == 422
    assert said in page.text


# Readiness


@pytest.mark.parametrize("who", ["coordinating", "managing"])
def test_readiness_is_agreed_and_taken_back(session, world, who):
    actor, worker = getattr(world, who), world.veikko
    do(service.take_back_readiness, actor, worker.id)
    assert worker.ready_since is None
    with pytest.raises(AlreadyDone):
        do(service.take_back_readiness, actor, worker.id)
    do(service.agree_readiness, actor, worker.id)
    assert worker.ready_since == factories.TODAY
    with pytest.raises(AlreadyDone):
        do(service.agree_readiness, actor, worker.id)


@pytest.mark.parametrize("who", ["himself", "supporting", "guarding"])
def test_others_do_not_agree_readiness(session, world, who):
    with pytest.raises(NotFound):
        do(service.agree_readiness, getattr(world, who), world.veikko.id)


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"active": False}, "person_inactive"), ({"service_ends_on": factories.TODAY.replace(day=1)}, "service_ended")],
)
def test_readiness_is_refused(client, session, world, facts, code):
    world.veikko.ready_since = None
    for name, value in facts.items():
        setattr(world.veikko, name, value)
    session.commit()
    with pytest.raises(DomainError, match=code):
        do(service.agree_readiness, world.coordinating, world.veikko.id)
    client.sign_in_as(world.coordinator)
    page = client.post(f"/workers/{world.veikko.id}/readiness", follow_redirects=True)
    assert "notice-bad" in page.text


def test_double_click_on_readiness_is_a_notice(client, session, world):
    client.sign_in_as(world.coordinator)
    page = client.post(f"/workers/{world.veikko.id}/readiness", follow_redirects=True)
    assert page.status_code == 200
    assert "agreed already" in page.text


# Invitation


def test_invitation_makes_a_user_and_a_mail(session, world):
    worker = factories.worker(world.jobcenter, email="uusi@example.fi", given_name="Uuno", language="fi")
    session.commit()
    do(service.invite, world.coordinating, worker.id)
    user = session.scalar(select(User).where(User.email == "uusi@example.fi"))
    mail = session.scalar(select(OutgoingMail).where(OutgoingMail.to == user.email))
    assert worker.user_id == user.id
    assert session.scalar(select(RoleGrant.role).where(RoleGrant.user_id == user.id)) == "worker"
    assert "/enter/" in mail.body
    assert "Uuno" in mail.body


def test_second_invitation_sends_a_new_link_to_the_same_user(session, world):
    do(service.invite, world.coordinating, world.veikko.id)
    do(service.invite, world.coordinating, world.veikko.id)
    assert world.veikko.user_id == world.veikko_user.id
    assert session.scalar(select(func.count()).where(OutgoingMail.to == world.veikko_user.email)) == 2


@pytest.mark.parametrize(("facts", "code"), [({"email": ""}, "email_needed"), ({"active": False}, "person_inactive")])
def test_invitation_is_refused(session, world, facts, code):
    for name, value in facts.items():
        setattr(world.veikko, name, value)
    session.commit()
    with pytest.raises(DomainError, match=code):
        do(service.invite, world.coordinating, world.veikko.id)


def test_one_user_is_one_worker_of_a_jobcenter(client, session, world):
    twin = factories.worker(world.jobcenter, email=world.veikko_user.email)
    session.commit()
    with pytest.raises(DomainError, match="already_worker_here"):
        do(service.invite, world.coordinating, twin.id)
    client.sign_in_as(world.coordinator)
    page = client.post(f"/workers/{twin.id}/invite", follow_redirects=True)
    assert "Another worker of this Jobcenter" in page.text


def test_only_a_coordinator_invites(session, world, elsewhere):
    for actor in (world.supporting, world.managing, world.himself, elsewhere.coordinating):
        with pytest.raises(NotFound):
            do(service.invite, actor, world.veikko.id)
