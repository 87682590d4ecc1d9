"""Who may do what to a gig or an offer, given how they stand to it."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role
from jobcenter.orders.gigs.models import Gig, Offer


def can_staff(actor: Actor, gig: Gig) -> bool:
    """Offer, confirm, withdraw, swap: the coordinators of the gig's Jobcenter."""
    return gig.jobcenter_id in actor.jobcenters(Role.COORDINATOR)


def is_own(actor: Actor, offer: Offer) -> bool:
    """Whether the offer is the actor's own; everybody else answers together with the worker."""
    return actor.user_id is not None and offer.worker.user_id == actor.user_id
