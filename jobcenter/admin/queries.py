"""What the administrator's lists ask beyond the features' own queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from jobcenter.auth.domain import Role
from jobcenter.auth.models import Jobcenter, RoleGrant, User
from jobcenter.core.db import db


@dataclass(frozen=True)
class UserSearch:
    """Which users an administrator looks at."""

    jobcenter_ids: frozenset[int]
    wanted: str = ""
    role: Role | None = None


@dataclass(frozen=True)
class Held:
    """A role that a user has at a Jobcenter."""

    user_id: int
    role: Role
    jobcenter_id: int
    jobcenter: str


def users(search: UserSearch, *, limit: int, offset: int) -> list[User]:
    """The users with a role at the Jobcenters, by name."""
    query = _searched(select(User), search).order_by(User.family_name, User.given_name, User.id)
    return list(db.session.scalars(query.limit(limit).offset(offset)))


def user_count(search: UserSearch) -> int:
    """How many users fit."""
    return db.session.scalar(_searched(select(func.count(User.id)), search)) or 0


def roles_of(user_ids: Collection[int], jobcenter_ids: Collection[int]) -> dict[int, list[Held]]:
    """The roles of some users at some Jobcenters, by user id."""
    query = (
        select(RoleGrant.user_id, RoleGrant.role, Jobcenter.id, Jobcenter.name)
        .join(Jobcenter, Jobcenter.id == RoleGrant.jobcenter_id)
        .where(RoleGrant.user_id.in_(user_ids), RoleGrant.jobcenter_id.in_(jobcenter_ids))
        .order_by(Jobcenter.name, RoleGrant.role)
    )
    found: dict[int, list[Held]] = defaultdict(list)
    for row in db.session.execute(query):
        found[row[0]].append(Held(*row))
    return found


def _searched(query: Select, search: UserSearch) -> Select:
    grants = select(RoleGrant.user_id).where(RoleGrant.jobcenter_id.in_(search.jobcenter_ids))
    if search.role is not None:
        grants = grants.where(RoleGrant.role == search.role)
    query = query.where(User.id.in_(grants))
    for word in search.wanted.split():
        spellings = {word, word.lower(), word.capitalize()}
        columns = (User.given_name, User.family_name, User.email)
        query = query.where(or_(*(column.contains(one, autoescape=True) for column in columns for one in spellings)))
    return query
