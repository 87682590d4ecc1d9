"""The second forms of the rules on working time, on earnings limits and on who goes where with whom.

As in `queries_stopping`: conditions on Worker, each true or false, never null; the rules themselves decide.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import and_, false, func, not_, or_, select

from jobcenter.core import clock
from jobcenter.matching import working_time
from jobcenter.matching.conditions import holds, holds_none
from jobcenter.matching.domain import RuleCode
from jobcenter.matching.queries_asked import Asked, Condition, or_none
from jobcenter.matching.queries_facts import tied_to
from jobcenter.matching.rules_working_time import MINUTE, rest_of
from jobcenter.matching.ties.domain import TieKind
from jobcenter.orders.gigs.domain import HOLDING
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.gigs.queries_diaries import minutes_by_worker
from jobcenter.workers.models import Worker

LAST_OF_FEBRUARY = 28


def _younger_than(years: int, day: date) -> Condition:
    return and_(Worker.born.is_not(None), Worker.born > _years_before(day, years))


def _years_before(day: date, years: int) -> date:
    """The last day of birth of those who are so many years old on a day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=LAST_OF_FEBRUARY)


def _young(asked: Asked) -> Condition:
    day = asked.gig.span.first_day
    return _younger_than(working_time.on(day).adult, day)


def _too_young(asked: Asked) -> Condition:
    day = asked.gig.span.first_day
    return _younger_than(working_time.on(day).youngest, day)


def _young_at_night(asked: Asked) -> Condition:
    allowed = working_time.on(asked.gig.span.first_day).allows_young(asked.gig.span)
    return false() if allowed else _young(asked)


def _young_hours_full(asked: Asked) -> Condition:
    gig, day = asked.gig, asked.gig.span.first_day
    figures = working_time.on(day)
    if gig.minutes * MINUTE > figures.young_day:
        return _young(asked)
    of_day = minutes_by_worker(asked.jobcenter_id, (clock.start_of(day), clock.end_of(day)), but=gig.gig_id).cte("day")
    left_today = _minutes(figures.young_day) - gig.minutes
    full_day = Worker.id.in_(select(of_day.c.worker_id).where(of_day.c.minutes > left_today))
    return and_(_young(asked), or_(full_day, or_none(asked.week) + gig.minutes > _minutes(figures.young_week)))


def _minutes(length: timedelta) -> int:
    return length // MINUTE


def _young_rest(asked: Asked) -> Condition:
    rest = working_time.on(asked.gig.span.first_day).young_daily_rest
    return and_(_young(asked), _without_rest(asked, rest))


def _no_rest(asked: Asked) -> Condition:
    return _without_rest(asked, rest_of(asked.gig))


def _without_rest(asked: Asked, rest: timedelta) -> Condition:
    """A gig of theirs that begins on another day, does not overlap this one, and is nearer than the rest."""
    span = asked.gig.span
    before = and_(Gig.ends_at <= span.starts_at, Gig.ends_at > span.starts_at - rest)
    after = and_(Gig.starts_at >= span.ends_at, Gig.starts_at < span.ends_at + rest)
    same_day = and_(Gig.starts_at >= clock.start_of(span.first_day), Gig.starts_at < clock.end_of(span.first_day))
    around = and_(Gig.starts_at > span.starts_at - WIDEST, Gig.starts_at < span.ends_at + WIDEST)
    elsewhere = and_(Gig.jobcenter_id == asked.jobcenter_id, Gig.id != asked.gig.gig_id, around)
    tight = select(Offer.worker_id).join(Offer.gig).where(elsewhere, or_(before, after), not_(same_day))
    return Worker.id.in_(tight.where(Offer.status.in_(HOLDING)))


# Longer than any gig and any rest together: it lets the index on beginnings find the few gigs that matter.
WIDEST = timedelta(days=7)


def _blocked(asked: Asked) -> Condition:
    return Worker.id.in_(asked.gig.blocked) if asked.gig.blocked else false()


def _must_not_meet(asked: Asked) -> Condition:
    return Worker.id.in_(tied_to(asked.gig.people, TieKind.APART)) if asked.gig.people else false()


def _form_not_accepted(asked: Asked) -> Condition:
    return and_(~holds_none(Worker.contract_forms), ~holds(Worker.contract_forms, asked.gig.form))


def _over_limit(asked: Asked) -> Condition:
    return and_(~Worker.asks_over_limit, func.coalesce(asked.limits.c.over, 0) > 0)


LAW_STOPS: dict[RuleCode, Callable[[Asked], Condition]] = {
    RuleCode.TOO_YOUNG: _too_young,
    RuleCode.YOUNG_AT_NIGHT: _young_at_night,
    RuleCode.YOUNG_HOURS_FULL: _young_hours_full,
    RuleCode.YOUNG_REST: _young_rest,
    RuleCode.BLOCKED: _blocked,
    RuleCode.MUST_NOT_MEET: _must_not_meet,
    RuleCode.FORM_NOT_ACCEPTED: _form_not_accepted,
    RuleCode.NO_REST: _no_rest,
    RuleCode.OVER_LIMIT: _over_limit,
}
