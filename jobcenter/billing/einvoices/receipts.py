"""Reading what comes back: Peppol's responses (UBL ApplicationResponse), Finvoice acknowledgements, and a plain CSV.

Pure. XML is read without entities, document types and the network.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

# Peppol's codes that end an invoice's road; the others (acknowledged, in process, accepted, paid) say that it arrived.
REJECTED_CODES = frozenset({"RE"})
RECEIVED_WORD, REJECTED_WORD = "received", "rejected"
LARGEST = 1_000_000


class Unreadable(Exception):
    """The file is no receipt that we know; says what it is instead."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What was answered about one e-invoice, and the names by which it is found; the seller is our OVT code."""

    is_rejected: bool
    reason: str = ""
    file_name: str = ""
    message_id: str = ""
    number: str = ""
    seller: str = ""


def read(content: bytes) -> list[Receipt]:
    """The receipts that a file holds. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable("the file is too large for a receipt")
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _read_csv(content)
    root = _parsed(content)
    name = etree.QName(root).localname
    if name == "ApplicationResponse":
        return _read_response(root)
    acknowledgements = [root] if name == "Finvoiceack" else list(root.iter("{*}Finvoiceack"))
    if not acknowledgements:
        raise Unreadable(f"{name} is no receipt")
    return [_read_acknowledgement(found) for found in acknowledgements]


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"no XML: {error.msg}") from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("a document type is not read")
    return root


def _read_response(root: etree._Element) -> list[Receipt]:
    """A message level response or an invoice response; it names our message, or the invoice by its number."""
    answered = list(root.iter("{*}DocumentResponse"))
    if not answered:
        raise Unreadable("the response answers nothing")
    seller = _text(root, "{*}ReceiverParty/{*}EndpointID")
    return [
        Receipt(
            is_rejected=_text(answer, "{*}Response/{*}ResponseCode") in REJECTED_CODES,
            reason="; ".join(_reasons(answer)),
            message_id=_text(answer, "{*}DocumentReference/{*}ID"),
            number=_text(answer, "{*}DocumentReference/{*}ID"),
            seller=seller,
        )
        for answer in answered
    ]


def _reasons(answer: etree._Element) -> Iterator[str]:
    """The words of a response: its descriptions, and its reasons with codes where there are no words."""
    for found in answer.iter("{*}Description", "{*}StatusReason"):
        if found.text and found.text.strip():
            yield found.text.strip()


def _read_acknowledgement(root: etree._Element) -> Receipt:
    """A bank's acknowledgement of Finvoice: it names our message, and holds an error when it is refused."""
    errors = [" ".join(text.strip() for text in error.itertext() if text.strip()) for error in root.iter("{*}Error")]
    message_id = _text(root, ".//{*}RefToMessageIdentifier")
    if not message_id:
        raise Unreadable("the acknowledgement names no message")
    return Receipt(is_rejected=bool(errors), reason="; ".join(errors), message_id=message_id)


def _read_csv(content: bytes) -> list[Receipt]:
    """`file;state;reason` by line: the file's name as we sent it, `received` or `rejected`, and why."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("the file is not UTF-8") from error
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";") if any(cell.strip() for cell in row)]
    if not rows:
        raise Unreadable("the file is empty")
    return [_csv_receipt(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, start=1)]


def _csv_receipt(number: int, row: list[str]) -> Receipt:
    file_name, state, *reason = [*row, ""]
    if state not in (RECEIVED_WORD, REJECTED_WORD):
        raise Unreadable(f"row {number}: the state is neither {RECEIVED_WORD} nor {REJECTED_WORD}")
    return Receipt(is_rejected=state == REJECTED_WORD, reason=reason[0], file_name=file_name)


def _text(element: etree._Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
