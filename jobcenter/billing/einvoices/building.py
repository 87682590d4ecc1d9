"""What an e-invoice says, gathered from the sent invoice: its lines and sums, and the particulars kept with it.

What the invoice said that day stays. Only what it left blank may be filled from today's facts, so that a missing
reference or address can be put right without taking the invoice back; the electronic addresses are always today's.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from decimal import Decimal

from jobcenter.billing import bank
from jobcenter.billing.einvoices.domain import (
    Address,
    Credited,
    EInvoice,
    EInvoiceLine,
    Side,
    Sums,
    Terms,
    VatPart,
)
from jobcenter.billing.invoices import paper, queries
from jobcenter.billing.invoices.domain import InvoiceKind, Line, VatSum
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.invoices.particulars import Company, Particulars, particulars_of
from jobcenter.billing.invoices.queries_sides import Sides, sides_of
from jobcenter.billing.settings.domain import EInvoiceSender
from jobcenter.core import texts
from jobcenter.core.money import MINUTES_IN_HOUR, ZERO
from jobcenter.documents.stored import from_plain


def build(
    invoice: Invoice, sender: EInvoiceSender, *, attempt: int, now: datetime, sides: Sides | None = None
) -> EInvoice:
    """Everything that the e-invoice of an invoice says; a draft lacks what it is given when it is sent.

    `sides`, where they are at hand, are not asked for again.
    """
    sides = sides or sides_of(invoice)
    with texts.in_language(invoice.language):
        facts = _completed(invoice, particulars_of(invoice, sides))
        note = invoice.reason or paper.service_note()
    lines, vat_sums = queries.lines_of(invoice.id), queries.vat_sums_of(invoice.id)
    is_outside = facts.is_outside_vat
    return EInvoice(
        kind=invoice.kind,
        message_id=f"{sender.address}-{invoice.number}-{attempt}",
        made_at=now,
        language=invoice.language,
        number=str(invoice.number or ""),
        issued_on=invoice.sent_on,
        period_start=invoice.first_day,
        period_end=invoice.last_day,
        seller=_side(facts.seller, sender.address, sender.operator),
        buyer=_side(facts.buyer, sides.endpoint, sides.operator),
        buyer_reference=invoice.buyer_reference or sides.buyer.invoice_reference,
        order_reference=facts.order_number,
        cost_centre=invoice.cost_centre,
        note=note,
        credits=_credited(invoice),
        terms=_terms(invoice, facts),
        lines=tuple(line_of(place, line, is_outside=is_outside) for place, line in enumerate(lines, start=1)),
        vat_parts=tuple(_vat_part(vat_sum, facts) for vat_sum in vat_sums),
        sums=Sums(lines=sum((line.net for line in lines), ZERO), net=invoice.net, vat=invoice.vat, gross=invoice.gross),
    )


def _completed(invoice: Invoice, today: Particulars) -> Particulars:
    """The particulars kept with the invoice, their blanks filled from today's."""
    if invoice.particulars is None:
        return today
    kept = from_plain(Particulars, invoice.particulars)
    return replace(
        kept,
        seller=_filled(kept.seller, today.seller, kept.is_outside_vat),
        buyer=_filled(kept.buyer, today.buyer, kept.is_outside_vat),
        bic=kept.bic or today.bic,
        order_number=kept.order_number or today.order_number,
    )


def _filled(kept: Company, today: Company, is_outside_vat: bool) -> Company:
    blanks = {part.name: getattr(today, part.name) for part in fields(kept) if not getattr(kept, part.name)}
    if is_outside_vat:
        blanks["vat_id"] = ""
    return replace(kept, **blanks)


def _side(company: Company, endpoint: str, operator: str) -> Side:
    return Side(
        name=company.name,
        business_id=company.business_id,
        vat_id=company.vat_id,
        address=Address(street=company.street, postcode=company.postcode, city=company.city),
        email=company.email,
        phone=company.phone,
        endpoint=endpoint,
        operator=operator,
    )


def _terms(invoice: Invoice, facts: Particulars) -> Terms:
    reference = invoice.reference_number
    return Terms(
        iban=facts.iban,
        bic=facts.bic,
        reference=reference,
        rf_reference=bank.rf_reference(reference) if reference else "",
        due_on=invoice.due_on,
        text=facts.terms,
        late_interest=facts.late_interest,
        bar_code=facts.bar_code,
    )


def _credited(invoice: Invoice) -> Credited | None:
    if invoice.kind is not InvoiceKind.CREDIT_NOTE:
        return None
    credited = queries.credited_by(invoice)
    return Credited(number=str(credited.number), dated=credited.sent_on)


def line_of(place: int, line: Line, *, is_outside: bool) -> EInvoiceLine:
    """A line of the invoice as the e-invoice says it."""
    return EInvoiceLine(
        number=str(place),
        description=line.description,
        day=line.worked_on,
        minutes=_minutes(line),
        hourly_price=line.hourly_price,
        vat_percent=line.vat_percent,
        net=line.net,
        is_outside=is_outside,
    )


def _minutes(line: Line) -> Decimal:
    """The minutes; of a payer's share as many as its amount comes to, so that time x price is the amount."""
    if line.portion.is_whole or not line.hourly_price or not line.net:
        return line.charged_minutes
    return line.net * MINUTES_IN_HOUR / line.hourly_price


def _vat_part(vat_sum: VatSum, facts: Particulars) -> VatPart:
    return VatPart(
        percent=vat_sum.vat_percent,
        base=vat_sum.price.net,
        vat=vat_sum.price.vat,
        reason="" if vat_sum.vat_percent else facts.vat_free,
        is_outside=facts.is_outside_vat,
    )
