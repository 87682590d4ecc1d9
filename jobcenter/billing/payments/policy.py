"""Who may do what with payments. Pure."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role


def can_manage(actor: Actor, jobcenter_id: int) -> bool:
    """A Jobcenter's coordinators note, match, return and use payments, and stop reminders."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR)


def can_read(actor: Actor, jobcenter_id: int) -> bool:
    """Coordinators and administrators see a Jobcenter's payments."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR, Role.ADMIN)


def can_decide(actor: Actor, jobcenter_id: int) -> bool:
    """Coordinators and administrators decide what another has proposed to write off."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR, Role.ADMIN)
