"""E-invoices made from nothing: a café that pays hours under two VAT rates, and what takes its invoice back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from jobcenter.billing import bank
from jobcenter.billing.einvoices.building import line_of
from jobcenter.billing.einvoices.domain import Address, Credited, EInvoice, Side, Sums, Terms, VatPart
from jobcenter.billing.invoices.domain import InvoiceKind, Line, mirrored, totals

# Schemas are not part of the project: tests that hold files against them look here, and say so where there are none.
SCHEMAS = Path(__file__).resolve().parents[2] / "shared" / "schemas"
NO_SCHEMAS = "no schemas here"

SELLER = Side(
    name="Mallilan Jobcenter",
    business_id="2000002-4",
    vat_id="FI20000024",
    address=Address(street="Työkatu 1", postcode="00500", city="Helsinki"),
    email="jobcenter@example.fi",
    phone="09 123 4567",
    endpoint="003720000024",
    operator="003723327487",
)
BUYER = Side(
    name="Kahvila Kaisla & Pojat Oy",
    business_id="2000001-6",
    vat_id="FI20000016",
    address=Address(street="Rantatie 5", postcode="00100", city="Helsinki"),
    email="laskut@example.fi",
    endpoint="003720000016",
    operator="003721291126",
)
TERMS = Terms(
    iban="FI3715903000000776",
    bic="OKOYFIHH",
    reference="12344",
    rf_reference="RF0812344",
    due_on=date(2026, 12, 7),
    text="Maksuaika 14 päivää. Käytä maksaessasi viitenumeroa.",
    late_interest="Viivästyskorko korkolain (633/1982) mukaan.",
    bar_code=bank.bar_code(
        iban="FI3715903000000776", amount=Decimal("369.94"), reference="12344", due_on=date(2026, 12, 7)
    ),
)
LINES = (
    Line(
        time_entry_id=1,
        description="Astioiden tiskaus, Kahvila Kaisla, Veikko",
        worked_on=date(2024, 8, 31),
        minutes=20,
        hourly_price=Decimal("14.50"),
        vat_percent=Decimal("24.00"),
        net=Decimal("4.83"),
    ),
    Line(
        time_entry_id=2,
        description="Terassin siivous, Kahvila Kaisla, Aino",
        worked_on=date(2024, 9, 2),
        minutes=1200,
        hourly_price=Decimal("14.50"),
        vat_percent=Decimal("25.50"),
        net=Decimal("290.00"),
    ),
)


def einvoice(**changes: object) -> EInvoice:
    """The café's invoice of 20 minutes under 24 % and 20 hours under 25.5 %."""
    made = EInvoice(
        kind=InvoiceKind.INVOICE,
        message_id="003720000024-1-1",
        made_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        language="fi",
        number="1",
        issued_on=date(2026, 11, 22),
        period_start=date(2024, 8, 31),
        period_end=date(2024, 9, 2),
        seller=SELLER,
        buyer=BUYER,
        buyer_reference="Osto 9931",
        order_reference="PO-77",
        cost_centre="4100",
        note="Ostatte palvelun.",
        terms=TERMS,
        **of_lines(LINES),
    )
    return replace(made, **changes)


def credit_note(**changes: object) -> EInvoice:
    """The credit note that takes the whole invoice back."""
    made = einvoice(
        kind=InvoiceKind.CREDIT_NOTE,
        message_id="003720000024-2-1",
        number="2",
        note="Väärä kustannuspaikka",
        credits=Credited(number="1", dated=date(2026, 11, 22)),
        terms=replace(
            TERMS,
            due_on=None,
            reference="",
            rf_reference="",
            text="Hyvityslaskua ei makseta.",
            late_interest="",
            bar_code="",
        ),
        **of_lines(mirrored(LINES)),
    )
    return replace(made, **changes)


def of_lines(lines: tuple[Line, ...]) -> dict[str, object]:
    """Lines, VAT parts and sums of an e-invoice, as the invoice's own arithmetic makes them."""
    sums = totals(lines)
    return {
        "lines": tuple(line_of(place, line, is_outside=False) for place, line in enumerate(lines, start=1)),
        "vat_parts": tuple(
            VatPart(percent=part.vat_percent, base=part.price.net, vat=part.price.vat) for part in sums.per_rate
        ),
        "sums": Sums(lines=sums.together.net, net=sums.together.net, vat=sums.together.vat, gross=sums.together.gross),
    }
