"""What follows when an invoice is sent or asks for less or more: the books, its state, what the payer has with us."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from jobcenter.auth import service as auth
from jobcenter.auth.domain import Actor, LinkPurpose
from jobcenter.billing.books import domain_events as events
from jobcenter.billing.books import service as books
from jobcenter.billing.books.domain_events import Bill, Move, RateSum
from jobcenter.billing.invoices import domain as invoice_domain
from jobcenter.billing.invoices import queries as invoice_queries
from jobcenter.billing.invoices.domain import InvoiceAction, InvoiceKind, InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import queries
from jobcenter.billing.payments.domain import PaymentStatus
from jobcenter.core import audit, clock
from jobcenter.core.uow import flush

LINK_AFTER_SETTLED = timedelta(days=14)


def invoice_issued(actor: Actor, invoice: Invoice) -> None:
    """Book an invoice or credit note that was sent just now; a credited invoice that was paid leaves money over."""
    if invoice.kind is InvoiceKind.INVOICE:
        books.post(actor, events.invoice_sent(bill_of(invoice)))
        return
    books.post(actor, events.credit_note_sent(bill_of(invoice)))
    credited = invoice_queries.credited_by(invoice)
    settle(actor, credited, invoice.sent_on, cause=f"credit:{invoice.id}")


def bill_of(invoice: Invoice) -> Bill:
    """A sent invoice or credit note as the books see it."""
    return Bill(
        jobcenter_id=invoice.jobcenter_id,
        invoice_id=invoice.id,
        receivable_of=invoice.credits_id or invoice.id,
        number=invoice.number,
        day=invoice.sent_on,
        rates=tuple(
            RateSum(vat_percent=vat_sum.vat_percent, net=vat_sum.price.net, vat=vat_sum.price.vat)
            for vat_sum in invoice_queries.vat_sums_of(invoice.id)
        ),
    )


def settle(actor: Actor, invoice: Invoice, day: date, *, cause: str) -> None:
    """Bring an invoice's state in line with what it still asks for. `cause` names what happened, once and for all.

    What was paid and is not owed any more becomes money that the payer has with us.
    """
    still_open = queries.open_of(invoice.id)
    if still_open < 0:
        _leave_over(actor, invoice, -still_open, day, cause)
        still_open = Decimal(0)
    if invoice.status is InvoiceStatus.SENT and still_open <= 0:
        _move(actor, invoice, InvoiceAction.MARK_PAID, day)
    elif invoice.status is InvoiceStatus.PAID and still_open > 0:
        _move(actor, invoice, InvoiceAction.MARK_UNPAID, None)
    elif invoice.status is InvoiceStatus.WRITTEN_OFF and still_open > 0:
        _move(actor, invoice, InvoiceAction.REOPEN, None)


def _leave_over(actor: Actor, invoice: Invoice, amount: Decimal, day: date, cause: str) -> None:
    """Keep what was paid too much beside the payments that brought it, the newest first: the invoice's own, then those
    of other invoices that had money over for it.
    """
    books.post(actor, events.overpayment_used(move_of(invoice, cause, day, -amount)))
    left = amount
    for payment in reversed(queries.payments_of(invoice.id)):
        if payment.status is PaymentStatus.MATCHED and left > 0:
            part = min(left, payment.amount - payment.over - queries.used_of(payment.id))
            payment.over, left = payment.over + part, left - part
    for use, payment in reversed(queries.uses_for(invoice.id)) if left > 0 else ():
        part = min(left, use.amount - use.given_back)
        use.given_back, payment.over, left = use.given_back + part, payment.over + part, left - part
    flush()


def move_of(invoice: Invoice, key: int | str, day: date, amount: Decimal) -> Move:
    """Money that moves for an invoice, as the books see it."""
    return Move(
        jobcenter_id=invoice.jobcenter_id,
        invoice_id=invoice.id,
        number=invoice.number,
        key=key,
        day=day,
        amount=amount,
    )


def _move(actor: Actor, invoice: Invoice, action: InvoiceAction, paid_on: date | None) -> None:
    before = {"status": invoice.status, "paid_on": invoice.paid_on}
    invoice.status, invoice.paid_on = invoice_domain.next_state(invoice.status, action), paid_on
    flush()
    after = {"status": invoice.status, "paid_on": invoice.paid_on}
    scope = {"jobcenter_id": invoice.jobcenter_id}
    audit.record(actor, f"invoice.{action}", "invoice", invoice.id, before=before, after=after, **scope)
    if action is InvoiceAction.MARK_PAID:
        settle_links(invoice)


def settle_links(invoice: Invoice) -> None:
    """What is paid or taken back is read a while longer, not for months."""
    auth.shorten_links(LinkPurpose.READ_INVOICE, invoice.id, clock.now() + LINK_AFTER_SETTLED)
