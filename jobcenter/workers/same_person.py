"""One person in several Jobcenters: their rows, and what they have told elsewhere that protects them here.

Only that there is something leaves the Jobcenter where it was told: not what, and not where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from jobcenter.benefits import UNEMPLOYMENT_BENEFITS, JobseekerStatus
from jobcenter.core.db import db
from jobcenter.workers.models import HeldBenefit, Worker


def same_person(one: Any, other: Any) -> ColumnElement[bool]:
    """Two rows of Worker are of one person: the same row, or the same user's."""
    return or_(one.id == other.id, one.user_id == other.user_id)


def rows_of_same_person(worker_id: int) -> list[int]:
    """The worker rows, in any Jobcenter, of the person whose row this is; itself too."""
    return rows_of_people([worker_id]).get(worker_id, [])


def rows_of_people(worker_ids: Collection[int]) -> dict[int, list[int]]:
    """For each of these worker rows the rows of the same person in any Jobcenter, itself too; in one query."""
    mine = aliased(Worker)
    query = select(mine.id, Worker.id).join(Worker, same_person(Worker, mine)).where(mine.id.in_(worker_ids))
    query = query.order_by(mine.id, Worker.id)
    rows = defaultdict(list)
    for mine_id, row_id in db.session.execute(query):
        rows[mine_id].append(row_id)
    return dict(rows)


def rows_in(jobcenter_id: int, worker_ids: Collection[int]) -> dict[int, int]:
    """For each of these worker rows the row of the same person in one Jobcenter, where there is one."""
    mine = aliased(Worker)
    query = select(mine.id, Worker.id).join(Worker, same_person(Worker, mine))
    query = query.where(mine.id.in_(worker_ids), Worker.jobcenter_id == jobcenter_id)
    return {mine_id: row_id for mine_id, row_id in db.session.execute(query)}


def hold_people(worker_ids: Collection[int]) -> None:
    """Lock every row of these people, in any Jobcenter and in the order of their ids, and read them anew, so that what
    binds one person to a time and a place is looked at one after the other. Gigs are locked before people.
    """
    held = aliased(Worker)
    accounts = select(held.user_id).where(held.id.in_(worker_ids))
    query = select(Worker).where(or_(Worker.id.in_(worker_ids), Worker.user_id.in_(accounts))).order_by(Worker.id)
    db.session.scalars(query.with_for_update(of=Worker).execution_options(populate_existing=True)).all()


def told_elsewhere(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Condition on Worker: the person has told another Jobcenter what refuses an assignment contract: an unemployment
    benefit that has not ended, or being registered as an unemployed jobseeker.
    """
    other = aliased(Worker)
    same = and_(other.user_id == Worker.user_id, other.id != Worker.id)
    return select(other.id).where(same, refuses_assignments(other, today)).correlate(Worker).exists()


def refusals_by_person(today: date | BindParameter[date]) -> Select:
    """`user_id`, and in how many `rows` of that person something is told that refuses an assignment contract: for
    looking at thousands of people, where a look at each one's other rows would take too long.
    """
    query = select(Worker.user_id, func.count().label("rows")).where(Worker.user_id.is_not(None))
    return query.where(refuses_assignments(Worker, today)).group_by(Worker.user_id)


def refuses_assignments(row: Any, today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Condition on a row of Worker: what it tells refuses an assignment contract, on some day from today on."""
    going_on = or_(HeldBenefit.ends_on.is_(None), HeldBenefit.ends_on >= today)
    held = select(HeldBenefit.worker_id).where(HeldBenefit.kind.in_(UNEMPLOYMENT_BENEFITS), going_on)
    return or_(row.jobseeker == JobseekerStatus.REGISTERED, row.id.in_(held))
