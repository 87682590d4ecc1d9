"""Who may do what with plans. Pure."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role


def can_plan(actor: Actor, jobcenter_id: int) -> bool:
    """A Jobcenter's coordinators propose, change and send its plans."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR)
