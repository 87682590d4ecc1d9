"""What Linux tells of a process, and how far a benchmark has come."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TypeVar

# Places in what Linux tells of a process, after its name.
USER_TIME, SYSTEM_TIME = 11, 12
BAR = 40

Thing = TypeVar("Thing")


def processor_time(process: int) -> float:
    """Seconds that a process has used; nothing of one on another machine."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[USER_TIME]) + int(fields[SYSTEM_TIME])) / os.sysconf("SC_CLK_TCK")


def peak_memory() -> int:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def one_by_one(things: Collection[Thing]) -> Iterator[Thing]:
    """The things; on a terminal a bar says how far it has come."""
    steps = -1
    for place, thing in enumerate(things):
        if place * BAR // len(things) > steps and sys.stderr.isatty():
            steps = place * BAR // len(things)
            print(f"\r{'#' * steps}{'.' * (BAR - steps)} {place:,} of {len(things):,}", end="", file=sys.stderr)
        yield thing
    if sys.stderr.isatty():
        print(f"\r{' ' * (BAR * 2)}\r", end="", file=sys.stderr, flush=True)
