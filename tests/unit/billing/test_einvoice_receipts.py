"""Receipts: Peppol's responses, Finvoice acknowledgements, the plain CSV, and what is no receipt."""

import mockeinvoice
import pytest
from mockeinvoice import Response, Value

from jobcenter.billing.einvoices import receipts
from jobcenter.billing.einvoices.receipts import Receipt, Unreadable

ACKNOWLEDGED = b"""<?xml version="1.0"?>
<Finvoiceack xmlns="urn:example" Version="2.0"><MessageTransmissionDetails><MessageDetails>
<MessageIdentifier>9</MessageIdentifier><RefToMessageIdentifier>003720000024-7-1</RefToMessageIdentifier>
</MessageDetails></MessageTransmissionDetails>%s</Finvoiceack>"""


def response(code: str, reason: str = "") -> bytes:
    """What a buyer answers in Peppol about invoice 7 of 003720000024."""
    made = Response(id="R1", issue_date="2026-11-23", code=code)
    made.document.id, made.document.type_code = "7", "380"
    made.receiver.endpoint = Value("003720000024", {"schemeID": "0216"})
    content = mockeinvoice.write_response(made)
    if reason:
        status = f"<cac:Status><cbc:StatusReason>{reason}</cbc:StatusReason></cac:Status></cac:Response>"
        content = content.replace(b"</cac:Response>", status.encode())
    return content


@pytest.mark.parametrize(("code", "is_rejected"), [("AP", False), ("AB", False), ("PD", False), ("RE", True)])
def test_a_response_names_the_invoice(code, is_rejected):
    (receipt,) = receipts.read(response(code, "Ostotilaus puuttuu"))
    assert receipt == Receipt(
        is_rejected=is_rejected, reason="Ostotilaus puuttuu", message_id="7", number="7", seller="003720000024"
    )


def test_an_acknowledgement_names_the_message():
    assert receipts.read(ACKNOWLEDGED % b"") == [Receipt(is_rejected=False, message_id="003720000024-7-1")]


def test_an_acknowledgement_with_an_error_is_a_rejection():
    error = b"<Error><Code>12</Code><Text>Receiver not found</Text></Error>"
    (receipt,) = receipts.read(ACKNOWLEDGED % error)
    assert (receipt.is_rejected, receipt.reason) == (True, "12 Receiver not found")


def test_an_acknowledgement_in_an_envelope_is_found():
    enveloped = b"<Envelope><Body>" + ACKNOWLEDGED.partition(b"?>\n")[2] % b"" + b"</Body></Envelope>"
    assert [receipt.message_id for receipt in receipts.read(enveloped)] == ["003720000024-7-1"]


def test_a_plain_list():
    content = "\ufeffa_1.xml;received\n\na_2.xml;rejected;Väärä osoite\n".encode()
    assert receipts.read(content) == [
        Receipt(is_rejected=False, file_name="a_1.xml"),
        Receipt(is_rejected=True, reason="Väärä osoite", file_name="a_2.xml"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"a.xml;lost",
        b"only one word",
        b"<Invoice/>",
        b"<ApplicationResponse/>",
        b"<Finvoiceack/>",
        b"<broken",
        b'<!DOCTYPE a [<!ENTITY x "y">]><ApplicationResponse>&x;</ApplicationResponse>',
        b"<" + b"a" * 1_000_001,
    ],
)
def test_what_is_no_receipt_is_said(content):
    with pytest.raises(Unreadable):
        receipts.read(content)
