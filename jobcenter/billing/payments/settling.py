"""What follows when an invoice is sent or asks for less or more: the books, its state, what the payer has with us."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from jobcenter.auth import service as auth
from jobcenter.auth.domain import Actor, LinkPurpose
from jobcenter.billing.books import domain_events as events
from jobcenter.billing.books import service as books
from jobcenter.billing.books.domain_events import Bill, RateSum
from jobcenter.billing.invoices import domain as invoice_domain
from jobcenter.billing.invoices import queries as invoice_queries
from jobcenter.billing.invoices.domain import InvoiceAction, InvoiceKind, InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import queries, queries_write_offs
from jobcenter.billing.payments.domain import NOTHING, PaymentStatus, shares_of
from jobcenter.billing.payments.giving_back import give_late_costs_back
from jobcenter.billing.payments.moves import move_of
from jobcenter.core import audit, clock
from jobcenter.core.money import ZERO
from jobcenter.core.uow import flush

LINK_AFTER_SETTLED = timedelta(days=14)


def invoice_issued(actor: Actor, invoice: Invoice) -> None:
    """Book an invoice or credit note that was sent just now; a credited invoice that was paid leaves money over.

    An invoice of nothing, as a small share of few minutes comes to, asks for nothing and is paid at once.
    """
    if invoice.kind is InvoiceKind.INVOICE:
        books.post(actor, events.invoice_sent(bill_of(invoice)))
        if not invoice.gross:
            _follow(actor, invoice, invoice.sent_on, is_open=False)
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

    What was taken for its delay and is not owed goes back. What came or was credited beyond what is open takes back
    what was written off; the rest becomes money that the payer has with us. Before an invoice asks for more, what its
    own payments have over is used.
    """
    give_late_costs_back(actor, invoice, cause=cause)
    still_open = queries.open_of(invoice.id)
    if still_open < 0:
        still_open += _bring_back(actor, invoice, -still_open, day, cause)
    if still_open < 0:
        _leave_over(actor, invoice, -still_open, day, cause)
    elif still_open > 0:
        still_open -= _use_own_over(actor, invoice, still_open, day, cause)
    _follow(actor, invoice, day, is_open=still_open > 0)


def _follow(actor: Actor, invoice: Invoice, day: date, *, is_open: bool) -> None:
    """Give an invoice the state that goes with what it asks for."""
    if invoice.status is InvoiceStatus.WRITTEN_OFF and (is_open or not queries_write_offs.loss_of(invoice.id).amount):
        _move(actor, invoice, InvoiceAction.REOPEN, None)
    if invoice.status is InvoiceStatus.SENT and not is_open:
        _move(actor, invoice, InvoiceAction.MARK_PAID, day)
    elif invoice.status is InvoiceStatus.PAID and is_open:
        _move(actor, invoice, InvoiceAction.MARK_UNPAID, None)


def _bring_back(actor: Actor, invoice: Invoice, most: Decimal, day: date, cause: str) -> Decimal:
    """Take back so much of what was written off, and no more than that: loss and VAT by that share. Gives how much."""
    loss = queries_write_offs.loss_of(invoice.id)
    amount = min(most, loss.amount)
    if not amount:
        return ZERO
    move = move_of(invoice, f"{invoice.id}:{cause}", max(day, loss.last_on), -amount)
    books.post(actor, events.written_off(move, loss_by_rate(invoice, loss.amount - amount)))
    before, after = {"written_off": loss.amount}, {"written_off": loss.amount - amount}
    scope = {"jobcenter_id": invoice.jobcenter_id}
    audit.record(actor, "invoice.write_off_back", "invoice", invoice.id, before=before, after=after, **scope)
    return amount


def loss_by_rate(invoice: Invoice, after: Decimal) -> list[RateSum]:
    """Net and VAT by rate of the step from what is booked as the loss of an invoice to another amount of it.

    Less of it is taken off what was booked; more is split by the price that was not credited.
    """
    booked = queries_write_offs.loss_by_rate(invoice.id)
    is_less = after < sum((price.gross for price in booked.values()), ZERO)
    wanted = shares_of(after, booked if is_less else queries_write_offs.price_by_rate(invoice.id))
    steps = ((rate, booked.get(rate, NOTHING), wanted.get(rate, NOTHING)) for rate in sorted({*booked, *wanted}))
    return [RateSum(vat_percent=rate, net=new.net - old.net, vat=new.vat - old.vat) for rate, old, new in steps]


def _use_own_over(actor: Actor, invoice: Invoice, most: Decimal, day: date, cause: str) -> Decimal:
    """Use what an invoice's own payments have over for what it asks for, the oldest first. Gives how much."""
    left = most
    for payment in queries.payments_of(invoice.id):
        part = min(left, payment.over)
        payment.over, left = payment.over - part, left - part
    flush()
    books.post(actor, events.overpayment_used(move_of(invoice, cause, day, most - left)))
    return most - left


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
