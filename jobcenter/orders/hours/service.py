"""What happens to hours: logged, corrected, confirmed, disputed, billed, paid. Every change is on the audit log."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.benefits import ContractForm
from jobcenter.core import audit, clock, todo
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.core.uow import flush, register_clash
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.hours import domain, domain_corrections, post, queries
from jobcenter.orders.hours.domain import DisputeHours, EditHours, EntryAction, EntryStatus, LogHours, Typed, Worktime
from jobcenter.orders.hours.models import TimeEntry, TimeEntryChange
from jobcenter.orders.hours.policy import Standing, can_log
from jobcenter.orders.intake.queries import rates_of
from jobcenter.workers.same_person import hold_people, rows_of_same_person

NOTHING: Mapping[int, int] = MappingProxyType({})

register_clash("uq_time_entry_offer_id", lambda: AlreadyDone("hours_already_logged"))


def log_hours(actor: Actor, offer_id: int, command: LogHours) -> TimeEntry:
    """Log one person's hours of a gig: by themselves, or by a support person or coordinator on their behalf.

    Raises AlreadyDone when they are logged, DomainError for times that cannot be, NotFound for others.
    """
    offer, standing = queries.offer_for(actor, offer_id)
    _refuse_unless(can_log(standing))
    _refuse_logged(offer_id)
    worktime = worktime_for(offer, command.typed)
    entry = new_entry(actor, offer, standing)
    entry.status = EntryStatus.LOGGED
    _set_times(entry, worktime, offer.gig.contract_form)
    store(actor, entry, standing)
    return entry


def ask_support(actor: Actor, offer_id: int) -> TimeEntry:
    """Keep that somebody was there but does not know the times, and ask the support person for them."""
    offer, standing = queries.offer_for(actor, offer_id)
    _refuse_unless(can_log(standing))
    _refuse_logged(offer_id)
    if offer.gig.starts_at > clock.now():
        raise domain.TooEarly("gig_not_begun")
    entry = new_entry(actor, offer, standing)
    entry.status = EntryStatus.NEEDS_TIMES
    entry.worked_on = clock.day_of(offer.gig.starts_at)
    _copy_rates(entry, offer.gig.contract_form)
    store(actor, entry, standing)
    post.ask_for_times(entry, offer)
    return entry


def edit_hours(actor: Actor, entry_id: int, command: EditHours) -> TimeEntry:
    """Correct an entry, or give the times that were missing. A confirmed entry loses its confirmation.

    Raises Billed when it is on an invoice or paid, or its pay came back and is owed, ChangedMeanwhile-like DomainError
    on an old version.
    """
    entry, standing = queries.entry_for(actor, entry_id, lock=True)
    _refuse_unless(can_log(standing))
    _refuse_billed(entry)
    if entry.version != command.version:
        raise DomainError("changed_meanwhile")
    had_times = entry.status is not EntryStatus.NEEDS_TIMES
    status = domain.next_state(entry.status, EntryAction.EDIT if had_times else EntryAction.GIVE_TIMES)
    before, was_confirmed = facts_of(entry), entry.status is EntryStatus.CONFIRMED
    offer = offer_of(actor, entry)
    _set_right_times(entry, offer, command.typed)
    entry.status = status
    _void_answer(entry, actor)
    flush()
    if had_times:
        db.session.add(change_of(actor, entry, before, command.reason, was_confirmed))
    record(actor, "hours.edit", entry, before, standing)
    todo.leave(todo.Changed.INCOME, entry.worker_id)
    if was_confirmed:
        post.tell_of_voided_confirmation(entry, offer, before=before, reason=command.reason)
    return entry


def confirm_hours(actor: Actor, entry_id: int) -> TimeEntry:
    """The orderer confirms; a coordinator when the orderer's time has run out (dated rule, in the terms)."""
    entry, standing = queries.entry_for(actor, entry_id, lock=True)
    _refuse_unless(standing.is_orderer or standing.is_coordinator)
    status = domain.next_state(entry.status, EntryAction.CONFIRM)
    if not standing.is_orderer:
        _refuse_before_coordinators_turn(entry)
    before = facts_of(entry)
    entry.status = status
    entry.confirmed_by, entry.confirmed_at = actor.name, clock.now()
    entry.confirmed_by_coordinator = not standing.is_orderer
    entry.dispute_reason = ""
    flush()
    record(actor, "hours.confirm", entry, before, standing)
    todo.leave(todo.Changed.INCOME, entry.worker_id)
    post.tell_of_confirmation(entry)
    return entry


def confirm_gig(actor: Actor, gig_id: int) -> int:
    """Confirm all of a gig's hours that wait for the orderer, in one click. AlreadyDone when none wait."""
    queries.gig_for_orderer(actor, gig_id)
    waiting = [entry.id for entry in queries.entries_of_gig(gig_id) if entry.status is EntryStatus.LOGGED]
    if not waiting:
        raise AlreadyDone("entry_already")
    for entry_id in waiting:
        confirm_hours(actor, entry_id)
    return len(waiting)


def dispute_hours(actor: Actor, entry_id: int, command: DisputeHours) -> TimeEntry:
    """The orderer says that logged hours are not right; worker, support and coordinator are told why."""
    entry, standing = queries.entry_for(actor, entry_id, lock=True)
    _refuse_unless(standing.is_orderer)
    before = facts_of(entry)
    entry.status = domain.next_state(entry.status, EntryAction.DISPUTE)
    entry.dispute_reason = command.reason
    flush()
    record(actor, "hours.dispute", entry, before, standing)
    post.tell_of_dispute(entry)
    return entry


# For billing: what is invoiced and paid


def mark_invoiced(actor: Actor, entry_ids: Collection[int], *, shares: Collection[int] = ()) -> None:
    """Mark confirmed hours as being on an invoice; of `shares` only a share is, and others are left.

    Raises DomainError if one is not confirmed or is on an invoice already.
    """
    for entry in _locked(entry_ids):
        if entry.status is not EntryStatus.CONFIRMED or entry.invoiced:
            raise DomainError("hours_not_billable")
        entry.invoiced, entry.billed_minutes = entry.id not in shares, entry.minutes - entry.unbilled_minutes
        entry.share_invoiced = entry.share_invoiced or entry.id in shares
        audit.record(actor, "hours.invoice", "time_entry", entry.id, jobcenter_id=entry.jobcenter_id)


def unmark_invoiced(
    actor: Actor, entry_ids: Collection[int], *, shares: Collection[int] = (), billed: Mapping[int, int] = NOTHING
) -> None:
    """Free hours whose invoice was credited or whose draft was thrown away; of `shares` others are on invoices, of
    `billed` so many minutes still are.
    """
    for entry in _locked(entry_ids):
        entry.invoiced, entry.share_invoiced = False, entry.id in shares
        entry.billed_minutes = billed.get(entry.id, 0)
        audit.record(actor, "hours.free", "time_entry", entry.id, jobcenter_id=entry.jobcenter_id)


def mark_paid(actor: Actor, entry_ids: Collection[int], day: date) -> None:
    """Mark confirmed hours as paid to the worker on a day. Raises DomainError if one is unconfirmed or paid already."""
    entries = _locked(entry_ids)
    for entry in entries:
        if entry.status is not EntryStatus.CONFIRMED or entry.paid_on is not None:
            raise DomainError("hours_not_payable")
        entry.paid_on, entry.pay_returned_on, entry.pay_sent_on = day, None, None
        audit.record(
            actor, "hours.pay", "time_entry", entry.id, after={"paid_on": day}, jobcenter_id=entry.jobcenter_id
        )
    for worker_id in sorted({entry.worker_id for entry in entries}):
        todo.leave(todo.Changed.INCOME, worker_id)


def mark_pay_sent(entry_ids: Collection[int], day: date | None) -> None:
    """The pay of some hours is in a file at the bank, to be paid on a day; None: the bank refused the file.

    Until it is noted what became of it nobody can change them.
    """
    for entry in _locked(entry_ids):
        entry.pay_sent_on = day


def take_payment_back(actor: Actor, entry_ids: Collection[int], day: date) -> None:
    """The bank returned the pay of some hours on a day: they are unpaid again, and the earnings are looked at anew.

    They stay as they were paid until they are paid again: nobody can change them meanwhile.
    """
    for entry in _locked(entry_ids):
        before, after = {"paid_on": entry.paid_on}, {"pay_returned_on": day}
        entry.paid_on, entry.pay_returned_on = None, day
        scope = {"jobcenter_id": entry.jobcenter_id}
        audit.record(actor, "hours.pay_returned", "time_entry", entry.id, before, after, **scope)
        todo.leave(todo.Changed.INCOME, entry.worker_id)


# The pieces


def facts_of(entry: TimeEntry) -> dict[str, Any]:
    """What the trail keeps of an entry."""
    return {
        "status": entry.status.value,
        "worked_on": entry.worked_on.isoformat(),
        "starts_at": entry.starts_at and entry.starts_at.isoformat(),
        "ends_at": entry.ends_at and entry.ends_at.isoformat(),
        "break_minutes": entry.break_minutes,
        "minutes": entry.minutes,
        "wage": str(entry.wage),
        "price": str(entry.price),
    }


def _refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise NotFound


def _refuse_billed(entry: TimeEntry) -> None:
    owed = entry.pay_returned_on is not None
    sent = entry.pay_sent_on is not None
    domain.refuse_billed(invoiced=entry.is_billed, paid=entry.paid_on is not None, owed=owed, sent=sent)


def _refuse_logged(offer_id: int) -> None:
    if queries.entry_of_offer(offer_id) is not None:
        raise AlreadyDone("hours_already_logged")


def _refuse_before_coordinators_turn(entry: TimeEntry) -> None:
    period = domain.period_on(queries.confirmation_periods(), clock.day_of(entry.logged_at))
    if not domain.coordinators_turn(logged_at=entry.logged_at, period=period, now=clock.now()):
        raise domain.TooEarly("orderers_turn", days=period.coordinator_after.days)


def worktime_for(offer: Offer, typed: Typed, *, own: Collection[int] = ()) -> Worktime:
    """What was typed, as worktime that may be; the person's other hours, in any Jobcenter, are held still meanwhile.

    `own`: the entries of the same work, which it may overlap.
    """
    span = {"gig_starts_at": offer.gig.starts_at, "gig_ends_at": offer.gig.ends_at}
    worktime = domain.worktime_of(typed, **span)
    domain.refuse_unlikely(worktime, **span, now=clock.now())
    hold_people([offer.worker_id])
    rows = rows_of_same_person(offer.worker_id)
    others = queries.logged_hours(rows, starts_at=worktime.starts_at, ends_at=worktime.ends_at)
    domain.refuse_overlap(worktime, others, own=own)
    return worktime


def offer_of(actor: Actor, entry: TimeEntry) -> Offer:
    """The offer that the hours of an entry came from."""
    offer, _standing = queries.offer_for(actor, entry.offer_id)
    return offer


def new_entry(actor: Actor, offer: Offer, standing: Standing) -> TimeEntry:
    """Hours of an offer, logged now; times, rates and state are still to be set."""
    return TimeEntry(
        jobcenter_id=offer.gig.jobcenter_id,
        offer_id=offer.id,
        gig_id=offer.gig_id,
        order_id=offer.gig.order_id,
        worker_id=offer.worker_id,
        gig=offer.gig,
        worker=offer.worker,
        break_minutes=0,
        minutes=0,
        logged_by=actor.name,
        logged_at=clock.now(),
        on_behalf=not standing.is_worker,
        invoiced=False,
    )


def _set_times(entry: TimeEntry, worktime: Worktime, form: ContractForm) -> None:
    entry.worked_on = clock.day_of(worktime.starts_at)
    _copy_rates(entry, form)
    keep_times(entry, worktime, worktime.minutes)


def _set_right_times(entry: TimeEntry, offer: Offer, typed: Typed) -> None:
    """New times of hours; what corrects paid hours keeps their rates, and has what they have not."""
    rows = queries.rows_of_work(entry.offer_id)
    worktime = worktime_for(offer, typed, own={row.id for row in rows})
    others = [row.of_work for row in rows if row.id != entry.id]
    if entry.corrects_id is None:
        domain_corrections.refuse_corrected(others)
        domain_corrections.refuse_below_billed(worktime.minutes, entry.billed_minutes)
        _set_times(entry, worktime, offer.gig.contract_form)
        return
    missing = domain_corrections.missing_minutes(worktime, others, worked_on=entry.worked_on)
    domain_corrections.refuse_below_billed(missing, entry.billed_minutes)
    keep_times(entry, worktime, missing)


def keep_times(entry: TimeEntry, worktime: Worktime, minutes: int) -> None:
    """Keep when the work was done, and how many of its minutes this entry has; the orderer is asked for all of them."""
    entry.starts_at, entry.ends_at = worktime.starts_at, worktime.ends_at
    entry.break_minutes, entry.minutes, entry.unbilled_minutes = worktime.break_minutes, minutes, 0


def _copy_rates(entry: TimeEntry, form: ContractForm) -> None:
    """Copy the rates of the day of work; the price agreed for the order goes before the list price, and nobody is paid
    less than the contract of the gig says.
    """
    rates = rates_of(entry.gig.order, form, entry.worked_on)
    agreed, promised = queries.agreed_price(entry.gig), queries.promised_wage(entry.offer_id, form)
    entry.wage = rates.wage if promised is None else max(rates.wage, promised)
    entry.vat_percent = rates.vat_percent
    entry.price = rates.price if agreed is None else agreed


def _void_answer(entry: TimeEntry, actor: Actor) -> None:
    """An edited entry waits for the orderer anew."""
    entry.logged_at, entry.asked_at, entry.reminded_at = clock.now(), None, None
    entry.confirmed_by, entry.confirmed_at, entry.confirmed_by_coordinator = "", None, False
    entry.dispute_reason = ""
    entry.logged_by = actor.name
    entry.on_behalf = entry.worker.user_id != actor.user_id


def store(actor: Actor, entry: TimeEntry, standing: Standing) -> None:
    """Keep new hours, log them, and have the person's earnings looked at."""
    db.session.add(entry)
    flush()
    record(actor, "hours.log", entry, None, standing)
    todo.leave(todo.Changed.INCOME, entry.worker_id)


def change_of(
    actor: Actor, entry: TimeEntry, before: dict[str, Any], reason: str, was_confirmed: bool
) -> TimeEntryChange:
    return TimeEntryChange(
        time_entry_id=entry.id,
        changed_at=clock.now(),
        changed_by=actor.name,
        reason=reason,
        before=before,
        after=facts_of(entry),
        voided_confirmation=was_confirmed,
    )


def record(actor: Actor, verb: str, entry: TimeEntry, before: dict[str, Any] | None, standing: Standing) -> None:
    on_behalf = None if standing.is_worker or standing.is_orderer else entry.worker.user_id
    audit.record(
        actor,
        verb,
        "time_entry",
        entry.id,
        before=before,
        after=facts_of(entry),
        jobcenter_id=entry.jobcenter_id,
        on_behalf_of=on_behalf,
    )


def _locked(entry_ids: Collection[int]) -> list[TimeEntry]:
    entries = queries.locked_entries(entry_ids)
    if len(entries) != len(set(entry_ids)):
        raise NotFound
    return entries
