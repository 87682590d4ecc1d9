"""Finding feedback, and the people of a gig who can get it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.orders.feedback.models import Feedback
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.hours.queries import WORKED
from jobcenter.orders.intake.models import Order
from jobcenter.workers.models import Worker


def people_of(gig_id: int) -> list[Offer]:
    """Who did the gig, by given name."""
    query = select(Offer).join(Offer.worker).where(Offer.gig_id == gig_id, Offer.status.in_(WORKED))
    return list(db.session.scalars(query.options(contains_eager(Offer.worker)).order_by(Worker.given_name, Offer.id)))


def worked_offer(gig_id: int, offer_id: int) -> Offer:
    """One person's place on a gig. Raises NotFound when there is none such."""
    query = select(Offer).join(Offer.worker).join(Offer.gig).join(Gig.order)
    query = query.where(Offer.id == offer_id, Offer.gig_id == gig_id, Offer.status.in_(WORKED))
    eager = contains_eager(Offer.gig).contains_eager(Gig.order).joinedload(Order.organisation)
    return or_not_found(db.session.scalar(query.options(contains_eager(Offer.worker), eager)))


def given_for(offer_ids: Collection[int]) -> dict[int, Feedback]:
    """The feedback of some places, by offer id."""
    query = select(Feedback).where(Feedback.offer_id.in_(offer_ids))
    return {feedback.offer_id: feedback for feedback in db.session.scalars(query)}


def feedback_to(worker_ids: Collection[int], *, limit: int = 50) -> list[Feedback]:
    """The newest feedback that some workers have got, with gig and orderer."""
    query = select(Feedback).where(Feedback.worker_id.in_(worker_ids)).order_by(Feedback.given_at.desc()).limit(limit)
    query = query.options(joinedload(Feedback.gig).joinedload(Gig.order).joinedload(Order.organisation))
    return list(db.session.scalars(query))
