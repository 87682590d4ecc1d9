"""Who may do what with the books. Pure."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role

READERS = (Role.COORDINATOR, Role.ADMIN)


def can_read(actor: Actor, jobcenter_id: int) -> bool:
    """A Jobcenter's coordinators and administrators read its books."""
    return jobcenter_id in actor.jobcenters(*READERS)


def can_note_paid(actor: Actor, jobcenter_id: int) -> bool:
    """Its coordinators note what was paid of what it owes."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR)


def can_close(actor: Actor, jobcenter_id: int) -> bool:
    """They close its months too."""
    return jobcenter_id in actor.jobcenters(*READERS)
