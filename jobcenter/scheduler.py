"""The scheduler process: runs the timetable, alone among its kind, each slot of a job once.

One process at a time leads: on PostgreSQL it holds an advisory lock, on SQLite a lock on a file beside the database. A
run is claimed by a row unique by job and slot, so that not even two leaders could run one slot twice.
"""

from __future__ import annotations

import fcntl
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from flask import Flask
from sqlalchemy import text

from jobcenter.auth import jobs as auth
from jobcenter.billing.card import jobs as card
from jobcenter.billing.einvoices import jobs as einvoices
from jobcenter.billing.payments import jobs as payments
from jobcenter.billing.register import jobs as register
from jobcenter.config import Settings
from jobcenter.core import clock, runs
from jobcenter.core.db import db
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings import jobs as earnings
from jobcenter.earnings.rulebook import jobs as rulebook
from jobcenter.matching.plan.desk import jobs as plans
from jobcenter.matching.rounds import jobs as rounds
from jobcenter.notifications import jobs as notifications
from jobcenter.orders.gigs import jobs as gigs
from jobcenter.orders.hours import jobs as hours
from jobcenter.orders.intake import jobs as intake
from jobcenter.workers.statement import jobs as statements

log = logging.getLogger("jobcenter.scheduler")

LEADER_LOCK = 7_203_002
STAND_IN_SECONDS = 2
GRACE_SECONDS = 3600
WATCH_SECONDS = 2
STOP_SECONDS = 10
SECOND = timedelta(seconds=1)

Job = Callable[[datetime], JobReport]


@dataclass(frozen=True)
class Entry:
    """A line of the timetable: a job, when it runs in Helsinki, and how long a slot stays due."""

    job: Job
    trigger: BaseTrigger
    due_for: timedelta

    @property
    def name(self) -> str:
        return self.job.__name__

    def last_slot(self, now: datetime) -> datetime | None:
        """The newest instant of the timetable that is due at `now`, in UTC."""
        slot, coming = None, self.trigger.get_next_fire_time(None, now - self.due_for)
        while coming is not None and coming <= now:
            slot, coming = coming, self.trigger.get_next_fire_time(coming, coming + SECOND)
        return slot.astimezone(UTC) if slot else None


def every_minute(job: Job) -> Entry:
    """A job on each full minute."""
    return Entry(job, CronTrigger(second=0, timezone=clock.HELSINKI), timedelta(minutes=2))


def daily(job: Job, hour: int, minute: int = 0) -> Entry:
    """A job each day at a wall-clock time; missed or failed, it is made up for within the day."""
    trigger = CronTrigger(hour=hour, minute=minute, timezone=clock.HELSINKI)
    return Entry(job, trigger, timedelta(hours=23))


TIMETABLE = (
    every_minute(gigs.make_gigs),
    every_minute(gigs.cancel_gigs),
    every_minute(gigs.stop_guarded_gigs),
    every_minute(gigs.take_back_unwanted_offers),
    every_minute(gigs.finish_gigs),
    every_minute(gigs.end_unanswered_offers),
    every_minute(rounds.advance_rounds),
    every_minute(hours.ask_orderers_to_confirm),
    every_minute(earnings.check_changed),
    every_minute(einvoices.make_einvoices),
    every_minute(einvoices.deliver_einvoices),
    every_minute(einvoices.read_einvoice_receipts),
    every_minute(card.make_card_calls),
    every_minute(notifications.send_outbox),
    daily(earnings.check_earnings, hour=3, minute=10),
    daily(card.reconcile_cards, hour=3, minute=50),
    daily(card.fetch_payouts, hour=4, minute=5),
    daily(intake.forget_old_drafts, hour=4),
    daily(auth.tidy_doors, hour=4, minute=10),
    daily(hours.remind_unconfirmed_hours, hour=9),
    daily(einvoices.remind_of_unsent_einvoices, hour=9, minute=20),
    daily(payments.remind_of_invoices, hour=9, minute=20),
    daily(register.remind_of_register_reports, hour=9, minute=30),
    daily(statements.remind_reviews, hour=9, minute=10),
    daily(rulebook.remind_of_missing_values, hour=9, minute=10),
)


# What somebody waits for at a screen is looked for every few seconds. These jobs claim their work themselves.
WATCHED: tuple[Job, ...] = (plans.make_plans,)


def job_named(name: str) -> Job:
    """The job of the timetable, or of those watched, with this name. Raises KeyError."""
    return {job.__name__: job for job in (*(entry.job for entry in TIMETABLE), *WATCHED)}[name]


def run_due(app: Flask, entry: Entry) -> JobReport | None:
    """Run a job for its newest due slot, unless that was done."""
    now = clock.now()
    slot = entry.last_slot(now)
    return run_slot(app, entry, slot) if slot else None


def run_slot(app: Flask, entry: Entry, slot: datetime) -> JobReport | None:
    """Run a job for a slot unless that was done. A fault is logged, and the slot may be run again."""
    with app.app_context():
        with unit_of_work():
            claimed = runs.claim_run(entry.name, slot)
        if not claimed:
            return None
        try:
            report = entry.job(clock.now())
        except Exception:
            log.exception("%s failed", entry.name)
            with unit_of_work():
                runs.release_run(entry.name, slot)
            return JobReport(failed=1)
        with unit_of_work():
            runs.note_run(entry.name, slot, report)
    if report.done or report.failed:
        log.info("%s: %s done, %s failed %s", entry.name, report.done, report.failed, report.remark)
    return report


def run(app: Flask) -> None:
    """Wait to lead, then run the timetable until SIGTERM or SIGINT."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    settings: Settings = app.config["JOBCENTER"]
    while not stop.is_set():
        with leading(app, settings.instance) as leads:
            if leads is None:
                stop.wait(STAND_IN_SECONDS)
            else:
                _lead(app, stop, leads)


def _lead(app: Flask, stop: Event, leads: Callable[[], bool]) -> None:
    """Run the timetable while leading; the jobs under way are finished before leaving."""
    scheduler, over = _scheduler(app), Event()
    watching = Thread(target=watch, args=(app, over), name="watch", daemon=True)
    scheduler.start()
    watching.start()
    log.info("running %s jobs", len(TIMETABLE) + len(WATCHED))
    while leads() and not stop.wait(STAND_IN_SECONDS):
        pass
    over.set()
    scheduler.shutdown(wait=True)
    watching.join(STOP_SECONDS)


def watch(app: Flask, over: Event) -> None:
    """Run the watched jobs every few seconds. What is cut off at the end is taken up again by whoever leads next."""
    while not over.wait(WATCH_SECONDS):
        for job in WATCHED:
            try:
                with app.app_context():
                    job(clock.now())
            except Exception:
                log.exception("%s failed", job.__name__)


def _scheduler(app: Flask) -> BackgroundScheduler:
    scheduler = BackgroundScheduler(
        jobstores={"default": MemoryJobStore()},
        executors={"default": ThreadPoolExecutor(2)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS},
        timezone=clock.HELSINKI,
    )
    for entry in TIMETABLE:
        scheduler.add_job(run_due, entry.trigger, args=(app, entry), id=entry.name)
    make_up = CronTrigger(minute=30, timezone=clock.HELSINKI)
    scheduler.add_job(run_missed, make_up, args=(app,), id="run_missed", next_run_time=clock.now())
    return scheduler


def run_missed(app: Flask) -> None:
    """Run what was missed while nobody led, or failed: at the start and once an hour."""
    for entry in TIMETABLE:
        run_due(app, entry)


# Leading


@contextmanager
def leading(app: Flask, instance: Path) -> Iterator[Callable[[], bool] | None]:
    """Hold the leader's lock if it is free: gives a function that says whether it is still held, else None."""
    with app.app_context():
        is_postgres = db.engine.dialect.name == "postgresql"
        engine = db.engine
    lock: AbstractContextManager[Any] = _advisory_lock(engine) if is_postgres else _file_lock(instance)
    with lock as held:
        yield held


@contextmanager
def _advisory_lock(engine: Any) -> Iterator[Callable[[], bool] | None]:
    """A lock of a PostgreSQL session: it ends with the connection, however the process dies."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LEADER_LOCK}):
            yield None
            return
        try:
            yield lambda: _answers(connection)
        finally:
            if _answers(connection):
                connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LEADER_LOCK})


@contextmanager
def _file_lock(instance: Path) -> Iterator[Callable[[], bool] | None]:
    """A lock of the operating system on a file of the instance folder: it ends with the process."""
    with (instance / "scheduler.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield lambda: True


def _answers(connection: Any) -> bool:
    try:
        return connection.scalar(text("SELECT 1")) == 1
    except Exception:
        log.warning("the leader's connection is lost")
        return False
