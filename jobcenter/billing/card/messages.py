"""What card payments are called, why they are refused, what is wrong with one, and the mail about a hold that ended."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.billing.card.domain import CardKind, CardStatus, TaskKind
from jobcenter.billing.card.domain_payouts import PayoutStatus
from jobcenter.notifications.domain import Mail, paragraphs

ERRORS = {
    "cards_not_taken": _l("Cards are not taken here."),
    "card_not_for_this": _l("This cannot be paid by card. Pay by bank transfer."),
    "card_nothing_open": _l("Nothing is left to pay on this invoice."),
    "card_hold_pays": _l("This invoice is paid from the money that is held on your card. You need not do anything."),
    "card_held_already": _l("The price is held on your card already."),
    "card_house_silent": _l("The payment service does not answer now. Nothing was charged. Try again in a moment."),
    "card_refund_too_large": _l("At most %(most)s euros can be given back on the card."),
    "card_refund_already": _l("The money is on its way back already."),
    "card_event_already": _l("This message was taken in already."),
    "card_task_already": _l("This has been looked at already."),
}

STATUS = {
    CardStatus.ASKED: (_l("Being opened"), "neutral"),
    CardStatus.OPEN: (_l("Waiting for the card"), "info"),
    CardStatus.HELD: (_l("Held on the card"), "info"),
    CardStatus.PAID: (_l("Paid by card"), "good"),
    CardStatus.EXPIRED: (_l("Not paid"), "neutral"),
    CardStatus.LAPSED: (_l("The hold has ended"), "warn"),
}

KINDS = {
    CardKind.PAYMENT: _l("Payment of an invoice"),
    CardKind.HOLD: _l("Hold for an order"),
}

TASKS = {
    TaskKind.MISMATCH: _l(
        "A message of the payment service does not agree with what we have: %(wrong)s (%(amount)s %(currency)s). "
        "Nothing was booked. Compare with the payment service's own page."
    ),
    TaskKind.UNKNOWN_PAYMENT: _l(
        "%(amount)s euros came by card that no invoice asks for. Make the invoice, or give the money back."
    ),
    TaskKind.DISPUTED: _l(
        "The card holder's bank asks for %(amount)s euros back (%(reason)s). Answer on the payment service's page "
        "before its deadline."
    ),
    TaskKind.DISPUTE_LOST: _l(
        "The card holder's bank took %(amount)s euros back (%(reason)s). The invoice is shown as paid: agree with the "
        "orderer how it is paid."
    ),
    TaskKind.REFUND_FAILED: _l(
        "%(amount)s euros could not be given back on the card (%(reason)s). The payer has them with us again: try once "
        "more, or pay them back by bank transfer."
    ),
    TaskKind.CALL_FAILED: _l(
        "The payment service did not take the money that is held (%(reason)s). Compare with the payment service's own "
        "page."
    ),
    TaskKind.DIFFERENCE: _l(
        "The payment service's list differs from ours (%(reason)s). Compare with the payment service's own page."
    ),
    TaskKind.PAYOUT: _l(
        "The payout %(payout)s of %(amount)s euros is not booked: it does not agree with our payments (%(reason)s). "
        "Compare with the payment service's own page. It is tried again each night."
    ),
    TaskKind.PAYOUT_UNEXPLAINED: _l(
        "The payout %(payout)s has %(amount)s euros that are no payment of ours (%(reason)s). They wait among the "
        "payments without an invoice in the books."
    ),
    TaskKind.PAYOUT_FAILED: _l(
        "The payout %(payout)s of %(amount)s euros failed after it was booked. The booking was taken back. Look at the "
        "bank account on the payment service's own page."
    ),
}

PAYOUTS = {
    PayoutStatus.BOOKED: (_l("Booked"), "good"),
    PayoutStatus.FAILED: (_l("Failed, taken back"), "bad"),
}


def what_is_paid(kind: CardKind, invoice_number: int | None, order_id: int | None) -> str:
    """What a card payment is for, in the payer's language."""
    if kind is CardKind.HOLD:
        return _("Order %(number)s: the price is held and charged after the work", number=order_id)
    return _("Invoice %(number)s", number=invoice_number)


def task_words(kind: TaskKind, facts: dict[str, str]) -> str:
    """What must be looked at, in words."""
    return TASKS[kind] % facts


def hold_lapsed(order_title: str, order_url: str, invoice_url: str | None) -> Mail:
    """To the orderer: the bank let the money go before it was taken. It is asked to be held anew, or, when the work has
    been billed, to pay the invoice.
    """
    if invoice_url:
        asks = (_("The work has been invoiced. You can pay the invoice by card or by bank transfer here:"), invoice_url)
    else:
        asks = (
            _("You can hold it again here:"),
            order_url,
            _("If you do not, you get an invoice after the work as usual."),
        )
    return Mail(
        subject=_("The money held on your card has been let go: %(order)s", order=order_title),
        body=paragraphs(
            _(
                "The price of your order %(order)s was held on your card. Banks hold money for about a week only, and "
                "let it go now. Nothing was charged.",
                order=order_title,
            ),
            *asks,
        ),
    )
