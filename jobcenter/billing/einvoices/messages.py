"""Texts of e-invoices: states, what each rule asks for, what each field is called and where it is put right."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.billing.einvoices.checks import Field
from jobcenter.billing.einvoices.domain import EInvoiceStatus
from jobcenter.notifications.domain import Mail, paragraphs

ERRORS = {
    "einvoice_not_in_use": _l("The Jobcenter does not send e-invoices yet. Set the format and its own address first."),
    "einvoice_already": _l("The e-invoice is on its way already."),
    "einvoice_not_possible": _l("This cannot be done to the e-invoice any more. Look at its newest state."),
}

STATUS_LABELS = {
    EInvoiceStatus.REFUSED: _l("Something is missing"),
    EInvoiceStatus.QUEUED: _l("Waits to leave"),
    EInvoiceStatus.STAGED: _l("Being handed over"),
    EInvoiceStatus.DELIVERED: _l("With the operator"),
    EInvoiceStatus.RECEIVED: _l("Received"),
    EInvoiceStatus.REJECTED: _l("Rejected"),
}

STATUS_TAGS = {
    EInvoiceStatus.REFUSED: "bad",
    EInvoiceStatus.QUEUED: "info",
    EInvoiceStatus.STAGED: "info",
    EInvoiceStatus.DELIVERED: "info",
    EInvoiceStatus.RECEIVED: "good",
    EInvoiceStatus.REJECTED: "bad",
}

FIELD_LABELS = {
    Field.NUMBER: _l("Number of the invoice"),
    Field.ISSUED_ON: _l("Date of the invoice"),
    Field.PERIOD: _l("When the work was done"),
    Field.SELLER_NAME: _l("Jobcenter's name"),
    Field.SELLER_BUSINESS_ID: _l("Jobcenter's Y-tunnus"),
    Field.SELLER_VAT_ID: _l("Jobcenter's VAT number"),
    Field.SELLER_ADDRESS: _l("Jobcenter's postal address"),
    Field.SELLER_ENDPOINT: _l("Jobcenter's e-invoice address"),
    Field.SELLER_OPERATOR: _l("Jobcenter's e-invoice operator"),
    Field.BUYER_NAME: _l("Orderer's name"),
    Field.BUYER_BUSINESS_ID: _l("Orderer's Y-tunnus"),
    Field.BUYER_ADDRESS: _l("Orderer's postal address"),
    Field.BUYER_ENDPOINT: _l("Orderer's e-invoice address"),
    Field.BUYER_OPERATOR: _l("Orderer's e-invoice operator"),
    Field.BUYER_REFERENCE: _l("Orderer's reference"),
    Field.COST_CENTRE: _l("Cost centre"),
    Field.ORDER_REFERENCE: _l("Orderer's order number"),
    Field.CREDITED: _l("The invoice that is taken back"),
    Field.IBAN: _l("Account (IBAN)"),
    Field.BIC: _l("Bank's BIC"),
    Field.REFERENCE: _l("Reference number"),
    Field.DUE_ON: _l("Due day"),
    Field.MESSAGE_ID: _l("Name of the message"),
    Field.LINES: _l("Lines"),
    Field.VAT: _l("VAT by rate"),
    Field.VAT_REASON: _l("Why there is no VAT"),
    Field.SUMS: _l("Sums"),
}

RULE_TEXTS = {
    "BR-02": _l("An invoice has a number."),
    "FINVOICE-InvoiceNumber": _l("The number has at most 20 characters."),
    "BR-03": _l("An invoice has a date."),
    "BR-29": _l("The days of the work are given, and the last one is not before the first."),
    "BR-06": _l("The seller has a name of at least two characters."),
    "BR-CO-26": _l("The seller is known by its Y-tunnus."),
    "JOBCENTER-BUSINESS-ID": _l("A Y-tunnus has the right check digit."),
    "BR-S-02": _l("Who charges VAT has a VAT number."),
    "BR-CO-09": _l("A VAT number is the country and the digits of the Y-tunnus."),
    "BR-09": _l("The seller's address has a country."),
    "FINVOICE-SellerPostalAddressDetails": _l("A postal address is whole: street, postcode and city, or none of them."),
    "PEPPOL-EN16931-R020": _l("The seller has an e-invoice address."),
    "PEPPOL-EN16931-CL008": _l("An e-invoice address in Finland is an OVT code: it begins with 0037."),
    "FINVOICE-FromIntermediator": _l("The seller's operator is named by its code."),
    "BR-07": _l("The orderer has a name of at least two characters."),
    "BR-11": _l("The orderer's address has a country."),
    "FINVOICE-BuyerPostalAddressDetails": _l("A postal address is whole: street, postcode and city, or none of them."),
    "PEPPOL-EN16931-R010": _l("The orderer has an e-invoice address."),
    "FINVOICE-ToIdentifier": _l("An e-invoice address is an OVT code or an IBAN."),
    "FINVOICE-ToIntermediator": _l("The orderer's operator is named by its code."),
    "PEPPOL-EN16931-R003": _l("The invoice has the orderer's reference or order number."),
    "FINVOICE-BuyerReferenceIdentifier": _l("The orderer's reference has at most 70 characters."),
    "FINVOICE-OrderIdentifier": _l("The orderer's order number has at most 70 characters."),
    "FINVOICE-AccountDimensionText": _l("The cost centre has at most 35 characters."),
    "BR-55": _l("A credit note names the invoice that it takes back."),
    "BR-61": _l("The invoice says to which account it is paid."),
    "JOBCENTER-IBAN": _l("An account number has the right check digits."),
    "FINVOICE-EpiBfiIdentifier": _l("The bank is named by its BIC of 8 or 11 characters."),
    "JOBCENTER-REFERENCE": _l("The invoice has a reference number with the right check digits."),
    "BR-CO-25": _l("An invoice that is to be paid has a due day."),
    "FINVOICE-MessageIdentifier": _l("The message has a name of at most 48 characters."),
    "BR-16": _l("An invoice has at least one line."),
    "BR-CO-18": _l("The VAT is summed by rate."),
    "BR-S-08": _l("Each rate's net amount is the sum of its lines."),
    "BR-CO-17": _l("Each rate's VAT is its net amount times the rate, rounded once."),
    "BR-E-10": _l("Where no VAT is charged, the invoice says why."),
    "BR-CO-10": _l("The lines add up to their sum."),
    "BR-CO-13": _l("The sum without VAT is the sum of the lines."),
    "BR-CO-14": _l("The VAT is the sum of the VAT of each rate."),
    "BR-CO-15": _l("The sum with VAT is the sum without it and the VAT."),
    "JOBCENTER-SIGN": _l("An invoice asks for money, a credit note gives it back."),
    "BR-21": _l("Each line has a number."),
    "BR-22": _l("Each line has a time."),
    "BR-24": _l("Each line has a sum."),
    "BR-25": _l("Each line says what was done."),
    "BR-26": _l("Each line has a price."),
    "BR-27": _l("No price is below zero."),
    "PEPPOL-EN16931-R110": _l("The day of each line lies between the first and the last day of the work."),
    "PEPPOL-EN16931-R120": _l("Each line's sum is its time times its price."),
}


def unsent_mail(*, jobcenter: str, lines: Sequence[str], link: str) -> Mail:
    """To a coordinator: these e-invoices wait for somebody."""
    return Mail(
        _("E-invoices of %(jobcenter)s wait for you", jobcenter=jobcenter),
        paragraphs(
            _("Hello,"),
            _("these e-invoices have not reached the orderer:"),
            "\n".join(lines),
            _("See what is missing, put it right and send them again:"),
            link,
            _("The orderers have these invoices by e-mail, if they have given an address."),
        ),
    )
