"""One job shared by several processes, each with an application of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from os import cpu_count
from typing import Any

from flask import Flask, current_app

from jobcenter.core.db import db
from jobcenter.core.jobs import JobReport

# More would only wait for the database.
MOST = 4
# Under `app.extensions`: what makes an application of settings, for a process that needs one.
FACTORY = "factory"

Share = tuple[Any, ...]
# Of an installation's settings.
Factory = Callable[[Any], Flask]


class ShareFailed(RuntimeError):
    """A share of a job failed in its process, which said why in the log. What it had done before is done."""


def how_many() -> int:
    """Among how many processes a job may be shared here: as the settings say, else the cores, at most `MOST`.

    SQLite has one writer: one.
    """
    if db.engine.dialect.name == "sqlite":
        return 1
    return current_app.config["JOBCENTER"].processes or min(cpu_count() or 1, MOST)


def share(work: Callable[..., JobReport], shares: Sequence[Share]) -> JobReport:
    """Do all shares of a job at the same time, and report on them together; a single one is done here.

    `work` is a function of a module, which another process can find. Raises ShareFailed, after all have ended.
    """
    if len(shares) == 1:
        return work(*shares[0])
    started = [_start(partial(work, *share)) for share in shares]
    reports = [_heard(*each) for each in started]
    if None in reports:
        raise ShareFailed(f"{reports.count(None)} of {len(reports)} shares of {work.__name__} failed")
    return sum(reports, JobReport())


def _start(work: Callable[[], JobReport]) -> tuple[BaseProcess, Connection]:
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    app = (current_app.extensions[FACTORY], current_app.config["JOBCENTER"])
    process = context.Process(target=_do, args=(*app, work, there), daemon=True)
    process.start()
    there.close()
    return process, here


def _do(factory: Factory, settings: Any, work: Callable[[], JobReport], told: Connection) -> None:
    with factory(settings).app_context():
        told.send(work())


def _heard(process: BaseProcess, here: Connection) -> JobReport | None:
    """What a process reports when it has ended; None if it failed."""
    try:
        return here.recv()
    except EOFError:
        return None
    finally:
        here.close()
        process.join()
        process.close()
