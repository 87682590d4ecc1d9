"""Which support person could come along for one more person of a plan: asked of the plan's own rules."""

from __future__ import annotations

from collections.abc import Iterator

from jobcenter.matching.domain import Id
from jobcenter.matching.plan.domain import Assignment, Plan, PlanGig, PlanSupport
from jobcenter.matching.plan.rules import Drawn, support_at_one_place, support_available, support_has_room

SUPPORT_RULES = (support_available, support_at_one_place, support_has_room)


def free_support(drawn: Drawn, gig: PlanGig, worker: Id) -> Id | None:
    """A support person who can be beside one more worker on a gig, if any."""
    return next(all_free_support(drawn, gig, worker), None)


def all_free_support(drawn: Drawn, gig: PlanGig, worker: Id) -> Iterator[Id]:
    """Support persons who can be beside one more worker on a gig: whoever comes along already before the others."""
    return (support.id for support in _those_along_first(drawn, gig) if _can_come(drawn, support, gig, worker))


def _can_come(drawn: Drawn, support: PlanSupport, gig: PlanGig, worker: Id) -> bool:
    own = (*drawn.of_support.get(support.id, ()), Assignment(gig.id, worker, support.id))
    beside = Drawn(drawn.instance, Plan(own))
    return not any(True for rule in SUPPORT_RULES for _fault in rule(beside))


def _those_along_first(drawn: Drawn, gig: PlanGig) -> list[PlanSupport]:
    along = {one.support for one in drawn.on_gig.get(gig.id, ())}
    supports = drawn.instance.supports
    booked = {support.id for support in supports if any(stop.gig_id == gig.id for stop in support.booked)}
    return sorted(supports, key=lambda support: (support.id not in along | booked, support.id))
