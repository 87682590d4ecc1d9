"""What an earning, such as an offered gig, does to each limit."""

from __future__ import annotations

from dataclasses import dataclass

from jobcenter.benefits import Assessment
from jobcenter.core import texts
from jobcenter.earnings import messages
from jobcenter.earnings.domain import Change, Effect
from jobcenter.earnings.messages_sentences import sentence
from jobcenter.earnings.presenting_cards import Bar, bars_of


@dataclass(frozen=True)
class EffectLine:
    """What an earning does to one limit."""

    title: str
    sentence: str
    before: str
    after: str
    tag_kind: str
    bars: tuple[Bar, ...]
    goes_over: bool


def effect_lines(effect: Effect, name: str = "") -> tuple[EffectLine, ...]:
    """The limits that an earning counts towards, for the page of an offer."""
    return tuple(_effect_line(change, name) for change in effect.touched)


def _effect_line(change: Change, name: str) -> EffectLine:
    after = change.after
    return EffectLine(
        title=str(messages.RULES[after.rule]),
        sentence=sentence(after, name),
        before=_left(change.before),
        after=_left(after),
        tag_kind=messages.TAGS[after.state_with_agreed],
        bars=bars_of(after)[-1:],
        goes_over=change.newly_unsafe,
    )


def _left(assessment: Assessment | None) -> str:
    return "" if assessment is None or assessment.left is None else texts.money(assessment.left_with_agreed)


def over_labels(effect: Effect) -> tuple[str, ...]:
    """The names of the limits that an earning takes the person over."""
    return tuple(str(messages.RULES[rule]) for rule in effect.over)
