"""Gigs as plain facts in the reader's language, and who is to be told of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from jobcenter.auth.models import User
from jobcenter.auth.queries import jobcenter
from jobcenter.core import clock, texts
from jobcenter.orders.gigs import queries
from jobcenter.orders.gigs.domain import GigCard, OfferStatus, Span
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.organisations.queries import orderer_of
from jobcenter.orders.rates.domain import RateKind, RateMissing
from jobcenter.orders.rates.queries import rate_in_force
from jobcenter.workers.domain import SupportKind
from jobcenter.workers.messages import TASKS
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import supporters_of


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a mail, in their language. `given_name` is "" when it is an office; `user_id` of an account."""

    email: str
    language: str
    given_name: str = ""
    user_id: int | None = None


def span_of(gig: Gig) -> Span:
    """When the gig is."""
    return Span(gig.starts_at, gig.ends_at)


def title_of(gig: Gig) -> str:
    """What is done: the order's title, else its kind of task."""
    return gig.order.title or str(TASKS[gig.order.category])


def card_of(gig: Gig) -> GigCard:
    """The gig in plain facts; its order and the order's organisation must be loaded."""
    order = gig.order
    return GigCard(
        gig_id=gig.id,
        title=title_of(gig),
        place="" if gig.place else order.place_name,
        address=gig.place
        or ", ".join(part for part in (order.street, f"{order.postcode} {order.city}".strip()) if part),
        span=span_of(gig),
        break_minutes=gig.break_minutes,
        contact_name=order.contact_name,
        contact_phone=order.contact_phone,
        organisation=order.organisation.name if order.organisation else "",
        form=gig.contract_form,
        wage=wage_of(gig),
    )


def wage_of(gig: Gig) -> Decimal | None:
    """The worker's euros per hour on the gig's day, or None when no wage is set for that day."""
    day = clock.day_of(gig.starts_at)
    try:
        return rate_in_force(RateKind.WAGE, gig.contract_form, gig.jobcenter_id, day).value
    except RateMissing:
        return None


def worker_reader(worker: Worker) -> Reader:
    """The worker, by the address of their account or profile; without one when the account is closed."""
    user = queries.user_by_id(worker.user_id)
    if user is not None and not user.active:
        return Reader("", worker.language, worker.given_name)
    address = user.email if user is not None else worker.email
    return Reader(address, worker.language, worker.given_name, worker.user_id)


def user_reader(user: User) -> Reader:
    """Somebody with an account."""
    return Reader(user.email, user.language, user.given_name, user.id)


def coordinator_reader(gig: Gig) -> Reader:
    """The order's own coordinator, else the Jobcenter's address."""
    user = queries.user_by_id(gig.order.coordinator_id)
    if user is not None and user.active:
        return user_reader(user)
    return Reader(jobcenter(gig.jobcenter_id).email, texts.DEFAULT)


def orderer_reader(gig: Gig) -> Reader:
    """Whoever ordered, or acts for the organisation when they have left; else the organisation's address."""
    user = orderer_of(gig.order.organisation_id, gig.order.ordered_by_id)
    if user is not None:
        return user_reader(user)
    organisation = gig.order.organisation
    return Reader(organisation.email if organisation else "", texts.DEFAULT)


def support_readers(worker_ids: Iterable[int]) -> list[Reader]:
    """The support persons linked to the workers today, each once."""
    linked = supporters_of(list(worker_ids), clock.today())
    persons = [person for found in linked.values() for person in found if person.kind is SupportKind.SUPPORT_PERSON]
    readers = (Reader(one.email, one.language, one.name.split(" ")[0], one.user_id) for one in persons)
    return list({reader.email: reader for reader in readers}.values())


def booked_readers(gig: Gig) -> list[Reader]:
    """The support persons who come along."""
    return [user_reader(user) for user in queries.booked_support([gig.id])[gig.id] if user.active]


def offers_in(gig: Gig, *statuses: OfferStatus) -> list[Offer]:
    """The whole gig's offers in these states."""
    return [offer for offer in queries.offers_of(gig) if offer.status in statuses]


def told_name(worker: Worker) -> str:
    """What an orderer sees of a worker: the first name, and what the worker allowed to be told."""
    return f"{worker.given_name} ({worker.told_to_orderer})" if worker.told_to_orderer else worker.given_name
