"""What a person is warned of: one level per limit and period, and when a warning is new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from jobcenter.benefits import Assessment, LimitState
from jobcenter.benefits.judging import SHARED
from jobcenter.earnings.domain import AMOUNTS_ONLY, UNKNOWN
from jobcenter.earnings.domain_telling import Key, key_of


class WarningLevel(StrEnum):
    """What a person is warned of. AHEAD: only if everything agreed and offered is done."""

    NEAR = "near"
    OVER_AHEAD = "over_ahead"
    AT_LIMIT = "at_limit"
    OVER = "over"
    REVIEW_AHEAD = "review_ahead"
    REVIEW_DUE = "review_due"
    REDUCED = "reduced"


class Outcome(StrEnum):
    """What was done about a warning, told when it is closed."""

    TALKED = "talked"
    GIGS_MOVED = "gigs_moved"
    OFFICE_TOLD = "office_told"
    REVIEW_APPLIED = "review_applied"
    PENSION_DORMANT = "pension_dormant"
    INSURED = "insured"
    NOTHING_NEEDED = "nothing_needed"


@dataclass(frozen=True)
class Settled:
    """How a warning is closed."""

    outcome: Outcome
    remark: str = ""


class Stage(StrEnum):
    """How far a warning is looked after; what the coordinator's queue is narrowed to."""

    NEW = "new"
    NOTED = "noted"
    SETTLED = "settled"


# Rules by which a benefit shrinks little by little. Going over their disregard is no cliff, and it happens again in
# every month with a gig: so their periods are one series, and people are told once that the benefit is reduced, until
# a time comes in which it is not. Near the disregard nothing is warned of.
ENFORCEMENT = "enforcement.protected_portion"
REDUCTIONS = frozenset(
    {
        "basic_social_assistance.disregard",
        "labour_market_subsidy.reconciliation",
        "basic_unemployment_allowance.reconciliation",
        "earnings_related_unemployment_allowance.reconciliation",
        "general_benefit.reconciliation",
        ENFORCEMENT,
    }
)
GOING_ON = "going_on"

DONE_LEVELS = {
    LimitState.OVER: WarningLevel.OVER,
    LimitState.AT_LIMIT: WarningLevel.AT_LIMIT,
    LimitState.REVIEW_DUE: WarningLevel.REVIEW_DUE,
}
AHEAD_LEVELS = {
    LimitState.OVER: WarningLevel.OVER_AHEAD,
    LimitState.AT_LIMIT: WarningLevel.NEAR,
    LimitState.REVIEW_DUE: WarningLevel.REVIEW_AHEAD,
    LimitState.NEAR: WarningLevel.NEAR,
}


@dataclass(frozen=True)
class Alarm:
    """A level, and the assessment that it rests on."""

    level: WarningLevel
    assessment: Assessment


@lru_cache(maxsize=SHARED)
def level_of(assessment: Assessment) -> WarningLevel | None:
    """What to warn of, if anything: the worst of what is done, else of what lies ahead."""
    if assessment.rule in AMOUNTS_ONLY:
        return None
    if assessment.rule in REDUCTIONS:
        states = (assessment.state, assessment.state_with_agreed)
        return WarningLevel.REDUCED if LimitState.OVER in states else None
    done = DONE_LEVELS.get(assessment.state)
    ahead = AHEAD_LEVELS.get(assessment.state_with_agreed)
    if done is WarningLevel.AT_LIMIT and ahead is WarningLevel.OVER_AHEAD:
        return ahead
    return done or ahead


def alarms_of(assessments: Iterable[Assessment], as_of: date) -> dict[Key, Alarm]:
    """What to warn of, by the rule and series that a warning stands for; of a reduction, the first that is not past."""
    alarms: dict[Key, Alarm] = {}
    alarming = [a for a in assessments if a.state in DONE_LEVELS or a.state_with_agreed in AHEAD_LEVELS]
    for assessment in sorted(alarming, key=attrgetter("period_from")):
        level, reduces = level_of(assessment), assessment.rule in REDUCTIONS
        if level is None or (reduces and assessment.period_to < as_of):
            continue
        alarms.setdefault(_series(assessment), Alarm(level, assessment))
    return alarms


def _series(assessment: Assessment) -> Key:
    return (assessment.rule, GOING_ON) if assessment.rule in REDUCTIONS else key_of(assessment)


# What asks for something soonest comes first.
URGENCY = (
    frozenset({WarningLevel.OVER, WarningLevel.REVIEW_DUE}),
    frozenset({WarningLevel.OVER_AHEAD, WarningLevel.REVIEW_AHEAD}),
    frozenset({WarningLevel.AT_LIMIT}),
    frozenset({WarningLevel.NEAR}),
    frozenset({WarningLevel.REDUCED}),
)
NOT_KNOWN_RANKS = 2


def urgency_of(assessment: Assessment) -> tuple[int, bool, int]:
    """A place in a list of limits: by level, what is not known right after what goes over, then the fewest hours."""
    hours = assessment.left_hours_with_agreed
    return _rank(assessment), hours is None, hours or 0


def breaks(assessment: Assessment) -> bool:
    """Whether a limit is passed, or would be with everything agreed, or a review is due."""
    return level_of(assessment) in URGENCY[0] | URGENCY[1]


def _rank(assessment: Assessment) -> int:
    if assessment.state_with_agreed in UNKNOWN:
        return NOT_KNOWN_RANKS
    level = level_of(assessment)
    return next((place for place, levels in enumerate(URGENCY) if level in levels), len(URGENCY))
