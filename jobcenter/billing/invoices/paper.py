"""What an invoice says: built from the rows while it is a draft, and as it was sent afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.auth.models import Jobcenter
from jobcenter.billing import bank, code128, qr
from jobcenter.billing.invoices import queries
from jobcenter.billing.invoices.domain import BillableHours, InvoiceKind, InvoiceStatus, Line, VatSum
from jobcenter.billing.invoices.domain_credit import Extent
from jobcenter.billing.invoices.messages import credit_lead, title_of
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.invoices.queries_sides import Sides, sides_of
from jobcenter.billing.settings.domain import BillingTerms
from jobcenter.billing.settings.messages import VAT_FREE_TEXTS
from jobcenter.core import clock, texts
from jobcenter.core.money import MINUTES_IN_HOUR
from jobcenter.documents.domain import (
    Bars,
    Fact,
    Frame,
    InvoiceDocument,
    InvoiceRow,
    Party,
    Payment,
    Squares,
    VatRow,
)
from jobcenter.documents.stored import from_plain
from jobcenter.orders.organisations.models import Organisation
from jobcenter.workers.messages import TASKS

LINE_MOST = 250
# Of hours, in the quantity of a share.
SHARE_STEP = Decimal(1).scaleb(-4)


def document_of(invoice: Invoice) -> InvoiceDocument:
    """The invoice as it was sent; a draft as it would be sent now, in the orderer's language."""
    if invoice.document is not None:
        return from_plain(InvoiceDocument, invoice.document)
    with texts.in_language(invoice.language):
        return build(invoice, sides_of(invoice), queries.lines_of(invoice.id), queries.vat_sums_of(invoice.id))


def build(invoice: Invoice, sides: Sides, lines: Sequence[Line], vat_sums: Sequence[VatSum]) -> InvoiceDocument:
    """The document of an invoice from today's facts of both sides, in the language in force."""
    return InvoiceDocument(
        frame=_frame(invoice, sides.seller),
        seller=_seller(sides.seller),
        buyer=_buyer(sides.buyer),
        facts=tuple(_facts(invoice, sides)),
        lead=_lead(invoice),
        rows_heading=_("Hours worked"),
        row_headings=row_headings(),
        rows=tuple(map(row_of, lines)),
        vat_heading=_("VAT by rate"),
        vat_headings=vat_headings(),
        vat_rows=tuple(map(vat_row_of, vat_sums)),
        totals=(
            Fact(label=_("Together without VAT"), value=texts.money(invoice.net)),
            Fact(label=_("VAT together"), value=texts.money(invoice.vat)),
        ),
        to_pay=Fact(label=_to_pay_label(invoice.kind), value=texts.money(invoice.gross)),
        payment=_payment(invoice, sides),
        notes=tuple(_notes(invoice, sides)),
    )


def description_of(hours: BillableHours) -> str:
    """What a line says of the work: the task, where, and who, by first name only; and of how much it is the share."""
    task = hours.title or str(TASKS[hours.category])
    work = ", ".join(part for part in (task, hours.place, hours.given_name) if part)
    if hours.portion.is_whole:
        return work[:LINE_MOST]
    worked, share = texts.hours(hours.minutes), texts.percent(hours.portion.percent)
    of_share = _("share %(share)s of %(hours)s", share=share, hours=worked)
    return f"{work[: LINE_MOST - len(of_share) - 2]}, {of_share}"


def lines_for(hours: Iterable[BillableHours]) -> list[Line]:
    """The lines of an invoice of these hours, in the language in force."""
    return [
        Line(
            time_entry_id=row.time_entry_id,
            description=description_of(row),
            worked_on=row.worked_on,
            minutes=row.minutes,
            hourly_price=row.hourly_price,
            vat_percent=row.vat_percent,
            net=row.net,
            piece=row.piece,
            portion=row.portion,
            share_id=row.share_id,
        )
        for row in hours
    ]


def row_of(line: Line) -> InvoiceRow:
    """A line as text."""
    return InvoiceRow(
        description=line.description,
        day=_short_day(line.worked_on),
        quantity=_quantity(line.charged_minutes),
        unit_price=texts.money(line.hourly_price),
        vat=texts.percent(line.vat_percent),
        net=texts.money(line.net),
    )


def _quantity(minutes: Decimal) -> str:
    """A length of work; with parts of a minute, as a share can have them, in hours."""
    if minutes == int(minutes):
        return texts.hours(int(minutes))
    return f"{texts.number((minutes / MINUTES_IN_HOUR).quantize(SHARE_STEP))}{texts.NBSP}h"


def vat_row_of(vat_sum: VatSum) -> VatRow:
    """The sums of a VAT rate as text."""
    price = vat_sum.price
    return VatRow(
        rate=texts.percent(vat_sum.vat_percent),
        net=texts.money(price.net),
        vat=texts.money(price.vat),
        gross=texts.money(price.gross),
    )


def bill_facts(hours: Sequence[BillableHours]) -> list[Fact]:
    """What an invoice of these hours says of who pays and when the work was done."""
    bill_to = hours[0].bill_to
    address, operator = queries.einvoice_of(bill_to.organisation_id, {row.order_id for row in hours})
    return _given(
        (_("When the work was done"), span_of(hours[0].worked_on, hours[-1].worked_on)),
        (_("Their reference"), bill_to.reference),
        (_("Cost centre"), bill_to.cost_centre),
        (_("E-invoice address"), address),
        (_("E-invoice operator"), operator),
    )


def span_of(first: date, last: date) -> str:
    """The days of work, first to last."""
    return _short_day(first) if first == last else f"{_short_day(first)}–{_short_day(last)}"


def service_note() -> str:
    """What an orderer is, and is not, by this invoice."""
    return _("You buy a service: you do not become an employer, and wages, taxes and insurance are taken care of.")


def payment_terms(terms: BillingTerms) -> str:
    """How long the orderer has to pay, from the day of sending, and how the payment is told apart."""
    days = terms.payment_days
    term = ngettext("Payment term %(days)s day.", "Payment term %(days)s days.", days, days=days)
    return " ".join((term, _("Use the reference number when you pay.")))


def late_interest() -> str:
    """What is owed for paying late; no figure, since the reference rate changes by the half-year."""
    return _("Late interest as the Interest Act (633/1982) says.")


def row_headings() -> InvoiceRow:
    """What the columns of the lines are called."""
    return InvoiceRow(
        description=_("Work"),
        day=_("Day"),
        quantity=_("Time"),
        unit_price=_("Price per hour"),
        vat=_("VAT"),
        net=_("Net"),
    )


def vat_headings() -> VatRow:
    """What the columns of the VAT sums are called."""
    return VatRow(rate=_("VAT rate"), net=_("Net"), vat=_("VAT"), gross=_("With VAT"))


# The pieces


def _frame(invoice: Invoice, seller: Jobcenter) -> Frame:
    return Frame(
        language=invoice.language,
        title=title_of(invoice.kind, invoice.number),
        issuer=seller.name,
        dated=invoice.sent_on or clock.day_of(invoice.made_at),
        page_label=_("Page"),
        footer=tuple(part for part in (seller.name, seller.business_id, seller.email, seller.phone) if part),
    )


def _seller(seller: Jobcenter) -> Party:
    lines = [seller.name, seller.street, f"{seller.postcode} {seller.city}".strip()]
    if seller.business_id:
        lines.append(_("Business ID %(number)s", number=seller.business_id))
    lines += [seller.email, seller.phone]
    return Party(role=_("Seller"), lines=tuple(line for line in lines if line))


def _buyer(buyer: Organisation) -> Party:
    lines = [buyer.name, buyer.street, f"{buyer.postcode} {buyer.city}".strip()]
    if buyer.business_id:
        lines.append(_("Business ID %(number)s", number=buyer.business_id))
    return Party(role=_("Invoice to"), lines=tuple(line for line in lines if line))


def _facts(invoice: Invoice, sides: Sides) -> list[Fact]:
    return _given(
        (_("Number"), str(invoice.number) if invoice.number else _("given when sent")),
        (_("Date"), _short_day(invoice.sent_on)),
        (_("Due day"), _short_day(invoice.due_on)),
        (_("When the work was done"), span_of(invoice.first_day, invoice.last_day)),
        (_("Your reference"), invoice.buyer_reference),
        (_("Your order number"), sides.order_number),
        (_("Cost centre"), invoice.cost_centre),
        (_("E-invoice address"), sides.endpoint),
        (_("E-invoice operator"), sides.operator),
    )


def _given(*facts: tuple[str, str]) -> list[Fact]:
    """The facts that have a value."""
    return [Fact(label=label, value=value) for label, value in facts if value]


def extent_of(note: Invoice) -> Extent:
    """How much a credit note takes back of its invoice, on the day on which it is sent."""
    credited = queries.credited_by(note)
    if credited.status is not InvoiceStatus.CREDITED:
        return Extent.PART
    return Extent.WHOLE if note.gross == -credited.gross else Extent.REST


def _lead(invoice: Invoice) -> str:
    if invoice.kind is InvoiceKind.INVOICE:
        return ""
    return credit_lead(extent_of(invoice), queries.credited_by(invoice).number)


def _to_pay_label(kind: InvoiceKind) -> str:
    return _("To pay") if kind is InvoiceKind.INVOICE else _("Returned")


def _payment(invoice: Invoice, sides: Sides) -> Payment | None:
    """How to pay; nothing on a credit note, and nothing before the invoice has its number."""
    if invoice.kind is not InvoiceKind.INVOICE or invoice.due_on is None:
        return None
    seller = sides.seller
    facts = _given(
        (_("Receiver"), seller.name),
        (_("Account (IBAN)"), bank.grouped_iban(seller.iban)),
        (_("BIC"), seller.bic),
        *_references(invoice, sides.terms),
        (_("Due day"), texts.day(invoice.due_on)),
        (_("Amount"), texts.money(invoice.gross)),
    )
    bars, squares = _bars(invoice, sides), _squares(invoice, seller)
    return Payment(heading=_("How to pay"), facts=tuple(facts), bars=bars, squares=squares)


def _references(invoice: Invoice, terms: BillingTerms) -> list[tuple[str, str]]:
    """The reference number, the international one alone where the Jobcenter uses that."""
    international = bank.grouped_iban(bank.rf_reference(invoice.reference_number))
    if terms.rf_references:
        return [(_("Reference number"), international)]
    national = bank.grouped_reference(invoice.reference_number)
    return [(_("Reference number"), national), (_("International reference (RF)"), international)]


def bar_code_of(invoice: Invoice, sides: Sides) -> str | None:
    """The digits of the bank bar code, by the reference number that the invoice carries; None when none can be."""
    if invoice.due_on is None:
        return None
    reference = invoice.reference_number
    if sides.terms.rf_references:
        reference = bank.rf_reference(reference)
    return bank.bar_code(iban=sides.seller.iban, amount=invoice.gross, reference=reference, due_on=invoice.due_on)


def _bars(invoice: Invoice, sides: Sides) -> Bars | None:
    digits = bar_code_of(invoice, sides)
    if digits is None:
        return None
    return Bars(
        widths=code128.widths(digits),
        digits=digits,
        alt=_("Bank bar code with the account, amount, reference number and due day: %(digits)s", digits=digits),
    )


def _squares(invoice: Invoice, seller: Jobcenter) -> Squares | None:
    text = bank.epc_text(
        name=seller.name,
        iban=seller.iban,
        bic=seller.bic,
        amount=invoice.gross,
        reference=bank.rf_reference(invoice.reference_number),
    )
    if text is None:
        return None
    return Squares(rows=qr.rows(text), alt=_("QR code for a bank's application, with the same payment"))


def _notes(invoice: Invoice, sides: Sides) -> Iterable[str]:
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        why = _("Why: %(reason)s", reason=invoice.reason)
        return [why, str(VAT_FREE_TEXTS[invoice.vat_free])] if invoice.vat_free else [why]
    notes = [service_note()]
    if invoice.vat_free:
        notes.append(str(VAT_FREE_TEXTS[invoice.vat_free]))
    if invoice.sent_on and invoice.due_on:
        notes += [payment_terms(sides.terms), late_interest()]
    return notes


def _short_day(day: date | None) -> str:
    return f"{day.day}.{day.month}.{day.year}" if day else ""
