"""Who may change whom; pure."""

from __future__ import annotations

from jobcenter.auth.domain import SYSTEM, Actor, Role

GIVEN_BY_COORDINATORS = frozenset({Role.ORDERER, Role.WORKER, Role.SUPPORT, Role.GUARDIAN})


def can_grant(actor: Actor, role: Role, jobcenter_id: int) -> bool:
    """Whether the actor may give or take a role at a Jobcenter: its administrator any, its coordinator some."""
    if actor is SYSTEM or jobcenter_id in actor.jobcenters(Role.ADMIN):
        return True
    return role in GIVEN_BY_COORDINATORS and jobcenter_id in actor.jobcenters(Role.COORDINATOR)


def can_create_user(actor: Actor) -> bool:
    """Whether the actor may make accounts for others."""
    return actor is SYSTEM or actor.has(Role.ADMIN, Role.COORDINATOR)


def can_close(actor: Actor, user_jobcenter_ids: frozenset[int]) -> bool:
    """Whether the actor may close or reopen the account of a user of these Jobcenters: all must be the actor's own."""
    return actor is SYSTEM or bool(user_jobcenter_ids) and user_jobcenter_ids <= actor.jobcenters(Role.ADMIN)
