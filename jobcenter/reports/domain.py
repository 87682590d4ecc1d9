"""Figures of a period, and what a CV is made of. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jobcenter.core.errors import DomainError
from jobcenter.core.money import hours_of
from jobcenter.matching.caseload.domain import SupportTimeKind
from jobcenter.orders.feedback.domain import Praise
from jobcenter.workers.domain import CvLineKind, Skill, TaskCategory


class PeriodBackwards(DomainError):
    """The last day of a period is before its first."""

    def __init__(self) -> None:
        super().__init__("period_backwards", "last")


@dataclass(frozen=True)
class Period:
    """Days of work, both included. Raises PeriodBackwards."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodBackwards


def year_so_far(today: date) -> Period:
    """From the year's first day to today."""
    return Period(today.replace(month=1, day=1), today)


@dataclass(frozen=True)
class Figures:
    """How many did how much: people and orderers counted once, `minutes` of confirmed work."""

    people: int
    minutes: int
    gigs: int
    orders: int
    orderers: int

    def to_json(self) -> dict[str, Any]:
        """Hours as text with two decimals."""
        return {
            "people": self.people,
            "hours": str(hours_of(self.minutes)),
            "gigs": self.gigs,
            "orders": self.orders,
            "orderers": self.orderers,
        }


@dataclass(frozen=True)
class Statistics:
    """The figures of a period: altogether, by field of work, by Jobcenter (its short name)."""

    total: Figures
    by_field: Mapping[str, Figures]
    by_jobcenter: Mapping[str, Figures]

    def to_json(self) -> dict[str, Any]:
        """What `jobcenter stats --json` prints."""
        return self.total.to_json() | {
            "by_field": {name: figures.to_json() for name, figures in self.by_field.items()},
            "by_jobcenter": {name: figures.to_json() for name, figures in self.by_jobcenter.items()},
        }


@dataclass(frozen=True)
class SupportFigures:
    """Support time, apart from billed hours: of how many support persons, for how many people, how many `minutes`."""

    persons: int
    people: int
    minutes: int


@dataclass(frozen=True)
class SupportStatistics:
    """The support time of a period: altogether, by what it was for, by Jobcenter (its short name)."""

    total: SupportFigures
    by_kind: Mapping[SupportTimeKind, SupportFigures]
    by_jobcenter: Mapping[str, SupportFigures]


# Certificates


@dataclass(frozen=True)
class DoneGig:
    """One person's confirmed hours on one gig, with what a certificate says of them."""

    entry_id: int
    worker_id: int
    category: TaskCategory
    title: str
    organisation: str
    city: str
    starts_at: datetime
    ends_at: datetime
    worked_on: date
    minutes: int
    confirmed_at: datetime
    confirmed_by: str
    coordinator: str

    @property
    def number(self) -> str:
        """The certificate's number: the year of work and the hours' own id."""
        return f"{self.worked_on.year}-{self.entry_id:06}"


# CV


@dataclass(frozen=True)
class GigSum:
    """All confirmed hours of one kind of task."""

    category: TaskCategory
    minutes: int
    times: int
    first: date
    last: date


@dataclass(frozen=True)
class FeedbackSaid:
    """Feedback that may stand in a CV: what went well, and the orderer's own words."""

    id: int
    organisation: str
    given_on: date
    went_well: frozenset[Praise]
    text: str


@dataclass(frozen=True)
class Choice:
    """What a worker decided about one line, or wrote as an own line."""

    kind: CvLineKind
    key: str
    text: str
    shown: bool


@dataclass(frozen=True)
class CvItem:
    """One line of a CV and whether it shows. `of` is what it was made of; None for an own line."""

    kind: CvLineKind
    key: str
    shown: bool
    text: str = ""
    of: GigSum | FeedbackSaid | Skill | None = None


# A gig or a skill shows unless it was hidden; feedback only when the worker has chosen to show it.
SHOWN_AT_FIRST = {CvLineKind.GIGS: True, CvLineKind.SKILL: True, CvLineKind.OWN: True, CvLineKind.FEEDBACK: False}


def cv_items(
    sums: Iterable[GigSum], feedback: Iterable[FeedbackSaid], skills: Iterable[Skill], choices: Iterable[Choice]
) -> list[CvItem]:
    """Every line that a CV may have: gigs by hours, then feedback, skills and own lines."""
    decided = {(choice.kind, choice.key): choice for choice in choices}

    def item(kind: CvLineKind, key: str, of: GigSum | FeedbackSaid | Skill) -> CvItem:
        choice = decided.get((kind, key))
        return CvItem(kind, key, choice.shown if choice else SHOWN_AT_FIRST[kind], of=of)

    by_hours = sorted(sums, key=lambda done: (-done.minutes, done.category))
    return [
        *(item(CvLineKind.GIGS, done.category.value, done) for done in by_hours),
        *(item(CvLineKind.FEEDBACK, str(said.id), said) for said in feedback),
        *(item(CvLineKind.SKILL, skill.value, skill) for skill in sorted(skills)),
        *(
            CvItem(choice.kind, choice.key, choice.shown, choice.text)
            for choice in decided.values()
            if choice.kind is CvLineKind.OWN
        ),
    ]
