"""Finding invoices as the actor may see them; the confirmed hours that wait to be billed: `queries_waiting`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import User
from jobcenter.billing.invoices.domain import (
    ISSUED,
    BillTo,
    InvoiceKind,
    InvoiceStatus,
    Line,
    OfMonth,
    VatSum,
)
from jobcenter.billing.invoices.domain_credit import SentLine
from jobcenter.billing.invoices.models import Invoice, InvoiceCounter, InvoiceLine, InvoiceVat
from jobcenter.billing.shares.domain import Portion
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.core.money import ZERO, Price
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import Organisation, OrganisationMember

# What stands between a form's key and the number of the payer, of the second payer on.
OF_PAYER = ":"


# One invoice


def invoice_for(actor: Actor, invoice_id: int, *, lock: bool = False) -> Invoice:
    """An invoice of the actor's Jobcenter, or one that was sent to the actor's organisation. Raises NotFound."""
    query = select(Invoice).where(Invoice.id == invoice_id, or_(_managed_by(actor), _sent_to(actor)))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return or_not_found(db.session.scalar(query))


def sent_invoice(invoice_id: int) -> Invoice:
    """An invoice that was sent, for whoever holds the link to it. Raises NotFound."""
    query = select(Invoice).where(Invoice.id == invoice_id, Invoice.status.in_(ISSUED))
    return or_not_found(db.session.scalar(query))


def made_with(form_key: str) -> list[Invoice]:
    """What a form has made already: an invoice, or one for each payer."""
    first = db.session.scalar(select(Invoice).where(Invoice.form_key == form_key))
    if first is None or first.order_id is None:
        return [first] if first else []
    of_others = Invoice.form_key.startswith(f"{form_key}{OF_PAYER}", autoescape=True)
    others = select(Invoice).where(Invoice.order_id == first.order_id, of_others)
    return [first, *db.session.scalars(others.order_by(Invoice.id))]


def credit_notes_of(invoice_id: int) -> list[Invoice]:
    """The credit notes that take an invoice back, whole or in parts, the oldest first."""
    return list(db.session.scalars(select(Invoice).where(Invoice.credits_id == invoice_id).order_by(Invoice.number)))


def lines_of(invoice_id: int) -> list[Line]:
    """An invoice's lines in their order."""
    return [_line(row) for row in line_rows(invoice_id)]


def sent_lines_of(invoice_id: int) -> list[SentLine]:
    """An invoice's lines in their order, with what was credited of each."""
    return [
        SentLine(line_id=row.id, line=_line(row), credited_minutes=row.credited_minutes)
        for row in line_rows(invoice_id)
    ]


def line_rows(invoice_id: int) -> list[InvoiceLine]:
    """The stored lines of an invoice in their order, as they are now."""
    query = select(InvoiceLine).where(InvoiceLine.invoice_id == invoice_id).order_by(InvoiceLine.position)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _line(row: InvoiceLine) -> Line:
    return Line(
        time_entry_id=row.time_entry_id,
        description=row.description,
        worked_on=row.worked_on,
        minutes=row.minutes,
        hourly_price=row.hourly_price,
        vat_percent=row.vat_percent,
        net=row.net,
        piece=row.piece,
        portion=Portion(row.share_begins, row.share_ends),
        share_id=row.share_id,
    )


def vat_sums_of(invoice_id: int) -> list[VatSum]:
    """An invoice's VAT sums, lowest rate first."""
    query = select(InvoiceVat).where(InvoiceVat.invoice_id == invoice_id).order_by(InvoiceVat.vat_percent)
    return [VatSum(row.vat_percent, Price(row.net, row.vat, row.gross)) for row in db.session.scalars(query)]


def credited_by(note: Invoice) -> Invoice:
    """The invoice that a credit note takes back."""
    return db.session.get_one(Invoice, note.credits_id)


def organisation(organisation_id: int) -> Organisation:
    """Who pays."""
    return db.session.get_one(Organisation, organisation_id)


def locked_counter(jobcenter_id: int) -> InvoiceCounter | None:
    """The counter's row, locked until the unit of work ends: whoever numbers or drafts next waits here."""
    query = select(InvoiceCounter).where(InvoiceCounter.jobcenter_id == jobcenter_id)
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))


def members_of(organisation_id: int) -> list[User]:
    """The users who act for an organisation, the first one first."""
    query = select(User).join(OrganisationMember, OrganisationMember.user_id == User.id)
    query = query.where(OrganisationMember.organisation_id == organisation_id, User.active)
    return list(db.session.scalars(query.order_by(OrganisationMember.id)))


def recipients_of(invoice: Invoice) -> list[tuple[str, str]]:
    """Where an invoice is mailed: the organisation's own address, else its members'; each with the language."""
    address = organisation(invoice.organisation_id).email
    if address:
        return [(address, invoice.language)]
    return [(member.email, member.language) for member in members_of(invoice.organisation_id)]


def order_of(actor: Actor, order_id: int) -> Order:
    """An order of the actor's Jobcenter. Raises NotFound."""
    query = select(Order).where(Order.id == order_id, Order.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR)))
    return or_not_found(db.session.scalar(query))


def einvoice_of(payer_id: int, order_ids: Collection[int]) -> tuple[str, str]:
    """The e-invoice address and operator of the newest of these orders that is the payer's own, else the payer's."""
    query = (
        select(
            func.coalesce(func.nullif(Order.einvoice_address, ""), Organisation.einvoice_address),
            func.coalesce(func.nullif(Order.einvoice_operator, ""), Organisation.einvoice_operator),
        )
        .select_from(Organisation)
        .outerjoin(Order, and_(Order.organisation_id == Organisation.id, Order.id.in_(order_ids)))
        .where(Organisation.id == payer_id)
        .order_by(Order.id.desc())
        .limit(1)
    )
    address, operator = db.session.execute(query).one()
    return address, operator


def order_number_of(payer_id: int, order_ids: Collection[int]) -> str:
    """The payer's own number of these orders, when they have one and the same; else "", as where another ordered."""
    query = select(Order.order_number, Order.organisation_id).where(Order.id.in_(order_ids)).distinct().limit(2)
    numbers = db.session.execute(query).all()
    return numbers[0].order_number if len(numbers) == 1 and numbers[0].organisation_id == payer_id else ""


def orders_billed_by(invoice_id: int) -> list[int]:
    """The orders whose hours are on an invoice."""
    query = select(TimeEntry.order_id).join(InvoiceLine, InvoiceLine.time_entry_id == TimeEntry.id)
    return list(db.session.scalars(query.where(InvoiceLine.invoice_id == invoice_id).distinct()))


# Lists


@dataclass(frozen=True)
class Search:
    """What a list of invoices asks for; None and "" mean any."""

    status: InvoiceStatus | None = None
    overdue_on: date | None = None
    month: date | None = None
    text: str = ""


@dataclass(frozen=True)
class InvoiceRow:
    """An invoice in a list."""

    id: int
    jobcenter_id: int
    kind: InvoiceKind
    status: InvoiceStatus
    number: int | None
    buyer_name: str
    cost_centre: str
    first_day: date
    last_day: date
    sent_on: date | None
    due_on: date | None
    paid_on: date | None
    gross: Decimal


@dataclass(frozen=True)
class Summary:
    """How many invoices a list has, and what they come to together."""

    count: int
    net: Decimal
    vat: Decimal
    gross: Decimal


def invoices_of(actor: Actor, search: Search, *, limit: int, offset: int) -> list[InvoiceRow]:
    """Invoices of the actor's Jobcenters: drafts first, then the newest."""
    query = _matching(_rows().where(_managed_by(actor)), search)
    query = query.order_by(Invoice.number.is_not(None), Invoice.sent_on.desc(), Invoice.id.desc())
    return _listed(query.limit(limit).offset(offset))


def summary_of(actor: Actor, search: Search) -> Summary:
    """What the invoices that fit come to, all pages together."""
    sums = [func.coalesce(func.sum(amount), ZERO) for amount in (Invoice.net, Invoice.vat, Invoice.gross)]
    query = select(func.count(), *sums).where(_managed_by(actor))
    count, net, vat, gross = db.session.execute(_matching(query, search)).one()
    return Summary(count, net, vat, gross)


def invoices_sent_to(actor: Actor, *, limit: int, offset: int) -> list[InvoiceRow]:
    """Invoices sent to the actor's organisations, the newest first."""
    query = _rows().where(_sent_to(actor)).order_by(Invoice.sent_on.desc(), Invoice.id.desc())
    return _listed(query.limit(limit).offset(offset))


def number_sent_to(actor: Actor) -> int:
    """How many invoices were sent to the actor's organisations."""
    return db.session.scalar(select(func.count()).select_from(Invoice).where(_sent_to(actor))) or 0


def _rows() -> Select:
    return select(
        Invoice.id,
        Invoice.jobcenter_id,
        Invoice.kind,
        Invoice.status,
        Invoice.number,
        Invoice.buyer_name,
        Invoice.cost_centre,
        Invoice.first_day,
        Invoice.last_day,
        Invoice.sent_on,
        Invoice.due_on,
        Invoice.paid_on,
        Invoice.gross,
    )


def _listed(query: Select) -> list[InvoiceRow]:
    return [InvoiceRow(*row) for row in db.session.execute(query)]


def _matching(query: Select, search: Search) -> Select:
    if search.status is None:
        query = query.where(Invoice.status != InvoiceStatus.DISCARDED)
    else:
        query = query.where(Invoice.status == search.status)
    if search.overdue_on is not None:
        query = query.where(Invoice.kind == InvoiceKind.INVOICE, Invoice.due_on < search.overdue_on)
    if search.month is not None:
        last = OfMonth(bill_to=BillTo(organisation_id=0, cost_centre="", reference=""), month=search.month).last_day
        query = query.where(Invoice.sent_on >= search.month, Invoice.sent_on <= last)
    if search.text:
        number = Invoice.number == int(search.text) if search.text.isdecimal() and len(search.text) < 9 else False
        query = query.where(or_(Invoice.buyer_name.icontains(search.text, autoescape=True), number))
    return query


# The pieces


def _managed_by(actor: Actor) -> ColumnElement[bool]:
    return Invoice.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR, Role.ADMIN))


def _sent_to(actor: Actor) -> ColumnElement[bool]:
    organisations = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == actor.user_id)
    return and_(Invoice.organisation_id.in_(organisations), Invoice.status.in_(ISSUED))
