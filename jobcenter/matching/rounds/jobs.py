"""Rounds go on by themselves: the next offer after a time ran out, the end of asking, a place that became free."""

from __future__ import annotations

from datetime import datetime

from jobcenter.core.errors import DomainError
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work
from jobcenter.matching.rounds import queries, service_steps
from jobcenter.matching.rounds.domain import Step, next_step


def advance_rounds(now: datetime) -> JobReport:
    """Do what is due in every round, each in a transaction of its own; a second run finds nothing to do."""
    report = JobReport()
    due = [id_ for id_, standing in queries.due_rounds(now).items() if next_step(standing, now) is not Step.NOTHING]
    for round_id in due:
        try:
            with unit_of_work():
                done = service_steps.advance(round_id)
        except DomainError as refusal:
            report += JobReport(failed=1, remark=f"{round_id}: {refusal.code}")
        else:
            report += JobReport(done=bool(done))
    return report
