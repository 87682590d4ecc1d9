"""What speaks for a person, in words and small bars, with the sum behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _

from jobcenter.matching.messages_soft import SOFT_NAMES, words
from jobcenter.matching.soft import FULL, Score, Scored

SHOWN = 3


@dataclass(frozen=True)
class Bar:
    """One soft rule: its words, how far it speaks for the person in per cent, and the colour of its bar."""

    text: str
    per_cent: int
    kind: str


@dataclass(frozen=True)
class Line:
    """One line of the sum: the rule, what it says, and its points of how many."""

    name: str
    text: str
    points: str


@dataclass(frozen=True)
class ScoreView:
    """The strongest rules as bars, and every line of the sum."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    total: str


NOTHING = ScoreView((), (), "")
NO_NAMES: Mapping[Any, str] = MappingProxyType({})


def score_view(score: Score, names: Mapping[Any, str]) -> ScoreView:
    """A score for a page; `names` of the people who are on the gig. Without rules there is nothing to show."""
    if not score.parts:
        return NOTHING
    return ScoreView(
        bars=tuple(_bar(scored, names) for scored in score.strongest[:SHOWN]),
        lines=tuple(_line(scored, names) for scored in score.parts if scored.weight),
        total=_of(score.points, score.most),
    )


def _bar(scored: Scored, names: Mapping[Any, str]) -> Bar:
    share = scored.share
    return Bar(words(share, names), share.per_cent, "good")


def _line(scored: Scored, names: Mapping[Any, str]) -> Line:
    most = scored.weight * FULL
    return Line(str(SOFT_NAMES[scored.part]), words(scored.share, names), _of(scored.points, most))


def _of(points: int, most: int) -> str:
    """`750 of 1000`: a rule's weight times a hundred is what it gives at most."""
    return _("%(points)s of %(most)s", points=points, most=most)
