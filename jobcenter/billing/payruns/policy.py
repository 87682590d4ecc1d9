"""Who may do what with pay runs. Pure."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role


def can_manage(actor: Actor, jobcenter_id: int) -> bool:
    """A Jobcenter's coordinators make, download and mark its pay runs."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR)
