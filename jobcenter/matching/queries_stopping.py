"""Everyone of a Jobcenter and a gig, looked at in the database: who is stopped, by what, and how many.

Thousands of people are sorted and counted by one statement; only those who are shown are read and judged by `rules`.
Every rule that stops an offer has a second form here, a condition on Worker. The rule itself decides: these forms find,
sort and count, and a test holds the two equal on random people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, Boolean, ColumnElement, Integer, Select, and_, case, false, func, or_, select, true

from jobcenter.benefits import ContractForm, JobseekerStatus
from jobcenter.core.db import db
from jobcenter.matching.conditions import holds, holds_none
from jobcenter.matching.domain import RuleCode, Wanted, clock_times_that_meet
from jobcenter.matching.queries_asked import (
    Asked,
    Blanks,
    Condition,
    Question,
    Ranking,
    Shape,
    asked_of,
    category,
    ends_at,
    first_day,
    gig_id,
    jobcenter_id,
    member,
    minutes,
    or_zero,
    shape_of,
    skills_of,
    starts_at,
    today,
)
from jobcenter.matching.queries_scoring import Scoring
from jobcenter.matching.queries_stopping_law import LAW_STOPS
from jobcenter.matching.rules import NEVER, STOPPING
from jobcenter.orders.gigs.domain import LIVE
from jobcenter.orders.gigs.models import Offer
from jobcenter.workers.domain import ConsentPurpose, TaskCategory
from jobcenter.workers.models import ActivityTime, Unavailability, Worker
from jobcenter.workers.queries import has_consented
from jobcenter.workers.queries_names import named
from jobcenter.workers.same_person import refuses_assignments

SHAPES_KEPT = 128


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
    question = Question(ranking, wanted, lately)
    statement, given = statement_of(shape_of(question))
    rows = db.session.execute(statement, given.filled(question)).all()
    stopped = [(code, rows[0]._mapping[code.value]) for code in STOPS]
    return Look(
        people={row.id: row.lately for row in rows if row.id is not None},
        fitting=rows[0].fitting,
        others=rows[0].found - rows[0].fitting,
        reasons=tuple(sorted((pair for pair in stopped if pair[1]), key=lambda pair: -pair[1])),
    )


@lru_cache(maxsize=SHAPES_KEPT)
def statement_of(shape: Shape) -> tuple[Select, Blanks]:
    """The statement of a shape, and its blanks. Its words are always the same, so that SQLAlchemy and the database
    know it again.
    """
    asked = asked_of(shape)
    everyone = _everyone(asked)
    counts, shown = _counts(everyone, shape).subquery("counts"), _shown(everyone, asked).subquery("shown")
    query = select(counts, shown.c.id, shown.c.lately).join_from(counts, shown, true(), isouter=True)
    return query.order_by(*_order(shown.c)), asked.given


def _everyone(asked: Asked) -> CTE:
    """A row for each active worker, with a column for each code that says whether it stops them."""
    stops = [condition(asked).label(code.value) for code, condition in STOPS.items()]
    known = (or_zero(asked.diary.c.lately).label("lately"), asked.limits.c.hours, asked.limits.c.unknown)
    query = select(Worker.id, Worker.given_name, Worker.family_name, *known, *stops)
    for beside in (asked.diary, asked.limits):
        query = query.outerjoin(beside, beside.c.worker_id == Worker.id)
    query = query.outerjoin(asked.refusals, asked.refusals.c.user_id == Worker.user_id)
    return query.where(Worker.jobcenter_id == asked.given(jobcenter_id), Worker.active).cte("everyone")


def _counts(everyone: CTE, shape: Shape) -> Select:
    takes = _takes(everyone, shape)
    codes = [func.count().filter(everyone.c[code.value]).label(code.value) for code in STOPS]
    found = func.count().filter(takes).label("found")
    fitting = func.count().filter(takes, ~_any(everyone, STOPPING)).label("fitting")
    return select(found, fitting, *codes).select_from(everyone)


def _shown(everyone: CTE, asked: Asked) -> Select:
    who = everyone.c
    stopped, scoring = _any(everyone, STOPPING), Scoring(asked, who)
    points = case((stopped, 0), else_=scoring.points()).label("points")
    barred = _any(everyone, NEVER).label("barred")
    query = select(who.id, who.given_name, who.family_name, who.lately, stopped.label("stopped"), barred, points)
    query = scoring.joined(query.join(Worker, Worker.id == who.id)).where(_takes(everyone, asked.shape))
    query = query.order_by(*_order(query.selected_columns))
    if asked.shape.limited:
        query = query.limit(asked.given(lambda question: question.wanted.limit, Integer()))
    return query.offset(asked.given(lambda question: question.wanted.offset, Integer()))


def _order(rows: Any) -> tuple[ColumnElement[Any], ...]:
    """Who fits first, for whom most speaks before others, then who may be offered it for a reason; then the fewest
    minutes lately, then the name.
    """
    return rows.stopped, rows.barred, rows.points.desc(), rows.lately, rows.given_name, rows.family_name, rows.id


def _takes(everyone: CTE, shape: Shape) -> Condition:
    by_name = named(shape.name, everyone.c.given_name, everyone.c.family_name)
    return and_(by_name, everyone.c[shape.reason.value]) if shape.reason else by_name


def _any(everyone: CTE, codes: Iterable[RuleCode]) -> Condition:
    return or_(*(everyone.c[code.value] for code in codes))


# The rules as conditions on Worker. Each is true or false, never null.


def _guard_benefit(asked: Asked) -> Condition:
    if asked.shape.form is ContractForm.PARTNER:
        return false()
    return Worker.id.in_(select(asked.unemployed.c.worker_id))


def _guard_jobseeker(asked: Asked) -> Condition:
    if asked.shape.form is ContractForm.PARTNER:
        return false()
    return and_(Worker.jobseeker == JobseekerStatus.REGISTERED, ~_guard_benefit(asked))


def _guard_ask_first(asked: Asked) -> Condition:
    if asked.shape.form is ContractForm.PARTNER:
        return false()
    known = and_(Worker.benefits_asked_on.is_not(None), Worker.jobseeker == JobseekerStatus.NOT_REGISTERED)
    here = case((refuses_assignments(Worker, asked.given(today)), 1), else_=0)
    elsewhere = or_zero(asked.refusals.c.rows) > here
    unknown = and_(Worker.jobseeker != JobseekerStatus.REGISTERED, or_(~known, elsewhere))
    return and_(unknown, ~_guard_benefit(asked))


def _no_consent(_asked: Asked) -> Condition:
    return ~has_consented(ConsentPurpose.TAKE_PART)


def _service_ended(asked: Asked) -> Condition:
    last_day = asked.given(lambda question: question.gig.span.last_day)
    return and_(Worker.service_ends_on.is_not(None), Worker.service_ends_on < last_day)


def _already_on_gig(asked: Asked) -> Condition:
    there = select(Offer.worker_id).where(Offer.gig_id == asked.given(gig_id), Offer.status.in_(LIVE))
    return Worker.id.in_(there)


def _busy(asked: Asked) -> Condition:
    return or_zero(asked.diary.c.meeting) > 0


def _not_ready(asked: Asked) -> Condition:
    return or_(Worker.ready_since.is_(None), Worker.ready_since > asked.given(first_day))


def _activity_same_time(asked: Asked) -> Condition:
    meets = or_(*(_activity_meets(asked.given, number) for number in range(asked.shape.days)))
    return Worker.id.in_(select(ActivityTime.worker_id).where(meets))


def _activity_meets(given: Blanks, number: int) -> Condition:
    """A weekly time meets the gig on the day of this number that the gig touches."""
    weekday = given(lambda question: question.gig.days[number].weekday())
    before, after = given(lambda question: _met(question, number)[0]), given(lambda question: _met(question, number)[1])
    return and_(ActivityTime.weekday == weekday, ActivityTime.starts < before, ActivityTime.ends >= after)


def _met(question: Question, number: int) -> tuple[time, time]:
    return clock_times_that_meet(question.gig.span, question.gig.days[number])


def _unavailable(asked: Asked) -> Condition:
    meets = and_(Unavailability.starts_at < asked.given(ends_at), Unavailability.ends_at > asked.given(starts_at))
    return Worker.id.in_(select(Unavailability.worker_id).where(meets))


def _task_not_chosen(asked: Asked) -> Condition:
    named_one = asked.given(lambda question: question.gig.category is not TaskCategory.OTHER, Boolean())
    return and_(named_one, ~holds_none(Worker.tasks), ~holds(Worker.tasks, asked.given(category)))


def _skills_missing(asked: Asked) -> Condition:
    return or_(false(), *(~holds(Worker.skills, asked.given(skill)) for skill in skills_of(asked.shape)))


def _place_not_for_them(asked: Asked) -> Condition:
    demands = (member(lambda question: question.gig.demands, number) for number in range(asked.shape.demands))
    return or_(false(), *(holds(Worker.cannot, asked.given(demand)) for demand in demands))


def _needs_support(asked: Asked) -> Condition:
    return and_(asked.given(lambda question: not question.gig.support_booked, Boolean()), Worker.needs_support)


def _week_full(asked: Asked) -> Condition:
    return or_zero(asked.diary.c.week) + asked.given(minutes, Integer()) > Worker.weekly_minutes_most


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
