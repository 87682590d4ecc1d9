"""What cannot be judged yet, said aloud: benefits never asked of the person."""

from __future__ import annotations

from collections.abc import Iterator

from jobcenter.benefits.assessment import Assessment, Row
from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import LimitState
from jobcenter.benefits.judging import Facts, month_of, unmeasured

UNASKED_RULE = "benefits.asked"


def assess_unasked(facts: Facts) -> Iterator[Assessment]:
    """One question, where nobody has asked the person which benefits they receive."""
    if not facts.person.asked:
        remark = Row(RowCode.BENEFITS_NOT_ASKED)
        yield unmeasured(facts, UNASKED_RULE, month_of(facts.as_of), LimitState.ASK, NextStep.ASK_PERSON, remark)
