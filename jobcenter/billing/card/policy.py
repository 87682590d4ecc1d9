"""Who may do what with card payments. Pure."""

from __future__ import annotations

from decimal import Decimal

from jobcenter.auth.domain import Actor, Role
from jobcenter.billing.card.domain import LEAST_CENTS, cents
from jobcenter.orders.organisations.domain import OrganisationKind


def can_manage(actor: Actor, jobcenter_id: int) -> bool:
    """A Jobcenter's coordinators give money back, let holds go and look at what does not agree."""
    return jobcenter_id in actor.jobcenters(Role.COORDINATOR)


def may_pay_by_card(kind: OrganisationKind, amount: Decimal, *, most: Decimal | None) -> bool:
    """Private persons pay by card; others up to what their Jobcenter has set (None: not at all). Not a few cents."""
    if cents(amount) < LEAST_CENTS:
        return False
    return kind is OrganisationKind.PRIVATE_PERSON or (most is not None and amount <= most)
