"""What card payments are called, why they are refused, what is wrong with one, and the mails about holds."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.billing.card.domain import CardKind, CardStatus, Difference, Mismatch, RefundStatus, TaskKind
from jobcenter.billing.card.domain_payouts import PayoutFault, PayoutStatus
from jobcenter.core import texts
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

REFUNDS = {
    RefundStatus.ASKED: (_l("On its way"), "info"),
    RefundStatus.SENT: (_l("Given back"), "good"),
    RefundStatus.FAILED: (_l("Did not arrive"), "bad"),
}

# What does not agree, in words. What the card house itself calls a reason stays as it says it.
REASONS = {
    Difference.NOT_OURS: _l("it has a payment that we do not know"),
    Difference.NOT_THERE: _l("it does not have a payment that we have booked"),
    Difference.STATUS: _l("it says otherwise whether money was held or taken"),
    Difference.RECEIVED: _l("it says that another sum came"),
    Difference.REFUNDED: _l("it says that another sum was given back"),
    Mismatch.CURRENCY: _l("the currency"),
    Mismatch.AMOUNT: _l("the amount"),
    Mismatch.INTENT: _l("the name of the payment"),
    PayoutFault.SUM: _l("its lines do not add up"),
    PayoutFault.REFUND: _l("a refund that we do not know"),
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
        "The card holder's bank took %(amount)s euros back (%(reason)s). The invoice asks for it again, and its "
        "reminders rest: agree with the orderer how it is paid."
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


def task_words(kind: TaskKind, facts: Mapping[str, str]) -> str:
    """What must be looked at, in words and in the reader's figures."""
    return TASKS[kind] % {name: _fact(name, value) for name, value in facts.items()}


def _fact(name: str, value: str) -> str:
    if name == "amount" and value != "None":
        return texts.amount(Decimal(value))
    return ", ".join(str(REASONS.get(code, code)) for code in value.split(", "))


Asked = tuple[str, ...]


def pay_invoice(url: str) -> Asked:
    """The work was billed: its invoice is to be paid."""
    return (_("The work has been invoiced. You can pay the invoice by card or by bank transfer here:"), url)


def hold_again(url: str) -> Asked:
    """The work is not billed yet: the price can be held once more."""
    return (_("You can hold it again here:"), url, _("If you do not, you get an invoice after the work as usual."))


def wait_for_invoice(_url: str) -> Asked:
    """The work is done and not billed yet."""
    return (_("You need not do anything: you get an invoice for the work as usual."),)


def hold_lapsed(title: str, asked: Asked, *, by_bank: bool) -> Mail:
    """To the orderer: held money was let go before it was taken."""
    if by_bank:
        told = _(
            "The price of your order %(order)s was held on your card. Banks hold money for about a week only, and "
            "let it go now. Nothing was charged.",
            order=title,
        )
    else:
        told = _(
            "The price of your order %(order)s was held on your card. The money has been let go. Nothing was charged.",
            order=title,
        )
    return Mail(
        subject=_("The money held on your card has been let go: %(order)s", order=title),
        body=paragraphs(told, *asked),
    )


def hold_charged(title: str, *, number: int, taken: str, left: str, receipt_url: str) -> Mail:
    """To the orderer: so much of what was held was charged for an invoice; `left` "": nothing is left to pay of it."""
    if left:
        rest = _("%(left)s of the invoice is left to pay.", left=left)
    else:
        rest = _("Nothing is left to pay on the invoice: you need not do anything.")
    return Mail(
        subject=_("Your card was charged: %(order)s", order=title),
        body=paragraphs(
            _(
                "The price of your order %(order)s was held on your card. Now %(taken)s of it was charged for invoice "
                "%(number)s. No more is charged of what was held.",
                order=title,
                taken=taken,
                number=number,
            ),
            rest,
            _("The receipt is here:"),
            receipt_url,
        ),
    )
