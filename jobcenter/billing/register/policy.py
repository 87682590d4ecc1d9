"""Who may report to the Incomes Register. Pure."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role


def can_report(actor: Actor, jobcenter_id: int) -> bool:
    """A Jobcenter's coordinators report what it has paid."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR)
