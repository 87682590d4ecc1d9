"""One small document of each kind, every one with a name that tries to be code."""

from dataclasses import replace
from datetime import date

from jobcenter.documents.domain import (
    CertificateDocument,
    ContractDocument,
    CvDocument,
    CvEntry,
    CvSection,
    Document,
    Fact,
    FactsSection,
    Frame,
    InvoiceDocument,
    InvoiceRow,
    Party,
    PayslipDocument,
    PayslipPart,
    Section,
    Signature,
    StatementDocument,
    VatRow,
)

NAME = '#panic() $x$ "Å Ä Ö Š"'
FACTS = (Fact(label="Paikka", value=NAME),)
SIGNATURES = (Signature(role="Koordinaattori", name=NAME, approval="Hyväksytty ruudulla"),)


def frame(title: str = "Asiakirja", language: str = "fi") -> Frame:
    return Frame(
        language=language,
        title=title,
        issuer="Mallilan Jobcenter",
        dated=date(2026, 11, 22),
        page_label="Sivu",
        footer=("Mallila",),
    )


def contract() -> ContractDocument:
    return ContractDocument(
        frame=frame("Toimeksiantosopimus"),
        lead="Yksi keikka.",
        parties=(Party(role="Tekijä", lines=(NAME,)),),
        facts_heading="Keikka",
        facts=FACTS,
        notice="Tämä ei ole työsuhde.",
        clauses=(Section(heading="Palkkio", paragraphs=("Sovittu tuntipalkkio.",), points=("Verot",)),),
        signatures_heading="Hyväksyntä",
        signatures=SIGNATURES,
    )


def invoice() -> InvoiceDocument:
    return InvoiceDocument(
        frame=frame("Lasku 1"),
        seller=Party(role="Myyjä", lines=("Mallilan Jobcenter",)),
        buyer=Party(role="Laskutetaan", lines=(NAME,)),
        facts=FACTS,
        lead="",
        rows_heading="Tunnit",
        row_headings=InvoiceRow(description="Työ", day="Päivä", quantity="Tunnit", unit_price="€/h", vat="ALV", net=""),
        rows=(InvoiceRow(description=NAME, day="1.9.", quantity="1 h", unit_price="14,50", vat="25,5 %", net="14,50"),),
        vat_heading="Vero",
        vat_headings=VatRow(rate="Kanta", net="Veroton", vat="Vero", gross="Yhteensä"),
        vat_rows=(VatRow(rate="25,5 %", net="14,50", vat="3,70", gross="18,20"),),
        totals=(),
        to_pay=Fact(label="Maksettava", value="18,20 €"),
        payment=None,
        notes=(),
    )


def certificate() -> CertificateDocument:
    return CertificateDocument(
        frame=frame("Keikkatodistus"),
        lead="Todistamme, että",
        person=NAME,
        facts_heading="Keikka",
        facts=FACTS,
        body=(Section(heading="Tehtävät", points=("Astianpesu",)),),
        place_and_day="Mallilassa 22.11.2026",
        signatures=SIGNATURES,
    )


def cv() -> CvDocument:
    entry = CvEntry(period="2026", heading="Astianpesijä", place="Kahvila", text="")
    return CvDocument(
        frame=replace(frame(NAME), issuer=""),
        contact=(),
        profile="",
        sections=(CvSection(heading="Työ", entries=(entry,)), CvSection(heading="Osaaminen", words=("Siivous",))),
    )


def statement() -> StatementDocument:
    return StatementDocument(
        frame=frame("Etuus- ja velkaselvitys"),
        lead="Näin kerrottiin.",
        person=NAME,
        made=FACTS,
        parts=(FactsSection(heading="Etuudet", facts=FACTS), FactsSection(heading="Velat", facts=FACTS)),
        questions=Section(heading="Selvitettävää", points=("Kuntaryhmä",)),
    )


def payslip() -> PayslipDocument:
    return PayslipDocument(
        frame=frame("Palkkiolaskelma"),
        person=NAME,
        total=FACTS[0],
        notice="Pankki palautti rahat.",
        parts=(PayslipPart(heading="Tunnit", facts=FACTS, meaning="Näin se laskettiin."),),
    )


def each() -> list[Document]:
    return [contract(), invoice(), certificate(), cv(), statement(), payslip()]
