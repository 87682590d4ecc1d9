"""What an invoice asks for is the same in every channel, to the cent: each is read as whoever gets it reads it.

The screen's HTML, the PDF's text, both bookkeeping files, Finvoice, Peppol, bar code, QR code and card house; compared
with sums that are made here from the hours alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from bs4 import BeautifulSoup, Tag
from lxml import etree
from pypdf import PdfReader

from jobcenter.auth.domain import SYSTEM, Role
from jobcenter.benefits import ContractForm
from jobcenter.billing import bank, code128, qr
from jobcenter.billing.books import queries as books
from jobcenter.billing.books.domain import Account
from jobcenter.billing.card import calls
from jobcenter.billing.card import service as cards
from jobcenter.billing.einvoices import building, checks, finvoice, ubl
from jobcenter.billing.invoices import presenting, queries, service
from jobcenter.billing.invoices.domain import CreditInvoice, InvoiceKind, MakeInvoice, OfOrder
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.settings.domain import EInvoiceFormat, EInvoiceSender, VatFree
from jobcenter.billing.settings.models import BillingSettings
from jobcenter.billing.shares import service as shares
from jobcenter.billing.shares.domain import SetSplit, Share
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.orders.organisations.domain import OrganisationKind
from tests import factories
from tests.factories import NOW
from tests.factories_billing import World, do

CENT = Decimal("0.01")
OLD, NEW, NONE = Decimal(24), Decimal("25.5"), Decimal(0)
SENDER = EInvoiceSender(EInvoiceFormat.FINVOICE, "003720000024", "003723327487")
FORMATS = {EInvoiceFormat.FINVOICE: finvoice.write, EInvoiceFormat.PEPPOL: ubl.write}
AMOUNT = re.compile(r"-?(?:€\d{1,3}(?:,\d{3})*\.\d\d|\d{1,3}(?: \d{3})*,\d\d ?€)")
PERCENT = re.compile(r"(\d+(?:[.,]\d+)?) ?%")
BARS = re.compile(r"\b[45]\d{53}\b")


@dataclass
class Said:
    """What a channel says: the net of each line, net and VAT by rate, and what is asked for; None: it does not say."""

    gross: Decimal
    lines: list[Decimal] | None = None
    rates: dict[Decimal, tuple[Decimal, Decimal]] | None = None


@dataclass
class Made:
    """The invoices of the test with what each must say, made of the hours alone."""

    world: World
    expected: dict[int, Said] = field(default_factory=dict)


# What must be said, by arithmetic of its own


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def sums(lines: list[tuple[Decimal, Decimal]]) -> Said:
    """Of (net, VAT rate) of each line."""
    nets: dict[Decimal, Decimal] = defaultdict(Decimal)
    for net, rate in lines:
        nets[rate] += net
    rates = {rate: (net, cents(net * rate / 100)) for rate, net in nets.items()}
    return Said(sum(net + vat for net, vat in rates.values()), [net for net, _rate in lines], rates)


def less(before: Said, after: Said) -> dict[Decimal, tuple[Decimal, Decimal]]:
    """What credit notes say together: net and VAT of what is left less those of before, of the rates they touch."""
    return {
        rate: (after.rates[rate][0] - net, after.rates[rate][1] - vat)
        for rate, (net, vat) in before.rates.items()
        if after.rates[rate] != (net, vat)
    }


# The invoices


@pytest.fixture
def made(session, now) -> Made:
    """Two rates and a rate of nothing with cents that round, a part credited; then an order in thirds, one credited."""
    world = World()
    world.orderer.language = "en"
    world.jobcenter.business_id, world.jobcenter.bic = "2000002-4", "OKOYFIHH"
    unit = world.organisation
    unit.kind, unit.business_id, unit.invoice_reference = OrganisationKind.CITY_UNIT, "2000001-6", "Osto 9931"
    unit.einvoice_address, unit.einvoice_operator = "003720000016", "003721291126"
    facts = {"card_most": Decimal(99999), "vat_free": VatFree.SOCIAL_CARE}
    settings = factories.stored(BillingSettings(jobcenter_id=world.jobcenter.id, **facts))
    found = Made(world)
    _mixed(found, session)
    settings.rf_references = True
    _in_thirds(found, session)
    return found


def _mixed(found: Made, session) -> None:
    world = found.world
    rows = [
        (date(2024, 8, 31), 25, "14.50", OLD, "6.04"),
        (date(2024, 9, 2), 50, "13.37", NEW, "11.14"),
        (date(2024, 9, 3), 1200, "99.99", NEW, "1999.80"),
        (date(2024, 9, 4), 7, "14.50", NEW, "1.69"),
        (date(2024, 9, 5), 90, "14.50", NONE, "21.75"),
    ]
    for day, minutes, price, rate, _net in rows:
        world.hours(day, minutes=minutes, price=Decimal(price), vat_percent=rate)
    session.commit()
    invoice = world.sent()
    expected = sums([(Decimal(net), rate) for *_work, rate, net in rows])
    line_ids = [sent.line_id for sent in queries.sent_lines_of(invoice.id)]
    notes = credited(found, invoice, {line_ids[1]: 25, line_ids[4]: 90})
    after = [("6.04", OLD), ("5.57", NEW), ("1999.80", NEW), ("1.69", NEW), ("0.00", NONE)]
    left = sums([(Decimal(net), rate) for net, rate in after])
    found.expected[invoice.id] = expected
    assert notes == less(expected, left)


def _in_thirds(found: Made, session) -> None:
    world = found.world
    swede = factories.someone(Role.ORDERER, world.jobcenter, given_name="Åsa", language="sv")
    facts = {"kind": OrganisationKind.ASSOCIATION, "invoice_reference": "Jako 1"}
    facts |= {"einvoice_address": "003720000016", "einvoice_operator": "003721291126"}
    payers = [
        world.organisation,
        *(factories.organisation(world.jobcenter, swede, name=f"Kerho {name} ry", **facts) for name in "AB"),
    ]
    order = factories.order(world.jobcenter, world.organisation, contract_form=ContractForm.ASSIGNMENT)
    for day, minutes in ((date(2026, 11, 3), 60), (date(2026, 11, 4), 77)):
        world.hours(day, order=order, minutes=minutes)
    session.commit()
    agreed = tuple(
        Share(place=place, organisation_id=payer.id, hundredths=hundredths)
        for place, (payer, hundredths) in enumerate(zip(payers, (3333, 3333, 3334), strict=True), start=1)
    )
    command = SetSplit(shares=agreed, gigs={}, agreed_on=clock.today(), agreed_with="Kaikki", number=0)
    do(shares.set_split, world.coordinator, order.id, command)
    drafts = do(service.make_drafts, world.coordinator, MakeInvoice(OfOrder(order_id=order.id), "thirds"))
    for draft, nets in zip(drafts, (("4.83", "6.20"), ("4.84", "6.21"), ("4.83", "6.20")), strict=True):
        do(service.send, world.coordinator, draft.id)
        found.expected[draft.id] = sums([(Decimal(net), NEW) for net in nets])
    notes = credited(found, drafts[1], {queries.sent_lines_of(drafts[1].id)[1].line_id: 40})
    left = sums([(Decimal("4.84"), NEW), (Decimal("2.98"), NEW)])
    assert notes == less(found.expected[drafts[1].id], left)


def credited(found: Made, invoice: Invoice, minutes: dict[int, int]) -> dict[Decimal, tuple[Decimal, Decimal]]:
    """A part taken back, by one note or two: each must say VAT of its own nets; net and VAT of all, by rate."""
    together: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for note in do(service.credit_all, found.world.coordinator, invoice.id, CreditInvoice("Liikaa", minutes)):
        said = sums([(line.net, line.vat_percent) for line in queries.lines_of(note.id)])
        found.expected[note.id] = said
        for rate, (net, vat) in said.rates.items():
            so_far = together.get(rate, (Decimal(), Decimal()))
            together[rate] = so_far[0] + net, so_far[1] + vat
    return together


# The channels, as whoever gets them reads them


def amount(text: str) -> Decimal:
    """Euros and cents as a person reads them, whatever the language's signs."""
    digits = re.sub(r"\D", "", text)
    return Decimal(digits).scaleb(-2) * (-1 if re.search("[-\u2212]", text) else 1)


def percent(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.]", "", text.replace(",", ".")))


def on_screen(page: BeautifulSoup) -> Said:
    hours, rates = page.select("article table.rows")
    by_rate = {}
    for row in rates.select("tbody tr"):
        net, vat, gross = (amount(cell.text) for cell in row.select("td"))
        assert net + vat == gross
        by_rate[percent(row.th.text)] = (net, vat)
    lines = [amount(row.select("td")[-1].text) for row in hours.select("tbody tr")]
    return Said(amount(page.select_one("dl.sums .sum dd").text), lines, by_rate)


def pdf_text(content: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return text.replace("\u00a0", " ").replace("\u2212", "-")


def in_pdf(text: str, headings: list[str]) -> Said:
    """Between the headings that the screen has too: two amounts a line, three a rate, then net, VAT and all."""
    _before, rest = text.split(f"{headings[0]}\n")
    hours, rest = rest.split(f"{headings[1]}\n")
    rates, found = PERCENT.findall(rest), [amount(match) for match in AMOUNT.findall(rest)]
    by_rate = {percent(rate): (found[3 * place], found[3 * place + 1]) for place, rate in enumerate(rates)}
    return Said(found[3 * len(rates) + 2], [amount(match) for match in AMOUNT.findall(hours)[1::2]], by_rate)


def decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1:]


def in_books(content: bytes, numbers: dict[Account, str]) -> dict[str, Said]:
    """The bookkeeper's file, by event: what is owed, and income and VAT by rate."""
    found: dict[str, Said] = defaultdict(lambda: Said(Decimal(0), None, {}))
    for _voucher, _booked, _day, account, _name, rate, debit, credit, _what, event, _jobcenter in rows_of(content):
        moved = decimal(debit or "0") - decimal(credit or "0")
        if account == numbers[Account.RECEIVABLES]:
            found[event].gross += moved
        else:
            add(found[event].rates, rate, moved, is_vat=account == numbers[Account.VAT_PAYABLE])
    return found


def in_internal_billing(content: bytes, numbers: dict[Account, str]) -> dict[str, Said]:
    """The city's file, by the invoice's number: the unit's cost, and income and VAT by rate."""
    found: dict[str, Said] = defaultdict(lambda: Said(Decimal(0), None, {}))
    ours = {numbers[Account.SERVICE_INCOME], numbers[Account.VAT_PAYABLE]}
    for number, _day, account, _cost_centre, _reference, debit, credit, rate, _text in rows_of(content):
        moved = decimal(debit) - decimal(credit)
        if account in ours:
            add(found[number].rates, rate, moved, is_vat=account == numbers[Account.VAT_PAYABLE])
        else:
            found[number].gross += moved
    return found


def add(rates: dict[Decimal, tuple[Decimal, Decimal]], rate: str, moved: Decimal, *, is_vat: bool) -> None:
    net, vat = rates.get(decimal(rate), (Decimal(0), Decimal(0)))
    rates[decimal(rate)] = (net, vat - moved) if is_vat else (net - moved, vat)


def in_einvoice(content: bytes, form: EInvoiceFormat) -> Said:
    root = etree.fromstring(content)
    if form is EInvoiceFormat.FINVOICE:
        lines = [decimal(one.text) for one in root.iterfind("InvoiceRow/RowVatExcludedAmount")]
        rates = {
            decimal(one.findtext("VatRatePercent")): (
                decimal(one.findtext("VatBaseAmount")),
                decimal(one.findtext("VatRateAmount")),
            )
            for one in root.iterfind("InvoiceDetails/VatSpecificationDetails")
        }
        return Said(decimal(root.findtext("InvoiceDetails/InvoiceTotalVatIncludedAmount")), lines, rates)
    sign = -1 if etree.QName(root).localname == "CreditNote" else 1
    lines = [sign * Decimal(one.text) for one in root.iterfind("{*}InvoiceLine/{*}LineExtensionAmount")]
    lines += [sign * Decimal(one.text) for one in root.iterfind("{*}CreditNoteLine/{*}LineExtensionAmount")]
    rates = {
        Decimal(one.findtext("{*}TaxCategory/{*}Percent") or 0): (
            sign * Decimal(one.findtext("{*}TaxableAmount")),
            sign * Decimal(one.findtext("{*}TaxAmount")),
        )
        for one in root.iterfind("{*}TaxTotal/{*}TaxSubtotal")
    }
    return Said(sign * Decimal(root.findtext("{*}LegalMonetaryTotal/{*}PayableAmount")), lines, rates)


# All channels of one invoice


def papers_of(client, invoice: Invoice) -> Iterator[tuple[str, Said]]:
    """Screen and PDF, with the bar code and the QR code on both: on the screen only while all of it is to be paid."""
    page = client.page(f"/invoices/{invoice.id}")
    text = pdf_text(client.get(f"/invoices/{invoice.id}/pdf").data)
    headings = [table.find_previous("h2").text for table in page.select("article table.rows")]
    yield "screen", on_screen(page)
    yield "PDF", in_pdf(text, headings)
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        assert not BARS.search(text) and not page.select("figure")
        return
    (digits,) = BARS.findall(text)
    assert digits == building.build(invoice, SENDER, attempt=1, now=NOW).terms.bar_code
    facts = [fact.text for fact in page.select("dl.facts")[-1].select("dd")]
    assert reference_in(digits) == facts[3].replace(" ", "")
    yield "bar code", Said(Decimal(digits[17:25]).scaleb(-2))
    to_pay = amount(facts[-1])
    epc = bank.epc_text(
        name="Mallilan Jobcenter",
        iban="FI3715903000000776",
        bic="OKOYFIHH",
        amount=to_pay,
        reference=bank.rf_reference(invoice.reference_number),
    )
    assert_codes(page.select("figure"), digits, epc, are_shown=presenting.still_open(invoice) == invoice.gross)
    yield "QR code", Said(to_pay)


def assert_codes(figures: Sequence[Tag], digits: str, epc: str, *, are_shown: bool) -> None:
    if not are_shown:
        assert not figures
        return
    bars, squares = figures
    assert (bars.figcaption.text, bars.path["d"]) == (digits, presenting.bar_path(code128.widths(digits), 40)[0])
    assert squares.path["d"] == presenting.squares_path(qr.rows(epc))[0]


def reference_in(digits: str) -> str:
    """The reference number in a bar code: version 4 has the Finnish one, version 5 the international one."""
    number = digits[25:48]
    return number.lstrip("0") if digits[0] == "4" else f"RF{number[:2]}{number[2:].lstrip('0')}"


def einvoices_of(invoice: Invoice) -> Iterator[tuple[str, Said]]:
    for form, write in FORMATS.items():
        said = building.build(invoice, SENDER, attempt=1, now=NOW)
        assert checks.faults(said, form) == (), form
        yield form.value, in_einvoice(write(said), form)


def on_card(house, invoice: Invoice) -> Decimal:
    """What the card house is asked to take for what is open of an invoice."""
    asked = do(cards.ask_to_pay_invoice, SYSTEM, invoice.id)
    calls.open_page(asked.id)
    db.session.expire_all()
    return Decimal(house.house.store.get(asked.session_id)["amount_total"]).scaleb(-2)


def test_every_channel_says_the_same_to_the_cent(made, house, client, session):
    world = made.world
    client.sign_in_as(world.coordinator_user)
    numbers = books.account_numbers(world.jobcenter.id)
    booked = in_books(client.get(f"/books/{world.jobcenter.id}/csv?month=2026-11").data, numbers)
    billed = in_internal_billing(client.get(f"/internal-billing/{world.jobcenter.id}/csv?month=2026-11").data, numbers)
    still_open: dict[int, Decimal] = defaultdict(Decimal)
    for invoice_id, expected in made.expected.items():
        invoice = session.get(Invoice, invoice_id)
        said = [("books", booked[f"invoice:{invoice_id}:sent"]), *papers_of(client, invoice), *einvoices_of(invoice)]
        if invoice.organisation_id == world.organisation.id:
            said.append(("internal billing", billed[str(invoice.number)]))
        for channel, one in said:
            assert_same(f"{channel} of {invoice.kind} {invoice.number}", one, expected)
        still_open[invoice.credits_id or invoice_id] += expected.gross
    for invoice_id, expected in still_open.items():
        assert on_card(house, session.get(Invoice, invoice_id)) == expected
    assert sorted(made.expected) == sorted(booked_ids(booked))


def booked_ids(booked: dict[str, Said]) -> list[int]:
    """The invoices and credit notes that the books have."""
    return [int(event.split(":")[1]) for event in booked if event.startswith("invoice:")]


def assert_same(where: str, said: Said, expected: Said) -> None:
    assert (where, said.gross) == (where, expected.gross)
    assert said.lines is None or (where, said.lines) == (where, expected.lines)
    assert said.rates is None or (where, said.rates) == (where, expected.rates)
