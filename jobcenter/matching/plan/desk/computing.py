"""From what is to be planned to a plan with its reasons. No database, no request: it may run in any thread."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from threading import Event

from jobcenter.matching.domain import Weight
from jobcenter.matching.plan.compiling import Compiled, FixedBreaksRules, compiled
from jobcenter.matching.plan.desk import locking
from jobcenter.matching.plan.desk.domain import MOST_STAND_INS
from jobcenter.matching.plan.desk.people import Onlookers
from jobcenter.matching.plan.desk.told import (
    Beside,
    Json,
    Lost,
    OpenGig,
    Told,
    stored_worth,
    strongest_shares,
)
from jobcenter.matching.plan.domain import Assignment, Instance
from jobcenter.matching.plan.engines.fixing import FixedDoNotFit
from jobcenter.matching.plan.explaining import Explained
from jobcenter.matching.plan.problem import Progress, Solution

Place = tuple[int, int]
MOST_COULD = 3
PLANNER = "jobcenter.matching.plan.engines.planner:plan"


@dataclass(frozen=True)
class Work:
    """A plan to be computed: what it is made of, and what stays of the plan before.

    `kept`: the places (gig, worker) that stay. `unknown`: people left out because nobody knows their limits.
    """

    instance: Instance
    seconds: int
    seed: int
    kept: tuple[Place, ...] = ()
    unknown: tuple[int, ...] = ()


@dataclass(frozen=True)
class Found:
    """A computed plan: everyone's places with what speaks for each, what is told of the whole, everyone beside it."""

    assignments: tuple[Assignment, ...]
    reasons: Mapping[Place, list[Json]]
    told: Told
    beside: Mapping[int, Beside]


class Computing:
    """Work under way: `run` does it in one thread, `progress` and `stop` are for another."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._stop = Event()
        self._found: Found | Exception = RuntimeError("the plan was not computed")
        self.progress: Json = {}

    def stop(self) -> None:
        """End with the best plan so far."""
        self._stop.set()

    def run(self) -> None:
        """Compute; what goes wrong is raised by `outcome`."""
        try:
            self._found = self._compute()
        except Exception as error:
            self._found = error

    def outcome(self) -> Found:
        """What was computed. Raises what broke the work off."""
        if isinstance(self._found, Exception):
            raise self._found
        return self._found

    def _compute(self) -> Found:
        instance, lost = locking.lock(self._work.instance, self._work.kept)
        try:
            problem, solution = self._solve(instance)
        except (FixedBreaksRules, FixedDoNotFit):
            instance, more = locking.unlocked(instance)
            lost = (*lost, *more)
            problem, solution = self._solve(instance)
        return found(problem, solution, self._work.unknown, lost)

    def _solve(self, instance: Instance) -> tuple[Compiled, Solution]:
        problem = compiled(instance)
        work = self._work
        # The solver's library is slow to load, and only whoever computes a plan needs it.
        plan = pkgutil.resolve_name(PLANNER)
        return problem, plan(problem.problem, seconds=work.seconds, seed=work.seed, watch=self._watch)

    def _watch(self, progress: Progress) -> bool:
        told = {"seconds": int(progress.seconds), "bound": stored_worth(progress.bound)}
        self.progress = told | ({"best": stored_worth(progress.best)} if progress.best else {})
        return not self._stop.is_set()


def found(problem: Compiled, solution: Solution, unknown: tuple[int, ...], lost: tuple[Lost, ...]) -> Found:
    """A solution in the desk's own words."""
    plan = problem.plan(solution)
    explained = Explained(problem, plan)
    told = Told(
        gigs=tuple(_told_gig(explained, number) for number in range(len(problem.instance.gigs))),
        worth=solution.worth,
        bound=solution.bound,
        seconds=int(solution.seconds),
        engine=solution.engine,
        unknown=unknown,
        lost=lost,
    )
    reasons = {(one.gig, one.worker): _reasons(explained, one) for one in plan.assignments}
    return Found(plan.assignments, reasons, told, dict(Onlookers(explained).by_gig()))


def _told_gig(explained: Explained, number: int) -> OpenGig:
    gig = explained.compiled.instance.gigs[number]
    is_open = explained.open_slots(number) > 0
    could = (one for one in explained.could(number) if one.finding.weight is not Weight.NEVER)
    return OpenGig(
        gig_id=gig.id,
        slots=gig.slots,
        placed=gig.slots - explained.open_slots(number),
        reasons=explained.reasons(number) if is_open else (),
        could=tuple(islice(could, MOST_COULD)) if is_open else (),
        stand_ins=tuple(islice(explained.stand_ins(number), MOST_STAND_INS)),
    )


def _reasons(explained: Explained, one: Assignment) -> list[Json]:
    score, _findings = explained.choice(one)
    return strongest_shares(score)
