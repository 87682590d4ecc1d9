"""What an invoice needs to know of its two sides, asked once for all that is made of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.models import Jobcenter
from jobcenter.billing.invoices import queries
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.settings.domain import BillingTerms
from jobcenter.billing.settings.queries import terms_of
from jobcenter.core import clock
from jobcenter.orders.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class Sides:
    """Seller and payer as they are now, the orders that are billed, and the terms of the day of sending.

    `endpoint` and `operator` are the payer's electronic address; `order_number` the payer's own of what is billed.
    """

    seller: Jobcenter
    buyer: Organisation
    order_ids: Collection[int]
    order_number: str
    endpoint: str
    operator: str
    terms: BillingTerms


def sides_of(invoice: Invoice) -> Sides:
    """The sides of an invoice; of a draft, as if it were sent today."""
    orders, payer_id = queries.orders_billed_by(invoice.id), invoice.organisation_id
    endpoint, operator = queries.einvoice_of(payer_id, orders)
    return Sides(
        seller=auth_queries.jobcenter(invoice.jobcenter_id),
        buyer=queries.organisation(payer_id),
        order_ids=orders,
        order_number=queries.order_number_of(payer_id, orders),
        endpoint=endpoint,
        operator=operator,
        terms=terms_of(invoice.jobcenter_id, invoice.sent_on or clock.today()),
    )
