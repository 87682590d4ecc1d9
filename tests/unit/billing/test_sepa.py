"""Files of credit transfers: the sums, what a bank would refuse, and the schema of pain.001.001.09."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from lxml import etree

from jobcenter.billing import sepa
from jobcenter.billing.messages import ERRORS
from jobcenter.billing.sepa import NAMESPACE, Purpose, Transfer, TransferFile
from tests.schemas import PAIN, assert_valid

AKE = Transfer(
    id="JC1-P1", name="Åke Öhman", iban="FI37 1590 3000 0007 76", amount=Decimal("96.00"), message="Keikkapalkka"
)
FILE = TransferFile(
    id="JC1-R7",
    made_at=datetime(2026, 11, 27, 9, tzinfo=UTC),
    payer="Helsingin kaupunki",
    iban="FI21 1234 5600 0007 85",
    pay_on=date(2026, 11, 30),
    purpose=Purpose.SALARY,
    transfers=(
        AKE,
        replace(AKE, id="JC1-P2", amount=Decimal("12.25"), message="", reference="12344"),
        replace(AKE, id="JC1-P3", amount=Decimal("0.05"), message="", reference="RF08 1234 4"),
    ),
)


def _one(**changes):
    return replace(FILE, transfers=(replace(AKE, **changes),))


FAULTY = [
    (replace(FILE, id=""), "transfer_file_id_wrong", ""),
    (replace(FILE, id="Ä1"), "transfer_file_id_wrong", ""),
    (replace(FILE, payer=" "), "transfer_no_payer", ""),
    (replace(FILE, iban="FI21 1234 5600 0007 86"), "transfer_payer_iban_wrong", ""),
    (replace(FILE, pay_on=date(2026, 11, 29)), "transfer_not_a_bank_day", ""),
    (replace(FILE, transfers=()), "transfer_nothing_to_pay", ""),
    (replace(FILE, transfers=(AKE, AKE)), "transfer_id_wrong", "Åke Öhman"),
    (_one(id="x" * 36), "transfer_id_wrong", "Åke Öhman"),
    (_one(name=""), "transfer_no_name", ""),
    (_one(name="Вася"), "transfer_name_not_latin", "Вася"),
    (_one(name="A\x0bB"), "transfer_name_not_latin", "A\x0bB"),
    (_one(name="x" * 71), "transfer_no_name", "x" * 71),
    (_one(iban=""), "transfer_iban_wrong", "Åke Öhman"),
    (_one(amount=Decimal("0.00")), "transfer_amount_wrong", "Åke Öhman"),
    (_one(amount=Decimal("1.001")), "transfer_amount_wrong", "Åke Öhman"),
    (_one(message="", reference="12345"), "transfer_reference_wrong", "Åke Öhman"),
    (_one(reference="12344"), "transfer_reference_and_message", "Åke Öhman"),
    (_one(message="x" * 141), "transfer_message_too_long", "Åke Öhman"),
]


@pytest.mark.parametrize(("file", "code", "name"), FAULTY)
def test_what_a_bank_would_refuse_is_refused_first(file, code, name):
    assert (code, name) in sepa.faults_of(file)
    assert code in ERRORS
    with pytest.raises(sepa.TransferNotReady):
        sepa.check_ready(file)


def test_a_whole_file_has_no_fault():
    assert sepa.faults_of(FILE) == ()
    sepa.check_ready(FILE)


def test_the_xml_is_valid():
    assert_valid(sepa.xml_of(FILE), PAIN)
    assert_valid(sepa.xml_of(replace(FILE, bic="NDEAFIHH")), PAIN)


def test_what_the_xml_says():
    root = etree.fromstring(sepa.xml_of(FILE))
    found = {
        tag: [element.text for element in root.iter(f"{{{NAMESPACE}}}{tag}")]
        for tag in ("NbOfTxs", "CtrlSum", "InstdAmt", "EndToEndId", "Ustrd", "Ref", "BtchBookg", "Dt")
    }
    assert found == {
        "NbOfTxs": ["3", "3"],
        "CtrlSum": ["108.30", "108.30"],
        "InstdAmt": ["96.00", "12.25", "0.05"],
        "EndToEndId": ["JC1-P1", "JC1-P2", "JC1-P3"],
        "Ustrd": ["Keikkapalkka"],
        "Ref": ["12344", "RF0812344"],
        "BtchBookg": ["true"],
        "Dt": ["2026-11-30"],
    }
    assert [element.text for element in root.iter(f"{{{NAMESPACE}}}Nm")][2] == "Åke Öhman"
