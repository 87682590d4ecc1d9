"""The solver in a process of its own, so that it can be ended at any moment, and a search can use the other core.

Inside the solver long steps neither look at the clock nor at a wish to stop; a process can always be ended. What it is
given lies in shared memory: a pipe would keep us waiting until the new process has come far enough to read.
"""

from __future__ import annotations

import multiprocessing
import pickle
import time
from ctypes import Array, c_char
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from types import TracebackType

from jobcenter.matching.plan.engines.exact import Finding, Limits, solve
from jobcenter.matching.plan.problem import Problem

DONE = None
GRACE_SECONDS = 1.0


class Aside:
    """A solver at work. Use as a context: the process is gone at its end."""

    def __init__(self, problem: Problem, seconds: float, most: int, *, proves: bool) -> None:
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe(duplex=False)
        self._filled: Synchronized[int] = context.Value("q", 0)
        words = pickle.dumps((problem, time.monotonic() + seconds, most, proves))
        given = context.RawArray("c", len(words))
        given.raw = words
        self._process = context.Process(target=_work, args=(given, there, self._filled), daemon=True)
        self._process.start()
        there.close()
        self.done = False

    def __enter__(self) -> Aside:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        self._process.join(GRACE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()
        self._here.close()

    def say_filled(self, filling: int) -> None:
        """Tells the solver how much can be filled at least."""
        self._filled.value = filling

    def heard(self) -> list[Finding]:
        """What the solver has found since it was asked last."""
        found: list[Finding] = []
        while not self.done and self._here.poll():
            try:
                message = self._here.recv()
            except EOFError:
                message = DONE
            if message is DONE:
                self.done = True
            else:
                found.append(message)
        return found


def _work(given: Array[c_char], there: Connection, filled: Synchronized[int]) -> None:
    problem, until, most, proves = pickle.loads(given.raw)
    solve(problem, Limits(until, most, proves, weeks=True), there.send, lambda: filled.value)
    there.send(DONE)
