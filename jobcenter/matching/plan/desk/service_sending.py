"""Sending a plan's offers through the desk's own verbs, with the guard and every rule asked again at each door."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from jobcenter.auth.domain import Actor
from jobcenter.core import audit, clock
from jobcenter.core.errors import AlreadyDone, NotPossible
from jobcenter.core.uow import flush
from jobcenter.matching import service as desk
from jobcenter.matching.domain import OfferCommand
from jobcenter.matching.plan.desk import domain, queries, queries_instance
from jobcenter.matching.plan.desk.domain import PlacementAction, PlacementStatus, PlanAction, PlanStatus, SendPlan
from jobcenter.matching.plan.desk.models import Placement, PlanRun
from jobcenter.matching.plan.desk.told import Told
from jobcenter.matching.rounds import service as rounds
from jobcenter.matching.rounds.domain import Asked, Manner, Reserve, StandIn, StartRound
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs import service_support
from jobcenter.orders.gigs.domain import SlotTaken
from jobcenter.orders.gigs.models import Gig

SHORTEST_TIME_TO_THINK = timedelta(hours=2)
LEAST_TIME_TO_THINK = timedelta(minutes=30)


def begin(actor: Actor, plan_id: int) -> list[int]:
    """The places to send, those whose gig begins first foremost. Raises NotPossible, NothingToSend."""
    plan = queries.plan_for(actor, plan_id)
    if plan.status is PlanStatus.SENT:
        return []
    domain.next_state(plan.status, PlanAction.SEND)
    places = queries.proposed_places(plan_id)
    if not places:
        raise domain.NothingToSend("plan_nothing_to_send")
    return places


def send_place(actor: Actor, placement_id: int, command: SendPlan) -> bool:
    """Offer one place, with the support person booked along; False when that was done before.

    Raises what the desk raises when the offer, or the booking, is not possible any more.
    """
    placement = queries.placement_for(actor, placement_id, lock=True)
    if placement.status is not PlacementStatus.PROPOSED:
        return False
    plan = queries.plan_for(actor, placement.plan_run_id)
    gig = gigs.gig_for(actor, placement.gig_id, lock=True)
    _book_support(actor, gig, placement.support_id)
    free = queries_instance.free_slots(gig)
    if not free:
        raise SlotTaken("slot_taken")
    answer_by = answer_time(gig.starts_at, clock.now(), command.days_to_think)
    offer = desk.offer(actor, free[0].id, placement.worker_id, OfferCommand(answer_by))
    placement.status = domain.next_placement_state(placement.status, PlacementAction.SEND)
    placement.offer_id = offer.id
    flush()
    _record(actor, "plan.send_place", plan, placement)
    return True


def refuse_place(actor: Actor, placement_id: int, words: str) -> str:
    """Keep why a place could not be offered any more; the words with the name."""
    placement = queries.placement_for(actor, placement_id, lock=True)
    if placement.status is PlacementStatus.PROPOSED:
        placement.status = domain.next_placement_state(placement.status, PlacementAction.REFUSE)
        placement.said = words
        _record(actor, "plan.refuse_place", queries.plan_for(actor, placement.plan_run_id), placement)
    names = queries.names_of_workers([placement.worker_id])
    return f"{names[placement.worker_id]}: {words}"


def line_up(actor: Actor, plan_id: int, gig_id: int, command: SendPlan) -> None:
    """Let the next best people stand in for a gig: if somebody says no, the next in line gets the offer.

    Raises what a round raises when it cannot be started. Done once.
    """
    plan = queries.plan_for(actor, plan_id)
    people = _stand_ins(plan, gig_id)[: command.stand_ins]
    if not people:
        return
    key = str(uuid5(NAMESPACE_URL, f"plan/{plan.form_key}/{gig_id}"))
    started = StartRound(
        manner=Manner.IN_TURN,
        people=tuple(map(Asked, people)),
        form_key=key,
        reserve=Reserve.NEXT_NOON,
        stand_in=StandIn.SEND,
    )
    rounds.start(actor, gig_id, started)


def end(actor: Actor, plan_id: int) -> None:
    """Close the plan when its offers have gone out. Done before, nothing changes."""
    plan = queries.plan_for(actor, plan_id, lock=True)
    try:
        plan.status = domain.next_state(plan.status, PlanAction.SEND)
    except (AlreadyDone, NotPossible):
        return
    plan.closed_by, plan.closed_at = actor.name, clock.now()
    audit.record(actor, "plan.send", "plan", plan.id, after={"status": plan.status}, jobcenter_id=plan.jobcenter_id)


def answer_time(starts_at: datetime, now: datetime, days: int) -> datetime:
    """Until when an answer is awaited: so many days, but before the gig; close to it, what little time is left."""
    latest = starts_at - SHORTEST_TIME_TO_THINK
    return min(max(min(now + timedelta(days=days), latest), now + LEAST_TIME_TO_THINK), starts_at)


def _book_support(actor: Actor, gig: Gig, user_id: int | None) -> None:
    if user_id is not None and gigs.booking_of(gig.id, user_id) is None:
        service_support.book_support(actor, gig.id, user_id)


def _stand_ins(plan: PlanRun, gig_id: int) -> tuple[int, ...]:
    told = next((gig for gig in Told.of(plan.result).gigs if gig.gig_id == gig_id), None)
    return told.stand_ins if told else ()


def _record(actor: Actor, verb: str, plan: PlanRun, placement: Placement) -> None:
    after = {"gig": placement.gig_id, "worker": placement.worker_id, "status": placement.status}
    audit.record(actor, verb, "plan", plan.id, after=after, jobcenter_id=plan.jobcenter_id)
