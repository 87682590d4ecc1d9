"""Who may do what with orders. Pure; which orders somebody sees at all is decided by the queries."""

from __future__ import annotations

from jobcenter.auth.domain import Actor, Role
from jobcenter.orders.intake.domain import EDITABLE, OrderAction, OrderStatus, may


def can_coordinate(actor: Actor, jobcenter_id: int) -> bool:
    """Whether the actor handles a Jobcenter's orders."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR)


def can_publish_terms(actor: Actor, jobcenter_id: int) -> bool:
    """Whether the actor may publish a Jobcenter's terms."""
    return jobcenter_id in actor.jobcenters(Role.ADMIN)


def can_edit(status: OrderStatus) -> bool:
    """Whether those who see an order may change its words."""
    return status in EDITABLE


def can_act(actor: Actor, jobcenter_id: int, status: OrderStatus, action: OrderAction) -> bool:
    """Whether a coordinator may do this to an order in this state."""
    return can_coordinate(actor, jobcenter_id) and may(status, action)
