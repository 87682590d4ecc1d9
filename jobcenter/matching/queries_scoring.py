"""The soft rules in the database, so that thousands of people are put in order by one statement.

Each function gives the share, 0 to 100, that the rule of the same name in `soft` gives: that one decides and has the
words, these only sort. A test holds both equal on random people. Only people whom no hard rule stops are scored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
    type_coerce,
)

from jobcenter.matching import soft
from jobcenter.matching.conditions import holds, holds_none, pattern_of
from jobcenter.matching.plan.domain import Part
from jobcenter.matching.queries_asked import Asked, Condition, Question, category, member, minutes, skills_of
from jobcenter.matching.queries_facts import RATINGS
from jobcenter.matching.soft import FULL, HALF, NONE
from jobcenter.orders.feedback.models import Feedback
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.intake.models import Order
from jobcenter.workers.domain import TaskCategory
from jobcenter.workers.models import Worker
from jobcenter.workers.places import SHARED_DIGITS, Closeness

Points = ColumnElement[int]


@dataclass(frozen=True)
class Scoring:
    """The soft rules of a question, over Worker; `who` has people's paid minutes `lately`, and what their limits leave:
    `hours`, and how many are `unknown`.
    """

    asked: Asked
    who: Any

    @cached_property
    def known(self) -> CTE:
        """Gigs done for the gig's orderer, by worker."""
        query = select(Offer.worker_id, func.count().label("times")).join(Offer.gig).join(Gig.order)
        query = query.where(Order.organisation_id == self.asked.given(_orderer), Offer.status == OfferStatus.DONE)
        return query.group_by(Offer.worker_id).cte("known")

    @cached_property
    def rated(self) -> CTE:
        """The mean of the orderer's feedback as a share, by worker."""
        marks = {how: (mark - soft.LOWEST_RATING) * soft.SHARE_OF_A_RATING for how, mark in RATINGS.items()}
        mean = func.sum(case(marks, value=Feedback.how_it_went)) // func.count()
        query = select(Feedback.worker_id, mean.label("share")).join(Feedback.gig).join(Gig.order)
        query = query.where(Order.organisation_id == self.asked.given(_orderer))
        return query.group_by(Feedback.worker_id).cte("rated")

    def joined(self, query: Select) -> Select:
        """The query over Worker with everything beside it that the rules with a weight read."""
        for part, table in {Part.SAME_FACES: self.known, Part.FEEDBACK: self.rated}.items():
            if part in self.asked.shape.weighed:
                query = query.outerjoin(table, table.c.worker_id == Worker.id)
        return query

    def points(self) -> Points:
        """The sum of the rules, each at its weight."""
        return sum((self._weight(part) * SHARES[part](self) for part in self.asked.shape.weighed), start=literal(NONE))

    def _weight(self, part: Part) -> Points:
        return self.asked.given(lambda question: question.ranking.around.weights[part], Integer())


def _orderer(question: Question) -> Any:
    return question.gig.orderer or None


def _fair_share(scoring: Scoring) -> Points:
    return FULL * soft.HALVED_BY // (soft.HALVED_BY + scoring.who.lately)


def _wished_task(scoring: Scoring) -> Points:
    given = scoring.asked.given
    any_task = given(lambda question: question.gig.category == TaskCategory.OTHER, Boolean())
    wished = holds(Worker.tasks, given(category))
    return case((wished, FULL), (or_(any_task, holds_none(Worker.tasks)), HALF), else_=NONE)


def _wished_time(scoring: Scoring) -> Points:
    said = (~holds_none(Worker.wished_days), ~holds_none(Worker.wished_parts))
    weekday = scoring.asked.given(lambda question: pattern_of(soft.weekday_of(question.gig)))
    met = tuple(zip(said, (holds(Worker.wished_days, weekday), _parts_met(scoring.asked)), strict=True))
    return case(
        (and_(*(~asked for asked in said)), HALF),
        (and_(*(or_(~asked, suits) for asked, suits in met)), FULL),
        (or_(*(and_(asked, suits) for asked, suits in met)), HALF),
        else_=NONE,
    )


def _parts_met(asked: Asked) -> Condition:
    parts = (member(lambda question: soft.parts_of_day(question.gig), n) for n in range(asked.shape.parts_of_day))
    return and_(true(), *(holds(Worker.wished_parts, asked.given(part)) for part in parts))


def _wished_area(scoring: Scoring) -> Points:
    area, tag = (scoring.asked.given(value, String()) for value in (_area, lambda question: f"|{_area(question)}|"))
    areas = type_coerce(Worker.areas, String)
    return case((or_(area == "", areas == ""), HALF), (func.replace(areas, tag, "") != areas, FULL), else_=NONE)


def _area(question: Question) -> str:
    return question.gig.area


def _practise(scoring: Scoring) -> Points:
    given = scoring.asked.given
    skills = (holds(Worker.practise_skills, given(skill)) for skill in skills_of(scoring.asked.shape))
    return case((or_(holds(Worker.practise_tasks, given(category)), *skills), FULL), else_=NONE)


def _same_faces(scoring: Scoring) -> Points:
    times = scoring.known.c.times
    *shares, most = soft.FIRST_TIMES
    return case((times.is_(None), NONE), *((times == number, share) for number, share in enumerate(shares)), else_=most)


def _feedback(scoring: Scoring) -> Points:
    return func.coalesce(scoring.rated.c.share, HALF)


def _likes(scoring: Scoring) -> Points:
    friends = scoring.asked.given(lambda question: question.ranking.around.friends, many=True)
    return case((Worker.id.in_(friends), FULL), else_=NONE)


def _newcomer(scoring: Scoring) -> Points:
    given = scoring.asked.given
    experienced = given(lambda question: bool(question.ranking.around.company.experienced), Boolean())
    newcomers = given(lambda question: bool(question.ranking.around.company.newcomers), Boolean())
    new = and_(experienced, ~_has_done(soft.NEWCOMER_AT_MOST + 1))
    return case((or_(new, and_(newcomers, _has_done(soft.EXPERIENCED_FROM))), FULL), else_=NONE)


def _has_done(times: int) -> Condition:
    """So many gigs at least; the database stops counting there."""
    done = select(Offer.id).where(Offer.worker_id == Worker.id, Offer.status == OfferStatus.DONE)
    return done.correlate(Worker).limit(1).offset(times - 1).exists()


def _near(scoring: Scoring) -> Points:
    unknown = or_(scoring.asked.given(_postcode(1), String()) == "", Worker.postcode == "")
    shared = (
        (func.substr(Worker.postcode, 1, digits) == scoring.asked.given(_postcode(digits)), soft.NEARNESS[close])
        for digits, close in SHARED_DIGITS
    )
    return case((unknown, soft.NEARNESS[Closeness.UNKNOWN]), *shared, else_=soft.NEARNESS[Closeness.FAR])


def _postcode(digits: int) -> Callable[[Question], str]:
    return lambda question: question.gig.postcode[:digits]


def _keep_headroom(scoring: Scoring) -> Points:
    hours, unknown = scoring.who.hours, scoring.who.unknown
    length = scoring.asked.given(lambda question: -(minutes(question) // -soft.MINUTES_IN_HOUR), Integer())
    after = hours - length
    return case(
        (and_(hours.is_(None), or_(unknown.is_(None), unknown > 0)), HALF),
        (hours.is_(None), FULL),
        (after <= 0, NONE),
        (after >= soft.ENOUGH_HOURS, FULL),
        else_=after * soft.SHARE_OF_AN_HOUR,
    )


SHARES: dict[Part, Callable[[Scoring], Points]] = {
    Part.FAIR_SHARE: _fair_share,
    Part.WISHES_TASKS: _wished_task,
    Part.WISHES_TIMES: _wished_time,
    Part.WISHES_AREAS: _wished_area,
    Part.PRACTISE: _practise,
    Part.SAME_FACES: _same_faces,
    Part.FEEDBACK: _feedback,
    Part.LIKES: _likes,
    Part.NEWCOMER_BESIDE_EXPERIENCED: _newcomer,
    Part.NEAR: _near,
    Part.KEEP_HEADROOM: _keep_headroom,
}
