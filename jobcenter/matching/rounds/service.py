"""The verbs of rounds: the coordinator starts, changes and ends them, the people asked answer.

Every verb ends with what follows from it (`service_steps.go_on`), so that the next in line gets the offer, or is
proposed, in the same transaction as a no or a cancellation.
"""

from __future__ import annotations

import secrets

from jobcenter.auth.domain import Actor
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, NotFound, or_not_found
from jobcenter.core.uow import flush, register_clash
from jobcenter.matching import service as desk
from jobcenter.matching.domain import Yes
from jobcenter.matching.rounds import domain, queries, service_steps
from jobcenter.matching.rounds.domain import (
    IN_LINE,
    Asked,
    LineAction,
    LineStatus,
    RoundAction,
    RoundStatus,
    StartRound,
)
from jobcenter.matching.rounds.models import OfferRound, RoundPerson
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs import service_offers
from jobcenter.orders.gigs.cards import span_of
from jobcenter.orders.gigs.domain import OfferStatus, refuse_unstaffable
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.gigs.policy import can_staff
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.workers.policy import is_own
from jobcenter.workers.same_person import hold_people

register_clash("uq_offer_round_live", lambda: domain.RoundRunning("round_running"))

LOTS = 2**31 - 1


# The coordinator's


def start(actor: Actor, gig_id: int, command: StartRound) -> OfferRound:
    """Start a round on a gig: ask everyone, or offer the free places to the first in line. Sent twice, it is the first.

    Whom the rules refuse is passed over, and the round says why. Raises RoundRunning, NobodyAsked, TermsNotAccepted,
    GigOver, DomainError for a time to answer that is past.
    """
    gig = gigs.gig_for(actor, gig_id, lock=True)
    sent = queries.round_by_key(command.form_key)
    if sent is not None:
        return sent
    now = clock.now()
    accepted = gig.order.status is OrderStatus.ACCEPTED
    refuse_unstaffable(terms_accepted=accepted, status=gig.status, span=span_of(gig), now=now)
    domain.refuse_start(command, starts_at=gig.starts_at, now=now)
    if queries.live_round_id(gig_id) is not None:
        raise domain.RoundRunning("round_running")
    round_ = _new(actor, gig, command)
    _put_in_line(round_, command.people)
    audit.record(actor, "round.start", "offer_round", round_.id, after=_told(command), jobcenter_id=gig.jobcenter_id)
    if command.manner.asks_all:
        for person in round_.people:
            service_steps.ask(gig, round_, person)
    service_steps.go_on(actor, round_, gig)
    return round_


def add(actor: Actor, round_id: int, asked: Asked) -> RoundPerson:
    """Put somebody more at the end of the line, or ask them too while all are asked."""
    round_, gig = _held(actor, round_id)
    if round_.status is RoundStatus.CLOSED:
        raise domain.AskingOver("round_not_possible")
    there = next((one for one in round_.people if one.worker_id == asked.worker_id), None)
    if there is not None and there.status not in (LineStatus.SKIPPED, LineStatus.REMOVED):
        raise AlreadyDone("round_person_there", name=there.worker.name)
    person = there or _put_in_line(round_, (asked,))[0]
    if there is not None:
        service_steps.change(there, LineAction.TAKE_BACK)
        there.set_aside, there.why_skipped = asked.reason, ""
    _record(actor, "add", round_, person)
    if round_.status is RoundStatus.ASKING:
        service_steps.ask(gig, round_, person)
    _follow(actor, round_, gig)
    return person


def remove(actor: Actor, round_id: int, person_id: int) -> RoundPerson:
    """Take somebody out of the line who has no offer yet."""
    round_, gig = _held(actor, round_id)
    person = _person(round_, person_id)
    service_steps.change(person, LineAction.REMOVE)
    _record(actor, "remove", round_, person)
    _follow(actor, round_, gig)
    return person


def put_first(actor: Actor, round_id: int, person_id: int) -> RoundPerson:
    """Let somebody in line be the next."""
    round_, gig = _held(actor, round_id)
    person = _person(round_, person_id)
    if person.status not in IN_LINE:
        raise domain.NobodyToStandIn("line_not_possible")
    person.position = min(one.position for one in round_.people) - 1
    _record(actor, "put_first", round_, person)
    _follow(actor, round_, gig)
    return person


def choose(actor: Actor, round_id: int, person_id: int) -> Offer | None:
    """Give a place to somebody who said that they would come, and confirm it; None when the rules refuse them now.

    Raises NobodyToStandIn when no place is free: another coordinator may have given it a moment ago.
    """
    round_, gig = _held(actor, round_id)
    person = _person(round_, person_id)
    if person.status is not LineStatus.WILLING:
        domain.next_line_state(person.status, LineAction.OFFER)
        raise domain.NobodyToStandIn("line_not_possible")
    if not queries.standing_of(round_.id, clock.now()).free:
        raise domain.NobodyToStandIn("round_no_place")
    hold_people([person.worker_id])
    offer = service_steps.place(actor, round_, person, gig)
    flush()
    if offer is not None and offer.status is OfferStatus.ACCEPTED:
        service_offers.confirm(actor, offer.id)
    _follow(actor, round_, gig)
    return offer


def resume(actor: Actor, round_id: int) -> OfferRound:
    """Send the offer to the next in line, and so on in turn. Raises NobodyToStandIn."""
    round_, gig = _held(actor, round_id)
    if not service_steps.in_line(round_):
        raise domain.NobodyToStandIn("round_nobody_in_line")
    service_steps.move(actor, round_, RoundAction.RESUME)
    _follow(actor, round_, gig)
    return round_


def close(actor: Actor, round_id: int) -> OfferRound:
    """End the round. Offers that are out stay."""
    round_, gig = _held(actor, round_id)
    service_steps.close(actor, round_, gig)
    return round_


# Those who are asked


def say_yes(actor: Actor, person_id: int, command: Yes) -> RoundPerson:
    """Somebody would like to come, alone or together with a support person or coordinator.

    Raises LimitNotUnderstood, AskingOver, and what `refuse_place` raises, in kind words.
    """
    person, gig = _answering(actor, person_id)
    if person.status is LineStatus.WILLING:
        raise AlreadyDone("line_already")
    service_offers.refuse_place(actor, gig, person.worker)
    looked = desk.look(gig, person.worker_id, clock.now())
    desk.check_known(actor, person.worker, looked and looked.effect, knows=command.knows)
    _answer(actor, person, LineAction.SAY_YES)
    person.pitch, person.knows = command.pitch, command.knows
    _follow(actor, person.round, gig)
    return person


def say_no(actor: Actor, person_id: int) -> RoundPerson:
    """Somebody would rather not."""
    person, gig = _answering(actor, person_id)
    _answer(actor, person, LineAction.SAY_NO)
    _follow(actor, person.round, gig)
    return person


def decline_offer(actor: Actor, offer_id: int, *, reason: str = "") -> Offer:
    """A no to an offer; the next in line gets it at once."""
    return _then_go_on(actor, service_offers.decline(actor, offer_id, reason=reason))


def accept_offer(actor: Actor, offer_id: int, command: Yes) -> Offer:
    """A yes to an offer; the rest of the line is the waiting list when everyone is found."""
    return _then_go_on(actor, desk.accept(actor, offer_id, command))


def cancel_offer(actor: Actor, offer_id: int, *, reason: str) -> Offer:
    """Somebody cannot come; the next in line is proposed or gets the offer at once."""
    return _then_go_on(actor, service_offers.cancel(actor, offer_id, reason=reason))


def withdraw_offer(actor: Actor, offer_id: int, *, reason: str) -> Offer:
    """A place or an offer is taken back; the next in line is proposed or gets the offer at once."""
    return _then_go_on(actor, service_offers.withdraw(actor, offer_id, reason=reason))


# Parts


def _then_go_on(actor: Actor, offer: Offer) -> Offer:
    round_id = queries.live_round_id(offer.gig_id)
    if round_id is not None:
        _follow(actor, queries.whole_round(round_id), offer.gig)
    return offer


def _follow(actor: Actor, round_: OfferRound, gig: Gig) -> None:
    """What follows by itself. Done in the coordinator's name when a coordinator acts, in the system's otherwise."""
    flush()
    by = actor if can_staff(actor, gig) else service_steps.SYSTEM
    service_steps.go_on(by, round_, gig)


def _held(actor: Actor, round_id: int) -> tuple[OfferRound, Gig]:
    """A round in its locked gig, as it is after whoever held it before."""
    gig = gigs.gig_for(actor, queries.gig_id_for(actor, round_id), lock=True)
    return queries.whole_round(round_id), gig


def _answering(actor: Actor, person_id: int) -> tuple[RoundPerson, Gig]:
    round_id = queries.asked_for(actor, person_id).round_id
    gig = gigs.locked_gig(queries.whole_round(round_id).gig_id)
    round_ = queries.whole_round(round_id)
    person = _person(round_, person_id)
    hold_people([person.worker_id])
    if round_.status is RoundStatus.CLOSED or person.status is LineStatus.REMOVED:
        raise domain.AskingOver("round_gone")
    if round_.status is not RoundStatus.ASKING or (round_.closes_at and round_.closes_at <= clock.now()):
        raise domain.AskingOver("round_asking_over")
    return person, gig


def _answer(actor: Actor, person: RoundPerson, action: LineAction) -> None:
    service_steps.change(person, action)
    person.answered_at, person.answered_by = clock.now(), actor.name
    person.on_behalf = not is_own(actor, person.worker)
    _record(actor, action.value, person.round, person)


def _new(actor: Actor, gig: Gig, command: StartRound) -> OfferRound:
    asking = command.manner.asks_all
    round_ = OfferRound(
        jobcenter_id=gig.jobcenter_id,
        gig_id=gig.id,
        manner=command.manner,
        status=RoundStatus.ASKING if asking else RoundStatus.OFFERING,
        reserve=command.reserve,
        stand_in=command.stand_in,
        closes_at=command.closes_at if asking else None,
        lots=secrets.randbelow(LOTS),
        started_by=actor.name,
        started_at=clock.now(),
        form_key=command.form_key,
        people=[],
    )
    db.session.add(round_)
    flush()
    return round_


def _put_in_line(round_: OfferRound, people: tuple[Asked, ...]) -> list[RoundPerson]:
    """New people at the end of the line. Raises NotFound for somebody of another Jobcenter."""
    workers = queries.workers_of(round_.jobcenter_id, [asked.worker_id for asked in people])
    if len(workers) < len({asked.worker_id for asked in people}):
        raise NotFound
    last = max((one.position for one in round_.people), default=0)
    added = []
    for position, asked in enumerate({one.worker_id: one for one in people}.values(), start=last + 1):
        person = RoundPerson(worker_id=asked.worker_id, worker=workers[asked.worker_id], position=position)
        person.status, person.set_aside, person.offer = LineStatus.WAITING, asked.reason, None
        round_.people.append(person)
        added.append(person)
    flush()
    return added


def _person(round_: OfferRound, person_id: int) -> RoundPerson:
    return or_not_found(next((one for one in round_.people if one.id == person_id), None))


def _told(command: StartRound) -> dict[str, object]:
    people = [asked.worker_id for asked in command.people]
    return {"manner": command.manner, "people": people, "stand_in": command.stand_in, "reserve": command.reserve}


def _record(actor: Actor, verb: str, round_: OfferRound, person: RoundPerson) -> None:
    after = {"worker": person.worker_id, "status": person.status, "reason": person.set_aside}
    audit.record(actor, f"round.{verb}", "offer_round", round_.id, after=after, jobcenter_id=round_.jobcenter_id)
