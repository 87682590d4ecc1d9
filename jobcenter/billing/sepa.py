"""A file of SEPA credit transfers (pain.001.001.09) for the bank: what it says, and its XML. Pure.

All payments of a file go out of one account on one day, in euros, each with its own end-to-end reference that the bank
gives back when it returns one. The name is the account holder's own: banks compare it with the account (Regulation (EU)
2024/886, since 9 October 2025).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

from lxml import etree
from stdnum import iban as iban_number
from stdnum import iso11649

from jobcenter.billing import bank
from jobcenter.core.errors import DomainError
from jobcenter.core.money import ZERO

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
LONGEST_ID = 35
LONGEST_NAME = 70
LONGEST_MESSAGE = 140
# The characters that every SEPA bank takes in an id; names and messages are written as they are (å, ä and ö too), as
# long as they are Latin letters: what else is in a name the bank may refuse, and all of the file with it.
ID = re.compile(rf"[A-Za-z0-9+?/:().,'-]{{1,{LONGEST_ID}}}")
LATIN = re.compile(r"[ -~\u00a0-\u017f\u2019]*")

Element = etree._Element


class Purpose(StrEnum):
    """What the payments of a file are, as ISO 20022 names it (external code set, category purpose)."""

    SALARY = "SALA"
    SUPPLIER = "SUPP"
    TAX = "TAXS"


class TransferNotReady(DomainError):
    """A payment file lacks something that the bank asks for; `name` says whose payment it is, if it is one's."""


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """One payment. `reference`: a Finnish reference number or RF; `message`: free text; one of them at most."""

    id: str
    name: str
    iban: str
    amount: Decimal
    reference: str = ""
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class TransferFile:
    """What goes to the bank at once. `bic` may be left out: the bank knows its own."""

    id: str
    made_at: datetime
    payer: str
    iban: str
    pay_on: date
    purpose: Purpose
    transfers: tuple[Transfer, ...]
    bic: str = ""

    @property
    def total(self) -> Decimal:
        return sum((transfer.amount for transfer in self.transfers), ZERO)


def check_ready(file: TransferFile) -> None:
    """Refuse a file that the bank would refuse. Raises TransferNotReady of the first fault."""
    for code, name in faults_of(file):
        raise TransferNotReady(code, name=name)


def faults_of(file: TransferFile) -> tuple[tuple[str, str], ...]:
    """Everything that a bank would refuse: the code of the fault and the name of the payee, "" for the file's own."""
    own = (
        ("transfer_file_id_wrong", bool(ID.fullmatch(file.id))),
        ("transfer_no_payer", bool(file.payer.strip())),
        ("transfer_payer_iban_wrong", iban_number.is_valid(file.iban)),
        ("transfer_not_a_bank_day", bank.is_bank_day(file.pay_on)),
        ("transfer_nothing_to_pay", bool(file.transfers)),
    )
    twice = {id for id, count in Counter(transfer.id for transfer in file.transfers).items() if count > 1}
    of_transfers = (fault for transfer in file.transfers for fault in _transfer_faults(transfer, twice))
    return (*((code, "") for code, fine in own if not fine), *of_transfers)


def _transfer_faults(transfer: Transfer, twice: Iterable[str]) -> Iterator[tuple[str, str]]:
    checks: tuple[tuple[str, bool], ...] = (
        ("transfer_id_wrong", bool(ID.fullmatch(transfer.id)) and transfer.id not in twice),
        ("transfer_no_name", 0 < len(transfer.name.strip()) <= LONGEST_NAME),
        ("transfer_name_not_latin", bool(LATIN.fullmatch(transfer.name))),
        ("transfer_iban_wrong", iban_number.is_valid(transfer.iban)),
        ("transfer_amount_wrong", transfer.amount > ZERO and transfer.amount == transfer.amount.quantize(ZERO)),
        ("transfer_reference_wrong", not transfer.reference or _is_reference(transfer.reference)),
        ("transfer_reference_and_message", not (transfer.reference and transfer.message)),
        ("transfer_message_too_long", len(transfer.message) <= LONGEST_MESSAGE),
    )
    return ((code, transfer.name) for code, fine in checks if not fine)


def _is_reference(reference: str) -> bool:
    return bank.is_reference_number(reference) or iso11649.is_valid(reference)


def xml_of(file: TransferFile) -> bytes:
    """The file as the bank takes it. It is to be checked first (`check_ready`)."""
    root = etree.Element(etree.QName(NAMESPACE, "Document"), nsmap={None: NAMESPACE})
    initiation = _add(root, "CstmrCdtTrfInitn")
    _head(_add(initiation, "GrpHdr"), file)
    payment = _add(initiation, "PmtInf")
    _batch(payment, file)
    for transfer in file.transfers:
        _transfer(_add(payment, "CdtTrfTxInf"), transfer)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    element = etree.SubElement(parent, etree.QName(NAMESPACE, tag), attributes)
    element.text = text
    return element


def _head(head: Element, file: TransferFile) -> None:
    _add(head, "MsgId", file.id)
    _add(head, "CreDtTm", file.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(head, "NbOfTxs", str(len(file.transfers)))
    _add(head, "CtrlSum", _amount(file.total))
    _add(_add(head, "InitgPty"), "Nm", file.payer[:LONGEST_NAME])


def _batch(payment: Element, file: TransferFile) -> None:
    _add(payment, "PmtInfId", file.id)
    _add(payment, "PmtMtd", "TRF")
    # One entry on the statement for all, so that no single person's pay is read there.
    _add(payment, "BtchBookg", "true")
    _add(payment, "NbOfTxs", str(len(file.transfers)))
    _add(payment, "CtrlSum", _amount(file.total))
    kind = _add(payment, "PmtTpInf")
    _add(_add(kind, "SvcLvl"), "Cd", "SEPA")
    _add(_add(kind, "CtgyPurp"), "Cd", file.purpose.value)
    _add(_add(payment, "ReqdExctnDt"), "Dt", file.pay_on.isoformat())
    _add(_add(payment, "Dbtr"), "Nm", file.payer[:LONGEST_NAME])
    _add(_add(_add(payment, "DbtrAcct"), "Id"), "IBAN", iban_number.compact(file.iban))
    agent = _add(_add(payment, "DbtrAgt"), "FinInstnId")
    if file.bic:
        _add(agent, "BICFI", file.bic)
    else:
        _add(_add(agent, "Othr"), "Id", "NOTPROVIDED")
    _add(payment, "ChrgBr", "SLEV")


def _transfer(element: Element, transfer: Transfer) -> None:
    ids = _add(element, "PmtId")
    _add(ids, "InstrId", transfer.id)
    _add(ids, "EndToEndId", transfer.id)
    _add(_add(element, "Amt"), "InstdAmt", _amount(transfer.amount), Ccy="EUR")
    _add(_add(element, "Cdtr"), "Nm", transfer.name.strip())
    _add(_add(_add(element, "CdtrAcct"), "Id"), "IBAN", iban_number.compact(transfer.iban))
    if transfer.reference:
        _reference(_add(element, "RmtInf"), transfer.reference)
    elif transfer.message:
        _add(_add(element, "RmtInf"), "Ustrd", transfer.message)


def _reference(remittance: Element, reference: str) -> None:
    creditor = _add(_add(remittance, "Strd"), "CdtrRefInf")
    kind = _add(creditor, "Tp")
    _add(_add(kind, "CdOrPrtry"), "Cd", "SCOR")
    if iso11649.is_valid(reference):
        _add(kind, "Issr", "ISO")
    _add(creditor, "Ref", reference.replace(" ", "").upper())


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"
