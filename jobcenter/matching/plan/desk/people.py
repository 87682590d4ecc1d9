"""Everyone beside a computed plan, gig by gig: who could take a place by hand, who could not and why. No database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from jobcenter.matching.domain import RuleCode, WorkerFacts
from jobcenter.matching.plan.desk.told import Beside, Fitting, strongest_shares
from jobcenter.matching.plan.domain import Assignment
from jobcenter.matching.plan.explaining import JOINT_RULES, Explained
from jobcenter.matching.plan.judging import people_in
from jobcenter.matching.plan.rules import stops
from jobcenter.matching.plan.supporting import free_support

# Up to so many pairs of a gig and a person everyone is looked at for every gig; of a larger plan only those who fit it.
MOST_PAIRS = 120_000
MOST_FITTING = 12


@dataclass(frozen=True)
class Onlookers:
    """The people whom a plan does not place on a gig."""

    explained: Explained

    def by_gig(self) -> Iterator[tuple[int, Beside]]:
        """Everyone beside each gig; nobody where there are too many to look at."""
        instance = self.explained.compiled.instance
        if len(instance.gigs) * len(instance.workers) > MOST_PAIRS:
            return
        for number, gig in enumerate(instance.gigs):
            yield gig.id, self._beside(number)

    def _beside(self, number: int) -> Beside:
        compiled = self.explained.compiled
        gig, verdict = compiled.instance.gigs[number], compiled.verdicts[number]
        placed = {one.worker for one in self.explained.drawn.on_gig.get(gig.id, ())}
        stopped: dict[RuleCode, list[int]] = defaultdict(list)
        for code, people in verdict.first:
            stopped[code] += [compiled.instance.workers[place].who.id for place in people_in(people)]
        fitting = []
        for worker in (compiled.instance.workers[place] for place in people_in(verdict.allowed)):
            if worker.who.id in placed:
                continue
            code = self._stopped_by(number, worker)
            if code is None:
                fitting.append(worker)
            else:
                stopped[code].append(worker.who.id)
        return Beside(tuple(self._best(number, fitting)), tuple((code, tuple(ids)) for code, ids in stopped.items()))

    def _stopped_by(self, number: int, worker: WorkerFacts) -> RuleCode | None:
        """What the rest of the plan does to somebody whom nothing stops alone."""
        gig, drawn = self.explained.compiled.instance.gigs[number], self.explained.drawn
        support = free_support(drawn, gig, worker.who.id) if worker.who.needs_support else None
        return next((code for code, _facts in stops(JOINT_RULES, *drawn.in_plan(gig, worker, support))), None)

    def _best(self, number: int, fitting: list[WorkerFacts]) -> Iterator[Fitting]:
        gig = self.explained.compiled.instance.gigs[number]
        scored = [(self.explained.choice(Assignment(gig.id, worker.who.id))[0], worker) for worker in fitting]
        scored.sort(key=lambda one: (-one[0].points, one[1].who.name))
        for score, worker in scored[:MOST_FITTING]:
            yield Fitting(worker.who.id, tuple(strongest_shares(score)))
