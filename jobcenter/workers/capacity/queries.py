"""What support persons can do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import or_, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import RoleGrant, User
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.workers.capacity.domain import Capacity, WorkingTime
from jobcenter.workers.capacity.models import SupportCapacity, SupportWorkingTime


def capacities_of(user_ids: Collection[int]) -> dict[int, Capacity]:
    """What these support persons can do, in one query; every one asked about has an entry, the usual if not told."""
    query = (
        select(User.id, SupportCapacity.at_once, SupportCapacity.travel_minutes, *_TIME)
        .outerjoin(SupportCapacity, SupportCapacity.user_id == User.id)
        .outerjoin(SupportWorkingTime, SupportWorkingTime.user_id == User.id)
        .where(User.id.in_(user_ids))
        .order_by(SupportWorkingTime.weekday, SupportWorkingTime.starts)
    )
    told, times = {}, defaultdict(list)
    for user_id, at_once, travel, *time in db.session.execute(query):
        told[user_id] = (at_once, travel)
        if time[0] is not None:
            times[user_id].append(WorkingTime(*time))
    return {user_id: _capacity(told.get(user_id), tuple(times[user_id])) for user_id in user_ids}


_TIME = (SupportWorkingTime.weekday, SupportWorkingTime.starts, SupportWorkingTime.ends)


def _capacity(told: tuple[int | None, int | None] | None, times: tuple[WorkingTime, ...]) -> Capacity:
    if told is None or None in told:
        return Capacity(times=times)
    return Capacity(*told, times)


def support_person_for(actor: Actor, user_id: int, *, lock: bool = False) -> User:
    """A support person whose working times the actor may see and set: themselves, or one of a Jobcenter that the actor
    coordinates. Raises NotFound.
    """
    supports = RoleGrant.role == Role.SUPPORT
    mine = RoleGrant.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR))
    granted = select(RoleGrant.user_id).where(supports, or_(mine, RoleGrant.user_id == actor.user_id))
    query = select(User).where(User.id == user_id, User.id.in_(granted), User.active)
    return or_not_found(db.session.scalar(query.with_for_update() if lock else query))


def capacity_row(user_id: int) -> SupportCapacity | None:
    """What was told of a support person."""
    return db.session.scalar(select(SupportCapacity).where(SupportCapacity.user_id == user_id))
