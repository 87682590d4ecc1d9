"""Invoices: what a line comes to, VAT summed per rate, due days, credit notes, and the states of an invoice. Pure.

An amount is rounded once per line; VAT is rounded once per rate, on the rate's total, as EN 16931 wants it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcenter.billing import bank
from jobcenter.billing.shares.domain import WHOLE, Portion
from jobcenter.core import money, states
from jobcenter.core.errors import AlreadyDone, DomainError, NotPossible
from jobcenter.core.money import Price
from jobcenter.workers.domain import TaskCategory


class InvoiceKind(StrEnum):
    """An invoice asks for money; a credit note takes a whole invoice or a part of it back."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class InvoiceStatus(StrEnum):
    """A draft has no number; once sent, an invoice never changes, it is only paid or credited."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    SENT = "sent"
    PAID = "paid"
    CREDITED = "credited"
    WRITTEN_OFF = "written_off"


# What the orderer has been sent and may be sent once more.
MAILED = frozenset({InvoiceStatus.SENT, InvoiceStatus.PAID})


class InvoiceAction(StrEnum):
    """What a coordinator can do to an invoice; REOPEN follows by itself when a written-off one is owed again."""

    APPROVE = "approve"
    SEND = "send"
    DISCARD = "discard"
    MARK_PAID = "mark_paid"
    MARK_UNPAID = "mark_unpaid"
    CREDIT = "credit"
    WRITE_OFF = "write_off"
    REOPEN = "reopen"


_S, _A = InvoiceStatus, InvoiceAction

TRANSITIONS: dict[tuple[InvoiceStatus, InvoiceAction], InvoiceStatus] = {
    (_S.DRAFT, _A.APPROVE): _S.DRAFT,
    (_S.DRAFT, _A.SEND): _S.SENT,
    (_S.DRAFT, _A.DISCARD): _S.DISCARDED,
    (_S.SENT, _A.MARK_PAID): _S.PAID,
    (_S.SENT, _A.CREDIT): _S.CREDITED,
    (_S.PAID, _A.MARK_UNPAID): _S.SENT,
    (_S.PAID, _A.CREDIT): _S.CREDITED,
    (_S.SENT, _A.WRITE_OFF): _S.WRITTEN_OFF,
    (_S.CREDITED, _A.WRITE_OFF): _S.CREDITED,
    (_S.WRITTEN_OFF, _A.REOPEN): _S.SENT,
}

PERCENT = 100

MOST_IN_SHORT_REFERENCE = 999_999

# The to-do that a sent invoice leaves for e-invoicing; its key is the invoice's id.
INVOICE_ISSUED = "invoice_issued"

# An invoice in one of these has a number and is out of our hands.
ISSUED = frozenset({_S.SENT, _S.PAID, _S.CREDITED, _S.WRITTEN_OFF})


class NothingToBill(DomainError):
    """There are no confirmed hours that are not on an invoice already."""


def next_state(state: InvoiceStatus, action: InvoiceAction) -> InvoiceStatus:
    """The invoice's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(TRANSITIONS, state, action, "invoice")


def check_approval(*, made_by_id: int | None, approver_id: int | None, is_approved: bool) -> None:
    """Whether somebody may approve a draft: once, and not their own. Raises AlreadyDone or NotPossible."""
    if is_approved:
        raise AlreadyDone("invoice_already")
    if made_by_id is not None and made_by_id == approver_id:
        raise NotPossible("invoice_own_draft")


def check_sending(lines: Iterable[Line], *, vat_free: bool, is_approved: bool) -> None:
    """Whether a draft may be sent: approved where that is asked for, and with a ground where no VAT is charged.

    Raises DomainError.
    """
    if not is_approved:
        raise DomainError("invoice_not_approved")
    if not vat_free and charges_nothing(lines):
        raise DomainError("vat_free_ground_missing")


def charges_nothing(lines: Iterable[Line]) -> bool:
    """Whether no VAT is charged on some of the lines."""
    return any(not line.vat_percent for line in lines)


def is_possible(kind: InvoiceKind, state: InvoiceStatus, action: InvoiceAction) -> bool:
    """Whether a button for `action` makes sense; a credit note is sent at once and stays as it is."""
    return kind is InvoiceKind.INVOICE and (state, action) in TRANSITIONS


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: work of one person on one day. Minutes and net are negative on a credit note.

    `piece` tells apart the lines that bill one time entry in pieces, because a part of it was credited and billed anew;
    `portion` is the payer's share of the price, which `share_id` names where the invoice of the order is split.
    """

    time_entry_id: int
    description: str
    worked_on: date
    minutes: int
    hourly_price: Decimal
    vat_percent: Decimal
    net: Decimal
    piece: int = 1
    portion: Portion = WHOLE
    share_id: int | None = None

    def of_minutes(self, minutes: int) -> Line:
        """The same line for so many minutes."""
        return replace(self, minutes=minutes, net=line_net(self.hourly_price, minutes, self.portion))

    @property
    def charged_minutes(self) -> Decimal:
        """The minutes that this payer's portion is of those worked."""
        return self.minutes * self.portion.percent / PERCENT


@dataclass(frozen=True)
class VatSum:
    """The sums of one VAT rate, in euros."""

    vat_percent: Decimal
    price: Price


@dataclass(frozen=True)
class Totals:
    """An invoice's sums: per VAT rate, highest rate last, and together."""

    per_rate: tuple[VatSum, ...]
    together: Price


@dataclass(frozen=True, kw_only=True)
class BillTo:
    """What one invoice gathers: one organisation's hours under the same cost centre and the same reference."""

    organisation_id: int
    cost_centre: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class BillableHours:
    """Confirmed hours that are on no invoice, with what their line needs to say; title and place are the order's.

    `minutes` are those of the time entry that no invoice holds, `piece` the number of the line that will hold them.
    Where the invoice of the order is split these are one payer's `portion`, and `bill_to` is that payer.
    """

    time_entry_id: int
    jobcenter_id: int
    order_id: int
    gig_id: int
    bill_to: BillTo
    organisation_name: str
    category: TaskCategory
    title: str
    place: str
    given_name: str
    worked_on: date
    minutes: int
    hourly_price: Decimal
    vat_percent: Decimal
    piece: int = 1
    portion: Portion = WHOLE
    share_id: int | None = None

    @property
    def net(self) -> Decimal:
        return line_net(self.hourly_price, self.minutes, self.portion)

    @property
    def month(self) -> date:
        """The first day of the month of the work."""
        return self.worked_on.replace(day=1)


@dataclass(frozen=True, kw_only=True)
class OfOrder:
    """All hours of one order that wait to be billed, whoever pays them."""

    order_id: int


@dataclass(frozen=True, kw_only=True)
class OfMonth:
    """The hours that one organisation has from one month; `month` is its first day."""

    bill_to: BillTo
    month: date

    @property
    def last_day(self) -> date:
        return (self.month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


Selection = OfOrder | OfMonth


@dataclass(frozen=True)
class MakeInvoice:
    """Make a draft of what waits; the same key makes it once."""

    selection: Selection
    form_key: str


@dataclass(frozen=True)
class MarkPaid:
    """The orderer's payment came on a day."""

    day: date


@dataclass(frozen=True)
class CreditInvoice:
    """Take an invoice back, and why; the orderer sees the reason.

    `minutes` are those to credit by the id of their line; None credits all that is left. The same form does it once.
    """

    reason: str
    minutes: Mapping[int, int] | None = None
    form_key: str | None = None


def line_net(hourly_price: Decimal, minutes: int, portion: Portion = WHOLE) -> Decimal:
    """What a line comes to before VAT: the one rounding of the hours worked, and the payer's portion of that."""
    return portion.of(money.for_minutes(hourly_price, minutes))


def totals(lines: Iterable[Line]) -> Totals:
    """The sums of an invoice: net of each rate, VAT once on that net, and all together."""
    nets: dict[Decimal, Decimal] = {}
    for line in lines:
        nets[line.vat_percent] = nets.get(line.vat_percent, money.ZERO) + line.net
    per_rate = tuple(VatSum(rate, Price.of_net(net, rate)) for rate, net in sorted(nets.items()))
    nothing = Price(money.ZERO, money.ZERO, money.ZERO)
    return Totals(per_rate, sum((vat_sum.price for vat_sum in per_rate), nothing))


def mirrored(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of the credit note that takes these back: the same with the opposite sign."""
    return tuple(replace(line, minutes=-line.minutes, net=-line.net) for line in lines)


def by_payer(waiting: Iterable[BillableHours]) -> list[list[BillableHours]]:
    """Hours that wait, those of each payer together, in the order in which the payers come."""
    found: dict[BillTo, list[BillableHours]] = {}
    for hours in waiting:
        found.setdefault(hours.bill_to, []).append(hours)
    return list(found.values())


def due_on(*, sent_on: date, days: int) -> date:
    """The due day: so many days after sending, moved to the next bank day."""
    return bank.next_bank_day(sent_on + timedelta(days=days))


def reference_for(*, jobcenter_id: int, number: int) -> str:
    """The reference number of an invoice: told apart from other Jobcenters' that may share the bank account.

    The number has six digits after the Jobcenter's. A longer one has fields of fixed width that fill all 19 digits, so
    that no two come to the same: the short ones never have as many. Raises BadReference beyond that.
    """
    if number <= MOST_IN_SHORT_REFERENCE:
        return bank.reference_number(f"{jobcenter_id}{number:06d}")
    return bank.reference_number(f"1{jobcenter_id:07d}{number:011d}")
