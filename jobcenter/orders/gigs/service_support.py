"""A support person comes along to a gig: booked and unbooked by a coordinator."""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.auth.models import User
from jobcenter.core import audit, clock, texts
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.uow import flush, register_clash
from jobcenter.orders.gigs import domain, post, queries
from jobcenter.orders.gigs.cards import span_of
from jobcenter.orders.gigs.domain import GigStatus
from jobcenter.orders.gigs.models import Gig, SupportBooking
from jobcenter.orders.gigs.queries_support import booked_around, needing_support, where_of
from jobcenter.workers.capacity.domain import Along, what_is_against
from jobcenter.workers.capacity.queries import capacities_of

register_clash("uq_support_booking_gig_id_user_id", lambda: AlreadyDone("support_already"))


def book_support(actor: Actor, gig_id: int, user_id: int) -> SupportBooking:
    """Book a support person of the Jobcenter along. Raises SupportBusy when they do not work then, are elsewhere or on
    the way, or would have too many people at once; GigOver.
    """
    gig = queries.gig_for(actor, gig_id, lock=True)
    _refuse_over(gig)
    user = queries.lock_support_person(user_id, gig.jobcenter_id)
    if queries.booking_of(gig_id, user_id) is not None:
        raise AlreadyDone("support_already")
    refuse_busy_support(gig, user, "user_id")
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


def refuse_busy_support(gig: Gig, user: User, field: str) -> None:
    """Refuse a gig that a support person cannot come along to, in words. Raises SupportBusy."""
    capacity, span = capacities_of([user.id])[user.id], span_of(gig)
    along = Along(span.starts_at, span.ends_at, where_of(gig), needing_support(gig.id))
    against = what_is_against(capacity, along, booked_around(user.id, span, but=gig.id))
    if against is None:
        return
    at = against.other or along
    raise domain.SupportBusy(
        against.why.value,
        field,
        name=user.name,
        when=texts.interval(at.starts_at, at.ends_at),
        place=at.place,
        minutes=capacity.travel_minutes,
        people=against.people,
        most=capacity.at_once,
    )


def _refuse_over(gig: Gig) -> None:
    if gig.status is not GigStatus.PLANNED or gig.ends_at <= clock.now():
        raise domain.GigOver("gig_over")
