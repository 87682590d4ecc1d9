"""Finding bailiffs' payment prohibitions, what is left of their debts, and workers' personal identity codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal

from sqlalchemy import Select, exists, func, or_, select

from jobcenter.auth.domain import Actor
from jobcenter.billing.payruns.domain import Payer
from jobcenter.billing.payruns.domain_enforcement import Prohibition
from jobcenter.billing.payruns.models import EnforcementOrder, Payee, PayItem, PayItemEnforcement, PayRun
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound
from jobcenter.core.money import ZERO
from jobcenter.workers.queries import coordinated_worker_for


def prohibitions_of(worker_ids: Collection[int]) -> dict[int, tuple[Prohibition, ...]]:
    """The prohibitions of some workers, with what is left of each debt after the lists made so far, in one query."""
    held = PayItemEnforcement.order_id == EnforcementOrder.id, PayItemEnforcement.live
    taken = select(func.sum(PayItemEnforcement.amount)).where(*held).scalar_subquery()
    query = select(EnforcementOrder, taken).where(EnforcementOrder.worker_id.in_(worker_ids))
    found: dict[int, list[Prohibition]] = defaultdict(list)
    for order, so_far in db.session.execute(query.order_by(EnforcementOrder.valid_from, EnforcementOrder.id)):
        found[order.worker_id].append(_prohibition(order, so_far or ZERO))
    return {worker_id: tuple(prohibitions) for worker_id, prohibitions in found.items()}


def orders_of(worker_ids: Collection[int]) -> list[EnforcementOrder]:
    """The prohibitions of some workers, the oldest first."""
    query = select(EnforcementOrder).where(EnforcementOrder.worker_id.in_(worker_ids))
    return list(db.session.scalars(query.order_by(EnforcementOrder.valid_from, EnforcementOrder.id)))


def order_for(actor: Actor, order_id: int) -> EnforcementOrder:
    """A prohibition of a worker whom the actor coordinates, locked. Raises NotFound."""
    order = db.session.get(EnforcementOrder, order_id, with_for_update=True)
    if order is None:
        raise NotFound
    coordinated_worker_for(actor, order.worker_id)
    return order


def enforcement_of(item_ids: Collection[int]) -> list[PayItemEnforcement]:
    """What is paid on for debts of some items."""
    query = select(PayItemEnforcement).where(PayItemEnforcement.pay_item_id.in_(item_ids))
    return list(db.session.scalars(query.order_by(PayItemEnforcement.id)))


def changed_since(run: PayRun) -> bool:
    """Whether a prohibition for somebody whom a list pays was told after it was made, or ends before its pay day."""
    order = EnforcementOrder
    told = (
        select(order.id)
        .join(PayItem, PayItem.worker_id == order.worker_id)
        .where(PayItem.pay_run_id == run.id, PayItem.payer == Payer.JOBCENTER, order.told_at > run.made_at)
        .where(order.valid_from <= run.pay_on, or_(order.valid_to.is_(None), order.valid_to >= run.pay_on))
    )
    ended = (
        select(PayItemEnforcement.id)
        .join(PayItem, PayItem.id == PayItemEnforcement.pay_item_id)
        .join(order, order.id == PayItemEnforcement.order_id)
        .where(PayItem.pay_run_id == run.id, order.valid_to < run.pay_on)
    )
    return bool(db.session.scalar(select(or_(told.exists(), ended.exists(), _begun_since(run).exists()))))


def _begun_since(run: PayRun) -> Select[tuple[int]]:
    """Prohibitions told before a list was made that hold on its day now, since the bank refused its file and the day
    moved, and of which it takes nothing.
    """
    order = EnforcementOrder
    taken = exists().where(PayItemEnforcement.pay_item_id == PayItem.id, PayItemEnforcement.order_id == order.id)
    return (
        select(order.id)
        .join(PayItem, PayItem.worker_id == order.worker_id)
        .where(PayItem.pay_run_id == run.id, PayItem.payer == Payer.JOBCENTER, run.file_number > 1, ~taken)
        .where(order.valid_from > clock.day_of(run.made_at), order.valid_from <= run.pay_on)
        .where(or_(order.valid_to.is_(None), order.valid_to >= run.pay_on))
    )


def payee_of(worker_id: int) -> Payee | None:
    """What was told of a worker for the Incomes Register."""
    return db.session.get(Payee, worker_id, populate_existing=True)


def taken_by_orders_of(worker_id: int) -> dict[int, Decimal]:
    """What the lists made so far take of a worker's pay, by prohibition."""
    return _taken_by(order.id for order in orders_of([worker_id]))


def personal_ids_of(worker_ids: Collection[int]) -> dict[int, str]:
    """The personal identity codes that were told, by worker."""
    query = select(Payee.worker_id, Payee.personal_id).where(Payee.worker_id.in_(worker_ids))
    return dict(db.session.execute(query).all())


def _taken_by(order_ids: Iterable[int]) -> dict[int, Decimal]:
    """What the lists made so far take, by prohibition."""
    taken = func.sum(PayItemEnforcement.amount)
    query = select(PayItemEnforcement.order_id, taken).where(
        PayItemEnforcement.order_id.in_(list(order_ids)), PayItemEnforcement.live
    )
    return dict(db.session.execute(query.group_by(PayItemEnforcement.order_id)).all())


def _prohibition(order: EnforcementOrder, taken: Decimal) -> Prohibition:
    return Prohibition(
        id=order.id,
        valid_from=order.valid_from,
        valid_to=order.valid_to,
        share_percent=order.share_percent,
        protected=order.protected,
        most_left=None if order.debt is None else max(order.debt - taken, ZERO),
        payee=order.payee,
        iban=order.iban,
        reference=order.reference,
    )
