"""Gigs made of accepted orders and cancelled with cancelled ones, ended when over, and stopped to protect benefits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from jobcenter.core import todo
from jobcenter.core.errors import DomainError
from jobcenter.core.jobs import JobReport
from jobcenter.core.todo import Task
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.gigs import queries_jobs, service, service_guard, service_offers
from jobcenter.orders.intake.service.handling import CANCELLED_TODO
from jobcenter.orders.intake.service.terms import ACCEPTED_TODO
from jobcenter.workers.consents.service import NOT_TAKING_PART_TODO

BATCH = 200


def make_gigs(now: datetime) -> JobReport:
    """Make the gigs of orders whose terms have been accepted, after the old ones of an order that was cancelled."""
    cancel_gigs(now)
    return _take_up(ACCEPTED_TODO, now, lambda task: service.make_gigs_for(int(task.key)))


def cancel_gigs(now: datetime) -> JobReport:
    """Cancel what is still ahead of cancelled orders."""
    return _take_up(CANCELLED_TODO, now, _cancel_gigs)


def stop_guarded_gigs(now: datetime) -> JobReport:
    """Stop the gigs ahead that the contract guard refuses to people whose benefits have changed."""
    return _take_up(todo.Changed.BENEFITS, now, _stop_guarded)


def take_back_unwanted_offers(now: datetime) -> JobReport:
    """Take back the open offers of people who do not want to take part any more."""
    return _take_up(NOT_TAKING_PART_TODO, now, lambda task: service_guard.take_back_unwanted(int(task.key)))


def finish_gigs(now: datetime) -> JobReport:
    """Gigs whose time is over are done, and their confirmed places with them; each in a transaction of its own."""
    return _each(queries_jobs.ended_gig_ids(now, BATCH), service.finish_gig)


def end_unanswered_offers(now: datetime) -> JobReport:
    """Offers whose time to answer is over are let go with kind words."""
    return _each(queries_jobs.unanswered_offer_ids(now, BATCH), service_offers.let_go)


def _cancel_gigs(task: Task) -> None:
    service.cancel_gigs_of(int(task.key), reason=task.payload["reason"], by=task.payload["by"])


def _stop_guarded(task: Task) -> None:
    service_guard.stop_refused(int(task.key))
    todo.leave(todo.Changed.INCOME, task.key)


def _take_up(kind: str, now: datetime, work: Callable[[Task], object]) -> JobReport:
    """One to-do after the other, each in a transaction of its own; one that fails is put off, and the rest go on."""
    report, failed = JobReport(), 0
    while failed < BATCH and (done := _take_one(kind, now, work)) is not None:
        report += done
        failed += done.failed
    return report


def _take_one(kind: str, now: datetime, work: Callable[[Task], object]) -> JobReport | None:
    try:
        with unit_of_work():
            tasks = todo.take(kind, now, limit=1)
            if not tasks:
                return None
            work(tasks[0])
            todo.done(tasks[0], now)
    except DomainError as refusal:
        with unit_of_work():
            todo.put_off(tasks[0], now)
        return JobReport(failed=1, remark=f"{kind} {tasks[0].key}: {refusal.code}")
    return JobReport(done=1)


def _each(ids: list[int], work: Callable[[int], object]) -> JobReport:
    report = JobReport()
    for thing_id in ids:
        try:
            with unit_of_work():
                work(thing_id)
        except DomainError as refusal:
            report += JobReport(failed=1, remark=f"{thing_id}: {refusal.code}")
        else:
            report += JobReport(done=1)
    return report
