"""Limits in one sentence each, as they were last told: an estimate, not a decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jobcenter.benefits import Assessment, LimitState, series_of
from jobcenter.earnings.messages import RULES
from jobcenter.earnings.messages_sentences import sentence
from jobcenter.earnings.presenting import place_of
from jobcenter.earnings.presenting_cards import state_label, tag_of
from jobcenter.earnings.queries import current_snapshots
from jobcenter.earnings.queries_told import tellings_of
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
    now = _now([worker.id for worker in workers], today)
    return {
        worker.id: [_line(told, worker.given_name if by_name else "") for told in in_order(now[worker.id])]
        for worker in workers
    }


def in_order(assessments: Iterable[Assessment]) -> list[Assessment]:
    """What asks for something soonest first."""
    return sorted(assessments, key=place_of)


def _now(worker_ids: Collection[int], today: date) -> dict[int, list[Assessment]]:
    """What was told last of the limits that hold on a day, by worker id."""
    told = current_snapshots(worker_ids)
    rows = [row for worker_id in worker_ids for row in told.get(worker_id, {}).values()]
    found: dict[int, list[Assessment]] = {worker_id: [] for worker_id in worker_ids}
    for row, telling in zip(rows, tellings_of(rows), strict=True):
        if _holds(telling.assessment, today):
            found[row.worker_id].append(telling.assessment)
    return found


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
