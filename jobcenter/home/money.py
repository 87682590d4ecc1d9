"""What of the money waits for somebody, as parts of the one query of a first page."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, func, or_, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.billing.card.models import CardTask
from jobcenter.billing.payments.domain import PaymentStatus
from jobcenter.billing.payments.models import Payment
from jobcenter.billing.payruns.domain import PayRunStatus
from jobcenter.billing.payruns.models import PayRun


def pay_lists_asked(actor: Actor) -> ScalarSelect[int]:
    """How many lists of pay that others made wait for a second person, who may be the actor."""
    mine = actor.jobcenters(Role.COORDINATOR, Role.ADMIN)
    by_others = or_(PayRun.made_by_id.is_(None), PayRun.made_by_id != actor.user_id)
    query = select(func.count(PayRun.id)).where(PayRun.jobcenter_id.in_(mine), by_others)
    return query.where(PayRun.status == PayRunStatus.LISTED).scalar_subquery()


def payments_without_invoice(mine: frozenset[int]) -> ScalarSelect[int]:
    """How many payments wait until somebody says which invoice they are for."""
    query = select(func.count(Payment.id)).where(Payment.jobcenter_id.in_(mine))
    return query.where(Payment.status == PaymentStatus.WAITING).scalar_subquery()


def card_tasks(mine: frozenset[int]) -> ScalarSelect[int]:
    """How many things about cards are to be looked at."""
    query = select(func.count(CardTask.id)).where(CardTask.jobcenter_id.in_(mine))
    return query.where(CardTask.done_at.is_(None)).scalar_subquery()
