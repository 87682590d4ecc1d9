"""What happens to e-invoices: made and checked, handed over step by step, answered. All of it is on the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from jobcenter.auth.domain import SYSTEM, Actor
from jobcenter.billing.einvoices import building, checks, domain, finvoice, policy, queries, ubl
from jobcenter.billing.einvoices.domain import EInvoiceAction, EInvoiceStatus
from jobcenter.billing.einvoices.models import OutgoingEInvoice
from jobcenter.billing.einvoices.receipts import Receipt
from jobcenter.billing.invoices.domain import ISSUED
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.invoices.queries_sides import Sides, sides_of
from jobcenter.billing.settings.domain import EInvoiceFormat, EInvoiceSender
from jobcenter.billing.settings.queries import terms_of
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.uow import flush, register_clash
from jobcenter.notifications.domain import next_try

# How long one process holds an e-invoice that it delivers; a claim that is never finished lapses.
CLAIMED_FOR = timedelta(minutes=5)
LONGEST_TEXT = 250
WRITERS = {EInvoiceFormat.FINVOICE: finvoice.write, EInvoiceFormat.PEPPOL: ubl.write}

register_clash("uq_einvoice_invoice_id", lambda: AlreadyDone("einvoice_already"))


def send(actor: Actor, invoice_id: int) -> OutgoingEInvoice:
    """Make the e-invoice of a sent invoice, or make it again with what has been put right, and queue it.

    What our checks find keeps it here, refused, with every fault named. Raises DomainError when the Jobcenter sends no
    e-invoices, AlreadyDone while it is on its way, NotPossible once it has been received.
    """
    invoice = queries.invoice_of(actor, invoice_id)
    if not policy.can_send(actor, invoice.jobcenter_id):
        raise NotFound
    return _make(actor, invoice)


def send_if_wanted(invoice_id: int) -> OutgoingEInvoice | None:
    """Make the e-invoice of an invoice that was just sent, where both sides use e-invoices; by the system, once."""
    invoice = queries.issued_invoice(invoice_id)
    if invoice is None or queries.einvoice_of(invoice_id) is not None:
        return None
    sides = sides_of(invoice)
    if terms_of(invoice.jobcenter_id, clock.today()).einvoices is None or not sides.endpoint:
        return None
    return _make(SYSTEM, invoice, sides)


def preview(invoice: Invoice) -> tuple[checks.Fault, ...]:
    """What would be refused if the e-invoice were made now; of a draft, if it were sent now.

    Raises DomainError when no e-invoices are sent.
    """
    sender = _sender(invoice)
    said = building.build(invoice, sender, attempt=1, now=clock.now())
    given = frozenset() if invoice.status in ISSUED else checks.GIVEN_WHEN_SENT
    return tuple(fault for fault in checks.faults(said, sender.format) if fault.field not in given)


# Handing over: claimed, laid down under a temporary name, renamed; each step is kept before the next begins


@dataclass(frozen=True)
class Parcel:
    """An e-invoice taken up by one process. `is_staged`: it was laid down before, and perhaps renamed too."""

    id: int
    file_name: str
    content: bytes
    is_staged: bool


def claim(einvoice_id: int, now: datetime) -> Parcel | None:
    """Take a due e-invoice for delivery; None if another process took it."""
    taken = db.session.execute(
        update(OutgoingEInvoice)
        .where(
            OutgoingEInvoice.id == einvoice_id,
            OutgoingEInvoice.status.in_(domain.ON_ITS_WAY),
            OutgoingEInvoice.next_try_at <= now,
        )
        .values(next_try_at=now + CLAIMED_FOR, tries=OutgoingEInvoice.tries + 1)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        return None
    row = queries.einvoice(einvoice_id, lock=True)
    is_staged = row.status is EInvoiceStatus.STAGED
    return Parcel(row.id, row.file_name, row.content.encode("utf-8"), is_staged)


def note_staged(einvoice_id: int) -> None:
    """Note that the file lies with the receiver under its temporary name."""
    _move(SYSTEM, queries.einvoice(einvoice_id, lock=True), EInvoiceAction.STAGE)


def note_delivered(einvoice_id: int, now: datetime) -> None:
    """Note that the file has its name, so that the operator may take it. A receipt may have come already."""
    row = queries.einvoice(einvoice_id, lock=True)
    if row.status is EInvoiceStatus.STAGED:
        _move(SYSTEM, row, EInvoiceAction.DELIVER)
    row.delivered_at, row.next_try_at, row.error = now, None, ""


def note_failed(einvoice_id: int, reason: str, now: datetime) -> None:
    """Note why it could not be handed over, and when to try again; it never gives up by itself, but reminds."""
    row = queries.einvoice(einvoice_id, lock=True)
    row.error = reason[:LONGEST_TEXT]
    row.next_try_at = next_try(now, row.tries, now)


def note_receipt(receipt: Receipt, now: datetime) -> OutgoingEInvoice | None:
    """Note what a receipt says; None when it is about nothing that we sent. The same receipt twice changes nothing."""
    row = queries.answered_by(
        file_name=receipt.file_name, message_id=receipt.message_id, number=receipt.number, seller=receipt.seller
    )
    if row is None:
        return None
    action = EInvoiceAction.REJECT if receipt.is_rejected else EInvoiceAction.RECEIVE
    try:
        _move(SYSTEM, row, action, answer=receipt.reason[:LONGEST_TEXT])
    except (AlreadyDone, NotPossible):
        return row
    row.answered_at, row.next_try_at, row.error = now, None, ""
    return row


# The pieces


def _make(actor: Actor, invoice: Invoice, sides: Sides | None = None) -> OutgoingEInvoice:
    sender = _sender(invoice)
    row = queries.einvoice_of(invoice.id, lock=True)
    if row is None:
        row = OutgoingEInvoice(
            jobcenter_id=invoice.jobcenter_id,
            invoice_id=invoice.id,
            format=sender.format,
            status=EInvoiceStatus.REFUSED,
            attempt=1,
            faults=[],
            made_at=clock.now(),
        )
        db.session.add(row)
    attempt = row.attempt + (1 if row.file_name else 0)
    said = building.build(invoice, sender, attempt=attempt, now=clock.now(), sides=sides)
    found = checks.faults(said, sender.format)
    action = EInvoiceAction.REFUSE if found else EInvoiceAction.QUEUE
    status = domain.next_state(row.status, action)
    before = facts_of(row) if row.id else None
    row.format, row.attempt, row.made_at = sender.format, attempt, said.made_at
    row.endpoint, row.operator, row.message_id = said.buyer.endpoint, said.buyer.operator, said.message_id
    row.faults = [[fault.rule, fault.field.value, fault.line] for fault in found]
    row.content = "" if found else WRITERS[sender.format](said).decode("utf-8")
    row.file_name = None if found else domain.file_name(sender.address, said.number, attempt)
    row.next_try_at = None if found else said.made_at
    row.tries, row.error, row.answer, row.answered_at, row.delivered_at = 0, "", "", None, None
    row.status = status
    flush()
    _record(actor, action, row, before)
    return row


def _sender(invoice: Invoice) -> EInvoiceSender:
    sender = terms_of(invoice.jobcenter_id, clock.today()).einvoices
    if sender is None:
        raise DomainError("einvoice_not_in_use")
    return sender


def _move(actor: Actor, row: OutgoingEInvoice, action: EInvoiceAction, answer: str = "") -> None:
    before = facts_of(row)
    row.status = domain.next_state(row.status, action)
    row.answer = answer or row.answer
    flush()
    _record(actor, action, row, before)


def _record(actor: Actor, action: EInvoiceAction, row: OutgoingEInvoice, before: dict[str, Any] | None) -> None:
    audit.record(
        actor,
        f"einvoice.{action}",
        "einvoice",
        row.id,
        before=before,
        after=facts_of(row),
        jobcenter_id=row.jobcenter_id,
    )


def facts_of(row: OutgoingEInvoice) -> dict[str, Any]:
    """What the log keeps of an e-invoice."""
    return {
        "invoice_id": row.invoice_id,
        "status": row.status,
        "format": row.format,
        "attempt": row.attempt,
        "file_name": row.file_name,
        "faults": row.faults,
        "answer": row.answer,
    }
