"""A gig asked of everyone of a Jobcenter: what the conditions of the rules share in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import CTE, ColumnElement, Select, and_, case, false, func, or_, select

from jobcenter.benefits import UNEMPLOYMENT_BENEFITS, ContractForm, LimitState, adds_at_most, measure_of
from jobcenter.benefits.law import Basis, Comparison
from jobcenter.earnings.domain import AMOUNTS_ONLY, UNKNOWN
from jobcenter.earnings.domain_warnings import REDUCTIONS
from jobcenter.earnings.messages import RULES as LIMITS
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.matching.domain import GigFacts
from jobcenter.orders.gigs.domain import guard_days
from jobcenter.orders.gigs.queries_diaries import minutes_by_worker
from jobcenter.workers.models import HeldBenefit, Worker

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Asked:
    """A gig, the Jobcenter whose people are looked at, and what several conditions share: who holds an unemployment
    benefit, the paid minutes of people's other gigs of its week, and what was told of their limits on its day.
    """

    gig: GigFacts
    jobcenter_id: int
    unemployed: CTE
    week: CTE
    limits: CTE


def asked_of(gig: GigFacts, jobcenter_id: int) -> Asked:
    """The gig asked of a Jobcenter's people."""
    first, last = guard_days(gig.span, gig.today)
    unemployed = select(HeldBenefit.worker_id).where(
        HeldBenefit.kind.in_(UNEMPLOYMENT_BENEFITS),
        or_(HeldBenefit.starts_on.is_(None), HeldBenefit.starts_on <= last),
        or_(HeldBenefit.ends_on.is_(None), HeldBenefit.ends_on >= first),
    )
    return Asked(
        gig=gig,
        jobcenter_id=jobcenter_id,
        unemployed=unemployed.cte("unemployed"),
        week=minutes_by_worker(jobcenter_id, gig.week, but=gig.gig_id).cte("week"),
        limits=_limits(gig, jobcenter_id).cte("limits"),
    )


def told_on(day: date) -> Condition:
    """The snapshots that hold and tell of a limit on a day."""
    covers = and_(LimitSnapshot.period_from <= day, LimitSnapshot.period_to >= day)
    concerns = and_(LimitSnapshot.state != LimitState.NOT_APPLICABLE, LimitSnapshot.rule.not_in(AMOUNTS_ONLY))
    return and_(LimitSnapshot.superseded_at.is_(None), or_(covers, LimitSnapshot.series == "rolling"), concerns)


def _limits(gig: GigFacts, jobcenter_id: int) -> Select:
    """By worker: the hours before the tightest limit, how many limits are not known, and how many the gig takes over.
    Benefits that shrink little by little are no limits here.
    """
    measures = and_(LimitSnapshot.state_with_agreed.not_in(UNKNOWN), LimitSnapshot.rule.not_in(REDUCTIONS))
    unknown = func.count(case((LimitSnapshot.state_with_agreed.in_(UNKNOWN), 1)))
    query = select(
        LimitSnapshot.worker_id,
        func.min(case((measures, LimitSnapshot.hours_with_agreed))).label("hours"),
        unknown.label("unknown"),
        func.count(case((_goes_over(gig), 1))).label("over"),
    )
    query = query.join(Worker, Worker.id == LimitSnapshot.worker_id)
    query = query.where(Worker.jobcenter_id == jobcenter_id, Worker.active, told_on(gig.span.first_day))
    return query.group_by(LimitSnapshot.worker_id)


def _goes_over(gig: GigFacts) -> Condition:
    """The gig's pay takes the limit over by its rule's own comparison; one that is near already with nothing left is
    not over by a gig more.
    """
    if gig.pay is None:
        return false()
    left = LimitSnapshot.left_with_agreed
    near_already = and_(LimitSnapshot.state_with_agreed == LimitState.NEAR, left <= 0)
    breaks = (and_(LimitSnapshot.rule == rule, broken) for rule, broken in _breaking(gig).items())
    return and_(left.is_not(None), ~near_already, or_(false(), *breaks))


def _breaking(gig: GigFacts) -> dict[str, Condition]:
    """When the gig's pay takes a limit over, by rule; some limits look at assignment income only."""
    left, found = LimitSnapshot.left_with_agreed, {}
    for rule in sorted(LIMITS.keys() - REDUCTIONS):
        figure, pay = measure_of(rule), gig.pay * adds_at_most(rule, gig.span.first_day)
        if figure is None:
            found[rule] = left <= pay
        elif gig.form is ContractForm.ASSIGNMENT or figure.basis is not Basis.GROSS_ASSIGNMENT_INCOME:
            found[rule] = left < pay if figure.comparison is Comparison.EXCEEDS else left <= pay
    return found


def or_none(minutes: CTE) -> ColumnElement[int]:
    """The minutes of an outer join, none where there is no row."""
    return func.coalesce(minutes.c.minutes, 0)
