"""Reading banks' files: what came in, what is left out, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.billing.payments.statements import (
    LeftOut,
    StatementKind,
    UnreadableStatement,
    national_reference,
    read_statement,
    references_in,
)
from tests.statements_of_banks import IBAN, camt, entry, ktl, ktl_payment

PAYMENT = entry("18.20", reference="12344", archive="A1")


def only(content: bytes):
    (incoming,) = read_statement(content).incoming
    return incoming


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("12344", "12344"),
        ("1 2344", "12344"),
        ("00000000000000012344", "12344"),
        ("RF08 1234 4", "12344"),
        ("rf0812344", "12344"),
        ("RF0912344", None),
        ("12345", None),
        ("", None),
    ],
)
def test_a_reference_is_one_whatever_way_it_is_written(text, reference):
    assert national_reference(text) == reference


def test_references_are_found_in_free_text():
    assert references_in("Lasku 12344, ja RF0812344; puh 050 123") == ("12344",)
    assert references_in("kiitos") == ()


@pytest.mark.parametrize("kind", [StatementKind.CAMT_053, StatementKind.CAMT_054])
def test_a_statement_tells_what_came_in(kind):
    statement = read_statement(camt(PAYMENT, kind=kind))
    assert (statement.kind, statement.account) == (kind, IBAN)
    (incoming,) = statement.incoming
    assert (incoming.day, incoming.amount, incoming.references) == (date(2026, 11, 20), Decimal("18.20"), ("12344",))
    assert (incoming.payer, incoming.key) == ("Kahvila Kaisla Oy", f"{IBAN[4:]}:A1")


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (entry("18.20", indicator="DBIT"), LeftOut.OUTGOING),
        (entry("18.20", status="PDNG"), LeftOut.NOT_BOOKED),
        (entry("18.20", currency="SEK"), LeftOut.OTHER_CURRENCY),
        (entry("36.40", batch=2), LeftOut.SUM_WITHOUT_PARTS),
        (entry("18.20", reversal=True), LeftOut.CORRECTION),
    ],
)
def test_what_is_no_payment_is_left_out_and_said(part, reason):
    statement = read_statement(camt(part, PAYMENT))
    assert len(statement.incoming) == 1 and statement.left_out == {reason: 1}


def test_a_sum_with_its_parts_is_read_part_by_part():
    whole = entry("36.40", parts=(("18.20", "12344", "A1"), ("18.20", "1009", "A2")))
    found = read_statement(camt(whole)).incoming
    assert [(one.amount, one.references, one.key[-2:]) for one in found] == [
        (Decimal("18.20"), ("12344",), "A1"),
        (Decimal("18.20"), ("1009",), "A2"),
    ]


def test_a_reference_in_the_message_counts_too():
    assert only(camt(entry("5.00", message="RF08 12344 kiitos"))).references == ("12344",)


def test_two_payments_alike_in_one_file_are_two():
    found = read_statement(camt(entry("5.00", message="x"), entry("5.00", message="x"))).incoming
    assert len({one.key for one in found}) == 2


def test_reference_payments_are_read():
    statement = read_statement(ktl(ktl_payment("18.20", "12344", "A1"), ktl_payment("5.00", "1009", "A2")))
    assert (statement.kind, statement.is_of(IBAN), statement.is_of("FI2112345600000785")) == (
        StatementKind.KTL, True, False
    )  # fmt: skip
    first, second = statement.incoming
    assert (first.day, first.amount, first.references) == (date(2026, 11, 20), Decimal("18.20"), ("12344",))
    assert first.key == only(camt(PAYMENT)).key
    assert second.payer == "Kahvila Kais"


def test_a_correction_is_left_out():
    assert read_statement(ktl(ktl_payment("5.00", "12344", "A1", correction="1"))).left_out == {LeftOut.CORRECTION: 1}


def numbered(amount, number, day):
    """An entry to which the bank gives no name but its number on the statement."""
    return entry(amount, reference="12344", day=day).replace("<Ntry>", f"<Ntry><NtryRef>{number}</NtryRef>")


def test_the_first_entries_of_two_days_are_two_payments():
    monday, tuesday = (only(camt(numbered("18.20", 1, day))) for day in ("2026-11-16", "2026-11-17"))
    assert monday.key != tuesday.key
    assert monday == only(camt(numbered("18.20", 1, "2026-11-16")))


def test_an_entry_of_nothing_is_no_payment():
    assert len(read_statement(camt(entry("0.00", archive="A1"), PAYMENT)).incoming) == 1
    assert len(read_statement(ktl(ktl_payment("0.00", "1", "A1"), ktl_payment("5.00", "12344", "A2"))).incoming) == 1


ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name;amount\nx;1\n",
        b"<Document/>",
        b"<Document",
        ENTITY + camt(PAYMENT).split(b"?>", 1)[1].replace(b"Kahvila Kaisla Oy", b"&e;"),
        camt(PAYMENT).replace(IBAN.encode(), b""),
        camt(entry("99.00", parts=(("18.20", "12344", "A1"), ("18.20", "1009", "A2")))),
        camt(PAYMENT).replace(b"2026-11-20", b"yesterday"),
        *(
            camt(PAYMENT).replace(b">18.20<", f">{text}<".encode())
            for text in ("a lot", "-18.20", "18.205", "Infinity")
        ),
        ktl(ktl_payment("5.00", "12344", "A1")).replace(b"9000001", b"9000002"),
        ktl(ktl_payment("5.00", "12344", "A1")[:40]),
        b"9" * 5_000_000,
    ],
    ids=range(15),
)
def test_a_file_that_is_not_in_order_is_refused(content):
    with pytest.raises(UnreadableStatement):
        read_statement(content)
