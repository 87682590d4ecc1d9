"""Everybody's limits from PostgreSQL to stored states, beside a floor and a peer in the same run.

    python -m benchmarks.earnings [--people 100000] [--processes 2]

Starts a PostgreSQL server (or uses DATABASE_URL, an empty database) and fills it with people who have a year of gigs,
half of each done and half agreed, a pension, and every second the housing allowance. Then it prints the time, the
states and the memory of

- **ours**: the nightly job in as many processes as there are cores, first with nothing stored (every assessment is
  computed, explained, kept and warned of), then again with nothing changed;
- the **floor**: the same three sums by one plain SQL statement that stores a state a row, with no reasons;
- **OpenFisca**, if it is installed (`pip install openfisca-core`): the same three rules on the same monthly earnings,
  for all people at once, and for one person at a time, as a page needs it. It reads no rows one by one, explains
  nothing and stores nothing.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import text

import jobcenter
from benchmarks.fill_earnings import MONTHS_DONE, fill
from jobcenter.config import Settings
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings import jobs, queries
from tests.postgres import running_server

AIM_SECONDS, AIM_PEOPLE = 60, 100_000
ONE_AT_A_TIME = 20
RULES_ALONE = 2000
# As a county's server is set up: nothing may be lost, and there is memory. The tests' server has little of either.
SERVER = {
    **dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes", "autovacuum"), "on"),
    **{"shared_buffers": "2GB", "work_mem": "16MB", "max_wal_size": "8GB"},
}
# Places in what Linux tells of a process, after its name.
USER_TIME, SYSTEM_TIME = 11, 12

FLOOR = """
    create temporary table floor_state as
    with earning as (
        select worker_id, worked_on as day, round(wage * minutes / 60, 2) as gross
        from time_entry where status <> 'needs_times'
        union all
        select f.worker_id, (g.starts_at at time zone 'Europe/Helsinki')::date,
            round(10.00 * extract(epoch from g.ends_at - g.starts_at) / 3600, 2)
        from offer f join gig g on g.id = f.gig_id
        where f.status in ('accepted', 'confirmed') and g.status = 'planned'),
    month as (select worker_id, date_trunc('month', day) as period, sum(gross) as total from earning group by 1, 2),
    year as (select worker_id, date_trunc('year', day) as period, sum(gross) as total from earning group by 1, 2)
    select 'pension' as rule, worker_id, period,
        case when total > 990.90 then 'over' when total = 990.90 then 'at' when total >= 792.72 then 'near'
        else 'under' end as state from month
    union all
    select 'yel', worker_id, period,
        case when total > 9423.09 then 'over' when total = 9423.09 then 'at' when total >= 7538.47 then 'near'
        else 'under' end from year
    union all
    select 'review', m.worker_id, m.period,
        case when sum(n.total) - b.decided_annual_income >= 1018 then 'review' else 'under' end
    from month m join month n on n.worker_id = m.worker_id and n.period > m.period - interval '1 year'
        and n.period <= m.period
    join held_benefit b on b.worker_id = m.worker_id and b.kind = 'pensioner_housing_allowance'
    group by m.worker_id, m.period, b.decided_annual_income"""

MONTHS = """
    select worker_id, date_trunc('month', day)::date, sum(gross)::float from (
        select worker_id, worked_on as day, wage * minutes / 60 as gross from time_entry
        union all
        select f.worker_id, g.starts_at::date, 10.0 * extract(epoch from g.ends_at - g.starts_at) / 3600
        from offer f join gig g on g.id = f.gig_id where f.status in ('accepted', 'confirmed')) e
    group by 1, 2"""


@dataclass(frozen=True)
class Took:
    """What one way took: seconds, states, the largest memory of a process in MB, and seconds of processor time of ours
    and of PostgreSQL, which depend less on what else the machine does (None: not taken).
    """

    name: str
    seconds: float
    states: int
    memory: int
    processor: tuple[float, float] | None = None

    @property
    def each(self) -> float:
        """Microseconds a state."""
        return self.seconds / self.states * 1e6

    def line(self) -> str:
        """The figures in a row."""
        busy = "" if self.processor is None else f"{self.processor[0]:9.1f} + {self.processor[1]:.1f} s"
        return f"{self.name:38}{self.seconds:9.1f} s{self.states:12,}{self.each:12.2f} us{self.memory:8} MB{busy}"


def main() -> None:
    """Fill, check, print."""
    options = _options()
    with _database() as url, tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATABASE_URL=url, JOBCENTER_INSTANCE=folder)
        with jobcenter.create_app(Settings.from_env()).app_context():
            flask_migrate.upgrade()
            began = time.perf_counter()
            filled = fill(options.people)
            print(f"{filled} in {time.perf_counter() - began:.0f} s", flush=True)
            db.session.remove()
            db.engine.dispose()
            print(f"{'':38}{'time':>11}{'states':>12}{'a state':>15}{'memory':>11}   processor: ours + PostgreSQL")
            ours = _show(_ours("ours, nothing stored yet", options))
            _show(_ours("ours, nothing changed", options))
            floor = _show(_floor())
            print(f"ours / floor: {ours.seconds / floor.seconds:.1f}")
            if importlib.util.find_spec("openfisca_core"):
                _beside_openfisca(ours, _show(_rules_alone()), options.people)
            else:
                print("OpenFisca is not installed: pip install openfisca-core")
            pace = ours.seconds * AIM_PEOPLE / options.people
            met = "met" if pace < AIM_SECONDS else "NOT met"
            print(f"aim: {AIM_PEOPLE:,} people under {AIM_SECONDS} s: {met}, at this pace {pace:.0f} s")
            db.session.remove()
            db.engine.dispose()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


@contextmanager
def _database() -> Iterator[str]:
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with running_server(**SERVER) as server:
        yield server.create("benchmark").render_as_string(hide_password=False)


def _show(took: Took) -> Took:
    print(took.line(), flush=True)
    return took


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


# Ours


def _ours(name: str, options: argparse.Namespace) -> Took:
    """The nightly job, the people shared among processes."""
    first, last = db.session.execute(text("select min(id) - 1, max(id) from worker")).one()
    size = -(-(last - first) // options.processes)
    shares = [(clock.now(), first + n * size, first + (n + 1) * size) for n in range(options.processes)]
    with multiprocessing.get_context("spawn").Pool(options.processes) as pool:
        pool.map(_ready, range(options.processes), chunksize=1)
        began = time.perf_counter()
        done = pool.map(_check, shares, chunksize=1)
        seconds = time.perf_counter() - began
    kept = db.session.execute(text("select count(*) from limit_snapshot where superseded_at is null")).scalar_one()
    peaks, ours, servers = zip(*done, strict=True)
    return Took(name, seconds, kept, max(peaks), (sum(ours), sum(servers)))


@cache
def _app() -> Flask:
    return jobcenter.create_app(Settings.from_env())


def _ready(_number: int) -> None:
    """Start the process, so that its start is not in the figures."""
    _app()
    time.sleep(1)


def _check(share: tuple[datetime, int, int]) -> tuple[int, float, float]:
    """The peak of memory, and the processor time of this process and of the one that serves it in PostgreSQL."""
    with _app().app_context():
        began = time.process_time()
        jobs.check_between(*share)
        ours = time.process_time() - began
        server = db.session.execute(text("select pg_backend_pid()")).scalar_one()
        served = _processor_time(server)
        db.session.remove()
        db.engine.dispose()
    return _peak(), ours, served


def _processor_time(process: int) -> float:
    """Seconds that a process has used, as Linux tells; nothing of one on another machine."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[USER_TIME]) + int(fields[SYSTEM_TIME])) / os.sysconf("SC_CLK_TCK")


def _rules_alone() -> Took:
    """The rules with their reasons, of people whose facts are read: nothing read or stored, nobody seen before."""
    ids = list(db.session.execute(text("select id from worker order by id limit :n"), {"n": RULES_ALONE}).scalars())
    cases = queries.cases_of(ids, clock.now()).values()
    seconds, states = _timed(lambda: sum(len(case.assessments()) for case in cases))
    return Took("ours, the rules alone", seconds, states, _peak())


# The floor


def _floor() -> Took:
    with unit_of_work():
        began = time.perf_counter()
        db.session.execute(text(FLOOR))
        seconds = time.perf_counter() - began
        states = db.session.execute(text("select count(*) from floor_state")).scalar_one()
    return Took("floor: one SQL statement", seconds, states, 0)


# OpenFisca


def _beside_openfisca(ours: Took, rules: Took, people: int) -> None:
    from benchmarks import openfisca_rules as peer  # noqa: PLC0415 - it need not be installed

    read = time.perf_counter()
    first = db.session.execute(text("select min(id) from worker")).scalar_one()
    earned = peer.months_of(people, first, db.session.execute(text(MONTHS)))
    read = time.perf_counter() - read
    months = sorted(earned)[-2 * MONTHS_DONE :]
    years = sorted({month.year for month in months})
    together, states = _timed(lambda: peer.compute(peer.simulation(people, earned), months, years))
    at_once = _show(Took("OpenFisca, all people at once", together + read, states, _peak()))
    one, one_states = _timed(lambda: _one_by_one(peer, earned, months, years))
    singly = _show(Took("OpenFisca, one person at a time", one, one_states, _peak()))
    for name, took in (("from rows to stored states", ours), ("the rules alone", rules)):
        ratios = f"{took.each / at_once.each:.1f} at once, {took.each / singly.each:.2f} one person at a time"
        print(f"ours, {name} / OpenFisca, a state: {ratios}")


def _one_by_one(peer: Any, earned: dict, months: list[date], years: list[int]) -> int:
    found = 0
    for person in range(ONE_AT_A_TIME):
        mine = {month: amounts[person : person + 1] for month, amounts in earned.items()}
        found += peer.compute(peer.simulation(1, mine), months, years)
    return found


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


if __name__ == "__main__":
    main()
