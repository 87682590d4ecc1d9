"""Who is told of gigs that end, or wait, because of what a person told about themselves."""

from __future__ import annotations

from collections.abc import Iterable

from jobcenter.core import clock
from jobcenter.core.web import absolute_url
from jobcenter.orders.gigs import mails_stops
from jobcenter.orders.gigs.cards import card_of, coordinator_reader, support_readers, worker_reader
from jobcenter.orders.gigs.domain import GigCard
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.gigs.post import send
from jobcenter.orders.gigs.queries import jobcenter_of
from jobcenter.workers.models import Worker


def stopped(worker: Worker, offers: list[Offer]) -> None:
    """Tell the worker kindly, the support persons without the benefit facts, and each coordinator what to do."""
    gigs = [offer.gig for offer in offers]
    partner = jobcenter_of(gigs[0]).partner_name
    key = _key(offers)
    send(
        [worker_reader(worker)],
        gigs[0],
        "stopped",
        key,
        lambda _card, to: mails_stops.stopped_kindly(_cards(offers), name=to.given_name, partner=partner),
    )
    send(
        support_readers([worker.id]),
        gigs[0],
        "stopped_support",
        key,
        lambda _card, _to: mails_stops.stopped_for_support(_cards(offers), worker=worker.name),
    )
    url = absolute_url("matching.stopped")
    send(
        [coordinator_reader(gig) for gig in gigs],
        gigs[0],
        "stopped_coordinator",
        key,
        lambda _card, _to: mails_stops.stopped_for_coordinator(
            _cards(offers), worker=worker.name, partner=partner, url=url
        ),
    )


def left(worker: Worker, taken_back: list[Offer], agreed: list[Offer]) -> None:
    """Tell a worker who takes part no more what becomes of their gigs, and the coordinators of agreed ones to call."""
    concerned = [*taken_back, *agreed]
    key = f"{clock.now().isoformat()}-{_key(concerned)}"
    send(
        [worker_reader(worker)],
        concerned[0].gig,
        "left",
        key,
        lambda _card, to: mails_stops.left_kindly(_cards(taken_back), _cards(agreed), name=to.given_name),
    )
    url = absolute_url("matching.stopped")
    send(
        [coordinator_reader(offer.gig) for offer in agreed],
        concerned[0].gig,
        "left_coordinator",
        key,
        lambda _card, _to: mails_stops.left_for_coordinator(_cards(agreed), worker=worker.name, url=url),
    )


def _cards(offers: Iterable[Offer]) -> list[GigCard]:
    return [card_of(offer.gig) for offer in offers]


def _key(offers: list[Offer]) -> str:
    return "-".join(str(offer.id) for offer in offers[:8])
