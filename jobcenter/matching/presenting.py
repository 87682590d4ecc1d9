"""What the pages of the desk show: people with reasons and limits in words, so that templates decide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from jobcenter.auth.domain import Actor
from jobcenter.benefits import Person
from jobcenter.core import clock, texts
from jobcenter.earnings.domain import OthersOffered
from jobcenter.earnings.domain_warnings import REDUCTIONS
from jobcenter.earnings.messages import RULES as LIMITS
from jobcenter.earnings.presenting_cards import reduced_label
from jobcenter.earnings.presenting_effects import EffectLine, effect_lines, labels, passed, reduced, whom_to_call
from jobcenter.matching import messages, queries, service
from jobcenter.matching.domain import LimitLeft, Match, RuleCode
from jobcenter.matching.presenting_scores import NO_NAMES, Scores, ScoreView
from jobcenter.matching.queries import OfferPage
from jobcenter.matching.soft import Ranked
from jobcenter.orders.gigs.policy import is_own
from jobcenter.workers.queries import person_facts


@dataclass(frozen=True)
class Reason:
    """Why somebody does not fit, or what to mind: a tag colour and words."""

    kind: str
    text: str


@dataclass(frozen=True)
class ReasonRow:
    """A reason in a few words, how many people it stops, and where they are listed."""

    label: str
    people: int
    url: str


@dataclass(frozen=True)
class PersonRow:
    """One person on the desk; `score` says what speaks for them, where no hard rule says no."""

    worker_id: int
    name: str
    unit: str
    fits: bool
    may_be_offered: bool
    reasons: tuple[Reason, ...]
    limits: tuple[tuple[str, str], ...]
    lately: str
    score: ScoreView


@dataclass(frozen=True)
class Effects:
    """What a gig does to its worker's limits: the lines, and the names of what goes over, shrinks or cannot be judged.

    `computed`: whether anything could be computed at all. `needs_knowing`: a yes needs the worker's "I know".
    `call`: whom to ask, with the number. `others`: what a yes to all other open offers, which are not counted in the
    rest, would go over besides.
    """

    lines: tuple[EffectLine, ...]
    over: tuple[str, ...]
    reduced: tuple[str, ...]
    unknown: tuple[str, ...]
    computed: bool
    needs_knowing: bool
    call: str = ""
    others: str = ""

    @property
    def calm(self) -> int:
        """How many limits there is nothing to mind about."""
        return sum(line.brief for line in self.lines)

    @property
    def telling(self) -> int:
        return len(self.lines) - self.calm


def person_rows(matches: Iterable[Ranked], names: Mapping[Any, str] = NO_NAMES) -> list[PersonRow]:
    """Matches as rows; `names` of the people who are on the gig."""
    scores = Scores(names)
    return [_person_row(match, scores) for match in matches]


def _person_row(match: Ranked, scores: Scores) -> PersonRow:
    who = match.worker.who
    lately = match.worker.lately
    return PersonRow(
        worker_id=who.id,
        name=who.name,
        unit=who.unit_name,
        fits=match.fit.fits,
        may_be_offered=match.fit.may_be_offered,
        reasons=tuple(reasons(match)),
        limits=tuple(_limit(limit) for limit in match.worker.limits or ()),
        lately=_lately(lately),
        score=scores.view(match.score),
    )


def _lately(minutes: int) -> str:
    if not minutes:
        return _("No gigs in four weeks and none ahead")
    return _("%(minutes)s in four weeks and ahead", minutes=texts.hours(minutes))


def reason_rows(counted: Iterable[tuple[RuleCode, int]], slot_id: int) -> list[ReasonRow]:
    """Why people do not fit, how many each reason stops, and the address that shows them."""
    names = messages.REASON_NAMES
    return [
        ReasonRow(str(names[code]), people, url_for("matching.slot", slot_id=slot_id, reason=code.value))
        for code, people in counted
    ]


def reasons(match: Match) -> Iterable[Reason]:
    """Every finding in words, the heaviest first."""
    for finding in match.fit.findings:
        yield Reason(messages.TAGS[finding.weight], messages.reason(finding))


def _limit(limit: LimitLeft) -> tuple[str, str]:
    if limit.known and limit.rule in REDUCTIONS:
        left = messages.hours_before_smaller(limit.hours) if limit.hours else reduced_label(limit.rule).lower()
        return str(LIMITS[limit.rule]), left
    return str(LIMITS[limit.rule]), messages.hours_left(limit.hours, known=limit.known)


@dataclass(frozen=True)
class OfferFacts:
    """What the page of an open offer tells besides the gig itself.

    `effects` None: not for the reader. `notes`: for the worker alone. `guard`: why a yes would be refused, "" when it
    would not.
    """

    effects: Effects | None
    notes: tuple[str, ...]
    guard: str


NOTHING_TO_TELL = OfferFacts(effects=None, notes=(), guard="")


def offer_facts(actor: Actor, page: OfferPage, now: datetime) -> OfferFacts:
    """Limits, what to mind, and the contract guard, of an offer that waits for an answer."""
    offer = page.offer
    looked = service.look(offer.gig, offer.worker_id, now, recurring=page.recurring) if page.limits_shown else None
    person = looked.case.person if looked else person_facts(offer.worker)
    own = is_own(actor, offer)
    about = "" if own else offer.worker.given_name
    return OfferFacts(
        effects=effects_told(looked, about, offer.id) if page.limits_shown else None,
        notes=_notes(page, person, now) if own else (),
        guard=_guard(actor, page, person, now) if own or page.limits_shown else "",
    )


def _guard(actor: Actor, page: OfferPage, person: Person, now: datetime) -> str:
    return service.guard_words(actor, page.offer, person, page.jobcenter.partner_name, clock.day_of(now))


def _notes(page: OfferPage, person: Person, now: datetime) -> tuple[str, ...]:
    """What the worker should mind, in words to them: activity days, other gigs, the week's hours."""
    match = queries.own_match(page, person, now)
    words = [messages.reason_to_worker(finding) for finding in match.fit.findings]
    return tuple(text for text in words if text)


def effects_told(looked: service.Look | None, about: str, offer_id: int | None = None) -> Effects:
    """What a gig does to limits, said to the worker, or about them if a name is given; of an offer, by its id."""
    if looked is None:
        return Effects(lines=(), over=(), reduced=(), unknown=(), computed=False, needs_knowing=True)
    effect = looked.effect
    return Effects(
        lines=effect_lines(effect, about),
        over=passed(effect),
        reduced=reduced(effect),
        unknown=labels(effect.not_known),
        call=whom_to_call(effect, looked.case.as_of),
        others=_others(looked.case.others_offered(looked.income, offer_id), about),
        computed=True,
        needs_knowing=effect.needs_knowing,
    )


def _others(offered: OthersOffered, about: str) -> str:
    """What the other open offers would take over together with this gig; "" where they would not."""
    over = ", ".join(passed(offered.effect))
    if not over:
        return ""
    if about:
        return ngettext(
            "%(name)s has %(num)s other offer. With a yes to it too, this is passed: %(limits)s.",
            "%(name)s has %(num)s other offers. With a yes to all of them, this is passed: %(limits)s.",
            offered.number,
            name=about,
            limits=over,
        )
    return ngettext(
        "You have %(num)s other offer. If you say yes to it too, you go over: %(limits)s.",
        "You have %(num)s other offers. If you say yes to all of them, you go over: %(limits)s.",
        offered.number,
        limits=over,
    )
