"""Several threads of one process, as several browsers at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Thread

from flask import Flask


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
