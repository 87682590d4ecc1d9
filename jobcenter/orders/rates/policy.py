"""Who may set rates."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role


def can_set_price_rule(actor: Actor, jobcenter_id: int) -> bool:
    """An administrator of the Jobcenter: those who agree prices do not say how low they may go."""
    return jobcenter_id in actor.jobcenters(Role.ADMIN)


def agrees_prices(actor: Actor, jobcenter_id: int) -> bool:
    """Whether the actor offers prices to the Jobcenter's orderers."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR)


def can_set_rate(actor: Actor, jobcenter_id: int | None, every_jobcenter: frozenset[int]) -> bool:
    """An administrator, in their own Jobcenters; a common rate only by one who administers all of them."""
    own = actor.jobcenters(Role.ADMIN)
    return jobcenter_id in own if jobcenter_id is not None else bool(own) and every_jobcenter <= own
