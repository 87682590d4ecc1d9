"""One person in several Jobcenters: their rows, and what they have told elsewhere that protects them here.

Only that there is something leaves the Jobcenter where it was told: not what, and not where.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from jobcenter.benefits import UNEMPLOYMENT_BENEFITS, JobseekerStatus
from jobcenter.core.db import db
from jobcenter.workers.models import HeldBenefit, Worker


def rows_of_same_person(worker_id: int) -> list[int]:
    """The worker rows, in any Jobcenter, of the person whose row this is; itself too."""
    account = select(Worker.user_id).where(Worker.id == worker_id).scalar_subquery()
    query = select(Worker.id).where(or_(Worker.id == worker_id, Worker.user_id == account))
    return list(db.session.scalars(query.order_by(Worker.id)))


def told_elsewhere(today: date) -> ColumnElement[bool]:
    """Condition on Worker: the person has told another Jobcenter what refuses an assignment contract: an unemployment
    benefit that has not ended, or being registered as an unemployed jobseeker.
    """
    other = aliased(Worker)
    going_on = or_(HeldBenefit.ends_on.is_(None), HeldBenefit.ends_on >= today)
    held = select(HeldBenefit.worker_id).where(HeldBenefit.kind.in_(UNEMPLOYMENT_BENEFITS), going_on)
    refuses = or_(other.jobseeker == JobseekerStatus.REGISTERED, other.id.in_(held))
    same = and_(other.user_id == Worker.user_id, other.id != Worker.id)
    return select(other.id).where(same, refuses).correlate(Worker).exists()
