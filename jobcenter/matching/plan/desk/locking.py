"""Places that a coordinator locked, put into what is planned as settled; what cannot stay is named with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jobcenter.matching.domain import Finding, RuleCode, Weight
from jobcenter.matching.plan.checker import faults_of_fixed
from jobcenter.matching.plan.desk.told import Lost
from jobcenter.matching.plan.domain import Fixed, Instance
from jobcenter.matching.plan.rules import Fault


def lock(instance: Instance, kept: Iterable[tuple[int, int]]) -> tuple[Instance, tuple[Lost, ...]]:
    """The instance with these places (gig, worker) settled as far as they can stay, and those that cannot.

    Somebody who has an offer for the gig by now, or a place on it, needs none any more.
    """
    lost = []
    for gig_id, worker_id in kept:
        gig = instance.gig.get(gig_id)
        if gig is not None and worker_id in gig.facts.people:
            continue
        if gig is None or worker_id not in instance.worker:
            lost.append(Lost(gig_id, worker_id))
            continue
        settled = settle(instance, gig_id, worker_id)
        faults = faults_of_fixed(settled)
        if faults:
            lost.append(Lost(gig_id, worker_id, _finding(faults)))
        else:
            instance = settled
    return instance, tuple(lost)


def unlocked(instance: Instance) -> tuple[Instance, tuple[Lost, ...]]:
    """The instance with nothing settled, and all that was."""
    lost = tuple(Lost(gig.id, fixed.worker) for gig in instance.gigs for fixed in gig.fixed)
    return replace(instance, gigs=tuple(replace(gig, fixed=()) for gig in instance.gigs)), lost


def settle(instance: Instance, gig_id: int, worker_id: int) -> Instance:
    """The instance in which the worker has a place on the gig; who comes along is left open."""
    gigs = (replace(gig, fixed=(*gig.fixed, Fixed(worker_id))) if gig.id == gig_id else gig for gig in instance.gigs)
    return replace(instance, gigs=tuple(gigs))


def _finding(faults: Iterable[Fault]) -> Finding | None:
    """The first reason that has words of its own."""
    own = (fault for fault in faults if isinstance(fault.code, RuleCode))
    return next((Finding(fault.code, Weight.REFUSES, fault.facts) for fault in own), None)
