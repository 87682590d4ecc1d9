"""The job that computes plans: outside any request, one after the other, taken up again when it was broken off."""

from __future__ import annotations

import logging
from datetime import datetime
from threading import Event, Thread

from jobcenter.core import clock
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work
from jobcenter.matching.plan.desk import queries, queries_instance, service_running
from jobcenter.matching.plan.desk.computing import Computing, Found, Work
from jobcenter.matching.plan.desk.service_running import Claim
from jobcenter.matching.plan.desk.told import Json

log = logging.getLogger("jobcenter.plans")

SECONDS_BETWEEN_WORDS = 0.7


def make_plans(now: datetime) -> JobReport:
    """Compute the plans that were asked for. Safe to run twice: each plan is claimed, and a claim ends with silence."""
    report = JobReport()
    while (claim := _take_up(now)) is not None:
        try:
            report += JobReport(done=int(_make(claim)))
        except Exception:
            log.exception("plan %s failed", claim.plan_id)
            with unit_of_work():
                service_running.give_up(claim)
            report += JobReport(failed=1, remark=f"plan {claim.plan_id}")
    return report


def _take_up(now: datetime) -> Claim | None:
    with unit_of_work():
        return service_running.take_up(now)


def _make(claim: Claim) -> bool:
    work = queries_instance.work_of(queries.any_plan(claim.plan_id), clock.now())
    found = _compute(claim, work)
    with unit_of_work():
        return service_running.finish(claim, found)


def _compute(claim: Claim, work: Work) -> Found:
    """Compute in a thread of its own; meanwhile tell how far it is, and pass on that it is to end."""
    begun = Computing(work)
    over = Event()
    thread = Thread(target=_run, args=(begun, over), name=f"plan-{claim.plan_id}", daemon=True)
    thread.start()
    while not over.wait(SECONDS_BETWEEN_WORDS):
        if not _tell(claim, begun.progress):
            begun.stop()
    thread.join()
    return begun.outcome()


def _run(begun: Computing, over: Event) -> None:
    try:
        begun.run()
    finally:
        over.set()


def _tell(claim: Claim, progress: Json) -> bool:
    with unit_of_work():
        return service_running.tell(claim, progress)
