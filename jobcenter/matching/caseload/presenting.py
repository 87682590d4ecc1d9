"""A caseload in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.core import clock, texts
from jobcenter.matching.caseload.queries import Case, Totals


@dataclass(frozen=True)
class CaseRow:
    """One person, each figure in words."""

    worker_id: int
    name: str
    unit: str
    hours: str
    lately: str
    ahead: str
    last_gig: str
    first_gig: str
    waiting: int
    support: str
    long_without: bool


LONG = 28


def case_row(case: Case, today: date) -> CaseRow:
    """One person of a caseload."""
    return CaseRow(
        worker_id=case.worker_id,
        name=case.name,
        unit=case.unit,
        hours=texts.hours(case.minutes),
        lately=texts.hours(case.minutes_lately),
        ahead=texts.hours(case.minutes_ahead),
        last_gig=_last(case, today),
        first_gig=_first(case, today),
        waiting=case.waiting,
        support=texts.hours(case.support_minutes),
        long_without=_since_last(case, today) > LONG and not case.minutes_ahead,
    )


def _since_last(case: Case, today: date) -> int:
    return (today - (clock.day_of(case.last_gig) if case.last_gig else case.since)).days


def _last(case: Case, today: date) -> str:
    if case.last_gig is None:
        return _("No gig yet")
    return in_days(_since_last(case, today))


def _first(case: Case, today: date) -> str:
    if case.first_gig is None:
        return _("has waited %(days)s", days=in_days((today - case.since).days))
    return in_days(max(0, (clock.day_of(case.first_gig) - case.since).days))


def in_days(days: int) -> str:
    """A number of days."""
    return ngettext("%(num)s day", "%(num)s days", days)


def total_facts(totals: Totals) -> tuple[tuple[str, str], ...]:
    """The caseload in figures."""
    return (
        (_("People"), str(totals.people)),
        (_("Without a gig yet"), str(totals.without_gig)),
        (_("Hours in four weeks"), texts.hours(totals.minutes_lately)),
        (_("Support time in four weeks"), texts.hours(totals.support_minutes)),
        (_("Waiting for an answer"), str(totals.waiting)),
    )
