"""The pages on limits: whose they are, what they say, and the coordinator's queue."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jobcenter.auth.domain import SYSTEM, Role
from jobcenter.auth.models import Jobcenter, User
from jobcenter.benefits import BenefitKind
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings import service
from jobcenter.earnings.models import LimitWarning
from jobcenter.workers.domain import ConsentPurpose, SupportKind
from tests import factories
from tests.factories import NOW
from tests.factories_earnings import earned, pensioner, wage_order, wages


@pytest.fixture
def place(session):
    with clock.frozen(NOW):
        wages()
        yield factories.jobcenter()


@pytest.fixture
def veikko(place):
    """A worker with a disability pension who has earned 900 euros in November."""
    user = factories.someone(Role.WORKER, place, given_name="Veikko", family_name="Tekijä")
    worker = pensioner(place, of=user)
    factories.benefit(worker, BenefitKind.PENSIONER_HOUSING_ALLOWANCE, decided_annual_income=Decimal("0.00"))
    earned(wage_order(place), worker, "900.00")
    return worker


def user_of(worker, session):
    return session.get(User, worker.user_id)


def warned(session, worker):
    session.commit()
    with unit_of_work():
        service.check_worker(SYSTEM, worker.id, NOW)
    return session.query(LimitWarning).filter_by(worker_id=worker.id).order_by(LimitWarning.id).all()


def test_the_worker_sees_a_sentence_bars_figures_and_sources(session, as_user, veikko):
    text = as_user(user_of(veikko, session)).get("/earnings").text
    assert "You can still work 9 hours in November." in text
    assert "You can still work 11 hours before Kela must review the housing allowance." in text
    assert "Done so far: €900.00 of €990.90 (90%)" in text
    assert "738/2009" in text
    assert "This is an estimate, not a decision. Check with Kela." in text
    assert "Not all limits of the year 2027 are known yet." in text
    assert "What does it mean to leave the pension dormant?" in text and "24 months" in text
    assert "020\u00a0692\u00a0202" in text
    assert list(audit.events(audit.Search(kind=audit.Kind.READ))) == []


def test_nobody_is_sent_to_the_telephone_of_another_benefit(place, as_user):
    user = factories.someone(Role.WORKER, place)
    factories.benefit(factories.worker(place, user), BenefitKind.BASIC_SOCIAL_ASSISTANCE)
    text = as_user(user).get("/earnings").text
    assert "Check with Kela." in text and "020\u00a0692\u00a0202" not in text


def test_a_worker_of_no_jobcenter_is_told_so(place, as_user):
    page = as_user(factories.someone(Role.WORKER, place)).get("/earnings")
    assert "Ask your coordinator" in page.text


def test_a_worker_whose_benefits_were_never_asked_is_asked(place, as_user):
    user = factories.someone(Role.WORKER, place)
    factories.worker(place, user)
    page = as_user(user).get("/earnings")
    assert "We do not know the benefits yet." in page.text


def test_a_coordinator_s_reading_is_on_the_log(session, place, as_user, veikko):
    coordinator = factories.someone(Role.COORDINATOR, place)
    text = as_user(coordinator).get(f"/earnings/workers/{veikko.id}").text
    assert "Veikko can still work 9 hours in November." in text
    (event,) = audit.events(audit.Search(kind=audit.Kind.READ))
    assert (event.actor_id, event.thing_type, event.thing_id) == (coordinator.id, "worker", str(veikko.id))
    assert event.after == {"fields": ["benefits", "earnings", "limits"]}


@pytest.mark.parametrize(
    ("role", "kind", "consent"),
    [
        (Role.SUPPORT, SupportKind.SUPPORT_PERSON, ConsentPurpose.SUPPORT_SEES_EARNINGS),
        (Role.GUARDIAN, SupportKind.GUARDIAN, ConsentPurpose.GUARDIAN_SEES_EARNINGS),
    ],
)
def test_those_beside_the_worker_see_only_with_consent(as_user, veikko, role, kind, consent):
    beside = factories.grant(factories.user(), role, db.session.get_one(Jobcenter, veikko.jobcenter_id))
    factories.support(veikko, beside, kind)
    client = as_user(beside)
    assert client.get(f"/earnings/workers/{veikko.id}").status_code == 404
    factories.consent(veikko, consent)
    assert client.get(f"/earnings/workers/{veikko.id}").status_code == 200
    assert len(audit.events(audit.Search(kind=audit.Kind.READ))) == 1


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SUPPORT, Role.GUARDIAN])
def test_others_never_see(session, as_user, veikko, role):
    client = as_user(factories.someone(role, factories.jobcenter()))
    assert client.get(f"/earnings/workers/{veikko.id}").status_code == 404


@pytest.mark.parametrize("role", [Role.ORDERER, Role.WORKER, Role.UNIT_MANAGER, Role.ADMIN])
def test_other_roles_have_no_door(session, place, as_user, veikko, role):
    client = as_user(factories.someone(role, place))
    assert client.get(f"/earnings/workers/{veikko.id}").status_code == 403
    assert client.get("/earnings/warnings").status_code == 403
    assert client.post("/earnings/warnings/1/note").status_code == 403


def test_who_is_not_signed_in_is_sent_to_the_door(session, client, veikko):
    for address in ("/earnings", "/earnings/warnings", f"/earnings/workers/{veikko.id}"):
        assert client.get(address).status_code == 302


def test_the_queue_and_noting_a_warning(session, place, as_user, veikko):
    near, review = warned(session, veikko)
    client = as_user(factories.someone(Role.COORDINATOR, place, given_name="Kaisa", family_name="K"))
    text = client.get("/earnings/warnings").text
    assert "Veikko Tekijä" in text and "Disability pension from Kela" in text and "Near the limit" in text
    for _ in range(2):
        assert client.post(f"/earnings/warnings/{near.id}/note", follow_redirects=True).status_code == 200
    session.expire_all()
    assert (near.noted_by, near.noted_at) == ("Kaisa K", NOW)
    assert review.noted_at is None
    assert "Kaisa K" in client.get("/earnings/warnings").text
    assert [event.verb for event in audit.events(audit.Search(kind=audit.Kind.CHANGE))].count("limits.note") == 1


def test_another_jobcenter_s_warnings_are_not_there(session, as_user, veikko):
    near, _review = warned(session, veikko)
    client = as_user(factories.someone(Role.COORDINATOR, factories.jobcenter()))
    assert "Veikko" not in client.get("/earnings/warnings").text
    assert client.post(f"/earnings/warnings/{near.id}/note").status_code == 404


def test_the_queue_asks_no_more_for_many(session, place, as_user, veikko, query_count):
    client = as_user(factories.someone(Role.COORDINATOR, place))
    warned(session, veikko)
    counts = []
    for more in (0, 20):
        order = wage_order(place)
        for _ in range(more):
            worker = pensioner(place)
            earned(order, worker, "900.00")
            warned(session, worker)
        with query_count() as statements:
            client.page("/earnings/warnings")
        counts.append(len(statements.queries))
    assert counts[0] == counts[1]


def test_the_page_reads_in_finnish_and_plain_finnish(session, as_user, veikko):
    user = user_of(veikko, session)
    for language, words in [
        ("fi", "Voit vielä tehdä töitä 9 tuntia marraskuussa."),
        ("fi@easy", "Voit tehdä vielä 9 tuntia töitä marraskuussa."),
    ]:
        user.language = language
        assert words in as_user(user).get("/earnings").text
