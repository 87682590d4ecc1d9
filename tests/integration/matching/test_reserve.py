"""Benefit facts on the pages of gigs: who may not know does not see them, and what a coordinator read is on the log."""

from __future__ import annotations

from sqlalchemy import select

from jobcenter.auth.models import User
from jobcenter.core import clock, todo
from jobcenter.core.audit import AuditEvent
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs import jobs
from jobcenter.workers.domain import ConsentPurpose
from tests import factories
from tests.factories_gigs import slot_id, unemployed

STOPPED = ("Stopped to protect a benefit", "could have stopped a benefit")


def stop(worker):
    """The worker begins to get an unemployment benefit, and the guard stops their gigs."""
    unemployed(worker)
    with unit_of_work():
        todo.leave(todo.Changed.BENEFITS, worker.id)
    jobs.stop_guarded_gigs(clock.now())


def pages(client, offer):
    return client.get("/gigs/mine").text + client.get(f"/matching/offers/{offer.id}").text


def test_a_support_person_learns_of_benefits_only_with_consent(place, session, as_user):
    worker = place.worker()
    tuija = place.support_person(worker)
    offer = place.accepted(place.gig(), worker)
    stop(worker)
    seen = pages(as_user(tuija), offer)
    assert "Astianpesu" in seen and not any(words in seen for words in STOPPED)
    assert all(words in pages(as_user(session.get_one(User, worker.user_id)), offer) for words in STOPPED)
    factories.consent(worker, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    session.commit()
    assert all(words in as_user(tuija).get(f"/matching/offers/{offer.id}").text for words in STOPPED)


def test_an_open_offer_does_not_tell_a_support_person_what_the_guard_knows(place, session, as_user):
    worker = place.worker()
    tuija = place.support_person(worker)
    offer = place.offered(place.gig(), worker)
    unemployed(worker)
    assert "could stop your benefit" not in as_user(tuija).get(f"/matching/offers/{offer.id}").text


def reads(session):
    query = select(AuditEvent.thing_id).where(AuditEvent.verb == "read", AuditEvent.thing_type == "worker")
    return [int(found) for found in session.scalars(query)]


def test_reading_why_the_guard_refuses_somebody_is_on_the_log(place, session, as_user):
    worker = place.worker()
    unemployed(worker)
    client = as_user(place.coordinator_user)
    assert (
        "Gets an unemployment benefit" in client.get(f"/matching/slots/{slot_id(place.gig())}/offer/{worker.id}").text
    )
    assert reads(session) == [worker.id]


def test_reading_whom_the_guard_stopped_is_on_the_log(place, session, as_user):
    worker = place.worker()
    place.accepted(place.gig(), worker)
    stop(worker)
    assert worker.name in as_user(place.coordinator_user).get("/matching/stopped").text
    assert reads(session) == [worker.id]
