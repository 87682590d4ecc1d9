"""Small instances of plans as the JSON that `jobcenter plan` reads, for tests."""

from __future__ import annotations

import json
from typing import Any

from jobcenter.exchange.plananswer import answer
from jobcenter.exchange.planfile import read_instance
from jobcenter.matching.plan.checker import faults
from jobcenter.matching.plan.compiling import compiled
from jobcenter.matching.plan.engines import planner

Facts = dict[str, Any]
SECONDS = 20.0


def worker(name: str, **other: Any) -> Facts:
    """Somebody whom nothing keeps off a gig."""
    return {
        "id": name,
        "skills": ["dishwashing"],
        "cannot": [],
        "contract_forms": ["assignment", "partner"],
        "jobseeker": False,
        "unemployment_benefit": False,
        "programme": "disability",
    } | other


def gig(name: str, start: str = "2026-11-24T10:00+02:00", end: str = "2026-11-24T13:00+02:00", **other: Any) -> Facts:
    """A gig of one place on Tuesday, that asks for dishwashing."""
    facts = {"id": name, "start": start, "end": end, "slots": 1, "skills": ["dishwashing"], "contract": "assignment"}
    return facts | other


def support(name: str = "s1", day: str = "2026-11-24", **other: Any) -> Facts:
    """A support person for one, on one day from 8 to 16."""
    return {"id": name, "available": [[f"{day}T08:00+02:00", f"{day}T16:00+02:00"]], "at_once": 1} | other


def instance(gigs: list[Facts], workers: list[Facts], supports: list[Facts] | None = None, **other: Any) -> Facts:
    """A week of these."""
    horizon = {"from": "2026-11-23", "to": "2026-11-29"}
    facts = {"horizon": horizon, "hourly_rate": "10.00", "workers": workers, "support": supports or [], "gigs": gigs}
    return facts | other


def planned(facts: Facts, *, explain: bool = False, seed: int = 0) -> Facts:
    """What the command answers, its plan checked."""
    numbers = compiled(read_instance(json.dumps(facts)))
    solution = planner.plan(numbers.problem, seconds=SECONDS, seed=seed)
    assert faults(numbers.instance, numbers.plan(solution)) == ()
    return json.loads("".join(answer(numbers, solution, explain=explain)))


def places(answered: Facts) -> set[tuple[str, str]]:
    """Who is where."""
    return {(one["gig"], one["worker"]) for one in answered["assignments"]}
