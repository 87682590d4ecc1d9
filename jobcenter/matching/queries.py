"""The desk: a slot with everyone who fits it and everyone who does not; limits as they were told last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import and_, or_, select

from jobcenter.auth.domain import Actor
from jobcenter.auth.models import Jobcenter, User
from jobcenter.benefits import ContractForm, LimitState, law
from jobcenter.benefits.law import Basis
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.earnings.domain import UNKNOWN
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.matching.domain import LATELY, WEEK, GigFacts, LimitLeft, Match, WorkerFacts, in_order
from jobcenter.matching.rules import judge
from jobcenter.orders.gigs import queries as gigs
from jobcenter.orders.gigs.cards import card_of, span_of
from jobcenter.orders.gigs.domain import Span
from jobcenter.orders.gigs.models import Gig, Slot
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import candidate, candidates


@dataclass(frozen=True)
class Desk:
    """A slot, what its gig asks, and everyone of the Jobcenter, who fits first."""

    gig: Gig
    slot: Slot
    facts: GigFacts
    jobcenter: Jobcenter
    support: tuple[User, ...]
    matches: tuple[Match, ...]


def desk_for(actor: Actor, slot_id: int, now: datetime) -> Desk:
    """The desk of a slot, for a coordinator: a constant number of queries however many people there are.

    Limits are those told last, kept up to date by the check of whatever changes; an offer computes them afresh.
    Raises NotFound.
    """
    gig, slot = gigs.gig_of_slot_for(actor, slot_id)
    jobcenter, support = gigs.jobcenter_and_support(gig)
    facts = gig_facts(gig, jobcenter, bool(support), now)
    people = candidates(jobcenter.id, since=gig.starts_at)
    held, offered = gigs.diaries_of_jobcenter(jobcenter.id, *_window(facts.span, now))
    limits = limits_of_jobcenter(gig)
    matches = []
    for who in people:
        worker = WorkerFacts(who, held.of(who.id), offered.of(who.id), limits.get(who.id))
        matches.append(Match(worker, judge(facts, worker)))
    return Desk(gig, slot, facts, jobcenter, tuple(support), tuple(in_order(matches, now)))


def match_of(gig: Gig, worker_id: int, now: datetime) -> Match:
    """One worker and one gig, as the rules see them now. Raises NotFound."""
    jobcenter, support = gigs.jobcenter_and_support(gig)
    facts = gig_facts(gig, jobcenter, bool(support), now)
    start, end = _window(facts.span, now)
    held = gigs.diary_of([worker_id], start, end)
    offered = gigs.diary_of([worker_id], start, end, gigs.OPEN)
    who = candidate(worker_id, since=gig.starts_at)
    worker = WorkerFacts(who, held.of(worker_id), offered.of(worker_id))
    return Match(worker, judge(facts, worker))


def worker_of_gig(gig: Gig, worker_id: int) -> Worker:
    """A worker of the gig's Jobcenter. Raises NotFound."""
    worker = db.session.scalar(select(Worker).where(Worker.id == worker_id, Worker.jobcenter_id == gig.jobcenter_id))
    if worker is None:
        raise NotFound
    return worker


def gig_facts(gig: Gig, jobcenter: Jobcenter, support_booked: bool, now: datetime) -> GigFacts:
    """What a gig asks."""
    return GigFacts(
        gig_id=gig.id,
        jobcenter_kind=jobcenter.kind,
        form=gig.contract_form,
        span=span_of(gig),
        break_minutes=gig.break_minutes,
        category=gig.order.category,
        skills=gig.order.skills,
        demands=gig.order.demands,
        support_booked=support_booked,
        today=clock.day_of(now),
    )


def limits_of_jobcenter(gig: Gig) -> dict[int, tuple[LimitLeft, ...]]:
    """How far the limits on the gig's day are for everyone of its Jobcenter, in one query."""
    card = card_of(gig)
    payload = LimitSnapshot.payload
    query = (
        select(
            LimitSnapshot.worker_id,
            LimitSnapshot.rule,
            LimitSnapshot.state_with_agreed,
            payload["left"].as_string(),
            payload["agreed"].as_string(),
            payload["left_hours_with_agreed"].as_integer(),
        )
        .join(Worker, Worker.id == LimitSnapshot.worker_id)
        .where(Worker.jobcenter_id == gig.jobcenter_id, LimitSnapshot.superseded_at.is_(None), _on(card.span.first_day))
    )
    found: dict[int, list[LimitLeft]] = defaultdict(list)
    for worker_id, rule, state, left, agreed, hours in db.session.execute(query):
        ahead = None if left is None else Decimal(left) - Decimal(agreed or 0)
        over = _counts(rule, card.form) and ahead is not None and card.pay is not None and card.pay > ahead
        found[worker_id].append(LimitLeft(rule=rule, hours=hours, over=over, known=state not in UNKNOWN))
    return {worker_id: _told(limits) for worker_id, limits in found.items()}


def _told(limits: Iterable[LimitLeft]) -> tuple[LimitLeft, ...]:
    return tuple(sorted(limits, key=lambda limit: (limit.hours is None, limit.hours, limit.rule)))


def _on(day: date):
    covers = and_(LimitSnapshot.period_from <= day, LimitSnapshot.period_to >= day)
    concerns = LimitSnapshot.state != LimitState.NOT_APPLICABLE
    return and_(or_(covers, LimitSnapshot.series == "rolling"), concerns)


def _counts(rule: str, form: ContractForm) -> bool:
    """Whether a gig in this form counts towards the limit: some limits look at assignment income only."""
    if form is ContractForm.ASSIGNMENT:
        return True
    parameter = law().parameters.get(rule)
    return parameter is None or parameter.basis is not Basis.GROSS_ASSIGNMENT_INCOME


def _window(span: Span, now: datetime) -> tuple[datetime, datetime]:
    """The time that the rules look at: the gig's week and day, and what was done lately."""
    monday = clock.start_of(span.first_day - timedelta(days=span.first_day.weekday()))
    return min(now - LATELY, monday), max(span.ends_at, monday + WEEK)
