"""Reading a bank's file: account statement (camt.053), notification (camt.054), Finnish reference payments (KTL). Pure.

Only money that came in is read. What cannot be told apart payment by payment is left out and said: a sum of reference
payments without its parts comes in another file, and would be booked twice.

XML is read without entities, document types, network or huge nodes. KTL follows Finance Finland's service description
"Incoming reference payments" (records of 90 characters: 0 batch, 3 payment, 9 sums).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from lxml import etree

from jobcenter.billing import bank
from jobcenter.core.money import round_cents

Element = etree._Element

LARGEST = 4_000_000
ACCOUNT_DIGITS = 14
PAYER_LENGTH, MESSAGE_LENGTH, KEY_LENGTH = 120, 250, 100
_NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:camt\.05([34])\.001\.\d\d\}Document")
_KTL_PAYMENT = re.compile(r"3(?P<account>\d{14})(?P<booked>\d{6})(?P<paid>\d{6})(?P<archive>.{16})(?P<rest>.{34,})")
_EUROS = re.compile(r"\d{1,9}(\.\d{1,5})?")
_REFERENCE_IN_TEXT = re.compile(r"(?<![0-9A-Z])(?:RF\d{2}\s?)?\d[\d ]{2,24}\d(?![0-9A-Z])")


class StatementKind(StrEnum):
    """What kind of file a bank gives."""

    CAMT_053 = "camt_053"
    CAMT_054 = "camt_054"
    KTL = "ktl"


class LeftOut(StrEnum):
    """Why a transaction of a file is not taken in."""

    OUTGOING = "outgoing"
    NOT_BOOKED = "not_booked"
    OTHER_CURRENCY = "other_currency"
    SUM_WITHOUT_PARTS = "sum_without_parts"
    CORRECTION = "correction"


class UnreadableStatement(ValueError):
    """The file is none of the kinds known, or breaks its format."""


@dataclass(frozen=True)
class Incoming:
    """One payment that came in. `key` is the account and the bank's name of the transaction; `references` may be RF."""

    key: str
    day: date
    amount: Decimal
    references: tuple[str, ...]
    payer: str
    message: str


@dataclass(frozen=True)
class Statement:
    """What a file tells: of which account (an IBAN, or in a KTL file its last 14 digits), and what came in."""

    kind: StatementKind
    account: str
    digest: str
    incoming: tuple[Incoming, ...]
    left_out: Counter[LeftOut]

    def is_of(self, iban: str) -> bool:
        """Whether the file is of this account."""
        compact = iban.replace(" ", "").upper()
        return bool(self.account) and self.account in {compact, compact[4:]}


def read_statement(content: bytes) -> Statement:
    """What a bank's file tells. Raises UnreadableStatement."""
    if not content.strip() or len(content) > LARGEST:
        raise UnreadableStatement("empty or too large")
    read = _read_camt if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _read_ktl
    try:
        kind, account, found, left_out = read(content)
    except (InvalidOperation, ValueError, IndexError, etree.XMLSyntaxError) as error:
        raise UnreadableStatement(str(error)) from error
    return Statement(kind, account, hashlib.sha256(content).hexdigest(), _told_apart(found), left_out)


def national_reference(text: str) -> str | None:
    """A reference number as invoices keep it: without blanks, leading zeros and RF. None if it is none."""
    compact = re.sub(r"\s", "", text).upper()
    if compact.startswith("RF"):
        compact = compact[4:] if bank.is_rf_reference(compact) else ""
    return compact.lstrip("0") if bank.is_reference_number(compact) else None


def references_in(text: str) -> tuple[str, ...]:
    """The reference numbers that a free text holds."""
    found = (national_reference(match[0]) for match in _REFERENCE_IN_TEXT.finditer(text.upper()))
    return tuple(dict.fromkeys(reference for reference in found if reference))


def _key(account: str, name: str) -> str:
    """The bank's name of a transaction with the account's own digits, which are the same in IBANs and KTL files."""
    return f"{account[-ACCOUNT_DIGITS:]}:{name[:KEY_LENGTH]}"


def _told_apart(found: list[Incoming]) -> tuple[Incoming, ...]:
    """Payments of one file whose keys are alike get a number after the first: they are payments of their own."""
    seen: Counter[str] = Counter()
    told = []
    for payment in found:
        seen[payment.key] += 1
        number = f"#{seen[payment.key]}" if seen[payment.key] > 1 else ""
        told.append(
            Incoming(
                payment.key + number,
                payment.day,
                payment.amount,
                payment.references,
                payment.payer[:PAYER_LENGTH],
                payment.message[:MESSAGE_LENGTH],
            )
        )
    return tuple(told)


# camt

Found = tuple[StatementKind, str, list[Incoming], Counter[LeftOut]]


def _read_camt(content: bytes) -> Found:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("a document type is not allowed")
    match = _NAMESPACE.fullmatch(root.tag)
    if match is None:
        raise ValueError(f"{root.tag} is no account statement")
    kind = StatementKind.CAMT_053 if match[1] == "3" else StatementKind.CAMT_054
    accounts = {_text(node, "Acct/Id/IBAN") for node in _all(root, "*/Stmt") + _all(root, "*/Ntfctn")}
    if len(accounts) != 1 or not (account := accounts.pop()):
        raise ValueError("one account with an IBAN is needed")
    found: list[Incoming] = []
    left_out: Counter[LeftOut] = Counter()
    for entry in _all(root, "*/Stmt/Ntry") + _all(root, "*/Ntfctn/Ntry"):
        reason = _why_left_out(entry)
        if reason is None:
            found += _payments_of(entry, account)
        else:
            left_out[reason] += 1
    return kind, account, found, left_out


def _why_left_out(entry: Element) -> LeftOut | None:
    details = _all(entry, "NtryDtls/TxDtls")
    number = _text(entry, "NtryDtls/Btch/NbOfTxs")
    amounts = [_amount(detail) for detail in details]
    if _text(entry, "CdtDbtInd") != "CRDT":
        return LeftOut.OUTGOING
    if (_text(entry, "Sts/Cd") or _text(entry, "Sts")) != "BOOK":
        return LeftOut.NOT_BOOKED
    if _text(entry, "RvslInd") == "true":
        return LeftOut.CORRECTION
    if _find(entry, "Amt").get("Ccy") != "EUR":
        return LeftOut.OTHER_CURRENCY
    if number and int(number) > max(len(details), 1) or len(details) > 1 and None in amounts:
        return LeftOut.SUM_WITHOUT_PARTS
    return None


def _payments_of(entry: Element, account: str) -> Iterator[Incoming]:
    day = date.fromisoformat((_text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm"))[:10])
    total = _euros(_text(entry, "Amt"))
    details = _all(entry, "NtryDtls/TxDtls") or [entry]
    amounts = [total] if len(details) == 1 else [_amount(detail) for detail in details]
    if sum(amounts) != total:
        raise ValueError(f"the parts of an entry of {total} come to {sum(amounts)}")
    for detail, amount in ((detail, amount) for detail, amount in zip(details, amounts, strict=True) if amount):
        name = _text(detail, "Refs/AcctSvcrRef") or _text(entry, "AcctSvcrRef")
        message = " ".join(_texts(detail, "RmtInf/Ustrd"))
        given = [national_reference(text) for text in _texts(detail, "RmtInf/Strd/CdtrRefInf/Ref")]
        references = [reference for reference in given if reference] or list(references_in(message))
        payer = _text(detail, "RltdPties/Dbtr/Nm") or _text(detail, "RltdPties/Dbtr/Pty/Nm")
        name = name or _made_up_name(_text(entry, "NtryRef"), day, amount, payer, message, references)
        yield Incoming(_key(account, name), day, amount, tuple(references), payer, message)


def _made_up_name(*facts: object) -> str:
    """The name of a transaction to which the bank gives none. Its number is often that on the statement, which begins
    anew every day, and tells nothing apart alone.
    """
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def _euros(text: str) -> Decimal:
    """An amount of zero or more in whole cents. Raises ValueError for what no bank's amount in euros can be."""
    if not _EUROS.fullmatch(text) or Decimal(text) != round_cents(Decimal(text)):
        raise ValueError(f"{text} is no amount in euros")
    return round_cents(Decimal(text))


def _amount(detail: Element) -> Decimal | None:
    """What one part of an entry comes to in euros, where the bank says so."""
    for path in ("AmtDtls/TxAmt/Amt", "Amt"):
        node = _find(detail, path)
        if node is not None and node.get("Ccy") == "EUR":
            return _euros((node.text or "").strip())
    return None


def _path(path: str) -> str:
    return "/".join(part if part == "*" else f"{{*}}{part}" for part in path.split("/"))


def _find(node: Element, path: str) -> Element | None:
    return node.find(_path(path))


def _all(node: Element, path: str) -> list[Element]:
    return node.findall(_path(path))


def _text(node: Element, path: str) -> str:
    found = _find(node, path)
    return (found.text or "").strip() if found is not None else ""


def _texts(node: Element, path: str) -> list[str]:
    return [text for found in _all(node, path) if (text := (found.text or "").strip())]


# KTL


def _read_ktl(content: bytes) -> Found:
    lines = [line for line in content.decode("iso-8859-1").splitlines() if line.strip()]
    if not lines or lines[0][0] != "0" or {line[0] for line in lines} - set("039"):
        raise ValueError("no file of reference payments")
    left_out: Counter[LeftOut] = Counter()
    found, accounts, taken_in = [], set(), 0
    for line in lines:
        if line[0] == "3":
            taken_in += 1
            account, payment, reason = _ktl_payment(line)
            accounts.add(account)
            if reason is None:
                found += [payment] if payment.amount else []
            else:
                left_out[reason] += 1
        elif line[0] == "9" and int(line[1:7]) + int(line[18:24].strip() or 0) != taken_in:
            raise ValueError("the file does not hold as many payments as it says")
        elif line[0] == "9":
            taken_in = 0
    if len(accounts) != 1:
        raise ValueError("payments of one account are needed")
    return StatementKind.KTL, accounts.pop(), found, left_out


def _ktl_payment(line: str) -> tuple[str, Incoming, LeftOut | None]:
    match = _KTL_PAYMENT.match(line)
    if match is None:
        raise ValueError(f"no record of a payment: {line[:20]}")
    rest = match["rest"]
    reference, payer, currency = rest[:20], rest[20:32].strip(), rest[32]
    amount = Decimal(rest[34:44]) / 100
    correction = rest[44:45]
    reason = LeftOut.CORRECTION if correction == "1" else LeftOut.OTHER_CURRENCY if currency != "1" else None
    national = national_reference(reference)
    payment = Incoming(
        key=_key(match["account"], match["archive"].strip()),
        day=_short_day(match["booked"]),
        amount=amount,
        references=(national,) if national else (),
        payer=payer,
        message="" if national else reference.strip().lstrip("0"),
    )
    return match["account"], payment, reason


def _short_day(text: str) -> date:
    return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
