"""A plan and what is said of it, as JSON. docs/plan.md tells the format."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from jobcenter.matching.domain import Id
from jobcenter.matching.plan.compiling import Compiled
from jobcenter.matching.plan.domain import Assignment
from jobcenter.matching.plan.explaining import Explained, worth_by_part
from jobcenter.matching.plan.judging import people_in
from jobcenter.matching.plan.problem import Solution, Worth
from jobcenter.matching.plan.rules import Fault

FIXED, FITS, NOBODY_LEFT = "fixed", "fits", "nobody_left"
MOST_COULD = 10
MILLISECONDS = 1000

Json = dict[str, Any]


def answer(compiled: Compiled, solution: Solution, *, explain: bool) -> Iterator[str]:
    """The answer as pieces of text, one after the other: of a region there are millions of rejected pairs."""
    told = Explained(compiled, compiled.plan(solution))
    yield "{\n"
    yield from _list("assignments", (_assignment(told, one) for one in told.plan.assignments))
    yield from _list("open", _open(told, explain))
    yield from _lines("rejected", _rejected_with_all(compiled) if explain else _rejected(compiled))
    facts = {
        "objective": _objective(told, solution),
        "bound": None if solution.bound is None else _worth(solution.bound),
        "proven": solution.proven,
        "seconds": int(solution.seconds * MILLISECONDS) / MILLISECONDS,
    }
    yield ",\n".join(f"{_text(name)}: {_text(value)}" for name, value in facts.items())
    yield "\n}\n"


def verdict(faults: Iterable[Fault]) -> Json:
    """What a checked plan breaks."""
    found = [
        {"rule": fault.code.value, "gig": fault.gig, "worker": fault.worker, "support": fault.support}
        for fault in faults
    ]
    return {"holds": not found, "faults": found}


def _list(name: str, entries: Iterable[Json]) -> Iterator[str]:
    return _lines(name, map(_text, entries))


def _lines(name: str, lines: Iterable[str]) -> Iterator[str]:
    """A list under a name, one entry a line."""
    yield f"{_text(name)}: ["
    before = "\n  "
    for line in lines:
        yield before + line
        before = ",\n  "
    yield "\n],\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _assignment(told: Explained, one: Assignment) -> Json:
    return {"gig": one.gig, "worker": one.worker, "support": one.support, "reasons": _why(told, one)}


def _why(told: Explained, one: Assignment) -> list[str]:
    """Codes: settled before; what speaks for the person, the weightiest first; what there is to mind."""
    score, findings = told.choice(one)
    fixed = any(place.worker == one.worker for place in told.compiled.instance.gig[one.gig].fixed)
    speaks = [scored.share.word.value for scored in score.strongest]
    return [*([FIXED] if fixed else []), *(speaks or [FITS]), *(finding.code.value for finding in findings)]


def _open(told: Explained, explain: bool) -> Iterator[Json]:
    for number, gig in enumerate(told.compiled.instance.gigs):
        slots = told.open_slots(number)
        if not slots:
            continue
        counts = told.reasons(number)
        entry = {"gig": gig.id, "slots": slots, "reasons": [code.value for code, _count in counts] or [NOBODY_LEFT]}
        if explain:
            entry["people"] = {code.value: count for code, count in counts}
            entry["could"] = list(_could(told, number))
        yield entry


def _could(told: Explained, number: int) -> Iterator[Json]:
    for _place, one in zip(range(MOST_COULD), told.could(number), strict=False):
        yield {"worker": one.worker, "reason": one.finding.code.value}


def _rejected(compiled: Compiled) -> Iterator[str]:
    people = [_text(worker.who.id) for worker in compiled.instance.workers]
    for gig, verdict_ in zip(compiled.instance.gigs, compiled.verdicts, strict=True):
        start = f'{{"gig": {_text(gig.id)}, "worker": '
        for code, stopped in verdict_.first:
            end = f', "reason": {_text(code.value)}}}'
            yield from (start + people[person] + end for person in people_in(stopped))


def _rejected_with_all(compiled: Compiled) -> Iterator[str]:
    for gig, facts in zip(compiled.instance.gigs, compiled.gigs, strict=True):
        reasons: dict[int, list[str]] = {}
        for code, stopped in compiled.bench.reasons(facts):
            for person in people_in(stopped):
                reasons.setdefault(person, []).append(code.value)
        yield from (_text(_with_all(compiled, gig.id, person, codes)) for person, codes in sorted(reasons.items()))


def _with_all(compiled: Compiled, gig: Id, person: int, codes: list[str]) -> Json:
    return {"gig": gig, "worker": compiled.instance.workers[person].who.id, "reason": codes[0], "reasons": codes}


def _objective(told: Explained, solution: Solution) -> Json:
    parts = worth_by_part(told.compiled, told.plan)
    return _worth(solution.worth) | {part.value: points for part, points in parts.items()}


def _worth(worth: Worth) -> Json:
    return {"filling": worth.filling, "points": worth.points}
