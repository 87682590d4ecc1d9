"""What every job gives back, and how a long one spares memory and time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class JobReport:
    """How many things a run did, how many failed, and a remark for the log."""

    done: int = 0
    failed: int = 0
    remark: str = ""

    def __add__(self, other: JobReport) -> JobReport:
        remarks = "; ".join(remark for remark in (self.remark, other.remark) if remark)
        return JobReport(self.done + other.done, self.failed + other.failed, remarks)


@contextmanager
def sparing_collections() -> Iterator[None]:
    """A time in which Python does not look for circles of objects by itself, of which work in batches makes few: it
    would look through millions of objects again and again. `collect` between batches finds those few.
    """
    was_on = gc.isenabled()
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()


def collect() -> None:
    """Look for circles among the objects made since the last time. Older ones are not looked through again: what is
    kept for sharing is let go without that.
    """
    gc.collect()
    gc.freeze()
