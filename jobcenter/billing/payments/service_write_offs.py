"""Giving up what an invoice still asks for: one person proposes it, another decides."""

from __future__ import annotations

from jobcenter.auth.domain import Actor
from jobcenter.billing.books import domain_events as events
from jobcenter.billing.books import service as books
from jobcenter.billing.invoices import domain as invoice_domain
from jobcenter.billing.invoices.domain import InvoiceAction
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import policy, queries, queries_write_offs
from jobcenter.billing.payments.domain import ProposeWriteOff
from jobcenter.billing.payments.models import WriteOffProposal
from jobcenter.billing.payments.moves import move_of
from jobcenter.billing.payments.settling import loss_by_rate
from jobcenter.core import audit, clock, second_person
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.money import ZERO
from jobcenter.core.second_person import AskAction
from jobcenter.core.uow import flush, register_clash

register_clash("uq_write_off_proposal_open", lambda: AlreadyDone("write_off_already"))


def propose(actor: Actor, invoice_id: int, command: ProposeWriteOff) -> WriteOffProposal:
    """Propose that the rest of an invoice will not come; nothing is booked before another person confirms it.

    Raises NotFound, AlreadyDone while one is open, NotPossible when nothing is.
    """
    invoice = queries.invoice_for(actor, invoice_id, lock=True)
    if not policy.can_manage(actor, invoice.jobcenter_id):
        raise NotFound
    invoice_domain.next_state(invoice.status, InvoiceAction.WRITE_OFF)
    if queries_write_offs.open_proposal(invoice.id) is not None:
        raise AlreadyDone("write_off_already")
    still_open = queries.open_of(invoice.id)
    if still_open <= ZERO:
        raise NotPossible("invoice_not_possible")
    asked = second_person.asked_by(actor, clock.now())
    proposal = WriteOffProposal(
        invoice_id=invoice.id, invoice=invoice, amount=still_open, reason=command.reason, **asked
    )
    db.session.add(proposal)
    flush()
    _record(actor, "invoice.propose_write_off", proposal, None)
    return proposal


def confirm(actor: Actor, proposal_id: int) -> Invoice:
    """Confirm what another has proposed: a loss in the books, and VAT that is in it is no longer owed.

    Raises OwnAsk, AlreadyDone, NotPossible, and DomainError when what is open has changed meanwhile.
    """
    proposal = queries_write_offs.proposal_for(actor, proposal_id, lock=True)
    invoice = proposal.invoice
    second_person.check(proposal, AskAction.APPROVE, actor)
    status = invoice_domain.next_state(invoice.status, InvoiceAction.WRITE_OFF)
    if queries.open_of(invoice.id) != proposal.amount:
        raise DomainError("write_off_changed")
    before = {"status": invoice.status}
    _book(actor, invoice, proposal)
    invoice.status = status
    _decide(actor, proposal, AskAction.APPROVE)
    after = {"status": invoice.status, "amount": proposal.amount, "reason": proposal.reason}
    scope = {"jobcenter_id": invoice.jobcenter_id}
    audit.record(actor, "invoice.write_off", "invoice", invoice.id, before=before, after=after, **scope)
    return invoice


def refuse(actor: Actor, proposal_id: int) -> WriteOffProposal:
    """Say no to what another has proposed: the invoice stays open. Raises OwnAsk, AlreadyDone, NotPossible."""
    return _close(actor, proposal_id, AskAction.REFUSE)


def take_back(actor: Actor, proposal_id: int) -> WriteOffProposal:
    """Take back what one has proposed oneself. Raises OwnAsk, AlreadyDone, NotPossible."""
    return _close(actor, proposal_id, AskAction.TAKE_BACK)


def _close(actor: Actor, proposal_id: int, action: AskAction) -> WriteOffProposal:
    proposal = queries_write_offs.proposal_for(actor, proposal_id, lock=True)
    _decide(actor, proposal, action)
    return proposal


def _book(actor: Actor, invoice: Invoice, proposal: WriteOffProposal) -> None:
    before = queries_write_offs.loss_of(invoice.id).amount
    shares = loss_by_rate(invoice, before + proposal.amount)
    move = move_of(invoice, f"proposal:{proposal.id}", clock.today(), proposal.amount)
    books.post(actor, events.written_off(move, shares))


def _decide(actor: Actor, proposal: WriteOffProposal, action: AskAction) -> None:
    before = _facts(proposal)
    second_person.decide(proposal, action, actor, clock.now())
    flush()
    _record(actor, f"invoice.{action}_write_off", proposal, before)


def _record(actor: Actor, verb: str, proposal: WriteOffProposal, before: dict[str, object] | None) -> None:
    scope = {"jobcenter_id": proposal.invoice.jobcenter_id}
    audit.record(actor, verb, "invoice", proposal.invoice_id, before=before, after=_facts(proposal), **scope)


def _facts(proposal: WriteOffProposal) -> dict[str, object]:
    names = ("id", "status", "amount", "reason", "asked_by")
    return {name: getattr(proposal, name) for name in names}
