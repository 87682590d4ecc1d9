"""Whether a plan may be: every rule over all of it, without any engine. Whoever made the plan, this judges it."""

from __future__ import annotations

from jobcenter.matching.plan.domain import Assignment, Instance, Plan
from jobcenter.matching.plan.rules import PLAN_RULES, Drawn, Fault, PlanCode
from jobcenter.matching.plan.settling import with_support


def faults(instance: Instance, plan: Plan) -> tuple[Fault, ...]:
    """Everything that a plan breaks, rule by rule; () when it may be."""
    drawn = Drawn(instance, plan)
    return tuple(fault for rule in PLAN_RULES for fault in rule(drawn))


def faults_of_fixed(instance: Instance) -> tuple[Fault, ...]:
    """What the places break that were settled before planning, taken alone; no plan can be made around them.

    Whoever of them needs a support person and has none settled is given one, if there is a way.
    """
    settled = [Assignment(gig.id, fixed.worker, fixed.support) for gig in instance.gigs for fixed in gig.fixed]
    found = faults(instance, Plan(with_support(instance, settled)))
    return tuple(fault for fault in found if fault.code is not PlanCode.FIXED_LEFT_OUT)
