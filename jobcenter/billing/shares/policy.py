"""Who may set who pays an order. Pure."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role


def can_set(actor: Actor, jobcenter_id: int) -> bool:
    """The Jobcenter's coordinators; the orderer sees what they have set."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR)
