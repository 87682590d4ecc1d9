"""What happens to invoices: drafted, numbered, sent, credited; each on the log. Payments are `billing.payments`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from jobcenter.auth import queries as auth_queries
from jobcenter.auth import service as auth
from jobcenter.auth.domain import Actor, LinkPurpose, Role
from jobcenter.billing import bank
from jobcenter.billing.invoices import domain, paper, policy, post, queries, queries_waiting
from jobcenter.billing.invoices.domain import (
    BillableHours,
    CreditInvoice,
    InvoiceAction,
    InvoiceKind,
    InvoiceStatus,
    Line,
    MakeInvoice,
    OfOrder,
    Totals,
)
from jobcenter.billing.invoices.domain_credit import Credit, Extent, credits_of
from jobcenter.billing.invoices.domain_shares import minutes_on_invoices
from jobcenter.billing.invoices.models import Invoice, InvoiceCounter, InvoiceLine, InvoiceVat
from jobcenter.billing.invoices.particulars import particulars_of
from jobcenter.billing.invoices.queries_sides import Sides, sides_of
from jobcenter.billing.payments.settling import invoice_issued, settle_links
from jobcenter.billing.settings import queries as settings
from jobcenter.core import audit, clock, texts, todo
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.uow import flush, register_clash
from jobcenter.documents.stored import to_plain
from jobcenter.orders.hours import service as hours_service

NOT_MAILED_TWICE_WITHIN = timedelta(minutes=1)
_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}

register_clash("uq_invoice_line_live_entry", lambda: domain.NothingToBill("nothing_to_bill"))


def make_drafts(actor: Actor, command: MakeInvoice) -> list[Invoice]:
    """Gather what waits to be billed into a draft for each payer, which hold its hours. The same form makes them once.

    Raises NothingToBill, NotFound for what another Jobcenter's form has made.
    """
    managed = actor.jobcenters(Role.COORDINATOR)
    jobcenter_id = queries_waiting.jobcenter_of(managed, command.selection)
    if jobcenter_id is not None:
        _lock_counter(jobcenter_id)
        settings.hold_money_of(jobcenter_id)
    made = queries.made_with(command.form_key)
    if made:
        return [queries.invoice_for(actor, invoice.id) for invoice in made]
    waiting = queries_waiting.billable_hours(managed, command.selection)
    if not waiting:
        raise domain.NothingToBill("nothing_to_bill")
    return [
        _draft(actor, command, hours, f"{queries.OF_PAYER}{place}" if place else "")
        for place, hours in enumerate(domain.by_payer(waiting))
    ]


def make_draft(actor: Actor, command: MakeInvoice) -> Invoice:
    """The first of `make_drafts`: the only one, unless the invoice of the order is split."""
    return make_drafts(actor, command)[0]


def discard(actor: Actor, invoice_id: int) -> Invoice:
    """Throw a draft away; its hours can go on another invoice."""
    invoice = _managed(actor, invoice_id)
    with _logged(actor, invoice, InvoiceAction.DISCARD):
        _let_hours_go(actor, invoice)
    return invoice


def approve(actor: Actor, invoice_id: int) -> Invoice:
    """A second person has looked at a draft and lets it be sent. Raises NotPossible for who made it, AlreadyDone."""
    invoice = _managed(actor, invoice_id)
    is_approved = invoice.approved_at is not None
    domain.check_approval(made_by_id=invoice.made_by_id, approver_id=actor.user_id, is_approved=is_approved)
    with _logged(actor, invoice, InvoiceAction.APPROVE):
        invoice.approved_by, invoice.approved_by_id, invoice.approved_at = actor.name, actor.user_id, clock.now()
    return invoice


def send(actor: Actor, invoice_id: int) -> Invoice:
    """Give a draft its number, keep all that it says, and mail it to the orderer. It never changes afterwards.

    Raises DomainError when the Jobcenter has no account to pay to, wants an approval first or says not why it charges
    no VAT.
    """
    invoice = _managed(actor, invoice_id)
    with _logged(actor, invoice, InvoiceAction.SEND):
        sides, lines = sides_of(invoice), queries.lines_of(invoice.id)
        if not bank.is_iban(sides.seller.iban):
            raise DomainError("jobcenter_account_missing")
        terms = sides.terms
        is_approved = invoice.approved_at is not None or not terms.approves_invoices
        domain.check_sending(lines, vat_free=terms.vat_free is not None, is_approved=is_approved)
        invoice.vat_free = terms.vat_free if domain.charges_nothing(lines) else None
        invoice.buyer_name = sides.buyer.name
        _number(invoice, actor)
        invoice.due_on = domain.due_on(sent_on=invoice.sent_on, days=terms.payment_days)
        invoice.reference_number = domain.reference_for(jobcenter_id=invoice.jobcenter_id, number=invoice.number)
    _issue(invoice, sides, lines)
    invoice_issued(actor, invoice)
    return invoice


def credit_all(actor: Actor, invoice_id: int, command: CreditInvoice) -> list[Invoice]:
    """Take a sent invoice back, whole or some of its hours, by credit notes sent at once; they can be billed anew.

    One note, or two or three where the VAT of one could not be right to the cent. The state changes when nothing is
    left. Raises CreditRefused, AlreadyDone, NotPossible.
    """
    invoice = _managed(actor, invoice_id)
    domain.next_state(invoice.status, InvoiceAction.CREDIT)
    _lock_counter(invoice.jobcenter_id)
    if command.form_key and queries.made_with(command.form_key):
        raise AlreadyDone("invoice_already")
    credits = credits_of(queries.sent_lines_of(invoice.id), command.minutes)
    notes = [_credit_note(actor, invoice, command, taken) for taken in credits]
    for place, (note, taken) in enumerate(zip(notes, credits, strict=True)):
        if place and command.form_key:
            note.form_key = f"{command.form_key}{queries.OF_PAYER}{place}"
        _book_credit(actor, invoice, note, taken)
    for note, taken in zip(notes, credits, strict=True):
        _issue(note, sides_of(note), taken.lines)
    return notes


def credit(actor: Actor, invoice_id: int, command: CreditInvoice) -> Invoice:
    """The first of `credit_all`: the only one, unless more are needed."""
    return credit_all(actor, invoice_id, command)[0]


def mail_again(actor: Actor, invoice_id: int) -> Invoice:
    """Mail new links to a sent invoice; those mailed before open it no more. Raises AlreadyDone for a double click."""
    invoice = _managed(actor, invoice_id)
    if invoice.status not in domain.MAILED:
        raise NotPossible("invoice_not_possible")
    newest, now = auth_queries.newest_link_at(LinkPurpose.READ_INVOICE, invoice.id), clock.now()
    if newest is not None and now - newest < NOT_MAILED_TWICE_WITHIN:
        raise AlreadyDone("invoice_just_mailed")
    auth.shorten_links(LinkPurpose.READ_INVOICE, invoice.id, now)
    post.mail_to_all(invoice, again=now.isoformat())
    audit.record(actor, "invoice.mail_again", "invoice", invoice.id, jobcenter_id=invoice.jobcenter_id)
    return invoice


# Crediting


def _book_credit(actor: Actor, invoice: Invoice, note: Invoice, taken: Credit) -> None:
    _take_back(actor, invoice, taken)
    _number(note, actor)
    _store(note, taken.lines, taken.totals, live=False)
    audit.record(actor, "invoice.send", "invoice", note.id, after=facts_of(note), jobcenter_id=note.jobcenter_id)
    invoice_issued(actor, note)


def _take_back(actor: Actor, invoice: Invoice, taken: Credit) -> None:
    """Let the credited hours go; the invoice is credited when nothing of it is left."""
    if taken.extent is Extent.PART:
        _let_minutes_go(actor, invoice, taken)
        after = {"minutes": {str(line_id): minutes for line_id, minutes in taken.minutes.items()}}
        scope = {"jobcenter_id": invoice.jobcenter_id}
        audit.record(actor, "invoice.credit_part", "invoice", invoice.id, after=after, **scope)
        return
    with _logged(actor, invoice, InvoiceAction.CREDIT):
        _let_minutes_go(actor, invoice, taken)
    settle_links(invoice)


def _let_minutes_go(actor: Actor, invoice: Invoice, taken: Credit) -> None:
    touched = [row for row in queries.line_rows(invoice.id) if row.id in taken.minutes]
    for row in touched:
        row.credited_minutes += taken.minutes[row.id]
        row.live = row.credited_minutes < row.minutes
    flush()
    _free_hours(actor, [row.time_entry_id for row in touched])


def _credit_note(actor: Actor, invoice: Invoice, command: CreditInvoice, taken: Credit) -> Invoice:
    return Invoice(
        jobcenter_id=invoice.jobcenter_id,
        organisation_id=invoice.organisation_id,
        order_id=invoice.order_id,
        credits_id=invoice.id,
        form_key=command.form_key,
        kind=InvoiceKind.CREDIT_NOTE,
        status=InvoiceStatus.SENT,
        language=invoice.language,
        buyer_name=invoice.buyer_name,
        cost_centre=invoice.cost_centre,
        buyer_reference=invoice.buyer_reference,
        first_day=min(line.worked_on for line in taken.lines),
        last_day=max(line.worked_on for line in taken.lines),
        reason=command.reason,
        vat_free=invoice.vat_free,
        made_by=actor.name,
        made_by_id=actor.user_id,
        made_at=clock.now(),
    )


# Drafting


def _draft(actor: Actor, command: MakeInvoice, waiting: Sequence[BillableHours], of_payer: str) -> Invoice:
    """The draft of one payer's hours."""
    bill_to, selection = waiting[0].bill_to, command.selection
    invoice = Invoice(
        jobcenter_id=waiting[0].jobcenter_id,
        organisation_id=bill_to.organisation_id,
        order_id=selection.order_id if isinstance(selection, OfOrder) else None,
        form_key=f"{command.form_key}{of_payer}",
        kind=InvoiceKind.INVOICE,
        status=InvoiceStatus.DRAFT,
        language=_language_of(bill_to.organisation_id),
        buyer_name=waiting[0].organisation_name,
        cost_centre=bill_to.cost_centre,
        buyer_reference=bill_to.reference,
        first_day=waiting[0].worked_on,
        last_day=waiting[-1].worked_on,
        made_by=actor.name,
        made_by_id=actor.user_id,
        made_at=clock.now(),
    )
    with texts.in_language(invoice.language):
        lines = paper.lines_for(waiting)
    _store(invoice, lines, domain.totals(lines), live=True)
    entry_ids = [hours.time_entry_id for hours in waiting]
    shares = queries_waiting.left_of(entry_ids) if any(not hours.portion.is_whole for hours in waiting) else ()
    hours_service.mark_invoiced(actor, entry_ids, shares=shares)
    audit.record(
        actor, "invoice.draft", "invoice", invoice.id, after=facts_of(invoice), jobcenter_id=invoice.jobcenter_id
    )
    return invoice


def _store(invoice: Invoice, lines: Sequence[Line], totals: Totals, *, live: bool) -> None:
    """Store an invoice with its lines and sums."""
    invoice.net, invoice.vat, invoice.gross = totals.together.net, totals.together.vat, totals.together.gross
    db.session.add(invoice)
    flush()
    db.session.add_all(_line_row(invoice, place, line, live) for place, line in enumerate(lines, start=1))
    db.session.add_all(
        InvoiceVat(
            invoice_id=invoice.id,
            vat_percent=vat_sum.vat_percent,
            net=vat_sum.price.net,
            vat=vat_sum.price.vat,
            gross=vat_sum.price.gross,
        )
        for vat_sum in totals.per_rate
    )
    flush()


def _line_row(invoice: Invoice, position: int, line: Line, live: bool) -> InvoiceLine:
    return InvoiceLine(
        invoice_id=invoice.id,
        position=position,
        time_entry_id=line.time_entry_id,
        description=line.description,
        worked_on=line.worked_on,
        minutes=line.minutes,
        hourly_price=line.hourly_price,
        vat_percent=line.vat_percent,
        net=line.net,
        live=live,
        piece=line.piece,
        share_id=line.share_id,
        share_begins=line.portion.begins,
        share_ends=line.portion.ends,
    )


def _language_of(organisation_id: int) -> str:
    members = queries.members_of(organisation_id)
    return members[0].language if members else texts.DEFAULT


def _let_hours_go(actor: Actor, invoice: Invoice) -> None:
    db.session.execute(update(InvoiceLine).where(InvoiceLine.invoice_id == invoice.id).values(live=False))
    _free_hours(actor, [line.time_entry_id for line in queries.lines_of(invoice.id)])


def _free_hours(actor: Actor, entry_ids: Collection[int]) -> None:
    """Let hours be billed anew; those of which other payers' shares are on invoices stay as they were worked."""
    held = queries_waiting.held_of(entry_ids)
    shares = {entry_id for entry_id, lines in held.items() if any(not line.portion.is_whole for line in lines)}
    billed = {entry_id: minutes_on_invoices(lines) for entry_id, lines in held.items()}
    hours_service.unmark_invoiced(actor, entry_ids, shares=shares, billed=billed)


# Numbering and sending


def _number(invoice: Invoice, actor: Actor) -> None:
    """Take the next number of the Jobcenter, in the same transaction: what is rolled back leaves no gap."""
    counter = _lock_counter(invoice.jobcenter_id)
    counter.last_number += 1
    invoice.number = counter.last_number
    invoice.sent_on, invoice.sent_by = clock.today(), actor.name


def _lock_counter(jobcenter_id: int) -> InvoiceCounter:
    insert = _INSERTS[db.session.get_bind().dialect.name](InvoiceCounter)
    db.session.execute(insert.values(jobcenter_id=jobcenter_id, last_number=0).on_conflict_do_nothing())
    return queries.locked_counter(jobcenter_id)


def _issue(invoice: Invoice, sides: Sides, lines: Sequence[Line]) -> None:
    """Keep what the invoice says, mail a link to it to the orderer, and leave it to be sent as an e-invoice."""
    with texts.in_language(invoice.language):
        document = paper.build(invoice, sides, lines, queries.vat_sums_of(invoice.id))
        invoice.particulars = to_plain(particulars_of(invoice, sides))
    invoice.document = to_plain(document)
    flush()
    todo.leave(domain.INVOICE_ISSUED, invoice.id)
    post.mail_to_all(invoice)


# The pieces


def facts_of(invoice: Invoice) -> dict[str, Any]:
    """What the log keeps of an invoice."""
    return {
        "status": invoice.status,
        "number": invoice.number,
        "gross": invoice.gross,
        "due_on": invoice.due_on,
        "paid_on": invoice.paid_on,
        "credits": invoice.credits_id,
        "reason": invoice.reason,
        "approved_by": invoice.approved_by,
    }


def _managed(actor: Actor, invoice_id: int) -> Invoice:
    """The invoice, locked, for a coordinator of its Jobcenter. Nothing can be done to a credit note."""
    invoice = queries.invoice_for(actor, invoice_id, lock=True)
    if not policy.can_manage(actor, invoice.jobcenter_id):
        raise NotFound
    if invoice.kind is not InvoiceKind.INVOICE:
        raise NotPossible("invoice_not_possible")
    return invoice


@contextmanager
def _logged(actor: Actor, invoice: Invoice, action: InvoiceAction) -> Iterator[None]:
    """Refuse what the state does not allow; else let the body change the invoice, then move its state and log both."""
    before = facts_of(invoice)
    status = domain.next_state(invoice.status, action)
    yield
    invoice.status = status
    flush()
    verb, scope = f"invoice.{action}", {"jobcenter_id": invoice.jobcenter_id}
    audit.record(actor, verb, "invoice", invoice.id, before=before, after=facts_of(invoice), **scope)
