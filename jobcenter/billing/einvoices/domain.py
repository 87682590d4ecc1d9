"""What an e-invoice says, whatever format it is written in, and the road it travels. Pure.

`EInvoice` is everything between a sent invoice and its XML; the writers (`finvoice.py`, `ubl.py`) only put it down, and
`checks.py` says what is missing. Amounts are euros and keep their sign: those of a credit note are negative here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from jobcenter.billing.invoices.domain import InvoiceKind
from jobcenter.core import states
from jobcenter.core.money import MINUTES_IN_HOUR, ZERO
from jobcenter.orders.organisations.domain import OVT_PREFIX

CURRENCY = "EUR"
COUNTRY = "FI"
OVT_SCHEME = "0216"
BUSINESS_ID_SCHEME = "0212"
HOURS = "HUR"
STANDARD_RATED, EXEMPT, OUTSIDE = "S", "E", "O"
# Fine enough that quantity x price meets the line's amount to the cent, whatever the minutes.
_QUANTITY_STEP = Decimal(1).scaleb(-6)


class EInvoiceStatus(StrEnum):
    """Where an e-invoice is. REFUSED: our own checks found something missing, and nothing left the house.

    STAGED: the file lies with the receiver under a temporary name, and only its renaming is left. DELIVERED: the
    operator has it. RECEIVED and REJECTED are what receipts say.
    """

    REFUSED = "refused"
    QUEUED = "queued"
    STAGED = "staged"
    DELIVERED = "delivered"
    RECEIVED = "received"
    REJECTED = "rejected"


class EInvoiceAction(StrEnum):
    """What can happen to an e-invoice."""

    QUEUE = "queue"
    REFUSE = "refuse"
    STAGE = "stage"
    DELIVER = "deliver"
    RECEIVE = "receive"
    REJECT = "reject"


_S, _A = EInvoiceStatus, EInvoiceAction

TRANSITIONS: dict[tuple[EInvoiceStatus, EInvoiceAction], EInvoiceStatus] = {
    (_S.REFUSED, _A.QUEUE): _S.QUEUED,
    (_S.REFUSED, _A.REFUSE): _S.REFUSED,
    (_S.QUEUED, _A.STAGE): _S.STAGED,
    (_S.STAGED, _A.DELIVER): _S.DELIVERED,
    (_S.STAGED, _A.RECEIVE): _S.RECEIVED,
    (_S.STAGED, _A.REJECT): _S.REJECTED,
    (_S.DELIVERED, _A.RECEIVE): _S.RECEIVED,
    (_S.DELIVERED, _A.REJECT): _S.REJECTED,
    (_S.DELIVERED, _A.QUEUE): _S.QUEUED,
    (_S.DELIVERED, _A.REFUSE): _S.REFUSED,
    (_S.RECEIVED, _A.REJECT): _S.REJECTED,
    (_S.REJECTED, _A.QUEUE): _S.QUEUED,
    (_S.REJECTED, _A.REFUSE): _S.REFUSED,
}

# What waits for somebody to put it right.
STUCK = frozenset({_S.REFUSED, _S.REJECTED})
# What is on its way, and is late after a day.
ON_ITS_WAY = frozenset({_S.QUEUED, _S.STAGED})
LATE_AFTER = timedelta(days=1)


def next_state(status: EInvoiceStatus, action: EInvoiceAction) -> EInvoiceStatus:
    """The status after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return states.follow(TRANSITIONS, status, action, "einvoice")


def can_send_again(status: EInvoiceStatus) -> bool:
    """Whether a person may send it (again): what is refused, rejected, or delivered without having been received."""
    return (status, EInvoiceAction.QUEUE) in TRANSITIONS


# What it says


@dataclass(frozen=True, kw_only=True)
class Address:
    """A postal address in one country."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = COUNTRY

    @property
    def is_empty(self) -> bool:
        return not (self.street or self.postcode or self.city)


@dataclass(frozen=True, kw_only=True)
class Side:
    """The seller or the buyer: who, and the electronic address with the operator behind it.

    `business_id` is the Y-tunnus (1234567-1), `vat_id` FI and its digits for whoever is in the VAT register.
    """

    name: str
    business_id: str = ""
    vat_id: str = ""
    address: Address = field(default_factory=Address)
    email: str = ""
    phone: str = ""
    endpoint: str = ""
    operator: str = ""

    @property
    def has_ovt(self) -> bool:
        """Whether the electronic address is an OVT code; the other kind there is, an IBAN, is a bank's."""
        return self.endpoint.startswith(OVT_PREFIX)


@dataclass(frozen=True, kw_only=True)
class EInvoiceLine:
    """One line: the hours of one person on one day; a share of them can have parts of a minute."""

    number: str
    description: str
    day: date | None
    minutes: int | Decimal
    hourly_price: Decimal | None
    vat_percent: Decimal
    net: Decimal | None
    is_outside: bool = False

    @property
    def hours(self) -> Decimal:
        """The minutes as hours with at most six decimals, without needless zeros."""
        return plain((Decimal(self.minutes) / MINUTES_IN_HOUR).quantize(_QUANTITY_STEP))

    @property
    def category(self) -> str:
        return category_of(self.vat_percent, is_outside=self.is_outside)


@dataclass(frozen=True, kw_only=True)
class VatPart:
    """The sums of one VAT rate; `reason` says why nothing is charged, where nothing is."""

    percent: Decimal
    base: Decimal
    vat: Decimal
    reason: str = ""
    is_outside: bool = False

    @property
    def category(self) -> str:
        return category_of(self.percent, is_outside=self.is_outside)


@dataclass(frozen=True, kw_only=True)
class Credited:
    """The invoice that a credit note takes back."""

    number: str
    dated: date | None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How the money goes: account, reference number (the Finnish one and RF), due day, the terms in words."""

    iban: str
    bic: str
    reference: str
    rf_reference: str
    due_on: date | None
    text: str
    late_interest: str = ""
    late_interest_percent: Decimal | None = None
    bar_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Sums:
    """The invoice's sums: of the lines, without VAT, VAT, with VAT."""

    lines: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, kw_only=True)
class EInvoice:
    """Everything that an e-invoice says. `message_id` names this sending, `made_at` says when it was written."""

    kind: InvoiceKind
    message_id: str
    made_at: datetime
    language: str
    number: str
    issued_on: date | None
    period_start: date | None
    period_end: date | None
    seller: Side
    buyer: Side
    buyer_reference: str = ""
    order_reference: str = ""
    cost_centre: str = ""
    note: str = ""
    credits: Credited | None = None
    terms: Terms
    lines: tuple[EInvoiceLine, ...]
    vat_parts: tuple[VatPart, ...]
    sums: Sums

    @property
    def is_credit_note(self) -> bool:
        return self.kind is InvoiceKind.CREDIT_NOTE


# The small things


def category_of(percent: Decimal, *, is_outside: bool = False) -> str:
    """The VAT category of EN 16931: standard rated; where nothing is charged exempt, or outside VAT."""
    if percent > ZERO:
        return STANDARD_RATED
    return OUTSIDE if is_outside else EXEMPT


def plain(number: Decimal) -> Decimal:
    """A number without needless zeros and never in the form 1E+2."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if number.as_tuple().exponent > 0 else number


def clock_text(moment: datetime) -> str:
    """A moment as XML takes it, to the second."""
    return moment.isoformat(timespec="seconds")


def file_name(seller_ovt: str, number: str, attempt: int) -> str:
    """The name of the file: the same invoice sent again is told apart by its attempt."""
    again = f"_{attempt}" if attempt > 1 else ""
    return f"{seller_ovt}_{number}{again}.xml"
