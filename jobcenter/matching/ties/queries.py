"""Finding a worker's ties, and with whom new ones can be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select
from sqlalchemy.orm import aliased

from jobcenter.auth.domain import full_name
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.matching.ties.domain import TieKind
from jobcenter.matching.ties.models import OrdererBlock, WorkerTie
from jobcenter.orders.organisations.models import Organisation
from jobcenter.workers.models import Worker
from jobcenter.workers.queries_names import named
from jobcenter.workers.same_person import same_person

MOST_FOUND = 20


@dataclass(frozen=True)
class TieRow:
    """A tie as the page of one of the two lists it."""

    id: int
    kind: TieKind
    other: str
    reason: str
    noted_by: str
    noted_at: datetime


@dataclass(frozen=True)
class BlockRow:
    """An orderer to whom the worker is not sent."""

    id: int
    orderer: str
    reason: str
    noted_by: str
    noted_at: datetime


def ties_of(worker: Worker) -> list[TieRow]:
    """The worker's ties by the other's name."""
    other_id = case((WorkerTie.first_id == worker.id, WorkerTie.second_id), else_=WorkerTie.first_id)
    query = select(WorkerTie, Worker.given_name, Worker.family_name).join(Worker, Worker.id == other_id)
    rows = db.session.execute(query.where(_concerns(worker)).order_by(Worker.given_name, Worker.family_name))
    return [
        TieRow(tie.id, tie.kind, full_name(given, family), tie.reason, tie.noted_by, tie.noted_at)
        for tie, given, family in rows
    ]


def tie_of(worker: Worker, tie_id: int) -> WorkerTie:
    """One of the worker's ties. Raises NotFound."""
    return or_not_found(db.session.scalar(select(WorkerTie).where(WorkerTie.id == tie_id, _concerns(worker))))


def _concerns(worker: Worker) -> ColumnElement[bool]:
    return or_(WorkerTie.first_id == worker.id, WorkerTie.second_id == worker.id)


def tie_between(first_id: int, second_id: int) -> WorkerTie | None:
    """The tie of a pair, lower id first."""
    query = select(WorkerTie).where(WorkerTie.first_id == first_id, WorkerTie.second_id == second_id)
    return db.session.scalar(query)


def ties_of_persons(workers: Any) -> tuple[Select, Select]:
    """`worker_id`, `kind` and `other_id`, each pair from both sides: a part for other queries. A tie is between
    persons: it holds in every Jobcenter where both are, whichever of them noted it.
    """
    sides = (WorkerTie.first_id, WorkerTie.second_id)
    return _seen_from(workers, *sides), _seen_from(workers, *reversed(sides))


def _seen_from(workers: Any, own: Any, others: Any) -> Select:
    mine, noted, noted_other, other = (aliased(Worker) for _row in range(4))
    query = select(mine.id.label("worker_id"), WorkerTie.kind, other.id.label("other_id")).select_from(mine)
    query = query.join(noted, same_person(noted, mine)).join(WorkerTie, own == noted.id)
    query = query.join(noted_other, noted_other.id == others).join(other, same_person(other, noted_other))
    return query.where(mine.id.in_(workers), other.jobcenter_id == mine.jobcenter_id)


def blocks_of_persons(organisations: Any) -> Select:
    """`organisation_id` and `worker_id` of those who are not sent to these orderers, whichever Jobcenter noted it of a
    person: a part for other queries. An orderer of another Jobcenter is the same when Y-tunnus and name are.
    """
    asked, blocked, noted, person = aliased(Organisation), aliased(Organisation), aliased(Worker), aliased(Worker)
    elsewhere = and_(blocked.jobcenter_id != asked.jobcenter_id, blocked.business_id == asked.business_id)
    same_orderer = or_(blocked.id == asked.id, and_(elsewhere, blocked.name == asked.name))
    query = select(asked.id.label("organisation_id"), person.id.label("worker_id")).select_from(asked)
    query = query.join(blocked, same_orderer).join(OrdererBlock, OrdererBlock.organisation_id == blocked.id)
    query = query.join(noted, noted.id == OrdererBlock.worker_id).join(person, same_person(person, noted))
    return query.where(asked.id.in_(organisations), person.jobcenter_id == asked.jobcenter_id)


def noted_elsewhere(worker: Worker) -> bool:
    """Whether another Jobcenter has noted something of the person that the rules heed here too: not what, nor where."""
    mine = aliased(Worker)
    others = select(Worker.id).join(mine, same_person(mine, Worker)).where(mine.id == worker.id, Worker.id != worker.id)
    tied = or_(WorkerTie.first_id.in_(others), WorkerTie.second_id.in_(others))
    found = (select(WorkerTie.id).where(tied), select(OrdererBlock.id).where(OrdererBlock.worker_id.in_(others)))
    return bool(db.session.scalar(select(or_(*(query.exists() for query in found)))))


def blocks_of(worker: Worker) -> list[BlockRow]:
    """The orderers to whom the worker is not sent, by name."""
    query = select(OrdererBlock, Organisation.name).join(Organisation, Organisation.id == OrdererBlock.organisation_id)
    rows = db.session.execute(query.where(OrdererBlock.worker_id == worker.id).order_by(Organisation.name))
    return [BlockRow(block.id, name, block.reason, block.noted_by, block.noted_at) for block, name in rows]


def block_of(worker: Worker, block_id: int) -> OrdererBlock:
    """One of the worker's blocks. Raises NotFound."""
    query = select(OrdererBlock).where(OrdererBlock.id == block_id, OrdererBlock.worker_id == worker.id)
    return or_not_found(db.session.scalar(query))


def block_between(organisation_id: int, worker_id: int) -> OrdererBlock | None:
    """The block of a pair."""
    pair = (OrdererBlock.organisation_id == organisation_id, OrdererBlock.worker_id == worker_id)
    return db.session.scalar(select(OrdererBlock).where(*pair))


def others_named(worker: Worker, text: str) -> Sequence[tuple[int, str]]:
    """The first other active workers of the same Jobcenter whose names have these words: ids and names."""
    query = select(Worker.id, Worker.given_name, Worker.family_name).where(
        Worker.jobcenter_id == worker.jobcenter_id, Worker.id != worker.id, Worker.active, named(text)
    )
    rows = db.session.execute(query.order_by(Worker.given_name, Worker.family_name, Worker.id).limit(MOST_FOUND))
    return [(id_, full_name(given, family)) for id_, given, family in rows]


def other_worker(worker: Worker, other_id: int) -> Worker:
    """Another worker of the same Jobcenter. Raises NotFound."""
    return or_not_found(
        db.session.scalar(select(Worker).where(Worker.id == other_id, Worker.jobcenter_id == worker.jobcenter_id))
    )


def orderers_named(worker: Worker, text: str) -> Sequence[tuple[int, str]]:
    """The first orderers of the worker's Jobcenter whose names have these words: ids and names."""
    words = (Organisation.name.icontains(word, autoescape=True) for word in text.split())
    query = select(Organisation.id, Organisation.name).where(Organisation.jobcenter_id == worker.jobcenter_id, *words)
    return [(id_, name) for id_, name in db.session.execute(query.order_by(Organisation.name).limit(MOST_FOUND))]


def orderer_here(worker: Worker, organisation_id: int) -> Organisation:
    """An orderer of the worker's Jobcenter. Raises NotFound."""
    here = (Organisation.id == organisation_id, Organisation.jobcenter_id == worker.jobcenter_id)
    return or_not_found(db.session.scalar(select(Organisation).where(*here)))
