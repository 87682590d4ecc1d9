"""Who may do what with e-invoices. Pure."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role


def can_send(actor: Actor, jobcenter_id: int) -> bool:
    """A Jobcenter's coordinators send its e-invoices."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR)


def can_read(actor: Actor, jobcenter_id: int) -> bool:
    """Coordinators and administrators look at them and download them."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR, Role.ADMIN)
