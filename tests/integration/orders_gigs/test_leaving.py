"""Who takes part no more: what is shown before, what is taken back, what stands until they and the coordinator talk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobcenter.auth.domain import Role
from jobcenter.auth.models import User
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs import jobs, service_offers
from jobcenter.orders.gigs.domain import NoConsent, OfferStatus
from jobcenter.orders.gigs.models import Offer
from jobcenter.workers.consents import service as consents
from jobcenter.workers.domain import ConsentPurpose, Given
from tests import factories
from tests.factories import NOW
from tests.factories_gigs import actor_of, mails

DAY = timedelta(days=1)
TAKE_PART = ConsentPurpose.TAKE_PART


def leave(worker) -> None:
    with unit_of_work():
        consents.withdraw(actor_of(worker), worker.id, TAKE_PART)


def status_of(session, offer) -> OfferStatus:
    return session.get_one(Offer, offer.id, populate_existing=True).status


@pytest.fixture
def three(place):
    """An open offer, a yes and a confirmed place of one person, on three days."""
    worker = place.worker()
    gigs = [place.gig(starts_at=NOW + days * DAY) for days in (3, 4, 5)]
    return worker, place.offered(gigs[0], worker), place.accepted(gigs[1], worker), place.confirmed(gigs[2], worker)


def test_open_offers_are_taken_back_and_agreed_gigs_stand(place, three, session):
    worker, *offers = three
    leave(worker)
    assert jobs.take_back_unwanted_offers(clock.now()).done == 1
    assert [status_of(session, offer) for offer in offers] == [
        OfferStatus.WITHDRAWN,
        OfferStatus.ACCEPTED,
        OfferStatus.CONFIRMED,
    ]
    told, to_do = mails("left"), mails("left_coordinator")
    assert [mail.to for mail in told] == [session.get_one(User, worker.user_id).email]
    assert {mail.to for mail in to_do} == {place.coordinator_user.email}
    assert jobs.take_back_unwanted_offers(clock.now()).done == 0


def test_a_yes_of_who_left_is_not_confirmed(place, three):
    worker, _open, accepted, _confirmed = three
    leave(worker)
    with pytest.raises(NoConsent), unit_of_work():
        service_offers.confirm(place.coordinator, accepted.id)


def test_who_came_back_at_once_keeps_the_offers(place, three, session):
    worker, offered, *_rest = three
    leave(worker)
    with unit_of_work():
        consents.give(actor_of(worker), worker.id, Given(TAKE_PART, "Jobcenter"))
    jobs.take_back_unwanted_offers(clock.now())
    assert status_of(session, offered) is OfferStatus.OFFERED
    assert mails("left") == []


def test_another_consent_takes_nothing_back(place, three, session):
    worker, offered, *_rest = three
    factories.consent(worker, ConsentPurpose.UNIT_SEES_GIGS)
    session.commit()
    with unit_of_work():
        consents.withdraw(actor_of(worker), worker.id, ConsentPurpose.UNIT_SEES_GIGS)
    assert jobs.take_back_unwanted_offers(clock.now()).done == 0
    assert status_of(session, offered) is OfferStatus.OFFERED


def test_the_person_sees_what_will_happen_before_the_button(place, three, session, as_user):
    worker = three[0]
    worker_id, user = worker.id, session.get_one(User, worker.user_id)
    browser = as_user(user)
    link = browser.page(f"/people/{worker_id}/consents").find("a", string="See what happens, and withdraw")
    page = browser.page(link["href"])
    assert [len(section.select("li.card")) for section in page.select("main section")] == [1, 2]
    assert browser.post(f"/people/{worker_id}/consents/take_part/withdraw").status_code == 302
    assert "nothing to withdraw" in browser.page(link["href"]).get_text()


def test_the_coordinator_gets_a_queue_with_what_to_do(place, three, session, as_user):
    leave(three[0])
    browser = as_user(place.coordinator_user)
    assert "does not take part any more" in browser.page("/").select_one(".needs").get_text()
    queue = browser.page("/matching/stopped").get_text()
    assert "the agreement stands until you have talked" in queue
    with unit_of_work():
        for offer in three[2:]:
            service_offers.withdraw(place.coordinator, offer.id, reason="Talked on the phone")
    assert "Everyone with an agreed gig takes part" in browser.page("/matching/stopped").get_text()
    assert "does not take part any more" not in browser.page("/").get_text()


def test_others_do_not_see_what_would_happen(place, three, session, as_user):
    worker_id = three[0].id
    elsewhere = factories.jobcenter()
    others = [
        factories.someone(Role.COORDINATOR, elsewhere),
        factories.someone(Role.WORKER, place.jobcenter),
        place.support_person(three[0]),
    ]
    session.commit()
    for user, refusal in zip(others, (404, 404, 403), strict=True):
        assert as_user(user).get(f"/gigs/of/{worker_id}/leave").status_code == refusal
