"""Finding what was done with what a payment had over."""

from __future__ import annotations

from sqlalchemy import select

from jobcenter.auth.domain import Actor, Role
from jobcenter.billing.payments.models import Payment, PaymentUse
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound


def use_for(actor: Actor, use_id: int) -> PaymentUse:
    """A use of what a payment of the actor's Jobcenter had over, locked. Raises NotFound."""
    query = select(PaymentUse).join(Payment, Payment.id == PaymentUse.payment_id)
    query = query.where(PaymentUse.id == use_id, Payment.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR)))
    use = db.session.scalar(query.with_for_update(of=PaymentUse).execution_options(populate_existing=True))
    if use is None:
        raise NotFound
    return use
