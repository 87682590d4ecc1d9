"""What a card holder's bank has taken back for good: the invoice that it had paid is owed again."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _

from jobcenter.auth.domain import Actor
from jobcenter.billing.books import service as books
from jobcenter.billing.books.domain import Account, Event, EventKind, credit, debit
from jobcenter.billing.books.domain_events import overpayment_used
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import queries
from jobcenter.billing.payments.domain import CHARGED_BACK, UseKind
from jobcenter.billing.payments.models import Payment, PaymentUse
from jobcenter.billing.payments.moves import move_of
from jobcenter.billing.payments.post import collection_of
from jobcenter.billing.payments.settling import settle
from jobcenter.core import audit, clock, texts
from jobcenter.core.db import db
from jobcenter.core.money import ZERO
from jobcenter.core.uow import flush


def charge_back(actor: Actor, payment_id: int, amount: Decimal, *, dispute: str) -> None:
    """Book that so much of a payment of an invoice was taken back. A dispute works once.

    What the payer had with us of it goes first; then what it paid of its invoice is owed again, then what of it was
    used for other invoices. Their reminders rest until somebody has agreed with the payer.
    """
    key = f"{CHARGED_BACK}{dispute}"[:60]
    if queries.used_with(key) is not None:
        return
    invoice = queries.locked_invoice(db.session.get_one(Payment, payment_id).invoice_id)
    payment = queries.locked_payment(payment_id)
    _call_uses_back(actor, payment, amount, key)
    over = min(payment.over, amount)
    use = PaymentUse(
        payment_id=payment.id,
        kind=UseKind.REFUND,
        day=clock.today(),
        amount=amount,
        given_back=amount - min(amount, payment.amount - queries.used_of(payment.id)),
        form_key=key,
        made_by=actor.name,
        made_at=clock.now(),
    )
    payment.over -= over
    db.session.add(use)
    flush()
    books.post(actor, _event(invoice, use, over))
    _rest_reminders(invoice)
    after = {"invoice": invoice.id, "amount": amount, "over": payment.over}
    audit.record(actor, "payment.charge_back", "payment", payment.id, after=after, jobcenter_id=payment.jobcenter_id)
    settle(actor, invoice, clock.today(), cause=f"charge_back:{use.id}")


def _call_uses_back(actor: Actor, payment: Payment, amount: Decimal, key: str) -> None:
    """Let other invoices ask again for what of a payment was used for them, as far as the rest of it does not do."""
    short = amount - (payment.amount - queries.used_of(payment.id))
    for use in reversed(queries.uses_of([payment.id])):
        part = min(short, use.amount - use.given_back)
        if use.kind is not UseKind.OTHER_INVOICE or part <= ZERO:
            continue
        use.given_back, payment.over, short = use.given_back + part, payment.over + part, short - part
        flush()
        other = queries.locked_invoice(use.invoice_id)
        books.post(actor, overpayment_used(move_of(other, f"use:{use.id}:{key}", clock.today(), -part)))
        settle(actor, other, clock.today(), cause=f"use:{use.id}:{key}:settled")
        _rest_reminders(other)


def _event(invoice: Invoice, use: PaymentUse, over: Decimal) -> Event:
    return Event(
        jobcenter_id=invoice.jobcenter_id,
        ref=f"card_dispute:{use.id}",
        kind=EventKind.CARD_DISPUTE,
        day=use.day,
        text=f"{invoice.number}",
        source_type="invoice",
        source_id=invoice.id,
        lines=(
            debit(Account.RECEIVABLES, use.amount - over, invoice_id=invoice.id),
            debit(Account.OVERPAYMENTS, over),
            credit(Account.CARD_CLEARING, use.amount),
        ),
    )


def _rest_reminders(invoice: Invoice) -> None:
    if queries.open_of(invoice.id) <= ZERO:
        return
    collection = collection_of(invoice.id)
    if not collection.stopped:
        with texts.in_language("fi"):
            collection.stop_reason = _("The card holder's bank took the payment back")
        collection.stopped, collection.stopped_by = True, "Stripe"
