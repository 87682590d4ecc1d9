"""What happens to gigs and their slots: made of an order, added, changed, cancelled, reopened, finished."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jobcenter.auth.domain import SYSTEM, Actor
from jobcenter.benefits import ContractForm
from jobcenter.core import audit, clock, todo
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError, NotPossible
from jobcenter.core.uow import flush, register_clash
from jobcenter.orders.gigs import domain, policy, post, queries, queries_jobs
from jobcenter.orders.gigs.cards import offers_in, span_of
from jobcenter.orders.gigs.domain import GigAction, GigStatus, GigTimes, NewGig, OfferAction, OfferStatus, Span
from jobcenter.orders.gigs.domain_slots import SlotPlace, plan_slots
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.gigs.service_offers import end, refuse_busy, refuse_by_rules, refuse_guarded
from jobcenter.orders.gigs.service_support import refuse_busy_support
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order
from jobcenter.orders.intake.queries import occurrences_of
from jobcenter.workers.same_person import hold_people

register_clash("uq_gig_order_id_occurrence", lambda: DomainError("order_has_gig_then"))

ON_GIG = (OfferStatus.OFFERED, OfferStatus.ACCEPTED, OfferStatus.CONFIRMED)


def make_gigs_for(order_id: int) -> list[Gig]:
    """Make the gigs of an accepted order from its times, each once: running it again adds nothing.

    Raises NotFound, TermsNotAccepted.
    """
    order = queries.locked_order(order_id)
    form = _accepted_form(order)
    made_before = queries_jobs.occurrences_made(order_id)
    now = clock.now()
    made = [
        _add(order, Span(found.starts_at, found.ends_at), found.break_minutes, form)
        for found in occurrences_of(order)
        if found.starts_at not in made_before and found.ends_at > now
    ]
    for gig in made:
        gig.occurrence = gig.starts_at
        gig.slots = [Slot(position=number) for number in range(1, order.people + 1)]
    flush()
    for gig in made:
        _record(SYSTEM, "gig.make", gig, after={"people": order.people})
    return made


def add_gig(actor: Actor, order_id: int, command: NewGig) -> Gig:
    """Add one more gig to an accepted order. Raises TimesWrong, TermsNotAccepted."""
    order = queries.order_for_coordinator(actor, order_id, lock=True)
    form = _accepted_form(order)
    span, pause = command.times.span, command.times.break_minutes
    domain.refuse_times(span, pause, clock.now())
    gig = _add(order, span, pause, form)
    gig.place = command.times.place
    gig.slots = [Slot(position=number) for number in range(1, command.people + 1)]
    flush()
    _record(actor, "gig.add", gig, after={"people": command.people})
    return gig


def remove_gig(actor: Actor, gig_id: int) -> None:
    """Take away a gig that nobody was ever asked to. Raises NotPossible otherwise: cancel it, so that all hear why."""
    gig = queries.gig_for(actor, gig_id, lock=True)
    if queries.offers_of(gig) or queries.booked_support([gig.id])[gig.id]:
        raise NotPossible("gig_has_people")
    _record(actor, "gig.remove", gig, before=_facts(gig))
    for slot in gig.slots:
        db.session.delete(slot)
    flush()
    db.session.delete(gig)
    flush()


def change_gig(actor: Actor, gig_id: int, times: GigTimes) -> Gig:
    """Another time or place, while nobody is harmed: everyone on the gig must be free then and allowed by the guard.

    Those concerned are told. Raises GigBegun, TimesWrong, WorkerBusy or SupportBusy naming who is elsewhere then.
    """
    gig = queries.gig_for(actor, gig_id, lock=True)
    now = clock.now()
    _refuse_begun(gig)
    span = times.span
    domain.refuse_times(span, times.break_minutes, now)
    before, place_before, facts_before = span_of(gig), post.where(gig), _facts(gig)
    gig.starts_at, gig.ends_at = span.starts_at, span.ends_at
    gig.break_minutes, gig.place = times.break_minutes, times.place
    if _facts(gig) == facts_before:
        return gig
    _refuse_harm(actor, gig)
    _earlier_answers(gig)
    flush()
    _record(actor, "gig.change", gig, before=facts_before, after=_facts(gig))
    _look_again(gig)
    post.gig_changed(gig, before=before, place_before=place_before)
    return gig


def set_people(actor: Actor, gig_id: int, people: int) -> Gig:
    """Another number of people, by a coordinator or the orderer.

    Raising it adds slots. Lowering it takes empty slots away; below those who have said yes it is refused with their
    names.
    """
    gig = queries.gig_of_either(actor, gig_id, lock=True)
    _refuse_begun(gig)
    staffs = policy.can_staff(actor, gig)
    places = [_place(slot, full_names=staffs) for slot in gig.slots]
    before = sum(place.in_use for place in places)
    plan = plan_slots(places, people)
    if before == people:
        return gig
    _leave_out(actor, gig, plan.leave_out)
    for slot in gig.slots:
        slot.in_use = slot.in_use or slot.id in plan.reuse
    _more_slots(gig, plan.make)
    flush()
    _record(actor, "gig.people", gig, before={"people": before}, after={"people": people})
    post.people_changed(gig, before=before, people=people, by=actor.name, by_orderer=not staffs)
    return gig


def cancel_gig(actor: Actor, gig_id: int, *, reason: str) -> Gig:
    """Cancel a gig that has not begun, by its orderer or a coordinator; everyone concerned is told why."""
    return _cancel(actor, queries.gig_of_either(actor, gig_id, lock=True), reason)


def cancel_gigs_of(order_id: int, *, reason: str, by: str) -> list[Gig]:
    """Cancel what is still ahead of a cancelled order; everyone concerned is told why and by whom.

    Should the order be accepted once more, its gigs are made anew.
    """
    ahead = [queries.locked_gig(gig_id) for gig_id in queries_jobs.gig_ids_of_order(order_id, GigStatus.PLANNED)]
    cancelled = [gig for gig in ahead if gig.starts_at > clock.now()]
    for gig in cancelled:
        gig.occurrence = None
        _cancel(replace(SYSTEM, name=by), gig, reason)
    return cancelled


def reopen_gig(actor: Actor, gig_id: int) -> Gig:
    """Open a cancelled gig again; people are looked for anew, in the partner form if the order has it by now.

    Raises GigBegun, TermsNotAccepted, DomainError when the order, accepted anew, has another gig then.
    """
    gig = queries.gig_of_either(actor, gig_id, lock=True)
    status = domain.next_gig_state(gig.status, GigAction.REOPEN)
    if gig.starts_at <= clock.now():
        raise domain.GigBegun("gig_begun")
    form = _accepted_form(gig.order)
    if queries_jobs.has_planned_gig_at(gig.order_id, gig.starts_at):
        raise DomainError("order_has_gig_then")
    gig.contract_form = form if form is ContractForm.PARTNER else gig.contract_form
    gig.status, gig.status_reason, gig.status_by = status, "", actor.name
    flush()
    _record(actor, "gig.reopen", gig, before={"status": GigStatus.CANCELLED}, after={"status": status})
    post.gig_reopened(gig)
    return gig


def finish_gig(gig_id: int) -> None:
    """A gig whose time is over is done; so are its confirmed places. Answers that never came are let go."""
    gig = queries.locked_gig(gig_id)
    if gig.ends_at > clock.now():
        raise DomainError("gig_not_possible", status=gig.status, action=GigAction.FINISH)
    gig.status = domain.next_gig_state(gig.status, GigAction.FINISH)
    flush()
    _record(SYSTEM, "gig.finish", gig, after={"status": gig.status})
    for offer in queries.offers_of(gig):
        _finish_offer(offer)


def _finish_offer(offer: Offer) -> None:
    if offer.status is OfferStatus.CONFIRMED:
        end(SYSTEM, offer, OfferAction.FINISH, "")
    elif offer.status is OfferStatus.ACCEPTED:
        end(SYSTEM, offer, OfferAction.WITHDRAW, "not_confirmed_in_time")
        post.place_not_confirmed(offer)
    elif offer.status is OfferStatus.OFFERED:
        end(SYSTEM, offer, OfferAction.WITHDRAW, "gig_over_unanswered")


def _accepted_form(order: Order) -> ContractForm:
    """The contract form that the orderer has accepted. Raises TermsNotAccepted."""
    if order.status is not OrderStatus.ACCEPTED or order.contract_form is None:
        raise domain.TermsNotAccepted("terms_not_accepted")
    return order.contract_form


def _add(order: Order, span: Span, break_minutes: int, form: ContractForm) -> Gig:
    gig = Gig(jobcenter_id=order.jobcenter_id, order_id=order.id, order=order, contract_form=form)
    gig.starts_at, gig.ends_at, gig.break_minutes = span.starts_at, span.ends_at, break_minutes
    gig.status = GigStatus.PLANNED
    db.session.add(gig)
    return gig


def _refuse_begun(gig: Gig) -> None:
    if gig.status is not GigStatus.PLANNED:
        raise domain.GigOver("gig_over")
    if gig.starts_at <= clock.now():
        raise domain.GigBegun("gig_begun")


def _refuse_harm(actor: Actor, gig: Gig) -> None:
    """Refuse times at which somebody who is on the gig is elsewhere, or that the guard or another rule refuses."""
    people = [offer.worker for offer in offers_in(gig, OfferStatus.ACCEPTED, OfferStatus.CONFIRMED)]
    with db.session.no_autoflush:
        hold_people([worker.id for worker in people])
        refuse_busy(actor, gig, people, "day")
        for worker in people:
            refuse_guarded(actor, gig, worker)
        refuse_by_rules(actor, gig, people)
        for user in queries.booked_support([gig.id])[gig.id]:
            refuse_busy_support(gig, user, "day")


def _look_again(gig: Gig) -> None:
    """Have everyone's limits looked at for the gig's new times, and the guard asked about those still thinking."""
    for offer in offers_in(gig, *ON_GIG):
        todo.leave(todo.Changed.INCOME, offer.worker_id)
    for offer in offers_in(gig, OfferStatus.OFFERED):
        todo.leave(todo.Changed.BENEFITS, offer.worker_id)


def _earlier_answers(gig: Gig) -> None:
    """Open offers are to be answered before the gig's new start."""
    for offer in offers_in(gig, OfferStatus.OFFERED):
        if offer.answer_by is not None and offer.answer_by > gig.starts_at:
            offer.answer_by = gig.starts_at


def _place(slot: Slot, *, full_names: bool) -> SlotPlace:
    holder = queries.holder_of(slot)
    worker = holder.worker if holder else None
    name = worker and (worker.name if full_names else worker.given_name)
    on_offer = any(offer.status is OfferStatus.OFFERED for offer in slot.offers)
    return SlotPlace(slot.id, slot.position, in_use=slot.in_use, holder=name, offered_open=on_offer)


def _leave_out(actor: Actor, gig: Gig, slot_ids: Iterable[int]) -> None:
    """Take slots away; whoever was thinking about one is told kindly. A slot once offered is kept, not in use."""
    for slot in [slot for slot in gig.slots if slot.id in set(slot_ids)]:
        for offer in slot.offers:
            if offer.status is OfferStatus.OFFERED:
                end(actor, offer, OfferAction.WITHDRAW, "fewer_people")
                post.place_gone(offer)
        if slot.offers:
            slot.in_use = False
        else:
            db.session.delete(slot)


def _more_slots(gig: Gig, number: int) -> None:
    last = max((slot.position for slot in gig.slots), default=0)
    for position in range(last + 1, last + 1 + number):
        db.session.add(Slot(gig_id=gig.id, position=position))


def _cancel(actor: Actor, gig: Gig, reason: str) -> Gig:
    status = domain.next_gig_state(gig.status, GigAction.CANCEL)
    if gig.starts_at <= clock.now():
        raise domain.GigBegun("gig_begun")
    gig.status, gig.status_reason, gig.status_by = status, reason, actor.name
    flush()
    ended = offers_in(gig, *ON_GIG)
    for offer in ended:
        end(actor, offer, OfferAction.WITHDRAW, "gig_cancelled")
    _record(actor, "gig.cancel", gig, before={"status": GigStatus.PLANNED}, after={"status": status, "reason": reason})
    post.gig_cancelled(gig, ended, by_orderer=not policy.can_staff(actor, gig))
    return gig


def _facts(gig: Gig) -> dict[str, str | int]:
    return {
        "starts_at": gig.starts_at.isoformat(),
        "ends_at": gig.ends_at.isoformat(),
        "break_minutes": gig.break_minutes,
        "place": gig.place,
    }


def _record(actor: Actor, verb: str, gig: Gig, before: dict | None = None, after: dict | None = None) -> None:
    scope = {"jobcenter_id": gig.jobcenter_id}
    audit.record(actor, verb, "gig", gig.id, before=before, after={"order": gig.order_id} | (after or {}), **scope)
