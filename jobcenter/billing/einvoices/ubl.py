"""Writes an e-invoice as Peppol BIS Billing 3: a UBL 2.1 Invoice or CreditNote.

A UBL credit note is its own document with positive amounts and quantities. VAT stands per rate, not per line.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lxml import etree

from jobcenter.billing.einvoices.domain import (
    BUSINESS_ID_SCHEME,
    CURRENCY,
    HOURS,
    OUTSIDE,
    OVT_SCHEME,
    Address,
    EInvoice,
    EInvoiceLine,
    Side,
    VatPart,
    plain,
)
from jobcenter.billing.einvoices.writing import clean, document, element

CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
INVOICE, CREDIT_NOTE = "380", "381"
CREDIT_TRANSFER = "58"

_UBL = "urn:oasis:names:specification:ubl:schema:xsd"
_AGGREGATES = f"{_UBL}:CommonAggregateComponents-2"
_BASICS = f"{_UBL}:CommonBasicComponents-2"
_COMPANY = {"schemeID": BUSINESS_ID_SCHEME}


def write(invoice: EInvoice) -> bytes:
    """The UBL file."""
    name = "CreditNote" if invoice.is_credit_note else "Invoice"
    space = f"{_UBL}:{name}-2"
    root = etree.Element(f"{{{space}}}{name}", nsmap={None: space, "cac": _AGGREGATES, "cbc": _BASICS})
    parts = [
        *_head(invoice),
        _party("AccountingSupplierParty", invoice.seller),
        _party("AccountingCustomerParty", invoice.buyer),
        _payment_means(invoice),
        _payment_terms(invoice),
        _tax_total(invoice),
        _totals(invoice),
        *(_line(invoice, line) for line in invoice.lines),
    ]
    root.extend(part for part in parts if part is not None)
    return document(root)


# The head


def _head(invoice: EInvoice) -> list[etree._Element | None]:
    is_credit = invoice.is_credit_note
    return [
        _basic("CustomizationID", CUSTOMIZATION),
        _basic("ProfileID", PROFILE),
        _basic("ID", invoice.number),
        _day("IssueDate", invoice.issued_on),
        None if is_credit else _day("DueDate", invoice.terms.due_on),
        _basic("CreditNoteTypeCode", CREDIT_NOTE) if is_credit else _basic("InvoiceTypeCode", INVOICE),
        _basic("Note", invoice.note),
        _basic("DocumentCurrencyCode", CURRENCY),
        _basic("AccountingCost", invoice.cost_centre),
        _basic("BuyerReference", invoice.buyer_reference),
        _period(invoice.period_start, invoice.period_end),
        _group("OrderReference", _basic("ID", invoice.order_reference)),
        _billing_reference(invoice),
    ]


def _billing_reference(invoice: EInvoice) -> etree._Element | None:
    if invoice.credits is None:
        return None
    return _group(
        "BillingReference",
        _group(
            "InvoiceDocumentReference",
            _basic("ID", invoice.credits.number),
            _day("IssueDate", invoice.credits.dated),
        ),
    )


# Who


def _party(role: str, side: Side) -> etree._Element | None:
    return _group(
        role,
        _group(
            "Party",
            _basic("EndpointID", side.endpoint, schemeID=OVT_SCHEME),
            _group("PartyName", _basic("Name", side.name)),
            _address(side.address),
            _group("PartyTaxScheme", _basic("CompanyID", side.vat_id), _vat_scheme()) if side.vat_id else None,
            _group(
                "PartyLegalEntity",
                _basic("RegistrationName", side.name),
                _basic("CompanyID", side.business_id, **_COMPANY),
            ),
            _group("Contact", _basic("Telephone", side.phone), _basic("ElectronicMail", side.email)),
        ),
    )


def _address(address: Address) -> etree._Element | None:
    return _group(
        "PostalAddress",
        _basic("StreetName", address.street),
        _basic("CityName", address.city),
        _basic("PostalZone", address.postcode),
        _group("Country", _basic("IdentificationCode", address.country)),
    )


# The money


def _payment_means(invoice: EInvoice) -> etree._Element | None:
    """How to pay; a credit note asks for nothing."""
    terms = invoice.terms
    if invoice.is_credit_note:
        return None
    account = _group(
        "PayeeFinancialAccount",
        _basic("ID", terms.iban),
        _basic("Name", invoice.seller.name),
        _group("FinancialInstitutionBranch", _basic("ID", terms.bic)),
    )
    return _group(
        "PaymentMeans",
        _basic("PaymentMeansCode", CREDIT_TRANSFER),
        _basic("PaymentID", terms.rf_reference or terms.reference),
        account if terms.iban else None,
    )


def _payment_terms(invoice: EInvoice) -> etree._Element | None:
    texts = (clean(invoice.terms.text), clean(invoice.terms.late_interest))
    return _group("PaymentTerms", _basic("Note", " ".join(filter(None, texts))))


def _tax_total(invoice: EInvoice) -> etree._Element | None:
    return _group(
        "TaxTotal",
        _amount("TaxAmount", _turned(invoice, invoice.sums.vat)),
        [_tax_subtotal(invoice, part) for part in invoice.vat_parts],
    )


def _tax_subtotal(invoice: EInvoice, part: VatPart) -> etree._Element | None:
    return _group(
        "TaxSubtotal",
        _amount("TaxableAmount", _turned(invoice, part.base)),
        _amount("TaxAmount", _turned(invoice, part.vat)),
        _tax_category("TaxCategory", part.percent, part.category, part.reason),
    )


def _totals(invoice: EInvoice) -> etree._Element | None:
    sums = invoice.sums
    return _group(
        "LegalMonetaryTotal",
        _amount("LineExtensionAmount", _turned(invoice, sums.lines)),
        _amount("TaxExclusiveAmount", _turned(invoice, sums.net)),
        _amount("TaxInclusiveAmount", _turned(invoice, sums.gross)),
        _amount("PayableAmount", _turned(invoice, sums.gross)),
    )


def _line(invoice: EInvoice, line: EInvoiceLine) -> etree._Element | None:
    is_credit = invoice.is_credit_note
    quantity = f"{_turned(invoice, line.hours):f}"
    return _group(
        "CreditNoteLine" if is_credit else "InvoiceLine",
        _basic("ID", line.number),
        _basic("CreditedQuantity" if is_credit else "InvoicedQuantity", quantity, unitCode=HOURS),
        _amount("LineExtensionAmount", _turned(invoice, line.net)),
        _period(line.day, line.day),
        _group(
            "Item",
            _basic("Name", line.description),
            _tax_category("ClassifiedTaxCategory", line.vat_percent, line.category),
        ),
        _group("Price", _amount("PriceAmount", line.hourly_price)),
    )


def _tax_category(name: str, percent: Decimal, category: str, reason: str = "") -> etree._Element | None:
    return _group(
        name,
        _basic("ID", category),
        _basic("Percent", "" if category == OUTSIDE else f"{plain(percent):f}"),
        _basic("TaxExemptionReason", reason),
        _vat_scheme(),
    )


# The small things


def _turned(invoice: EInvoice, number: Decimal | None) -> Decimal | None:
    """A number as UBL writes it: a credit note's with the opposite sign."""
    return -number if invoice.is_credit_note and number is not None else number


def _group(name: str, *parts: object) -> etree._Element | None:
    return element(f"{{{_AGGREGATES}}}{name}", *parts)


def _basic(name: str, text: str, **attributes: str) -> etree._Element | None:
    return element(f"{{{_BASICS}}}{name}", text, **attributes)


def _vat_scheme() -> etree._Element | None:
    return _group("TaxScheme", _basic("ID", "VAT"))


def _period(start: date | None, end: date | None) -> etree._Element | None:
    return _group("InvoicePeriod", _day("StartDate", start), _day("EndDate", end))


def _day(name: str, day: date | None) -> etree._Element | None:
    return _basic(name, day.isoformat()) if day else None


def _amount(name: str, amount: Decimal | None) -> etree._Element | None:
    return None if amount is None else _basic(name, f"{amount:.2f}", currencyID=CURRENCY)
