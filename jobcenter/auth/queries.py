"""All SELECTs of the doors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select

from jobcenter.auth.domain import Actor, Grant, Link, LinkPurpose, Role, full_name, token_hash
from jobcenter.auth.models import ActionLink, Jobcenter, RoleGrant, SignInAttempt, User
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound, or_not_found


def actor_and_epoch(user_id: int) -> tuple[Actor, int]:
    """An active user as an actor with all grants, and the epoch of its sessions, in one query."""
    rows = db.session.execute(
        select(
            User.given_name,
            User.family_name,
            User.language,
            User.session_epoch,
            RoleGrant.role,
            RoleGrant.jobcenter_id,
        )
        .outerjoin(RoleGrant, RoleGrant.user_id == User.id)
        .where(User.id == user_id, User.active)
    ).all()
    if not rows:
        raise NotFound
    first = rows[0]
    grants = frozenset(Grant(row.role, row.jobcenter_id) for row in rows if row.role is not None)
    name = full_name(first.given_name, first.family_name)
    return Actor(user_id, name, first.language, grants), first.session_epoch


def actor_for(user_id: int) -> Actor:
    """An active user as an actor: for jobs and imports that act in somebody's name."""
    return actor_and_epoch(user_id)[0]


def account(actor: Actor, *, lock: bool = False) -> User:
    """The actor's own user row."""
    return _one(select(User).where(User.id == actor.user_id, User.active), lock=lock)


def user_for(actor: Actor, user_id: int, *, lock: bool = False) -> User:
    """A user who has a role at a Jobcenter that the actor administers or coordinates."""
    reach = actor.jobcenters(Role.ADMIN, Role.COORDINATOR)
    query = select(User).where(User.id == user_id, User.id.in_(_users_of(reach)))
    return _one(query, lock=lock)


def user(user_id: int, *, lock: bool = False) -> User:
    """Any user by id, for verbs that check themselves who may change whom."""
    return _one(select(User).where(User.id == user_id), lock=lock)


def grant(user_id: int, jobcenter_id: int, role: Role) -> RoleGrant | None:
    """The grant of a role, if there is one."""
    same = (RoleGrant.user_id == user_id, RoleGrant.jobcenter_id == jobcenter_id, RoleGrant.role == role)
    return db.session.scalars(select(RoleGrant).where(*same)).first()


def jobcenter_ids_of_user(user_id: int) -> frozenset[int]:
    """Where a user has any role."""
    return frozenset(db.session.scalars(select(RoleGrant.jobcenter_id).where(RoleGrant.user_id == user_id)))


def admin_ids(jobcenter_id: int) -> frozenset[int]:
    """The users who administer a Jobcenter, locked: two administrators cannot remove each other at once."""
    query = (
        select(RoleGrant.user_id)
        .join(User, User.id == RoleGrant.user_id)
        .where(RoleGrant.jobcenter_id == jobcenter_id, RoleGrant.role == Role.ADMIN, User.active)
    )
    return frozenset(db.session.scalars(query.with_for_update()))


def users_of(jobcenter_ids: Collection[int], *roles: Role) -> list[User]:
    """The users with a role (any of those named) at the Jobcenters, by name."""
    query = select(User).where(User.id.in_(_users_of(jobcenter_ids, *roles)))
    return list(db.session.scalars(query.order_by(User.family_name, User.given_name, User.id)))


def user_by_email(email: str, *, lock: bool = False) -> User | None:
    """The user with this address, in whatever letters it was typed; closed accounts too."""
    query = select(User).where(User.email == email.strip().lower())
    return db.session.scalars(query.with_for_update() if lock else query).first()


def names_of(user_ids: Collection[int]) -> dict[int, str]:
    """Names by user id."""
    rows = db.session.execute(select(User.id, User.given_name, User.family_name).where(User.id.in_(user_ids)))
    return {row.id: full_name(row.given_name, row.family_name) for row in rows}


def jobcenter(jobcenter_id: int) -> Jobcenter:
    """One Jobcenter; its contact facts are public."""
    return _one(select(Jobcenter).where(Jobcenter.id == jobcenter_id))


def jobcenter_by_slug(slug: str) -> Jobcenter:
    """The Jobcenter with this short name."""
    return _one(select(Jobcenter).where(Jobcenter.slug == slug))


def jobcenters() -> list[Jobcenter]:
    """Every Jobcenter, by name."""
    return list(db.session.scalars(select(Jobcenter).order_by(Jobcenter.name)))


def jobcenters_of(actor: Actor, *roles: Role) -> list[Jobcenter]:
    """The Jobcenters where the actor has one of the roles, by name."""
    query = select(Jobcenter).where(Jobcenter.id.in_(actor.jobcenters(*roles)))
    return list(db.session.scalars(query.order_by(Jobcenter.name)))


def link_for(purpose: LinkPurpose, token: str, *, lock: bool = False) -> Link:
    """The link that a token stands for, open or not. One made for a user who has no open account names nothing; a
    sign-in link is found even so, because its page says that the account is closed.
    """
    holder = or_(ActionLink.user_id.is_(None), ActionLink.user_id.in_(select(User.id).where(User.active)))
    query = select(ActionLink).where(ActionLink.token_hash == token_hash(token), ActionLink.purpose == purpose)
    if purpose is not LinkPurpose.SIGN_IN:
        query = query.where(holder)
    row = _one(query, lock=lock)
    return Link(row.id, row.purpose, row.subject_id, row.user_id, row.expires_at, row.used_at)


def open_link(purpose: LinkPurpose, token: str, now: datetime) -> Link:
    """The link, if it still works; else LinkUsed or LinkExpired, which the app shows as a kind page."""
    link = link_for(purpose, token)
    link.check_open(now)
    return link


def newest_link_at(purpose: LinkPurpose, subject_id: int) -> datetime | None:
    """When the newest link to one thing was made."""
    query = select(func.max(ActionLink.created_at)).where(ActionLink.purpose == purpose)
    return db.session.scalar(query.where(ActionLink.subject_id == subject_id))


@dataclass(frozen=True)
class Tries:
    """When somebody tried, by address and by client, newest first."""

    by_address: tuple[datetime, ...]
    by_client: tuple[datetime, ...]


def failed_sign_ins(email: str, client: str, since: datetime) -> Tries:
    """Failures since an instant: of the address since it last succeeded, of the client altogether."""
    rows = _attempts(email, client, since, by_link=False)
    successes = [at for at, address, _client, succeeded in rows if succeeded and address == email]
    after = max(successes, default=since)
    failures = [row for row in rows if not row[3]]
    return Tries(
        by_address=tuple(at for at, address, _client, _ok in failures if address == email and at > after),
        by_client=tuple(at for at, _address, where, _ok in failures if where == client),
    )


def link_wishes(email: str, client: str, since: datetime) -> Tries:
    """When links were asked for since an instant."""
    rows = _attempts(email, client, since, by_link=True)
    return Tries(
        by_address=tuple(at for at, address, _client, _ok in rows if address == email),
        by_client=tuple(at for at, _address, where, _ok in rows if where == client),
    )


@dataclass(frozen=True)
class Person:
    """Somebody to become in the demo."""

    user_id: int
    name: str
    role: Role
    jobcenter: str


def people_by_role() -> list[Person]:
    """Every active user once per role and Jobcenter, in the order of the roles."""
    query = (
        select(User.id, User.given_name, User.family_name, RoleGrant.role, Jobcenter.name)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .join(Jobcenter, Jobcenter.id == RoleGrant.jobcenter_id)
        .where(User.active)
        .order_by(Jobcenter.name, User.given_name, User.family_name, User.id)
    )
    return [
        Person(user_id, full_name(given, family), role, place)
        for user_id, given, family, role, place in db.session.execute(query)
    ]


def _attempts(email: str, client: str, since: datetime, *, by_link: bool) -> list[tuple[datetime, str, str, bool]]:
    attempt = SignInAttempt
    query = (
        select(attempt.at, attempt.email, attempt.client, attempt.succeeded)
        .where(attempt.at > since, attempt.by_link == by_link)
        .where((attempt.email == email) | (attempt.client == client))
        .order_by(attempt.at.desc())
        .limit(500)
    )
    return [tuple(row) for row in db.session.execute(query)]


def _users_of(jobcenter_ids: Collection[int], *roles: Role) -> Select[tuple[int]]:
    grants = select(RoleGrant.user_id).where(RoleGrant.jobcenter_id.in_(jobcenter_ids))
    return grants.where(RoleGrant.role.in_(roles)) if roles else grants


def _one(query: Select, *, lock: bool = False) -> Any:
    return or_not_found(db.session.scalars(query.with_for_update() if lock else query).first())
