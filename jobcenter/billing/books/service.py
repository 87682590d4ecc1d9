"""Posting to the books, taking an entry back, closing a month.

    books.post(actor, domain_events.invoice_sent(bill))

A post is safe to repeat: an event that is in the books already is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from jobcenter.auth.domain import Actor
from jobcenter.billing.books import domain, domain_due, policy, queries, queries_due
from jobcenter.billing.books.chart import chart
from jobcenter.billing.books.domain import Account, Event, EventKind, NumberAccounts
from jobcenter.billing.books.domain_due import NotePaid, What
from jobcenter.billing.books.models import (
    LedgerAccountNumber,
    LedgerCounter,
    LedgerEntry,
    LedgerLine,
    LedgerMonth,
    LedgerMonthNumber,
)
from jobcenter.core import audit, clock
from jobcenter.core.db import db, new_ref
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.core.money import ZERO
from jobcenter.core.uow import ChangedMeanwhile, flush, register_clash

_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
LONGEST_TEXT = 250

register_clash("uq_ledger_entry_event", ChangedMeanwhile)
register_clash("uq_ledger_entry_reverses_id", lambda: AlreadyDone("entry_already_reversed"))
register_clash("pk_ledger_month", lambda: AlreadyDone("month_already_closed"))
register_clash("ledger_month_closed", lambda: domain.MonthClosed("month_closed"))


def post(actor: Actor, event: Event) -> str | None:
    """Put one event in the books; gives the entry's id, or None for an event that moves no money.

    Posting it again gives the entry that is there. Raises PostedDifferently when that one has other lines.
    """
    return post_all(actor, [event])[0]


def post_all(actor: Actor, events: Sequence[Event]) -> list[str | None]:
    """Put events of one Jobcenter in the books, all or none; see `post`. The number of queries does not grow."""
    moving = [event for event in events if not event.is_empty]
    if not moving:
        return [None for _event in events]
    (jobcenter_id,) = {event.jobcenter_id for event in moving}
    last_number = _lock_counter(jobcenter_id)
    there = queries.entries_by_event([event.ref for event in moving])
    for event in moving:
        if event.ref in there:
            queries.check_same(there[event.ref], event)
    fresh = [event for event in {event.ref: event for event in moving}.values() if event.ref not in there]
    ids = {ref: entry.id for ref, entry in there.items()} | _store(actor, fresh, last_number + 1)
    return [ids.get(event.ref) for event in events]


def reverse(actor: Actor, event_ref: str, *, day: date, text: str) -> str:
    """Take an entry back by one with its sides changed. Raises NotFound, AlreadyDone when that was done."""
    entry = queries.entry_of_event(event_ref)
    if queries.is_reversed(entry.id):
        raise AlreadyDone("entry_already_reversed")
    taken_back = Event(
        jobcenter_id=entry.jobcenter_id,
        ref=f"reversal:{entry.id}",
        kind=EventKind.REVERSAL,
        day=day,
        text=text,
        source_type=entry.source_type,
        source_id=entry.source_id,
        lines=domain.reversed_lines(queries.postings_of(entry.id)),
    )
    number = _lock_counter(entry.jobcenter_id) + 1
    return _store(actor, [taken_back], number, reverses_id=entry.id)[taken_back.ref]


def note_paid(actor: Actor, jobcenter_id: int, command: NotePaid) -> str:
    """Note that something due was paid; gives the entry's id. The same form notes it once.

    Raises NotFound, NotSoMuchDue, and DomainError for a day to come or of a closed month.
    """
    if not policy.can_note_paid(actor, jobcenter_id):
        raise NotFound
    _lock_counter(jobcenter_id)
    event = domain_due.due_paid(jobcenter_id, command)
    if made := queries.entries_by_event([event.ref]):
        return made[event.ref].id
    due, closed_until = _due(jobcenter_id, command.what), queries.closed_until(jobcenter_id)
    domain_due.check_paid(command, due, closed_until=closed_until, today=clock.today())
    (entry_id,) = post_all(actor, [event])
    after = {"what": command.what.key, "day": command.day, "amount": command.amount, "text": command.text}
    audit.record(actor, "ledger.note_paid", "ledger_entry", entry_id, after=after, jobcenter_id=jobcenter_id)
    return entry_id


def take_back_paid(actor: Actor, jobcenter_id: int, entry_id: str) -> str:
    """A payment of something due was noted by mistake: an entry with its sides changed takes it back; what was noted
    stays in the books. Raises NotFound, AlreadyDone.
    """
    if not policy.can_note_paid(actor, jobcenter_id):
        raise NotFound
    _lock_counter(jobcenter_id)
    entry = queries_due.noted_payment(jobcenter_id, entry_id)
    day = max(clock.today(), entry.happened_on)
    back_id = reverse(actor, entry.event, day=day, text=entry.text)
    before = {"event": entry.event, "text": entry.text, "day": entry.happened_on}
    audit.record(actor, "ledger.take_back_paid", "ledger_entry", back_id, before=before, jobcenter_id=jobcenter_id)
    return back_id


def _due(jobcenter_id: int, what: What) -> Decimal:
    if what.account is Account.PARTNER_PAYABLES:
        return queries_due.parties_owed(jobcenter_id).get(what.party, ZERO)
    return queries.dues_of(jobcenter_id)[what.account]


def close_month(actor: Actor, jobcenter_id: int, month: date) -> None:
    """Close a month and all before it: nothing can be booked there any more, and the accounts keep their numbers of
    today there. It cannot be opened again.

    Raises NotFound, NotPossible before the month is over, AlreadyDone.
    """
    if not policy.can_close(actor, jobcenter_id):
        raise NotFound
    _lock_counter(jobcenter_id)
    domain.check_close(month, closed_until=queries.closed_until(jobcenter_id), today=clock.today())
    db.session.add(LedgerMonth(jobcenter_id=jobcenter_id, month=month, closed_by=actor.name, closed_at=clock.now()))
    db.session.add_all(
        LedgerMonthNumber(jobcenter_id=jobcenter_id, month=month, account=account.value, number=number)
        for account, number in queries.account_numbers(jobcenter_id).items()
    )
    flush()
    facts = {"month": month}
    audit.record(actor, "ledger.close_month", "ledger_month", jobcenter_id, after=facts, jobcenter_id=jobcenter_id)


def number_accounts(actor: Actor, jobcenter_id: int, command: NumberAccounts) -> None:
    """Keep a Jobcenter's own account numbers. Raises NotFound, DomainError for what is no number or stands twice."""
    if not policy.can_close(actor, jobcenter_id):
        raise NotFound
    before = queries.account_numbers(jobcenter_id)
    after = {account: facts.number for account, facts in chart().items()} | dict(command.numbers)
    domain.check_numbers(command)
    if len(set(after.values())) < len(after):
        raise DomainError("account_number_twice")
    db.session.execute(delete(LedgerAccountNumber).where(LedgerAccountNumber.jobcenter_id == jobcenter_id))
    db.session.add_all(
        LedgerAccountNumber(jobcenter_id=jobcenter_id, account=account.value, number=number)
        for account, number in after.items()
        if number != chart()[account].number
    )
    flush()
    changed = {account.value: number for account, number in after.items() if before[account] != number}
    scope = {"jobcenter_id": jobcenter_id}
    audit.record(actor, "ledger.number_accounts", "jobcenter", jobcenter_id, after=changed, **scope)


# The pieces


def _store(actor: Actor, events: Iterable[Event], number: int, reverses_id: str | None = None) -> dict[str, str]:
    """Store entries with numbers from `number` on; the lines first, which the entries then seal."""
    events = list(events)
    if not events:
        return {}
    closed_until = queries.closed_until(events[0].jobcenter_id)
    ids = {event.ref: new_ref() for event in events}
    db.session.execute(insert(LedgerLine), [row for event in events for row in _line_rows(event, ids[event.ref])])
    entries = [
        _entry_row(actor, event, closed_until) | {"id": ids[event.ref], "number": place, "reverses_id": reverses_id}
        for place, event in enumerate(events, start=number)
    ]
    db.session.execute(insert(LedgerEntry), entries)
    last = update(LedgerCounter).where(LedgerCounter.jobcenter_id == events[0].jobcenter_id)
    db.session.execute(last.values(last_number=number + len(events) - 1))
    return ids


def _entry_row(actor: Actor, event: Event, closed_until: date | None) -> dict[str, object]:
    return {
        "jobcenter_id": event.jobcenter_id,
        "event": event.ref,
        "kind": event.kind.value,
        "happened_on": event.day,
        "booked_on": domain.booked_on(event.day, closed_until),
        "text": event.text[:LONGEST_TEXT],
        "source_type": event.source_type,
        "source_id": str(event.source_id),
        "made_by": actor.name,
        "made_at": clock.now(),
    }


def _line_rows(event: Event, entry_id: str) -> list[dict[str, object]]:
    return [
        {
            "entry_id": entry_id,
            "position": place,
            "account": line.account.value,
            "vat_percent": line.vat_percent,
            "invoice_id": line.invoice_id,
            "party": line.party,
            "debit": line.debit,
            "credit": line.credit,
        }
        for place, line in enumerate(event.lines, start=1)
    ]


def _lock_counter(jobcenter_id: int) -> int:
    """The last voucher number used; whoever posts or closes next in the Jobcenter waits until this work ends."""
    insertion = _INSERTS[db.session.get_bind().dialect.name](LedgerCounter)
    db.session.execute(insertion.values(jobcenter_id=jobcenter_id, last_number=0).on_conflict_do_nothing())
    return queries.locked_last_number(jobcenter_id)
