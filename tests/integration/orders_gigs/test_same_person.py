"""One person in two Jobcenters: what protects them in one protects them in the other, and nothing else is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobcenter.auth.models import User
from jobcenter.benefits import BenefitKind, GuardReason, JobseekerStatus
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs import domain, jobs, service_offers
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Offer
from jobcenter.workers import queries_candidates
from jobcenter.workers.domain import Answer, Asked
from jobcenter.workers.held import service as held
from jobcenter.workers.profiles import service as profiles
from tests import factories
from tests.factories import TODAY
from tests.factories_gigs import Place, actor_of, unemployed


@pytest.fixture
def elsewhere(place) -> Place:
    return Place()


def row_in(other: Place, worker, **facts):
    """The same person's row in another Jobcenter, where nothing stands in the way unless said."""
    given = {"benefits_asked_on": TODAY, "jobseeker": JobseekerStatus.NOT_REGISTERED}
    row = factories.worker(other.jobcenter, factories.db.session.get_one(User, worker.user_id), **given | facts)
    factories.consent(row)
    factories.db.session.commit()
    return row


def test_a_benefit_told_to_another_jobcenter_refuses_the_offer_without_naming_it(place, elsewhere):
    worker = place.worker()
    unemployed(row_in(elsewhere, worker))
    with pytest.raises(domain.GuardRefused) as refused:
        place.offered(place.gig(), worker)
    assert (refused.value.answer.reason, refused.value.answer.benefit) == (GuardReason.TOLD_OTHERWISE, None)
    assert queries_candidates.candidate(worker.id).person.told_elsewhere


def test_a_benefit_that_has_ended_elsewhere_refuses_nothing(place, elsewhere):
    worker = place.worker()
    other = row_in(elsewhere, worker)
    factories.benefit(other, BenefitKind.LABOUR_MARKET_SUBSIDY, ends_on=TODAY - timedelta(days=1))
    factories.db.session.commit()
    assert place.offered(place.gig(), worker).status is OfferStatus.OFFERED


def test_registration_told_to_another_jobcenter_stops_gigs_here(place, elsewhere, session):
    worker = place.worker()
    other = row_in(elsewhere, worker)
    offer = place.confirmed(place.gig(), worker)
    with unit_of_work():
        asked = Asked(asked_on=TODAY, answer=Answer.ALL_TOLD, jobseeker=JobseekerStatus.REGISTERED)
        held.note_asked(elsewhere.coordinator, other.id, asked)
    jobs.stop_guarded_gigs(clock.now())
    assert session.get_one(Offer, offer.id, populate_existing=True).status is OfferStatus.STOPPED


def test_what_another_jobcenter_does_not_know_refuses_nothing(place, elsewhere):
    worker = place.worker()
    row_in(elsewhere, worker, benefits_asked_on=None, jobseeker=JobseekerStatus.UNKNOWN)
    assert place.confirmed(place.gig(), worker).status is OfferStatus.CONFIRMED


def test_nobody_is_on_gigs_of_two_jobcenters_at_once(place, elsewhere):
    worker = place.worker()
    other = row_in(elsewhere, worker)
    theirs = elsewhere.gig()
    place.confirmed(place.gig(starts_at=theirs.starts_at + timedelta(hours=1)), worker)
    with pytest.raises(domain.WorkerBusy):
        elsewhere.offered(theirs, other)


@pytest.mark.parametrize(
    ("answer", "jobseeker"),
    [(Answer.ALL_TOLD, JobseekerStatus.REGISTERED), (Answer.NOT_KNOWN, JobseekerStatus.NOT_REGISTERED)],
)
def test_the_jobseeker_status_alone_or_not_knowing_any_more_stops_gigs(place, session, answer, jobseeker):
    worker = place.worker()
    offer = place.accepted(place.gig(), worker)
    with unit_of_work():
        held.note_asked(actor_of(worker), worker.id, Asked(asked_on=TODAY, answer=answer, jobseeker=jobseeker))
    jobs.stop_guarded_gigs(clock.now())
    assert session.get_one(Offer, offer.id, populate_existing=True).status is OfferStatus.STOPPED
    with unit_of_work(), pytest.raises(Exception, match="offer"):
        service_offers.confirm(place.coordinator, offer.id)


def test_two_rows_that_turn_out_to_be_one_person_stop_gigs(place, elsewhere, session):
    worker = place.worker()
    address = session.get_one(User, worker.user_id).email
    unknown = factories.worker(elsewhere.jobcenter, email=address, jobseeker=JobseekerStatus.REGISTERED)
    session.commit()
    offer = place.confirmed(place.gig(), worker)
    with unit_of_work():
        profiles.invite(elsewhere.coordinator, unknown.id)
    jobs.stop_guarded_gigs(clock.now())
    assert session.get_one(Offer, offer.id, populate_existing=True).status is OfferStatus.STOPPED
