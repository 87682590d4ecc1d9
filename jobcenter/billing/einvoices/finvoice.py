"""Writes an e-invoice as Finvoice 3.0, with the content of EN 16931 (Finance Finland's format of 2019, XSD of 2020).

Amounts have a decimal comma, days are CCYYMMDD, percentages have at most three decimals. A credit note's amounts and
quantities are negative.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lxml import etree

from jobcenter.billing.einvoices.domain import (
    CURRENCY,
    HOURS,
    OVT_SCHEME,
    Address,
    EInvoice,
    EInvoiceLine,
    Side,
    VatPart,
    clock_text,
    plain,
)
from jobcenter.billing.einvoices.writing import cut, document, element
from jobcenter.core.money import Price

VERSION = "3.0"
SPECIFICATION = "EN16931"
CREDIT_TRANSFER = "58"
UNIT = "h"
NAME_WIDTH, STREET_WIDTH, STREET_LINES, FREE_WIDTH, ARTICLE_WIDTH = 70, 35, 3, 70, 100

_TYPE_TEXTS = {"fi": ("LASKU", "HYVITYSLASKU"), "sv": ("FAKTURA", "KREDITFAKTURA"), "en": ("INVOICE", "CREDIT NOTE")}


def write(invoice: EInvoice) -> bytes:
    """The Finvoice file."""
    root = element(
        "Finvoice",
        _transmission(invoice),
        _party("Seller", invoice.seller),
        element("SellerOrganisationUnitNumber", invoice.seller.endpoint),
        _communication("Seller", invoice.seller),
        _accounts(invoice),
        _party("Buyer", invoice.buyer),
        element("BuyerOrganisationUnitNumber", invoice.buyer.endpoint if invoice.buyer.has_ovt else ""),
        _communication("Buyer", invoice.buyer),
        _delivery(invoice),
        _details(invoice),
        element("VirtualBankBarcode", invoice.terms.bar_code),
        [_row(line) for line in invoice.lines],
        _epi(invoice),
        Version=VERSION,
    )
    return document(root)


# Who sends to whom


def _transmission(invoice: EInvoice) -> etree._Element | None:
    seller, buyer = invoice.seller, invoice.buyer
    return element(
        "MessageTransmissionDetails",
        element(
            "MessageSenderDetails",
            _endpoint("FromIdentifier", seller),
            element("FromIntermediator", seller.operator),
        ),
        element(
            "MessageReceiverDetails",
            _endpoint("ToIdentifier", buyer),
            element("ToIntermediator", buyer.operator),
        ),
        element(
            "MessageDetails",
            element("MessageIdentifier", invoice.message_id),
            element("MessageTimeStamp", clock_text(invoice.made_at)),
            element("SpecificationIdentifier", SPECIFICATION),
        ),
    )


def _endpoint(name: str, side: Side) -> etree._Element | None:
    scheme = {"SchemeID": OVT_SCHEME} if side.has_ovt else {}
    return element(name, side.endpoint, **scheme)


def _party(role: str, side: Side) -> etree._Element | None:
    return element(
        f"{role}PartyDetails",
        element(f"{role}PartyIdentifier", side.business_id),
        [element(f"{role}OrganisationName", piece) for piece in cut(side.name, NAME_WIDTH, 2)],
        element(f"{role}OrganisationTaxCode", side.vat_id),
        _address(role, side.address),
    )


def _address(role: str, address: Address) -> etree._Element | None:
    if address.is_empty:
        return None
    return element(
        f"{role}PostalAddressDetails",
        [element(f"{role}StreetName", piece) for piece in cut(address.street, STREET_WIDTH, STREET_LINES)],
        element(f"{role}TownName", address.city),
        element(f"{role}PostCodeIdentifier", address.postcode),
        element("CountryCode", address.country),
    )


def _communication(role: str, side: Side) -> etree._Element | None:
    return element(
        f"{role}CommunicationDetails",
        element(f"{role}PhoneNumberIdentifier", side.phone[:35]),
        element(f"{role}EmailaddressIdentifier", side.email if len(side.email) <= FREE_WIDTH else ""),
    )


def _accounts(invoice: EInvoice) -> etree._Element | None:
    terms = invoice.terms
    return element(
        "SellerInformationDetails",
        element(
            "SellerAccountDetails",
            element("SellerAccountID", terms.iban, IdentificationSchemeName="IBAN"),
            element("SellerBic", terms.bic, IdentificationSchemeName="BIC"),
        ),
    )


# The invoice


def _delivery(invoice: EInvoice) -> etree._Element | None:
    start, end = _day("StartDate", invoice.period_start), _day("EndDate", invoice.period_end)
    return element("DeliveryDetails", element("DeliveryPeriodDetails", start, end))


def _details(invoice: EInvoice) -> etree._Element | None:
    sums, credited = invoice.sums, invoice.credits
    code, number_un, text = _type_of(invoice)
    return element(
        "InvoiceDetails",
        element("InvoiceTypeCode", code),
        element("InvoiceTypeCodeUN", number_un),
        element("InvoiceTypeText", text),
        element("OriginCode", "Original"),
        element("InvoiceNumber", invoice.number),
        _day("InvoiceDate", invoice.issued_on),
        element("OriginalInvoiceNumber", credited.number) if credited else None,
        _day("OriginalInvoiceDate", credited.dated) if credited else None,
        _day("InvoicingPeriodStartDate", invoice.period_start),
        _day("InvoicingPeriodEndDate", invoice.period_end),
        element("OrderIdentifier", invoice.order_reference),
        element("BuyerReferenceIdentifier", invoice.buyer_reference),
        _amount("RowsTotalVatExcludedAmount", sums.lines),
        _amount("InvoiceTotalVatExcludedAmount", sums.net),
        _amount("InvoiceTotalVatAmount", sums.vat),
        _amount("InvoiceTotalVatIncludedAmount", sums.gross),
        element("AccountDimensionText", invoice.cost_centre),
        [_vat_part(part) for part in invoice.vat_parts],
        element("InvoiceFreeText", invoice.note[:512]),
        _payment_terms(invoice),
    )


def _type_of(invoice: EInvoice) -> tuple[str, str, str]:
    texts = _TYPE_TEXTS.get(invoice.language.partition("@")[0], _TYPE_TEXTS["fi"])
    return ("INV02", "381", texts[1]) if invoice.is_credit_note else ("INV01", "380", texts[0])


def _vat_part(part: VatPart) -> etree._Element | None:
    return element(
        "VatSpecificationDetails",
        _amount("VatBaseAmount", part.base),
        element("VatRatePercent", _percent(part.percent)),
        element("VatCode", part.category),
        _amount("VatRateAmount", part.vat),
        [element("VatFreeText", piece) for piece in cut(part.reason, FREE_WIDTH, 3)],
    )


def _payment_terms(invoice: EInvoice) -> etree._Element | None:
    terms = invoice.terms
    fine = element(
        "PaymentOverDueFineDetails",
        [element("PaymentOverDueFineFreeText", piece) for piece in cut(terms.late_interest, FREE_WIDTH, 3)],
        element("PaymentOverDueFinePercent", _percent(terms.late_interest_percent)),
    )
    return element(
        "PaymentTermsDetails",
        [element("PaymentTermsFreeText", piece) for piece in cut(terms.text, FREE_WIDTH, 2)],
        _day("InvoiceDueDate", terms.due_on),
        fine,
    )


def _row(line: EInvoiceLine) -> etree._Element | None:
    name = cut(line.description, ARTICLE_WIDTH, 1)
    return element(
        "InvoiceRow",
        element("ArticleName", name[0] if name else ""),
        element("ArticleDescription", line.description if len(line.description) > ARTICLE_WIDTH else ""),
        element("InvoicedQuantity", _number(line.hours), QuantityUnitCode=UNIT, QuantityUnitCodeUN=HOURS),
        _day("StartDate", line.day),
        _day("EndDate", line.day),
        _unit_price(line.hourly_price),
        element("RowPositionIdentifier", line.number),
        element("RowVatRatePercent", _percent(line.vat_percent)),
        element("RowVatCode", line.category),
        _row_vat(line),
    )


def _unit_price(price: Decimal | None) -> etree._Element | None:
    units = {"UnitPriceUnitCode": UNIT, "QuantityUnitCodeUN": HOURS}
    return _amount("UnitPriceAmount", price, **units)


def _row_vat(line: EInvoiceLine) -> list[etree._Element | None]:
    """The line's VAT is for reading; what is owed is summed per rate in the invoice's details."""
    if line.net is None:
        return []
    price = Price.of_net(line.net, line.vat_percent)
    return [
        _amount("RowVatAmount", price.vat),
        _amount("RowVatExcludedAmount", price.net),
        _amount("RowAmount", price.gross),
    ]


# How it is paid


def _epi(invoice: EInvoice) -> etree._Element | None:
    """The payment order. A credit note has one too: the format wants it, with the amount that goes back."""
    terms = invoice.terms
    scheme = "ISO" if terms.rf_reference else "SPY"
    return element(
        "EpiDetails",
        element(
            "EpiIdentificationDetails",
            _day("EpiDate", invoice.issued_on),
            element("EpiReference", terms.rf_reference or invoice.number),
        ),
        element(
            "EpiPartyDetails",
            element("EpiBfiPartyDetails", element("EpiBfiIdentifier", terms.bic, IdentificationSchemeName="BIC")),
            element(
                "EpiBeneficiaryPartyDetails",
                element("EpiNameAddressDetails", invoice.seller.name[:STREET_WIDTH]),
                element("EpiAccountID", terms.iban, IdentificationSchemeName="IBAN"),
            ),
        ),
        element(
            "EpiPaymentInstructionDetails",
            element(
                "EpiRemittanceInfoIdentifier", terms.rf_reference or terms.reference, IdentificationSchemeName=scheme
            ),
            _amount("EpiInstructedAmount", invoice.sums.gross),
            element("EpiCharge", "SHA", ChargeOption="SHA"),
            _day("EpiDateOptionDate", terms.due_on or invoice.issued_on),
            element("EpiPaymentMeansCode", CREDIT_TRANSFER),
        ),
    )


# The small things


def _day(name: str, day: date | None) -> etree._Element | None:
    return element(name, f"{day:%Y%m%d}", Format="CCYYMMDD") if day else None


def _amount(name: str, amount: Decimal | None, **attributes: str) -> etree._Element | None:
    if amount is None:
        return None
    return element(name, f"{amount:.2f}".replace(".", ","), AmountCurrencyIdentifier=CURRENCY, **attributes)


def _percent(percent: Decimal | None) -> str:
    return "" if percent is None else _number(plain(percent))


def _number(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")
