"""What the pages of e-invoices show: states in words, faults with the rule, the field and where it is put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from jobcenter.auth.domain import Actor, Role
from jobcenter.billing.einvoices import domain, messages, policy, queries
from jobcenter.billing.einvoices.checks import Fault, Field
from jobcenter.billing.einvoices.models import OutgoingEInvoice
from jobcenter.billing.invoices.domain import ISSUED
from jobcenter.billing.invoices.messages import title_of
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.settings.messages import EINVOICE_FORMATS
from jobcenter.core import texts

OF_THE_ORDERER = frozenset(
    {
        Field.BUYER_NAME,
        Field.BUYER_BUSINESS_ID,
        Field.BUYER_ADDRESS,
        Field.BUYER_ENDPOINT,
        Field.BUYER_OPERATOR,
        Field.BUYER_REFERENCE,
        Field.COST_CENTRE,
    }
)
OF_THE_SETTINGS = frozenset({Field.SELLER_ENDPOINT, Field.SELLER_OPERATOR})
OF_THE_JOBCENTER = frozenset(
    {Field.SELLER_NAME, Field.SELLER_BUSINESS_ID, Field.SELLER_VAT_ID, Field.SELLER_ADDRESS, Field.IBAN, Field.BIC}
)


@dataclass(frozen=True)
class FaultRow:
    """A fault: the rule's name, what it asks for, the field, and the page where it is put right ("" if nowhere)."""

    rule: str
    text: str
    field: str
    url: str


@dataclass(frozen=True)
class Listed:
    """An e-invoice in a list."""

    invoice_id: int
    title: str
    buyer_name: str
    made_at: datetime
    status_label: str
    tag_kind: str
    remark: str


@dataclass(frozen=True)
class Page:
    """The page of one e-invoice; `status_label` is "" before there is one."""

    title: str
    status_label: str
    tag_kind: str
    facts: list[tuple[str, str]]
    faults: list[FaultRow]
    can_send: bool
    is_again: bool
    can_download: bool


def listed(row: queries.EInvoiceRow) -> Listed:
    """An e-invoice in a list."""
    return Listed(
        invoice_id=row.invoice_id,
        title=title_of(row.kind, row.number),
        buyer_name=row.buyer_name,
        made_at=row.made_at,
        status_label=str(messages.STATUS_LABELS[row.status]),
        tag_kind=messages.STATUS_TAGS[row.status],
        remark=row.answer or row.error,
    )


def page_of(actor: Actor, invoice: Invoice, row: OutgoingEInvoice | None, previewed: Iterable[Fault]) -> Page:
    """The page of an invoice's e-invoice; before there is one, what it would be refused for."""
    managed = policy.can_send(actor, invoice.jobcenter_id)
    found = [Fault(rule, Field(field), line) for rule, field, line in row.faults] if row else previewed
    return Page(
        title=title_of(invoice.kind, invoice.number),
        status_label=str(messages.STATUS_LABELS[row.status]) if row else "",
        tag_kind=messages.STATUS_TAGS[row.status] if row else "",
        facts=_facts(row) if row else [],
        faults=[fault_row(actor, invoice, fault) for fault in found],
        can_send=managed and invoice.status in ISSUED and (row is None or domain.can_send_again(row.status)),
        is_again=row is not None,
        can_download=row is not None and bool(row.content),
    )


def fault_row(actor: Actor, invoice: Invoice, fault: Fault) -> FaultRow:
    """A fault in words."""
    label = str(messages.FIELD_LABELS[fault.field])
    if fault.line:
        label = _("%(field)s, line %(line)s", field=label, line=fault.line)
    return FaultRow(fault.rule, str(messages.RULE_TEXTS[fault.rule]), label, _place_of(actor, invoice, fault.field))


def _place_of(actor: Actor, invoice: Invoice, field: Field) -> str:
    """The page where the actor can put the field right."""
    if field in OF_THE_ORDERER and actor.has(Role.COORDINATOR):
        return url_for("organisations.edit", organisation_id=invoice.organisation_id)
    if field in OF_THE_SETTINGS:
        return url_for("billing_settings.edit", jobcenter_id=invoice.jobcenter_id)
    if field in OF_THE_JOBCENTER and actor.has(Role.ADMIN):
        return url_for("admin.jobcenter", jobcenter_id=invoice.jobcenter_id)
    return ""


def _facts(row: OutgoingEInvoice) -> list[tuple[str, str]]:
    facts = [
        (_("Format"), str(EINVOICE_FORMATS[row.format])),
        (_("E-invoice address"), row.endpoint),
        (_("E-invoice operator"), row.operator),
        (_("File"), row.file_name or ""),
        (_("Made"), texts.when(row.made_at)),
        (_("Handed over"), texts.when(row.delivered_at) if row.delivered_at else ""),
        (_("Answered"), texts.when(row.answered_at) if row.answered_at else ""),
        (_("What the answer says"), row.answer),
        (_("Why it could not be handed over"), row.error),
    ]
    return [(label, value) for label, value in facts if value]
