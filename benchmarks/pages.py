"""Server time of the main pages on a city's worth of rows, 20 readers at once, beside the floor of the same run.

    python -m benchmarks.pages [--workers 5000] [--largest 1000] [--gigs 50000] [--seconds 8] [--only slot]

Starts a PostgreSQL server (or uses DATABASE_URL, an empty database), fills it, serves it by gunicorn with two workers
of four threads, lets 20 readers ask for one page after the other without a pause, and prints p50 and p95 of the time
inside the server.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import flask_migrate
from sqlalchemy import select

import jobcenter
from benchmarks.fill import Filled, Size, fill
from benchmarks.timed import HEADER
from jobcenter.auth.domain import SYSTEM, Role
from jobcenter.config import Settings
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings import service as earnings
from jobcenter.workers.models import Worker
from tests.postgres import running_server

READERS = 20
PORT = 8791
CHECKED = 500
AIM_P95 = 300
AIM_RATIO = 4
SERVER = ("gunicorn", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--reuse-port")


def main() -> None:
    """Fill, serve, read, print."""
    options = _options()
    with _database() as url, tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"DATABASE_URL": url, "JOBCENTER_INSTANCE": folder}
        os.environ.update(environment)
        filled = _filled(Size(workers=options.workers, gigs=options.gigs, largest=options.largest))
        with _served(environment):
            _report([page for page in _pages(filled) if options.only in page[0]], filled.invoice_id, options.seconds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=Size.workers)
    parser.add_argument("--largest", type=int, default=Size.largest, help="workers of the largest Jobcenter")
    parser.add_argument("--gigs", type=int, default=Size.gigs)
    parser.add_argument("--seconds", type=float, default=8, help="how long each page is read")
    parser.add_argument("--only", default="", help="read only the pages whose name has this in it")
    return parser.parse_args()


@contextmanager
def _database() -> Iterator[str]:
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with running_server() as server:
        yield server.create("benchmark").render_as_string(hide_password=False)


def _filled(size: Size) -> Filled:
    began = time.perf_counter()
    app = jobcenter.create_app(Settings.from_env())
    with app.app_context():
        flask_migrate.upgrade()
        filled = fill(size)
        print(f"filled {len(size.shares)} Jobcenters, {size.workers} workers, {size.gigs} gigs,", end="")
        print(f" {size.gigs * 4} hour rows", end="")
        print(f" in {time.perf_counter() - began:.0f} s", flush=True)
        _check_earnings(filled)
        db.engine.dispose()
    return filled


def _check_earnings(filled: Filled) -> None:
    """One round of the earnings checker over some people of each desk, so that the slot list has headroom to show."""
    began, checked = time.perf_counter(), 0
    for desk in filled.desks:
        people = select(Worker.id).where(Worker.jobcenter_id == desk.jobcenter_id).limit(CHECKED)
        with unit_of_work():
            checked += earnings.check_workers(SYSTEM, list(db.session.scalars(people)), clock.now()).people
    print(f"checked the earnings of {checked} people in {time.perf_counter() - began:.1f} s", flush=True)


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", *SERVER, "--no-control-socket", "--log-level", "error", "--bind"]
    root = Path(__file__).parent.parent
    process = subprocess.Popen(
        [*command, f"127.0.0.1:{PORT}", "benchmarks.timed:create_app()"], env=environment, cwd=root
    )
    try:
        _wait()
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait() -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if _get(http.client.HTTPConnection("127.0.0.1", PORT, timeout=5), "/healthz", "")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def _report(pages: list[tuple[str, str, int]], invoice_id: int, seconds: float) -> None:
    print(f"{READERS} readers, 2 workers x 4 threads, {seconds:.0f} s a page; milliseconds inside the server")
    print(f"{'page':22}{'p50':>8}{'p95':>8}{'floor p50':>11}{'floor p95':>11}{'ratio p95':>11}{'reads/s':>9}")
    for name, path, user in pages:
        cookie = _sign_in(user)
        values = urlencode({"user": user, "invoice": invoice_id})
        floor = _read(f"/floor/{quote(name.partition(',')[0])}?{values}", "", seconds / 2)
        page = _read(path, cookie, seconds)
        ratio = _p95(page) / _p95(floor)
        print(
            f"{name:22}{statistics.median(page):8.1f}{_p95(page):8.1f}{statistics.median(floor):11.1f}"
            f"{_p95(floor):11.1f}{ratio:11.1f}{len(page) / seconds:9.1f}"
            f"{'' if _p95(page) < AIM_P95 and ratio < AIM_RATIO else '  beside the aim'}",
            flush=True,
        )


def _pages(filled: Filled) -> Iterator[tuple[str, str, int]]:
    """Name, address and reader of each page; after a comma, what is special of these rows."""
    coordinator = filled.users[Role.COORDINATOR]
    yield from ((role.value, "/", user) for role, user in filled.users.items())
    for desk in reversed(filled.desks):
        yield f"slot list, {desk.workers} people", f"/matching/slots/{desk.slot_id}", desk.coordinator
    yield "order list", "/order/queue", coordinator
    yield "invoice", f"/invoices/{filled.invoice_id}", coordinator


def _sign_in(user_id: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", f"/begin/{user_id}")
    response = connection.getresponse()
    response.read()
    return response.headers["Set-Cookie"].partition(";")[0]


def _read(path: str, cookie: str, seconds: float) -> list[float]:
    """Server times of a page, read by all readers at once for some seconds."""
    times: list[float] = []
    deadline = time.monotonic() + seconds

    def reader() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
        while time.monotonic() < deadline:
            status, milliseconds = _get(connection, path, cookie)
            if status != 200:
                raise SystemExit(f"{path} answered {status}")
            times.append(milliseconds)

    readers = [threading.Thread(target=reader) for _ in range(READERS)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()
    if not times:
        raise SystemExit(f"{path} gave no answer in time")
    return times


def _get(connection: http.client.HTTPConnection, path: str, cookie: str) -> tuple[int, float]:
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    response.read()
    return response.status, float(response.headers.get(HEADER, 0))


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


if __name__ == "__main__":
    main()
