"""What an orderer can say without writing: how it went, and what went well."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HowItWent(StrEnum):
    """The scale of the feedback form, shown with pictures."""

    WELL = "well"
    ALL_RIGHT = "all_right"
    NOT_WELL = "not_well"


class Praise(StrEnum):
    """What an orderer may tick as having gone well: for feedback that also those who do not write can give."""

    ON_TIME = "on_time"
    CAREFUL = "careful"
    FRIENDLY = "friendly"
    OWN_INITIATIVE = "own_initiative"
    WORKED_TOGETHER = "worked_together"
    WELCOME_BACK = "welcome_back"


@dataclass(frozen=True)
class GiveFeedback:
    """What the orderer says of one person."""

    how_it_went: HowItWent
    went_well: frozenset[Praise]
    text: str
