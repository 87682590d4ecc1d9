"""What must be right before an e-invoice leaves: each check names the rule it stands for and the field it is about.

The rules are those of EN 16931 (BR-...), of Peppol BIS Billing 3 (PEPPOL-...), of Finvoice 3.0 (named FINVOICE- and the
element), and a few of our own (JOBCENTER-...). Pure; `messages.py` has the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from stdnum.fi import ytunnus

from jobcenter.billing import bank
from jobcenter.billing.einvoices.domain import COUNTRY, EInvoice, EInvoiceLine, Side
from jobcenter.billing.settings.domain import EInvoiceFormat
from jobcenter.core.money import CENT, ZERO, round_cents
from jobcenter.orders.organisations.domain import is_ovt

# How far a line may be from quantity x price in Peppol, in euros.
SLACK = 2 * CENT
NAME_LEAST, ADDRESS_LEAST, ADDRESS_MOST = 2, 2, 35
STREET_MOST = 105
NUMBER_MOST, REFERENCE_MOST, COST_CENTRE_MOST, CODE_MOST, MESSAGE_MOST = 20, 70, 35, 35, 48
BIC_LENGTHS = (8, 11)


class Field(StrEnum):
    """What a fault is about, in the order of an invoice."""

    NUMBER = "number"
    ISSUED_ON = "issued_on"
    PERIOD = "period"
    SELLER_NAME = "seller_name"
    SELLER_BUSINESS_ID = "seller_business_id"
    SELLER_VAT_ID = "seller_vat_id"
    SELLER_ADDRESS = "seller_address"
    SELLER_ENDPOINT = "seller_endpoint"
    SELLER_OPERATOR = "seller_operator"
    BUYER_NAME = "buyer_name"
    BUYER_BUSINESS_ID = "buyer_business_id"
    BUYER_ADDRESS = "buyer_address"
    BUYER_ENDPOINT = "buyer_endpoint"
    BUYER_OPERATOR = "buyer_operator"
    BUYER_REFERENCE = "buyer_reference"
    COST_CENTRE = "cost_centre"
    ORDER_REFERENCE = "order_reference"
    CREDITED = "credited"
    IBAN = "iban"
    BIC = "bic"
    REFERENCE = "reference"
    DUE_ON = "due_on"
    MESSAGE_ID = "message_id"
    LINES = "lines"
    VAT = "vat"
    VAT_REASON = "vat_reason"
    SUMS = "sums"


# What an invoice is given when it is sent: a draft lacks it, and nobody need put it right.
GIVEN_WHEN_SENT = frozenset({Field.NUMBER, Field.ISSUED_ON, Field.DUE_ON, Field.REFERENCE})


@dataclass(frozen=True, order=True)
class Fault:
    """A rule that an e-invoice breaks. `line` is the number of the line it is about, "" if it is about the whole."""

    rule: str
    field: Field
    line: str = ""


Check = Callable[[EInvoice], bool]


@dataclass(frozen=True)
class Rule:
    """A rule about the whole invoice: `holds` says whether the invoice keeps it. No formats means every format."""

    code: str
    field: Field
    holds: Check
    formats: frozenset[EInvoiceFormat] = frozenset(EInvoiceFormat)


@dataclass(frozen=True)
class LineRule:
    """A rule that each line must keep."""

    code: str
    field: Field
    holds: Callable[[EInvoice, EInvoiceLine], bool]
    formats: frozenset[EInvoiceFormat] = frozenset(EInvoiceFormat)


def faults(invoice: EInvoice, form: EInvoiceFormat) -> tuple[Fault, ...]:
    """Every rule that the invoice breaks in this format, in the table's order; none means that it may leave."""
    return tuple(_faults(invoice, form))


def _faults(invoice: EInvoice, form: EInvoiceFormat) -> Iterator[Fault]:
    for rule in RULES:
        if form in rule.formats and not rule.holds(invoice):
            yield Fault(rule.code, rule.field)
    for line_rule in LINE_RULES:
        for line in invoice.lines:
            if form in line_rule.formats and not line_rule.holds(invoice, line):
                yield Fault(line_rule.code, line_rule.field, line.number)


# What the rules look at


def _is_business_id(number: str) -> bool:
    return not number or ytunnus.is_valid(number)


def _is_vat_id(side: Side) -> bool:
    return not side.vat_id or (side.vat_id.startswith(COUNTRY) and ytunnus.is_valid(side.vat_id.removeprefix(COUNTRY)))


def _has_whole_address(side: Side) -> bool:
    """All of street, postcode and town, or none; Finvoice has room for 105 characters of street and 35 of the rest."""
    if side.address.is_empty:
        return True
    street, rest = side.address.street, (side.address.postcode, side.address.city)
    return ADDRESS_LEAST <= len(street) <= STREET_MOST and all(
        ADDRESS_LEAST <= len(part) <= ADDRESS_MOST for part in rest
    )


def _period_holds(invoice: EInvoice) -> bool:
    start, end = invoice.period_start, invoice.period_end
    return start is not None and end is not None and start <= end


def _sum_of_lines(invoice: EInvoice) -> Decimal:
    return sum((line.net or ZERO for line in invoice.lines), ZERO)


def _vat_is_summed_per_rate(invoice: EInvoice) -> bool:
    return all(part.vat == round_cents(part.base * part.percent / 100) for part in invoice.vat_parts)


def _bases_are_the_lines(invoice: EInvoice) -> bool:
    """Each rate of the lines stands once in the VAT summary, with the sum of its lines as the base."""
    of_lines: dict[Decimal, Decimal] = {}
    for line in invoice.lines:
        of_lines[line.vat_percent] = of_lines.get(line.vat_percent, ZERO) + (line.net or ZERO)
    parts = {part.percent: part.base for part in invoice.vat_parts}
    return len(parts) == len(invoice.vat_parts) and parts == of_lines


def _is_charged(invoice: EInvoice) -> bool:
    return any(line.vat_percent > ZERO for line in invoice.lines)


def _has_reasons(invoice: EInvoice) -> bool:
    return all(part.reason for part in invoice.vat_parts if part.percent <= ZERO)


def _is_paid_by_someday(invoice: EInvoice) -> bool:
    return invoice.is_credit_note or invoice.sums.gross <= ZERO or invoice.terms.due_on is not None


def _line_meets_price(_invoice: EInvoice, line: EInvoiceLine) -> bool:
    if line.net is None or line.hourly_price is None:
        return True
    return abs(line.hours * line.hourly_price - line.net) <= SLACK


def _line_is_in_period(invoice: EInvoice, line: EInvoiceLine) -> bool:
    if line.day is None or not _period_holds(invoice):
        return True
    return invoice.period_start <= line.day <= invoice.period_end


def _has_sign(invoice: EInvoice) -> bool:
    """An invoice asks for money, a credit note gives it back."""
    return invoice.sums.gross < ZERO if invoice.is_credit_note else invoice.sums.gross > ZERO


def _names_what_it_credits(invoice: EInvoice) -> bool:
    return not invoice.is_credit_note or (invoice.credits is not None and bool(invoice.credits.number))


# The rules

_PEPPOL = frozenset({EInvoiceFormat.PEPPOL})
_FINVOICE = frozenset({EInvoiceFormat.FINVOICE})

RULES: tuple[Rule, ...] = (
    Rule("BR-02", Field.NUMBER, lambda e: bool(e.number)),
    Rule("FINVOICE-InvoiceNumber", Field.NUMBER, lambda e: len(e.number) <= NUMBER_MOST, _FINVOICE),
    Rule("BR-03", Field.ISSUED_ON, lambda e: e.issued_on is not None),
    Rule("BR-29", Field.PERIOD, _period_holds),
    Rule("BR-06", Field.SELLER_NAME, lambda e: len(e.seller.name) >= NAME_LEAST),
    Rule("BR-CO-26", Field.SELLER_BUSINESS_ID, lambda e: bool(e.seller.business_id)),
    Rule("JOBCENTER-BUSINESS-ID", Field.SELLER_BUSINESS_ID, lambda e: _is_business_id(e.seller.business_id)),
    Rule("BR-S-02", Field.SELLER_VAT_ID, lambda e: bool(e.seller.vat_id) or not _is_charged(e)),
    Rule("BR-CO-09", Field.SELLER_VAT_ID, lambda e: _is_vat_id(e.seller)),
    Rule("BR-09", Field.SELLER_ADDRESS, lambda e: bool(e.seller.address.country)),
    Rule(
        "FINVOICE-SellerPostalAddressDetails", Field.SELLER_ADDRESS, lambda e: _has_whole_address(e.seller), _FINVOICE
    ),
    Rule("PEPPOL-EN16931-R020", Field.SELLER_ENDPOINT, lambda e: bool(e.seller.endpoint)),
    Rule("PEPPOL-EN16931-CL008", Field.SELLER_ENDPOINT, lambda e: not e.seller.endpoint or is_ovt(e.seller.endpoint)),
    Rule(
        "FINVOICE-FromIntermediator",
        Field.SELLER_OPERATOR,
        lambda e: NAME_LEAST <= len(e.seller.operator) <= CODE_MOST,
        _FINVOICE,
    ),
    Rule("BR-07", Field.BUYER_NAME, lambda e: len(e.buyer.name) >= NAME_LEAST),
    Rule("JOBCENTER-BUSINESS-ID", Field.BUYER_BUSINESS_ID, lambda e: _is_business_id(e.buyer.business_id)),
    Rule("BR-CO-09", Field.BUYER_BUSINESS_ID, lambda e: _is_vat_id(e.buyer)),
    Rule("BR-11", Field.BUYER_ADDRESS, lambda e: bool(e.buyer.address.country)),
    Rule("FINVOICE-BuyerPostalAddressDetails", Field.BUYER_ADDRESS, lambda e: _has_whole_address(e.buyer), _FINVOICE),
    Rule("PEPPOL-EN16931-R010", Field.BUYER_ENDPOINT, lambda e: bool(e.buyer.endpoint)),
    Rule(
        "PEPPOL-EN16931-CL008",
        Field.BUYER_ENDPOINT,
        lambda e: not e.buyer.endpoint or is_ovt(e.buyer.endpoint),
        _PEPPOL,
    ),
    Rule(
        "FINVOICE-ToIdentifier",
        Field.BUYER_ENDPOINT,
        lambda e: not e.buyer.endpoint or is_ovt(e.buyer.endpoint) or bank.is_iban(e.buyer.endpoint),
        _FINVOICE,
    ),
    Rule(
        "FINVOICE-ToIntermediator",
        Field.BUYER_OPERATOR,
        lambda e: NAME_LEAST <= len(e.buyer.operator) <= CODE_MOST,
        _FINVOICE,
    ),
    Rule(
        "PEPPOL-EN16931-R003",
        Field.BUYER_REFERENCE,
        lambda e: bool(e.buyer_reference or e.order_reference),
        _PEPPOL,
    ),
    Rule(
        "FINVOICE-BuyerReferenceIdentifier",
        Field.BUYER_REFERENCE,
        lambda e: len(e.buyer_reference) <= REFERENCE_MOST,
        _FINVOICE,
    ),
    Rule(
        "FINVOICE-OrderIdentifier",
        Field.ORDER_REFERENCE,
        lambda e: len(e.order_reference) <= REFERENCE_MOST,
        _FINVOICE,
    ),
    Rule(
        "FINVOICE-AccountDimensionText",
        Field.COST_CENTRE,
        lambda e: len(e.cost_centre) <= COST_CENTRE_MOST,
        _FINVOICE,
    ),
    Rule("BR-55", Field.CREDITED, _names_what_it_credits),
    Rule("BR-61", Field.IBAN, lambda e: bool(e.terms.iban)),
    Rule("JOBCENTER-IBAN", Field.IBAN, lambda e: not e.terms.iban or bank.is_iban(e.terms.iban)),
    Rule("FINVOICE-EpiBfiIdentifier", Field.BIC, lambda e: len(e.terms.bic) in BIC_LENGTHS, _FINVOICE),
    Rule(
        "JOBCENTER-REFERENCE",
        Field.REFERENCE,
        lambda e: e.is_credit_note or bank.is_rf_reference(e.terms.rf_reference),
    ),
    Rule("BR-CO-25", Field.DUE_ON, _is_paid_by_someday),
    Rule("FINVOICE-MessageIdentifier", Field.MESSAGE_ID, lambda e: 2 <= len(e.message_id) <= MESSAGE_MOST, _FINVOICE),
    Rule("BR-16", Field.LINES, lambda e: bool(e.lines)),
    Rule("BR-CO-18", Field.VAT, lambda e: bool(e.vat_parts)),
    Rule("BR-S-08", Field.VAT, _bases_are_the_lines),
    Rule("BR-CO-17", Field.VAT, _vat_is_summed_per_rate),
    Rule("BR-E-10", Field.VAT_REASON, _has_reasons),
    Rule("BR-CO-10", Field.SUMS, lambda e: e.sums.lines == _sum_of_lines(e)),
    Rule("BR-CO-13", Field.SUMS, lambda e: e.sums.net == e.sums.lines),
    Rule("BR-CO-14", Field.SUMS, lambda e: e.sums.vat == sum((part.vat for part in e.vat_parts), ZERO)),
    Rule("BR-CO-15", Field.SUMS, lambda e: e.sums.gross == e.sums.net + e.sums.vat),
    Rule("JOBCENTER-SIGN", Field.SUMS, _has_sign),
)

LINE_RULES: tuple[LineRule, ...] = (
    LineRule("BR-21", Field.LINES, lambda _, line: bool(line.number)),
    LineRule("BR-22", Field.LINES, lambda _, line: line.minutes != 0),
    LineRule("BR-24", Field.LINES, lambda _, line: line.net is not None),
    LineRule("BR-25", Field.LINES, lambda _, line: bool(line.description)),
    LineRule("BR-26", Field.LINES, lambda _, line: line.hourly_price is not None),
    LineRule("BR-27", Field.LINES, lambda _, line: line.hourly_price is None or line.hourly_price >= ZERO),
    LineRule("PEPPOL-EN16931-R110", Field.PERIOD, _line_is_in_period),
    LineRule("PEPPOL-EN16931-R120", Field.LINES, _line_meets_price),
)
