"""Mails about hours: who is told what, in their own language, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from jobcenter.auth.domain import LinkPurpose
from jobcenter.auth.models import User
from jobcenter.auth.queries import jobcenter
from jobcenter.auth.service import make_link
from jobcenter.core import clock, texts
from jobcenter.core.money import for_minutes
from jobcenter.core.web import absolute_url
from jobcenter.notifications.domain import Mail
from jobcenter.notifications.service import queue
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.hours import domain, messages, presenting, queries
from jobcenter.orders.hours.models import TimeEntry, TimeEntryChange
from jobcenter.orders.organisations.queries import orderer_of

LINK_VALID_FOR = timedelta(days=30)


def ask_for_times(entry: TimeEntry, offer: Offer) -> None:
    """Ask the support persons, or else the coordinator, to log the hours together with the worker."""
    link = absolute_url("hours.edit", entry_id=entry.id)

    def mail() -> Mail:
        return messages.times_wanted(gig=_gig_name(offer.gig), name=offer.worker.name, link=link)

    key = f"times_wanted:{entry.id}"
    supporters = queries.supporters_of(entry.worker_id, entry.gig_id)
    for user in supporters:
        _send(user, mail, key=key, kind="times_wanted", jobcenter_id=entry.jobcenter_id)
    if not supporters:
        _send_to_coordinator(offer.gig, mail, key=key, kind="times_wanted")


def ask_to_confirm(gig: Gig, entries: Sequence[TimeEntry]) -> None:
    """Ask the orderer to confirm a gig's hours; a key of the newest change lets corrected hours be asked about anew."""
    _ask(gig, entries, messages.hours_to_confirm, kind="hours_to_confirm")


def remind(gig: Gig, entries: Sequence[TimeEntry]) -> None:
    """Remind the orderer of hours that still wait."""
    _ask(gig, entries, messages.reminder, kind="hours_reminder")


def _ask(gig: Gig, entries: Sequence[TimeEntry], build: Callable[..., Mail], *, kind: str) -> None:
    user = _orderer_of(gig)
    if user is None:
        return
    newest = max(entry.logged_at for entry in entries)
    period = domain.period_on(queries.confirmation_periods(), clock.day_of(newest))
    token = make_link(LinkPurpose.CONFIRM_HOURS, gig.id, user.id, LINK_VALID_FOR)

    def mail() -> Mail:
        return build(
            gig=_gig_name(gig),
            hours="\n".join(_entry_line(entry) for entry in entries),
            link=absolute_url("hours.by_link", token=token),
            days=period.coordinator_after.days,
        )

    _send(user, mail, key=f"{kind}:{gig.id}:{newest.isoformat()}", kind=kind, jobcenter_id=gig.jobcenter_id)


def tell_of_voided_confirmation(entry: TimeEntry, offer: Offer, *, before: dict[str, Any], reason: str) -> None:
    """Tell the orderer that confirmed hours were corrected: before, after, why, by whom."""
    user = _orderer_of(offer.gig)
    if user is None:
        return

    def mail() -> Mail:
        return messages.confirmation_voided(
            gig=_gig_name(offer.gig),
            before=presenting.facts_in_words(before),
            after=f"{presenting.times_in_words(entry)} ({texts.hours(entry.minutes)})",
            reason=reason,
            who=entry.logged_by if entry.on_behalf else entry.worker.given_name,
        )

    key = f"confirmation_voided:{entry.id}:{entry.version}"
    _send(user, mail, key=key, kind="confirmation_voided", jobcenter_id=entry.jobcenter_id)


def tell_of_missing_hours(entry: TimeEntry, offer: Offer, change: TimeEntryChange) -> None:
    """Tell the orderer that hours that are paid were longer: before, after, why, by whom."""
    user = _orderer_of(offer.gig)
    if user is None:
        return

    def mail() -> Mail:
        return messages.hours_were_longer(
            gig=_gig_name(offer.gig),
            before=presenting.facts_in_words(change.before),
            after=presenting.facts_in_words(change.after),
            reason=change.reason,
            who=entry.logged_by if entry.on_behalf else entry.worker.given_name,
        )

    _send(user, mail, key=f"hours_longer:{entry.id}", kind="hours_longer", jobcenter_id=entry.jobcenter_id)


def tell_of_withdrawn_correction(entry: TimeEntry, *, who: str) -> None:
    """Tell the worker that somebody else took the correction of paid hours back."""
    worker = queries.user_of_worker(entry.worker)

    def mail() -> Mail:
        return messages.correction_withdrawn(gig=_gig_name(entry.gig), who=who)

    if worker is not None:
        key, jobcenter_id = f"correction_withdrawn:{entry.id}", entry.jobcenter_id
        _send(worker, mail, key=key, kind="correction_withdrawn", jobcenter_id=jobcenter_id)


def tell_of_confirmation(entry: TimeEntry) -> None:
    """Tell the worker that the hours are confirmed, and ask the orderer how the gig went (once per gig)."""
    worker = queries.user_of_worker(entry.worker)

    def mail() -> Mail:
        return messages.hours_confirmed(
            gig=_gig_name(entry.gig),
            hours=texts.hours(entry.minutes),
            who=entry.confirmed_by,
            pay=texts.money(for_minutes(entry.wage, entry.minutes)),
        )

    key = f"hours_confirmed:{entry.id}:{entry.version}"
    if worker is not None:
        _send(worker, mail, key=key, kind="hours_confirmed", jobcenter_id=entry.jobcenter_id)
    _ask_for_feedback(entry.gig)


def _ask_for_feedback(gig: Gig) -> None:
    user = _orderer_of(gig)
    if user is None:
        return
    token = make_link(LinkPurpose.GIVE_FEEDBACK, gig.id, user.id, LINK_VALID_FOR)
    link = absolute_url("feedback.by_link", token=token)

    def mail() -> Mail:
        return messages.feedback_wanted(gig=_gig_name(gig), link=link)

    _send(user, mail, key=f"feedback_wanted:{gig.id}", kind="feedback_wanted", jobcenter_id=gig.jobcenter_id)


def tell_of_dispute(entry: TimeEntry) -> None:
    """Tell the worker, the support persons and the coordinator what the orderer says is not right."""
    link = absolute_url("hours.show", entry_id=entry.id)

    def mail() -> Mail:
        return messages.hours_disputed(
            gig=_gig_name(entry.gig),
            name=entry.worker.name,
            hours=presenting.times_in_words(entry),
            reason=entry.dispute_reason,
            link=link,
        )

    key = f"hours_disputed:{entry.id}:{entry.version}"
    worker = queries.user_of_worker(entry.worker)
    supporters = queries.supporters_of(entry.worker_id, entry.gig_id)
    for user in [*([worker] if worker else []), *supporters]:
        _send(user, mail, key=key, kind="hours_disputed", jobcenter_id=entry.jobcenter_id)
    _send_to_coordinator(entry.gig, mail, key=key, kind="hours_disputed")


def _send(user: User, mail: Callable[[], Mail], *, key: str, kind: str, jobcenter_id: int) -> None:
    with texts.in_language(user.language):
        text = mail()
    queue(
        text,
        to=user.email,
        language=user.language,
        dedupe_key=f"{key}:{user.id}",
        kind=kind,
        jobcenter_id=jobcenter_id,
    )


def _send_to_coordinator(gig: Gig, mail: Callable[[], Mail], *, key: str, kind: str) -> None:
    """To the order's own coordinator, else to the Jobcenter's address."""
    coordinator = queries.coordinator_of(gig.order)
    if coordinator is not None:
        _send(coordinator, mail, key=key, kind=kind, jobcenter_id=gig.jobcenter_id)
        return
    with texts.in_language(texts.DEFAULT):
        text = mail()
    address = jobcenter(gig.jobcenter_id).email
    queue(
        text,
        to=address,
        language=texts.DEFAULT,
        dedupe_key=f"{key}:jobcenter",
        kind=kind,
        jobcenter_id=gig.jobcenter_id,
    )


def _orderer_of(gig: Gig) -> User | None:
    return orderer_of(gig.order.organisation_id, gig.order.ordered_by_id)


def _gig_name(gig: Gig) -> str:
    return f"{gig.order.title}, {texts.interval(gig.starts_at, gig.ends_at)}"


def _entry_line(entry: TimeEntry) -> str:
    return f"- {entry.worker.given_name}: {presenting.times_in_words(entry)} ({texts.hours(entry.minutes)})"
