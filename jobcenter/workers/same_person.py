"""One person in several Jobcenters: their rows, and what they have told elsewhere that protects them here.

Only what the contract guard asks leaves the Jobcenter where it was told.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from jobcenter.benefits import UNEMPLOYMENT_BENEFITS, BenefitHeld, JobseekerStatus
from jobcenter.benefits.domain import ToldElsewhere
from jobcenter.core.db import db
from jobcenter.workers.models import HeldBenefit, Worker


def rows_of_same_person(worker_id: int) -> list[int]:
    """The worker rows, in any Jobcenter, of the person whose row this is; itself too."""
    account = select(Worker.user_id).where(Worker.id == worker_id).scalar_subquery()
    query = select(Worker.id).where(or_(Worker.id == worker_id, Worker.user_id == account))
    return list(db.session.scalars(query.order_by(Worker.id)))


def told_elsewhere(condition: ColumnElement[bool]) -> dict[int, ToldElsewhere]:
    """What refuses an assignment contract, as told to other Jobcenters, by the id of the rows that fit a condition on
    Worker, in one query; most people have no entry.
    """
    other = aliased(Worker)
    held = and_(HeldBenefit.worker_id == other.id, HeldBenefit.kind.in_(UNEMPLOYMENT_BENEFITS))
    query = (
        select(Worker.id, other.jobseeker, HeldBenefit.kind, HeldBenefit.starts_on, HeldBenefit.ends_on)
        .join(other, and_(other.user_id == Worker.user_id, other.id != Worker.id))
        .outerjoin(HeldBenefit, held)
        .where(condition, or_(other.jobseeker == JobseekerStatus.REGISTERED, HeldBenefit.id.is_not(None)))
    )
    benefits: dict[int, list[BenefitHeld]] = defaultdict(list)
    registered: dict[int, bool] = defaultdict(bool)
    for worker_id, jobseeker, kind, starts_on, ends_on in db.session.execute(query):
        registered[worker_id] |= jobseeker is JobseekerStatus.REGISTERED
        if kind is not None:
            benefits[worker_id].append(BenefitHeld(kind, starts_on, ends_on))
    return {
        worker_id: ToldElsewhere(benefits=tuple(benefits[worker_id]), registered=is_registered)
        for worker_id, is_registered in registered.items()
    }
