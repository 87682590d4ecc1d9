"""Finding what is owed on credited invoices: money that was given back, and that a card holder's bank then took too."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from jobcenter.billing.books.domain import Account, EventKind
from jobcenter.billing.books.models import LedgerEntry, LedgerLine
from jobcenter.billing.invoices.domain import InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import queries
from jobcenter.core.db import db
from jobcenter.core.money import ZERO


@dataclass(frozen=True)
class Claim:
    """What a payer has twice of a credited invoice."""

    invoice_id: int
    number: int
    buyer_name: str
    amount: Decimal


def claims_of(jobcenter_ids: Collection[int]) -> list[Claim]:
    """What is owed on credited invoices of some Jobcenters, the oldest first."""
    taken_back = (
        select(LedgerLine.invoice_id)
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(LedgerEntry.kind == EventKind.CARD_DISPUTE.value, LedgerLine.account == Account.RECEIVABLES.value)
    )
    query = select(Invoice.id, Invoice.number, Invoice.buyer_name).where(
        Invoice.jobcenter_id.in_(jobcenter_ids), Invoice.status == InvoiceStatus.CREDITED, Invoice.id.in_(taken_back)
    )
    found = db.session.execute(query.order_by(Invoice.id)).all()
    amounts = queries.open_amounts([invoice_id for invoice_id, *_facts in found])
    return [Claim(*facts, amounts[facts[0]]) for facts in found if amounts[facts[0]] > ZERO]
