"""Noting and taking back ties, for coordinators.

The log of a tie stands at both workers: names of others are kept out of it, ids are in.
"""

from __future__ import annotations

from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.uow import flush, register_clash
from jobcenter.matching.ties import queries
from jobcenter.matching.ties.domain import AddBlock, AddTie, ordered
from jobcenter.matching.ties.models import OrdererBlock, WorkerTie
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import coordinated_worker_for
from jobcenter.workers.service import record

register_clash("uq_worker_tie_first_id_second_id", lambda: AlreadyDone("tie_already"))
register_clash("uq_orderer_block_organisation_id_worker_id", lambda: AlreadyDone("block_already"))


def add_tie(actor: Actor, worker_id: int, new: AddTie) -> None:
    """Note how two workers stand to each other; a tie that the pair has already is changed. Raises AlreadyDone."""
    worker = coordinated_worker_for(actor, worker_id, lock=True)
    first_id, second_id = ordered(worker.id, new.other_id)
    other = queries.other_worker(worker, new.other_id)
    tie = queries.tie_between(first_id, second_id)
    before = _facts(tie) if tie else None
    if before == {"kind": new.kind, "reason": new.reason}:
        raise AlreadyDone("tie_already")
    tie = tie or WorkerTie(first_id=first_id, second_id=second_id)
    tie.kind, tie.reason, tie.noted_by, tie.noted_at = new.kind, new.reason, actor.name, clock.now()
    db.session.add(tie)
    flush()
    _record_both(actor, "note_tie", (worker, other), before, _facts(tie))


def remove_tie(actor: Actor, worker_id: int, tie_id: int) -> None:
    """The tie holds no longer."""
    worker = coordinated_worker_for(actor, worker_id, lock=True)
    tie = queries.tie_of(worker, tie_id)
    other = queries.other_worker(worker, tie.second_id if tie.first_id == worker.id else tie.first_id)
    _record_both(actor, "remove_tie", (worker, other), _facts(tie), None)
    db.session.delete(tie)


def add_block(actor: Actor, worker_id: int, new: AddBlock) -> None:
    """Note that a worker is not sent to an orderer, or another reason for it. Raises AlreadyDone."""
    worker = coordinated_worker_for(actor, worker_id, lock=True)
    orderer = queries.orderer_here(worker, new.organisation_id)
    block = queries.block_between(orderer.id, worker.id)
    before = _block_facts(block) if block else None
    if block and block.reason == new.reason:
        raise AlreadyDone("block_already")
    block = block or OrdererBlock(organisation_id=orderer.id, worker_id=worker.id)
    block.reason, block.noted_by, block.noted_at = new.reason, actor.name, clock.now()
    db.session.add(block)
    flush()
    record(actor, "note_orderer_block", worker, before, _block_facts(block))


def remove_block(actor: Actor, worker_id: int, block_id: int) -> None:
    """The worker can be sent to the orderer again."""
    worker = coordinated_worker_for(actor, worker_id, lock=True)
    block = queries.block_of(worker, block_id)
    record(actor, "remove_orderer_block", worker, _block_facts(block))
    db.session.delete(block)


def _facts(tie: WorkerTie) -> dict[str, Any]:
    return {"kind": tie.kind, "reason": tie.reason}


def _block_facts(block: OrdererBlock) -> dict[str, Any]:
    return {"organisation_id": block.organisation_id, "reason": block.reason}


def _record_both(
    actor: Actor, verb: str, pair: tuple[Worker, Worker], before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    one, other = pair
    for worker, beside in ((one, other), (other, one)):
        with_whom = {"other_id": beside.id}
        record(actor, verb, worker, before and before | with_whom, after and after | with_whom)
