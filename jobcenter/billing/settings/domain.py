"""Billing settings as a Jobcenter has them on a day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jobcenter.core.errors import DomainError
from jobcenter.orders.hours.domain_corrections import in_words
from jobcenter.orders.organisations.domain import OVT_PREFIX, einvoice_of


class ReasonMissing(DomainError):
    """A safeguard is to be lowered and nobody said why."""


class NobodyToAsk(DomainError):
    """Nobody else in the Jobcenter may decide that a safeguard is lowered."""


class PartnerSwitchRefused(DomainError):
    """Who bills the partner form cannot change for work from that day on."""


class EInvoiceFormat(StrEnum):
    """The formats in which a Jobcenter may have its e-invoices written; its operator turns one into the other."""

    FINVOICE = "finvoice"
    PEPPOL = "peppol"


class VatFree(StrEnum):
    """Why a Jobcenter charges no VAT, by the section of the Value Added Tax Act (1501/1993) it goes by."""

    SMALL_BUSINESS = "small_business"
    NON_PROFIT = "non_profit"
    SOCIAL_CARE = "social_care"


@dataclass(frozen=True)
class EInvoiceSender:
    """How a Jobcenter sends e-invoices: the format, its own address (an OVT code) and its operator's code."""

    format: EInvoiceFormat
    address: str
    operator: str


def sender_of(form: EInvoiceFormat | None, address: str, operator: str) -> EInvoiceSender | None:
    """What was typed as a sender, None when e-invoices are not in use.

    Raises EinvoiceRefused or DomainError, beside the field that is wrong.
    """
    address, operator = einvoice_of(address, operator)
    if form is None and not address:
        return None
    if form is None:
        raise DomainError("einvoice_format_missing", "einvoice_format")
    if not address:
        raise DomainError("einvoice_sender_missing", "einvoice_address")
    if not address.startswith(OVT_PREFIX):
        raise DomainError("einvoice_sender_not_ovt", "einvoice_address")
    return EInvoiceSender(form, address, operator)


@dataclass(frozen=True)
class BillingTerms:
    """How many days orderers have to pay, on which days of the month pay is paid, how invoices are sent.

    `einvoices` says how e-invoices are sent, None while they are not; `vat_free` why no VAT is charged where the rate
    is 0; `approves_invoices` whether a second person looks at a draft before it is sent; `rf_references` whether
    invoices carry the international reference number instead of the Finnish one.
    """

    payment_days: int
    pay_days: tuple[int, ...]
    einvoices: EInvoiceSender | None = None
    vat_free: VatFree | None = None
    approves_invoices: bool = False
    rf_references: bool = False


@dataclass(frozen=True)
class SaveTerms:
    """What a coordinator sets; None means what the shipped data say. `reason`: why the approval is to be given up.

    `partner_from`: the first day of work from which the partner bills, or not; None is today.
    """

    payment_days: int | None
    pay_days: tuple[int, ...] | None
    partner_bills: bool
    version: int
    einvoices: EInvoiceSender | None = None
    card_most: Decimal | None = None
    vat_free: VatFree | None = None
    approves_invoices: bool = False
    rf_references: bool = False
    reason: str = ""
    partner_from: date | None = None


@dataclass(frozen=True)
class Work:
    """How much work of the partner form something is about, and its first and last day."""

    first_day: date
    last_day: date
    minutes: int


@dataclass(frozen=True)
class DoneHere:
    """What stands in the way of the partner's billing: what of the work is `billed` by the Jobcenter, on invoices and
    drafts, since the orderer would be asked twice; and what is `owed` to the partner, which has paid it, by the books.
    """

    billed: Work | None = None
    owed: Work | None = None


def check_switch(day: date, *, is_first: bool, here: DoneHere, today: date) -> None:
    """Refuse that who bills changes for work of the past, though the first time it can be set from any day, and that
    the partner bills work that the Jobcenter has billed or owes it for. Raises PartnerSwitchRefused.
    """
    if day < today and not is_first:
        raise PartnerSwitchRefused("partner_switch_past", "partner_from")
    for code, work in (("partner_switch_billed", here.billed), ("partner_switch_owed", here.owed)):
        if work is not None:
            facts = {"first": work.first_day, "last": work.last_day, "hours": in_words(work.minutes)}
            raise PartnerSwitchRefused(code, "partner_from", **facts)
