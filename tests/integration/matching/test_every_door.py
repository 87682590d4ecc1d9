"""The guard and the rules that nobody may set aside, at every door by which somebody comes nearer to a gig."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from jobcenter.benefits import JobseekerStatus
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError
from jobcenter.core.uow import unit_of_work
from jobcenter.matching import service as desk
from jobcenter.matching.domain import OfferCommand, RuleRefuses, RuleRefusesKindly, Yes
from jobcenter.matching.rounds import queries as round_queries
from jobcenter.matching.rounds import service as rounds
from jobcenter.matching.rounds.domain import Asked, Manner, StandIn, StartRound
from jobcenter.matching.rounds.jobs import advance_rounds
from jobcenter.matching.ties import service as ties
from jobcenter.matching.ties.domain import AddBlock, AddTie, TieKind
from jobcenter.orders.gigs import queries as gig_queries
from jobcenter.orders.gigs import service as gigs
from jobcenter.orders.gigs import service_offers as offers
from jobcenter.orders.gigs.domain import GigTimes, GuardRefused, GuardRefusedKindly, OfferStatus
from jobcenter.orders.gigs.models import Offer
from tests.factories import NOW
from tests.factories_gigs import ANSWER_BY, actor_of, slot_id, unemployed

DAY = timedelta(days=1)
STARTS = NOW + 5 * DAY
YES = Yes(knows=True)


def do(verb, *args, **facts):
    with unit_of_work():
        return verb(*args, **facts)


def registered(worker) -> None:
    worker.jobseeker = JobseekerStatus.REGISTERED
    db.session.commit()


def unasked(worker) -> None:
    worker.benefits_asked_on = None
    db.session.commit()


STATUSES: tuple[Callable[..., None], ...] = (unemployed, registered, unasked)


def start(place, gig, people, manner=Manner.IN_TURN, **facts):
    closes_at = NOW + DAY if manner.asks_all else None
    given = {"form_key": str(uuid4()), "closes_at": closes_at, "people": tuple(Asked(p.id, "silti") for p in people)}
    return do(rounds.start, place.coordinator, gig.id, StartRound(manner=manner, **given | facts)).id


def line(round_id, worker):
    return next(one for one in round_queries.whole_round(round_id).people if one.worker_id == worker.id)


# Doors by which somebody gets an offer: (place, gig, worker, other, change) -> nothing. `change` is what happens last.


def by_offer(place, gig, worker, other, change):
    change(worker)
    do(desk.offer, place.coordinator, slot_id(gig), worker.id, OfferCommand(ANSWER_BY, "silti"))


def by_round_in_turn(place, gig, worker, other, change):
    change(worker)
    start(place, gig, [worker])


def by_asking_all(place, gig, worker, other, change):
    change(worker)
    round_id = start(place, gig, [worker], Manner.CHOSEN)
    do(rounds.say_yes, actor_of(worker), line(round_id, worker).id, YES)


def by_adding(place, gig, worker, other, change):
    round_id = start(place, gig, [other])
    change(worker)
    do(rounds.add, place.coordinator, round_id, Asked(worker.id, "silti"))
    do(rounds.decline_offer, actor_of(other), line(round_id, other).offer_id)


def by_choosing(place, gig, worker, other, change):
    round_id = start(place, gig, [worker, other], Manner.CHOSEN)
    do(rounds.say_yes, actor_of(worker), line(round_id, worker).id, YES)
    do(rounds.say_no, actor_of(other), line(round_id, other).id)
    change(worker)
    do(rounds.choose, place.coordinator, round_id, line(round_id, worker).id)


def by_a_draw(place, gig, worker, other, change):
    round_id = start(place, gig, [worker, other], Manner.DRAWN)
    do(rounds.say_yes, actor_of(worker), line(round_id, worker).id, YES)
    change(worker)
    with clock.frozen(NOW + 2 * DAY):
        advance_rounds(NOW + 2 * DAY)


def by_being_first(place, gig, worker, other, change):
    round_id = start(place, gig, [worker, other], Manner.FIRST)
    change(worker)
    do(rounds.say_yes, actor_of(worker), line(round_id, worker).id, YES)


def by_standing_in(place, gig, worker, other, change):
    round_id = start(place, gig, [other, worker], stand_in=StandIn.SEND)
    taken = do(rounds.accept_offer, actor_of(other), line(round_id, other).offer_id, YES)
    change(worker)
    do(rounds.cancel_offer, actor_of(other), taken.id, reason="kipeä")
    advance_rounds(clock.now())


def by_being_proposed(place, gig, worker, other, change):
    round_id = start(place, gig, [other, worker])
    taken = do(rounds.accept_offer, actor_of(other), line(round_id, other).offer_id, YES)
    do(rounds.withdraw_offer, place.coordinator, taken.id, reason="muutos")
    change(worker)
    do(rounds.resume, place.coordinator, round_id)


def by_accepting(place, gig, worker, other, change):
    made = place.offered(gig, worker)
    change(worker)
    do(rounds.accept_offer, actor_of(worker), made.id, YES)


def by_a_reopened_gig(place, gig, worker, other, change):
    place.offered(gig, worker)
    do(gigs.cancel_gig, place.coordinator, gig.id, reason="sade")
    change(worker)
    do(gigs.reopen_gig, place.coordinator, gig.id)
    do(desk.offer, place.coordinator, slot_id(gig), worker.id, OfferCommand(ANSWER_BY, "silti"))


DOORS = (
    by_offer,
    by_round_in_turn,
    by_asking_all,
    by_adding,
    by_choosing,
    by_a_draw,
    by_being_first,
    by_standing_in,
    by_being_proposed,
    by_accepting,
    by_a_reopened_gig,
)
ANSWERED = (OfferStatus.ACCEPTED, OfferStatus.CONFIRMED)


def reached(worker, statuses) -> list[OfferStatus]:
    db.session.expire_all()
    rows = db.session.scalars(select(Offer).where(Offer.worker_id == worker.id))
    return [row.status for row in rows if row.status in statuses]


@pytest.mark.parametrize("change", STATUSES)
@pytest.mark.parametrize("door", DOORS)
def test_no_door_leads_past_the_guard(session, place, door, change):
    gig, worker, other = place.gig(starts_at=STARTS), place.worker("Aino"), place.worker("Bo")
    try:
        door(place, gig, worker, other, change)
    except DomainError as refusal:
        assert isinstance(refusal, (GuardRefused, GuardRefusedKindly)) or door in (by_asking_all, by_accepting), refusal
    assert reached(worker, ANSWERED if door is by_accepting else (OfferStatus.OFFERED, *ANSWERED)) == []


# Places: a rule that nobody may set aside came between, and the desk is not asked again by itself


def keep_apart(place, worker, other):
    do(ties.add_tie, place.coordinator, worker.id, AddTie(other.id, TieKind.APART, "riita"))


def keep_from_orderer(place, worker, other):
    do(ties.add_block, place.coordinator, worker.id, AddBlock(place.organisation.id, "riita"))


def end_service(place, worker, other):
    worker.service_ends_on = clock.day_of(NOW)
    db.session.commit()


def saying_yes(place, gig, worker, change):
    made = place.offered(gig, worker)
    change()
    do(rounds.accept_offer, actor_of(worker), made.id, YES)


def saying_yes_when_all_are_asked(place, gig, worker, change):
    round_id = start(place, gig, [worker], Manner.CHOSEN)
    change()
    do(rounds.say_yes, actor_of(worker), line(round_id, worker).id, YES)


def confirming(place, gig, worker, change):
    made = place.accepted(gig, worker)
    change()
    do(offers.confirm, place.coordinator, made.id)


def swapping(place, gig, worker, change):
    elsewhere = place.accepted(place.gig(starts_at=STARTS + DAY), worker)
    third = place.accepted(gig, place.worker("Cia"))
    change()
    do(offers.swap, place.coordinator, elsewhere.id, third.id, reason="sovittu")


def asking_anew(place, gig, worker, change):
    made = place.offered(gig, worker)
    do(offers.withdraw, place.coordinator, made.id, reason="toinen sopimus")
    change()
    with unit_of_work():
        before = gig_queries.coordinated_offer_for(place.coordinator, made.id, lock=True)
        offers.ask_anew(place.coordinator, before, ANSWER_BY)


def moving(place, gig, worker, change):
    place.accepted(gig, worker)
    change()
    moved = GigTimes(clock.day_of(STARTS + DAY), time(9), time(12), 0)
    do(gigs.change_gig, place.coordinator, gig.id, moved)


CHANGES = (keep_apart, keep_from_orderer, end_service)
PLACES = (saying_yes, saying_yes_when_all_are_asked, confirming, swapping, asking_anew, moving)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("door", PLACES)
def test_no_place_is_given_past_a_rule_that_nobody_may_set_aside(session, place, door, change):
    gig, worker, other = place.gig(slots=2, starts_at=STARTS), place.worker("Aino"), place.worker("Bo")
    place.accepted(gig, other, slot=1)
    kindly = door in (saying_yes, saying_yes_when_all_are_asked)
    with pytest.raises(RuleRefusesKindly if kindly else RuleRefuses) as refusal:
        door(place, gig, worker, lambda: change(place, worker, other))
    assert ("reason" in refusal.value.facts) is not kindly
