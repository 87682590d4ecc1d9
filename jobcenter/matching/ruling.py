"""What a hard rule is, apart from which rules there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jobcenter.matching.domain import GigFacts, RuleCode, Weight, WorkerFacts
from jobcenter.orders.gigs.domain import Span
from jobcenter.workers import domain as workers

Facts = Mapping[str, Any]
Answer = tuple[RuleCode, Facts] | None
Check = Callable[[GigFacts, WorkerFacts], Answer]


@dataclass(frozen=True)
class Near:
    """A rule that looks at a person's times: it says no only where one of their `spans` (of those that touch the given
    days) shares an instant with the gig made longer by `margin` at both ends.
    """

    spans: Callable[[WorkerFacts, Sequence[date]], Iterable[Span | workers.Span]]
    margin: timedelta = timedelta(0)


@dataclass(frozen=True)
class Rule:
    """A check, how heavy its no is, and the codes that it may answer with.

    `of_gig` and `of_worker` name all that it reads, so that what it says of one pair it says of every pair that is
    alike in these; a test holds it to that. `near`: see there; None: it looks at no times.
    """

    check: Check
    weight: Weight
    codes: tuple[RuleCode, ...]
    of_gig: tuple[str, ...] = ()
    of_worker: tuple[str, ...] = ()
    near: Near | None = None

    @property
    def overridable(self) -> bool:
        """Whether a coordinator may pass it by, with a reason."""
        return self.weight is not Weight.NEVER
