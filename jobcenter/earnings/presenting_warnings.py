"""The coordinator's queue of warnings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from jobcenter.earnings import messages
from jobcenter.earnings.messages_warnings import LEVEL_TAGS, LEVELS
from jobcenter.earnings.models import LimitWarning
from jobcenter.earnings.presenting_cards import month_name
from jobcenter.workers.models import Worker


@dataclass(frozen=True)
class WarningRow:
    """A warning in the queue."""

    id: int
    name: str
    url: str
    title: str
    period: str
    level_label: str
    tag_kind: str
    made_at: datetime
    waits: bool
    noted: str


def warning_row(warning: LimitWarning, worker: Worker) -> WarningRow:
    """One warning as a row."""
    noted = warning.noted_by if warning.noted_at else ""
    return WarningRow(
        id=warning.id,
        name=worker.name,
        url=url_for("earnings.show", worker_id=worker.id),
        title=str(messages.RULES[warning.rule]),
        period=f"{month_name(warning.period_from)} – {month_name(warning.period_to)}"
        if warning.period_from.month != warning.period_to.month
        else month_name(warning.period_from),
        level_label=str(LEVELS[warning.level]),
        tag_kind=LEVEL_TAGS[warning.level],
        made_at=warning.made_at,
        waits=warning.noted_at is None,
        noted=noted,
    )
