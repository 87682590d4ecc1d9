"""Who may do what with orderers. Pure."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role


def can_coordinate(actor: Actor, jobcenter_id: int) -> bool:
    """Whether the actor handles a Jobcenter's orderers."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR)
