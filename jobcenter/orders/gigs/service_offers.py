"""What happens to offers: made, answered, confirmed, ended; two people swap. Every change is on the audit log.

The contract guard, consent and the overlap of gigs are asked in `refuse_person`, at every step that binds a person to
a gig. Before anybody gets a place, `refuse_place` asks the desk's other rules too, by what `ask_also` was given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from jobcenter.auth.domain import SYSTEM, Actor
from jobcenter.core import audit, clock, texts, todo
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.uow import flush, register_clash
from jobcenter.orders.gigs import contracts, domain, policy, post, queries, queries_diaries
from jobcenter.orders.gigs.cards import span_of
from jobcenter.orders.gigs.domain import GONE, LIVE, OfferAction, OfferStatus, Place
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.domain_terms import check_employer
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import consent_in_force, coordinated_worker_for, person_facts
from jobcenter.workers.same_person import hold_people, rows_of_people

register_clash("uq_offer_slot_holder", lambda: domain.SlotTaken("slot_taken"))
register_clash("uq_offer_gig_worker", lambda: domain.AlreadyOnGig("already_on_gig_somebody"))

_asked_also: list[Callable[[Actor, Gig, Worker], None]] = []


@dataclass(frozen=True)
class MakeOffer:
    """An offer to be made: to whom, until when an answer is awaited, and whose place it is to fill, if anybody's."""

    worker_id: int
    answer_by: datetime
    stands_in_for_id: int | None = None


@dataclass(frozen=True)
class Answer:
    """Who answered: the worker, or somebody with them (`on_behalf`); in the worker's own words, if they wished."""

    by: str
    on_behalf: bool
    pitch: str = ""


def offer(actor: Actor, slot_id: int, command: MakeOffer) -> Offer:
    """Offer a slot to a worker. Several may be thinking about one slot: the first yes takes it.

    Raises AlreadyDone for the same offer twice, SlotTaken, TermsNotAccepted, GigOver, GuardRefused, WorkerBusy,
    NoConsent.
    """
    gig, slot = queries.gig_of_slot_for(actor, slot_id, lock=True)
    return offer_in(actor, slot, _worker_of(actor, gig, command.worker_id), command)


def offer_in(actor: Actor, slot: Slot, worker: Worker, command: MakeOffer, *, silent: bool = False) -> Offer:
    """Offer a slot of a gig that the caller holds to a worker of its Jobcenter whom the caller holds. `silent`: the
    worker has answered already and need not be asked. Raises what `offer` raises; the contract guard is asked here,
    whoever calls.
    """
    gig, now = slot.gig, clock.now()
    _refuse_unstaffable(gig, now)
    _refuse_on_gig(gig, slot, worker)
    _refuse_held(slot)
    domain.refuse_answer_by(command.answer_by, span=span_of(gig), now=now)
    refuse_person(actor, gig, worker)
    _refuse_stand_in(slot, command.stands_in_for_id)
    made = _add(gig, slot, worker, actor, OfferStatus.OFFERED)
    made.answer_by, made.stands_in_for_id = command.answer_by, command.stands_in_for_id
    flush()
    _record(actor, "offer.make", made, None)
    if not silent:
        post.offer_made(made)
    return made


def ask_anew(actor: Actor, before: Offer, answer_by: datetime) -> Offer:
    """Offer somebody the place that they had, or were stopped from, once more, in a gig that the caller holds and after
    the caller has held the person. The caller tells them. Raises what `refuse_place` raises.
    """
    gig, slot, worker = before.gig, before.slot, before.worker
    refuse_place(actor, gig, worker)
    _refuse_held(slot)
    made = _add(gig, slot, worker, actor, OfferStatus.OFFERED)
    made.answer_by = answer_by
    flush()
    _record(actor, "offer.make", made, None)
    return made


def accept(actor: Actor, offer_id: int, *, pitch: str = "") -> Offer:
    """The worker says yes, alone or together with a support person or coordinator. The slot is theirs from now on.

    Raises SlotTaken when somebody was first, AnswerTooLate, GuardRefused (in kind words), WorkerBusy.
    """
    offer = _locked(actor, offer_id)
    take(actor, offer, Answer(by=actor.name, on_behalf=not policy.is_own(actor, offer), pitch=pitch))
    post.said_yes(offer)
    return offer


def take(actor: Actor, offer: Offer, answer: Answer) -> Offer:
    """Give the slot to somebody who has said yes, in a gig and with a person that the caller holds. The caller tells
    the coordinator. Raises what `accept` raises; the contract guard is asked here, whoever calls.
    """
    now = clock.now()
    status = _answered(offer, OfferAction.ACCEPT)
    _refuse_unstaffable(offer.gig, now)
    domain.refuse_late_answer(offer.answer_by, now)
    _refuse_held(offer.slot)
    refuse_place(actor, offer.gig, offer.worker)
    _answer(offer, answer, status, now)
    flush()
    _record(actor, "offer.accept", offer, OfferStatus.OFFERED)
    for other in _others_on_offer(offer):
        end(actor, other, OfferAction.WITHDRAW, "someone_else_said_yes")
        post.place_gone(other)
    return offer


def decline(actor: Actor, offer_id: int, *, reason: str = "") -> Offer:
    """The worker says no, with or without a reason."""
    offer = _locked(actor, offer_id)
    status = _answered(offer, OfferAction.DECLINE)
    _answer(offer, Answer(by=actor.name, on_behalf=not policy.is_own(actor, offer)), status, clock.now())
    offer.reason = reason
    flush()
    _record(actor, "offer.decline", offer, OfferStatus.OFFERED)
    post.said_no(offer)
    return offer


def confirm(actor: Actor, offer_id: int) -> Offer:
    """The coordinator confirms a yes; the contract is made. Raises GuardRefused, TermsNotAccepted, GigOver."""
    offer = queries.coordinated_offer_for(actor, offer_id, lock=True)
    hold_people([offer.worker_id])
    before, now = offer.status, clock.now()
    status = domain.next_offer_state(before, OfferAction.CONFIRM)
    _refuse_unstaffable(offer.gig, now)
    refuse_place(actor, offer.gig, offer.worker)
    offer.status, offer.confirmed_at = status, now
    flush()
    contracts.make_contract(actor, offer)
    _record(actor, "offer.confirm", offer, before)
    post.place_confirmed(offer)
    return offer


def withdraw(actor: Actor, offer_id: int, *, reason: str) -> Offer:
    """The coordinator takes an offer or a place back; the worker is told why."""
    offer = queries.coordinated_offer_for(actor, offer_id, lock=True)
    domain.next_offer_state(offer.status, OfferAction.WITHDRAW)
    _refuse_over(offer.gig)
    end(actor, offer, OfferAction.WITHDRAW, reason)
    post.place_withdrawn(offer)
    return offer


def cancel(actor: Actor, offer_id: int, *, reason: str) -> Offer:
    """The worker cannot come after all; everyone concerned is told why."""
    offer = _locked(actor, offer_id)
    was_confirmed = offer.status is OfferStatus.CONFIRMED
    domain.next_offer_state(offer.status, OfferAction.CANCEL)
    _refuse_over(offer.gig)
    end(actor, offer, OfferAction.CANCEL, reason)
    post.worker_cannot_come(offer, was_confirmed=was_confirmed)
    return offer


def mark_no_show(actor: Actor, offer_id: int, *, reason: str = "") -> Offer:
    """The person did not come. Raises NotBegun before the gig begins.

    The caller has made sure that no hours are logged for the place.
    """
    offer = queries.coordinated_offer_for(actor, offer_id, lock=True)
    domain.next_offer_state(offer.status, OfferAction.MARK_NO_SHOW)
    if offer.gig.starts_at > clock.now():
        raise domain.NotBegun("no_show_too_early")
    end(actor, offer, OfferAction.MARK_NO_SHOW, reason)
    post.missed(offer)
    return offer


def let_go(offer_id: int) -> None:
    """End an open offer whose time to answer is over; the worker is told kindly, the coordinator that it is open."""
    offer = next(o for o in queries.offers_of(queries.locked_gig_of(offer_id)) if o.id == offer_id)
    domain.next_offer_state(offer.status, OfferAction.WITHDRAW)
    end(SYSTEM, offer, OfferAction.WITHDRAW, "no_answer_in_time")
    post.no_answer_came(offer)
    post.place_not_answered(offer)


def swap(actor: Actor, offer_id: int, other_id: int, *, reason: str) -> tuple[Offer, Offer]:
    """Two people who have agreed to it change gigs: each gets the other's place, to be confirmed anew.

    Raises DomainError for places on one gig or not held, and what `accept` raises about either person.
    """
    first, second = _both(actor, offer_id, other_id)
    for offer in (first, second):
        _refuse_over(offer.gig)
        end(actor, offer, OfferAction.WITHDRAW, "swapped")
    moved = tuple(
        _move(actor, leaving=leaving, to=to, reason=reason) for leaving, to in ((first, second), (second, first))
    )
    for offer, left in zip(moved, (first, second), strict=True):
        post.swapped(offer, left.gig)
    return moved


def end(actor: Actor, offer: Offer, action: OfferAction, reason: str) -> None:
    """Bring an offer to its end by `action`; who, when and why are kept, and earnings are looked at anew."""
    before = offer.status
    offer.status = domain.next_offer_state(before, action)
    offer.ended_at, offer.ended_by, offer.reason = clock.now(), actor.name, reason
    flush()
    _record(actor, f"offer.{action}", offer, before)


def refuse_person(actor: Actor, gig: Gig, worker: Worker) -> None:
    """Refuse somebody who takes no gigs, has not consented, is refused by the contract guard, or is elsewhere then.

    The guard's no is said in kind words unless a coordinator reads it.
    """
    if not worker.active:
        raise domain.NotTakingPart("not_taking_part", name=worker.name)
    if consent_in_force(worker.id, ConsentPurpose.TAKE_PART) is None:
        raise domain.NoConsent("no_consent", name=worker.name)
    refuse_guarded(actor, gig, worker)
    refuse_busy(actor, gig, [worker])


def ask_also(refuse: Callable[[Actor, Gig, Worker], None]) -> None:
    """Have a higher layer asked before anybody gets a place, when its module loads: it raises what it refuses."""
    _asked_also.append(refuse)


def refuse_place(actor: Actor, gig: Gig, worker: Worker) -> None:
    """Refuse somebody a place of a whole gig: by `refuse_person`, and by every rule that nobody may set aside."""
    refuse_person(actor, gig, worker)
    refuse_by_rules(actor, gig, [worker])


def refuse_by_rules(actor: Actor, gig: Gig, workers: Collection[Worker]) -> None:
    """Refuse people on a whole gig by the rules of those who gave them to `ask_also`."""
    for worker in workers:
        for refuse in _asked_also:
            refuse(actor, gig, worker)


def refuse_guarded(actor: Actor, gig: Gig, worker: Worker) -> None:
    """The contract guard. No role and no argument passes it by."""
    answer = domain.ask_guard(Place(span_of(gig), gig.contract_form), person_facts(worker), clock.today())
    if not answer.allowed:
        refusal = domain.GuardRefused if policy.can_staff(actor, gig) else domain.GuardRefusedKindly
        raise refusal(answer, name=worker.name, partner=queries.jobcenter_of(gig).partner_name)


def refuse_busy(actor: Actor, gig: Gig, workers: Collection[Worker], field: str | None = None) -> None:
    """Refuse when one of these people has a gig then, here or in another Jobcenter; who orders it is not said."""
    span = span_of(gig)
    rows_of = rows_of_people([worker.id for worker in workers])
    everyone = {row for rows in rows_of.values() for row in rows}
    diary = queries_diaries.diary_of(everyone, span.starts_at, span.ends_at)
    for worker in workers:
        for row in rows_of[worker.id]:
            clash = diary.clash(row, span, but=frozenset({gig.id}))
            if clash:
                raise _busy(actor, worker, clash.span, field)


def _busy(actor: Actor, worker: Worker, span: domain.Span, field: str | None) -> domain.WorkerBusy:
    code = "worker_busy_self" if worker.user_id == actor.user_id else "worker_busy"
    when = texts.interval(span.starts_at, span.ends_at)
    return domain.WorkerBusy(code, field, name=worker.given_name, when=when)


def _refuse_unstaffable(gig: Gig, now: datetime) -> None:
    check_employer(gig.contract_form, queries.partner_of(gig.jobcenter_id))
    accepted = gig.order.status is OrderStatus.ACCEPTED
    domain.refuse_unstaffable(terms_accepted=accepted, status=gig.status, span=span_of(gig), now=now)


def _refuse_over(gig: Gig) -> None:
    if gig.status is not domain.GigStatus.PLANNED or gig.ends_at <= clock.now():
        raise domain.GigOver("gig_over")


def _refuse_held(slot: Slot) -> None:
    if not slot.in_use or queries.holder_of(slot) is not None:
        raise domain.SlotTaken("slot_taken")


def _refuse_on_gig(gig: Gig, slot: Slot, worker: Worker) -> None:
    for live in queries.offers_of(gig):
        if live.worker_id != worker.id or live.status not in LIVE:
            continue
        if live.status is OfferStatus.OFFERED and live.slot_id == slot.id:
            raise AlreadyDone("offer_already_made", name=worker.name)
        raise domain.AlreadyOnGig("already_on_gig", name=worker.name)


def _refuse_stand_in(slot: Slot, stands_in_for_id: int | None) -> None:
    if stands_in_for_id is None:
        return
    absent = next((offer for offer in slot.offers if offer.id == stands_in_for_id), None)
    if absent is None:
        raise NotFound
    if absent.status not in GONE:
        raise NotPossible("stand_in_not_needed")


def _worker_of(actor: Actor, gig: Gig, worker_id: int) -> Worker:
    """A worker of the gig's Jobcenter, held, so that two yeses of one person are looked at one after the other."""
    worker = coordinated_worker_for(actor, worker_id)
    if worker.jobcenter_id != gig.jobcenter_id:
        raise NotFound
    hold_people([worker.id])
    return worker


def _locked(actor: Actor, offer_id: int) -> Offer:
    offer = queries.offer_for(actor, offer_id, lock=True)
    hold_people([offer.worker_id])
    return offer


def _both(actor: Actor, offer_id: int, other_id: int) -> tuple[Offer, Offer]:
    """Two held places on two gigs of one Jobcenter; gigs and people are locked in one order, whoever asks."""
    for gig_id in queries.coordinated_gig_ids(actor, [offer_id, other_id]):
        queries.locked_gig(gig_id)
    first, second = (queries.coordinated_offer_for(actor, one) for one in (offer_id, other_id))
    if first.gig_id == second.gig_id or first.gig.jobcenter_id != second.gig.jobcenter_id:
        raise DomainError("swap_same_gig", "other")
    hold_people([first.worker_id, second.worker_id])
    if not all(offer.status in (OfferStatus.ACCEPTED, OfferStatus.CONFIRMED) for offer in (first, second)):
        raise DomainError("swap_not_held", "other")
    return first, second


def _move(actor: Actor, *, leaving: Offer, to: Offer, reason: str) -> Offer:
    """The worker of `leaving` takes the place that `to` had."""
    worker = leaving.worker
    _refuse_unstaffable(to.gig, clock.now())
    refuse_place(actor, to.gig, worker)
    moved = _add(to.gig, to.slot, worker, actor, OfferStatus.ACCEPTED)
    moved.answered_at, moved.answered_by, moved.on_behalf = clock.now(), actor.name, True
    moved.reason, moved.stands_in_for_id = reason, to.id
    flush()
    _record(actor, "offer.swap", moved, None)
    return moved


def _add(gig: Gig, slot: Slot, worker: Worker, actor: Actor, status: OfferStatus) -> Offer:
    made = Offer(gig_id=gig.id, slot_id=slot.id, worker_id=worker.id, gig=gig, slot=slot, worker=worker)
    made.status, made.offered_at, made.offered_by = status, clock.now(), actor.name
    db.session.add(made)
    return made


def _answered(offer: Offer, action: OfferAction) -> OfferStatus:
    """The state after an answer; an offer that ended meanwhile is told of in kind words."""
    if offer.status in (OfferStatus.WITHDRAWN, OfferStatus.STOPPED):
        raise NotPossible("offer_gone")
    return domain.next_offer_state(offer.status, action)


def _answer(offer: Offer, answer: Answer, status: OfferStatus, now: datetime) -> None:
    offer.status, offer.answered_at, offer.answered_by = status, now, answer.by
    offer.on_behalf, offer.pitch = answer.on_behalf, answer.pitch


def _others_on_offer(offer: Offer) -> list[Offer]:
    return [other for other in offer.slot.offers if other.id != offer.id and other.status is OfferStatus.OFFERED]


def _record(actor: Actor, verb: str, offer: Offer, before: OfferStatus | None) -> None:
    audit.record(
        actor,
        verb,
        "offer",
        offer.id,
        before={"status": before} if before else None,
        after={"status": offer.status, "worker": offer.worker_id, "gig": offer.gig_id, "reason": offer.reason},
        jobcenter_id=offer.gig.jobcenter_id,
        on_behalf_of=offer.worker.user_id if offer.on_behalf else None,
    )
    todo.leave(todo.Changed.INCOME, offer.worker_id)
