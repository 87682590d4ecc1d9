"""Limits in one sentence each, as they were last told: an estimate, not a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jobcenter.benefits import Assessment, LimitState, series_of
from jobcenter.earnings.domain_warnings import urgency_of
from jobcenter.earnings.messages import RULES
from jobcenter.earnings.messages_sentences import sentence
from jobcenter.earnings.presenting_cards import state_label, tag_of
from jobcenter.earnings.queries import current_snapshots
from jobcenter.workers.models import Worker


@dataclass(frozen=True)
class LimitLine:
    """One limit now: its name, the sentence, and a tag."""

    title: str
    sentence: str
    tag_kind: str
    tag: str


def limits_of(workers: Sequence[Worker], today: date, *, by_name: bool = False) -> dict[int, list[LimitLine]]:
    """The limits that hold on a day, by worker id, the most urgent first; said to the person, or about them by name."""
    told = current_snapshots([worker.id for worker in workers])
    return {
        worker.id: [
            _line(assessment, worker.given_name if by_name else "")
            for assessment in in_order(_now(told.get(worker.id, {}).values(), today))
        ]
        for worker in workers
    }


def in_order(assessments: Iterable[Assessment]) -> list[Assessment]:
    """What asks for something soonest first."""
    return sorted(assessments, key=urgency_of)


def _now(snapshots: Iterable, today: date) -> list[Assessment]:
    found = (Assessment.from_json(snapshot.payload) for snapshot in snapshots)
    return [assessment for assessment in found if _holds(assessment, today)]


def _holds(assessment: Assessment, today: date) -> bool:
    if assessment.state is LimitState.NOT_APPLICABLE:
        return False
    return series_of(assessment) == "rolling" or assessment.period_from <= today <= assessment.period_to


def _line(assessment: Assessment, name: str) -> LimitLine:
    return LimitLine(
        title=str(RULES[assessment.rule]),
        sentence=sentence(assessment, name),
        tag_kind=tag_of(assessment),
        tag=state_label(assessment),
    )
