"""The nightly check of everyone, and the check of whoever's income, benefits or rules have changed."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from jobcenter.auth.domain import SYSTEM
from jobcenter.core import todo
from jobcenter.core.jobs import JobReport, collect, sparing_collections
from jobcenter.core.processes import how_many, share
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings import queries, service

BATCH = 1000
# Fewer people are not worth another process, which takes seconds to begin.
LEAST_SHARED = 2000
# Batches after which memory is looked through.
COLLECTED_AFTER = 5


def check_earnings(now: datetime) -> JobReport:
    """Check every active worker, shared by several processes where there are many."""
    with unit_of_work():
        bounds = queries.bounds_of_shares(how_many(), LEAST_SHARED)
    return share(check_between, [(now, after, last) for after, last in pairwise(bounds)])


def check_between(now: datetime, after: int, last: int) -> JobReport:
    """Check the active workers whose ids lie above `after` and up to `last`, batch by batch, each in a transaction of
    its own.
    """
    report, batches = JobReport(), 0
    with sparing_collections():
        while worker_ids := queries.active_worker_ids(after, BATCH, last):
            with unit_of_work():
                checked = service.check_workers(SYSTEM, worker_ids, now, only_changed=True)
            report += JobReport(done=checked.people)
            after, batches = worker_ids[-1], batches + 1
            if batches % COLLECTED_AFTER == 0:
                collect()
    return report


def check_changed(now: datetime) -> JobReport:
    """Check the persons of whom something has changed since; all of them when the rules have."""
    with unit_of_work():
        tasks = todo.take(todo.Changed.RULES, now)
        for task in tasks:
            todo.done(task, now)
    if tasks:
        return check_earnings(now)
    report = JobReport()
    while done := _check_batch(now):
        report += JobReport(done=done)
    return report


def _check_batch(now: datetime) -> int:
    """Check the persons of one batch of to-dos, in one transaction; how many to-dos they were."""
    with unit_of_work():
        tasks = todo.take(todo.Changed.INCOME, now, BATCH)
        worker_ids = queries.rows_of_same_person([int(task.key) for task in tasks])
        if worker_ids:
            service.check_workers(SYSTEM, worker_ids, now, tell_standing=True)
        for task in tasks:
            todo.done(task, now)
    return len(tasks)
