"""What an earning, such as an offered gig, does to each limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from jobcenter.benefits import Assessment
from jobcenter.benefits.assessment import NO_AMOUNTS
from jobcenter.core import texts
from jobcenter.earnings import messages
from jobcenter.earnings.domain import UNKNOWN, Change, Effect
from jobcenter.earnings.domain_warnings import urgency_of
from jobcenter.earnings.messages_sentences import sentence
from jobcenter.earnings.presenting_cards import Bar, Lines, bars_of, period_text


@dataclass(frozen=True)
class EffectLine:
    """What an earning does to one limit. `benefit`: what the benefit is without the earning and what it becomes."""

    title: str
    period: str
    sentence: str
    before: str
    after: str
    benefit: Lines
    tag_kind: str
    bars: tuple[Bar, ...]
    goes_over: bool
    unknown: bool


def effect_lines(effect: Effect, name: str = "") -> tuple[EffectLine, ...]:
    """The limits that an earning counts towards, for the page of an offer: the most urgent first."""
    touched = sorted(effect.touched, key=lambda change: (not change.newly_unsafe, urgency_of(change.after)))
    return tuple(_effect_line(change, name) for change in touched)


def _effect_line(change: Change, name: str) -> EffectLine:
    after = change.after
    return EffectLine(
        title=str(messages.RULES[after.rule]),
        period=period_text(after),
        sentence=sentence(after, name),
        before=_left(change.before),
        after=_left(after),
        benefit=tuple(_benefit(change)),
        tag_kind=messages.TAGS[after.state_with_agreed],
        bars=bars_of(after)[-1:],
        goes_over=change.newly_unsafe,
        unknown=after.state_with_agreed in UNKNOWN,
    )


def _benefit(change: Change) -> Iterator[tuple[str, str]]:
    """The benefit with everything else agreed, and with this earning too, as far as a formula is known."""
    before = change.before.amounts if change.before else NO_AMOUNTS
    after = change.after.amounts
    without = after.benefit_before if change.before is None else before.benefit_after
    if without is not None and after.benefit_after is not None:
        yield _("The benefit without this gig"), texts.money(without)
        yield _("The benefit with this gig"), texts.money(after.benefit_after)
    if after.seized is not None:
        if before.seized is not None:
            yield _("Enforcement takes without this gig"), texts.money(before.seized)
        yield _("Enforcement takes with this gig"), texts.money(after.seized)


def _left(assessment: Assessment | None) -> str:
    return "" if assessment is None or assessment.left is None else texts.money(assessment.left_with_agreed)


def labels(rules: Iterable[str]) -> tuple[str, ...]:
    """The names of limits."""
    return tuple(str(messages.RULES[rule]) for rule in rules)
