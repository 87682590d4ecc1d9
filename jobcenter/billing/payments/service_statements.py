"""Taking in a bank's file: each payment once, matched by its reference number, else left for a coordinator."""

from __future__ import annotations

from collections.abc import Iterable

from jobcenter.auth import queries as auth_queries
from jobcenter.auth.domain import Actor
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments import policy, queries, service
from jobcenter.billing.payments.domain import PaymentSource, StatementRefused, TakeInStatement
from jobcenter.billing.payments.models import BankStatement, Payment
from jobcenter.billing.payments.statements import Incoming, Statement, UnreadableStatement, read_statement
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, NotFound
from jobcenter.core.uow import flush, register_clash

FILE_NAME_LENGTH = 250

register_clash("uq_bank_statement_digest", lambda: AlreadyDone("statement_already"))


def take_in_statement(actor: Actor, jobcenter_id: int, command: TakeInStatement) -> BankStatement:
    """Take in what a bank's file tells of the Jobcenter's account. The same file, or an overlapping one, adds nothing.

    An account may be shared by Jobcenters: each payment is booked where its invoice is. Raises StatementRefused,
    AlreadyDone, NotFound.
    """
    if not policy.can_manage(actor, jobcenter_id):
        raise NotFound
    iban = auth_queries.jobcenter(jobcenter_id).iban
    statement = _read(command.content, iban)
    if queries.statement_with(statement.digest):
        raise AlreadyDone("statement_already")
    known = queries.known_keys([incoming.key for incoming in statement.incoming])
    fresh = [incoming for incoming in statement.incoming if incoming.key not in known]
    row = _store(actor, jobcenter_id, command, statement, added=len(fresh))
    _take_in(actor, row, fresh, iban)
    facts = {"file": row.file_name, "kind": row.kind, "added": row.added, "known": row.known}
    audit.record(actor, "bank_statement.take_in", "bank_statement", row.id, after=facts, jobcenter_id=jobcenter_id)
    return row


def _read(content: bytes, iban: str) -> Statement:
    try:
        statement = read_statement(content)
    except UnreadableStatement as error:
        raise StatementRefused("statement_unreadable", "file") from error
    if not statement.is_of(iban):
        raise StatementRefused("statement_of_other_account", "file")
    latest = max((incoming.day for incoming in statement.incoming), default=None)
    if latest is not None and latest > clock.today():
        raise StatementRefused("statement_day_ahead", "file", day=latest)
    return statement


def _store(
    actor: Actor, jobcenter_id: int, command: TakeInStatement, statement: Statement, *, added: int
) -> BankStatement:
    row = BankStatement(
        jobcenter_id=jobcenter_id,
        kind=statement.kind,
        digest=statement.digest,
        file_name=command.file_name[:FILE_NAME_LENGTH],
        account=statement.account,
        added=added,
        known=len(statement.incoming) - added,
        left_out=" ".join(f"{reason}:{count}" for reason, count in sorted(statement.left_out.items())),
        made_by=actor.name,
        made_at=clock.now(),
    )
    db.session.add(row)
    flush()
    return row


def _take_in(actor: Actor, statement: BankStatement, fresh: Iterable[Incoming], iban: str) -> None:
    fresh = list(fresh)
    invoices = queries.invoices_by_reference([ref for one in fresh for ref in one.references], iban)
    for incoming in fresh:
        invoice = _invoice_of(incoming, invoices)
        payment = _payment(actor, statement, incoming, invoice)
        if invoice is None:
            service.take_in_unmatched(actor, payment)
        else:
            service.take_in(actor, invoice, payment)


def _invoice_of(incoming: Incoming, invoices: dict[str, Invoice]) -> Invoice | None:
    """The one invoice that a payment names; none when it names several: a person then says what goes where."""
    named = {invoices[reference].id: invoices[reference] for reference in incoming.references if reference in invoices}
    return next(iter(named.values())) if len(named) == 1 else None


def _payment(actor: Actor, statement: BankStatement, incoming: Incoming, invoice: Invoice | None) -> Payment:
    jobcenter_id = invoice.jobcenter_id if invoice else statement.jobcenter_id
    payment = service.new_payment(actor, jobcenter_id, PaymentSource.BANK, incoming.day, incoming.amount)
    payment.statement_id, payment.bank_key = statement.id, incoming.key
    payment.payer, payment.message = incoming.payer, incoming.message
    payment.reference = ", ".join(incoming.references)[:120]
    return payment
