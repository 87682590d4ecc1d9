"""A gig asked of everyone of a Jobcenter: what the conditions of the rules share in the database.

The statement is long, so it is put together once for each `Shape` of a question and kept: its conditions see the shape
and blanks, never a gig, and the blanks are filled in from the question each time it is run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    not_,
    or_,
    select,
)

from jobcenter.benefits import UNEMPLOYMENT_BENEFITS, ContractForm, LimitState, adds_at_most, measure_of
from jobcenter.benefits.law import Basis, Comparison
from jobcenter.core import clock
from jobcenter.earnings.domain import AMOUNTS_ONLY, UNKNOWN
from jobcenter.earnings.domain_warnings import REDUCTIONS
from jobcenter.earnings.messages import RULES as LIMITS
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.matching import soft, working_time
from jobcenter.matching.conditions import pattern_of
from jobcenter.matching.domain import GigFacts, RuleCode, Wanted
from jobcenter.matching.plan.domain import Part
from jobcenter.matching.queries_facts import Around
from jobcenter.matching.rules_working_time import rest_of
from jobcenter.orders.gigs.domain import HOLDING, guard_days
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.gigs.queries_diaries import paid_minutes
from jobcenter.workers.models import HeldBenefit, Worker
from jobcenter.workers.same_person import refusals_by_person

Condition = ColumnElement[bool]
Instants = tuple[datetime, datetime]

# Longer than any gig and any rest together.
WIDEST = timedelta(days=7)


@dataclass(frozen=True)
class Ranking:
    """What people are put in order for: a gig of a Jobcenter, and who and what is around it."""

    gig: GigFacts
    jobcenter_id: int
    around: Around


@dataclass(frozen=True)
class Question:
    """A gig asked of everyone of a Jobcenter, whom of them to show, and when the gigs of the fair share were."""

    ranking: Ranking
    wanted: Wanted
    lately: Instants

    @property
    def gig(self) -> GigFacts:
        return self.ranking.gig

    @property
    def near(self) -> Instants:
        """When the gigs that matter begin: those lately, of the week, and those too near to rest between."""
        (first, last), (monday, sunday), span = self.lately, self.gig.week, self.gig.span
        return min(first, monday, span.starts_at - WIDEST), max(last, sunday, span.ends_at + WIDEST)


Value = Callable[[Question], Any]


class Blanks:
    """The values that a statement leaves open, each with how it is found in a question."""

    def __init__(self) -> None:
        self._named: dict[Value, BindParameter[Any]] = {}

    def __call__(self, value: Value, type_: Any = None, *, many: bool = False) -> BindParameter[Any]:
        """A blank; the same one for the same function."""
        if value not in self._named:
            self._named[value] = bindparam(f"given_{len(self._named)}", type_=type_, expanding=many)
        return self._named[value]

    def filled(self, question: Question) -> dict[str, Any]:
        """What the blanks hold for a question, by name."""
        return {blank.key: value(question) for value, blank in self._named.items()}


@dataclass(frozen=True)
class Breaking:
    """Limits that gigs of a form take over alike. `factor`: what they count of the pay; `strict`: only above them."""

    rules: tuple[str, ...]
    factor: int
    strict: bool


@dataclass(frozen=True)
class Shape:
    """What of a question decides the words of its statement. Many questions are of one shape."""

    form: ContractForm
    paid: bool
    skills: int
    demands: int
    days: int
    parts_of_day: int
    breaking: tuple[Breaking, ...]
    weighed: tuple[Part, ...]
    name: str
    reason: RuleCode | None
    limited: bool


def shape_of(question: Question) -> Shape:
    """The shape of a question."""
    gig, wanted = question.gig, question.wanted
    return Shape(
        form=gig.form,
        paid=gig.pay is not None,
        skills=len(gig.skills),
        demands=len(gig.demands),
        days=len(gig.days),
        parts_of_day=len(soft.parts_of_day(gig)),
        breaking=_breaking(gig.form, gig.span.first_day),
        weighed=tuple(part for part, weight in question.ranking.around.weights.items() if weight),
        name=wanted.name,
        reason=wanted.reason,
        limited=wanted.limit is not None,
    )


@lru_cache(maxsize=512)
def _breaking(form: ContractForm, day: date) -> tuple[Breaking, ...]:
    """How a gig's pay takes limits over on a day. Some look at assignment income only; a rule without a figure of its
    own is read strictly.
    """
    alike = defaultdict(list)
    for rule in sorted(LIMITS.keys() - REDUCTIONS):
        figure = measure_of(rule)
        if figure is None or form is ContractForm.ASSIGNMENT or figure.basis is not Basis.GROSS_ASSIGNMENT_INCOME:
            strict = figure is not None and figure.comparison is Comparison.EXCEEDS
            alike[adds_at_most(rule, day), strict].append(rule)
    return tuple(Breaking(tuple(rules), factor, strict) for (factor, strict), rules in sorted(alike.items()))


@dataclass(frozen=True)
class Asked:
    """A question while its statement is put together: its shape, its blanks, and what several conditions share.

    `unemployed`: who holds an unemployment benefit. `refusals`: by person, what they have told any Jobcenter. `diary`:
    by worker, see `_diary`. `limits`: by worker, what was told of their limits on the gig's day.
    """

    shape: Shape
    given: Blanks
    unemployed: CTE
    refusals: CTE
    diary: CTE
    limits: CTE


def asked_of(shape: Shape) -> Asked:
    """A question of this shape, asked of a Jobcenter's people."""
    given = Blanks()
    return Asked(
        shape=shape,
        given=given,
        unemployed=_unemployed(given).cte("unemployed"),
        refusals=refusals_by_person(given(today)).cte("refusals"),
        diary=_diary(given).cte("diary"),
        limits=_limits(shape, given).cte("limits"),
    )


# Values that several conditions leave open


def jobcenter_id(question: Question) -> int:
    return question.ranking.jobcenter_id


def gig_id(question: Question) -> Any:
    return question.gig.gig_id


def starts_at(question: Question) -> datetime:
    return question.gig.span.starts_at


def ends_at(question: Question) -> datetime:
    return question.gig.span.ends_at


def first_day(question: Question) -> date:
    return question.gig.span.first_day


def today(question: Question) -> date:
    return question.gig.today


def minutes(question: Question) -> int:
    return question.gig.minutes


def category(question: Question) -> str:
    return pattern_of(question.gig.category)


def member(of: Callable[[Question], Collection[str]], number: int) -> Value:
    """The pattern of the member of this number, of a set in the order of its words."""
    return lambda question: pattern_of(sorted(of(question))[number])


def skills_of(shape: Shape) -> Iterable[Value]:
    """The patterns of the skills that the gig asks for."""
    return (member(lambda question: question.gig.skills, number) for number in range(shape.skills))


def _unemployed(given: Blanks) -> Select:
    first = given(lambda asked: guard_days(asked.gig.span, asked.gig.today)[0])
    last = given(lambda asked: guard_days(asked.gig.span, asked.gig.today)[1])
    return select(HeldBenefit.worker_id).where(
        HeldBenefit.kind.in_(UNEMPLOYMENT_BENEFITS),
        or_(HeldBenefit.starts_on.is_(None), HeldBenefit.starts_on <= last),
        or_(HeldBenefit.ends_on.is_(None), HeldBenefit.ends_on >= first),
    )


# The gigs that people have


def _diary(given: Blanks) -> Select:
    """By worker: paid minutes `lately`; of their other gigs, paid minutes of the gig's `week` and `day`, and how many
    are at its time (`meeting`), without rest between (`tight`), and without a young person's rest (`tight_young`).
    """
    near = _near(given).cte("near").prefix_with("MATERIALIZED", dialect="postgresql")
    sums = [func.sum(near.c[name]).label(name) for name in ("lately", "week", "day", "meeting", "tight", "tight_young")]
    query = select(Offer.worker_id, *sums).join(near, near.c.id == Offer.gig_id)
    return query.where(Offer.status.in_(HOLDING)).group_by(Offer.worker_id)


def _near(given: Blanks) -> Select:
    """The Jobcenter's gigs that matter, each with what it adds to a diary."""
    starts, ends, other = given(starts_at), given(ends_at), Gig.id != given(gig_id)
    day = _begins(given, lambda asked: (clock.start_of(first_day(asked)), clock.end_of(first_day(asked))))
    tight, tight_young = (_tight(given, rest) for rest in (_rest, _rest_of_young))
    sums = {
        "lately": (_begins(given, lambda asked: asked.lately), paid_minutes()),
        "week": (and_(other, _begins(given, lambda asked: asked.gig.week)), paid_minutes()),
        "day": (and_(other, day), paid_minutes()),
        "meeting": (and_(other, Gig.starts_at < ends, Gig.ends_at > starts), 1),
        "tight": (and_(other, not_(day), tight), 1),
        "tight_young": (and_(other, not_(day), tight_young), 1),
    }
    columns = (case((when, adds), else_=0).label(name) for name, (when, adds) in sums.items())
    within = _begins(given, lambda asked: asked.near)
    return select(Gig.id, *columns).where(Gig.jobcenter_id == given(jobcenter_id), within)


def _begins(given: Blanks, within: Callable[[Question], Instants]) -> Condition:
    """A gig begins in [first, last)."""
    first, last = given(lambda asked: within(asked)[0]), given(lambda asked: within(asked)[1])
    return and_(Gig.starts_at >= first, Gig.starts_at < last)


def _tight(given: Blanks, rest: Callable[[Question], timedelta]) -> Condition:
    """A gig does not meet the one asked about, and is nearer than the rest."""
    earliest = given(lambda asked: starts_at(asked) - rest(asked))
    latest = given(lambda asked: ends_at(asked) + rest(asked))
    before = and_(Gig.ends_at <= given(starts_at), Gig.ends_at > earliest)
    return or_(before, and_(Gig.starts_at >= given(ends_at), Gig.starts_at < latest))


def _rest(asked: Question) -> timedelta:
    return rest_of(asked.gig)


def _rest_of_young(asked: Question) -> timedelta:
    return working_time.on(first_day(asked)).young_daily_rest


# What was told of their limits


def told_on(day: Any) -> Condition:
    """The snapshots that hold and tell of a limit on a day."""
    covers = and_(LimitSnapshot.period_from <= day, LimitSnapshot.period_to >= day)
    concerns = and_(LimitSnapshot.state != LimitState.NOT_APPLICABLE, LimitSnapshot.rule.not_in(AMOUNTS_ONLY))
    return and_(LimitSnapshot.superseded_at.is_(None), or_(covers, LimitSnapshot.series == "rolling"), concerns)


def _limits(shape: Shape, given: Blanks) -> Select:
    """By worker: the hours before the tightest limit, how many limits are not known, and how many the gig takes over.
    Benefits that shrink little by little are no limits here.
    """
    measures = and_(LimitSnapshot.state_with_agreed.not_in(UNKNOWN), LimitSnapshot.rule.not_in(REDUCTIONS))
    unknown = func.count(case((LimitSnapshot.state_with_agreed.in_(UNKNOWN), 1)))
    query = select(
        LimitSnapshot.worker_id,
        func.min(case((measures, LimitSnapshot.hours_with_agreed))).label("hours"),
        unknown.label("unknown"),
        func.count(case((_goes_over(shape, given), 1))).label("over"),
    )
    query = query.join(Worker, Worker.id == LimitSnapshot.worker_id)
    query = query.where(Worker.jobcenter_id == given(jobcenter_id), Worker.active, told_on(given(first_day)))
    return query.group_by(LimitSnapshot.worker_id)


def _goes_over(shape: Shape, given: Blanks) -> Condition:
    """The gig's pay takes the limit over by its rule's own comparison; one that is near already with nothing left is
    not over by a gig more.
    """
    if not shape.paid:
        return false()
    left = LimitSnapshot.left_with_agreed
    most = max((breaking.factor for breaking in shape.breaking), default=0)
    in_reach = left <= given(lambda asked: asked.gig.pay * most)
    near_already = and_(LimitSnapshot.state_with_agreed == LimitState.NEAR, left <= 0)
    breaks = or_(false(), *(_breaks(breaking, given) for breaking in shape.breaking))
    return and_(left.is_not(None), in_reach, ~near_already, breaks)


def _breaks(breaking: Breaking, given: Blanks) -> Condition:
    left, counted = LimitSnapshot.left_with_agreed, given(lambda asked: asked.gig.pay * breaking.factor)
    return and_(LimitSnapshot.rule.in_(breaking.rules), left < counted if breaking.strict else left <= counted)


def or_zero(number: ColumnElement[int]) -> ColumnElement[int]:
    """A figure of an outer join, 0 where there is no row."""
    return func.coalesce(number, 0)
