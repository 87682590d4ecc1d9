"""The coordinator's list of places that need a talk: stopped by the guard, or of who takes part no more."""

from __future__ import annotations

from flask import g, render_template

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import audit, clock
from jobcenter.matching.blueprint import bp
from jobcenter.orders.gigs import presenting, queries_lists


@bp.get("/stopped")
@allow(Role.COORDINATOR)
def stopped() -> str:
    """Places that the contract guard stopped, those of people who take part no more, and what to do."""
    now = clock.now()
    offers = queries_lists.stopped_offers_for(g.actor, now)
    for offer in offers:
        audit.note_read(g.actor, "worker", offer.worker_id, ("benefits",), offer.gig.jobcenter_id)
    unwilling = queries_lists.unwilling_offers_for(g.actor, now)
    return render_template(
        "matching/stopped.html",
        places=[presenting.stopped_place(offer) for offer in offers],
        unwilling=[presenting.stopped_place(offer) for offer in unwilling],
    )
