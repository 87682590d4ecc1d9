"""The system's own verbs on plans, for whatever computes them: taken up, told of, finished, given up.

Computing is claimed by `attempts`: whoever fell silent and was replaced writes nothing any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, update

from jobcenter.auth.domain import SYSTEM
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.uow import flush
from jobcenter.matching.plan.desk import domain, queries
from jobcenter.matching.plan.desk.computing import Found
from jobcenter.matching.plan.desk.domain import MOST_ATTEMPTS, PlacementStatus, PlanAction, PlanStatus
from jobcenter.matching.plan.desk.models import Placement, PlanRun
from jobcenter.matching.plan.desk.told import Json
from jobcenter.matching.plan.domain import Assignment


@dataclass(frozen=True)
class Claim:
    """The right to compute a plan: which one, and by which attempt."""

    plan_id: int
    attempt: int


def take_up(now: datetime) -> Claim | None:
    """Claim the next plan to compute; None when none waits. One that broke off too often is given up."""
    plan = queries.next_to_compute(now)
    while plan is not None and plan.attempts >= MOST_ATTEMPTS:
        _move(plan, PlanAction.GIVE_UP)
        plan.finished_at = now
        flush()
        plan = queries.next_to_compute(now)
    if plan is None:
        return None
    _move(plan, PlanAction.START if plan.status is PlanStatus.WAITING else PlanAction.RESUME)
    plan.attempts, plan.heard_at, plan.progress = plan.attempts + 1, now, {}
    flush()
    return Claim(plan.id, plan.attempts)


def tell(claim: Claim, progress: Json) -> bool:
    """Keep how far the computing is; whether it is to go on."""
    changed = db.session.execute(
        update(PlanRun)
        .where(*_claimed(claim))
        .values(heard_at=clock.now(), progress=progress)
        .returning(PlanRun.stop_asked)
        .execution_options(synchronize_session=False)
    ).scalar()
    return changed is False


def finish(claim: Claim, found: Found) -> bool:
    """Keep the plan; whether it was still wanted."""
    plan = _held(claim)
    if plan is None:
        return False
    _move(plan, PlanAction.FINISH)
    plan.result, plan.finished_at = found.told.stored(), clock.now()
    plan.beside = {str(gig_id): beside.stored() for gig_id, beside in found.beside.items()}
    before = queries.placements_of(plan.again_id) if plan.again_id else []
    by_hand = {(one.gig_id, one.worker_id): one.by_hand for one in before if one.locked}
    for assignment in found.assignments:
        place = (assignment.gig, assignment.worker)
        db.session.add(_placement(plan, assignment, found.reasons[place], by_hand.get(place)))
    db.session.add_all(_left_out(plan, one) for one in before if one.status is PlacementStatus.LEFT_OUT)
    flush()
    return True


def give_up(claim: Claim) -> None:
    """Say that the plan cannot be computed."""
    plan = _held(claim)
    if plan is not None:
        _move(plan, PlanAction.GIVE_UP)
        plan.finished_at = clock.now()


def _held(claim: Claim) -> PlanRun | None:
    """The claimed plan, locked; None when it was thrown away or somebody else computes it now."""
    plan = queries.any_plan(claim.plan_id, lock=True)
    return plan if plan.status is PlanStatus.RUNNING and plan.attempts == claim.attempt else None


def _claimed(claim: Claim) -> tuple[ColumnElement[bool], ...]:
    return PlanRun.id == claim.plan_id, PlanRun.status == PlanStatus.RUNNING, PlanRun.attempts == claim.attempt


def _move(plan: PlanRun, action: PlanAction) -> None:
    before = plan.status
    plan.status = domain.next_state(before, action)
    audit.record(
        SYSTEM,
        f"plan.{action}",
        "plan",
        plan.id,
        before={"status": before},
        after={"status": plan.status},
        jobcenter_id=plan.jobcenter_id,
    )


def _placement(plan: PlanRun, placed: Assignment, reasons: list[Json], by_hand: bool | None) -> Placement:
    """A proposed place; `by_hand` None: it was not locked before."""
    return Placement(
        plan_run_id=plan.id,
        gig_id=placed.gig,
        worker_id=placed.worker,
        support_id=placed.support,
        locked=by_hand is not None,
        by_hand=bool(by_hand),
        reasons=reasons,
        status=PlacementStatus.PROPOSED,
    )


def _left_out(plan: PlanRun, before: Placement) -> Placement:
    """Whom the coordinator kept from a gig in the plan before stays kept from it."""
    return Placement(
        plan_run_id=plan.id, gig_id=before.gig_id, worker_id=before.worker_id, status=PlacementStatus.LEFT_OUT
    )
