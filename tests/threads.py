"""Several threads of one process, as several browsers at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Event, Thread

from flask import Flask

from jobcenter.core.uow import unit_of_work


def in_threads(app: Flask, works: Iterable[Callable[[], object]]) -> None:
    """Do the works at the same time, each in an app context of its own; a fault in one fails the test."""
    faults: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            with app.app_context():
                work()
        except BaseException as fault:
            faults.append(fault)

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults


def while_open(app: Flask, first: Callable[[], object], second: Callable[[], object], *, seconds: float = 0.5) -> None:
    """Do `second` while the transaction of `first` is still open: first waits, before it commits, for second to end or
    for so many seconds; a second that is held back goes on after the commit.
    """
    worked, ended = Event(), Event()

    def hold() -> None:
        with unit_of_work():
            first()
            worked.set()
            ended.wait(seconds)

    def follow() -> None:
        worked.wait(10)
        try:
            with unit_of_work():
                second()
        finally:
            ended.set()

    in_threads(app, [hold, follow])
