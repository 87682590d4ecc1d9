"""Start Jobcenter on this machine: database, demo, server and scheduler; stop them together. `./run` calls it."""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from types import FrameType

import flask_migrate
from flask import Flask
from gunicorn.app.wsgiapp import WSGIApplication
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from jobcenter import create_app, scheduler
from jobcenter.auth.models import Jobcenter
from jobcenter.auth.queries import people_by_role
from jobcenter.config import Settings
from jobcenter.core.db import db
from jobcenter.operations import APPLICATION, SERVER

HOST = "127.0.0.1"
USUAL_PORT = "8000"
START_SECONDS = 60
STOP_SECONDS = 15
TELL_AFTER_SECONDS = 2
LOADS_THE_DEMO = Path(__file__).resolve().parent.parent / "jobcenter" / "demo"

forked = multiprocessing.get_context("fork")
Children = dict[str, forked.Process]


def main() -> int:
    """Start everything and wait; the exit status is 0 when stopped on purpose."""
    arguments = read_arguments()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    port = free_port(os.environ.get("JOBCENTER_PORT", USUAL_PORT))
    os.environ.setdefault("JOBCENTER_BASE_URL", f"http://{HOST}:{port}")
    os.environ.setdefault("JOBCENTER_DEMO", "1")
    children: Children = {}
    try:
        settings = settings_of_this_run()
        if arguments.fresh:
            forget_database(settings)
        app = create_app(settings)
        prepare_database(app, settings)
        children |= start_children(port)
        wait_until_served(port, children)
        show_addresses(app, settings)
        return wait_for(children)
    except KeyboardInterrupt:
        print("\nStopping", flush=True)
        return 0
    finally:
        stop(children)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run", description="Jobcenter on this machine; Ctrl-C stops it.")
    parser.add_argument("--fresh", action="store_true", help="start over with a new SQLite database")
    return parser.parse_args()


def free_port(text: str) -> int:
    """The port to serve on. Ends the program, saying what to do, when it is no port or is taken."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        sys.exit(f"JOBCENTER_PORT must be a number from 1 to 65535, not {text!r}")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except OSError as error:
            sys.exit(f"Port {text} is taken ({error.strerror}). Choose another: JOBCENTER_PORT=8080 ./run")
    return int(text)


def settings_of_this_run() -> Settings:
    try:
        return Settings.from_env()
    except ValueError as error:
        sys.exit(str(error))


def forget_database(settings: Settings) -> None:
    """Remove the SQLite database. Never touches a database server."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        sys.exit("--fresh removes a SQLite file only; empty a PostgreSQL database by dropdb and createdb")
    for suffix in ("", "-wal", "-shm"):
        Path(url.database + suffix).unlink(missing_ok=True)


def prepare_database(app: Flask, settings: Settings) -> None:
    """Bring the schema up to date; load the demo where nothing is stored yet."""
    with app.app_context():
        with told("Bringing the database up to date"):
            flask_migrate.upgrade()
        is_empty = not db.session.scalar(select(func.count()).select_from(Jobcenter))
        db.session.remove()
        db.engine.dispose()
    if is_empty and settings.demo and LOADS_THE_DEMO.exists():
        with told("Loading the demo"):
            subprocess.run([sys.executable, "-m", "jobcenter.cli", "demo"], check=True)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Say what is going on, if it takes over two seconds, and how long it has taken so far."""
    began, done = time.monotonic(), Event()

    def tell() -> None:
        wait = TELL_AFTER_SECONDS
        while not done.wait(wait):
            print(f"{what} … {time.monotonic() - began:.0f} s", flush=True)
            wait = TELL_AFTER_SECONDS * 5

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def start_children(port: int) -> Children:
    """The server and the scheduler, forked from here, where everything is imported already."""
    work: dict[str, Callable[[], None]] = {"server": lambda: serve(port), "scheduler": run_scheduler}
    children = {name: forked.Process(target=apart, args=(task,), name=name) for name, task in work.items()}
    for child in children.values():
        child.start()
    return children


def apart(task: Callable[[], None]) -> None:
    """Run a task in a session of its own, so that Ctrl-C reaches it by us alone."""
    os.setsid()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    task()


def serve(port: int) -> None:
    """What `jobcenter serve` does."""
    sys.argv = [*SERVER, f"{HOST}:{port}", "--log-level", "warning", APPLICATION]
    WSGIApplication("%(prog)s").run()


def run_scheduler() -> None:
    """What `jobcenter scheduler` does."""
    scheduler.run(create_app())


def wait_until_served(port: int, children: Children) -> None:
    with told("Starting the server"):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not ended(children):
            try:
                urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
            else:
                return
    sys.exit("The server did not start; what it wrote stands above")


def show_addresses(app: Flask, settings: Settings) -> None:
    """The address, and in the demo one person to become for each role."""
    print(f"\nJobcenter is at {settings.base_url}")
    print(f"Its data is in {settings.instance}")
    if settings.demo:
        with app.app_context():
            first = {person.role: person for person in reversed(people_by_role())}
            db.session.remove()
            db.engine.dispose()
        print(f"\nThis is a demo: become anybody at {settings.base_url}/become, without a password. For example")
        for role in (role for role in type(next(iter(first), None)) if role in first) if first else ():
            print(f"  {role.value.replace('_', ' '):13} {first[role].name}, {first[role].jobcenter}")
    print("\nCtrl-C stops it.", flush=True)


def wait_for(children: Children) -> int:
    """Wait until one of them ends by itself: then it is a fault."""
    while not (gone := ended(children)):
        time.sleep(0.3)
    for name in gone:
        print(f"The {name} ended by itself (status {children[name].exitcode})", file=sys.stderr, flush=True)
    return 1


def ended(children: Children) -> list[str]:
    return [name for name, child in children.items() if not child.is_alive()]


def stop(children: Children) -> None:
    """Ask them to end, and end those that do not."""
    for child in children.values():
        child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children.values():
        child.join(timeout=max(0.1, deadline - time.monotonic()))
        if child.is_alive():
            os.killpg(child.pid, signal.SIGKILL)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
