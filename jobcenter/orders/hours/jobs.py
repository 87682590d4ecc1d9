"""What happens to hours by itself: the orderer is asked once everybody has logged, and reminded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from jobcenter.core import clock
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.hours import domain, post, queries
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry

PATIENCE = timedelta(hours=2)


def ask_orderers_to_confirm(now: datetime) -> JobReport:
    """One mail per gig when everybody has logged, or two hours after the last one did."""
    return _for_gigs(queries.gigs_to_ask_about(now, patience=PATIENCE), _ask, now)


def remind_unconfirmed_hours(now: datetime) -> JobReport:
    """One reminder per gig whose hours the orderer has left unanswered for the days that the dated rule says."""
    period = domain.period_on(queries.confirmation_periods(), clock.day_of(now))
    return _for_gigs(queries.unreminded_gigs(now - period.remind_after), _remind, now)


def _for_gigs(
    gig_ids: Sequence[int], act: Callable[[Gig, list[TimeEntry], datetime], None], now: datetime
) -> JobReport:
    """Act on each gig's waiting hours, one transaction per gig."""
    done = 0
    for gig_id in gig_ids:
        with unit_of_work():
            entries = queries.entries_of_gig(gig_id, lock=True)
            waiting = [entry for entry in entries if entry.status is EntryStatus.LOGGED]
            if waiting:
                act(entries[0].gig, waiting, now)
                done += 1
    return JobReport(done=done)


def _ask(gig: Gig, waiting: list[TimeEntry], now: datetime) -> None:
    post.ask_to_confirm(gig, waiting)
    for entry in waiting:
        entry.asked_at = now


def _remind(gig: Gig, waiting: list[TimeEntry], now: datetime) -> None:
    post.remind(gig, waiting)
    for entry in waiting:
        entry.reminded_at = now
