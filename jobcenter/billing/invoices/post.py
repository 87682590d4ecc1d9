"""Mails a link to an invoice to everybody who gets it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from jobcenter.auth import queries as auth_queries
from jobcenter.auth import service as auth
from jobcenter.auth.domain import LinkPurpose
from jobcenter.billing.invoices import messages, queries
from jobcenter.billing.invoices.domain import InvoiceKind, InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments.queries import open_of
from jobcenter.core import texts, web
from jobcenter.notifications import service as notifications
from jobcenter.notifications.domain import Mail

# How long a mailed link opens an invoice: until it is surely handled.
LINK_VALID_FOR = timedelta(days=60)


def mail_to_all(invoice: Invoice, *, again: str = "") -> None:
    """Queue the mails; `again` tells a later round from the first one, so that it is sent too."""
    for address, language in queries.recipients_of(invoice):
        _mail(invoice, address, language, again)


def _mail(invoice: Invoice, address: str, language: str, again: str) -> None:
    token = auth.make_link(LinkPurpose.READ_INVOICE, invoice.id, None, LINK_VALID_FOR)
    with texts.in_language(language):
        left = open_of(invoice.id) if again else invoice.gross
        mail = _mail_text(invoice, web.absolute_url("billing.by_link", token=token), left)
    notifications.queue(
        mail,
        to=address,
        language=language,
        dedupe_key=f"invoice:{invoice.id}{again}:{address}"[:160],
        kind="invoice",
        jobcenter_id=invoice.jobcenter_id,
    )


def _mail_text(invoice: Invoice, link: str, left: Decimal) -> Mail:
    jobcenter = auth_queries.jobcenter(invoice.jobcenter_id).name
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        credited = queries.credited_by(invoice)
        if credited.status is not InvoiceStatus.CREDITED:
            return messages.part_credit_mail(
                number=invoice.number,
                credited=credited.number,
                jobcenter=jobcenter,
                sums=(texts.money(-invoice.gross), messages.left_to_pay(open_of(credited.id))),
                reason=invoice.reason,
                link=link,
            )
        return messages.credit_note_mail(
            number=invoice.number,
            credited=credited.number,
            jobcenter=jobcenter,
            reason=invoice.reason,
            link=link,
        )
    return messages.invoice_mail(
        number=invoice.number,
        jobcenter=jobcenter,
        gross=texts.money(invoice.gross),
        due=texts.day(invoice.due_on),
        link=link,
        left=messages.left_to_pay(left) if left != invoice.gross else "",
    )
