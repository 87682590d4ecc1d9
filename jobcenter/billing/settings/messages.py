"""Texts of the billing settings."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.billing.settings.domain import EInvoiceFormat, VatFree
from jobcenter.notifications.domain import Mail, paragraphs

ERRORS = {
    "billing_rule_missing": _l("There is no verified figure in force on %(day)s. An administrator must add it first."),
    "einvoice_format_missing": _l("Choose the format too, or leave the e-invoice address and operator empty."),
    "einvoice_sender_missing": _l("Give the Jobcenter's own e-invoice address. Operators need it of who sends."),
    "einvoice_sender_not_ovt": _l("The sender's address is an OVT code: 0037 and the digits of the Y-tunnus."),
    "no_approval_nobody_to_ask": _l(
        "Nobody else may decide this: ask for another coordinator or an administrator first."
    ),
    "no_approval_reason_missing": _l("Say why, so that another person can decide it."),
    "partner_switch_billed": _l(
        "From that day on the partner would also bill %(hours)s of work between %(first)s and %(last)s that are on "
        "invoices or drafts of the Jobcenter. Credit those or throw the drafts away first, or give a later day."
    ),
    "partner_switch_owed": _l(
        "From that day on the partner would also bill %(hours)s of work between %(first)s and %(last)s for whose wages "
        "the Jobcenter owes it in the books. Give a later day."
    ),
    "partner_switch_past": _l(
        "Who bills changes from today on or later: work done before has been billed, or waits, as it was agreed then."
    ),
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


def asked(*, name: str, reason: str, jobcenter: str, url: str) -> Mail:
    """To those who may decide: the approval of invoices is to be given up."""
    return Mail(
        _("Decide: invoices without approval, %(jobcenter)s", jobcenter=jobcenter),
        paragraphs(
            _("Hello,"),
            _("%(name)s asks that invoices go out without a second person's approval.", name=name),
            _("Reason: %(reason)s", reason=reason),
            _("Until another person agrees, each invoice still needs its approval. Decide it here:"),
            url,
            jobcenter,
        ),
    )


def decided(*, name: str, is_approved: bool, jobcenter: str, url: str) -> Mail:
    """To whoever asked: how it was decided."""
    if is_approved:
        subject = _("Invoices need no approval any more, %(jobcenter)s", jobcenter=jobcenter)
        said = _("%(name)s agreed: invoices go out without a second person's approval from now on.", name=name)
    else:
        subject = _("Invoices still need an approval, %(jobcenter)s", jobcenter=jobcenter)
        said = _("%(name)s did not agree: a second person still approves each invoice before it is sent.", name=name)
    return Mail(subject, paragraphs(_("Hello,"), said, _("The settings are here:"), url, jobcenter))
