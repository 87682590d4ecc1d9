"""Finding what was proposed to be written off, as those who may decide see it, and what is written off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, or_, select
from sqlalchemy.orm import contains_eager

from jobcenter.auth.domain import Actor, Role
from jobcenter.billing.books.domain import Account, EventKind
from jobcenter.billing.books.models import LedgerEntry, LedgerLine
from jobcenter.billing.invoices.domain import InvoiceStatus
from jobcenter.billing.invoices.models import Invoice, InvoiceVat
from jobcenter.billing.payments import queries
from jobcenter.billing.payments.models import WriteOffProposal
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.core.money import Price, round_cents
from jobcenter.core.second_person import AskStatus

DECIDERS = (Role.COORDINATOR, Role.ADMIN)


def proposal_for(actor: Actor, proposal_id: int, *, lock: bool = False) -> WriteOffProposal:
    """A proposal with its invoice, for those who may decide it. Raises NotFound."""
    query = select(WriteOffProposal).join(WriteOffProposal.invoice).options(contains_eager(WriteOffProposal.invoice))
    query = query.where(WriteOffProposal.id == proposal_id, Invoice.jobcenter_id.in_(actor.jobcenters(*DECIDERS)))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return or_not_found(db.session.scalar(query))


@dataclass(frozen=True)
class Loss:
    """What is written off of an invoice, and the day on which that changed last."""

    amount: Decimal
    last_on: date


def loss_of(invoice_id: int) -> Loss:
    """What is written off of an invoice and did not come after all."""
    query = (
        select(func.sum(LedgerLine.credit - LedgerLine.debit), func.max(LedgerEntry.happened_on))
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(
            LedgerLine.invoice_id == invoice_id,
            LedgerLine.account == Account.RECEIVABLES.value,
            LedgerEntry.kind == EventKind.WRITE_OFF.value,
        )
    )
    amount, last_on = db.session.execute(query).one()
    return Loss(round_cents(Decimal(amount or 0)), last_on or date.min)


def loss_by_rate(invoice_id: int) -> dict[Decimal, Price]:
    """What is written off of an invoice by VAT rate, as it was booked."""
    net, vat = (
        func.sum(case((LedgerLine.account == account.value, LedgerLine.debit - LedgerLine.credit), else_=0))
        for account in (Account.WRITE_OFFS, Account.VAT_PAYABLE)
    )
    query = (
        select(LedgerLine.vat_percent, net, vat)
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(
            LedgerEntry.kind == EventKind.WRITE_OFF.value,
            LedgerEntry.source_type == "invoice",
            LedgerEntry.source_id == str(invoice_id),
            LedgerLine.vat_percent.is_not(None),
        )
        .group_by(LedgerLine.vat_percent)
    )
    return _by_rate(query)


def price_by_rate(invoice_id: int) -> dict[Decimal, Price]:
    """What of an invoice was not credited, by VAT rate."""
    query = (
        select(InvoiceVat.vat_percent, func.sum(InvoiceVat.net), func.sum(InvoiceVat.vat))
        .join(Invoice, Invoice.id == InvoiceVat.invoice_id)
        .where(or_(Invoice.id == invoice_id, Invoice.credits_id == invoice_id))
        .group_by(InvoiceVat.vat_percent)
    )
    return _by_rate(query)


def _by_rate(query: Select[tuple[Decimal, Decimal, Decimal]]) -> dict[Decimal, Price]:
    rows = (
        (rate, round_cents(Decimal(net)), round_cents(Decimal(vat))) for rate, net, vat in db.session.execute(query)
    )
    return {rate: Price(net, vat, net + vat) for rate, net, vat in rows}


def owed_of(invoice_id: int) -> Decimal:
    """What the payer owes on an invoice: what it still asks for, and what was written off of it."""
    return queries.open_of(invoice_id) + loss_of(invoice_id).amount


def open_proposal(invoice_id: int) -> WriteOffProposal | None:
    """The proposal of an invoice that waits; the caller has checked that the actor may see the invoice."""
    query = select(WriteOffProposal).where(WriteOffProposal.invoice_id == invoice_id)
    return db.session.scalar(query.where(WriteOffProposal.status == AskStatus.OPEN))


def waiting(actor: Actor) -> list[WriteOffProposal]:
    """The proposals that wait in the actor's Jobcenters, with their invoices, the oldest first."""
    query = select(WriteOffProposal).join(WriteOffProposal.invoice).options(contains_eager(WriteOffProposal.invoice))
    return list(db.session.scalars(query.where(*_waiting(actor)).order_by(WriteOffProposal.id).limit(100)))


def asked_of(actor: Actor) -> ScalarSelect[int]:
    """How many proposals of others wait for the actor, as a part of another query."""
    query = select(func.count(WriteOffProposal.id)).join(WriteOffProposal.invoice)
    return query.where(*_waiting(actor), WriteOffProposal.asked_by_id != actor.user_id).scalar_subquery()


def _waiting(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    mine = Invoice.jobcenter_id.in_(actor.jobcenters(*DECIDERS))
    can_be = Invoice.status.in_((InvoiceStatus.SENT, InvoiceStatus.CREDITED))
    return mine, can_be, WriteOffProposal.status == AskStatus.OPEN
