"""Work in processes of its own: killed at a chosen point, or many at the same time.

A child is forked from the warm test process, which costs milliseconds, and has database connections of its own. Its
points lie on both sides of every statement and every commit; at one of them it kills itself with SIGKILL, so that
nothing of its own is tidied up, as when a machine loses its power.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from multiprocessing.process import BaseProcess
from typing import Any

from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.engine import Engine

from jobcenter.core.db import db

FORK = multiprocessing.get_context("fork")
MOST_SECONDS = 120
LONGEST = 60

Work = Callable[[], object]


@dataclass(frozen=True)
class Point:
    """A moment of some work: its place among all of them, and what the database is or was just told."""

    number: int
    what: str
    is_commit: bool = False


def points_of(app: Flask, work: Work) -> list[Point]:
    """Do the work in a child to its end: the points that it passed."""
    ours, theirs = FORK.Pipe(duplex=False)
    passed: list[Point] = []

    def follow() -> None:
        _watch(passed.append)
        work()
        theirs.send(passed)

    child = _child(app, follow)
    theirs.close()
    found: list[Point] = ours.recv()
    child.join(MOST_SECONDS)
    return found


def drawn(points: Sequence[Point], number: int, seed: int) -> list[Point]:
    """So many of the points, in a random order: both sides of each commit, and any of the others."""
    chance = random.Random(seed)
    commits = [point for point in points if point.is_commit]
    others = [point for point in points if not point.is_commit]
    found = commits + chance.sample(others, number - len(commits))
    return chance.sample(found, number)


def killed_at(app: Flask, work: Work, point: Point) -> None:
    """Do the work in a child that dies at a point."""

    def stop(passed: Point) -> None:
        if passed.number == point.number:
            os.kill(os.getpid(), signal.SIGKILL)

    def until() -> None:
        _watch(stop)
        work()

    child = _child(app, until)
    child.join(MOST_SECONDS)
    assert child.exitcode == -signal.SIGKILL, (point, child.exitcode)


def all_at_once(app: Flask, works: Iterable[Work]) -> None:
    """Do works at the same time, each in a process of its own that waits until all are connected."""
    works = list(works)
    start = FORK.Barrier(len(works))

    def together(work: Work) -> Work:
        def begin() -> None:
            db.session.execute(text("select 1"))
            db.session.rollback()
            start.wait(MOST_SECONDS)
            work()

        return begin

    children = [_child(app, together(work)) for work in works]
    for child in children:
        child.join(MOST_SECONDS)
    assert [child.exitcode for child in children] == [0] * len(works)


def _child(app: Flask, work: Work) -> BaseProcess:
    def run() -> None:
        with app.app_context():
            db.engine.dispose(close=False)
            work()

    child = FORK.Process(target=run, daemon=True)
    with warnings.catch_warnings(record=True) as told:
        child.start()
    # Newer Pythons warn of forking beside threads; those of the test runner hold no lock that a child waits for.
    assert all("fork" in str(warning.message) for warning in told), told
    return child


def _watch(pass_by: Callable[[Point], Any]) -> None:
    """Tell of each point of this process from now on."""
    numbers = count(1)

    def before(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        pass_by(Point(next(numbers), f"before {statement[:LONGEST]}"))

    def after(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        pass_by(Point(next(numbers), f"after {statement[:LONGEST]}"))

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "after_cursor_execute", after)
    event.listen(Engine, "commit", lambda _connection: pass_by(Point(next(numbers), "before the commit", True)))
    event.listen(db.session, "after_commit", lambda _session: pass_by(Point(next(numbers), "after the commit", True)))
