"""What the pages of the desk show: people with reasons and limits in words, so that templates decide nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from jobcenter.core import texts
from jobcenter.earnings.messages import RULES as LIMITS
from jobcenter.earnings.presenting import EffectLine, effect_lines, over_labels
from jobcenter.matching import messages, queries, service
from jobcenter.matching.domain import LimitLeft, Match
from jobcenter.orders.gigs.models import Offer


@dataclass(frozen=True)
class Reason:
    """Why somebody does not fit, or what to mind: a tag colour and words."""

    kind: str
    text: str


@dataclass(frozen=True)
class PersonRow:
    """One person on the desk."""

    worker_id: int
    name: str
    unit: str
    fits: bool
    may_be_offered: bool
    reasons: tuple[Reason, ...]
    limits: tuple[tuple[str, str], ...]
    lately: str


@dataclass(frozen=True)
class Effects:
    """What a gig does to its worker's limits: the lines, and the names of limits that go over."""

    lines: tuple[EffectLine, ...]
    over: tuple[str, ...]
    known: bool

    @property
    def goes_over(self) -> bool:
        return bool(self.over)


def person_row(match: Match, now: datetime) -> PersonRow:
    """One match as a row."""
    who = match.worker.who
    lately = match.worker.minutes_lately(now)
    return PersonRow(
        worker_id=who.id,
        name=who.name,
        unit=who.unit_name,
        fits=match.fit.fits,
        may_be_offered=match.fit.may_be_offered,
        reasons=tuple(reasons(match)),
        limits=tuple(_limit(limit) for limit in match.worker.limits or ()),
        lately=_("%(hours)s in four weeks", hours=texts.hours(lately)) if lately else _("No gigs in four weeks"),
    )


def reasons(match: Match) -> Iterable[Reason]:
    """Every finding in words, the heaviest first."""
    for finding in match.fit.findings:
        yield Reason(messages.TAGS[finding.weight], messages.reason(finding))


def _limit(limit: LimitLeft) -> tuple[str, str]:
    return str(LIMITS[limit.rule]), messages.hours_left(limit.hours, known=limit.known)


def effects(offer: Offer, now: datetime, *, about: str = "") -> Effects:
    """What the offer's gig does to the worker's limits, said to them, or about them if a name is given."""
    effect = service.effect_of(offer, now)
    if effect is None:
        return Effects(lines=(), over=(), known=False)
    return Effects(lines=effect_lines(effect, about), over=over_labels(effect), known=not effect.unknown)


def notes_to_worker(offer: Offer, now: datetime) -> list[str]:
    """What the worker should mind about this gig, in words to them: activity days, other gigs, the week's hours."""
    match = queries.match_of(offer.gig, offer.worker_id, now)
    words = [messages.reason_to_worker(finding) for finding in match.fit.findings]
    return [text for text in words if text]
