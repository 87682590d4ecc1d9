"""A support person comes along to a gig: booked and unbooked by a coordinator."""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.core import audit, clock, texts
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.uow import flush, register_clash
from jobcenter.orders.gigs import domain, post, queries
from jobcenter.orders.gigs.cards import span_of
from jobcenter.orders.gigs.domain import GigStatus
from jobcenter.orders.gigs.models import Gig, SupportBooking

register_clash("uq_support_booking_gig_id_user_id", lambda: AlreadyDone("support_already"))


def book_support(actor: Actor, gig_id: int, user_id: int) -> SupportBooking:
    """Book a support person of the Jobcenter along. Raises SupportBusy for another gig at the same time, GigOver."""
    gig = queries.gig_for(actor, gig_id, lock=True)
    _refuse_over(gig)
    user = queries.lock_support_person(user_id, gig.jobcenter_id)
    if queries.booking_of(gig_id, user_id) is not None:
        raise AlreadyDone("support_already")
    elsewhere = queries.support_clash(user_id, span_of(gig), but=gig.id)
    if elsewhere is not None:
        when = texts.interval(elsewhere.starts_at, elsewhere.ends_at)
        raise domain.SupportBusy("support_busy", "user_id", name=user.name, when=when)
    booking = SupportBooking(gig_id=gig_id, user_id=user_id, booked_by=actor.name, booked_at=clock.now())
    db.session.add(booking)
    flush()
    audit.record(actor, "support.book", "gig", gig_id, after={"user": user_id}, jobcenter_id=gig.jobcenter_id)
    post.support_booked(gig, user)
    return booking


def unbook_support(actor: Actor, gig_id: int, user_id: int) -> Gig:
    """The support person need not come along after all. Raises AlreadyDone when they are not booked."""
    gig = queries.gig_for(actor, gig_id, lock=True)
    _refuse_over(gig)
    booking = queries.booking_of(gig_id, user_id)
    if booking is None:
        raise AlreadyDone("support_not_booked")
    user = queries.user_by_id(user_id)
    db.session.delete(booking)
    flush()
    audit.record(actor, "support.unbook", "gig", gig_id, before={"user": user_id}, jobcenter_id=gig.jobcenter_id)
    post.support_unbooked(gig, user)
    return gig


def _refuse_over(gig: Gig) -> None:
    if gig.status is not GigStatus.PLANNED or gig.ends_at <= clock.now():
        raise domain.GigOver("gig_over")
