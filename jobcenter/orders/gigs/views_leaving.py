"""What becomes of a person's coming gigs, shown before the consent to take part is withdrawn."""

from __future__ import annotations

from flask import g, render_template

from jobcenter.auth.domain import Role
from jobcenter.auth.doors import allow
from jobcenter.core import clock
from jobcenter.core.errors import NotFound
from jobcenter.orders.gigs import presenting, queries
from jobcenter.orders.gigs.blueprint import bp
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.workers import policy
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.queries import consent_in_force, worker_for
from jobcenter.workers.sides import OFFICE, PERSON, Side, around


@bp.get("/of/<int:worker_id>/leave", defaults=PERSON)
@bp.get("/of/<int:worker_id>/leave/office", defaults=OFFICE)
@allow(Role.COORDINATOR, Role.WORKER)
def leave(worker_id: int, side: Side) -> str:
    """The person's open offers and agreed gigs, and what happens to each when the consent is withdrawn."""
    worker = worker_for(g.actor, worker_id)
    if not policy.can_decide_consent(g.actor, worker):
        raise NotFound
    ahead = queries.offers_ahead_of([worker.id], clock.now())
    rows = [(offer.status, presenting.my_gig_row(offer, own=True)) for offer in ahead]
    return render_template(
        "gigs/leave.html",
        **around(g.actor, worker, side, "consents.show"),
        purpose=ConsentPurpose.TAKE_PART.value,
        is_given=consent_in_force(worker.id, ConsentPurpose.TAKE_PART) is not None,
        open_offers=[row for status, row in rows if status is OfferStatus.OFFERED],
        agreed=[row for status, row in rows if status in queries.AGREED],
    )
