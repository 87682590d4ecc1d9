"""Texts of the billing settings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.billing.settings.domain import EInvoiceFormat, VatFree

ERRORS = {
    "billing_rule_missing": _l("There is no verified figure in force on %(day)s. An administrator must add it first."),
    "einvoice_format_missing": _l("Choose the format too, or leave the e-invoice address and operator empty."),
    "einvoice_sender_missing": _l("Give the Jobcenter's own e-invoice address. Operators need it of who sends."),
    "einvoice_sender_not_ovt": _l("The sender's address is an OVT code: 0037 and the digits of the Y-tunnus."),
    "pay_days_unreadable": _l("Give days of the month between 1 and 31, for example: 15, 31."),
}

EINVOICE_FORMATS = {
    EInvoiceFormat.FINVOICE: _l("Finvoice 3.0"),
    EInvoiceFormat.PEPPOL: _l("Peppol BIS Billing 3"),
}

VAT_FREE = {
    VatFree.SMALL_BUSINESS: _l("Small business: not in the VAT register (section 3 of the VAT Act)"),
    VatFree.NON_PROFIT: _l("Non-profit body: not in the VAT register (section 4 of the VAT Act)"),
    VatFree.SOCIAL_CARE: _l("Social care: exempt from VAT (section 37 of the VAT Act)"),
}

# What the invoice says of it.
VAT_FREE_TEXTS = {
    VatFree.SMALL_BUSINESS: _l("No VAT: small business, section 3 of the Value Added Tax Act (1501/1993)."),
    VatFree.NON_PROFIT: _l("No VAT: non-profit body, section 4 of the Value Added Tax Act (1501/1993)."),
    VatFree.SOCIAL_CARE: _l("No VAT: social care, section 37 of the Value Added Tax Act (1501/1993)."),
}
