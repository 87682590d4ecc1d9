"""Texts of invoices: refusals, states, and the mail that brings an invoice to the orderer."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.billing.invoices.domain import InvoiceKind, InvoiceStatus
from jobcenter.billing.invoices.domain_credit import Extent
from jobcenter.core import texts
from jobcenter.notifications.domain import Mail, paragraphs

ERRORS = {
    "bad_reference": _l("A reference number cannot be made of %(reference)s."),
    "invoice_already": _l("This is done already."),
    "invoice_not_possible": _l("This cannot be done to the invoice any more. Look at its newest state."),
    "invoice_just_mailed": _l("The invoice was mailed just now. It was not mailed again."),
    "nothing_to_bill": _l("There are no confirmed hours to invoice here. Perhaps they are on an invoice already."),
    "invoice_own_draft": _l("Another person must approve the draft than the one who made it."),
    "invoice_not_approved": _l("Another person must approve the draft before it is sent."),
    "vat_free_ground_missing": _l(
        "Some lines carry no VAT. Say in the billing settings by which section of the act, so that the invoice can."
    ),
    "credit_nothing_chosen": _l("Say of at least one line how many hours are taken back."),
    "credit_too_little": _l("So few minutes of a share come to nothing. Take back some more, or the whole line."),
    "credit_vat_not_right": _l(
        "The VAT of so little time cannot be right to the cent. Take some minutes more or less, or the whole invoice"
        " and make a new one."
    ),
    "credit_too_much": _l("No more can be taken back than is left of the line."),
    "hours_unreadable": _l("Give hours and minutes, for example 2, 1,5 or 1:30."),
    "jobcenter_account_missing": _l(
        "The Jobcenter's bank account is missing or wrong, so nobody could pay. An administrator must add it."
    ),
}

STATUS_LABELS = {
    InvoiceStatus.DRAFT: _l("Draft"),
    InvoiceStatus.DISCARDED: _l("Thrown away"),
    InvoiceStatus.SENT: _l("Waits for payment"),
    InvoiceStatus.PAID: _l("Paid"),
    InvoiceStatus.CREDITED: _l("Credited"),
    InvoiceStatus.WRITTEN_OFF: _l("Written off"),
}

STATUS_TAGS = {
    InvoiceStatus.DRAFT: "neutral",
    InvoiceStatus.DISCARDED: "neutral",
    InvoiceStatus.SENT: "info",
    InvoiceStatus.PAID: "good",
    InvoiceStatus.CREDITED: "neutral",
    InvoiceStatus.WRITTEN_OFF: "neutral",
}

OVERDUE = _l("Overdue")
CREDIT_NOTE_SENT = _l("Credit note")


def title_of(kind: InvoiceKind, number: int | None) -> str:
    """What an invoice is called: by its number once it has one."""
    if kind is InvoiceKind.CREDIT_NOTE:
        return _("Credit note %(number)s", number=number)
    return _("Invoice (draft)") if number is None else _("Invoice %(number)s", number=number)


def left_to_pay(left: Decimal) -> str:
    """What is still to be paid of an invoice of which a part, or all, was paid or taken back."""
    if left <= 0:
        return _("Nothing of the invoice is left to pay.")
    amount = texts.money(left)
    return _("Of the invoice %(left)s stays. Pay only that, with the reference number of the invoice.", left=amount)


def invoice_mail(*, number: int, jobcenter: str, gross: str, due: str, link: str, left: str) -> Mail:
    """To the orderer: an invoice is here; `left` tells what is still to be paid where that is less, else it is ""."""
    return Mail(
        _("Invoice %(number)s from %(jobcenter)s", number=number, jobcenter=jobcenter),
        paragraphs(
            _("Hello,"),
            _("here is the invoice for work that you have confirmed: %(gross)s, due %(due)s.", gross=gross, due=due),
            *([left] if left else []),
            _("See the invoice and save it as PDF here:"),
            link,
            _("Thank you for the work that you offer."),
            jobcenter,
        ),
    )


def credit_lead(extent: Extent, credited: int) -> str:
    """What a credit note begins with: how much it takes back of which invoice."""
    if extent is Extent.PART:
        return _("This credit note takes back a part of invoice %(number)s.", number=credited)
    if extent is Extent.REST:
        return _("This credit note takes back all that was left of invoice %(number)s.", number=credited)
    return _("This credit note takes back the whole invoice %(number)s.", number=credited)


def part_credit_mail(
    *, number: int, credited: int, jobcenter: str, sums: tuple[str, str], reason: str, link: str
) -> Mail:
    """To the orderer: a part of an invoice is taken back; `sums`: what is taken back, what `left_to_pay` says."""
    taken, left = sums
    return Mail(
        _("Credit note %(number)s from %(jobcenter)s", number=number, jobcenter=jobcenter),
        paragraphs(
            _("Hello,"),
            _("we have taken back %(taken)s of invoice %(credited)s.", taken=taken, credited=credited),
            left,
            _("Why: %(reason)s", reason=reason),
            _("If you have paid it already, we return the money or agree with you what to do."),
            _("See the credit note and save it as PDF here:"),
            link,
            jobcenter,
        ),
    )


def credit_note_mail(*, number: int, credited: int, jobcenter: str, reason: str, link: str) -> Mail:
    """To the orderer: an invoice is taken back."""
    return Mail(
        _("Credit note %(number)s from %(jobcenter)s", number=number, jobcenter=jobcenter),
        paragraphs(
            _("Hello,"),
            _("we have taken back the whole invoice %(credited)s. You need not pay it.", credited=credited),
            _("Why: %(reason)s", reason=reason),
            _("If you have paid it already, we return the money or agree with you what to do."),
            _("See the credit note and save it as PDF here:"),
            link,
            jobcenter,
        ),
    )
