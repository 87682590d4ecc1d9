"""Finding payments, what an invoice still asks for, and which invoice a payment is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Row, Select, and_, case, func, or_, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import Jobcenter
from jobcenter.billing.books import queries as books_queries
from jobcenter.billing.books.domain import Account, EventKind
from jobcenter.billing.books.models import LedgerEntry, LedgerLine
from jobcenter.billing.invoices.domain import ISSUED, InvoiceKind, InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments.domain import LATE_COSTS, Balance, Change, PaymentStatus, UseKind
from jobcenter.billing.payments.models import BankStatement, InvoiceCollection, Payment, PaymentUse
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.core.money import ZERO, round_cents
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.organisations.models import Organisation

# One payment, one invoice


def payment_for(actor: Actor, payment_id: int, *, lock: bool = False) -> Payment:
    """A payment of the actor's Jobcenter. Raises NotFound."""
    query = select(Payment).where(Payment.id == payment_id, Payment.jobcenter_id.in_(_read_by(actor)))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return or_not_found(db.session.scalar(query))


def locked_payment(payment_id: int) -> Payment:
    """A payment for a message or job, locked."""
    query = select(Payment).where(Payment.id == payment_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def invoice_for(actor: Actor, invoice_id: int, *, lock: bool = False) -> Invoice:
    """A sent invoice (no credit note) of the actor's Jobcenter. Raises NotFound."""
    query = select(Invoice).where(
        Invoice.id == invoice_id,
        Invoice.jobcenter_id.in_(_read_by(actor)),
        Invoice.kind == InvoiceKind.INVOICE,
        Invoice.status.in_(ISSUED),
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return or_not_found(db.session.scalar(query))


def locked_invoice(invoice_id: int) -> Invoice:
    """An invoice for a job, locked."""
    query = select(Invoice).where(Invoice.id == invoice_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def made_with(form_key: str) -> Payment | None:
    """The payment that a form has noted already."""
    return db.session.scalar(select(Payment).where(Payment.form_key == form_key))


def used_with(form_key: str) -> PaymentUse | None:
    """The use that a form has made already."""
    return db.session.scalar(select(PaymentUse).where(PaymentUse.form_key == form_key))


def refund_made_with(form_key: str) -> tuple[PaymentUse, Payment]:
    """The refund that a form has made, with its payment locked."""
    query = select(PaymentUse, Payment).join(Payment, Payment.id == PaymentUse.payment_id)
    query = query.where(PaymentUse.form_key == form_key, PaymentUse.kind == UseKind.REFUND)
    locked = query.with_for_update(of=Payment).execution_options(populate_existing=True)
    use, payment = db.session.execute(locked).one()
    return use, payment


def payments_of(invoice_id: int) -> list[Payment]:
    """An invoice's payments, oldest first."""
    query = select(Payment).where(Payment.invoice_id == invoice_id)
    return list(db.session.scalars(query.order_by(Payment.day, Payment.id)))


def uses_of(payment_ids: Collection[int]) -> list[PaymentUse]:
    """What was done with what some payments had over, oldest first."""
    query = select(PaymentUse).where(PaymentUse.payment_id.in_(payment_ids))
    return list(db.session.scalars(query.order_by(PaymentUse.id)))


def uses_for(invoice_id: int) -> list[tuple[PaymentUse, Payment]]:
    """What other payments had over and was used for an invoice, oldest first, with those payments locked."""
    query = select(PaymentUse, Payment).join(Payment, Payment.id == PaymentUse.payment_id)
    query = query.where(PaymentUse.invoice_id == invoice_id).order_by(PaymentUse.id)
    locked = query.with_for_update(of=Payment).execution_options(populate_existing=True)
    return [(use, payment) for use, payment in db.session.execute(locked)]


def used_of(payment_id: int) -> Decimal:
    """What is used of what a payment had over, without what was given back."""
    return sum((use.amount - use.given_back for use in uses_of([payment_id])), ZERO)


def is_used(payment_id: int) -> bool:
    """Whether anything of what a payment had over is used."""
    return used_of(payment_id) > 0


def taken_of(invoice_id: int, kind: UseKind) -> Decimal:
    """What was taken as interest or compensation for late payment, less what was given back of it."""
    return sum((use.amount - use.given_back for use, _payment in late_costs_of(invoice_id) if use.kind is kind), ZERO)


def late_costs_of(invoice_id: int) -> list[tuple[PaymentUse, Payment]]:
    """What was taken for the delay of an invoice of what its payments had over, the newest first, payments locked."""
    query = select(PaymentUse, Payment).join(Payment, Payment.id == PaymentUse.payment_id)
    query = query.where(Payment.invoice_id == invoice_id, PaymentUse.kind.in_(LATE_COSTS)).order_by(
        PaymentUse.id.desc()
    )
    locked = query.with_for_update(of=Payment).execution_options(populate_existing=True)
    return [(use, payment) for use, payment in db.session.execute(locked)]


def over_when_posted(event_ref: str) -> Decimal:
    """How much of a payment was more than was owed when it was booked."""
    postings = books_queries.postings_of(books_queries.entry_of_event(event_ref).id)
    return sum((line.credit for line in postings if line.account is Account.OVERPAYMENTS), ZERO)


def collection_of(invoice_id: int, *, lock: bool = False) -> InvoiceCollection | None:
    """How the reminders of an invoice stand; None before anything happened."""
    query = select(InvoiceCollection).where(InvoiceCollection.invoice_id == invoice_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def payer_kind(invoice: Invoice) -> OrganisationKind:
    """What kind of orderer pays an invoice."""
    query = select(Organisation.kind).where(Organisation.id == invoice.organisation_id)
    return db.session.scalars(query).one()


# Balances: the books tell what is open


def open_of(invoice_id: int) -> Decimal:
    """What an invoice still asks for; below zero when more was credited than was owed any more."""
    return open_amounts([invoice_id]).get(invoice_id, ZERO)


def open_amounts(invoice_ids: Collection[int]) -> dict[int, Decimal]:
    """What some invoices still ask for, by the receivables in the books."""
    query = (
        select(LedgerLine.invoice_id, func.sum(LedgerLine.debit - LedgerLine.credit))
        .where(LedgerLine.invoice_id.in_(invoice_ids), LedgerLine.account == Account.RECEIVABLES.value)
        .group_by(LedgerLine.invoice_id)
    )
    return {invoice_id: round_cents(Decimal(amount)) for invoice_id, amount in db.session.execute(query)}


def balance_of(invoice: Invoice) -> Balance:
    """An invoice's amounts."""
    return balances_of([invoice])[invoice.id]


def balances_of(invoices: Collection[Invoice]) -> dict[int, Balance]:
    """The amounts of some invoices, by id."""
    ids = [invoice.id for invoice in invoices]
    sums: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for invoice_id, kind, amount in _moves(ids):
        sums[invoice_id][_SIDES.get(kind, "paid")] -= round_cents(Decimal(amount))
    over = _over_of(ids)
    return {
        invoice.id: Balance(
            gross=-sums[invoice.id]["sent"],
            credited=sums[invoice.id]["credited"],
            paid=sums[invoice.id]["paid"],
            written_off=sums[invoice.id]["written_off"],
            over=over.get(invoice.id, ZERO),
        )
        for invoice in invoices
    }


_SIDES = {
    EventKind.INVOICE.value: "sent",
    EventKind.CREDIT_NOTE.value: "credited",
    EventKind.WRITE_OFF.value: "written_off",
}


def _moves(invoice_ids: Collection[int]) -> Iterable[Row[tuple[int, str, Decimal]]]:
    query = (
        select(LedgerLine.invoice_id, LedgerEntry.kind, func.sum(LedgerLine.debit - LedgerLine.credit))
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(LedgerLine.invoice_id.in_(invoice_ids), LedgerLine.account == Account.RECEIVABLES.value)
        .group_by(LedgerLine.invoice_id, LedgerEntry.kind)
    )
    return db.session.execute(query)


def _over_of(invoice_ids: Collection[int]) -> dict[int, Decimal]:
    query = select(Payment.invoice_id, func.sum(Payment.over)).where(Payment.invoice_id.in_(invoice_ids))
    rows = db.session.execute(query.group_by(Payment.invoice_id))
    return {invoice_id: round_cents(Decimal(amount)) for invoice_id, amount in rows}


def changes_of(invoice_ids: Collection[int]) -> dict[int, list[Change]]:
    """What changed of what some invoices ask for, by the day on which it happened.

    What was credited was never owed: a credit note counts from the day on which the invoice was sent.
    """
    is_credit = LedgerEntry.kind == EventKind.CREDIT_NOTE.value
    day = case((is_credit, Invoice.sent_on), else_=LedgerEntry.happened_on)
    query = (
        select(LedgerLine.invoice_id, day, LedgerLine.debit - LedgerLine.credit)
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .join(Invoice, Invoice.id == LedgerLine.invoice_id)
        .where(LedgerLine.invoice_id.in_(invoice_ids), LedgerLine.account == Account.RECEIVABLES.value)
    )
    changes: dict[int, list[Change]] = defaultdict(list)
    for invoice_id, day, amount in db.session.execute(query):
        changes[invoice_id].append(Change(day, round_cents(Decimal(amount))))
    return changes


# Matching


def invoices_by_reference(references: Iterable[str], iban: str) -> dict[str, Invoice]:
    """Sent invoices of all Jobcenters that are paid to an account, by reference number, locked."""
    query = (
        select(Invoice)
        .join(Jobcenter, Jobcenter.id == Invoice.jobcenter_id)
        .where(
            Invoice.reference_number.in_(set(references)),
            Invoice.kind == InvoiceKind.INVOICE,
            Invoice.status.in_(ISSUED),
            func.replace(Jobcenter.iban, " ", "") == iban.replace(" ", ""),
        )
        .with_for_update(of=Invoice)
        .execution_options(populate_existing=True)
        .order_by(Invoice.id)
    )
    return {invoice.reference_number: invoice for invoice in db.session.scalars(query)}


def known_keys(keys: Collection[str]) -> set[str]:
    """Those of the bank's transactions that were taken in already."""
    return set(db.session.scalars(select(Payment.bank_key).where(Payment.bank_key.in_(keys))))


def statement_with(digest: str) -> BankStatement | None:
    """The file of this content that was taken in already."""
    return db.session.scalar(select(BankStatement).where(BankStatement.digest == digest))


def candidates_for(payment: Payment, *, limit: int = 20) -> list[Invoice]:
    """Open invoices that a waiting payment could be for: the same amount first, then those of a like name."""
    query = select(Invoice).where(
        Invoice.jobcenter_id == payment.jobcenter_id,
        Invoice.kind == InvoiceKind.INVOICE,
        Invoice.status == InvoiceStatus.SENT,
    )
    word = payment.payer.split(" ")[0]
    alike = Invoice.buyer_name.icontains(word, autoescape=True) if word else False
    query = query.order_by(Invoice.gross != payment.amount, ~or_(False, alike), Invoice.due_on, Invoice.id)
    return list(db.session.scalars(query.limit(limit)))


def id_of_number(jobcenter_id: int, number: int) -> int | None:
    """The sent invoice of a Jobcenter with this number, if there is one."""
    query = select(Invoice.id).where(
        Invoice.jobcenter_id == jobcenter_id, Invoice.number == number, Invoice.kind == InvoiceKind.INVOICE
    )
    return db.session.scalar(query)


def other_open_of(payment: Payment) -> list[Invoice]:
    """Other open invoices of the orderer who paid over."""
    payer = select(Invoice.organisation_id).where(Invoice.id == payment.invoice_id).scalar_subquery()
    query = select(Invoice).where(
        Invoice.organisation_id == payer,
        Invoice.jobcenter_id == payment.jobcenter_id,
        Invoice.kind == InvoiceKind.INVOICE,
        Invoice.status == InvoiceStatus.SENT,
    )
    return list(db.session.scalars(query.order_by(Invoice.due_on, Invoice.id)))


# Lists


@dataclass(frozen=True)
class PaymentRow:
    """A payment in a list, with the invoice that it is for, if that is known."""

    payment: Payment
    invoice_number: int | None
    buyer_name: str | None


def waiting_payments(actor: Actor) -> list[Payment]:
    """Payments whose invoice is not known, oldest first."""
    query = select(Payment).where(Payment.jobcenter_id.in_(_read_by(actor)), Payment.status == PaymentStatus.WAITING)
    return list(db.session.scalars(query.order_by(Payment.day, Payment.id).limit(200)))


def overpaid(actor: Actor) -> list[PaymentRow]:
    """Payments of which the payer has something with us, oldest first."""
    query = _rows().where(Payment.jobcenter_id.in_(_read_by(actor)), Payment.over > 0)
    return [PaymentRow(*row) for row in db.session.execute(query.order_by(Payment.day, Payment.id).limit(200))]


def newest_payments(actor: Actor, *, limit: int, offset: int) -> list[PaymentRow]:
    """Payments of the actor's Jobcenters, newest first."""
    query = _rows().where(Payment.jobcenter_id.in_(_read_by(actor)))
    query = query.order_by(Payment.day.desc(), Payment.id.desc()).limit(limit).offset(offset)
    return [PaymentRow(*row) for row in db.session.execute(query)]


def number_of_payments(actor: Actor) -> int:
    """How many payments the list has."""
    query = select(func.count()).select_from(Payment).where(Payment.jobcenter_id.in_(_read_by(actor)))
    return db.session.scalar(query) or 0


def newest_statements(actor: Actor, *, limit: int = 10) -> list[BankStatement]:
    """The bank's files taken in last."""
    query = select(BankStatement).where(BankStatement.jobcenter_id.in_(_read_by(actor)))
    return list(db.session.scalars(query.order_by(BankStatement.id.desc()).limit(limit)))


def _rows() -> Select[tuple[Payment, int, str]]:
    return select(Payment, Invoice.number, Invoice.buyer_name).outerjoin(Invoice, Invoice.id == Payment.invoice_id)


# Reminders


@dataclass(frozen=True)
class Overdue:
    """An invoice past its due day, with how its reminders stand."""

    invoice: Invoice
    collection: InvoiceCollection | None


def overdue_on(day: date, jobcenter_ids: Collection[int] | None = None) -> list[Overdue]:
    """Invoices that were due before a day and are not paid, the oldest first; of all Jobcenters when none are named."""
    query = (
        select(Invoice, InvoiceCollection)
        .outerjoin(InvoiceCollection, InvoiceCollection.invoice_id == Invoice.id)
        .where(
            and_(
                Invoice.kind == InvoiceKind.INVOICE,
                Invoice.status == InvoiceStatus.SENT,
                Invoice.due_on < day,
            )
        )
        .order_by(Invoice.due_on, Invoice.id)
    )
    if jobcenter_ids is not None:
        query = query.where(Invoice.jobcenter_id.in_(jobcenter_ids))
    return [Overdue(*row) for row in db.session.execute(query)]


# The pieces


def _read_by(actor: Actor) -> frozenset[int]:
    return actor.jobcenters(Role.COORDINATOR, Role.ADMIN)
