"""What the pages of hours show: rows with labels and answers ready, so that templates decide nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from jobcenter.core import clock, texts
from jobcenter.core.money import for_minutes
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.hours import domain, policy, queries
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.messages import STATUS_LABELS, STATUS_TAGS
from jobcenter.orders.hours.models import TimeEntry, TimeEntryChange
from jobcenter.orders.hours.policy import Standing


@dataclass(frozen=True)
class GigView:
    """A gig in a heading: title, time, place, who ordered."""

    id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    organisation: str


@dataclass(frozen=True)
class OfferRow:
    """A worked gig of one person whose hours can be logged."""

    id: int
    gig: GigView
    worker_name: str


@dataclass(frozen=True)
class EntryRow:
    """Hours in a list. `pay` and `paid_on` are None for who may not see what the worker earns."""

    id: int
    gig: GigView
    worker_name: str
    given_name: str
    times: str
    minutes: int
    pay: Decimal | None
    status_label: str
    tag_kind: str
    paid_on: date | None
    waits: bool
    dispute_reason: str


@dataclass(frozen=True)
class EntryView:
    """One entry on its own page, and what the reader may do."""

    row: EntryRow
    break_minutes: int
    wage: Decimal | None
    logged_by: str
    logged_at: datetime
    on_behalf: bool
    confirmed_by: str
    confirmed_at: datetime | None
    confirmed_by_coordinator: bool
    coordinators_turn_at: datetime
    can_edit: bool
    can_confirm: bool
    can_dispute: bool
    was_confirmed: bool
    needs_times: bool
    can_add: bool
    can_bill_less: bool
    unbilled_minutes: int
    can_withdraw: bool


@dataclass(frozen=True)
class ChangeRow:
    """One correction: before and after in words."""

    changed_at: datetime
    changed_by: str
    reason: str
    before: str
    after: str
    voided_confirmation: bool


@dataclass(frozen=True)
class Group:
    """A heading of the coordinator's queue and the hours under it."""

    title: str
    lead: str
    entries: list[EntryRow]


def gig_view(gig: Gig) -> GigView:
    """A gig with its order loaded, for a heading."""
    order = gig.order
    return GigView(
        id=gig.id,
        title=order.title,
        starts_at=gig.starts_at,
        ends_at=gig.ends_at,
        place=", ".join(part for part in (order.place_name, order.street, order.city) if part),
        organisation=order.organisation.name if order.organisation else "",
    )


def offer_row(offer: Offer) -> OfferRow:
    """A worked offer in a list."""
    return OfferRow(id=offer.id, gig=gig_view(offer.gig), worker_name=offer.worker.name)


def entry_row(entry: TimeEntry, *, sees_pay: bool = False) -> EntryRow:
    """An entry in a list, for somebody who sees what the worker earns or does not."""
    return EntryRow(
        id=entry.id,
        gig=gig_view(entry.gig),
        worker_name=entry.worker.name,
        given_name=entry.worker.given_name,
        times=times_in_words(entry),
        minutes=entry.minutes,
        pay=for_minutes(entry.wage, entry.minutes) if sees_pay else None,
        status_label=str(STATUS_LABELS[entry.status]),
        tag_kind=STATUS_TAGS[entry.status],
        paid_on=entry.paid_on if sees_pay else None,
        waits=entry.status is EntryStatus.LOGGED,
        dispute_reason=entry.dispute_reason,
    )


def entry_view(entry: TimeEntry, standing: Standing, *, sees_pay: bool) -> EntryView:
    """An entry on its own page, as somebody with this standing sees it: orderers see no wage and no family name."""
    period = domain.period_on(queries.confirmation_periods(), clock.day_of(entry.logged_at))
    facts = {"status": entry.status, "logged_at": entry.logged_at, "period": period, "now": clock.now()}
    paid = entry.of_work.is_paid
    return EntryView(
        row=entry_row(entry, sees_pay=sees_pay),
        break_minutes=entry.break_minutes,
        wage=entry.wage if sees_pay else None,
        logged_by=entry.logged_by if policy.can_log(standing) else "",
        logged_at=entry.logged_at,
        on_behalf=entry.on_behalf,
        confirmed_by=entry.confirmed_by,
        confirmed_at=entry.confirmed_at,
        confirmed_by_coordinator=entry.confirmed_by_coordinator,
        coordinators_turn_at=entry.logged_at + period.coordinator_after,
        can_edit=policy.can_edit(standing, status=entry.status, invoiced=entry.is_billed, paid=paid)
        or (policy.can_log(standing) and entry.status is EntryStatus.NEEDS_TIMES),
        can_confirm=policy.can_confirm(standing, **facts),
        can_dispute=policy.can_dispute(standing, status=entry.status),
        was_confirmed=entry.status is EntryStatus.CONFIRMED,
        needs_times=entry.status is EntryStatus.NEEDS_TIMES,
        can_add=policy.can_add(standing, paid=paid),
        can_bill_less=policy.can_bill_less(standing, paid=paid),
        unbilled_minutes=entry.unbilled_minutes,
        can_withdraw=policy.can_withdraw(standing, status=entry.status, corrects=entry.corrects_id is not None),
    )


def any_waits(entries: Iterable[TimeEntry]) -> bool:
    """Whether any of the entries waits for the orderer."""
    return any(entry.status is EntryStatus.LOGGED for entry in entries)


def by_gig(entries: Iterable[TimeEntry]) -> list[tuple[GigView, list[EntryRow]]]:
    """Entries in the order given, gathered under their gigs."""
    return [
        (gig_view(gig), [entry_row(entry) for entry in group])
        for gig, group in groupby(entries, key=lambda entry: entry.gig)
    ]


def times_in_words(entry: TimeEntry) -> str:
    """When the work was done; the day alone while the times are missing; of a correction of paid hours also that."""
    if entry.starts_at is None or entry.ends_at is None:
        return texts.day(entry.worked_on)
    times = texts.interval(entry.starts_at, entry.ends_at)
    return times if entry.corrects_id is None else _("%(times)s, what was missing", times=times)


def facts_in_words(facts: dict[str, Any]) -> str:
    """A version of an entry from the trail, in words."""
    if not facts["starts_at"]:
        return texts.day(date.fromisoformat(facts["worked_on"]))
    starts_at, ends_at = (datetime.fromisoformat(facts[name]) for name in ("starts_at", "ends_at"))
    span = texts.interval(starts_at, ends_at)
    if not facts["break_minutes"]:
        return f"{span} ({texts.hours(facts['minutes'])})"
    pause = _("break %(minutes)s min", minutes=facts["break_minutes"])
    return f"{span}, {pause} ({texts.hours(facts['minutes'])})"


def change_rows(changes: Iterable[TimeEntryChange], standing: Standing) -> list[ChangeRow]:
    """The trail of corrections; orderers do not see by whom, because it may be the worker's whole name."""
    return [
        ChangeRow(
            changed_at=change.changed_at,
            changed_by=change.changed_by if policy.can_log(standing) else "",
            reason=change.reason,
            before=facts_in_words(change.before),
            after=facts_in_words(change.after),
            voided_confirmation=change.voided_confirmation,
        )
        for change in changes
    ]


def queue_groups(entries: Iterable[TimeEntry], now: datetime) -> list[Group]:
    """The coordinator's queue: what needs them first."""
    disputed, overdue, missing, waiting = [], [], [], []
    for entry in entries:
        period = domain.period_on(queries.confirmation_periods(), clock.day_of(entry.logged_at))
        turn = domain.coordinators_turn(logged_at=entry.logged_at, period=period, now=now)
        place = {EntryStatus.DISPUTED: disputed, EntryStatus.NEEDS_TIMES: missing}.get(
            entry.status, overdue if turn else waiting
        )
        place.append(entry_row(entry))
    return [
        Group(_("Disputed by the orderer"), _("Talk with both sides, then correct the hours together."), disputed),
        Group(_("The orderer has not answered"), _("The time is over: you can confirm these."), overdue),
        Group(_("Times missing"), _("The worker was there but does not know the times."), missing),
        Group(_("Wait for the orderer"), _("The orderer still has time to answer."), waiting),
    ]
