"""What the rules need beyond profiles and diaries: what has been between people, tasks and orderers, who must not
meet, and who of a gig's people is new. Each in one query, however many people there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, select, union_all

from jobcenter.core.db import db
from jobcenter.matching.domain import NO_HISTORY, History
from jobcenter.matching.plan.domain import Part
from jobcenter.matching.soft import EXPERIENCED_FROM, NEWCOMER_AT_MOST, Company
from jobcenter.matching.ties.domain import TieKind
from jobcenter.matching.ties.models import OrdererBlock, WorkerTie
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
GIGS, RATED, TIE, WEIGHT, DIARY, LIMIT = "gigs", "rated", "tie", "weight", "diary", "limit"


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


def bonds_parts(worker_ids: Collection[int]) -> tuple[Select, ...]:
    """What `bonds_in` reads: what it is, the worker, a word, another id, a number."""
    return _gigs_done(worker_ids), _feedback(worker_ids), *_ties(worker_ids)


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


def _gigs_done(worker_ids: Collection[int]) -> Select:
    """Gigs done by worker, task and orderer."""
    query = select(
        literal(GIGS).label("what"),
        Offer.worker_id,
        cast(Order.category, String).label("word"),
        Order.organisation_id.label("other_id"),
        func.count().label("number"),
    )
    query = query.join(Offer.gig).join(Gig.order).where(Offer.worker_id.in_(worker_ids))
    return query.where(Offer.status == OfferStatus.DONE).group_by(
        Offer.worker_id, Order.category, Order.organisation_id
    )


def _feedback(worker_ids: Collection[int]) -> Select:
    query = select(
        literal(RATED), Feedback.worker_id, cast(Feedback.how_it_went, String), Order.organisation_id, func.count()
    )
    query = query.join(Feedback.gig).join(Gig.order).where(Feedback.worker_id.in_(worker_ids))
    return query.group_by(Feedback.worker_id, Feedback.how_it_went, Order.organisation_id)


def _ties(worker_ids: Collection[int]) -> tuple[Select, Select]:
    """Each pair from both sides."""
    sides = ((WorkerTie.first_id, WorkerTie.second_id), (WorkerTie.second_id, WorkerTie.first_id))
    first, second = (
        select(literal(TIE), one, cast(WorkerTie.kind, String), other, literal(1)).where(one.in_(worker_ids))
        for one, other in sides
    )
    return first, second


@dataclass(frozen=True)
class Around:
    """Who is on a gig already or is asked, by name, who of them is new or experienced, who is not sent there, and how
    much each soft rule counts in its Jobcenter.
    """

    names: Mapping[int, str]
    company: Company
    blocked: frozenset[int]
    weights: Weights = field(default_factory=lambda: DEFAULTS)

    @property
    def people(self) -> frozenset[int]:
        return frozenset(self.names)


NOBODY_AROUND = Around({}, Company(), frozenset())


def around(gig: Gig, statuses: Collection[OfferStatus] = LIVE) -> Around:
    """What is around a whole gig, in one query; its people are those whose offers have one of these states."""
    names = {offer.worker_id: offer.worker.name for offer in offers_of(gig) if offer.status in statuses}
    done, blocked, weights = dict.fromkeys(names, 0), set(), {}
    parts = (_gigs_done_by(names), _not_sent_to(gig.order.organisation_id), _weights(gig.jobcenter_id))
    for what, id_, word, number in db.session.execute(union_all(*parts)):
        if what == GIGS:
            done[id_] = number
        elif what == TIE:
            blocked.add(id_)
        else:
            weights[Part(word)] = number
    return Around(names, company_of(done), frozenset(blocked), with_defaults(weights))


def _gigs_done_by(worker_ids: Collection[int]) -> Select:
    query = select(
        literal(GIGS).label("what"), Offer.worker_id, literal("").label("word"), func.count().label("number")
    )
    query = query.where(Offer.worker_id.in_(worker_ids), Offer.status == OfferStatus.DONE)
    return query.group_by(Offer.worker_id)


def _not_sent_to(organisation_id: int | None) -> Select:
    query = select(literal(TIE), OrdererBlock.worker_id, literal(""), literal(0))
    return query.where(OrdererBlock.organisation_id == organisation_id)


def _weights(jobcenter_id: int) -> Select:
    query = select(literal(WEIGHT), SoftWeight.jobcenter_id, cast(SoftWeight.rule, String), SoftWeight.weight)
    return query.where(SoftWeight.jobcenter_id == jobcenter_id)


def company_of(done: Mapping[int, int]) -> Company:
    """Who is new and who experienced, by how many gigs each has done."""
    return Company(
        newcomers=frozenset(worker_id for worker_id, times in done.items() if times <= NEWCOMER_AT_MOST),
        experienced=frozenset(worker_id for worker_id, times in done.items() if times >= EXPERIENCED_FROM),
    )


def place_of(gig: Gig) -> tuple[str, str]:
    """The area and the postcode where a gig is done; "" is not known. A place of its own is in no known area."""
    return ("", postcode_in(gig.place)) if gig.place else (gig.order.area, gig.order.postcode)


def people_apart(worker_ids: Collection[int]) -> frozenset[tuple[int, int]]:
    """The pairs of these people who must not meet, lower id first."""
    both = (WorkerTie.first_id.in_(worker_ids), WorkerTie.second_id.in_(worker_ids))
    query = select(WorkerTie.first_id, WorkerTie.second_id).where(WorkerTie.kind == TieKind.APART, *both)
    return frozenset((first, second) for first, second in db.session.execute(query))


def tied_to(worker_ids: Collection[int], kind: TieKind) -> Select:
    """The ids of workers who have such a tie with one of these; a part for other queries."""
    one = select(WorkerTie.second_id).where(WorkerTie.first_id.in_(worker_ids), WorkerTie.kind == kind)
    other = select(WorkerTie.first_id).where(WorkerTie.second_id.in_(worker_ids), WorkerTie.kind == kind)
    return one.union_all(other)
