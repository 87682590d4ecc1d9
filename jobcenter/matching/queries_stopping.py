"""Everyone of a Jobcenter and a gig, looked at in the database: who is stopped, by what, and how many.

Thousands of people are sorted and counted by one statement; only those who are shown are read and judged by `rules`.
Every rule that stops an offer has a second form here, a condition on Worker. The rule itself decides: these forms find,
sort and count, and a test holds the two equal on random people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, false, func, or_, select, true

from jobcenter.benefits import ContractForm, JobseekerStatus
from jobcenter.core.db import db
from jobcenter.matching.conditions import holds, holds_none
from jobcenter.matching.domain import WEEK, RuleCode, Wanted, clock_times_that_meet
from jobcenter.matching.queries_asked import Asked, Condition, asked_of, or_none
from jobcenter.matching.queries_scoring import Ranking
from jobcenter.matching.queries_stopping_law import LAW_STOPS
from jobcenter.matching.rules import NEVER, STOPPING
from jobcenter.orders.gigs.domain import HOLDING, LIVE, Span
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.gigs.queries_diaries import minutes_by_worker
from jobcenter.workers.domain import ConsentPurpose, TaskCategory
from jobcenter.workers.models import ActivityTime, Unavailability, Worker
from jobcenter.workers.queries import has_consented
from jobcenter.workers.queries_names import named
from jobcenter.workers.same_person import told_elsewhere


@dataclass(frozen=True)
class Look:
    """What a look at everyone found.

    `people`: the ids of those to show, in order, each with the paid minutes of their gigs lately. `fitting` and
    `others` count those asked for; `reasons` everyone whom a reason stops, the commonest first.
    """

    people: Mapping[int, int]
    fitting: int
    others: int
    reasons: tuple[tuple[RuleCode, int], ...]


def look_at_everyone(ranking: Ranking, wanted: Wanted, lately: tuple[datetime, datetime]) -> Look:
    """Sort and count the active workers of a Jobcenter for a gig, in one query however many there are; `lately` is
    when the gigs were that are summed up.
    """
    everyone = _everyone(asked_of(ranking.gig, ranking.jobcenter_id), lately)
    counts, shown = _counts(everyone, wanted).subquery("counts"), _shown(everyone, ranking, wanted).subquery("shown")
    query = select(counts, shown.c.id, shown.c.lately).join_from(counts, shown, true(), isouter=True)
    rows = db.session.execute(query.order_by(*_order(shown.c))).all()
    stopped = [(code, rows[0]._mapping[code.value]) for code in STOPS]
    return Look(
        people={row.id: row.lately for row in rows if row.id is not None},
        fitting=rows[0].fitting,
        others=rows[0].found - rows[0].fitting,
        reasons=tuple(sorted((pair for pair in stopped if pair[1]), key=lambda pair: -pair[1])),
    )


def _everyone(asked: Asked, lately: tuple[datetime, datetime]) -> CTE:
    """A row for each active worker, with a column for each code that says whether it stops them."""
    minutes = minutes_by_worker(asked.jobcenter_id, lately).cte("minutes")
    stops = [condition(asked).label(code.value) for code, condition in STOPS.items()]
    told = (asked.limits.c.hours, asked.limits.c.unknown)
    query = select(Worker.id, Worker.given_name, Worker.family_name, or_none(minutes).label("lately"), *told, *stops)
    for beside in (minutes, asked.week, asked.limits):
        query = query.outerjoin(beside, beside.c.worker_id == Worker.id)
    looked = query.where(Worker.jobcenter_id == asked.jobcenter_id, Worker.active).subquery("looked")
    stopped, barred = _any(looked, STOPPING).label("stopped"), _any(looked, NEVER).label("barred")
    return select(looked, stopped, barred).cte("everyone")


def _counts(everyone: CTE, wanted: Wanted) -> Select:
    takes = _takes(everyone, wanted)
    codes = [func.count().filter(everyone.c[code.value]).label(code.value) for code in STOPS]
    found = func.count().filter(takes).label("found")
    fitting = func.count().filter(takes, ~everyone.c.stopped).label("fitting")
    return select(found, fitting, *codes).select_from(everyone)


def _shown(everyone: CTE, ranking: Ranking, wanted: Wanted) -> Select:
    who = everyone.c
    points = case((who.stopped, 0), else_=ranking.points(who)).label("points")
    query = select(who.id, who.given_name, who.family_name, who.lately, who.stopped, who.barred, points)
    query = ranking.joined(query.join(Worker, Worker.id == who.id)).where(_takes(everyone, wanted))
    return query.order_by(*_order(query.selected_columns)).limit(wanted.limit).offset(wanted.offset)


def _order(rows: Any) -> tuple[ColumnElement[Any], ...]:
    """Who fits first, for whom most speaks before others, then who may be offered it for a reason; then the fewest
    minutes lately, then the name.
    """
    return rows.stopped, rows.barred, rows.points.desc(), rows.lately, rows.given_name, rows.family_name, rows.id


def _takes(everyone: CTE, wanted: Wanted) -> Condition:
    by_name = named(wanted.name, everyone.c.given_name, everyone.c.family_name)
    return and_(by_name, everyone.c[wanted.reason.value]) if wanted.reason else by_name


def _any(everyone: Subquery, codes: Iterable[RuleCode]) -> Condition:
    return or_(*(everyone.c[code.value] for code in codes))


# The rules as conditions on Worker. Each is true or false, never null.


def _guard_benefit(asked: Asked) -> Condition:
    if asked.gig.form is ContractForm.PARTNER:
        return false()
    return Worker.id.in_(select(asked.unemployed.c.worker_id))


def _guard_jobseeker(asked: Asked) -> Condition:
    if asked.gig.form is ContractForm.PARTNER:
        return false()
    return and_(Worker.jobseeker == JobseekerStatus.REGISTERED, ~_guard_benefit(asked))


def _guard_ask_first(asked: Asked) -> Condition:
    if asked.gig.form is ContractForm.PARTNER:
        return false()
    known = and_(Worker.benefits_asked_on.is_not(None), Worker.jobseeker == JobseekerStatus.NOT_REGISTERED)
    unknown = and_(Worker.jobseeker != JobseekerStatus.REGISTERED, or_(~known, told_elsewhere(asked.gig.today)))
    return and_(unknown, ~_guard_benefit(asked))


def _no_consent(_asked: Asked) -> Condition:
    return ~has_consented(ConsentPurpose.TAKE_PART)


def _service_ended(asked: Asked) -> Condition:
    return and_(Worker.service_ends_on.is_not(None), Worker.service_ends_on < asked.gig.span.last_day)


def _already_on_gig(asked: Asked) -> Condition:
    there = select(Offer.worker_id).where(Offer.gig_id == asked.gig.gig_id, Offer.status.in_(LIVE))
    return Worker.id.in_(there)


def _busy(asked: Asked) -> Condition:
    span = asked.gig.span
    elsewhere = and_(Gig.jobcenter_id == asked.jobcenter_id, Gig.id != asked.gig.gig_id)
    around = Gig.starts_at > span.starts_at - WEEK
    meets = and_(around, Gig.starts_at < span.ends_at, Gig.ends_at > span.starts_at)
    held = select(Offer.worker_id).join(Offer.gig).where(elsewhere, meets, Offer.status.in_(HOLDING))
    return Worker.id.in_(held)


def _not_ready(asked: Asked) -> Condition:
    return or_(Worker.ready_since.is_(None), Worker.ready_since > asked.gig.span.first_day)


def _activity_same_time(asked: Asked) -> Condition:
    meets = or_(*(_activity_meets(asked.gig.span, day) for day in asked.gig.days))
    return Worker.id.in_(select(ActivityTime.worker_id).where(meets))


def _activity_meets(span: Span, day: date) -> Condition:
    before, after = clock_times_that_meet(span, day)
    return and_(ActivityTime.weekday == day.weekday(), ActivityTime.starts < before, ActivityTime.ends >= after)


def _unavailable(asked: Asked) -> Condition:
    meets = and_(Unavailability.starts_at < asked.gig.span.ends_at, Unavailability.ends_at > asked.gig.span.starts_at)
    return Worker.id.in_(select(Unavailability.worker_id).where(meets))


def _task_not_chosen(asked: Asked) -> Condition:
    if asked.gig.category is TaskCategory.OTHER:
        return false()
    return and_(~holds_none(Worker.tasks), ~holds(Worker.tasks, asked.gig.category))


def _skills_missing(asked: Asked) -> Condition:
    return or_(false(), *(~holds(Worker.skills, skill) for skill in sorted(asked.gig.skills)))


def _place_not_for_them(asked: Asked) -> Condition:
    return or_(false(), *(holds(Worker.cannot, demand) for demand in sorted(asked.gig.demands)))


def _needs_support(asked: Asked) -> Condition:
    return false() if asked.gig.support_booked else Worker.needs_support


def _week_full(asked: Asked) -> Condition:
    return or_none(asked.week) + asked.gig.minutes > Worker.weekly_minutes_most


STOPS: dict[RuleCode, Callable[[Asked], Condition]] = {
    RuleCode.GUARD_BENEFIT: _guard_benefit,
    RuleCode.GUARD_JOBSEEKER: _guard_jobseeker,
    RuleCode.GUARD_ASK_FIRST: _guard_ask_first,
    RuleCode.NO_CONSENT: _no_consent,
    RuleCode.SERVICE_ENDED: _service_ended,
    RuleCode.ALREADY_ON_GIG: _already_on_gig,
    RuleCode.BUSY: _busy,
    RuleCode.NOT_READY: _not_ready,
    RuleCode.ACTIVITY_SAME_TIME: _activity_same_time,
    RuleCode.UNAVAILABLE: _unavailable,
    RuleCode.TASK_NOT_CHOSEN: _task_not_chosen,
    RuleCode.SKILLS_MISSING: _skills_missing,
    RuleCode.PLACE_NOT_FOR_THEM: _place_not_for_them,
    RuleCode.NEEDS_SUPPORT: _needs_support,
    RuleCode.WEEK_FULL: _week_full,
    **LAW_STOPS,
}
