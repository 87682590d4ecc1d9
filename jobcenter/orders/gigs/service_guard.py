"""A benefit changed: stop the gigs ahead that the contract guard now refuses, and say so kindly."""

from __future__ import annotations

from jobcenter.auth.domain import SYSTEM
from jobcenter.core import clock
from jobcenter.orders.gigs import domain, post, queries
from jobcenter.orders.gigs.cards import span_of
from jobcenter.orders.gigs.domain import OfferAction, Place
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.gigs.service_offers import end
from jobcenter.workers.queries import person_facts_many
from jobcenter.workers.same_person import rows_of_same_person


def stop_refused(worker_id: int) -> list[Offer]:
    """Stop what the guard refuses of a person's offers and places on gigs ahead, in every Jobcenter.

    The worker is told in kind words, the support persons without benefit facts, and the coordinator what to do.
    """
    return [offer for row_id in rows_of_same_person(worker_id) for offer in _stop_in_jobcenter(row_id)]


def _stop_in_jobcenter(worker_id: int) -> list[Offer]:
    person = person_facts_many([worker_id]).get(worker_id)
    if person is None:
        return []
    today = clock.today()
    ahead = queries.offers_ahead_of(worker_id, clock.now())
    refused_gigs = [
        offer.gig_id
        for offer in ahead
        if not domain.ask_guard(Place(span_of(offer.gig), offer.gig.contract_form), person, today).allowed
    ]
    stopped = [offer for gig_id in refused_gigs for offer in _stop(gig_id, worker_id)]
    if stopped:
        post.stopped(stopped[0].worker, stopped)
    return stopped


def _stop(gig_id: int, worker_id: int) -> list[Offer]:
    gig = queries.locked_gig(gig_id)
    mine = [offer for offer in queries.offers_of(gig) if offer.worker_id == worker_id and offer.status in queries.AHEAD]
    for offer in mine:
        end(SYSTEM, offer, OfferAction.STOP, "benefit_would_stop")
    return mine
