"""What happens in a round by itself: the next offer, the draw, the waiting list. Safe to be run twice.

Every step is decided by `domain.next_step` from how the round stands in the database, in its locked gig. The rules and
the contract guard are asked anew for whoever is next, at the moment of the offer, whoever or whatever sends it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from jobcenter.auth.domain import SYSTEM, Actor
from jobcenter.core import audit, clock
from jobcenter.core.errors import DomainError
from jobcenter.core.uow import flush
from jobcenter.matching import service as desk
from jobcenter.matching.domain import LATELY
from jobcenter.matching.queries import match_of
from jobcenter.matching.rounds import domain, post, queries
from jobcenter.matching.rounds.domain import (
    IN_LINE,
    LineAction,
    LineStatus,
    Manner,
    RoundAction,
    RoundStatus,
    Step,
    Ticket,
)
from jobcenter.matching.rounds.models import OfferRound, RoundPerson
from jobcenter.orders.gigs import post as gig_post
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs import queries_diaries, service_offers
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.gigs.service_offers import Answer, MakeOffer
from jobcenter.workers.same_person import hold_people

MOST_STEPS = 500


def advance(round_id: int, actor: Actor = SYSTEM) -> list[Step]:
    """Do whatever is due in a round, in its locked gig; what was done. Nothing when it has been done already."""
    round_ = queries.whole_round(round_id)
    gig = gigs.locked_gig(round_.gig_id)
    return go_on(actor, queries.whole_round(round_id), gig)


def go_on(actor: Actor, round_: OfferRound, gig: Gig) -> list[Step]:
    """Do what is due in a whole round of a gig that the caller holds."""
    now, done = clock.now(), []
    hold_people([person.worker_id for person in in_line(round_)])
    for _turn in range(MOST_STEPS):
        step = domain.next_step(queries.standing_of(round_.id, now), now)
        if step is Step.NOTHING:
            break
        _DO[step](actor, round_, gig)
        flush()
        done.append(step)
    return done


def in_line(round_: OfferRound) -> list[RoundPerson]:
    """Those who can still get an offer, the next first."""
    return sorted((one for one in round_.people if one.status in IN_LINE), key=lambda one: one.position)


def move(actor: Actor, round_: OfferRound, action: RoundAction) -> None:
    """Bring the round to its next state; on the audit log."""
    before = round_.status
    round_.status = domain.next_round_state(before, action)
    after = {"status": round_.status, "gig": round_.gig_id}
    audit.record(
        actor,
        f"round.{action}",
        "offer_round",
        round_.id,
        before={"status": before},
        after=after,
        jobcenter_id=round_.jobcenter_id,
    )


def change(person: RoundPerson, action: LineAction) -> None:
    """Bring one person to their next state."""
    person.status = domain.next_line_state(person.status, action)


def close(actor: Actor, round_: OfferRound, gig: Gig) -> None:
    """End the round: nobody is asked any more, and those who wait are told kindly. Offers that are out stay."""
    waiting = [one for one in round_.people if one.status in (LineStatus.ASKED, LineStatus.WILLING)]
    move(actor, round_, RoundAction.CLOSE)
    round_.ended_at = clock.now()
    post.not_needed(gig, waiting)


def offer_next(actor: Actor, round_: OfferRound, gig: Gig) -> Offer | None:
    """Offer a free place to the next in line, or pass them over when the rules refuse them now."""
    person = in_line(round_)[0]
    return _offer_to(actor, round_, person, _free_slots(gig)[0])


def place(actor: Actor, round_: OfferRound, person: RoundPerson, gig: Gig) -> Offer | None:
    """Give a free place to somebody who has said that they would come; None when the rules refuse them now.

    When the gig would now take a limit over that they did not know of, the offer stays open for their own yes.
    """
    offer = _offer_to(actor, round_, person, _free_slots(gig)[0], told=True)
    if offer is None:
        return None
    looked = desk.look(gig, person.worker_id, clock.now())
    effect = looked and looked.effect
    if not person.knows and (effect is None or effect.needs_knowing):
        gig_post.offer_made(offer)
        return offer
    answer = Answer(by=person.answered_by, on_behalf=person.on_behalf, pitch=person.pitch)
    service_offers.take(actor, offer, answer)
    desk.keep_what_is_known(actor, offer, effect)
    return offer


def ask(gig: Gig, round_: OfferRound, person: RoundPerson) -> None:
    """Ask somebody, with all the others, whether they would come; whom the rules refuse is passed over."""
    codes = refusing(gig, person)
    if codes:
        return skip(SYSTEM, round_, person, codes)
    change(person, LineAction.ASK)
    person.asked_at = clock.now()
    flush()
    post.asked(gig, round_, person)


def refusing(gig: Gig, person: RoundPerson) -> list[str]:
    """Codes of the rules that refuse this person now: those that nobody may set aside, and others not set aside."""
    fit = match_of(gig, person.worker_id, clock.now()).fit
    stopping = [finding for finding in fit.findings if finding.weight.stops]
    return [one.code.value for one in stopping if one not in fit.refusals or not person.set_aside]


def skip(actor: Actor, round_: OfferRound, person: RoundPerson, codes: list[str]) -> None:
    """Pass somebody over, and keep why."""
    change(person, LineAction.SKIP)
    person.why_skipped = " ".join(codes)[:250]
    after = {"worker": person.worker_id, "rules": codes}
    audit.record(actor, "round.skip", "offer_round", round_.id, after=after, jobcenter_id=round_.jobcenter_id)


# Steps


def _offer_to(actor: Actor, round_: OfferRound, person: RoundPerson, slot: Slot, *, told: bool = False) -> Offer | None:
    codes = refusing(slot.gig, person)
    if codes:
        return skip(actor, round_, person, codes)
    until = domain.reserved_until(round_.reserve, slot.gig.starts_at, clock.now())
    try:
        made = service_offers.offer_in(
            actor, slot, person.worker, MakeOffer(person.worker_id, until, desk.absent_from(slot)), silent=told
        )
    except DomainError as refusal:
        return skip(actor, round_, person, [refusal.code])
    change(person, LineAction.OFFER)
    person.offer = made
    if person.set_aside:
        after = {"reason": person.set_aside}
        audit.record(actor, "offer.override", "offer", made.id, after=after, jobcenter_id=round_.jobcenter_id)
    return made


def _free_slots(gig: Gig) -> list[Slot]:
    """Slots that nobody holds and that are not on offer."""
    return [
        slot
        for slot in gig.slots
        if slot.in_use
        and gigs.holder_of(slot) is None
        and not any(offer.status is OfferStatus.OFFERED for offer in slot.offers)
    ]


def _time_up(actor: Actor, round_: OfferRound, gig: Gig) -> None:
    """Nobody can answer any more; those who did not are told kindly, and a draw puts the willing in order."""
    silent = [one for one in round_.people if one.status is LineStatus.ASKED]
    for person in silent:
        change(person, LineAction.LET_GO)
    move(actor, round_, RoundAction.TIME_UP)
    post.not_needed(gig, silent)
    willing = in_line(round_)
    if round_.manner is Manner.DRAWN:
        _draw(actor, round_, willing)
    elif willing and round_.manner is Manner.CHOSEN:
        post.to_choose(gig, round_, len(willing))


def _draw(actor: Actor, round_: OfferRound, willing: list[RoundPerson]) -> None:
    """Put the willing in the order of the draw; the order is on the audit log."""
    now, lots = clock.now(), Random(round_.lots)
    ids = [person.worker_id for person in willing]
    done = queries_diaries.diary_of(ids, now - LATELY, now + timedelta(days=7))
    tickets = [Ticket(id_, sum(held.minutes for held in done.of(id_)), lots.getrandbits(32)) for id_ in sorted(ids)]
    order = {worker_id: place for place, worker_id in enumerate(domain.draw(tickets), start=1)}
    for person in willing:
        person.position = order[person.worker_id]
    after = {"order": sorted(order, key=order.__getitem__)}
    audit.record(actor, "round.draw", "offer_round", round_.id, after=after, jobcenter_id=round_.jobcenter_id)


def _fill(actor: Actor, round_: OfferRound, gig: Gig) -> None:
    """Everyone is found: those who would have come are told that they are on the waiting list."""
    unanswered = [one for one in round_.people if one.status is LineStatus.ASKED]
    for person in unanswered:
        change(person, LineAction.LET_GO)
    was_asking = round_.status in (RoundStatus.ASKING, RoundStatus.CHOOSING)
    move(actor, round_, RoundAction.FILL)
    post.not_needed(gig, unanswered)
    if was_asking:
        post.on_waiting_list(gig, [one for one in in_line(round_) if one.status is LineStatus.WILLING])


def _place_next(actor: Actor, round_: OfferRound, gig: Gig) -> None:
    """Place whoever is first in line and has said yes; the coordinator is asked to confirm."""
    offer = place(actor, round_, in_line(round_)[0], gig)
    if offer is not None and offer.status is OfferStatus.ACCEPTED:
        gig_post.said_yes(offer)


def _propose(actor: Actor, round_: OfferRound, gig: Gig) -> None:
    move(actor, round_, RoundAction.PROPOSE)
    flush()
    post.next_proposed(gig, round_, in_line(round_)[0])


def _resume(actor: Actor, round_: OfferRound, _gig: Gig) -> None:
    move(actor, round_, RoundAction.RESUME)


def _run_out(actor: Actor, round_: OfferRound, gig: Gig) -> None:
    move(actor, round_, RoundAction.RUN_OUT)
    flush()
    post.nobody_left(gig, round_)


_DO: dict[Step, Callable[[Actor, OfferRound, Gig], object]] = {
    Step.CLOSE: close,
    Step.TIME_UP: _time_up,
    Step.FILL: _fill,
    Step.PLACE: _place_next,
    Step.OFFER: offer_next,
    Step.PROPOSE: _propose,
    Step.RESUME: _resume,
    Step.RUN_OUT: _run_out,
}
