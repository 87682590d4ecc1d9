"""What the board shows, in words and shapes, so that templates decide nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.core import clock, texts
from jobcenter.matching.board.domain import Chosen, Staffing
from jobcenter.matching.board.messages import NEEDS
from jobcenter.matching.board.queries import BoardGig
from jobcenter.workers.messages import TASKS


@dataclass(frozen=True)
class Card:
    """One gig: when, what, for whom; its places as shapes (`marks`: how many of each) and in words."""

    id: int
    url: str
    times: str
    title: str
    orderer: str
    marks: tuple[tuple[str, int], ...]
    need: str
    words: str


@dataclass(frozen=True)
class Day:
    """One day of the board."""

    key: str
    label: str
    is_today: bool
    words: str
    cards: tuple[Card, ...]


def days(gigs: Iterable[BoardGig], chosen: Chosen, today: date) -> list[Day]:
    """The seven days of the week, each with its gigs."""
    by_day = {day: list(found) for day, found in groupby(gigs, key=lambda gig: clock.day_of(gig.starts_at))}
    return [_day(day, by_day.get(day, []), today) for day in chosen.week.days]


def _day(day: date, gigs: list[BoardGig], today: date) -> Day:
    total = sum((gig.staffing for gig in gigs), Staffing())
    count = ngettext("%(num)s gig", "%(num)s gigs", len(gigs)) if gigs else _("No gigs")
    words = f"{count}, {to_fill(total.open)}" if total.open else count
    cards = tuple(_card(gig) for gig in gigs)
    return Day(day.isoformat(), texts.day(day), day == today, words, cards)


def _card(gig: BoardGig) -> Card:
    return Card(
        id=gig.id,
        url=url_for("matching.beside", gig_id=gig.id),
        times=f"{texts.clock_time(gig.starts_at)}–{texts.clock_time(gig.ends_at)}",
        title=gig.title or str(TASKS[gig.category]),
        orderer=gig.orderer,
        marks=_marks(gig.staffing),
        need=gig.staffing.need.value,
        words=in_words(gig.staffing),
    )


def _marks(staffing: Staffing) -> tuple[tuple[str, int], ...]:
    kinds = (
        ("sure", staffing.confirmed),
        ("yes", staffing.accepted),
        ("asked", staffing.offered),
        ("open", staffing.open),
    )
    return tuple((kind, number) for kind, number in kinds if number)


def in_words(staffing: Staffing) -> str:
    """How far a gig is staffed, in a few words."""
    parts = [
        _("%(number)s of %(places)s found", number=staffing.confirmed + staffing.accepted, places=staffing.places),
        ngettext("%(num)s thinking", "%(num)s thinking", staffing.offered) if staffing.offered else "",
        to_fill(staffing.open) if staffing.open else "",
    ]
    return ", ".join(part for part in parts if part)


def to_fill(number: int) -> str:
    """How many places are open."""
    return ngettext("%(num)s to fill", "%(num)s to fill", number)


def totals(gigs: Iterable[BoardGig]) -> tuple[tuple[str, str], ...]:
    """The whole week in figures."""
    total = sum((gig.staffing for gig in gigs), Staffing())
    return (
        (_("Places"), str(total.places)),
        (_("Confirmed"), str(total.confirmed)),
        (_("Said yes, not confirmed"), str(total.accepted)),
        (str(NEEDS["asked"]), str(total.offered)),
        (str(NEEDS["open"]), str(total.open)),
    )


def asked(chosen: Chosen) -> dict[str, str | int]:
    """What is chosen, as words of an address."""
    found = {
        "week": chosen.week.name,
        "jobcenter": chosen.jobcenter_id,
        "field": chosen.category,
        "unit": chosen.unit_id,
        "need": chosen.need,
    }
    return {key: value for key, value in found.items() if value is not None}
