"""Our own checks refuse first: with each mandatory field left out, and with each thing that cannot be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jobcenter.billing.einvoices import checks, messages
from jobcenter.billing.einvoices.checks import Fault, Field
from jobcenter.billing.einvoices.domain import Address, Credited
from jobcenter.billing.settings.domain import EInvoiceFormat
from tests.factories_einvoices import BUYER, LINES, SELLER, TERMS, credit_note, einvoice, of_lines

FINVOICE, PEPPOL = EInvoiceFormat.FINVOICE, EInvoiceFormat.PEPPOL
BOTH = (FINVOICE, PEPPOL)
IBAN_ADDRESS = "FI2112345600000785"


def seller(**changes):
    return einvoice(seller=replace(SELLER, **changes))


def buyer(**changes):
    return einvoice(buyer=replace(BUYER, **changes))


def terms(**changes):
    return einvoice(terms=replace(TERMS, **changes))


def line(**changes):
    said = einvoice()
    return replace(said, lines=(replace(said.lines[0], **changes), *said.lines[1:]))


def sums(**changes):
    return einvoice(sums=replace(einvoice().sums, **changes))


def vat(**changes):
    first, *rest = einvoice().vat_parts
    return einvoice(vat_parts=(replace(first, **changes), *rest))


# What is left out or wrong, the rule that says so, the field, and the formats that ask for it.
MUTATIONS = {
    "no number": (einvoice(number=""), "BR-02", Field.NUMBER, BOTH),
    "no date": (einvoice(issued_on=None), "BR-03", Field.ISSUED_ON, BOTH),
    "no first day": (einvoice(period_start=None), "BR-29", Field.PERIOD, BOTH),
    "no last day": (einvoice(period_end=None), "BR-29", Field.PERIOD, BOTH),
    "days turned": (einvoice(period_end=date(2024, 8, 30)), "BR-29", Field.PERIOD, BOTH),
    "no seller": (seller(name=""), "BR-06", Field.SELLER_NAME, BOTH),
    "seller without Y-tunnus": (seller(business_id=""), "BR-CO-26", Field.SELLER_BUSINESS_ID, BOTH),
    "seller with a wrong Y-tunnus": (
        seller(business_id="1234567-8"),
        "JOBCENTER-BUSINESS-ID",
        Field.SELLER_BUSINESS_ID,
        BOTH,
    ),
    "seller without VAT number": (seller(vat_id=""), "BR-S-02", Field.SELLER_VAT_ID, BOTH),
    "VAT number without country": (seller(vat_id="20000024"), "BR-CO-09", Field.SELLER_VAT_ID, BOTH),
    "seller without country": (seller(address=Address(country="")), "BR-09", Field.SELLER_ADDRESS, BOTH),
    "seller's street alone": (
        seller(address=Address(street="Työkatu 1")),
        "FINVOICE-SellerPostalAddressDetails",
        Field.SELLER_ADDRESS,
        (FINVOICE,),
    ),
    "seller without address": (seller(endpoint=""), "PEPPOL-EN16931-R020", Field.SELLER_ENDPOINT, BOTH),
    "seller at a bank": (seller(endpoint=IBAN_ADDRESS), "PEPPOL-EN16931-CL008", Field.SELLER_ENDPOINT, BOTH),
    "seller without operator": (seller(operator=""), "FINVOICE-FromIntermediator", Field.SELLER_OPERATOR, (FINVOICE,)),
    "no buyer": (buyer(name=""), "BR-07", Field.BUYER_NAME, BOTH),
    "buyer with a wrong Y-tunnus": (
        buyer(business_id="1234567-8"),
        "JOBCENTER-BUSINESS-ID",
        Field.BUYER_BUSINESS_ID,
        BOTH,
    ),
    "buyer without country": (buyer(address=Address(country="")), "BR-11", Field.BUYER_ADDRESS, BOTH),
    "buyer's town alone": (
        buyer(address=Address(city="Helsinki")),
        "FINVOICE-BuyerPostalAddressDetails",
        Field.BUYER_ADDRESS,
        (FINVOICE,),
    ),
    "buyer without address": (buyer(endpoint=""), "PEPPOL-EN16931-R010", Field.BUYER_ENDPOINT, BOTH),
    "buyer at a bank": (buyer(endpoint=IBAN_ADDRESS), "PEPPOL-EN16931-CL008", Field.BUYER_ENDPOINT, (PEPPOL,)),
    "buyer nowhere": (buyer(endpoint="laskut@example.fi"), "FINVOICE-ToIdentifier", Field.BUYER_ENDPOINT, (FINVOICE,)),
    "buyer without operator": (buyer(operator=""), "FINVOICE-ToIntermediator", Field.BUYER_OPERATOR, (FINVOICE,)),
    "no reference": (
        einvoice(buyer_reference="", order_reference=""),
        "PEPPOL-EN16931-R003",
        Field.BUYER_REFERENCE,
        (PEPPOL,),
    ),
    "long reference": (
        einvoice(buyer_reference="x" * 71),
        "FINVOICE-BuyerReferenceIdentifier",
        Field.BUYER_REFERENCE,
        (FINVOICE,),
    ),
    "long order number": (
        einvoice(order_reference="x" * 71),
        "FINVOICE-OrderIdentifier",
        Field.ORDER_REFERENCE,
        (FINVOICE,),
    ),
    "long cost centre": (
        einvoice(cost_centre="x" * 36),
        "FINVOICE-AccountDimensionText",
        Field.COST_CENTRE,
        (FINVOICE,),
    ),
    "long number": (einvoice(number="1" * 21), "FINVOICE-InvoiceNumber", Field.NUMBER, (FINVOICE,)),
    "credits nothing": (credit_note(credits=None), "BR-55", Field.CREDITED, BOTH),
    "credits without number": (
        credit_note(credits=Credited(number="", dated=date(2026, 11, 1))),
        "BR-55",
        Field.CREDITED,
        BOTH,
    ),
    "no account": (terms(iban=""), "BR-61", Field.IBAN, BOTH),
    "wrong account": (terms(iban="FI3715903000000777"), "JOBCENTER-IBAN", Field.IBAN, BOTH),
    "no bank": (terms(bic=""), "FINVOICE-EpiBfiIdentifier", Field.BIC, (FINVOICE,)),
    "no reference number": (terms(rf_reference=""), "JOBCENTER-REFERENCE", Field.REFERENCE, BOTH),
    "no due day": (terms(due_on=None), "BR-CO-25", Field.DUE_ON, BOTH),
    "no message": (einvoice(message_id=""), "FINVOICE-MessageIdentifier", Field.MESSAGE_ID, (FINVOICE,)),
    "no lines": (einvoice(lines=()), "BR-16", Field.LINES, BOTH),
    "no VAT": (einvoice(vat_parts=()), "BR-CO-18", Field.VAT, BOTH),
    "base of other lines": (vat(base=Decimal("5.00")), "BR-S-08", Field.VAT, BOTH),
    "VAT summed by line": (vat(vat=Decimal("1.17")), "BR-CO-17", Field.VAT, BOTH),
    "no reason": (
        einvoice(**of_lines((replace(LINES[1], vat_percent=Decimal(0)),))),
        "BR-E-10",
        Field.VAT_REASON,
        BOTH,
    ),
    "lines do not add up": (sums(lines=Decimal("294.84")), "BR-CO-10", Field.SUMS, BOTH),
    "net is not the lines": (sums(net=Decimal("294.84")), "BR-CO-13", Field.SUMS, BOTH),
    "VAT is not the rates": (sums(vat=Decimal("75.12")), "BR-CO-14", Field.SUMS, BOTH),
    "gross does not add up": (sums(gross=Decimal("369.95")), "BR-CO-15", Field.SUMS, BOTH),
    "a credit that asks": (
        credit_note(sums=replace(einvoice().sums)),
        "JOBCENTER-SIGN",
        Field.SUMS,
        BOTH,
    ),
    "line without number": (line(number=""), "BR-21", Field.LINES, BOTH),
    "line without time": (line(minutes=0), "BR-22", Field.LINES, BOTH),
    "line without sum": (line(net=None), "BR-24", Field.LINES, BOTH),
    "line without words": (line(description=""), "BR-25", Field.LINES, BOTH),
    "line without price": (line(hourly_price=None), "BR-26", Field.LINES, BOTH),
    "line below zero": (line(hourly_price=Decimal("-14.50")), "BR-27", Field.LINES, BOTH),
    "line on another day": (line(day=date(2024, 9, 3)), "PEPPOL-EN16931-R110", Field.PERIOD, BOTH),
    "line of other hours": (line(minutes=30), "PEPPOL-EN16931-R120", Field.LINES, BOTH),
    "buyer with a foreign VAT number": (buyer(vat_id="SE20000016"), "BR-CO-09", Field.BUYER_BUSINESS_ID, BOTH),
}


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("said", [einvoice(), credit_note()], ids=["invoice", "credit note"])
def test_what_is_whole_may_leave(said, form):
    assert checks.faults(said, form) == ()


@pytest.mark.parametrize("name", MUTATIONS)
@pytest.mark.parametrize("form", BOTH)
def test_what_is_missing_is_named(name, form):
    said, rule, field, formats = MUTATIONS[name]
    found = {(fault.rule, fault.field) for fault in checks.faults(said, form)}
    assert ((rule, field) in found) == (form in formats)


def test_a_fault_of_a_line_names_the_line():
    assert Fault("BR-25", Field.LINES, "1") in checks.faults(line(description=""), PEPPOL)


def test_every_rule_has_a_mutation():
    rules = {(rule.code, rule.field) for rule in (*checks.RULES, *checks.LINE_RULES)}
    assert rules == {(rule, field) for _said, rule, field, _formats in MUTATIONS.values()}


def test_every_rule_and_field_has_words():
    assert {rule.code for rule in (*checks.RULES, *checks.LINE_RULES)} == set(messages.RULE_TEXTS)
    assert set(Field) == set(messages.FIELD_LABELS)
