"""Finding what was done with what a payment had over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.billing.books.domain import Account
from jobcenter.billing.books.models import LedgerEntry, LedgerLine
from jobcenter.billing.payments.domain import Change, least_over_since
from jobcenter.billing.payments.models import Payment, PaymentUse
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.core.money import round_cents


def use_for(actor: Actor, use_id: int) -> PaymentUse:
    """A use of what a payment of the actor's Jobcenter had over, locked. Raises NotFound."""
    query = select(PaymentUse).join(Payment, Payment.id == PaymentUse.payment_id)
    query = query.where(PaymentUse.id == use_id, Payment.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR)))
    return or_not_found(
        db.session.scalar(query.with_for_update(of=PaymentUse).execution_options(populate_existing=True))
    )


def least_over(payment: Payment, day: date) -> Decimal:
    """The least that was over on any day from `day` on, by the books: of what was paid of the payment's invoice, and of
    those that some of it was used for.
    """
    used_for = select(PaymentUse.invoice_id).where(PaymentUse.payment_id == payment.id)
    invoice_ids = {payment.invoice_id, *db.session.scalars(used_for.where(PaymentUse.invoice_id.is_not(None)))}
    over = db.session.scalar(select(func.sum(Payment.over)).where(Payment.invoice_id.in_(invoice_ids)))
    query = (
        select(LedgerEntry.happened_on, LedgerLine.credit - LedgerLine.debit)
        .join(LedgerLine, LedgerLine.entry_id == LedgerEntry.id)
        .where(
            LedgerEntry.source_type == "invoice",
            LedgerEntry.source_id.in_([str(invoice_id) for invoice_id in invoice_ids]),
            LedgerEntry.happened_on > day,
            LedgerLine.account == Account.OVERPAYMENTS.value,
        )
    )
    changes = [Change(on, round_cents(Decimal(amount))) for on, amount in db.session.execute(query)]
    return least_over_since(day, round_cents(Decimal(over)), changes)
