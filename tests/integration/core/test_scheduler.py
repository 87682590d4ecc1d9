"""The timetable: each slot once, missed ones made up for, one leader."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter import cli, scheduler
from jobcenter.core import clock
from jobcenter.core.jobs import JobReport
from jobcenter.core.runs import JobRun
from jobcenter.scheduler import daily, every_minute, leading, run_due, run_slot
from tests import factories
from tests.threads import in_threads

LONGEST_START = 90
NOW = factories.NOW
DONE: list[datetime] = []


def count(now: datetime) -> JobReport:
    """A job that keeps when it ran."""
    DONE.append(now)
    return JobReport(done=1, remark="counted")


def fail(_now: datetime) -> JobReport:
    """A job with a fault."""
    raise ZeroDivisionError


MINUTELY = every_minute(count)
NIGHTLY = daily(count, hour=4, minute=10)
FAULTY = daily(fail, hour=4, minute=10)


@pytest.fixture(autouse=True)
def _nothing_done_yet() -> Iterator[None]:
    DONE.clear()
    yield


def test_a_slot_is_run_once(app: Flask, session: Session) -> None:
    assert run_slot(app, MINUTELY, NOW) == JobReport(done=1, remark="counted")
    assert run_slot(app, MINUTELY, NOW) is None and len(DONE) == 1
    (run,) = session.scalars(select(JobRun)).all()
    assert (run.job, run.slot, run.done, run.failed, run.remark) == ("count", NOW, 1, 0, "counted")
    assert run.ended_at is not None


def test_two_leaders_would_run_a_slot_once(app: Flask, session: Session) -> None:
    in_threads(app, [lambda: run_slot(app, MINUTELY, NOW)] * 4)
    assert len(DONE) == 1


def test_a_fault_is_logged_and_the_slot_may_be_run_again(app: Flask, session: Session, caplog) -> None:
    for _time in range(2):
        assert run_slot(app, FAULTY, NOW) == JobReport(failed=1)
    assert "fail failed" in caplog.text and "ZeroDivisionError" in caplog.text
    assert not session.scalars(select(JobRun)).all()


@pytest.mark.parametrize(
    ("hour", "minute", "slots"),
    [(2, 10, 1), (2, 9, 0), (12, 0, 1), (0, 0, 1)],
)
def test_a_missed_night_is_made_up_for_within_the_day(
    app: Flask, session: Session, hour: int, minute: int, slots: int
) -> None:
    with clock.frozen(datetime(2026, 11, 22, hour, minute, 30, tzinfo=UTC)):
        for _time in range(3):
            run_due(app, NIGHTLY)
    assert len(DONE) == slots


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (datetime(2026, 11, 22, 2, 10, 0, tzinfo=UTC), datetime(2026, 11, 22, 2, 10, tzinfo=UTC)),
        (datetime(2026, 11, 22, 2, 9, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 23, 1, 9, 0, tzinfo=UTC), datetime(2026, 11, 22, 2, 10, tzinfo=UTC)),
        (datetime(2026, 7, 22, 1, 10, 5, tzinfo=UTC), datetime(2026, 7, 22, 1, 10, tzinfo=UTC)),
        (datetime(2026, 10, 25, 2, 10, 5, tzinfo=UTC), datetime(2026, 10, 25, 2, 10, tzinfo=UTC)),
    ],
)
def test_the_newest_slot_in_helsinki_time(now: datetime, slot: datetime | None) -> None:
    assert NIGHTLY.last_slot(now) == slot


def test_a_minutely_job_is_not_made_up_for() -> None:
    assert MINUTELY.last_slot(NOW + timedelta(seconds=59)) == NOW


def test_one_process_leads(app: Flask, session: Session) -> None:
    instance = app.config["JOBCENTER"].instance
    with leading(app, instance) as first, leading(app, instance) as second:
        assert first is not None and first() and second is None
    with leading(app, instance) as third:
        assert third is not None


def test_every_job_of_the_timetable_exists_and_runs(app: Flask, session: Session) -> None:
    names = [entry.name for entry in scheduler.TIMETABLE]
    assert len(names) == len(set(names))
    for entry in scheduler.TIMETABLE:
        assert isinstance(entry.job(clock.now()), JobReport), entry.name


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_stops_cleanly(app: Flask, session: Session, signal_number: int) -> None:
    settings = app.config["JOBCENTER"]
    environment = {**os.environ, "DATABASE_URL": settings.database_url, "JOBCENTER_INSTANCE": str(settings.instance)}
    process = subprocess.Popen(
        [sys.executable, "-m", "jobcenter.cli", "scheduler"], env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        _wait_for_a_run(session, process)
        process.send_signal(signal_number)
        _out, errors = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0 and "Traceback" not in errors, errors


def test_run_once_from_the_command_line(app: Flask, session: Session, monkeypatch) -> None:
    settings = app.config["JOBCENTER"]
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("JOBCENTER_INSTANCE", str(settings.instance))
    assert "send_outbox" in CliRunner().invoke(cli.main, ["jobs", "list"]).output
    result = CliRunner().invoke(cli.main, ["jobs", "run-once", "send_outbox"])
    assert (result.exit_code, result.output) == (0, "send_outbox: 0 done, 0 failed no mail server is set\n")
    assert "no job is called" in CliRunner().invoke(cli.main, ["jobs", "run-once", "nope"]).output


def _wait_for_a_run(session: Session, process: subprocess.Popen[str]) -> None:
    """Until the process leads: it makes up for a missed slot at once. On a busy machine it is slow to begin."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and process.poll() is None:
        session.rollback()
        if session.scalars(select(JobRun.id)).first():
            return
        time.sleep(0.1)
    process.kill()
    raise AssertionError(f"the scheduler ran nothing; it said: {process.communicate()[1]}")
