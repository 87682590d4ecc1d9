"""Reminders of late invoices: which one is due, and the mails with a link to the invoice."""

from __future__ import annotations

from datetime import date, timedelta

from jobcenter.auth import queries as auth_queries
from jobcenter.auth import service as auth
from jobcenter.auth.domain import Actor, LinkPurpose
from jobcenter.billing.invoices import queries as invoice_queries
from jobcenter.billing.invoices.domain import InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import late, messages, queries
from jobcenter.billing.payments.domain import Reminded, Reminder, reminder_due
from jobcenter.billing.payments.models import InvoiceCollection
from jobcenter.core import audit, texts, web
from jobcenter.core.db import db
from jobcenter.core.uow import flush
from jobcenter.notifications import service as notifications
from jobcenter.notifications.domain import Mail

LINK_VALID_FOR = timedelta(days=60)


def remind(actor: Actor, invoice_id: int, today: date, days: tuple[int, int]) -> bool:
    """Send the reminder of an invoice that is due, if one is and there is somebody to mail it to; whether one was."""
    invoice = queries.locked_invoice(invoice_id)
    reminded = reminded_of(queries.collection_of(invoice.id))
    still_open = queries.open_of(invoice.id)
    reminder = reminder_due(reminded, due_on=invoice.due_on, today=today, days=days)
    recipients = invoice_queries.recipients_of(invoice) if reminder else []
    if invoice.status is not InvoiceStatus.SENT or still_open <= 0 or not recipients:
        return False
    collection = collection_of(invoice.id)
    if reminder is Reminder.FIRST:
        collection.first_reminded_on = today
    else:
        collection.second_reminded_on = today
    flush()
    for address, language in recipients:
        _queue(invoice, reminder, address, language, today)
    facts = {"reminder": reminder, "open": still_open}
    audit.record(actor, "invoice.remind", "invoice", invoice.id, after=facts, jobcenter_id=invoice.jobcenter_id)
    return True


def collection_of(invoice_id: int) -> InvoiceCollection:
    """How an invoice's reminders stand, locked; a new row if there is none."""
    collection = queries.collection_of(invoice_id, lock=True)
    if collection is None:
        collection = InvoiceCollection(invoice_id=invoice_id, stopped=False, stopped_by="", stop_reason="")
        db.session.add(collection)
        flush()
    return collection


def reminded_of(collection: InvoiceCollection | None) -> Reminded:
    """How an invoice's reminders stand, as the domain looks at it."""
    if collection is None:
        return Reminded()
    return Reminded(collection.stopped, collection.first_reminded_on, collection.second_reminded_on)


def _queue(invoice: Invoice, reminder: Reminder, address: str, language: str, today: date) -> None:
    token = auth.make_link(LinkPurpose.READ_INVOICE, invoice.id, None, LINK_VALID_FOR)
    with texts.in_language(language):
        mail = _mail(invoice, reminder, web.absolute_url("billing.by_link", token=token), today)
    notifications.queue(
        mail,
        to=address,
        language=language,
        dedupe_key=f"invoice_reminder:{invoice.id}:{reminder}:{address}"[:160],
        kind="invoice_reminder",
        jobcenter_id=invoice.jobcenter_id,
    )


def _mail(invoice: Invoice, reminder: Reminder, link: str, today: date) -> Mail:
    said = {
        "number": invoice.number,
        "jobcenter": auth_queries.jobcenter(invoice.jobcenter_id).name,
        "open_amount": texts.money(queries.open_of(invoice.id)),
        "due": texts.day(invoice.due_on),
        "link": link,
    }
    if reminder is Reminder.FIRST:
        return messages.first_reminder(**said)
    amount = late.interest_of(invoice, today).amount
    return messages.second_reminder(**said, interest=messages.interest_told(texts.money(amount)) if amount else "")
