"""Who may do what with invoices. Pure."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role


def can_manage(actor: Actor, jobcenter_id: int) -> bool:
    """A Jobcenter's coordinators make, send, credit and mark its invoices."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR)


def can_read_all(actor: Actor, jobcenter_id: int) -> bool:
    """Coordinators and administrators read every invoice of their Jobcenter, drafts too."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR, Role.ADMIN)
