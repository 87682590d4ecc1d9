"""What happens to payments: they come in, are matched, taken back, returned or used. Every change is in the books.

Others that bring payments (a card, a bank's file) lock the invoice and call `take_in`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.billing.books import domain_events as events
from jobcenter.billing.books import service as books
from jobcenter.billing.books.domain import Account
from jobcenter.billing.invoices import domain as invoice_domain
from jobcenter.billing.invoices import queries as invoice_queries
from jobcenter.billing.invoices.domain import InvoiceAction, MarkPaid
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import domain, late, policy, queries, queries_uses, queries_write_offs
from jobcenter.billing.payments.domain import (
    Match,
    NotThatMuch,
    PaymentAction,
    PaymentSource,
    PaymentStatus,
    Receive,
    StopReminders,
    UseKind,
    UseOver,
)
from jobcenter.billing.payments.models import InvoiceCollection, Payment, PaymentUse
from jobcenter.billing.payments.moves import move_of, use_event
from jobcenter.billing.payments.post import collection_of
from jobcenter.billing.payments.settling import settle
from jobcenter.core import audit, clock, texts
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.money import ZERO
from jobcenter.core.uow import flush, register_clash

register_clash("uq_payment_form_key", lambda: AlreadyDone("payment_already"))
register_clash("uq_payment_bank_key", lambda: AlreadyDone("payment_already"))
register_clash("uq_payment_use_form_key", lambda: AlreadyDone("payment_already"))


# Coming in


def receive(actor: Actor, invoice_id: int, command: Receive) -> Payment:
    """Note a payment of any amount by hand. The same form notes it once."""
    invoice = managed_invoice(actor, invoice_id)
    if made := queries.made_with(command.form_key):
        return made
    domain.check_day(command.day, earliest=invoice.sent_on, today=clock.today())
    payment = new_payment(actor, invoice.jobcenter_id, PaymentSource.BY_HAND, command.day, command.amount)
    payment.form_key = command.form_key
    return take_in(actor, invoice, payment)


def mark_paid(actor: Actor, invoice_id: int, command: MarkPaid) -> Invoice:
    """Note that all that an invoice still asks for has come."""
    invoice = managed_invoice(actor, invoice_id)
    invoice_domain.next_state(invoice.status, InvoiceAction.MARK_PAID)
    domain.check_day(command.day, earliest=invoice.sent_on, today=clock.today())
    still_open = queries.open_of(invoice.id)
    if still_open > 0:
        take_in(
            actor, invoice, new_payment(actor, invoice.jobcenter_id, PaymentSource.BY_HAND, command.day, still_open)
        )
    else:
        settle(actor, invoice, command.day, cause=f"nothing_open:{invoice.id}")
    return invoice


def new_payment(actor: Actor, jobcenter_id: int, source: PaymentSource, day: date, amount: Decimal) -> Payment:
    """A payment that is not stored yet."""
    return Payment(
        jobcenter_id=jobcenter_id,
        source=source,
        status=PaymentStatus.WAITING,
        day=day,
        amount=amount,
        over=ZERO,
        made_by=actor.name,
        made_at=clock.now(),
    )


def take_in(actor: Actor, invoice: Invoice, payment: Payment, *, into: Account = Account.BANK) -> Payment:
    """Store a payment of an invoice (locked by the caller) that came into the bank, or into another account."""
    payment.status, payment.invoice_id = PaymentStatus.MATCHED, invoice.id
    payment.over = domain.over_of(payment.amount, owed=queries_write_offs.owed_of(invoice.id))
    db.session.add(payment)
    flush()
    move = move_of(invoice, payment.id, _paid_on(payment, invoice), payment.amount)
    books.post(actor, events.payment_came(move, over=payment.over, into=into))
    record(actor, "payment.receive", payment)
    settle(actor, invoice, move.day, cause=f"payment:{payment.id}")
    return payment


def take_in_unmatched(actor: Actor, payment: Payment) -> Payment:
    """Store a payment of which nobody knows yet for what it is: it waits for a coordinator."""
    db.session.add(payment)
    flush()
    facts = {"jobcenter_id": payment.jobcenter_id, "payment_id": payment.id}
    books.post(actor, events.payment_without_invoice(**facts, day=payment.day, amount=payment.amount))
    record(actor, "payment.wait", payment)
    return payment


# Matching, taking back, returning


def match(actor: Actor, payment_id: int, command: Match) -> Payment:
    """Say which invoice a waiting payment is for."""
    payment = managed(actor, payment_id)
    invoice = managed_invoice(actor, _named(payment, command))
    if invoice.jobcenter_id != payment.jobcenter_id:
        raise NotFound
    payment.status = domain.next_state(payment.status, PaymentAction.MATCH)
    payment.invoice_id = invoice.id
    payment.over = domain.over_of(payment.amount, owed=queries_write_offs.owed_of(invoice.id))
    flush()
    move = move_of(invoice, f"{payment.id}:{payment.version}", _paid_on(payment, invoice), payment.amount)
    books.post(actor, events.payment_matched(move, over=payment.over))
    record(actor, "payment.match", payment)
    settle(actor, invoice, move.day, cause=f"payment_matched:{move.key}")
    return payment


def unmatch(actor: Actor, payment_id: int) -> Payment:
    """Take a payment that the bank told of off an invoice that it is not for: it waits for its invoice again.

    It never was that invoice's, so the books say so from the day on which it paid it. Raises NotPossible when it was
    noted by hand or came by card, or when something of it was used.
    """
    payment = managed(actor, payment_id)
    status = domain.next_state(payment.status, PaymentAction.UNMATCH)
    domain.check_can_be_unmatched(payment.source, used=queries.is_used(payment.id))
    invoice = managed_invoice(actor, payment.invoice_id)
    over, payment.over, payment.status, payment.invoice_id = payment.over, ZERO, status, None
    flush()
    move = move_of(invoice, f"{payment.id}:{payment.version}", _paid_on(payment, invoice), payment.amount)
    books.post(actor, events.payment_unmatched(move, over=over))
    record(actor, "payment.unmatch", payment, taken_off=invoice.id)
    settle(actor, invoice, move.day, cause=f"payment_unmatched:{move.key}")
    return payment


def _paid_on(payment: Payment, invoice: Invoice) -> date:
    """The day on which a payment pays its invoice: one that came before the invoice was sent, on the day of sending."""
    return max(payment.day, invoice.sent_on)


def _named(payment: Payment, command: Match) -> int:
    """The invoice that a coordinator named for a payment. Raises DomainError."""
    if command.number is None and command.invoice_id is None:
        raise DomainError("invoice_not_named", "invoice")
    if command.number is None:
        return command.invoice_id
    found = queries.id_of_number(payment.jobcenter_id, command.number)
    if found is None:
        raise DomainError("invoice_number_unknown", "number")
    return found


def mark_unpaid(actor: Actor, invoice_id: int) -> Invoice:
    """Take back the payments of an invoice that were noted by hand. Raises NotPossible when the bank told of one."""
    invoice = managed_invoice(actor, invoice_id)
    invoice_domain.next_state(invoice.status, InvoiceAction.MARK_UNPAID)
    for payment in queries.payments_of(invoice.id):
        if payment.status is PaymentStatus.MATCHED:
            _take_back(actor, payment)
    settle(actor, invoice, clock.today(), cause=f"unpaid:{invoice.id}:{invoice.version}")
    return invoice


def take_back(actor: Actor, payment_id: int) -> Payment:
    """Take back a payment that was noted by hand by mistake."""
    payment = managed(actor, payment_id)
    domain.next_state(payment.status, PaymentAction.TAKE_BACK)
    invoice = managed_invoice(actor, payment.invoice_id)
    _take_back(actor, payment)
    settle(actor, invoice, clock.today(), cause=f"taken_back:{payment.id}")
    return payment


def send_back(actor: Actor, payment_id: int) -> Payment:
    """Note that a payment of which nobody knows for what it was has been returned to the payer."""
    payment = managed(actor, payment_id)
    payment.status = domain.next_state(payment.status, PaymentAction.RETURN)
    flush()
    books.post(actor, returned_event(payment, payment.amount))
    record(actor, "payment.return", payment)
    return payment


def returned_event(payment: Payment, amount: Decimal) -> events.Event:
    """What the books say of a payment's return today; below zero: it was noted by mistake."""
    facts = {"jobcenter_id": payment.jobcenter_id, "payment_id": payment.id, "version": payment.version}
    return events.payment_returned(**facts, day=clock.today(), amount=amount)


def note_payout(actor: Actor, payment: Payment) -> None:
    """A payment of the bank's that waits (locked by the caller) is a payout of card payments, which is booked."""
    payment.status = domain.next_state(payment.status, PaymentAction.PAYOUT)
    flush()
    facts = {"jobcenter_id": payment.jobcenter_id, "payment_id": payment.id}
    books.post(actor, events.payment_was_payout(**facts, day=payment.day, amount=payment.amount))
    record(actor, "payment.note_payout", payment)


# What was paid over


def use_over(actor: Actor, payment_id: int, command: UseOver, *, out_of: Account = Account.BANK) -> PaymentUse:
    """Return money that was paid over, or use it for another invoice or for late interest. The same form does it once.

    Raises NotThatMuch, also for more than the delay costs; NotFound for an invoice of another orderer.
    """
    payment = managed(actor, payment_id)
    if made := queries.used_with(command.form_key):
        return made
    domain.check_enough(command.amount, payment.over)
    invoice = queries.locked_invoice(payment.invoice_id)
    target = _other_invoice(actor, invoice, command)
    earliest = max(_paid_on(payment, invoice), target.sent_on if target else payment.day)
    domain.check_use_day(command.day, earliest=earliest, today=clock.today())
    _check_over_then(payment, command)
    _check_owed_late(invoice, command)
    use = PaymentUse(
        payment_id=payment.id,
        kind=command.kind,
        invoice_id=target.id if target else None,
        day=command.day,
        amount=command.amount,
        form_key=command.form_key,
        made_by=actor.name,
        made_at=clock.now(),
    )
    payment.over -= command.amount
    db.session.add(use)
    flush()
    move = move_of(target or invoice, f"use:{use.id}", command.day, command.amount)
    books.post(actor, use_event(command.kind, move, out_of))
    record(actor, f"payment.{command.kind}", payment, amount=command.amount)
    if target:
        settle(actor, target, command.day, cause=f"use:{use.id}:settled")
    return use


def _check_over_then(payment: Payment, command: UseOver) -> None:
    """Refuse to use on a day what came to be over later, by a credit say. Raises NotThatMuch."""
    least = queries_uses.least_over(payment, command.day)
    if command.amount > least:
        raise NotThatMuch("not_over_then", "day", least=texts.money(max(least, ZERO)))


def _check_owed_late(invoice: Invoice, command: UseOver) -> None:
    """Refuse to take more for the delay of an invoice than it costs. Raises NotThatMuch."""
    if command.kind not in domain.LATE_COSTS:
        return
    left = late.left_to_take(invoice, command.kind, command.day)
    if command.amount > left:
        raise NotThatMuch("late_cost_not_owed", "amount", left=texts.money(left))


def refund_failed(actor: Actor, form_key: str) -> None:
    """A refund that a form has made did not reach the payer, who has the money with us again. Works once."""
    use, payment = queries.refund_made_with(form_key)
    back = use.amount - use.given_back
    if not back:
        return
    use.given_back, payment.over = use.amount, payment.over + back
    flush()
    books.reverse(actor, f"refund:use:{use.id}", day=clock.today(), text="")
    record(actor, "payment.refund_failed", payment, amount=back)
    invoice = queries.locked_invoice(payment.invoice_id)
    settle(actor, invoice, clock.today(), cause=f"refund_failed:{use.id}")


def _other_invoice(actor: Actor, invoice: Invoice, command: UseOver) -> Invoice | None:
    if command.kind is not UseKind.OTHER_INVOICE:
        return None
    if command.invoice_id is None:
        raise DomainError("invoice_not_named", "invoice")
    target = managed_invoice(actor, command.invoice_id)
    if (target.organisation_id, target.jobcenter_id) != (invoice.organisation_id, invoice.jobcenter_id):
        raise NotFound
    domain.check_enough(command.amount, queries.open_of(target.id))
    return target


# Late invoices


def stop_reminders(actor: Actor, invoice_id: int, command: StopReminders) -> InvoiceCollection:
    """Let the reminders of an invoice rest, or go on."""
    invoice = managed_invoice(actor, invoice_id)
    collection = collection_of(invoice.id)
    before = {"stopped": collection.stopped, "reason": collection.stop_reason}
    collection.stopped, collection.stop_reason = command.stopped, command.reason if command.stopped else ""
    collection.stopped_by = actor.name if command.stopped else ""
    flush()
    after = {"stopped": collection.stopped, "reason": collection.stop_reason}
    scope = {"jobcenter_id": invoice.jobcenter_id}
    audit.record(actor, "invoice.reminders", "invoice", invoice.id, before=before, after=after, **scope)
    return collection


# The pieces


def _take_back(actor: Actor, payment: Payment) -> None:
    """It never came, so the books say so from its own day on; from today on where something else made more of it over
    meanwhile.
    """
    domain.check_can_be_taken_back(payment.source, used=queries.is_used(payment.id))
    entry, day = f"payment:{payment.id}", payment.day
    if left_later := payment.over - queries.over_when_posted(entry):
        invoice, day = invoice_queries.sent_invoice(payment.invoice_id), clock.today()
        books.post(actor, events.overpayment_used(move_of(invoice, f"taken_back:{payment.id}:over", day, left_later)))
    payment.status, payment.over = domain.next_state(payment.status, PaymentAction.TAKE_BACK), ZERO
    flush()
    books.reverse(actor, entry, day=day, text="")
    record(actor, "payment.take_back", payment)


def managed(actor: Actor, payment_id: int) -> Payment:
    """A payment, locked, for a coordinator of its Jobcenter. Raises NotFound."""
    payment = queries.payment_for(actor, payment_id, lock=True)
    if not policy.can_manage(actor, payment.jobcenter_id):
        raise NotFound
    return payment


def managed_invoice(actor: Actor, invoice_id: int) -> Invoice:
    """A sent invoice, locked, for a coordinator of its Jobcenter. Raises NotFound, NotPossible."""
    invoice = invoice_queries.invoice_for(actor, invoice_id, lock=True)
    if not policy.can_manage(actor, invoice.jobcenter_id):
        raise NotFound
    if invoice.kind is not invoice_domain.InvoiceKind.INVOICE or invoice.status not in invoice_domain.ISSUED:
        raise NotPossible("invoice_not_possible")
    return invoice


def record(actor: Actor, verb: str, payment: Payment, **facts: Any) -> None:
    """Put what happened to a payment on the log."""
    after = {"status": payment.status, "invoice": payment.invoice_id, "day": payment.day, "amount": payment.amount}
    after |= {"over": payment.over} | facts
    audit.record(actor, verb, "payment", payment.id, after=after, jobcenter_id=payment.jobcenter_id)
