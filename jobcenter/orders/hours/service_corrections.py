"""Corrections of hours that are paid: what was missing becomes hours of its own; see `domain_corrections`."""

from __future__ import annotations

from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.core import audit, todo
from jobcenter.core.db import db
from jobcenter.core.errors import DomainError, NotFound
from jobcenter.core.uow import flush
from jobcenter.orders.hours import domain, post, queries, service
from jobcenter.orders.hours.domain import EditHours, EntryAction, EntryStatus, Worktime
from jobcenter.orders.hours.domain_corrections import (
    check_paid,
    missing_minutes,
    refuse_below_billed,
    unbilled_minutes,
)
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.hours.policy import can_log
from jobcenter.workers.same_person import hold_people

COPIED = ("worked_on", "wage", "price", "vat_percent")


def add_missing(actor: Actor, entry_id: int, command: EditHours) -> TimeEntry:
    """Paid hours were longer: what was missing becomes hours that the orderer confirms and the next list pays.

    Told again with the same times, as by a form sent twice, it gives the hours that were added. Raises NotFound,
    PaidForMore, NotPossible while something of the same work is not paid, and DomainError on an old version or for
    times that cannot be.
    """
    entry, standing = queries.entry_for(actor, entry_id)
    if not can_log(standing):
        raise NotFound
    hold_people([entry.worker_id])
    rows, offer = queries.rows_of_work(entry.offer_id), service.offer_of(actor, entry)
    worktime = service.worktime_for(offer, command.typed, own={row.id for row in rows})
    if _says(rows[-1], worktime):
        return rows[-1]
    check_paid(row.of_work for row in rows)
    if entry.version != command.version:
        raise DomainError("changed_meanwhile")
    first, before = rows[0], service.facts_of(rows[-1]) | {"minutes": sum(row.minutes for row in rows)}
    missing = missing_minutes(worktime, (row.of_work for row in rows), worked_on=first.worked_on)
    for row in rows:
        _leave_unbilled(row, 0)
    added = service.new_entry(actor, offer, standing)
    for name in COPIED:
        setattr(added, name, getattr(first, name))
    added.corrects_id, added.status = first.id, EntryStatus.LOGGED
    service.keep_times(added, worktime, missing)
    service.store(actor, added, standing)
    change = service.change_of(actor, added, before, command.reason, was_confirmed=False)
    change.after = change.after | _times_of(worktime)
    db.session.add(change)
    post.tell_of_missing_hours(added, offer, change)
    return added


def bill_less(actor: Actor, entry_id: int, command: EditHours) -> list[TimeEntry]:
    """Paid hours were shorter: the orderer is asked for the right ones only, and what was paid stays the worker's.

    Told again with other times it holds for those. Raises NotFound for all but the coordinator, NotPossible while
    something of the same work is not paid, Billed when more is on invoices: that is credited first.
    """
    entry, standing = queries.entry_for(actor, entry_id)
    if not standing.is_coordinator:
        raise NotFound
    hold_people([entry.worker_id])
    queries.locked_entries(row.id for row in queries.rows_of_work(entry.offer_id))
    rows = queries.rows_of_work(entry.offer_id)
    of_work = [row.of_work for row in rows]
    check_paid(of_work)
    if entry.version != command.version:
        raise DomainError("changed_meanwhile")
    worktime = service.worktime_for(service.offer_of(actor, entry), command.typed, own={row.id for row in rows})
    before = service.facts_of(rows[-1]) | {"minutes": sum(row.minutes - row.unbilled_minutes for row in rows)}
    for row, minutes in zip(rows, unbilled_minutes(worktime, of_work, worked_on=rows[0].worked_on), strict=True):
        refuse_below_billed(row.minutes - minutes, row.billed_minutes)
        _leave_unbilled(row, minutes)
    flush()
    change = service.change_of(actor, entry, before, command.reason, was_confirmed=False)
    change.after = change.after | _times_of(worktime)
    db.session.add(change)
    facts = {"jobcenter_id": entry.jobcenter_id, "before": before, "after": change.after}
    audit.record(actor, "hours.bill_less", "time_entry", entry.id, **facts)
    return rows


def withdraw(actor: Actor, entry_id: int) -> TimeEntry:
    """A correction of paid hours came to nothing: it is neither paid nor billed. Whoever worked is told.

    Raises NotFound for what corrects nothing, AlreadyDone, NotPossible once it is confirmed.
    """
    entry, standing = queries.entry_for(actor, entry_id, lock=True)
    if entry.corrects_id is None or not can_log(standing):
        raise NotFound
    before, first = service.facts_of(entry), queries.rows_of_work(entry.offer_id)[0]
    entry.status = domain.next_state(entry.status, EntryAction.WITHDRAW)
    entry.starts_at, entry.ends_at, entry.break_minutes = first.starts_at, first.ends_at, first.break_minutes
    entry.minutes, entry.unbilled_minutes, entry.dispute_reason = 0, 0, ""
    flush()
    service.record(actor, "hours.withdraw_correction", entry, before, standing)
    todo.leave(todo.Changed.INCOME, entry.worker_id)
    if not standing.is_worker:
        post.tell_of_withdrawn_correction(entry, who=actor.name)
    return entry


def _says(row: TimeEntry, worktime: Worktime) -> bool:
    """Whether hours that were added, and that the orderer has not answered for yet, are of these times."""
    if row.corrects_id is None or row.status is not EntryStatus.LOGGED:
        return False
    times = (worktime.starts_at, worktime.ends_at, worktime.break_minutes)
    return (row.starts_at, row.ends_at, row.break_minutes) == times


def _leave_unbilled(row: TimeEntry, minutes: int) -> None:
    """The orderer is not asked for so many minutes of an entry; what is on invoices already, and what is not asked for
    at all, says whether any wait.
    """
    had_none_to_bill, row.unbilled_minutes = 0 < row.minutes == row.unbilled_minutes, minutes
    if row.billed_minutes or had_none_to_bill or 0 < row.minutes == minutes:
        nothing_left = row.billed_minutes == row.minutes - minutes
        row.invoiced = nothing_left and (row.invoiced or not row.share_invoiced)


def _times_of(worktime: Worktime) -> dict[str, Any]:
    return {
        "starts_at": worktime.starts_at.isoformat(),
        "ends_at": worktime.ends_at.isoformat(),
        "break_minutes": worktime.break_minutes,
        "minutes": worktime.minutes,
    }
