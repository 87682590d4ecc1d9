"""A gig asked of everyone of a Jobcenter: what the conditions of the rules share in the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import CTE, ColumnElement, func, or_, select

from jobcenter.benefits import UNEMPLOYMENT_BENEFITS
from jobcenter.matching.domain import GigFacts
from jobcenter.orders.gigs.domain import guard_days
from jobcenter.orders.gigs.queries_diaries import minutes_by_worker
from jobcenter.workers.models import HeldBenefit

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Asked:
    """A gig, the Jobcenter whose people are looked at, and what several conditions share: who holds an unemployment
    benefit, and the paid minutes of people's other gigs of its week.
    """

    gig: GigFacts
    jobcenter_id: int
    unemployed: CTE
    week: CTE


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
    )


def or_none(minutes: CTE) -> ColumnElement[int]:
    """The minutes of an outer join, none where there is no row."""
    return func.coalesce(minutes.c.minutes, 0)
