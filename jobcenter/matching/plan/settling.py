"""Who comes along to places that are settled already: whether support persons suffice for them at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jobcenter.matching.domain import Id
from jobcenter.matching.plan.domain import Assignment, Instance, Plan
from jobcenter.matching.plan.rules import Drawn
from jobcenter.matching.plan.supporting import all_free_support

MOST_TRIES = 5_000

Way = list[tuple[Assignment, Iterator[Id]]]


def with_support(instance: Instance, settled: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """The settled places, with a support person for everybody who needs one and has none yet.

    Tried one after the other, with steps back; who is still without one in the end could not be given any. After very
    many tries the rest is left as it is.
    """
    waiting = [one for one in settled if _waits(instance, one)]
    others = [one for one in settled if not _waits(instance, one)]
    way: Way = []
    best: list[Assignment] = []
    for _try in range(MOST_TRIES):
        given = [one for one, _choices in way]
        best = max(best, given, key=len)
        if len(given) == len(waiting):
            break
        if not _step(Drawn(instance, Plan((*others, *given))), way, waiting[len(given)]):
            break
    return (*others, *best, *waiting[len(best) :])


def _waits(instance: Instance, one: Assignment) -> bool:
    worker = instance.worker.get(one.worker)
    return worker is not None and worker.who.needs_support and one.support is None and one.gig in instance.gig


def _step(drawn: Drawn, way: Way, one: Assignment) -> bool:
    """Give the next person the first support person who can come, or go back to where another one is left to try."""
    choices = iter(list(all_free_support(drawn, drawn.instance.gig[one.gig], one.worker)))
    while True:
        chosen = next(choices, None)
        if chosen is not None:
            way.append((replace(one, support=chosen), choices))
            return True
        if not way:
            return False
        one, choices = way.pop()
