"""The sent invoices of a Jobcenter's city units."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import select

from jobcenter.billing.internal.domain import UnitBill
from jobcenter.billing.invoices.domain import ISSUED, VatSum
from jobcenter.billing.invoices.models import Invoice, InvoiceVat
from jobcenter.core.db import db
from jobcenter.core.money import Price
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.organisations.models import Organisation


def unit_bills(jobcenter_id: int, first: date, last: date) -> list[UnitBill]:
    """Invoices and credit notes that were sent to city units in a span of days, by number."""
    query = (
        select(Invoice)
        .join(Organisation, Organisation.id == Invoice.organisation_id)
        .where(
            Invoice.jobcenter_id == jobcenter_id,
            Organisation.kind == OrganisationKind.CITY_UNIT,
            Invoice.status.in_(ISSUED),
            Invoice.sent_on >= first,
            Invoice.sent_on <= last,
        )
        .order_by(Invoice.number)
    )
    invoices = list(db.session.scalars(query))
    rates = _rates_of([invoice.id for invoice in invoices])
    return [
        UnitBill(
            number=invoice.number,
            day=invoice.sent_on,
            buyer=invoice.buyer_name,
            cost_centre=invoice.cost_centre,
            reference=invoice.buyer_reference,
            rates=tuple(rates[invoice.id]),
        )
        for invoice in invoices
    ]


def _rates_of(invoice_ids: list[int]) -> dict[int, list[VatSum]]:
    query = select(InvoiceVat).where(InvoiceVat.invoice_id.in_(invoice_ids)).order_by(InvoiceVat.vat_percent)
    found: dict[int, list[VatSum]] = defaultdict(list)
    for row in db.session.scalars(query):
        found[row.invoice_id].append(VatSum(row.vat_percent, Price(row.net, row.vat, row.gross)))
    return found
