"""Texts of the books: refusals, accounts, events."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.billing.books.domain import Account, EventKind
from jobcenter.billing.books.domain_due import Way, What

ERRORS = {
    "posted_differently": _l("This is in the books already with other amounts. What was booked must be taken back."),
    "entry_already_reversed": _l("The entry is taken back already."),
    "month_closed": _l("The month is closed in the books. Nothing can be booked in it any more."),
    "month_already_closed": _l("The month is closed already."),
    "account_number_wrong": _l("Give the account number in digits."),
    "account_number_twice": _l("Two accounts have the same number. Give each its own."),
    "paid_in_future": _l("The day cannot be in the future."),
    "not_so_much_due": _l("At most %(due)s is due."),
    "month_not_over": _l("A month can be closed when it is over."),
}

ACCOUNTS = {
    Account.RECEIVABLES: _l("Receivables"),
    Account.BANK: _l("Our bank account"),
    Account.CARD_CLEARING: _l("Card payments being cleared"),
    Account.VAT_PAYABLE: _l("VAT payable"),
    Account.VAT_DEDUCTED: _l("VAT deducted for purchases"),
    Account.OVERPAYMENTS: _l("Overpayments to be returned"),
    Account.UNMATCHED_PAYMENTS: _l("Payments without a known invoice"),
    Account.WAGES_DUE: _l("Pay due"),
    Account.WITHHOLDING_DUE: _l("Withheld tax due"),
    Account.ENFORCEMENT_DUE: _l("Withheld for enforcement, due"),
    Account.CONTRIBUTIONS_DUE: _l("Insurance contributions due"),
    Account.PARTNER_PAYABLES: _l("Owed to partners"),
    Account.SERVICE_INCOME: _l("Income from services"),
    Account.LATE_INTEREST: _l("Interest for late payment"),
    Account.LATE_COMPENSATION: _l("Compensation for late payment"),
    Account.WAGES: _l("Wages and compensation for work"),
    Account.CONTRIBUTIONS: _l("Employer's insurance contributions"),
    Account.PARTNER_COSTS: _l("Partners' wages and costs"),
    Account.CARD_FEES: _l("Fees of card payments"),
    Account.WRITE_OFFS: _l("Receivables written off"),
    Account.OTHER_CHANGES: _l("Other changes"),
}

EVENTS = {
    EventKind.INVOICE: _l("Invoice"),
    EventKind.CREDIT_NOTE: _l("Credit note"),
    EventKind.PAYMENT: _l("Payment of an invoice"),
    EventKind.PAYMENT_UNMATCHED: _l("Payment without a known invoice"),
    EventKind.PAYMENT_MATCHED: _l("Payment matched to an invoice"),
    EventKind.OVERPAYMENT_USED: _l("Overpayment used"),
    EventKind.REFUND: _l("Refund"),
    EventKind.WRITE_OFF: _l("Write-off"),
    EventKind.LATE_INTEREST: _l("Interest for late payment"),
    EventKind.LATE_COMPENSATION: _l("Compensation for late payment"),
    EventKind.PAY: _l("Pay to a worker"),
    EventKind.PAY_RETURNED: _l("Pay returned by the bank"),
    EventKind.VAT_PAID: _l("VAT paid"),
    EventKind.VAT_DEDUCTED: _l("VAT deducted for purchases"),
    EventKind.WITHHOLDING_PAID: _l("Withheld tax paid on"),
    EventKind.ENFORCEMENT_PAID: _l("Paid on for enforcement"),
    EventKind.PARTNER_COSTS: _l("Partner's wage"),
    EventKind.PARTNER_PAID: _l("Partner paid"),
    EventKind.CARD_PAYOUT: _l("Card payments paid out to us"),
    EventKind.CARD_DISPUTE: _l("Card payment disputed"),
    EventKind.REVERSAL: _l("Taken back"),
}


def what_text(what: What, names: Mapping[str, str]) -> str:
    """What is paid of what is due, in words; a partner by its name, with its business id."""
    if what.way is Way.DEDUCTED:
        return str(EVENTS[EventKind.VAT_DEDUCTED])
    if what.account is Account.PARTNER_PAYABLES and what.party:
        return party_text(what.party, names)
    return str(ACCOUNTS[what.account])


def party_text(party: str | None, names: Mapping[str, str]) -> str:
    """A partner that is owed something."""
    if party is None:
        return _("Owed to partners, not told apart")
    name = names.get(party, party)
    return _("Owed to %(partner)s", partner=name if name == party else f"{name} ({party})")
