"""What the delay of an invoice costs its payer: owed by law until a day, taken of what was paid over, and left."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jobcenter.benefits.late_payment import LateInterest, fixed_compensation, late_interest
from jobcenter.billing.invoices.domain import InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import queries
from jobcenter.billing.payments.domain import UseKind, debts_after
from jobcenter.core.money import ZERO
from jobcenter.earnings.rulebook.queries import current_law
from jobcenter.orders.organisations.domain import OrganisationKind


def interest_of(invoice: Invoice, today: date) -> LateInterest:
    """The interest on an invoice from its due day until today, on what was open then; a credited one was never owed."""
    changes = [] if invoice.status is InvoiceStatus.CREDITED else queries.changes_of([invoice.id])[invoice.id]
    debts = debts_after(invoice.due_on, changes, today)
    return late_interest(current_law(), debts, commercial=_is_commercial(invoice))


def compensation_of(invoice: Invoice, today: date) -> Decimal:
    """The fixed compensation that a business owes that was late with any of it."""
    was_late = bool(interest_of(invoice, today).stretches)
    facts = {"due_on": invoice.due_on, "today": today, "commercial": was_late and _is_commercial(invoice)}
    return fixed_compensation(current_law(), **facts)


def left_to_take(invoice: Invoice, kind: UseKind, day: date) -> Decimal:
    """How much of what the delay costs until a day was not taken yet; days of an unknown rate count for nothing."""
    return max(owed_of(invoice, kind, day) - queries.taken_of(invoice.id, kind), ZERO)


def owed_of(invoice: Invoice, kind: UseKind, day: date) -> Decimal:
    """What the delay costs until a day, of one kind: on what was owed, so that what was credited later never counts."""
    return interest_of(invoice, day).known if kind is UseKind.LATE_INTEREST else compensation_of(invoice, day)


def _is_commercial(invoice: Invoice) -> bool:
    """Whether an orderer pays late by the rules for businesses; units and associations are taken at the lower."""
    return queries.payer_kind(invoice) is OrganisationKind.BUSINESS
