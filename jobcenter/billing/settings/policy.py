"""Who may set a Jobcenter's billing terms. Pure."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role


def can_set(actor: Actor, jobcenter_id: int) -> bool:
    """The Jobcenter's coordinators and administrators."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR, Role.ADMIN)
