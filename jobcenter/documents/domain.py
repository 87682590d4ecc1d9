"""What each document says, as plain data: every word is in the reader's language, every amount is already text.

A document is one frozen dataclass; `rendering.render` turns it into a tagged PDF. All fields are by keyword and most
have no default, so that a caller cannot forget one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A label and its value: one row of a definition list."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Party:
    """One side of an agreement or an invoice: what it is here ("Orderer"), and its name, number and address by line."""

    role: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with its paragraphs and, when there are any, its points as a list."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who stands behind the document, in which role, and how it was approved ("Accepted on screen 22.11.2026")."""

    role: str
    name: str
    approval: str


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What every page of a document carries.

    `language` is a locale id (fi, sv, en, fi@easy). `title` becomes the h1 and the PDF's title. `issuer` stands in the
    page head ("" for a document of the person's own, such as a CV). `dated` is the file's own date, so that the same
    data gives the same bytes. `page_label` is the word before the page number ("Page"). `footer` lines stand at the
    foot of each page.
    """

    language: str
    title: str
    issuer: str
    dated: date
    page_label: str
    footer: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ContractDocument:
    """A contract of one gig: an assignment contract, or an employment contract whose employer is the partner.

    `lead` says in a sentence what this is; `facts` are what was agreed (task, place, time, pay); `clauses` the terms;
    `notice` one thing that must not be missed (who is whose employee), or "".
    """

    template: ClassVar[str] = "contract.typ"

    frame: Frame
    lead: str
    parties: tuple[Party, ...]
    facts_heading: str
    facts: tuple[Fact, ...]
    notice: str
    clauses: tuple[Section, ...]
    signatures_heading: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, kw_only=True)
class InvoiceRow:
    """One line of an invoice, each cell as text."""

    description: str
    day: str
    quantity: str
    unit_price: str
    vat: str
    net: str


@dataclass(frozen=True, kw_only=True)
class VatRow:
    """The sums of one VAT rate, each cell as text."""

    rate: str
    net: str
    vat: str
    gross: str


@dataclass(frozen=True, kw_only=True)
class Bars:
    """A bar code ready to draw: widths in modules, bar and space in turn, and the characters it stands for."""

    widths: tuple[int, ...]
    digits: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class Squares:
    """A QR code ready to draw: rows of 1 (dark) and 0, without the margin."""

    rows: tuple[str, ...]
    alt: str


@dataclass(frozen=True, kw_only=True)
class Payment:
    """How to pay: the facts (receiver, IBAN, reference, due day, amount), and the codes that can be drawn."""

    heading: str
    facts: tuple[Fact, ...]
    bars: Bars | None
    squares: Squares | None = None


@dataclass(frozen=True, kw_only=True)
class InvoiceDocument:
    """An invoice or a credit note. `row_headings` and `vat_headings` name the columns, field by field."""

    template: ClassVar[str] = "invoice.typ"

    frame: Frame
    seller: Party
    buyer: Party
    facts: tuple[Fact, ...]
    lead: str
    rows_heading: str
    row_headings: InvoiceRow
    rows: tuple[InvoiceRow, ...]
    vat_heading: str
    vat_headings: VatRow
    vat_rows: tuple[VatRow, ...]
    totals: tuple[Fact, ...]
    to_pay: Fact
    payment: Payment | None
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CertificateDocument:
    """A certificate of a gig that was done. `person` is whom it is about; `body` what was done and how it went."""

    template: ClassVar[str] = "certificate.typ"

    frame: Frame
    lead: str
    person: str
    facts_heading: str
    facts: tuple[Fact, ...]
    body: tuple[Section, ...]
    place_and_day: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, kw_only=True)
class CvEntry:
    """One line of a life: when, what, where, and a few words ("" when there are none)."""

    period: str
    heading: str
    place: str
    text: str


@dataclass(frozen=True, kw_only=True)
class CvSection:
    """A part of a CV: entries in time order, or short words side by side (skills, languages), or both."""

    heading: str
    entries: tuple[CvEntry, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CvDocument:
    """A worker's CV: the name is the title; only what the worker chose to show is in it."""

    template: ClassVar[str] = "cv.typ"

    frame: Frame
    contact: tuple[str, ...]
    profile: str
    sections: tuple[CvSection, ...]


@dataclass(frozen=True, kw_only=True)
class FactsSection:
    """A heading with its facts."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class StatementDocument:
    """What a person has told, part by part. `made` says who told and wrote it, and when; `questions` what is open."""

    template: ClassVar[str] = "statement.typ"

    frame: Frame
    lead: str
    person: str
    made: tuple[Fact, ...]
    parts: tuple[FactsSection, ...]
    questions: Section | None


@dataclass(frozen=True, kw_only=True)
class PayslipDocument:
    """What one person was paid on a day. `person` is whom it is for, `total` what came to the account; `parts` say how
    it came about, each with a sentence ("" if none) below its facts; `notice` one thing that must not be missed, or "".
    """

    template: ClassVar[str] = "payslip.typ"

    frame: Frame
    person: str
    total: Fact
    notice: str
    parts: tuple[PayslipPart, ...]


@dataclass(frozen=True, kw_only=True)
class PayslipPart:
    """A heading with its facts, and what they mean in a sentence."""

    heading: str
    facts: tuple[Fact, ...]
    meaning: str = ""


Document = ContractDocument | InvoiceDocument | CertificateDocument | CvDocument | StatementDocument | PayslipDocument
