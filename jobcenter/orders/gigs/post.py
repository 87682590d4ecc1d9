"""Who is told what about gigs: each reader in their own language, once, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobcenter.auth.domain import LinkPurpose
from jobcenter.auth.models import User
from jobcenter.auth.service import make_link
from jobcenter.core import clock, texts
from jobcenter.core.web import absolute_url
from jobcenter.notifications.domain import Mail
from jobcenter.notifications.service import queue
from jobcenter.orders.gigs import mails
from jobcenter.orders.gigs.cards import (
    Reader,
    booked_readers,
    card_of,
    coordinator_reader,
    offers_in,
    orderer_reader,
    support_readers,
    told_name,
    user_reader,
    worker_reader,
)
from jobcenter.orders.gigs.domain import GigCard, OfferStatus, Span
from jobcenter.orders.gigs.messages import reason as in_words
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.gigs.queries import booked_support

SHORTEST_LINK = timedelta(hours=1)
COMING = (OfferStatus.CONFIRMED, OfferStatus.DONE)

Build = Callable[[GigCard, Reader], Mail]


# Offers and answers


@dataclass(frozen=True)
class Door:
    """Where somebody answers: by a link of their own, which asks for no password until an instant, or without an
    account on the `page` behind sign-in. `by_link`: the endpoint that takes the token.
    """

    purpose: LinkPurpose
    subject_id: int
    by_link: str
    page: str
    until: datetime

    def url_for(self, user_id: int | None) -> str:
        """The address for one user."""
        if user_id is None:
            return self.page
        valid_for = max(self.until - clock.now(), SHORTEST_LINK)
        return absolute_url(self.by_link, token=make_link(self.purpose, self.subject_id, user_id, valid_for))


def offer_made(offer: Offer) -> None:
    """Ask the worker, by a link that shows the offer; their support persons hear of it too."""
    gig, worker = offer.gig, offer.worker
    url = answer_url(offer)
    send(
        [worker_reader(worker)],
        gig,
        "offer_made",
        offer.id,
        lambda card, to: mails.offer_made(card, name=to.given_name, answer_by=offer.answer_by, url=url),
    )
    supporters_asked(offer)


def supporters_asked(offer: Offer) -> None:
    """Tell the support persons that somebody has an offer to think about."""
    gig, worker = offer.gig, offer.worker
    door = _door(offer)
    send(
        support_readers([worker.id]),
        gig,
        "offer_made_support",
        offer.id,
        lambda card, to: mails.offer_made_to_somebody_you_support(
            card, worker=worker.name, answer_by=offer.answer_by, url=door.url_for(to.user_id)
        ),
    )


def answer_url(offer: Offer) -> str:
    """Where the worker answers: a link of their own, or the page behind sign-in when they have no account."""
    return _door(offer).url_for(offer.worker.user_id)


def _door(offer: Offer) -> Door:
    page = absolute_url("matching.offer", offer_id=offer.id)
    return Door(LinkPurpose.ANSWER_OFFER, offer.id, "matching.answer_link", page, offer.gig.ends_at)


def said_yes(offer: Offer) -> None:
    """Tell the coordinator that a place can be confirmed."""
    url = absolute_url("matching.slot", slot_id=offer.slot_id)
    send(
        [coordinator_reader(offer.gig)],
        offer.gig,
        "said_yes",
        offer.id,
        lambda card, _to: mails.said_yes(
            card, worker=offer.worker.name, by=offer.answered_by, pitch=offer.pitch, url=url
        ),
    )


def said_no(offer: Offer) -> None:
    """Tell the coordinator that somebody else is to be asked."""
    url = absolute_url("matching.slot", slot_id=offer.slot_id)
    send(
        [coordinator_reader(offer.gig)],
        offer.gig,
        "said_no",
        offer.id,
        lambda card, _to: mails.said_no(
            card, worker=offer.worker.name, by=offer.answered_by, reason=offer.reason, url=url
        ),
    )


def limit_goes_over(offer: Offer, supporters: Iterable[Reader]) -> None:
    """Tell the support persons who may see earnings that the worker took a gig that goes over a limit, and knows it."""
    worker = offer.worker.name
    send(supporters, offer.gig, "limit_over", offer.id, lambda card, _to: mails.limit_goes_over(card, worker=worker))


def place_gone(offer: Offer) -> None:
    """Kind words to a worker whose open offer ended."""
    _send_worker(offer, "place_gone", lambda card, to: mails.place_gone_kindly(card, name=to.given_name))


def no_answer_came(offer: Offer) -> None:
    """Kind words to a worker whose time to answer ran out."""
    _send_worker(offer, "no_answer", lambda card, to: mails.no_answer_came(card, name=to.given_name))


def place_not_answered(offer: Offer) -> None:
    """Tell the coordinator that the time to answer ran out, so that somebody else can be asked."""
    url, worker = absolute_url("matching.slot", slot_id=offer.slot_id), offer.worker.name
    reader = coordinator_reader(offer.gig)
    send([reader], offer.gig, "not_answered", offer.id, lambda c, _to: mails.not_answered(c, worker=worker, url=url))


def place_not_confirmed(offer: Offer) -> None:
    """An apology to a worker who said yes and never heard more."""
    _send_worker(offer, "not_confirmed", lambda card, to: mails.place_not_confirmed(card, name=to.given_name))


def place_withdrawn(offer: Offer) -> None:
    """Tell the worker why their place was taken back."""

    def build(card: GigCard, to: Reader) -> Mail:
        return mails.place_withdrawn(card, name=to.given_name, reason=in_words(offer.reason))

    _send_worker(offer, "withdrawn", build)


def place_confirmed(offer: Offer) -> None:
    """Tell the worker that the gig is theirs; the orderer when everyone is found."""
    gig = offer.gig
    supporters = ", ".join(user.name for user in booked_support([gig.id])[gig.id])
    url = absolute_url("matching.offer", offer_id=offer.id)
    _send_worker(
        offer,
        "confirmed",
        lambda card, to: mails.place_confirmed(card, name=to.given_name, supporters=supporters, url=url),
    )
    people = offers_in(gig, *COMING)
    if len(people) == len([slot for slot in gig.slots if slot.in_use]):
        _tell_staffed(gig, offer, [told_name(person.worker) for person in people])


def _tell_staffed(gig: Gig, last: Offer, people: list[str]) -> None:
    url = absolute_url("gigs.of_order", order_id=gig.order_id)
    send(
        [orderer_reader(gig)],
        gig,
        "staffed",
        last.id,
        lambda card, _to: mails.gig_staffed(card, people=people, url=url),
    )


def worker_cannot_come(offer: Offer, *, was_confirmed: bool) -> None:
    """Tell the coordinator, the support persons and, if they expected the person, the orderer."""
    gig, worker = offer.gig, offer.worker
    url = absolute_url("matching.slot", slot_id=offer.slot_id)
    reason = offer.reason
    send(
        [coordinator_reader(gig)],
        gig,
        "cannot_come",
        offer.id,
        lambda card, _to: mails.worker_cannot_come(card, who=worker.name, reason=reason, url=url),
    )
    send(
        [*support_readers([worker.id]), *booked_readers(gig)],
        gig,
        "cannot_come_support",
        offer.id,
        lambda card, _to: mails.worker_cannot_come_for_support(card, who=worker.name, reason=reason),
    )
    if was_confirmed:
        page = absolute_url("gigs.of_order", order_id=gig.order_id)
        send(
            [orderer_reader(gig)],
            gig,
            "cannot_come_orderer",
            offer.id,
            lambda card, _to: mails.worker_cannot_come_for_orderer(
                card, who=worker.given_name, reason=reason, url=page
            ),
        )


def missed(offer: Offer) -> None:
    """Ask kindly what happened."""
    _send_worker(offer, "missed", lambda card, to: mails.missed(card, name=to.given_name))


def swapped(offer: Offer, before: Gig) -> None:
    """Tell a worker which gig is theirs now."""
    url = absolute_url("matching.offer", offer_id=offer.id)

    def build(card: GigCard, to: Reader) -> Mail:
        return mails.swapped(card, name=to.given_name, before=card_of(before), reason=offer.reason, url=url)

    _send_worker(offer, "swapped", build)


# Gigs


def gig_cancelled(gig: Gig, ended: Iterable[Offer], *, by_orderer: bool) -> None:
    """Tell everyone who was on the gig or thinking about it, the support persons, and the other side."""
    other_side = coordinator_reader(gig) if by_orderer else orderer_reader(gig)
    people = [worker_reader(offer.worker) for offer in ended]
    reason, by = in_words(gig.status_reason), gig.status_by
    send(
        [*people, *booked_readers(gig), other_side],
        gig,
        "gig_cancelled",
        f"{gig.id}-{gig.version}",
        lambda card, to: mails.gig_cancelled(card, name=to.given_name, reason=reason, by=by),
    )


def gig_reopened(gig: Gig) -> None:
    """Tell the orderer and the coordinator that people are looked for anew."""
    page = absolute_url("gigs.of_order", order_id=gig.order_id)
    for reader, url in ((orderer_reader(gig), page), (coordinator_reader(gig), gig_url(gig))):
        send(
            [reader],
            gig,
            "gig_reopened",
            f"{gig.id}-{gig.version}",
            lambda card, _to, url=url: mails.gig_reopened(card, by=gig.status_by, url=url),
        )


def gig_changed(gig: Gig, *, before: Span, place_before: str) -> None:
    """Tell everyone with an offer or a place, the support persons and the orderer."""
    offers = offers_in(gig, OfferStatus.OFFERED, OfferStatus.ACCEPTED, OfferStatus.CONFIRMED)
    for offer in offers:
        url = absolute_url("matching.offer", offer_id=offer.id)
        _send_change(gig, [worker_reader(offer.worker)], before, place_before, url)
    _send_change(gig, booked_readers(gig), before, place_before, absolute_url("gigs.booked", gig_id=gig.id))
    page = absolute_url("gigs.of_order", order_id=gig.order_id)
    _send_change(gig, [orderer_reader(gig)], before, place_before, page)


def _send_change(gig: Gig, readers: Iterable[Reader], before: Span, place_before: str, url: str) -> None:
    send(
        readers,
        gig,
        "gig_changed",
        f"{gig.id}-{gig.version}",
        lambda card, to: mails.gig_changed(card, name=to.given_name, before=before, place_before=place_before, url=url),
    )


def people_changed(gig: Gig, *, before: int, people: int, by: str, by_orderer: bool) -> None:
    """Tell the other side that the number of people is another."""
    reader = coordinator_reader(gig) if by_orderer else orderer_reader(gig)
    url = gig_url(gig) if by_orderer else absolute_url("gigs.of_order", order_id=gig.order_id)
    send(
        [reader],
        gig,
        "people_changed",
        f"{gig.id}-{clock.now().isoformat()}",
        lambda card, _to: mails.people_changed(card, before=before, people=people, by=by, url=url),
    )


# Support


def support_booked(gig: Gig, user: User) -> None:
    """Tell the support person where to come along, and with whom."""
    people = [offer.worker.name for offer in offers_in(gig, OfferStatus.ACCEPTED, OfferStatus.CONFIRMED)]
    url = absolute_url("gigs.booked", gig_id=gig.id)
    send(
        [user_reader(user)],
        gig,
        "support_booked",
        f"{gig.id}-{clock.now().isoformat()}",
        lambda card, to: mails.support_booked(card, name=to.given_name, people=people, url=url),
    )


def support_unbooked(gig: Gig, user: User) -> None:
    """Tell the support person that they need not come along."""
    send(
        [user_reader(user)],
        gig,
        "support_unbooked",
        f"{gig.id}-{clock.now().isoformat()}",
        lambda card, to: mails.support_unbooked(card, name=to.given_name),
    )


# Sending


def gig_url(gig: Gig) -> str:
    """The coordinator's page of the gig."""
    return absolute_url("matching.gig", gig_id=gig.id)


def where(gig: Gig) -> str:
    """The gig's place in one line."""
    card = card_of(gig)
    return ", ".join(part for part in (card.place, card.address) if part)


def _send_worker(offer: Offer, kind: str, build: Build) -> None:
    send([worker_reader(offer.worker)], offer.gig, kind, offer.id, build)


def send(readers: Iterable[Reader], gig: Gig, kind: str, key: int | str, build: Build) -> None:
    """Queue a mail to each reader in their language; once for a kind and key."""
    for reader in readers:
        if not reader.email:
            continue
        with texts.in_language(reader.language):
            mail = build(card_of(gig), reader)
        queue(
            mail,
            to=reader.email,
            language=reader.language,
            dedupe_key=f"{kind}:{key}:{reader.email}"[:160],
            kind=kind,
            jobcenter_id=gig.jobcenter_id,
        )
