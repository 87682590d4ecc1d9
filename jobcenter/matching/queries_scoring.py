"""The soft rules in the database, so that thousands of people are put in order by one statement.

Each function gives the share, 0 to 100, that the rule of the same name in `soft` gives: that one decides and has the
words, these only sort. A test holds both equal on random people. Only people whom no hard rule stops are scored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, case, func, literal, or_, select, true

from jobcenter.core.db import TextSet
from jobcenter.matching import soft
from jobcenter.matching.conditions import holds, holds_none
from jobcenter.matching.domain import GigFacts
from jobcenter.matching.plan.domain import Part
from jobcenter.matching.queries_facts import RATINGS, tied_to
from jobcenter.matching.soft import FULL, HALF, NONE, Company
from jobcenter.matching.ties.domain import TieKind
from jobcenter.matching.weights.domain import Weights
from jobcenter.orders.feedback.models import Feedback
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.intake.models import Order
from jobcenter.workers.domain import TaskCategory
from jobcenter.workers.models import Worker
from jobcenter.workers.places import SHARED_DIGITS, Closeness

Points = ColumnElement[int]
Columns = Any


@dataclass(frozen=True)
class Ranking:
    """What people are put in order for: a gig of a Jobcenter, its company, and how much each soft rule counts."""

    gig: GigFacts
    jobcenter_id: int
    weights: Weights
    company: Company

    @cached_property
    def known(self) -> CTE:
        """Gigs done for the gig's orderer, by worker."""
        query = select(Offer.worker_id, func.count().label("times")).join(Offer.gig).join(Gig.order)
        query = query.where(Order.organisation_id == self.gig.orderer, Offer.status == OfferStatus.DONE)
        return query.group_by(Offer.worker_id).cte("known")

    @cached_property
    def rated(self) -> CTE:
        """The mean of the orderer's feedback as a share, by worker."""
        marks = {how: (mark - soft.LOWEST_RATING) * soft.SHARE_OF_A_RATING for how, mark in RATINGS.items()}
        mean = func.sum(case(marks, value=Feedback.how_it_went)) // func.count()
        query = select(Feedback.worker_id, mean.label("share")).join(Feedback.gig).join(Gig.order)
        return query.where(Order.organisation_id == self.gig.orderer).group_by(Feedback.worker_id).cte("rated")

    def joined(self, query: Select) -> Select:
        """The query over Worker with everything beside it that the rules with a weight read."""
        beside = {Part.SAME_FACES: self.known, Part.FEEDBACK: self.rated}
        for part, table in beside.items():
            if self.weights[part]:
                query = query.outerjoin(table, table.c.worker_id == Worker.id)
        return query

    def points(self, known: Columns) -> Points:
        """The sum of the rules, each at its weight; `known` of a person: paid minutes `lately`, and their limits."""
        parts = [weight * SHARES[part](self) for part, weight in self.weights.items() if weight and part in SHARES]
        fair = self.weights[Part.FAIR_SHARE] * _fair_share(known.lately)
        return sum(parts, start=fair + self.weights[Part.KEEP_HEADROOM] * _keep_headroom(self, known))


def _fair_share(lately: Points) -> Points:
    return FULL * soft.HALVED_BY // (soft.HALVED_BY + lately)


def _wished_task(ranking: Ranking) -> Points:
    category = ranking.gig.category
    middle = true() if category == TaskCategory.OTHER else holds_none(Worker.tasks)
    return case((holds(Worker.tasks, category), FULL), (middle, HALF), else_=NONE)


def _wished_time(ranking: Ranking) -> Points:
    said = (~holds_none(Worker.wished_days), ~holds_none(Worker.wished_parts))
    days_met = holds(Worker.wished_days, soft.weekday_of(ranking.gig))
    parts_met = and_(true(), *(holds(Worker.wished_parts, part) for part in sorted(soft.parts_of_day(ranking.gig))))
    met = tuple(zip(said, (days_met, parts_met), strict=True))
    return case(
        (and_(*(~asked for asked in said)), HALF),
        (and_(*(or_(~asked, suits) for asked, suits in met)), FULL),
        (or_(*(and_(asked, suits) for asked, suits in met)), HALF),
        else_=NONE,
    )


def _wished_area(ranking: Ranking) -> Points:
    if not ranking.gig.area:
        return literal(HALF)
    return case((Worker.areas == "", HALF), (TextSet.has(Worker.areas, ranking.gig.area), FULL), else_=NONE)


def _practise(ranking: Ranking) -> Points:
    skills = (holds(Worker.practise_skills, skill) for skill in sorted(ranking.gig.skills))
    return case((or_(holds(Worker.practise_tasks, ranking.gig.category), *skills), FULL), else_=NONE)


def _same_faces(ranking: Ranking) -> Points:
    times = ranking.known.c.times
    *shares, most = soft.FIRST_TIMES
    return case((times.is_(None), NONE), *((times == number, share) for number, share in enumerate(shares)), else_=most)


def _feedback(ranking: Ranking) -> Points:
    return func.coalesce(ranking.rated.c.share, HALF)


def _likes(ranking: Ranking) -> Points:
    if not ranking.gig.people:
        return literal(NONE)
    return case((Worker.id.in_(tied_to(ranking.gig.people, TieKind.TOGETHER)), FULL), else_=NONE)


def _newcomer(ranking: Ranking) -> Points:
    paired = []
    if ranking.company.experienced:
        paired.append(~_has_done(soft.NEWCOMER_AT_MOST + 1))
    if ranking.company.newcomers:
        paired.append(_has_done(soft.EXPERIENCED_FROM))
    return case((or_(*paired), FULL), else_=NONE) if paired else literal(NONE)


def _has_done(times: int) -> ColumnElement[bool]:
    """So many gigs at least; the database stops counting there."""
    done = select(Offer.id).where(Offer.worker_id == Worker.id, Offer.status == OfferStatus.DONE)
    return done.correlate(Worker).limit(1).offset(times - 1).exists()


def _near(ranking: Ranking) -> Points:
    postcode = ranking.gig.postcode
    unknown = soft.NEARNESS[Closeness.UNKNOWN]
    if not postcode:
        return literal(unknown)
    shared = [
        (func.substr(Worker.postcode, 1, digits) == postcode[:digits], soft.NEARNESS[close])
        for digits, close in SHARED_DIGITS
    ]
    return case((Worker.postcode == "", unknown), *shared, else_=soft.NEARNESS[Closeness.FAR])


def _keep_headroom(ranking: Ranking, known: Columns) -> Points:
    after = known.hours + ranking.gig.minutes // -soft.MINUTES_IN_HOUR
    return case(
        (and_(known.hours.is_(None), or_(known.unknown.is_(None), known.unknown > 0)), HALF),
        (known.hours.is_(None), FULL),
        (after <= 0, NONE),
        (after >= soft.ENOUGH_HOURS, FULL),
        else_=after * soft.SHARE_OF_AN_HOUR,
    )


SHARES: dict[Part, Callable[[Ranking], Points]] = {
    Part.WISHES_TASKS: _wished_task,
    Part.WISHES_TIMES: _wished_time,
    Part.WISHES_AREAS: _wished_area,
    Part.PRACTISE: _practise,
    Part.SAME_FACES: _same_faces,
    Part.FEEDBACK: _feedback,
    Part.LIKES: _likes,
    Part.NEWCOMER_BESIDE_EXPERIENCED: _newcomer,
    Part.NEAR: _near,
}
