"""Every page about a worker opens for those it is for, at a constant number of queries, and for nobody else."""

from __future__ import annotations

import re

import pytest

from jobcenter.benefits import BenefitKind
from jobcenter.workers.domain import ConsentPurpose
from tests import factories

OFFICE = (
    *("", "/edit", "/benefits", "/benefits/new", "/benefits/asked", "/money", "/money/account", "/money/tax-card"),
    *("/consents", "/consents/paper", "/support", "/support/new", "/times", "/times/absence", "/times/activity"),
)
OWN = (
    *("", "/wishes/tasks", "/wishes/limits", "/wishes/hours", "/wishes/language", "/wishes/told", "/benefits"),
    *("/benefits/new", "/benefits/new/guarantee_pension", "/benefits/asked", "/money", "/money/account"),
    *("/money/tax-card", "/consents", "/times", "/times/absence", "/certificates", "/cv", "/feedback"),
)
WITH_CONSENT = ("/benefits", "/benefits/new", "/benefits/asked")
NEVER_FOR_SUPPORT = ("/money", "/money/account", "/money/tax-card")


def test_office_pages_open_for_the_coordinator(client, world):
    client.sign_in_as(world.coordinator)
    for path in OFFICE:
        assert client.get(f"/workers/{world.veikko.id}{path}").status_code == 200, path


def test_office_pages_are_not_found_in_another_jobcenter(client, world, elsewhere):
    client.sign_in_as(elsewhere.coordinator)
    for path in OFFICE:
        assert client.get(f"/workers/{world.veikko.id}{path}").status_code == 404, path


def test_office_pages_are_closed_to_the_worker(client, world):
    client.sign_in_as(world.veikko_user)
    for path in OFFICE:
        assert client.get(f"/workers/{world.veikko.id}{path}").status_code in (403, 404), path


def test_own_pages_open_for_the_worker(client, world):
    client.sign_in_as(world.veikko_user)
    assert "My details" in client.page("/me").h1.text
    for path in OWN:
        assert client.get(f"/people/{world.veikko.id}{path}").status_code == 200, path


OF_THE_PERSON = ("", "/wishes/tasks", "/wishes/limits", "/wishes/hours", "/wishes/language", "/wishes/told", "/times")


@pytest.mark.parametrize("path", (*OF_THE_PERSON, "/consents"))
def test_to_a_support_person_pages_speak_of_the_person(client, world, path):
    client.sign_in_as(world.support)
    words = set(re.findall(r"[a-z']+", client.page(f"/people/{world.veikko.id}{path}").find("main").get_text().lower()))
    assert not words & {"my", "me", "your", "i"}
    assert words & {"you"} <= ({"you"} if "doing" in words else set())


@pytest.mark.parametrize("who", ["veikko_user", "support"])
def test_pages_of_another_worker_are_not_found(client, world, elsewhere, who):
    client.sign_in_as(getattr(elsewhere, who))
    for path in OWN:
        assert client.get(f"/people/{world.veikko.id}{path}").status_code in (403, 404), path


def test_support_person_sees_benefits_only_with_consent(client, session, world):
    client.sign_in_as(world.support)
    for path in OWN:
        refused = path.startswith(("/money", "/benefits"))
        status = client.get(f"/people/{world.veikko.id}{path}").status_code
        assert status in (403, 404) if refused else status == 200, path
    consent = factories.consent(world.veikko, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    for path in WITH_CONSENT:
        assert client.get(f"/people/{world.veikko.id}{path}").status_code == 200, path
    consent.withdrawn_at = factories.NOW
    assert client.get(f"/people/{world.veikko.id}/benefits").status_code == 404


def test_support_person_is_told_on_whose_behalf(client, world):
    client.sign_in_as(world.support)
    assert "Veikko Åkerö" in client.page("/people").text
    assert "You are doing this with Veikko Åkerö" in client.page(f"/people/{world.veikko.id}/wishes/tasks").text


def test_ended_link_shows_nothing(client, session, world):
    client.sign_in_as(world.support)
    world_link = factories.support(world.veikko, world.coordinator)
    assert world_link.id
    for link in session.query(type(world_link)).filter_by(user_id=world.support.id):
        link.ends_on = factories.TODAY.replace(day=21)
    assert client.get(f"/people/{world.veikko.id}").status_code == 404
    assert "Veikko" not in client.page("/people").text


def test_guardian_sees_one_person_only_with_consent(client, world):
    client.sign_in_as(world.guardian)
    assert client.get(f"/wards/{world.veikko.id}").status_code == 404
    assert "Veikko" not in client.page("/wards").text
    factories.benefit(world.veikko, BenefitKind.GUARANTEE_PENSION)
    consent = factories.consent(world.veikko, ConsentPurpose.GUARDIAN_SEES_EARNINGS)
    assert "Guarantee pension" in client.page(f"/wards/{world.veikko.id}").text
    assert "Veikko" in client.page("/wards").text
    consent.withdrawn_at = factories.NOW
    assert client.get(f"/wards/{world.veikko.id}").status_code == 404


def test_unit_manager_sees_own_unit_without_benefits(client, world, elsewhere):
    client.sign_in_as(world.manager)
    assert "Veikko" in client.page("/workers").text
    page = client.page(f"/unit/{world.veikko.id}")
    assert "Work activity times" in page.text
    assert "enefit" not in page.main.text
    assert client.get(f"/unit/{elsewhere.veikko.id}").status_code == 404
    assert client.get(f"/workers/{world.veikko.id}/benefits").status_code == 403


def test_unknown_names_in_addresses_are_not_found(client, world):
    client.sign_in_as(world.veikko_user)
    for path in ("/wishes/nothing", "/benefits/new/lottery", "/benefits/999", "/benefits/999/end"):
        assert client.get(f"/people/{world.veikko.id}{path}").status_code == 404, path
    for path in ("/consents/anything/give", "/consents/anything/withdraw", "/times/absence/999/remove"):
        assert client.post(f"/people/{world.veikko.id}{path}").status_code == 404, path


def test_somebody_without_a_worker_row_is_told_so(client, session, world):
    world.veikko.active = False
    client.sign_in_as(world.veikko_user)
    assert "not a worker in any Jobcenter" in client.page("/me").text


def test_worker_of_two_jobcenters_chooses(client, session, world, elsewhere):
    factories.worker(elsewhere.jobcenter, world.veikko_user)
    client.sign_in_as(world.veikko_user)
    assert "In which Jobcenter?" in client.page("/me").text


def test_list_of_workers_makes_the_same_queries_at_any_length(client, world, query_count):
    client.sign_in_as(world.coordinator)
    with query_count() as few:
        client.page("/workers")
    for _number in range(20):
        factories.worker(world.jobcenter)
    with query_count() as many:
        client.page("/workers")
    assert len(few.queries) == len(many.queries)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=veik", True),
        ("?q=ÅKERÖ", True),
        ("?q=åkerö+veikko", True),
        ("?q=100%25", False),
        ("?show=ready", True),
        ("?show=not_ready", False),
        ("?show=left", False),
        ("?show=nonsense", True),
        ("?unit=999999", True),
        ("?page=abc", True),
    ],
)
def test_list_is_narrowed(client, world, query, found):
    client.sign_in_as(world.coordinator)
    assert ("Veikko" in client.page(f"/workers{query}").main.text) is found
