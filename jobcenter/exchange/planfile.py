"""An instance of a plan, and plans, as JSON. docs/plan.md tells the format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from jobcenter.auth.domain import JobcenterKind
from jobcenter.benefits import BenefitHeld, BenefitKind, JobseekerStatus, Person
from jobcenter.exchange.planfile_keys import (
    ASSIGNMENT,
    GIG,
    HORIZON,
    INSTANCE,
    MINUTE,
    MINUTES_IN_HOUR,
    NAME,
    PLAN,
    SUPPORT,
    TIMED,
    WEIGHTS,
    WISHES,
    WORKER,
    YEARS,
)
from jobcenter.exchange.strict_json import Faults, parsed
from jobcenter.matching.domain import GigFacts, Headroom, History, Id, WorkerFacts
from jobcenter.matching.plan.checker import faults_of_fixed
from jobcenter.matching.plan.domain import PRIORITIES, Assignment, Fixed, Instance, Part, Plan, PlanGig, PlanSupport
from jobcenter.orders.gigs.domain import Engagement, Span
from jobcenter.workers import domain as workers
from jobcenter.workers.domain import Candidate, Preferences, TaskCategory

# No week is so long: whoever names no most has none.
NO_MOST = 1_000_000
# Sixtieths of a cent come out even again from so many decimals.
DECIMALS = 8
FINE = Decimal(1).scaleb(-DECIMALS)


@dataclass(frozen=True)
class Around:
    """What of the whole instance its parts are read by."""

    rate: Decimal
    rest: timedelta | None
    first: date


def read_instance(text: str | bytes) -> Instance:
    """The instance that a JSON text tells. Raises strict_json.Faulty with every fault found."""
    faults = Faults()
    read = faults.table("$", parsed(text), INSTANCE)
    horizon = faults.table("$.horizon", read["horizon"], HORIZON) if read["horizon"] is not None else {}
    first, last = horizon.get("from"), horizon.get("to")
    if first and last and last < first:
        faults.note("$.horizon.to", "is before from")
    own = faults.table("$.weights", read["weights"], WEIGHTS) if read["weights"] is not None else {}
    rest = None if read["rest_hours"] is None else read["rest_hours"] * MINUTE
    around = Around(read["hourly_rate"] or Decimal(1), rest, first or date(YEARS[0], 1, 1))
    people = faults.each("$.workers", read["workers"], lambda *raw: _worker(*raw, around)) or ()
    supports = faults.each("$.support", read["support"], _support) or ()
    gigs = faults.each("$.gigs", read["gigs"], lambda *raw: _gig(*raw, around)) or ()
    _once(faults, "$.workers", [worker and worker.who.id for worker in people])
    _once(faults, "$.support", [support and support.id for support in supports])
    _once(faults, "$.gigs", [gig and gig.id for gig in gigs])
    faults.stop_if_any()
    instance = Instance(
        first=first,
        last=last,
        gigs=gigs,
        workers=people,
        supports=supports,
        weights={Part(name): weight for name, weight in own.items() if weight is not None},
        travel_minutes=read["travel_minutes"] or 0,
    )
    _fits_together(faults, instance)
    faults.stop_if_any()
    return instance


def read_plan(text: str | bytes) -> Plan:
    """The assignments of a plan; whatever else our own answer has is passed over. Raises strict_json.Faulty."""
    faults = Faults()
    read = faults.table("$", parsed(text), PLAN)
    found = faults.each("$.assignments", read["assignments"], _assignment)
    faults.stop_if_any()
    return Plan(found or ())


def _fits_together(faults: Faults, instance: Instance) -> None:
    """Gigs lie within the horizon, and whoever is settled is known and breaks no rule."""
    for number, gig in enumerate(instance.gigs):
        if not instance.first <= gig.span.first_day <= instance.last:
            faults.note(f"$.gigs[{number}].start", "is outside the horizon")
        for place, fixed in enumerate(gig.fixed):
            if fixed.worker not in instance.worker:
                faults.note(f"$.gigs[{number}].fixed[{place}]", f"there is no worker {fixed.worker}")
    if not faults.found:
        for path, what in _fixed_faults(instance):
            faults.note(path, what)


def _fixed_faults(instance: Instance) -> Iterable[tuple[str, str]]:
    gigs = {gig.id: number for number, gig in enumerate(instance.gigs)}
    for fault in faults_of_fixed(instance):
        settled = [fixed.worker for fixed in instance.gig[fault.gig].fixed]
        place = f"[{settled.index(fault.worker)}]" if fault.worker in settled else ""
        who = f"{fault.worker} " if fault.worker else ""
        yield f"$.gigs[{gigs[fault.gig]}].fixed{place}", f"{who}breaks a rule: {fault.code}"


def _once(faults: Faults, path: str, ids: list[Id | None]) -> None:
    seen: set[Id] = set()
    for number, id_ in enumerate(ids):
        if id_ is not None and id_ in seen:
            faults.note(f"{path}[{number}].id", f"{id_} is given twice")
        seen.add(id_)


# People


def _worker(faults: Faults, path: str, raw: Any, around: Around) -> WorkerFacts | None:
    before = len(faults.found)
    read = faults.table(path, raw, WORKER)
    wishes = faults.table(f"{path}.wishes", read["wishes"], WISHES) if read["wishes"] is not None else {}
    activity = _spans(faults, f"{path}.activity", read["activity"])
    away = _spans(faults, f"{path}.unavailable", read["unavailable"])
    engaged = _spans(faults, f"{path}.engaged", read["engaged"])
    if len(faults.found) > before:
        return None
    room = read["headroom"]
    return WorkerFacts(
        who=_candidate(read, wishes, away, around),
        engaged=tuple(Engagement(f"{path}.engaged[{number}]", span) for number, span in enumerate(engaged)),
        lately=read["recent_hours"] or 0,
        activity=activity,
        programme=read["programme"],
        forms=read["contract_forms"],
        avoid=(read["avoid"] or frozenset()) - {read["id"]},
        headrooms=() if room is None else (Headroom(room),),
        history=History(
            done=read["done"] or {},
            known=read["orderers"] or {},
            likes=(read["likes"] or frozenset()) - {read["id"]},
        ),
    )


def _candidate(read: Mapping[str, Any], wishes: Mapping[str, Any], away: Iterable[Span], around: Around) -> Candidate:
    most = NO_MOST if read["max_hours_week"] is None else read["max_hours_week"]
    return Candidate(
        id=read["id"],
        jobcenter_id=0,
        name=read["id"],
        given_name=read["id"],
        language="",
        unit_id=None,
        unit_name="",
        tasks=wishes.get("tasks") or frozenset(),
        skills=read["skills"] or frozenset(),
        cannot=read["cannot"] or frozenset(),
        weekly_minutes_wished=most,
        weekly_minutes_most=most,
        needs_support=bool(read["needs_support"]),
        ready_since=date.min,
        service_ends_on=None,
        takes_part=True,
        person=_person(read, around),
        activity=(),
        unavailable=tuple(workers.Span(span.starts_at, span.ends_at) for span in away),
        wishes=Preferences(
            postcode=read["postcode"] or "",
            areas=wishes.get("areas") or frozenset(),
            wished_days=wishes.get("days") or frozenset(),
            wished_parts=wishes.get("parts") or frozenset(),
            practise_skills=wishes.get("practise") or frozenset(),
        ),
    )


def _person(read: Mapping[str, Any], around: Around) -> Person:
    """What the contract guard judges. What is left out is not known, and not known is not placed on an assignment."""
    benefit, jobseeker = read["unemployment_benefit"], read["jobseeker"]
    held = (BenefitHeld(BenefitKind.LABOUR_MARKET_SUBSIDY, None, None),) if benefit else ()
    statuses = {
        True: JobseekerStatus.REGISTERED,
        False: JobseekerStatus.NOT_REGISTERED,
        None: JobseekerStatus.UNKNOWN,
    }
    return Person(
        born=read["born"],
        benefits=None if benefit is None else held,
        jobseeker=statuses[jobseeker],
        benefits_asked_on=around.first,
    )


def _support(faults: Faults, path: str, raw: Any) -> PlanSupport | None:
    before = len(faults.found)
    read = faults.table(path, raw, SUPPORT)
    available = _spans(faults, f"{path}.available", read["available"])
    return None if len(faults.found) > before else PlanSupport(read["id"], available, read["at_once"])


# Gigs


def _gig(faults: Faults, path: str, raw: Any, around: Around) -> PlanGig | None:
    before = len(faults.found)
    read = faults.table(path, raw, GIG)
    fixed = tuple(faults.value(f"{path}.fixed[{n}]", one, NAME) for n, one in enumerate(read["fixed"] or ()))
    slots = read["slots"] or 1
    if len(fixed) > slots:
        faults.note(f"{path}.fixed", f"has more people than slots, {slots}")
    if len(set(fixed)) < len(fixed):
        faults.note(f"{path}.fixed", "names somebody twice")
    span = _span_of(faults, f"{path}.end", read["start"], read["end"])
    if span is not None and (read["break_minutes"] or 0) >= span.minutes:
        faults.note(f"{path}.break_minutes", "leaves no time to work")
    if len(faults.found) > before or span is None:
        return None
    facts = _facts(read, span, around)
    return PlanGig(
        facts=replace(facts, pay=_pay(around.rate, facts.minutes)),
        slots=slots,
        priority=read["priority"] or PRIORITIES[0],
        fixed=tuple(Fixed(one) for one in fixed),
    )


def _facts(read: Mapping[str, Any], span: Span, around: Around) -> GigFacts:
    skills = read["skills"] or frozenset()
    return GigFacts(
        gig_id=read["id"],
        jobcenter_kind=JobcenterKind.DISABILITY,
        form=read["contract"],
        span=span,
        break_minutes=read["break_minutes"] or 0,
        category=TaskCategory.OTHER,
        skills=skills,
        demands=read["demands"] or frozenset(),
        support_booked=False,
        today=around.first,
        kinds=skills,
        blocked=read["blocked"] or frozenset(),
        rest=around.rest,
        orderer=read["orderer"] or "",
        area=read["area"] or "",
        postcode=read["postcode"] or "",
    )


def _pay(rate: Decimal, minutes: int) -> Decimal:
    return (rate * minutes / MINUTES_IN_HOUR).quantize(FINE, ROUND_FLOOR)


def _spans(faults: Faults, path: str, raw: Any) -> tuple[Span, ...]:
    """Times as pairs of instants; faulty ones are left out."""
    found = (_pair(faults, f"{path}[{number}]", one) for number, one in enumerate(raw or ()))
    return tuple(span for span in found if span is not None)


def _pair(faults: Faults, path: str, raw: Any) -> Span | None:
    if not isinstance(raw, list) or len(raw) != len(("from", "to")):
        faults.note(path, "must be a list of two times, from and to")
        return None
    starts, ends = (faults.value(f"{path}[{number}]", one, TIMED) for number, one in enumerate(raw))
    return _span_of(faults, f"{path}[1]", starts, ends)


def _span_of(faults: Faults, path: str, starts: datetime | None, ends: datetime | None) -> Span | None:
    if starts is None or ends is None:
        return None
    if ends <= starts:
        faults.note(path, "is not after the start")
        return None
    return Span(starts, ends)


def _assignment(faults: Faults, path: str, raw: Any) -> Assignment | None:
    read = faults.table(path, raw, ASSIGNMENT)
    return Assignment(read["gig"], read["worker"], read["support"])
