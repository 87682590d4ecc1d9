"""What the rules need beyond profiles and diaries: what has been between people, tasks and orderers, who must not
meet, and who of a gig's people is new. Each in one query, however many people there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, bindparam, cast, func, literal, select, union_all

from jobcenter.core.db import db
from jobcenter.matching.domain import NO_HISTORY, History
from jobcenter.matching.plan.domain import Part
from jobcenter.matching.soft import EXPERIENCED_FROM, NEWCOMER_AT_MOST, Company
from jobcenter.matching.ties.domain import TieKind
from jobcenter.matching.ties.queries import blocks_of_persons, ties_of_persons
from jobcenter.matching.weights.domain import DEFAULTS, Weights, with_defaults
from jobcenter.matching.weights.models import SoftWeight
from jobcenter.orders.feedback.domain import HowItWent
from jobcenter.orders.feedback.models import Feedback
from jobcenter.orders.gigs.domain import LIVE, OfferStatus
from jobcenter.orders.gigs.models import Gig, Offer
from jobcenter.orders.gigs.queries import offers_of
from jobcenter.orders.intake.models import Order
from jobcenter.workers.places import postcode_in

RATINGS = {HowItWent.WELL: 5, HowItWent.ALL_RIGHT: 3, HowItWent.NOT_WELL: 1}
GIGS, RATED, TIE, BLOCK, WEIGHT, DIARY, LIMIT = "gigs", "rated", "tie", "block", "weight", "diary", "limit"


@dataclass(frozen=True)
class Bonds:
    """What has been between some people and others, and whom each must not meet, by worker id."""

    histories: Mapping[int, History] = field(default_factory=dict)
    apart: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def history_of(self, worker_id: int) -> History:
        return self.histories.get(worker_id, NO_HISTORY)

    def avoided_by(self, worker_id: int) -> frozenset[int]:
        return self.apart.get(worker_id, frozenset())


def bonds_of(worker_ids: Collection[int]) -> Bonds:
    """The bonds of these workers, in one query. Ratings are the mean of an orderer's feedback, 1 to 5."""
    return bonds_in(db.session.execute(union_all(*bonds_parts(worker_ids))), worker_ids)


def bonds_parts(workers: Any) -> tuple[Select, ...]:
    """What `bonds_in` reads of workers by id: what it is, the worker, a word, another id, a number."""
    return _gigs_done(workers), _feedback(workers), *_ties(workers)


def bonds_in(rows: Iterable[Sequence[Any]], worker_ids: Collection[int]) -> Bonds:
    """The bonds in the rows of `bonds_parts`; columns that follow are passed over."""
    done, known = defaultdict(lambda: defaultdict(int)), defaultdict(lambda: defaultdict(int))
    marks, ties = defaultdict(lambda: defaultdict(list)), defaultdict(lambda: defaultdict(set))
    for what, worker_id, word, other_id, number, *_more in rows:
        if what == TIE:
            ties[TieKind(word)][worker_id].add(other_id)
        elif what == RATED:
            marks[worker_id][other_id] += [RATINGS[HowItWent(word)]] * number
        elif what == GIGS:
            done[worker_id][word] += number
            known[worker_id][other_id] += number
    likes = ties[TieKind.TOGETHER]
    histories = {
        worker_id: History(
            done=dict(done[worker_id]),
            known=dict(known[worker_id]),
            rated={orderer: Decimal(sum(given)) / len(given) for orderer, given in marks[worker_id].items()},
            likes=frozenset(likes[worker_id]),
        )
        for worker_id in worker_ids
    }
    return Bonds(histories, {one: frozenset(others) for one, others in ties[TieKind.APART].items()})


def _gigs_done(workers: Any) -> Select:
    """Gigs done by worker, task and orderer."""
    query = select(
        literal(GIGS).label("what"),
        Offer.worker_id,
        cast(Order.category, String).label("word"),
        Order.organisation_id.label("other_id"),
        func.count().label("number"),
    )
    query = query.join(Offer.gig).join(Gig.order).where(Offer.worker_id.in_(workers))
    return query.where(Offer.status == OfferStatus.DONE).group_by(
        Offer.worker_id, Order.category, Order.organisation_id
    )


def _feedback(workers: Any) -> Select:
    query = select(
        literal(RATED), Feedback.worker_id, cast(Feedback.how_it_went, String), Order.organisation_id, func.count()
    )
    query = query.join(Feedback.gig).join(Gig.order).where(Feedback.worker_id.in_(workers))
    return query.group_by(Feedback.worker_id, Feedback.how_it_went, Order.organisation_id)


def _ties(workers: Any) -> Iterable[Select]:
    for part in ties_of_persons(workers):
        tie = part.selected_columns
        yield part.with_only_columns(literal(TIE), tie.worker_id, cast(tie.kind, String), tie.other_id, literal(1))


@dataclass(frozen=True)
class Around:
    """Who is on a gig already or is asked, by name, who of them is new or experienced, who is not sent there, who must
    not meet one of them (`apart`) and who likes to (`friends`), and how much each soft rule counts in its Jobcenter.
    """

    names: Mapping[int, str]
    company: Company
    blocked: frozenset[int]
    apart: frozenset[int] = frozenset()
    friends: frozenset[int] = frozenset()
    weights: Weights = field(default_factory=lambda: DEFAULTS)

    @property
    def people(self) -> frozenset[int]:
        return frozenset(self.names)


NOBODY_AROUND = Around({}, Company(), frozenset())


def around(gig: Gig, statuses: Collection[OfferStatus] = LIVE) -> Around:
    """What is around a whole gig, in one query; its people are those whose offers have one of these states."""
    names = {offer.worker_id: offer.worker.name for offer in offers_of(gig) if offer.status in statuses}
    done, blocked, weights = dict.fromkeys(names, 0), set(), {}
    tied: dict[TieKind, set[int]] = {kind: set() for kind in TieKind}
    values = {"people": list(names), "orderers": [gig.order.organisation_id], "jobcenter": gig.jobcenter_id}
    for what, id_, word, number in db.session.execute(_what_is_around(), values):
        if what == GIGS:
            done[id_] = number
        elif what == BLOCK:
            blocked.add(id_)
        elif what == TIE:
            tied[TieKind(word)].add(id_)
        else:
            weights[Part(word)] = number
    return Around(
        names=names,
        company=company_of(done),
        blocked=frozenset(blocked),
        apart=frozenset(tied[TieKind.APART]),
        friends=frozenset(tied[TieKind.TOGETHER]),
        weights=with_defaults(weights),
    )


@cache
def _what_is_around() -> CompoundSelect:
    """What it is, a worker or the Jobcenter, a word, a number; put together once."""
    people = bindparam("people", expanding=True)
    done = select(literal(GIGS).label("what"), Offer.worker_id, literal("").label("word"), func.count().label("number"))
    done = done.where(Offer.worker_id.in_(people), Offer.status == OfferStatus.DONE).group_by(Offer.worker_id)
    blocks = blocks_of_persons(bindparam("orderers", expanding=True))
    blocks = blocks.with_only_columns(literal(BLOCK), blocks.selected_columns.worker_id, literal(""), literal(0))
    weights = select(literal(WEIGHT), SoftWeight.jobcenter_id, cast(SoftWeight.rule, String), SoftWeight.weight)
    weights = weights.where(SoftWeight.jobcenter_id == bindparam("jobcenter"))
    return union_all(done, blocks, weights, *_tied_to(people))


def _tied_to(people: Any) -> Iterable[Select]:
    for part in ties_of_persons(people):
        tie = part.selected_columns
        yield part.with_only_columns(literal(TIE), tie.other_id, cast(tie.kind, String), literal(0))


def company_of(done: Mapping[int, int]) -> Company:
    """Who is new and who experienced, by how many gigs each has done."""
    return Company(
        newcomers=frozenset(worker_id for worker_id, times in done.items() if times <= NEWCOMER_AT_MOST),
        experienced=frozenset(worker_id for worker_id, times in done.items() if times >= EXPERIENCED_FROM),
    )


def place_of(gig: Gig) -> tuple[str, str]:
    """The area and the postcode where a gig is done; "" is not known. A place of its own is in no known area."""
    return ("", postcode_in(gig.place)) if gig.place else (gig.order.area, gig.order.postcode)
