"""A coordinator's verbs on plans: asked for, stopped, thrown away; places locked, changed and sent. On the audit log.

Computing is done elsewhere (`service_running`), and nothing here sends an offer but `send_place`.
"""

from __future__ import annotations

from datetime import date, datetime

from jobcenter.auth.domain import Actor
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, NotFound
from jobcenter.core.sending import key_of
from jobcenter.core.uow import flush, register_clash
from jobcenter.matching.plan.desk import domain, policy, queries, queries_people
from jobcenter.matching.plan.desk.domain import PlacementAction, PlacementStatus, PlanAction, PlanStatus, Propose, PutIn
from jobcenter.matching.plan.desk.models import Placement, PlanRun

register_clash("uq_plan_run_under_way", lambda: domain.PlanUnderWay("plan_under_way"))
register_clash("uq_plan_run_form_key", lambda: AlreadyDone("plan_already"))


# A plan


def propose(actor: Actor, jobcenter_id: int, command: Propose) -> PlanRun:
    """Ask for a plan, or for one computed anew in which what is locked stays. The same wish of a form asks once.

    Raises NotFound for another Jobcenter, PlanUnderWay, NothingToPlan.
    """
    if not policy.can_plan(actor, jobcenter_id):
        raise NotFound
    key = key_of(command.form_key, command)
    made = queries.plan_made_with(key)
    if made is not None:
        return queries.plan_for(actor, made.id)
    if queries.plan_under_way(jobcenter_id) is not None:
        raise domain.PlanUnderWay("plan_under_way")
    now = clock.now()
    first, last = _days(jobcenter_id, command, now)
    if not queries.open_places(jobcenter_id, first, last, now):
        raise domain.NothingToPlan("plan_nothing_open", "on")
    plan = PlanRun(
        jobcenter_id=jobcenter_id,
        form_key=key,
        again_id=_again(actor, jobcenter_id, command.again_id),
        scope=command.scope,
        first_day=first,
        last_day=last,
        seconds=command.seconds,
        seed=0,
        unknown_limits=command.unknown_limits,
        status=PlanStatus.WAITING,
        made_by=actor.name,
        made_at=now,
    )
    db.session.add(plan)
    flush()
    _record(actor, "plan.propose", plan)
    return plan


def stop(actor: Actor, plan_id: int) -> PlanRun:
    """End the computing with the best plan found so far. Raises NotPossible when none is being computed."""
    plan = queries.plan_for(actor, plan_id, lock=True)
    domain.next_state(plan.status, PlanAction.FINISH)
    plan.stop_asked = True
    _record(actor, "plan.stop", plan)
    return plan


def discard(actor: Actor, plan_id: int) -> PlanRun:
    """Throw a plan away that was not sent; if it is being computed, that ends."""
    plan = queries.plan_for(actor, plan_id, lock=True)
    _close(actor, plan, PlanAction.DISCARD)
    return plan


def _days(jobcenter_id: int, command: Propose, now: datetime) -> tuple[date, date]:
    today = clock.day_of(now)
    last = queries.last_day_of_gigs(jobcenter_id, now)
    return domain.days_of(command.scope, command.on, today, last or today)


def _again(actor: Actor, jobcenter_id: int, again_id: int | None) -> int | None:
    """The plan whose locks are kept, of the same Jobcenter. Raises NotFound."""
    if again_id is None:
        return None
    before = queries.plan_for(actor, again_id)
    if before.jobcenter_id != jobcenter_id:
        raise NotFound
    return before.id


def _close(actor: Actor, plan: PlanRun, action: PlanAction) -> None:
    plan.status = domain.next_state(plan.status, action)
    plan.closed_by, plan.closed_at = actor.name, clock.now()
    _record(actor, f"plan.{action}", plan)


# The places in it


def lock(actor: Actor, placement_id: int) -> Placement:
    """Keep somebody where they are when the plan is computed anew. Raises AlreadyDone."""
    return _set_lock(actor, placement_id, locked=True)


def unlock(actor: Actor, placement_id: int) -> Placement:
    """Let the next computing move somebody. Raises AlreadyDone."""
    return _set_lock(actor, placement_id, locked=False)


def leave_out(actor: Actor, placement_id: int) -> Placement:
    """Take somebody off a gig of the plan, and keep them from it when the plan is computed anew."""
    return _move(actor, placement_id, PlacementAction.LEAVE_OUT)


def take_in(actor: Actor, placement_id: int) -> Placement:
    """Put somebody back who was left out, if the rules allow it beside the plan as it is now."""
    placement = _changeable(actor, placement_id)
    plan = queries.plan_for(actor, placement.plan_run_id)
    queries_people.refuse_person(plan, placement.gig_id, PutIn(placement.worker_id), clock.now())
    return _move(actor, placement_id, PlacementAction.TAKE_IN)


def put_in(actor: Actor, plan_id: int, gig_id: int, command: PutIn) -> Placement:
    """Put somebody on a gig of the plan by hand, in somebody's place or in an open one. They are locked there.

    Raises PersonNotAllowed, NotPossible when no place is open or the plan is sent, NotFound.
    """
    plan = queries.plan_for(actor, plan_id, lock=True)
    domain.next_state(plan.status, PlanAction.CHANGE)
    support_id = queries_people.refuse_person(plan, gig_id, command, clock.now())
    if command.instead_of_id is not None:
        leaving = _of_gig(plan, gig_id, command.instead_of_id)
        db.session.delete(leaving)
        flush()
    placement = queries.placement_of(plan.id, gig_id, command.worker_id)
    if placement is None:
        placement = Placement(plan_run_id=plan.id, gig_id=gig_id, worker_id=command.worker_id)
        db.session.add(placement)
    placement.support_id, placement.locked, placement.by_hand = support_id, True, True
    placement.status, placement.reasons = PlacementStatus.PROPOSED, []
    flush()
    _record_place(actor, "plan.put_in", plan, placement)
    return placement


def _of_gig(plan: PlanRun, gig_id: int, placement_id: int) -> Placement:
    found = {place.id: place for place in queries.placements_of(plan.id) if place.gig_id == gig_id}
    if placement_id not in found:
        raise NotFound
    return found[placement_id]


def _set_lock(actor: Actor, placement_id: int, *, locked: bool) -> Placement:
    placement = _changeable(actor, placement_id)
    if placement.locked is locked:
        raise AlreadyDone("placement_locked_already" if locked else "placement_unlocked_already")
    placement.locked = locked
    plan = queries.plan_for(actor, placement.plan_run_id)
    _record_place(actor, "plan.lock" if locked else "plan.unlock", plan, placement)
    return placement


def _move(actor: Actor, placement_id: int, action: PlacementAction) -> Placement:
    placement = _changeable(actor, placement_id)
    placement.status = domain.next_placement_state(placement.status, action)
    placement.locked = False
    plan = queries.plan_for(actor, placement.plan_run_id)
    _record_place(actor, f"plan.{action}", plan, placement)
    return placement


def _changeable(actor: Actor, placement_id: int) -> Placement:
    """A place of a plan that can be changed, both locked. Raises NotPossible."""
    placement = queries.placement_for(actor, placement_id, lock=True)
    domain.next_state(queries.plan_for(actor, placement.plan_run_id).status, PlanAction.CHANGE)
    return placement


def _record(actor: Actor, verb: str, plan: PlanRun) -> None:
    after = {"status": plan.status, "first_day": plan.first_day, "last_day": plan.last_day, "seconds": plan.seconds}
    audit.record(actor, verb, "plan", plan.id, after=after, jobcenter_id=plan.jobcenter_id)


def _record_place(actor: Actor, verb: str, plan: PlanRun, placement: Placement) -> None:
    after = {"gig": placement.gig_id, "worker": placement.worker_id, "status": placement.status}
    audit.record(actor, verb, "plan", plan.id, after=after, jobcenter_id=plan.jobcenter_id)
