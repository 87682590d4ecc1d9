"""Money that moves for an invoice, and what was paid over and is used, as the books see it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jobcenter.billing.books import domain_events as events
from jobcenter.billing.books.domain import Account, Event
from jobcenter.billing.books.domain_events import Move
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments.domain import UseKind


def move_of(invoice: Invoice, key: int | str, day: date, amount: Decimal) -> Move:
    """Money that moves for an invoice; `key` names it for good within its kind."""
    return Move(
        jobcenter_id=invoice.jobcenter_id,
        invoice_id=invoice.id,
        number=invoice.number,
        key=key,
        day=day,
        amount=amount,
    )


def use_event(kind: UseKind, move: Move, out_of: Account = Account.BANK) -> Event:
    """What the books say of a use of what was over; below zero: the payer has it with us again."""
    if kind is UseKind.REFUND:
        return events.refunded(move, out_of=out_of)
    if kind is UseKind.LATE_INTEREST:
        return events.late_interest_paid(move, from_=Account.OVERPAYMENTS)
    if kind is UseKind.LATE_COMPENSATION:
        return events.late_compensation_paid(move, from_=Account.OVERPAYMENTS)
    return events.overpayment_used(move)
