"""Two people can never take the last place: two sessions at once, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError
from jobcenter.core.uow import flush, unit_of_work
from jobcenter.orders.gigs import domain, service_offers
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Offer
from jobcenter.workers.models import Worker
from tests.factories import NOW
from tests.factories_gigs import actor_of, slot_id
from tests.threads import in_threads


def in_states(session: Session, *offers) -> list[OfferStatus]:
    return sorted(session.get_one(Offer, offer.id, populate_existing=True).status for offer in offers)


def test_two_yeses_at_once_leave_one_holder(place, session, app):
    gig = place.gig()
    offers = [place.offered(gig, worker) for worker in (place.worker("Aino"), place.worker("Bo"))]
    wanted = [(actor_of(session.get_one(Worker, offer.worker_id)), offer.id) for offer in offers]
    session.commit()
    refused = []

    def say_yes(actor, offer_id):
        with clock.frozen(NOW):
            try:
                with unit_of_work():
                    service_offers.accept(actor, offer_id)
            except DomainError as refusal:
                refused.append(refusal.code)

    in_threads(app, [lambda a=actor, o=offer_id: say_yes(a, o) for actor, offer_id in wanted])
    assert in_states(session, *offers) == [OfferStatus.ACCEPTED, OfferStatus.WITHDRAWN]
    assert refused == ["offer_gone"]


def test_one_person_cannot_say_yes_to_two_gigs_at_once(place, session, app):
    worker = place.worker()
    offers = [place.offered(gig, worker) for gig in (place.gig(), place.gig())]
    actor, ids = actor_of(worker), [offer.id for offer in offers]
    session.commit()
    refused = []

    def say_yes(offer_id):
        with clock.frozen(NOW):
            try:
                with unit_of_work():
                    service_offers.accept(actor, offer_id)
            except DomainError as refusal:
                refused.append(refusal.code)

    in_threads(app, [lambda o=offer_id: say_yes(o) for offer_id in ids])
    assert in_states(session, *offers) == [OfferStatus.ACCEPTED, OfferStatus.OFFERED]
    assert refused == ["worker_busy_self"]


def test_index_refuses_a_second_holder_with_the_same_words_as_the_check(place, session):
    gig, first, second = place.gig(), place.worker("Aino"), place.worker("Bo")
    held = place.accepted(gig, first)
    facts = {"gig_id": gig.id, "slot_id": held.slot_id, "offered_at": NOW, "offered_by": "x"}
    worker_id = second.id
    with pytest.raises(domain.SlotTaken) as refused, unit_of_work():
        db.session.add(Offer(worker_id=worker_id, status=OfferStatus.ACCEPTED, **facts))
        flush()
    assert refused.value.code == "slot_taken"


def test_index_refuses_a_second_live_offer_of_one_gig(place, session):
    gig, worker = place.gig(slots=2), place.worker()
    place.offered(gig, worker)
    facts = {"gig_id": gig.id, "worker_id": worker.id, "offered_at": NOW, "offered_by": "x"}
    second = slot_id(gig, 1)
    with pytest.raises(domain.AlreadyOnGig), unit_of_work():
        db.session.add(Offer(slot_id=second, status=OfferStatus.OFFERED, **facts))
        flush()
