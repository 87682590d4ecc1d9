"""What was taken for the delay of an invoice goes back to the payer when it turns out that it was not owed.

Interest falls only on what was owed (Interest Act 633/1982, section 4), and what is credited never was: after a credit,
or a payment that came earlier than was known, less is owed than was taken.
"""

from __future__ import annotations

from decimal import Decimal

from jobcenter.auth.domain import Actor
from jobcenter.billing.books import service as books
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import late, queries
from jobcenter.billing.payments.domain import LATE_COSTS
from jobcenter.billing.payments.models import Payment, PaymentUse
from jobcenter.billing.payments.moves import move_of, use_event
from jobcenter.core import audit, clock
from jobcenter.core.money import ZERO
from jobcenter.core.uow import flush


def give_late_costs_back(actor: Actor, invoice: Invoice, *, cause: str) -> None:
    """Give back what was taken for the delay of an invoice and is more than is owed for it now, the newest first.

    The payer has it with us again. `cause` names what happened, once and for all.
    """
    taken = queries.late_costs_of(invoice.id)
    for kind in sorted(LATE_COSTS) if taken else ():
        uses = [(use, payment) for use, payment in taken if use.kind is kind]
        left = sum((use.amount - use.given_back for use, _payment in uses), ZERO)
        left -= late.owed_of(invoice, kind, clock.today()) if left else ZERO
        for use, payment in uses:
            part = max(min(left, use.amount - use.given_back), ZERO)
            left -= part
            if part:
                _give_back(actor, invoice, use, payment, part, cause)


def _give_back(actor: Actor, invoice: Invoice, use: PaymentUse, payment: Payment, part: Decimal, cause: str) -> None:
    use.given_back, payment.over = use.given_back + part, payment.over + part
    flush()
    books.post(actor, use_event(use.kind, move_of(invoice, f"use:{use.id}:{cause}", clock.today(), -part)))
    after = {"invoice": invoice.id, "amount": part, "over": payment.over}
    scope = {"jobcenter_id": payment.jobcenter_id}
    audit.record(actor, f"payment.{use.kind}_back", "payment", payment.id, after=after, **scope)
