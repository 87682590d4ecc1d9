"""Activity times and absences in words, for pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time, timedelta

from jobcenter.core import clock, texts
from jobcenter.workers.messages import WEEKDAYS
from jobcenter.workers.models import ActivityTime, Unavailability

WHOLE_DAY = time(0)


@dataclass(frozen=True)
class TimeRow:
    """One time in a list, with what removes it."""

    id: int
    text: str
    note: str = ""


def activity_rows(times: Iterable[ActivityTime]) -> list[TimeRow]:
    """Weekly times: `Monday 9.00–12.00`."""
    return [TimeRow(row.id, f"{WEEKDAYS[row.weekday]} {_wall(row.starts)}–{_wall(row.ends)}") for row in times]


def absence_rows(absences: Iterable[Unavailability]) -> list[TimeRow]:
    """Times away: whole days as days, others with their times of day."""
    return [TimeRow(row.id, _span(row), row.note) for row in absences]


def _wall(value: time) -> str:
    return f"{value.hour}.{value.minute:02}"


def _span(row: Unavailability) -> str:
    starts, ends = clock.local(row.starts_at), clock.local(row.ends_at)
    if starts.time() != WHOLE_DAY or ends.time() != WHOLE_DAY:
        return texts.interval(row.starts_at, row.ends_at)
    last = ends.date() - timedelta(days=1)
    if last == starts.date():
        return texts.day(last)
    return f"{texts.day(starts.date())} – {texts.day(last)}"
