"""What was told of a person's limits on a day that is past: exactly as it was stored, whatever has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.earnings.presenting_cards import LimitCard, limit_card
from jobcenter.earnings.queries_told import tellings_of


@dataclass(frozen=True)
class Told:
    """One limit as it was told, and how long that stood."""

    card: LimitCard
    stood: str


def told_cards(snapshots: Sequence[LimitSnapshot], name: str = "") -> list[Told]:
    """Stored assessments as cards."""
    return [
        Told(limit_card(telling, name), _stood(stored.made_at, stored.superseded_at))
        for telling, stored in zip(tellings_of(snapshots), snapshots, strict=True)
    ]


def _stood(since: datetime, until: datetime | None) -> str:
    if until is None:
        return _("Told since %(since)s, and still told.", since=texts.when(since))
    return _("Told from %(since)s to %(until)s.", since=texts.when(since), until=texts.when(until))


def no_record_text(day: date, first: date | None) -> str:
    """Why nothing is shown of a day."""
    if first is None:
        return _("Nothing has been told of these limits yet.")
    if day < first:
        return _("Nothing was told on that day. The first was told %(day)s.", day=texts.day(first))
    return _("Nothing was told on that day: no limit concerned the earnings.")
