"""Who is told what about rounds: each reader in their own language, once."""

from __future__ import annotations

from collections.abc import Iterable

from jobcenter.auth.domain import LinkPurpose
from jobcenter.core.web import absolute_url
from jobcenter.matching.rounds import mails
from jobcenter.matching.rounds.models import OfferRound, RoundPerson
from jobcenter.orders.gigs.cards import coordinator_reader, support_readers, worker_reader
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.gigs.post import Door, send


def asked(gig: Gig, round_: OfferRound, person: RoundPerson) -> None:
    """Ask the worker, by a link of their own; their support persons, who may answer with them, by theirs."""
    page, until, worker = absolute_url("matching.asked", person_id=person.id), round_.closes_at, person.worker
    door = Door(LinkPurpose.ANSWER_ASK, person.id, "matching.asked_by_link", page, until or gig.starts_at)
    send(
        [worker_reader(worker)],
        gig,
        "round_asked",
        person.id,
        lambda card, to: mails.asked(
            card, name=to.given_name, closes_at=until, manner=round_.manner, url=door.url_for(to.user_id)
        ),
    )
    send(
        support_readers([worker.id]),
        gig,
        "round_asked_support",
        person.id,
        lambda card, to: mails.asked_to_somebody_you_support(
            card, worker=worker.name, closes_at=until, url=door.url_for(to.user_id)
        ),
    )


def on_waiting_list(gig: Gig, people: Iterable[RoundPerson]) -> None:
    """Kind words to those who would have come."""
    for person in people:
        reader = worker_reader(person.worker)
        send([reader], gig, "round_waiting", person.id, lambda c, to: mails.on_waiting_list(c, name=to.given_name))


def not_needed(gig: Gig, people: Iterable[RoundPerson]) -> None:
    """Kind words to those whose answer is not needed any more."""
    for person in people:
        reader = worker_reader(person.worker)
        send([reader], gig, "round_over", person.id, lambda card, to: mails.not_needed(card, name=to.given_name))


def to_choose(gig: Gig, round_: OfferRound, willing: int) -> None:
    """Tell the coordinator that people can be chosen."""
    url = _url(round_)
    reader = coordinator_reader(gig)
    send([reader], gig, "round_choose", round_.id, lambda card, _to: mails.to_choose(card, willing=willing, url=url))


def next_proposed(gig: Gig, round_: OfferRound, person: RoundPerson) -> None:
    """Tell the coordinator who is next."""
    name, url, key = person.worker.name, _url(round_), f"{round_.id}-{round_.version}"
    reader = coordinator_reader(gig)
    send([reader], gig, "round_next", key, lambda card, _to: mails.next_proposed(card, worker=name, url=url))


def nobody_left(gig: Gig, round_: OfferRound) -> None:
    """Tell the coordinator that nobody is in line."""
    url, key = _url(round_), f"{round_.id}-{round_.version}"
    send([coordinator_reader(gig)], gig, "round_empty", key, lambda card, _to: mails.nobody_left(card, url=url))


def _url(round_: OfferRound) -> str:
    return absolute_url("matching.round", round_id=round_.id)
