"""Consents in force and withdrawn, support links begun and ended: with effect at once, and only by those who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from jobcenter.auth.models import User
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.core.uow import unit_of_work
from jobcenter.workers import queries, queries_candidates
from jobcenter.workers.consents import service as consents
from jobcenter.workers.domain import ConsentPurpose, Given, Guest, NewSupport, SupportKind
from jobcenter.workers.models import Consent, SupportLink
from jobcenter.workers.support import service as support
from tests import factories
from tests.integration.workers.test_profiles import do, last_event

TODAY = factories.TODAY
TAKE_PART = Given(ConsentPurpose.TAKE_PART, "Jobcenter")


def in_force(world) -> frozenset[ConsentPurpose]:
    return queries.consents_of([world.veikko.id])[world.veikko.id]


def test_given_and_withdrawn_consent_has_effect_at_once(session, world):
    do(consents.give, world.himself, world.veikko.id, TAKE_PART)
    assert in_force(world) == {ConsentPurpose.TAKE_PART}
    assert queries_candidates.candidate(world.veikko.id).takes_part
    do(consents.withdraw, world.himself, world.veikko.id, ConsentPurpose.TAKE_PART)
    assert in_force(world) == frozenset()
    assert not queries_candidates.candidate(world.veikko.id).takes_part
    assert queries.consent_in_force(world.veikko.id, ConsentPurpose.TAKE_PART) is None


def test_a_consent_may_be_given_again_after_withdrawal(session, world):
    for _turn in range(2):
        do(consents.give, world.himself, world.veikko.id, TAKE_PART)
        do(consents.withdraw, world.himself, world.veikko.id, ConsentPurpose.TAKE_PART)
    assert len(session.scalars(select(Consent)).all()) == 2


def test_twice_is_already_done(session, world):
    do(consents.give, world.himself, world.veikko.id, TAKE_PART)
    with pytest.raises(AlreadyDone):
        do(consents.give, world.coordinating, world.veikko.id, TAKE_PART)
    do(consents.withdraw, world.coordinating, world.veikko.id, ConsentPurpose.TAKE_PART)
    with pytest.raises(AlreadyDone):
        do(consents.withdraw, world.himself, world.veikko.id, ConsentPurpose.TAKE_PART)


def test_the_database_holds_one_consent_in_force(session, world):
    factories.consent(world.veikko)
    facts = {"worker_id": world.veikko.id, "purpose": ConsentPurpose.TAKE_PART}
    session.commit()
    with pytest.raises(AlreadyDone), unit_of_work():
        session.add(Consent(**facts, given_at=factories.NOW, recorded_by="x"))


def test_a_paper_has_its_day_and_parties(session, world):
    given = Given(ConsentPurpose.GUARDIAN_SEES_EARNINGS, "Jobcenter ja Eero", TODAY - timedelta(days=3))
    do(consents.give, world.coordinating, world.veikko.id, given)
    consent = queries.consent_in_force(world.veikko.id, ConsentPurpose.GUARDIAN_SEES_EARNINGS)
    assert clock.day_of(consent.given_at) == TODAY - timedelta(days=3)
    assert (consent.parties, consent.recorded_by) == ("Jobcenter ja Eero", world.coordinator.name)


def test_a_paper_of_tomorrow_is_refused(client, world):
    given = Given(ConsentPurpose.TAKE_PART, "Jobcenter", TODAY + timedelta(days=1))
    with pytest.raises(DomainError, match="day_ahead"):
        do(consents.give, world.coordinating, world.veikko.id, given)
    client.sign_in_as(world.coordinator)
    sent = {"purpose": "take_part", "parties": "Jobcenter", "given_on": "23.11.2026"}
    page = client.post(f"/workers/{world.veikko.id}/consents/paper", data=sent)
    assert page.status_code == 422
    assert "has not come yet" in page.text


@pytest.mark.parametrize("who", ["supporting", "guarding", "managing"])
def test_nobody_else_says_yes_or_no_in_a_persons_name(session, world, who):
    for action in (
        lambda actor: consents.give(actor, world.veikko.id, TAKE_PART),
        lambda actor: consents.withdraw(actor, world.veikko.id, ConsentPurpose.TAKE_PART),
    ):
        with pytest.raises(NotFound):
            do(action, getattr(world, who))


def test_buttons_of_the_person(client, world):
    client.sign_in_as(world.veikko_user)
    address = f"/people/{world.veikko.id}/consents"
    page = client.post(f"{address}/take_part/give", follow_redirects=True)
    assert "You have given your consent" in page.text
    assert "in force already" in client.post(f"{address}/take_part/give", follow_redirects=True).text
    assert "Open offers are taken back" in client.post(f"{address}/take_part/withdraw", follow_redirects=True).text


# Support


def new_support(**facts) -> NewSupport:
    guest = Guest("tuki@example.fi", "Tuula", "Tuki", "", "fi")
    return NewSupport(
        **{"kind": SupportKind.SUPPORT_PERSON, "guest": guest, "starts_on": TODAY, "ends_on": None} | facts
    )


def test_a_support_person_is_made_linked_and_sees_the_worker(client, session, world):
    do(support.link, world.coordinating, world.veikko.id, new_support())
    user = session.scalar(select(User).where(User.email == "tuki@example.fi"))
    client.sign_in_as(user)
    assert client.get(f"/people/{world.veikko.id}").status_code == 200
    assert user.id in [row.user_id for row in queries.supporters_of([world.veikko.id], TODAY)[world.veikko.id]]


def test_linking_twice_is_already_done_and_linking_again_after_the_end_is_not(session, world):
    do(support.link, world.coordinating, world.veikko.id, new_support())
    with pytest.raises(AlreadyDone):
        do(support.link, world.coordinating, world.veikko.id, new_support())
    link = session.scalar(select(SupportLink).order_by(SupportLink.id.desc()))
    do(support.end, world.coordinating, world.veikko.id, link.id)
    with pytest.raises(AlreadyDone):
        do(support.end, world.coordinating, world.veikko.id, link.id)
    do(support.link, world.coordinating, world.veikko.id, new_support())
    assert link.ends_on is None


def test_an_ended_link_is_over_today(session, world):
    link = session.scalar(select(SupportLink).where(SupportLink.user_id == world.support.id))
    do(support.end, world.coordinating, world.veikko.id, link.id)
    assert queries.workers_supported_by(world.supporting) == []
    assert last_event(session).verb == "end_support"


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"ends_on": TODAY - timedelta(days=1)}, "end_before_start_day")],
)
def test_a_link_with_days_the_wrong_way_round_is_refused(session, world, facts, code):
    with pytest.raises(DomainError, match=code):
        do(support.link, world.coordinating, world.veikko.id, new_support(**facts))


def test_nobody_supports_themselves(session, world):
    guest = Guest(world.veikko_user.email, "Veikko", "Åkerö", "", "fi")
    with pytest.raises(DomainError, match="supports_oneself"):
        do(support.link, world.coordinating, world.veikko.id, new_support(guest=guest))


def test_links_of_others_are_not_found(session, world, elsewhere):
    foreign = session.scalar(select(SupportLink).where(SupportLink.user_id == elsewhere.support.id))
    with pytest.raises(NotFound):
        do(support.end, world.coordinating, world.veikko.id, foreign.id)
    for actor in (elsewhere.coordinating, world.himself, world.supporting):
        with pytest.raises(NotFound):
            do(support.link, actor, world.veikko.id, new_support())


def test_support_form_on_the_page(client, world):
    client.sign_in_as(world.coordinator)
    address = f"/workers/{world.veikko.id}/support/new"
    bad = {
        "kind": "guardian",
        "given_name": "A",
        "family_name": "B",
        "email": "x",
        "language": "fi",
        "starts_on": "1.1.",
    }
    assert client.post(address, data=bad).status_code == 422
    good = bad | {"email": "eeva@example.fi", "starts_on": "1.1.2026"}
    assert client.post(address, data=good).status_code == 302
    assert "eeva@example.fi" in client.page(f"/workers/{world.veikko.id}/support").text
