"""What the rules need of those whom a desk shows, beside their profiles: bonds, diaries and limits, in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Date,
    Numeric,
    Row,
    Select,
    String,
    bindparam,
    cast,
    literal,
    null,
    select,
    union_all,
)

from jobcenter.benefits import ContractForm, LimitState, adds_at_most, measure_of
from jobcenter.benefits.law import Basis
from jobcenter.core.db import UtcDateTime, db
from jobcenter.earnings.domain import UNKNOWN
from jobcenter.earnings.domain_warnings import REDUCTIONS
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.matching.domain import GigFacts, LimitLeft
from jobcenter.matching.queries_asked import told_on
from jobcenter.matching.queries_facts import DIARY, LIMIT, Bonds, bonds_in, bonds_parts
from jobcenter.orders.gigs.domain import Diary, OfferStatus
from jobcenter.orders.gigs.queries_diaries import engagement, live_gigs

NOTHING = (
    cast(null(), String).label("state"),
    cast(null(), Numeric).label("left"),
    cast(null(), UtcDateTime).label("starts_at"),
    cast(null(), UtcDateTime).label("ends_at"),
)


@dataclass(frozen=True)
class Known:
    """Bonds, gigs that people have and that they are offered, and limits; None of whom no limit was ever told."""

    bonds: Bonds
    held: Diary
    offered: Diary
    limits: Mapping[int, tuple[LimitLeft, ...]]


def known_of(gig: GigFacts, worker_ids: Collection[int], window: tuple[datetime, datetime]) -> Known:
    """What is known of these workers that a gig may run against; gigs within `window`."""
    start, end = window
    values = {"workers": list(worker_ids), "start": start, "end": end, "day": gig.span.first_day}
    rows = db.session.execute(_all_known(), values).all()
    held, offered = _diaries(row for row in rows if row.what == DIARY)
    limits = _told(gig, (row for row in rows if row.what == LIMIT))
    return Known(bonds_in(rows, worker_ids), held, offered, limits)


@cache
def _all_known() -> CompoundSelect:
    """Put together once: the desk asks for it on every page."""
    workers = bindparam("workers", expanding=True)
    plain = [part.add_columns(*NOTHING) for part in bonds_parts(workers)]
    return union_all(*plain, _diary(workers), _limits(workers))


def _diary(workers: Any) -> Select:
    found = live_gigs(workers, bindparam("start"), bindparam("end")).subquery("live").c
    status, nothing = cast(found.status, String), NOTHING[:2]
    facts = (found.worker_id, status, found.id, found.break_minutes, *nothing, found.starts_at, found.ends_at)
    return select(literal(DIARY), *facts)


def _diaries(rows: Iterable[Row[Any]]) -> tuple[Diary, Diary]:
    held, offered = Diary(), Diary()
    for row in sorted(rows, key=lambda row: (row.starts_at, row.other_id)):
        diary = offered if row.word == OfferStatus.OFFERED else held
        diary.take(row.worker_id, engagement(row.other_id, row.starts_at, row.ends_at, row.number))
    return held, offered


def _limits(workers: Any) -> Select:
    told, times = LimitSnapshot, NOTHING[2:]
    facts = (told.worker_id, told.rule, literal(0), told.hours_with_agreed, cast(told.state_with_agreed, String))
    query = select(literal(LIMIT), *facts, cast(told.left_with_agreed, Numeric), *times)
    return query.where(told.worker_id.in_(workers), told_on(bindparam("day", type_=Date())))


def _told(gig: GigFacts, rows: Iterable[Row[Any]]) -> dict[int, tuple[LimitLeft, ...]]:
    """How far the limits on the gig's day are, by worker; the tightest first, those that only shrink after them.

    A benefit that shrinks little by little is never taken over: it is told of, and stops nothing.
    """
    found: dict[int, list[LimitLeft]] = defaultdict(list)
    for row in rows:
        rule, state, shrinks = row.word, LimitState(row.state), row.word in REDUCTIONS
        over = row.left is not None and not shrinks and _goes_over(gig, rule, state, Decimal(row.left))
        known = state not in UNKNOWN
        found[row.worker_id].append(LimitLeft(rule, row.number, over=over, known=known, shrinks=shrinks))
    return {worker_id: tuple(sorted(limits, key=_tightest)) for worker_id, limits in found.items()}


def _tightest(limit: LimitLeft) -> tuple[Any, ...]:
    return limit.shrinks, limit.hours is None, limit.hours, limit.rule


def _goes_over(gig: GigFacts, rule: str, state: LimitState, ahead: Decimal) -> bool:
    """Whether the gig takes a limit over. One that is only near though nothing is left is not over by a gig more."""
    if gig.pay is None or (state is LimitState.NEAR and ahead <= 0):
        return False
    return _breaks(rule, gig.form, gig.pay * adds_at_most(rule, gig.span.first_day), ahead)


def _breaks(rule: str, form: ContractForm, pay: Decimal, ahead: Decimal) -> bool:
    """Whether a gig's pay, in this form, takes a limit over of which `ahead` is left: by the rule's own comparison.

    Some limits look at assignment income only. A rule without a figure of its own is read strictly.
    """
    figure = measure_of(rule)
    if figure is None:
        return pay >= ahead
    counts = form is ContractForm.ASSIGNMENT or figure.basis is not Basis.GROSS_ASSIGNMENT_INCOME
    return counts and figure.comparison.broken(pay, ahead)
