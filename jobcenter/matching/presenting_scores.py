"""What speaks for a person, in words and small bars, with the sum behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _

from jobcenter.matching.messages_soft import SOFT_NAMES, words
from jobcenter.matching.soft import FULL, Score, Scored, Share, Word

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


class Scores:
    """The scores of one page in words, in the language of the moment: what many people share is put into words once.

    `names` of the people who are on the gig.
    """

    def __init__(self, names: Mapping[Any, str] = NO_NAMES) -> None:
        self._names = names
        self._rules = {part: str(name) for part, name in SOFT_NAMES.items()}
        self._of = _("%(points)s of %(most)s")
        self._said: dict[Word, str] = {}

    def view(self, score: Score) -> ScoreView:
        """One person's score. Without rules there is nothing to show."""
        if not score.parts:
            return NOTHING
        return ScoreView(
            bars=tuple(
                Bar(self._words(scored.share), scored.share.per_cent, "good") for scored in score.strongest[:SHOWN]
            ),
            lines=tuple(self._line(scored) for scored in score.parts if scored.weight),
            total=self._points(score.points, score.most),
        )

    def _line(self, scored: Scored) -> Line:
        points = self._points(scored.points, scored.weight * FULL)
        return Line(self._rules[scored.part], self._words(scored.share), points)

    def _points(self, points: int, most: int) -> str:
        """`750 of 1000`: a rule's weight times a hundred is what it gives at most."""
        return self._of % {"points": points, "most": most}

    def _words(self, share: Share) -> str:
        if share.facts:
            return words(share, self._names)
        if share.word not in self._said:
            self._said[share.word] = words(share, self._names)
        return self._said[share.word]
