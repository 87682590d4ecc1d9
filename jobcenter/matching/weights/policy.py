"""Who sets how much the soft rules count."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role


def can_set_weights(actor: Actor, jobcenter_id: int) -> bool:
    """An administrator of the Jobcenter."""
    return jobcenter_id in actor.jobcenters(Role.ADMIN)


def can_see_weights(actor: Actor, jobcenter_id: int) -> bool:
    """Those who set them, and the coordinators whose lists are ordered by them."""
    return jobcenter_id in actor.jobcenters(Role.ADMIN, Role.COORDINATOR)
