"""A worker's benefits as they were told."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from jobcenter.auth.domain import Actor
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound, or_not_found
from jobcenter.workers.domain import BenefitTold, ConsentPurpose
from jobcenter.workers.models import HeldBenefit, TaxCard, Worker
from jobcenter.workers.policy import can_change_bank, can_decide_consent
from jobcenter.workers.queries import consent_in_force, worker_for


def worker_with_benefits_for(actor: Actor, worker_id: int, *, lock: bool = False) -> Worker:
    """The worker, for those who may see and tell benefits: the person, the coordinator, and with the worker's consent a
    support person. Raises NotFound.
    """
    worker = worker_for(actor, worker_id, lock=lock)
    if can_decide_consent(actor, worker) or consent_in_force(worker.id, ConsentPurpose.SUPPORT_SEES_EARNINGS):
        return worker
    raise NotFound


def worker_with_money_for(actor: Actor, worker_id: int, *, lock: bool = False) -> Worker:
    """The worker, for those who say where money is paid: the person and the coordinator. Raises NotFound."""
    worker = worker_for(actor, worker_id, lock=lock)
    if can_change_bank(actor, worker):
        return worker
    raise NotFound


def benefits_of(worker: Worker) -> list[HeldBenefit]:
    """Everything that a worker is known to receive or to have received, the latest begun first."""
    query = select(HeldBenefit).where(HeldBenefit.worker_id == worker.id)
    return list(db.session.scalars(query.order_by(HeldBenefit.starts_on.desc(), HeldBenefit.id.desc())))


def current_benefits_of(worker: Worker, on: date) -> list[HeldBenefit]:
    """What a worker receives on a day or later, in the order told."""
    query = select(HeldBenefit).where(
        HeldBenefit.worker_id == worker.id, or_(HeldBenefit.ends_on.is_(None), HeldBenefit.ends_on >= on)
    )
    return list(db.session.scalars(query.order_by(HeldBenefit.id)))


def benefit_of(worker: Worker, benefit_id: int) -> HeldBenefit:
    """One of the worker's benefits. Raises NotFound."""
    query = select(HeldBenefit).where(HeldBenefit.id == benefit_id, HeldBenefit.worker_id == worker.id)
    return or_not_found(db.session.scalar(query))


def told(benefit: HeldBenefit) -> BenefitTold:
    """A stored benefit as it was told."""
    return BenefitTold(**{name: getattr(benefit, name) for name in BenefitTold.__dataclass_fields__})


def tax_card_from(worker: Worker, valid_from: date) -> TaxCard | None:
    """The worker's tax card that begins on a day."""
    return db.session.scalar(select(TaxCard).where(TaxCard.worker_id == worker.id, TaxCard.valid_from == valid_from))
