"""Texts of payments: refusals, states, what a bank's file left out, and the mail that reminds of an invoice."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.billing.payments.domain import PaymentSource, PaymentStatus, Standing, UseKind
from jobcenter.billing.payments.statements import LeftOut, StatementKind
from jobcenter.notifications.domain import Mail, paragraphs

ERRORS = {
    "payment_already": _l("This is done already."),
    "payment_not_possible": _l("This cannot be done to the payment any more. Look at its newest state."),
    "payment_day_impossible": _l("Give a day between the sending of the invoice (%(sent)s) and today."),
    "use_day_impossible": _l(
        "Give a day from %(first)s until today: before that the money had not come or the invoice was not sent."
    ),
    "not_that_much": _l("Give an amount above zero, and not more than there is."),
    "not_over_then": _l("On that day at most %(least)s was overpaid. Give a later day, or a smaller amount."),
    "late_cost_not_owed": _l("At most %(left)s can be taken: no more is owed for the delay of this invoice."),
    "invoice_not_named": _l("Choose the invoice."),
    "invoice_number_unknown": _l("The Jobcenter has sent no invoice of this number."),
    "write_off_already": _l("Somebody has proposed this already. It waits for another person."),
    "write_off_changed": _l("What is open has changed since it was proposed. Propose it anew."),
    "statement_unreadable": _l(
        "The file could not be read. Give an account statement (camt.053), a notification (camt.054) or a file of "
        "reference payments (KTL)."
    ),
    "statement_of_other_account": _l("The file is of another account than the Jobcenter's own."),
    "statement_day_ahead": _l(
        "The file holds a payment of %(day)s, which has not come yet. Nothing was added. "
        "Ask the bank for the file anew."
    ),
    "statement_already": _l("The file has been taken in already. Nothing was added."),
}

STATUS_LABELS = {
    PaymentStatus.WAITING: _l("Invoice not known"),
    PaymentStatus.MATCHED: _l("On an invoice"),
    PaymentStatus.RETURNED: _l("Returned"),
    PaymentStatus.PAYOUT: _l("Payout of card payments"),
    PaymentStatus.TAKEN_BACK: _l("Taken back"),
}

STATUS_TAGS = {
    PaymentStatus.WAITING: "warn",
    PaymentStatus.MATCHED: "good",
    PaymentStatus.RETURNED: "neutral",
    PaymentStatus.PAYOUT: "good",
    PaymentStatus.TAKEN_BACK: "neutral",
}

SOURCES = {
    PaymentSource.BY_HAND: _l("Noted by hand"),
    PaymentSource.BANK: _l("From the bank"),
    PaymentSource.CARD: _l("By card"),
    PaymentSource.BEFORE_BOOKS: _l("From the time before the books"),
}

STANDINGS = {
    Standing.OPEN: _l("Open"),
    Standing.PARTLY_PAID: _l("Partly paid"),
    Standing.PAID: _l("Paid"),
    Standing.OVERPAID: _l("Paid too much"),
    Standing.WRITTEN_OFF: _l("Written off"),
}

STANDING_TAGS = {
    Standing.OPEN: "info",
    Standing.PARTLY_PAID: "warn",
    Standing.PAID: "good",
    Standing.OVERPAID: "warn",
    Standing.WRITTEN_OFF: "neutral",
}

USES = {
    UseKind.REFUND: _l("Returned to the payer"),
    UseKind.OTHER_INVOICE: _l("Used for another invoice"),
    UseKind.LATE_INTEREST: _l("Taken as interest for late payment"),
    UseKind.LATE_COMPENSATION: _l("Taken as compensation for late payment"),
}

STATEMENTS = {
    StatementKind.CAMT_053: _l("Account statement (camt.053)"),
    StatementKind.CAMT_054: _l("Notification (camt.054)"),
    StatementKind.KTL: _l("Reference payments (KTL)"),
}

LEFT_OUT = {
    LeftOut.OUTGOING: _l("money that went out"),
    LeftOut.NOT_BOOKED: _l("not booked yet"),
    LeftOut.OTHER_CURRENCY: _l("in another currency than euros"),
    LeftOut.SUM_WITHOUT_PARTS: _l("a sum whose payments come in another file"),
    LeftOut.CORRECTION: _l("a correction of the bank's: look at it yourself"),
}


def first_reminder(*, number: int, jobcenter: str, open_amount: str, due: str, link: str) -> Mail:
    """To the orderer: the due day is past."""
    return Mail(
        _("Reminder: invoice %(number)s from %(jobcenter)s", number=number, jobcenter=jobcenter),
        paragraphs(
            _("Hello,"),
            _(
                "invoice %(number)s was due %(due)s. %(open)s of it is still open.",
                number=number,
                due=due,
                open=open_amount,
            ),
            _("If you have paid just now, you need not do anything."),
            _("See the invoice here:"),
            link,
            jobcenter,
        ),
    )


def second_reminder(*, number: int, jobcenter: str, open_amount: str, due: str, interest: str, link: str) -> Mail:
    """To the orderer: the second time, with what the delay costs so far where that is known."""
    return Mail(
        _("Second reminder: invoice %(number)s from %(jobcenter)s", number=number, jobcenter=jobcenter),
        paragraphs(
            _("Hello,"),
            _(
                "we have reminded you of invoice %(number)s, which was due %(due)s. %(open)s of it is still open.",
                number=number,
                due=due,
                open=open_amount,
            ),
            interest,
            _("Please pay now, or tell us if something is wrong with the invoice."),
            _("See the invoice here:"),
            link,
            jobcenter,
        ),
    )


def interest_told(amount: str) -> str:
    """What a second reminder says of interest; nothing when it is not known."""
    return _("Interest for late payment by the Interest Act is %(amount)s until today.", amount=amount)
