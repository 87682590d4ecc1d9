"""A week, and which of its gigs a board shows. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from jobcenter.core import clock
from jobcenter.workers.domain import TaskCategory

DAYS = 7
FARTHEST = timedelta(weeks=1000)
_NAME = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True)
class Week:
    """An ISO week, by its Monday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> Week:
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def named(cls, name: str, today: date) -> Week:
        """The week of a name such as 2026-W48; today's for anything else, and for what is too far to be planned."""
        match = _NAME.fullmatch(name)
        try:
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else today
        except ValueError:
            return cls.of(today)
        return cls.of(monday if abs(monday - today) <= FARTHEST else today)

    @property
    def name(self) -> str:
        year, number, _weekday = self.monday.isocalendar()
        return f"{year}-W{number:02d}"

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.monday + timedelta(days=number) for number in range(DAYS))

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From its first instant to the next week's; half-open."""
        return clock.start_of(self.monday), clock.start_of(self.monday + timedelta(days=DAYS))

    def moved(self, weeks: int) -> Week:
        return Week(self.monday + timedelta(weeks=weeks))


class Need(StrEnum):
    """Which gigs by how far they are staffed."""

    OPEN = "open"
    ASKED = "asked"
    STAFFED = "staffed"


@dataclass(frozen=True)
class Chosen:
    """Which gigs of a week are shown: of one Jobcenter, one field of tasks, with people of one unit, by need."""

    week: Week
    jobcenter_id: int | None = None
    category: TaskCategory | None = None
    unit_id: int | None = None
    need: Need | None = None


@dataclass(frozen=True)
class Staffing:
    """How far a gig is staffed: places held by people confirmed, or who said yes; on offer; and open."""

    confirmed: int = 0
    accepted: int = 0
    offered: int = 0
    open: int = 0

    @property
    def places(self) -> int:
        return self.confirmed + self.accepted + self.offered + self.open

    @property
    def need(self) -> Need:
        if self.open:
            return Need.OPEN
        return Need.ASKED if self.offered else Need.STAFFED

    def __add__(self, other: Staffing) -> Staffing:
        return Staffing(
            self.confirmed + other.confirmed,
            self.accepted + other.accepted,
            self.offered + other.offered,
            self.open + other.open,
        )
