"""How each money event is booked: plain amounts in, an `Event` out. Pure. Euros.

One function per event, named after what happened. Every `ref` is made here, so that an event is posted exactly once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jobcenter.billing.books.domain import Account, Event, EventKind, Posting, credit, debit
from jobcenter.core.money import ZERO


@dataclass(frozen=True, kw_only=True)
class RateSum:
    """Net and VAT of one rate of an invoice; below zero on a credit note."""

    vat_percent: Decimal
    net: Decimal
    vat: Decimal


@dataclass(frozen=True, kw_only=True)
class Bill:
    """An invoice as the books see it. `receivable_of` is the invoice owed: itself, or the one that a note credits."""

    jobcenter_id: int
    invoice_id: int
    receivable_of: int
    number: int
    day: date
    rates: tuple[RateSum, ...]

    @property
    def gross(self) -> Decimal:
        return sum((rate.net + rate.vat for rate in self.rates), ZERO)


@dataclass(frozen=True, kw_only=True)
class Move:
    """Money that came or went for an invoice on a day; `key` names it for good within its kind: a payment's id."""

    jobcenter_id: int
    invoice_id: int
    number: int
    key: int | str
    day: date
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class PaidWork:
    """What one worker got in a pay run: gross, and what of it was withheld as tax and for enforcement."""

    jobcenter_id: int
    item_id: int
    day: date
    gross: Decimal
    withheld: Decimal = ZERO
    enforced: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        return self.gross - self.withheld - self.enforced


def invoice_sent(bill: Bill) -> Event:
    """The orderer owes the gross; net is income, VAT is owed to the State."""
    return _bill(bill, f"invoice:{bill.invoice_id}:sent", EventKind.INVOICE)


def credit_note_sent(bill: Bill) -> Event:
    """The orderer owes so much less; income and VAT fall (the amounts are below zero already)."""
    return _bill(bill, f"invoice:{bill.invoice_id}:sent", EventKind.CREDIT_NOTE)


def payment_came(move: Move, *, over: Decimal = ZERO, into: Account = Account.BANK) -> Event:
    """Money came for an invoice: `over` of the amount is more than was owed, and owed back to the orderer."""
    lines = (
        debit(into, move.amount),
        credit(Account.RECEIVABLES, move.amount - over, invoice_id=move.invoice_id),
        credit(Account.OVERPAYMENTS, over),
    )
    return _move(move, "payment", EventKind.PAYMENT, lines)


def payment_without_invoice(*, jobcenter_id: int, payment_id: int, day: date, amount: Decimal) -> Event:
    """Money came of which nobody yet knows for what."""
    return Event(
        jobcenter_id=jobcenter_id,
        ref=f"payment:{payment_id}",
        kind=EventKind.PAYMENT_UNMATCHED,
        day=day,
        text=f"{payment_id}",
        source_type="payment",
        source_id=payment_id,
        lines=(debit(Account.BANK, amount), credit(Account.UNMATCHED_PAYMENTS, amount)),
    )


def payment_matched(move: Move, *, over: Decimal = ZERO) -> Event:
    """A payment that waited was found to be for an invoice."""
    lines = (
        debit(Account.UNMATCHED_PAYMENTS, move.amount),
        credit(Account.RECEIVABLES, move.amount - over, invoice_id=move.invoice_id),
        credit(Account.OVERPAYMENTS, over),
    )
    return _move(move, "payment_matched", EventKind.PAYMENT_MATCHED, lines)


def payment_unmatched(move: Move, *, over: Decimal = ZERO) -> Event:
    """A payment was not for the invoice that it was put on; `over` of it is more than was owed there."""
    lines = (
        debit(Account.RECEIVABLES, move.amount - over, invoice_id=move.invoice_id),
        debit(Account.OVERPAYMENTS, over),
        credit(Account.UNMATCHED_PAYMENTS, move.amount),
    )
    return _move(move, "payment_unmatched", EventKind.PAYMENT_UNMATCHED, lines)


def overpayment_used(move: Move) -> Event:
    """What was paid over is used for what the orderer owes on an invoice; below zero: a credit makes it an overpayment.

    A paid invoice that is credited leaves a receivable below zero: the orderer is owed it.
    """
    lines = (
        debit(Account.OVERPAYMENTS, move.amount),
        credit(Account.RECEIVABLES, move.amount, invoice_id=move.invoice_id),
    )
    return _move(move, "overpayment_used", EventKind.OVERPAYMENT_USED, lines)


def payment_returned(*, jobcenter_id: int, payment_id: int, version: int, day: date, amount: Decimal) -> Event:
    """Money of which nobody knew for what it was went back to whoever paid it; below zero: that was a mistake.

    `version` tells apart what was noted of one payment.
    """
    return Event(
        jobcenter_id=jobcenter_id,
        ref=f"payment_returned:{payment_id}:{version}",
        kind=EventKind.REFUND,
        day=day,
        text=f"{payment_id}",
        source_type="payment",
        source_id=payment_id,
        lines=(debit(Account.UNMATCHED_PAYMENTS, amount), credit(Account.BANK, amount)),
    )


def payment_was_payout(*, jobcenter_id: int, payment_id: int, day: date, amount: Decimal) -> Event:
    """Money of which nobody knew for what it was is a payout of card payments, which is in the books as that."""
    returned = payment_returned(jobcenter_id=jobcenter_id, payment_id=payment_id, version=1, day=day, amount=amount)
    return replace(returned, ref=f"payment_was_payout:{payment_id}", kind=EventKind.CARD_PAYOUT)


def refunded(move: Move, *, out_of: Account = Account.BANK) -> Event:
    """Money that was paid over was returned."""
    lines = (debit(Account.OVERPAYMENTS, move.amount), credit(out_of, move.amount))
    return _move(move, "refund", EventKind.REFUND, lines)


def written_off(move: Move, rates: Iterable[RateSum]) -> Event:
    """What is owed on an invoice will not come: the net of each rate is a loss, its VAT is no longer owed. Below zero:
    some of it came after all.
    """
    lines = [credit(Account.RECEIVABLES, move.amount, invoice_id=move.invoice_id)]
    for rate in rates:
        lines.append(debit(Account.WRITE_OFFS, rate.net, vat_percent=rate.vat_percent))
        lines.append(debit(Account.VAT_PAYABLE, rate.vat, vat_percent=rate.vat_percent))
    return _move(move, "write_off", EventKind.WRITE_OFF, tuple(lines))


def card_paid_out(
    *, jobcenter_id: int, payout_id: str, day: date, cleared: Decimal, fees: Decimal, unexplained: Decimal
) -> Event:
    """Card payments were paid out to the bank, less fees; what nobody has explained yet waits with such payments."""
    return Event(
        jobcenter_id=jobcenter_id,
        ref=f"card_payout:{payout_id}:{jobcenter_id}",
        kind=EventKind.CARD_PAYOUT,
        day=day,
        text=payout_id,
        source_type="card_payout",
        source_id=payout_id,
        lines=(
            debit(Account.BANK, cleared + unexplained - fees),
            debit(Account.CARD_FEES, fees),
            credit(Account.CARD_CLEARING, cleared),
            credit(Account.UNMATCHED_PAYMENTS, unexplained),
        ),
    )


def late_interest_paid(move: Move, *, from_: Account = Account.BANK) -> Event:
    """Interest for late payment came, or was taken of what was paid over; there is no VAT on it."""
    lines = (debit(from_, move.amount), credit(Account.LATE_INTEREST, move.amount))
    return _move(move, "late_interest", EventKind.LATE_INTEREST, lines)


def late_compensation_paid(move: Move, *, from_: Account = Account.BANK) -> Event:
    """The fixed compensation for late payment came, or was taken of what was paid over; there is no VAT on it."""
    lines = (debit(from_, move.amount), credit(Account.LATE_COMPENSATION, move.amount))
    return _move(move, "late_compensation", EventKind.LATE_COMPENSATION, lines)


def worker_paid(pay: PaidWork, *, out_of: Account = Account.BANK) -> Event:
    """A worker's pay went out: the gross is our cost, what was withheld is owed on."""
    lines = (
        debit(Account.WAGES, pay.gross),
        credit(Account.WITHHOLDING_DUE, pay.withheld),
        credit(Account.ENFORCEMENT_DUE, pay.enforced),
        credit(out_of, pay.net),
    )
    return _pay(pay, EventKind.PAY, lines)


def enforcement_paid(pay: PaidWork, *, out_of: Account = Account.BANK) -> Event:
    """What was withheld for enforcement went out to the bailiff, in the same file as the pay."""
    lines = (debit(Account.ENFORCEMENT_DUE, pay.enforced), credit(out_of, pay.enforced))
    return replace(_pay(pay, EventKind.ENFORCEMENT_PAID, lines), ref=f"pay_item:{pay.item_id}:enforced")


def pay_came_back(pay: PaidWork, *, day: date) -> Event:
    """The bank returned on a day what had gone to a worker's account: it is owed to the worker."""
    lines = (debit(Account.BANK, pay.net), credit(Account.WAGES_DUE, pay.net))
    return replace(_pay(pay, EventKind.PAY_RETURNED, lines), ref=f"pay_item:{pay.item_id}:returned", day=day)


def worker_paid_again(pay: PaidWork, *, out_of: Account = Account.BANK) -> Event:
    """What had come back went out anew; cost and what was withheld are in the books since the first time."""
    return _pay(pay, EventKind.PAY, (debit(Account.WAGES_DUE, pay.net), credit(out_of, pay.net)))


def partner_owed(pay: PaidWork, party: str | None = None) -> Event:
    """The partner pays its employee, and is owed that wage by us."""
    lines = (debit(Account.PARTNER_COSTS, pay.gross), credit(Account.PARTNER_PAYABLES, pay.gross, party=party))
    return _pay(pay, EventKind.PARTNER_COSTS, lines)


def _bill(bill: Bill, ref: str, kind: EventKind) -> Event:
    lines = [debit(Account.RECEIVABLES, bill.gross, invoice_id=bill.receivable_of)]
    for rate in bill.rates:
        lines.append(credit(Account.SERVICE_INCOME, rate.net, vat_percent=rate.vat_percent))
        lines.append(credit(Account.VAT_PAYABLE, rate.vat, vat_percent=rate.vat_percent))
    return Event(
        jobcenter_id=bill.jobcenter_id,
        ref=ref,
        kind=kind,
        day=bill.day,
        text=f"{bill.number}",
        source_type="invoice",
        source_id=bill.invoice_id,
        lines=tuple(lines),
    )


def _move(move: Move, what: str, kind: EventKind, lines: tuple[Posting, ...]) -> Event:
    return Event(
        jobcenter_id=move.jobcenter_id,
        ref=f"{what}:{move.key}",
        kind=kind,
        day=move.day,
        text=f"{move.number}",
        source_type="invoice",
        source_id=move.invoice_id,
        lines=lines,
    )


def _pay(pay: PaidWork, kind: EventKind, lines: tuple[Posting, ...]) -> Event:
    return Event(
        jobcenter_id=pay.jobcenter_id,
        ref=f"pay_item:{pay.item_id}:paid",
        kind=kind,
        day=pay.day,
        text="",
        source_type="pay_item",
        source_id=pay.item_id,
        lines=lines,
    )
