"""Keeping an orderer's feedback, and telling the worker."""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.core import audit, clock, texts
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.uow import flush, register_clash
from jobcenter.core.web import absolute_url
from jobcenter.notifications.service import queue
from jobcenter.orders.feedback import messages, queries
from jobcenter.orders.feedback.domain import GiveFeedback
from jobcenter.orders.feedback.models import Feedback
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.hours.queries import gig_for_orderer, user_of_worker

register_clash("uq_feedback_offer_id", lambda: AlreadyDone("feedback_given"))


def give_feedback(actor: Actor, gig_id: int, offer_id: int, command: GiveFeedback) -> Feedback:
    """Keep the orderer's feedback to one person of a gig; it is given once. The person is told.

    Raises NotFound unless the actor acts for the gig's orderer, AlreadyDone when it is given.
    """
    gig_for_orderer(actor, gig_id)
    offer = queries.worked_offer(gig_id, offer_id)
    feedback = Feedback(
        offer_id=offer.id,
        gig_id=gig_id,
        worker_id=offer.worker_id,
        how_it_went=command.how_it_went,
        went_well=command.went_well,
        text=command.text,
        given_by=actor.name,
        given_at=clock.now(),
    )
    db.session.add(feedback)
    flush()
    after = {"how_it_went": command.how_it_went, "went_well": command.went_well, "text": command.text}
    audit.record(actor, "feedback.give", "feedback", feedback.id, after=after, jobcenter_id=offer.gig.jobcenter_id)
    _tell_worker(offer, command)
    return feedback


def _tell_worker(offer: Offer, command: GiveFeedback) -> None:
    user = user_of_worker(offer.worker)
    if user is None:
        return
    with texts.in_language(user.language):
        praise = [str(messages.PRAISE[word]) for word in sorted(command.went_well)]
        mail = messages.feedback_came(
            gig=offer.gig.order.title,
            organisation=offer.gig.order.organisation.name if offer.gig.order.organisation else "",
            words="\n".join([*(f"- {word}" for word in praise), command.text]).strip(),
            link=absolute_url("feedback.mine"),
        )
    queue(
        mail,
        to=user.email,
        language=user.language,
        dedupe_key=f"feedback_came:{offer.id}",
        kind="feedback_came",
        jobcenter_id=offer.gig.jobcenter_id,
    )
