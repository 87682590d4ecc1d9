"""One person in several Jobcenters: their rows, and what they have told elsewhere that protects them here.

Only that there is something leaves the Jobcenter where it was told: not what, and not where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from jobcenter.benefits import UNEMPLOYMENT_BENEFITS, JobseekerStatus
from jobcenter.core.db import db
from jobcenter.workers.models import HeldBenefit, Worker


def rows_of_same_person(worker_id: int) -> list[int]:
    """The worker rows, in any Jobcenter, of the person whose row this is; itself too."""
    return rows_of_people([worker_id]).get(worker_id, [])


def rows_of_people(worker_ids: Collection[int]) -> dict[int, list[int]]:
    """For each of these worker rows the rows of the same person in any Jobcenter, itself too; in one query."""
    mine = aliased(Worker)
    same = or_(Worker.id == mine.id, Worker.user_id == mine.user_id)
    query = select(mine.id, Worker.id).join(Worker, same).where(mine.id.in_(worker_ids)).order_by(mine.id, Worker.id)
    rows = defaultdict(list)
    for mine_id, row_id in db.session.execute(query):
        rows[mine_id].append(row_id)
    return dict(rows)


def hold_people(worker_ids: Collection[int]) -> None:
    """Lock every row of these people, in any Jobcenter and in the order of their ids, and read them anew, so that what
    binds one person to a time and a place is looked at one after the other. Gigs are locked before people.
    """
    held = aliased(Worker)
    accounts = select(held.user_id).where(held.id.in_(worker_ids))
    query = select(Worker).where(or_(Worker.id.in_(worker_ids), Worker.user_id.in_(accounts))).order_by(Worker.id)
    db.session.scalars(query.with_for_update(of=Worker).execution_options(populate_existing=True)).all()


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
