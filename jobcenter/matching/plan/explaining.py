"""Why a plan is as it is: what speaks for each choice, why a place stays open, and who could take it if one thing
changed. No engine is asked: the desk's rules are, with the rest of the plan done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from jobcenter.matching import soft
from jobcenter.matching.domain import Finding, Id, RuleCode, WorkerFacts
from jobcenter.matching.plan import scoring
from jobcenter.matching.plan.compiling import Compiled
from jobcenter.matching.plan.domain import Assignment, Part, Plan
from jobcenter.matching.plan.judging import STOPPING_RULES, People, people_in
from jobcenter.matching.plan.rules import Drawn
from jobcenter.matching.plan.supporting import free_support
from jobcenter.matching.rules import judge
from jobcenter.matching.ruling import Rule

CHANGED_BY_A_PLAN = frozenset({"engaged", "headrooms", "avoid", "people", "support_booked"})
# What may say no to somebody whom nothing stops alone.
JOINT_RULES = tuple(
    rule for rule in STOPPING_RULES if not CHANGED_BY_A_PLAN.isdisjoint((*rule.of_gig, *rule.of_worker))
)
# How many people are looked at when those are sought who could come.
MOST_LOOKED_AT = 60


@dataclass(frozen=True)
class Could:
    """Somebody who could take an open place if one thing were not in the way."""

    worker: Id
    finding: Finding


@dataclass(frozen=True)
class Explained:
    """A plan beside everyone whom it places and does not place; gigs are asked for by their places in the instance."""

    compiled: Compiled
    plan: Plan

    @cached_property
    def drawn(self) -> Drawn:
        return Drawn(self.compiled.instance, self.plan)

    def open_slots(self, number: int) -> int:
        """How many places of a gig the plan leaves open."""
        return self.compiled.instance.gigs[number].slots - len(self._placed(number))

    def choice(self, one: Assignment) -> tuple[soft.Score, tuple[Finding, ...]]:
        """What speaks for somebody in their place, and what there is to mind, with the rest of the plan done."""
        instance = self.compiled.instance
        gig = instance.gig[one.gig]
        facts, worker = self.drawn.in_plan(gig, instance.worker[one.worker], one.support)
        company = scoring.company_of(instance, replace(gig, facts=facts))
        score = soft.score(facts, worker, scoring.weights_of(instance), company)
        return score, judge(facts, worker).findings

    def reasons(self, number: int) -> tuple[tuple[RuleCode, int], ...]:
        """Why nobody more is on a gig: how many people each reason stops first, the commonest first.

        People whom nothing stops are not counted.
        """
        verdict = self.compiled.verdicts[number]
        counted = Counter({code: people.bit_count() for code, people in verdict.first})
        for worker in self._not_placed(number, verdict.allowed):
            finding = next(self._against(number, worker, JOINT_RULES), None)
            if finding is not None:
                counted[finding.code] += 1
        return tuple(counted.most_common())

    def could(self, number: int) -> Iterator[Could]:
        """People whom one thing alone keeps off a gig, whoever has worked least lately first."""
        for worker in islice(sorted(self._nearly(number), key=_lately), MOST_LOOKED_AT):
            findings = tuple(islice(self._against(number, worker, STOPPING_RULES), 2))
            if len(findings) == 1:
                yield Could(worker.who.id, findings[0])

    def stand_ins(self, number: int) -> Iterator[Id]:
        """People who could go too beside the rest of the plan, whoever has worked least lately first."""
        points, place = self.compiled.problem.gigs[number].points, self._place
        allowed = self._not_placed(number, self.compiled.verdicts[number].allowed)
        best = sorted(allowed, key=lambda one: (one.lately, -points[place[one.who.id]], str(one.who.id)))
        for worker in islice(best, MOST_LOOKED_AT):
            if next(self._against(number, worker, JOINT_RULES), None) is None:
                yield worker.who.id

    @cached_property
    def _place(self) -> dict[Id, int]:
        return {worker.who.id: place for place, worker in enumerate(self.compiled.instance.workers)}

    def _nearly(self, number: int) -> Iterator[WorkerFacts]:
        """Those whom at most one reason stops alone."""
        once, twice = 0, 0
        for _code, people in self.compiled.bench.reasons(self.compiled.gigs[number]):
            once, twice = once | people, twice | once & people
        return self._not_placed(number, self.compiled.verdicts[number].allowed | once & ~twice)

    def _placed(self, number: int) -> frozenset[Id]:
        gig = self.compiled.instance.gigs[number]
        return frozenset(one.worker for one in self.drawn.on_gig.get(gig.id, ()))

    def _not_placed(self, number: int, people: People) -> Iterator[WorkerFacts]:
        placed = self._placed(number)
        everyone = (self.compiled.instance.workers[place] for place in people_in(people))
        return (worker for worker in everyone if worker.who.id not in placed)

    def _against(self, number: int, worker: WorkerFacts, rules: tuple[Rule, ...]) -> Iterator[Finding]:
        """What these rules say against one more person on a gig, with the rest of the plan done."""
        gig = self.compiled.instance.gigs[number]
        support = free_support(self.drawn, gig, worker.who.id) if worker.who.needs_support else None
        facts = self.drawn.in_plan(gig, worker, support)
        for rule in rules:
            answer = rule.check(*facts)
            if answer is not None:
                yield Finding(answer[0], rule.weight, answer[1])


def _lately(worker: WorkerFacts) -> tuple[int, str]:
    return worker.lately, str(worker.who.id)


def worth_by_part(compiled: Compiled, plan: Plan) -> dict[Part, int]:
    """What a plan is worth by its soft parts; their sum is what engines call its points."""
    instance, weights = compiled.instance, scoring.weights_of(compiled.instance)
    parts = dict.fromkeys(Part, 0)
    companies = {gig.id: scoring.company_of(instance, gig) for gig in instance.gigs}
    for one in plan.assignments:
        gig, worker = instance.gig[one.gig], instance.worker[one.worker]
        for part, points in scoring.pair_points(weights, gig.facts, worker, companies[one.gig]).items():
            parts[part] += points
    parts[Part.FAIR_SHARE] -= _cost_of_hours(compiled, plan)
    parts[Part.LIKES] += _together(compiled, plan)
    parts[Part.NEWCOMER_BESIDE_EXPERIENCED] += _beside(compiled, plan)
    return parts


def _cost_of_hours(compiled: Compiled, plan: Plan) -> int:
    gigs = compiled.instance.gig
    minutes = Counter[Id]()
    for one in plan.assignments:
        minutes[one.worker] += gigs[one.gig].facts.minutes
    everyone = zip(compiled.instance.workers, compiled.problem.workers, strict=True)
    return sum(scoring.cost_of(numbers.bands, minutes[worker.who.id]) for worker, numbers in everyone)


def _together(compiled: Compiled, plan: Plan) -> int:
    people, there = compiled.instance.workers, Drawn(compiled.instance, plan).of_worker
    on_gigs = [frozenset(one.gig for one in there.get(worker.who.id, ())) for worker in people]
    return sum(pair.points * len(on_gigs[pair.first] & on_gigs[pair.second]) for pair in compiled.problem.together)


def _beside(compiled: Compiled, plan: Plan) -> int:
    place = {worker.who.id: number for number, worker in enumerate(compiled.instance.workers)}
    there = Drawn(compiled.instance, plan).on_gig
    points = 0
    for group in compiled.problem.beside:
        people = {place[one.worker] for one in there.get(compiled.instance.gigs[group.gig].id, ())}
        if people & group.experienced:
            points += group.points * len(people & group.newcomers)
    return points
