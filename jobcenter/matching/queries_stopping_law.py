"""The second forms of the rules on working time, on earnings limits and on who goes where with whom.

As in `queries_stopping`: conditions on Worker, each true or false, never null; the rules themselves decide.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import BindParameter, Boolean, Integer, and_, or_

from jobcenter.matching import working_time
from jobcenter.matching.conditions import holds, holds_none, pattern_of
from jobcenter.matching.domain import RuleCode
from jobcenter.matching.queries_asked import Asked, Condition, Question, first_day, minutes, or_zero
from jobcenter.matching.rules_working_time import MINUTE
from jobcenter.matching.working_time import WorkingTime
from jobcenter.workers.models import Worker

LAST_OF_FEBRUARY = 28


def _years_before(day: date, years: int) -> date:
    """The last day of birth of those who are so many years old on a day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=LAST_OF_FEBRUARY)


def _figures(question: Question) -> WorkingTime:
    return working_time.on(first_day(question))


def _grown_up(question: Question) -> date:
    return _years_before(first_day(question), _figures(question).adult)


def _born_after(day: BindParameter[date]) -> Condition:
    return and_(Worker.born.is_not(None), Worker.born > day)


def _young(asked: Asked) -> Condition:
    return _born_after(asked.given(_grown_up))


def _too_young(asked: Asked) -> Condition:
    return _born_after(asked.given(lambda question: _years_before(first_day(question), _figures(question).youngest)))


def _young_at_night(asked: Asked) -> Condition:
    at_night = asked.given(lambda question: not _figures(question).allows_young(question.gig.span), Boolean())
    return and_(at_night, _young(asked))


def _young_hours_full(asked: Asked) -> Condition:
    left_today = asked.given(lambda question: _figures(question).young_day // MINUTE - minutes(question), Integer())
    left_in_week = asked.given(lambda question: _figures(question).young_week // MINUTE - minutes(question), Integer())
    full = or_(or_zero(asked.diary.c.day) > left_today, or_zero(asked.diary.c.week) > left_in_week)
    return and_(_young(asked), full)


def _young_rest(asked: Asked) -> Condition:
    return and_(_young(asked), or_zero(asked.diary.c.tight_young) > 0)


def _no_rest(asked: Asked) -> Condition:
    return or_zero(asked.diary.c.tight) > 0


def _blocked(asked: Asked) -> Condition:
    return Worker.id.in_(asked.given(lambda question: question.gig.blocked, many=True))


def _must_not_meet(asked: Asked) -> Condition:
    return Worker.id.in_(asked.given(lambda question: question.ranking.around.apart, many=True))


def _form_not_accepted(asked: Asked) -> Condition:
    form = asked.given(lambda question: pattern_of(question.gig.form))
    return and_(~holds_none(Worker.contract_forms), ~holds(Worker.contract_forms, form))


def _over_limit(asked: Asked) -> Condition:
    return and_(~Worker.asks_over_limit, or_zero(asked.limits.c.over) > 0)


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
