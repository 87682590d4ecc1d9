"""What a person told changes their coming gigs: a benefit stops them, no wish to take part takes open offers back."""

from __future__ import annotations

from jobcenter.auth.domain import SYSTEM
from jobcenter.benefits import Person
from jobcenter.core import clock
from jobcenter.orders.gigs import domain, post_stops, queries
from jobcenter.orders.gigs.cards import span_of
from jobcenter.orders.gigs.domain import OfferAction, OfferStatus, Place
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.gigs.service_offers import end
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.queries import consent_in_force, person_facts_many
from jobcenter.workers.same_person import rows_of_same_person


def stop_refused(worker_id: int) -> list[Offer]:
    """Stop what the guard refuses of a person's offers and places on gigs ahead, in every Jobcenter.

    The worker is told in kind words, the support persons without benefit facts, and the coordinator what to do.
    """
    rows = rows_of_same_person(worker_id)
    people = person_facts_many(rows)
    ahead = queries.offers_ahead_of(rows, clock.now())
    refused = [offer.id for offer in ahead if not _allowed(offer.gig, people[offer.worker_id])]
    ended = [_end(offer_id, OfferAction.STOP, "benefit_would_stop") for offer_id in refused]
    stopped = [offer for offer in ended if offer is not None]
    for row_id in rows:
        mine = [offer for offer in stopped if offer.worker_id == row_id]
        if mine:
            post_stops.stopped(mine[0].worker, mine)
    return stopped


def take_back_unwanted(worker_id: int) -> list[Offer]:
    """Take back the open offers of somebody who has withdrawn the consent to take part; the offers taken back.

    What was agreed stands until the person and the coordinator have talked: nothing of it is cancelled here, and both
    are told so. Nothing happens when the consent has been given anew meanwhile.
    """
    if consent_in_force(worker_id, ConsentPurpose.TAKE_PART) is not None:
        return []
    ahead = queries.offers_ahead_of([worker_id], clock.now())
    open_ids = [offer.id for offer in ahead if offer.status is OfferStatus.OFFERED]
    agreed = [offer for offer in ahead if offer.status in queries.AGREED]
    ended = [_end(offer_id, OfferAction.WITHDRAW, "does_not_take_part") for offer_id in open_ids]
    taken_back = [offer for offer in ended if offer is not None]
    if ahead:
        post_stops.left(ahead[0].worker, taken_back, agreed)
    return taken_back


def _allowed(gig: Gig, person: Person) -> bool:
    return domain.ask_guard(Place(span_of(gig), gig.contract_form), person, clock.today()).allowed


def _end(offer_id: int, action: OfferAction, reason: str) -> Offer | None:
    """End an offer in its locked gig, unless it has ended meanwhile."""
    gig = queries.locked_gig_of(offer_id)
    offer = next(offer for offer in queries.offers_of(gig) if offer.id == offer_id)
    if offer.status not in queries.AHEAD:
        return None
    end(SYSTEM, offer, action, reason)
    return offer
