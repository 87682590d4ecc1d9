"""What a person's gigs may come to together, as whole numbers: a week's minutes, headroom, young people's hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from math import gcd

from jobcenter.core import clock
from jobcenter.core.money import ZERO
from jobcenter.matching.domain import GigFacts, WorkerFacts
from jobcenter.matching.plan.problem import Cap
from jobcenter.matching.rules_working_time import MINUTE, is_young
from jobcenter.matching.working_time import on

# Pay by the minute at a rate in cents comes out even in sixtieths of a cent.
PARTS_OF_EURO = 6000

Own = Sequence[tuple[int, GigFacts]]


def caps_of(worker: WorkerFacts, own: Own) -> tuple[Cap, ...]:
    """The caps of a person on the gigs that they may be on."""
    caps = (*_weeks(worker, own), *_headrooms(worker, own), *_young(worker, own))
    return tuple(cap for cap in caps if sum(cap.costs.values()) > cap.limit)


def _weeks(worker: WorkerFacts, own: Own) -> Iterator[Cap]:
    for week, gigs in _by(own, lambda facts: facts.week):
        agreed = worker.minutes_between(*week, but="")
        yield _minutes(worker.who.weekly_minutes_most - agreed, gigs)


def _young(worker: WorkerFacts, own: Own) -> Iterator[Cap]:
    if worker.who.person.born is None:
        return
    young = [(gig, facts) for gig, facts in own if is_young(facts, worker)]
    for day, gigs in _by(young, lambda facts: facts.span.first_day):
        agreed = worker.minutes_between(clock.start_of(day), clock.end_of(day), but="")
        yield _minutes(on(day).young_day // MINUTE - agreed, gigs)
    for week, gigs in _by(young, lambda facts: facts.week):
        agreed = worker.minutes_between(*week, but="")
        yield _minutes(min(on(facts.span.first_day).young_week for _gig, facts in gigs) // MINUTE - agreed, gigs)


def _headrooms(worker: WorkerFacts, own: Own) -> Iterator[Cap]:
    if worker.who.wishes.asks_over_limit:
        return
    for room in worker.headrooms:
        costs = {gig: _parts(facts.pay) for gig, facts in own if facts.pay and room.counts(facts)}
        yield _smaller(Cap(_parts(max(room.left, ZERO)), costs))


def _by(own: Own, key: Callable[[GigFacts], Hashable]) -> Iterator[tuple[Hashable, Own]]:
    found: dict[Hashable, list[tuple[int, GigFacts]]] = defaultdict(list)
    for gig, facts in own:
        found[key(facts)].append((gig, facts))
    yield from found.items()


def _minutes(limit: int, gigs: Own) -> Cap:
    return Cap(limit, {gig: facts.minutes for gig, facts in gigs if facts.minutes})


@cache
def _parts(amount: Decimal) -> int:
    return int((amount * PARTS_OF_EURO).to_integral_value(ROUND_HALF_EVEN))


def _smaller(cap: Cap) -> Cap:
    """The same cap in the largest parts that all costs come out even in."""
    part = gcd(*cap.costs.values()) or 1
    return Cap(cap.limit // part, {gig: cost // part for gig, cost in cap.costs.items()})
