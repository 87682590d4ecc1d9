"""The files of e-invoices: word for word, against the official schemas and rules where they are, and to the cent.

Set `UPDATE_GOLDEN=1` to write the golden files anew, and read the difference before committing it.
"""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import mockeinvoice
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from saxonche import PySaxonProcessor

from jobcenter.billing.einvoices import checks, finvoice, ubl
from jobcenter.billing.einvoices.domain import Address, EInvoice, VatPart
from jobcenter.billing.einvoices.writing import cut
from jobcenter.billing.invoices.domain import Line, line_net
from jobcenter.billing.settings.domain import EInvoiceFormat
from jobcenter.billing.shares.domain import Portion
from tests.factories_einvoices import BUYER, LINES, NO_SCHEMAS, SCHEMAS, SELLER, TERMS, credit_note, einvoice, of_lines

GOLDEN = Path(__file__).parent / "golden"
MAIN_DOCUMENTS = "ubl/xsd/UBL_21/maindoc"
RULES = ("ubl/en16931/EN16931-UBL-validation.xslt", "ubl/peppol/PEPPOL-EN16931-UBL.xslt")
NINETY = tuple(
    replace(LINES[0], time_entry_id=place, minutes=place, net=line_net(LINES[0].hourly_price, place))
    for place in range(1, 91)
)
A_THIRD = tuple(replace(line, portion=Portion(3333, 6666)).of_minutes(line.minutes) for line in NINETY)
LONG = "Å" * 60 + " & <Pojat> " + "ö" * 60


def outside_vat():
    """An invoice of a seller that is not in the VAT register."""
    made = einvoice(
        seller=replace(SELLER, vat_id=""),
        buyer=replace(BUYER, vat_id=""),
        **of_lines((replace(LINES[1], vat_percent=Decimal("0.00")),)),
    )
    return replace(
        made,
        lines=tuple(replace(line, is_outside=True) for line in made.lines),
        vat_parts=tuple(replace(part, is_outside=True, reason="AVL 4 §") for part in made.vat_parts),
    )


INVOICES = {
    "invoice": einvoice(),
    "credit_note": credit_note(),
    "bare": einvoice(
        buyer=replace(BUYER, email="", phone="", vat_id="", address=Address()),
        seller=replace(SELLER, email="", phone=""),
        order_reference="",
        cost_centre="",
        note="",
        terms=replace(TERMS, late_interest="", bar_code="", text=""),
    ),
    "many": einvoice(**of_lines(NINETY)),
    "a_third_of_many": einvoice(**of_lines(A_THIRD)),
    "long": einvoice(
        buyer=replace(BUYER, name=LONG, address=replace(BUYER.address, street=LONG[:90])),
        note=LONG * 8,
        **of_lines((replace(LINES[0], description=LONG * 2),)),
    ),
    "free_of_vat": einvoice(
        **of_lines((replace(LINES[1], vat_percent=Decimal("0.00")),))
        | {"vat_parts": (VatPart(percent=Decimal(0), base=Decimal("290.00"), vat=Decimal(0), reason="AVL 37 §"),)}
    ),
    "outside_vat": outside_vat(),
}
each_invoice = pytest.mark.parametrize("name", INVOICES)


@cache
def schema(path: str) -> etree.XMLSchema:
    if not (SCHEMAS / path).exists():
        pytest.skip(NO_SCHEMAS)
    return etree.XMLSchema(etree.parse(SCHEMAS / path))


@pytest.fixture(scope="session")
def held_against_rules():
    """A function from a UBL file to what EN 16931 and Peppol have to say of it: rule ids, warnings too."""
    if not all((SCHEMAS / path).exists() for path in RULES):
        pytest.skip(NO_SCHEMAS)
    with PySaxonProcessor(license=False) as processor:
        xslt = processor.new_xslt30_processor()
        stylesheets = [xslt.compile_stylesheet(stylesheet_file=str(SCHEMAS / path)) for path in RULES]

        def run(content: bytes) -> list[str]:
            node = processor.parse_xml(xml_text=content.decode())
            reports = (etree.fromstring(sheet.transform_to_string(xdm_node=node).encode()) for sheet in stylesheets)
            return [said.get("id") for report in reports for said in report.iter("{*}failed-assert")]

        yield run


def text(root: etree._Element, path: str) -> str:
    return root.findtext(path)


# What they say


@pytest.mark.parametrize("name", ["invoice", "credit_note"])
@pytest.mark.parametrize(("form", "write"), [("finvoice", finvoice.write), ("peppol", ubl.write)])
def test_word_for_word(name, form, write):
    path = GOLDEN / f"{form}_{name}.xml"
    written = write(INVOICES[name])
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(written)
    assert written == path.read_bytes()


@each_invoice
def test_finvoice_keeps_its_schema(name):
    assert not checks.faults(INVOICES[name], EInvoiceFormat.FINVOICE)
    schema("finvoice/Finvoice3.0.xsd").assertValid(etree.fromstring(finvoice.write(INVOICES[name])))


@each_invoice
def test_ubl_keeps_its_schema(name):
    root = etree.fromstring(ubl.write(INVOICES[name]))
    kind = etree.QName(root).localname
    schema(f"{MAIN_DOCUMENTS}/UBL-{kind}-2.1.xsd").assertValid(root)


@each_invoice
def test_ubl_keeps_the_rules_without_a_warning(name, held_against_rules):
    assert held_against_rules(ubl.write(INVOICES[name])) == []


def test_the_official_rules_do_find_what_is_wrong(held_against_rules):
    wrong = einvoice(buyer_reference="", order_reference="", sums=replace(einvoice().sums, gross=Decimal("1.00")))
    assert {"PEPPOL-EN16931-R003", "BR-CO-15"} <= set(held_against_rules(ubl.write(wrong)))


@each_invoice
def test_ubl_is_valid_to_a_second_reader(name):
    _document, report = mockeinvoice.validate(ubl.write(INVOICES[name]))
    assert report.verdict == "valid", report.findings


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ("LASKU", "HYVITYSLASKU")),
        ("fi@easy", ("LASKU", "HYVITYSLASKU")),
        ("sv", ("FAKTURA", "KREDITFAKTURA")),
        ("en", ("INVOICE", "CREDIT NOTE")),
    ],
)
def test_finvoice_is_called_what_it_is_in_its_language(language, words):
    for said, word in zip((einvoice(language=language), credit_note(language=language)), words, strict=True):
        assert etree.fromstring(finvoice.write(said)).findtext(".//InvoiceTypeText") == word


# To the cent


def sums_in_finvoice(invoice: EInvoice) -> tuple[Decimal, ...]:
    root = etree.fromstring(finvoice.write(invoice))
    details = root.find("InvoiceDetails")
    names = ("InvoiceTotalVatExcludedAmount", "InvoiceTotalVatAmount", "InvoiceTotalVatIncludedAmount")
    paths = [text(details, name) for name in names] + [text(root, ".//EpiInstructedAmount")]
    return tuple(Decimal(found.replace(",", ".")) for found in paths)


def sums_in_ubl(invoice: EInvoice) -> tuple[Decimal, ...]:
    root = etree.fromstring(ubl.write(invoice))
    total = root.find("{*}LegalMonetaryTotal")
    found = (
        text(total, "{*}TaxExclusiveAmount"),
        text(root, "{*}TaxTotal/{*}TaxAmount"),
        text(total, "{*}TaxInclusiveAmount"),
        text(total, "{*}PayableAmount"),
    )
    sign = -1 if invoice.is_credit_note else 1
    return tuple(sign * Decimal(amount) for amount in found)


@given(
    worked=st.lists(
        st.tuples(st.integers(1, 1440), st.sampled_from(["24.00", "25.50", "13.50"]), st.integers(0, 9999)),
        min_size=1,
        max_size=12,
    ),
    is_credit=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_every_channel_has_the_same_sums(worked, is_credit):
    sign = -1 if is_credit else 1
    lines = tuple(
        Line(
            time_entry_id=place,
            description="Siivous",
            worked_on=date(2024, 9, 1),
            minutes=sign * minutes,
            hourly_price=Decimal(cents) / 100,
            vat_percent=Decimal(rate),
            net=line_net(Decimal(cents) / 100, sign * minutes),
        )
        for place, (minutes, rate, cents) in enumerate(worked)
    )
    said = (credit_note if is_credit else einvoice)(**of_lines(lines))
    sums = (said.sums.net, said.sums.vat, said.sums.gross, said.sums.gross)
    assert sums_in_finvoice(said) == sums_in_ubl(said) == sums
    if said.sums.gross:
        assert checks.faults(said, EInvoiceFormat.PEPPOL) == ()


# Small things


@pytest.mark.parametrize(
    ("given", "width", "most", "pieces"),
    [
        ("", 5, 2, []),
        ("abc", 5, 2, ["abc"]),
        ("abc def ghi", 7, 2, ["abc def", "ghi"]),
        ("abcdefghij", 4, 2, ["abcd", "efgh"]),
        ("a\x00b \n c", 9, 1, ["ab c"]),
    ],
)
def test_long_texts_are_cut_at_blanks(given, width, most, pieces):
    assert cut(given, width, most) == pieces


@pytest.mark.parametrize(("percent", "written"), [("25.50", "25,5"), ("24.00", "24"), ("10", "10"), ("8.125", "8,125")])
def test_percentages_are_short(percent, written):
    lines = (replace(LINES[0], vat_percent=Decimal(percent)),)
    assert f"<VatRatePercent>{written}</VatRatePercent>" in finvoice.write(einvoice(**of_lines(lines))).decode()
