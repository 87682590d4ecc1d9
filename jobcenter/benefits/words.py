"""How rules speak of a sum below, at and above what it is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jobcenter.benefits.codes import NextStep
from jobcenter.benefits.domain import LimitState


@dataclass(frozen=True)
class Words:
    """How a rule speaks: its state below, at and above the limit, and the next step for each state."""

    below: LimitState
    at: LimitState
    above: LimitState
    steps: Mapping[LimitState, NextStep]

    @classmethod
    def of_limit(cls, *, at: NextStep, over: NextStep) -> Words:
        """Of a limit that can be met and passed."""
        under, near = (LimitState.UNDER, NextStep.NOTHING), (LimitState.NEAR, NextStep.PLAN_HOURS)
        steps = dict([under, near, (LimitState.AT_LIMIT, at), (LimitState.OVER, over)])
        return cls(LimitState.UNDER, LimitState.AT_LIMIT, LimitState.OVER, steps)


# Of a change of income that starts a review once it is large enough.
REVIEW_WORDS = Words(
    below=LimitState.NO_REVIEW,
    at=LimitState.REVIEW_DUE,
    above=LimitState.REVIEW_DUE,
    steps={
        LimitState.NO_REVIEW: NextStep.NOTHING,
        LimitState.NEAR: NextStep.PLAN_HOURS,
        LimitState.REVIEW_DUE: NextStep.APPLY_FOR_REVIEW,
    },
)
# Of an allowance that a formula makes smaller from some income on: nothing is lost at once.
AMOUNT_WORDS = Words(
    below=LimitState.UNDER,
    at=LimitState.UNDER,
    above=LimitState.OVER,
    steps={LimitState.UNDER: NextStep.NOTHING, LimitState.OVER: NextStep.COUNT_WHAT_IS_LEFT},
)
