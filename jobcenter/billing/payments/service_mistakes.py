"""Taking back what was noted of a payment by mistake: a use of what was over, a return to whoever paid."""

from __future__ import annotations

from datetime import date

from jobcenter.auth.domain import Actor
from jobcenter.billing.books import service as books
from jobcenter.billing.payments import domain, queries_uses, service
from jobcenter.billing.payments.domain import PaymentAction
from jobcenter.billing.payments.models import Payment, PaymentUse
from jobcenter.billing.payments.moves import move_of, use_event
from jobcenter.billing.payments.settling import settle
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, NotPossible
from jobcenter.core.uow import flush


def undo_use(actor: Actor, use_id: int) -> PaymentUse:
    """What was noted as returned or used was not: the payer has it with us again. Works once.

    It never was, so the books say so from its own day on, and the invoice that it was used for asks for it again.
    Raises NotFound, AlreadyDone, and NotPossible for what went back on a card.
    """
    use = queries_uses.use_for(actor, use_id)
    payment = service.managed(actor, use.payment_id)
    invoice = service.managed_invoice(actor, payment.invoice_id)
    target = service.managed_invoice(actor, use.invoice_id) if use.invoice_id else None
    back = use.amount - use.given_back
    if not back:
        raise AlreadyDone("payment_already")
    if not domain.can_be_undone(use.form_key, back=back):
        raise NotPossible("payment_not_possible")
    use.given_back, payment.over = use.amount, payment.over + back
    flush()
    books.post(actor, use_event(use.kind, move_of(target or invoice, f"use:{use.id}:undone", use.day, -back)))
    service.record(actor, "payment.undo_use", payment, kind=use.kind, back=back)
    _settle(actor, use, payment, clock.today())
    return use


def keep(actor: Actor, payment_id: int) -> Payment:
    """A payment that was noted as returned to the payer was not: it waits for its invoice again."""
    payment = service.managed(actor, payment_id)
    payment.status = domain.next_state(payment.status, PaymentAction.KEEP)
    flush()
    books.post(actor, service.returned_event(payment, -payment.amount))
    service.record(actor, "payment.keep", payment)
    return payment


def _settle(actor: Actor, use: PaymentUse, payment: Payment, today: date) -> None:
    """The invoice that was paid so, and the payment's own: what it asks for by now is taken of what is over."""
    for invoice_id in (use.invoice_id, payment.invoice_id):
        if invoice_id is not None:
            settle(actor, service.managed_invoice(actor, invoice_id), today, cause=f"use:{use.id}:undone:{invoice_id}")
