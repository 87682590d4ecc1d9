"""What is told of a worker for pay: the personal identity code, bailiffs' payment prohibitions."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from jobcenter.auth.domain import Actor
from jobcenter.billing.payruns import domain_enforcement, queries_enforcement
from jobcenter.billing.payruns.domain_enforcement import OrderTold
from jobcenter.billing.payruns.models import EnforcementOrder, Payee
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.uow import flush
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import coordinated_worker_for


def tell_personal_id(actor: Actor, worker_id: int, text: str) -> Payee:
    """Keep a worker's personal identity code, masked on the log. Raises PersonalIdWrong, AlreadyDone, NotFound."""
    worker = coordinated_worker_for(actor, worker_id, lock=True)
    code = domain_enforcement.personal_id(text)
    payee = queries_enforcement.payee_of(worker.id)
    if payee is None:
        payee = Payee(worker_id=worker.id, personal_id="")
        db.session.add(payee)
    if payee.personal_id == code:
        raise AlreadyDone("personal_id_already")
    before = _masked(payee)
    payee.personal_id, payee.told_by, payee.told_at = code, actor.name, clock.now()
    flush()
    scope = {"jobcenter_id": worker.jobcenter_id}
    audit.record(actor, "payee.tell_personal_id", "worker", worker.id, before, _masked(payee), **scope)
    return payee


def add_order(actor: Actor, worker_id: int, told: OrderTold) -> EnforcementOrder:
    """Keep a payment prohibition: from the next list on it is followed. Raises OrderWrong, NotFound."""
    worker = coordinated_worker_for(actor, worker_id, lock=True)
    told.check()
    order = EnforcementOrder(worker_id=worker.id, told_by=actor.name, told_at=clock.now(), **asdict(told))
    db.session.add(order)
    flush()
    _record(actor, "enforcement.add", worker, order, before=None)
    return order


def end_order(actor: Actor, order_id: int, valid_to: date) -> EnforcementOrder:
    """Give a prohibition its last day. Raises OrderWrong, AlreadyDone, NotFound."""
    order = queries_enforcement.order_for(actor, order_id)
    domain_enforcement.check_days(order.valid_from, valid_to)
    if order.valid_to == valid_to:
        raise AlreadyDone("enforcement_ended_already")
    before = _facts(order)
    order.valid_to = valid_to
    flush()
    _record(actor, "enforcement.end", coordinated_worker_for(actor, order.worker_id), order, before)
    return order


# The pieces


def _masked(payee: Payee) -> dict[str, str]:
    return {"personal_id": domain_enforcement.masked_personal_id(payee.personal_id)}


def _record(actor: Actor, verb: str, worker: Worker, order: EnforcementOrder, before: dict[str, Any] | None) -> None:
    scope = {"jobcenter_id": worker.jobcenter_id}
    audit.record(actor, verb, "enforcement_order", order.id, before, _facts(order), **scope)


def _facts(order: EnforcementOrder) -> dict[str, Any]:
    return {name: getattr(order, name) for name in ("worker_id", *OrderTold.__dataclass_fields__)}
