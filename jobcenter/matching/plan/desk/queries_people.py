"""Whether somebody may take a place of a plan by hand: judged beside the rest of the plan, by the desk's own rules."""

from __future__ import annotations

from datetime import datetime

from jobcenter.core.errors import NotFound, NotPossible
from jobcenter.matching import messages
from jobcenter.matching.plan.desk import domain, queries, queries_instance
from jobcenter.matching.plan.desk.domain import PlacementStatus, PutIn
from jobcenter.matching.plan.desk.models import PlanRun
from jobcenter.matching.plan.domain import Assignment, Instance, Plan, PlanGig
from jobcenter.matching.plan.rules import Drawn
from jobcenter.matching.plan.supporting import free_support
from jobcenter.matching.rules import judge


def refuse_person(plan: PlanRun, gig_id: int, command: PutIn, now: datetime) -> int | None:
    """Refuse somebody whom the rules do not allow on a gig beside the rest of the plan; who would come along for them.

    Who has limits that nobody knows is not refused: the coordinator has chosen them by hand.
    Raises PersonNotAllowed, NotPossible, NotFound.
    """
    instance = queries_instance.facts_of(plan, now, unknown_limits=True).instance
    worker = instance.worker.get(command.worker_id)
    if worker is None:
        raise NotFound
    drawn = Drawn(instance, _rest_of(plan, leaving_id=command.instead_of_id))
    gig = _gig_with_room(drawn, gig_id)
    there = {one.worker for one in drawn.on_gig.get(gig_id, ())}
    if command.worker_id in there:
        raise domain.PersonNotAllowed("plan_person_there", "worker_id", name=worker.who.name)
    support_id = free_support(drawn, gig, worker.who.id) if worker.who.needs_support else None
    fit = judge(*drawn.in_plan(gig, worker, support_id))
    if not fit.fits:
        reasons = " ".join(messages.reason(finding) for finding in fit.findings if finding.weight.stops)
        raise domain.PersonNotAllowed("plan_person_not_allowed", "worker_id", name=worker.who.name, reason=reasons)
    return support_id


def _rest_of(plan: PlanRun, *, leaving_id: int | None) -> Plan:
    """The places that a plan proposes, without the one that is left."""
    places = queries.placements_of(plan.id)
    standing = (one for one in places if one.status is PlacementStatus.PROPOSED and one.id != leaving_id)
    return Plan(tuple(Assignment(one.gig_id, one.worker_id, one.support_id) for one in standing))


def _gig_with_room(drawn: Drawn, gig_id: int) -> PlanGig:
    instance: Instance = drawn.instance
    gig = instance.gig.get(gig_id)
    if gig is None:
        raise NotPossible("plan_gig_gone")
    if len(drawn.on_gig.get(gig_id, ())) >= gig.slots:
        raise NotPossible("plan_gig_full")
    return gig
