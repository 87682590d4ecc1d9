"""Offers on both databases: made, answered, confirmed, ended; a test per refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import Role
from jobcenter.benefits import JobseekerStatus
from jobcenter.core import clock
from jobcenter.core.audit import AuditEvent
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs import domain, jobs, service_offers
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Contract, Offer
from jobcenter.orders.gigs.service_offers import MakeOffer
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.queries import consent_in_force
from tests import factories
from tests.factories import NOW
from tests.factories_gigs import ANSWER_BY, actor_of, mails, slot_id, support_actor, unemployed


def do(verb, *args, **facts):
    with unit_of_work():
        return verb(*args, **facts)


def offer_to(place, gig, worker, **facts):
    command = MakeOffer(**{"worker_id": worker.id, "answer_by": ANSWER_BY} | facts)
    return do(service_offers.offer, place.coordinator, slot_id(gig), command)


def status_of(session, offer):
    return session.get_one(Offer, offer.id, populate_existing=True).status


# The road


def test_offer_yes_confirmation_and_contract(place, session):
    worker, gig = place.worker(), place.gig()
    offer = place.offered(gig, worker)
    assert [mail.to for mail in mails("offer_made")] == [worker.email]
    do(service_offers.accept, actor_of(worker), offer.id, pitch="Pidän tiskistä 🍽")
    assert "Pidän tiskistä 🍽" in mails("said_yes")[0].body
    assert mails("said_yes")[0].to == place.coordinator_user.email
    do(service_offers.confirm, place.coordinator, offer.id)
    contract = session.scalars(select(Contract)).one()
    assert (contract.offer_id, contract.language) == (offer.id, "en")
    assert "everyone for your gig" in mails("staffed")[0].body
    assert worker.family_name not in mails("staffed")[0].body
    logged = select(AuditEvent.verb).where(AuditEvent.thing_type == "offer").order_by(AuditEvent.id)
    assert session.scalars(logged).all() == ["offer.make", "offer.accept", "offer.confirm"]


def test_first_yes_ends_the_other_offers_kindly(place, session):
    gig, first, second = place.gig(), place.worker("Aino"), place.worker("Bo")
    mine, other = place.offered(gig, first), place.offered(gig, second)
    do(service_offers.accept, actor_of(first), mine.id)
    assert status_of(session, other) is OfferStatus.WITHDRAWN
    assert [mail.to for mail in mails("place_gone")] == [second.email]
    with pytest.raises(NotPossible) as refused:
        do(service_offers.accept, actor_of(second), other.id)
    assert refused.value.code == "offer_gone"


def test_support_person_answers_and_both_names_are_kept(place, session):
    worker, gig = place.worker(), place.gig()
    tuija = place.support_person(worker)
    offer = place.offered(gig, worker)
    do(service_offers.accept, support_actor(tuija, place.jobcenter), offer.id)
    stored = session.get_one(Offer, offer.id, populate_existing=True)
    assert (stored.answered_by, stored.on_behalf, stored.worker_id) == (tuija.name, True, worker.id)
    event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "offer.accept")).one()
    assert (event.actor_id, event.on_behalf_of) == (tuija.id, worker.user_id)
    assert tuija.name in mails("said_yes")[0].body


def test_worker_cancels_and_everyone_concerned_hears_why(place, session):
    worker, gig = place.worker(told_to_orderer="tykkää tiskata"), place.gig()
    tuija = place.support_person(worker)
    offer = place.confirmed(gig, worker)
    do(service_offers.cancel, actor_of(worker), offer.id, reason="Bussi ei kulje")
    told = {
        kind: [mail.to for mail in mails(kind)]
        for kind in ("cannot_come", "cannot_come_support", "cannot_come_orderer")
    }
    assert told["cannot_come"] == [place.coordinator_user.email]
    assert told["cannot_come_support"] == [tuija.email]
    assert told["cannot_come_orderer"] == [place.orderer_user.email]
    assert all("Bussi ei kulje" in mail.body for kind in told for mail in mails(kind))
    assert worker.family_name not in mails("cannot_come_orderer")[0].body


def test_orderer_hears_nothing_of_an_unconfirmed_yes(place):
    worker, gig = place.worker(), place.gig()
    offer = place.accepted(gig, worker)
    do(service_offers.cancel, actor_of(worker), offer.id, reason="Bussi ei kulje")
    assert mails("cannot_come") and not mails("cannot_come_orderer")


def test_stand_in_for_somebody_who_cancelled(place, session):
    gig, first, second = place.gig(), place.worker("Aino"), place.worker("Bo")
    gone = place.confirmed(gig, first)
    do(service_offers.cancel, actor_of(first), gone.id, reason="Kipeä")
    made = offer_to(place, gig, second, stands_in_for_id=gone.id)
    assert made.stands_in_for_id == gone.id


def test_nobody_stands_in_for_somebody_who_only_said_no(place):
    gig, first, second = place.gig(), place.worker("Aino"), place.worker("Bo")
    no = place.offered(gig, first)
    do(service_offers.decline, actor_of(first), no.id)
    with pytest.raises(NotPossible):
        offer_to(place, gig, second, stands_in_for_id=no.id)


def test_two_people_swap_and_get_new_contracts_only_when_confirmed(place, session):
    one = place.gig()
    other = place.gig(starts_at=one.starts_at + timedelta(days=1))
    aino, bo = place.worker("Aino"), place.worker("Bo")
    mine, theirs = place.confirmed(one, aino), place.confirmed(other, bo)
    moved = do(service_offers.swap, place.coordinator, mine.id, theirs.id, reason="Sovittu")
    assert {(offer.gig_id, offer.worker_id, offer.status) for offer in moved} == {
        (other.id, aino.id, OfferStatus.ACCEPTED),
        (one.id, bo.id, OfferStatus.ACCEPTED),
    }
    assert {mail.to for mail in mails("swapped")} == {aino.email, bo.email}
    assert len(session.scalars(select(Contract)).all()) == 2


def test_a_swap_needs_two_gigs_and_two_held_places(place):
    gig = place.gig(slots=2)
    other = place.gig(starts_at=gig.starts_at + timedelta(days=1))
    aino, bo = place.worker("Aino"), place.worker("Bo")
    mine, same = place.confirmed(gig, aino), place.confirmed(gig, bo, slot=1)
    thinking = place.offered(other, bo)
    for wrong in (same, thinking):
        with pytest.raises(DomainError):
            do(service_offers.swap, place.coordinator, mine.id, wrong.id, reason="x")


def test_swap_is_refused_when_somebody_is_elsewhere_then(place):
    one = place.gig()
    other = place.gig(starts_at=one.starts_at + timedelta(days=1))
    third = place.gig(starts_at=one.starts_at + timedelta(hours=1))
    aino, bo = place.worker("Aino"), place.worker("Bo")
    mine, theirs = place.confirmed(one, aino), place.confirmed(other, bo)
    place.confirmed(third, bo)
    with pytest.raises(domain.WorkerBusy):
        do(service_offers.swap, place.coordinator, mine.id, theirs.id, reason="x")


def test_no_show_only_after_the_start_and_then_the_slot_is_free(place, session):
    gig, worker = place.gig(), place.worker()
    offer = place.confirmed(gig, worker)
    with pytest.raises(domain.NotBegun):
        do(service_offers.mark_no_show, place.coordinator, offer.id)
    with clock.frozen(gig.starts_at + timedelta(minutes=30)):
        do(service_offers.mark_no_show, place.coordinator, offer.id)
        assert mails("missed")[0].to == worker.email
        later = gig.starts_at + timedelta(hours=1)
        assert offer_to(place, gig, place.worker("Bo"), stands_in_for_id=offer.id, answer_by=later)


def test_unanswered_offers_are_let_go_kindly(place, session):
    worker, gig = place.worker(), place.gig()
    offer = place.offered(gig, worker)
    late = ANSWER_BY + timedelta(minutes=1)
    with clock.frozen(late):
        with pytest.raises(domain.AnswerTooLate):
            do(service_offers.accept, actor_of(worker), offer.id)
        assert jobs.end_unanswered_offers(late).done == 1
        assert jobs.end_unanswered_offers(late).done == 0
    assert status_of(session, offer) is OfferStatus.WITHDRAWN
    assert mails("no_answer")[0].to == worker.email


# Refusals


def test_nothing_is_staffed_before_the_terms_are_accepted(place, session):
    gig, worker = place.gig(), place.worker()
    place.order.status = OrderStatus.TERMS_SENT
    session.commit()
    with pytest.raises(domain.TermsNotAccepted):
        offer_to(place, gig, worker)


def test_guard_refuses_at_offer_acceptance_and_confirmation(place, session):
    gig, worker = place.gig(slots=3), place.worker()
    later = place.gig(starts_at=gig.starts_at + timedelta(days=2))
    offered, accepted = place.offered(gig, worker), place.accepted(later, worker)
    unemployed(worker)
    other = place.gig(starts_at=gig.starts_at + timedelta(days=4))
    with pytest.raises(domain.GuardRefused) as refused:
        offer_to(place, other, worker)
    assert refused.value.code == "guard_unemployment_benefit"
    assert refused.value.facts["partner"] == "Kumppani ry"
    with pytest.raises(domain.GuardRefusedKindly) as refused:
        do(service_offers.accept, actor_of(worker), offered.id)
    assert refused.value.code == "guard_kind"
    with pytest.raises(domain.GuardRefused):
        do(service_offers.confirm, place.coordinator, accepted.id)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"jobseeker": JobseekerStatus.REGISTERED}, "guard_registered_jobseeker"),
        ({"jobseeker": JobseekerStatus.UNKNOWN}, "guard_jobseeker_unknown"),
        ({"benefits_asked_on": None}, "guard_benefits_not_asked"),
    ],
)
def test_guard_refuses_jobseekers_and_what_is_not_known(place, facts, code):
    with pytest.raises(domain.GuardRefused) as refused:
        offer_to(place, place.gig(), place.worker(**facts))
    assert refused.value.code == code


def test_busy_back_to_back_and_across_midnight(place):
    worker, gig = place.worker(), place.gig()
    place.accepted(gig, worker)
    with pytest.raises(domain.WorkerBusy):
        offer_to(place, place.gig(starts_at=gig.ends_at - timedelta(minutes=1)), worker)
    assert offer_to(place, place.gig(starts_at=gig.ends_at), worker)
    night = place.gig(starts_at=gig.starts_at + timedelta(hours=13), hours=4)
    place.accepted(night, worker)
    with pytest.raises(domain.WorkerBusy):
        offer_to(place, place.gig(starts_at=night.ends_at - timedelta(hours=1)), worker)


def test_consent_and_taking_part(place, session):
    gig, worker, left = place.gig(), place.worker(), place.worker("Bo", active=False)
    consent_in_force(worker.id, ConsentPurpose.TAKE_PART).withdrawn_at = NOW
    session.commit()
    with pytest.raises(domain.NoConsent):
        offer_to(place, gig, worker)
    with pytest.raises(domain.NotTakingPart):
        offer_to(place, gig, left)


def test_same_offer_twice_changes_nothing(place):
    gig, worker = place.gig(slots=2), place.worker()
    place.offered(gig, worker)
    with pytest.raises(AlreadyDone):
        offer_to(place, gig, worker)
    with pytest.raises(domain.AlreadyOnGig):
        place.offered(gig, worker, slot=1)
    assert len(mails("offer_made")) == 1


def test_held_slot_is_not_offered(place):
    gig = place.gig()
    place.accepted(gig, place.worker())
    with pytest.raises(domain.SlotTaken):
        offer_to(place, gig, place.worker("Bo"))


@pytest.mark.parametrize("answer_by", [NOW - timedelta(minutes=1), NOW + timedelta(days=20)])
def test_answer_must_come_before_the_gig(place, answer_by):
    with pytest.raises(domain.AnswerTimeWrong):
        offer_to(place, place.gig(), place.worker(), answer_by=answer_by)


def test_actions_twice_are_already_done(place):
    gig, worker = place.gig(), place.worker()
    offer = place.confirmed(gig, worker)
    for verb, actor in ((service_offers.accept, actor_of(worker)), (service_offers.confirm, place.coordinator)):
        with pytest.raises((AlreadyDone, NotPossible)):
            do(verb, actor, offer.id)


def test_past_gig_is_over_for_all(place):
    gig, worker = place.gig(), place.worker()
    offer = place.confirmed(gig, worker)
    with clock.frozen(gig.ends_at):
        with pytest.raises(domain.GigOver):
            do(service_offers.cancel, actor_of(worker), offer.id, reason="x")
        with pytest.raises(domain.GigOver):
            do(service_offers.withdraw, place.coordinator, offer.id, reason="x")


def test_others_never_find_the_offer(place):
    gig, worker = place.gig(), place.worker()
    offer = place.offered(gig, worker)
    elsewhere = factories.coordinator(factories.jobcenter())
    stranger = actor_of(place.worker("Bo"))
    for actor in (elsewhere, stranger, place.orderer):
        with pytest.raises(NotFound):
            do(service_offers.accept, actor, offer.id)
    for actor in (elsewhere, actor_of(worker)):
        with pytest.raises(NotFound):
            do(service_offers.confirm, actor, offer.id)
        with pytest.raises(NotFound):
            do(service_offers.offer, actor, slot_id(gig), MakeOffer(worker.id, ANSWER_BY))


def test_worker_of_another_jobcenter_is_not_found(place):
    other = factories.worker(factories.jobcenter())
    both = factories.actor(place.coordinator_user, (Role.COORDINATOR, place.jobcenter))
    with pytest.raises(NotFound):
        do(service_offers.offer, both, slot_id(place.gig()), MakeOffer(other.id, ANSWER_BY))
