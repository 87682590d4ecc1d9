"""Finding orderers: those that the actor acts for, those of the actor's Jobcenters, and their members."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from jobcenter.auth.domain import Actor, Role, full_name
from jobcenter.auth.models import User
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.orders.organisations.domain import OrganisationKind, Profile
from jobcenter.orders.organisations.models import Organisation, OrganisationMember

# One orderer


def organisation_for(actor: Actor, organisation_id: int, *, lock: bool = False) -> Organisation:
    """The orderer, for its members and its Jobcenter's coordinators. Raises NotFound."""
    return _the_one(organisation_id, or_(acted_for_by(actor), coordinated_by(actor)), lock=lock)


def coordinated_organisation_for(actor: Actor, organisation_id: int, *, lock: bool = False) -> Organisation:
    """The orderer, for its Jobcenter's coordinators. Raises NotFound."""
    return _the_one(organisation_id, coordinated_by(actor), lock=lock)


def any_organisation(organisation_id: int) -> Organisation:
    """The orderer, whoever asks: for the system's own work. Raises NotFound."""
    return _the_one(organisation_id, true(), lock=False)


def acted_for_by(actor: Actor) -> ColumnElement[bool]:
    """Condition: the actor is a member of the organisation."""
    return Organisation.id.in_(own_organisation_ids(actor))


def coordinated_by(actor: Actor) -> ColumnElement[bool]:
    """Condition: the organisation belongs to a Jobcenter that the actor coordinates."""
    return Organisation.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR))


def own_organisation_ids(actor: Actor) -> Select[tuple[int]]:
    """Subquery: the ids of the organisations that the actor acts for."""
    return select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == actor.user_id)


# Many


def own_organisations(actor: Actor, jobcenter_id: int | None = None) -> list[Organisation]:
    """The orderers that the actor acts for, by name; of one Jobcenter if it is given."""
    query = select(Organisation).where(acted_for_by(actor)).order_by(Organisation.name, Organisation.id)
    if jobcenter_id is not None:
        query = query.where(Organisation.jobcenter_id == jobcenter_id)
    return list(db.session.scalars(query))


def coordinated_organisations(actor: Actor, wanted: str, *, limit: int, offset: int) -> list[Organisation]:
    """The orderers of the actor's Jobcenters whose name or Y-tunnus holds what is wanted, by name."""
    query = _wanted(select(Organisation), actor, wanted)
    return list(db.session.scalars(query.order_by(Organisation.name, Organisation.id).limit(limit).offset(offset)))


def coordinated_organisation_count(actor: Actor, wanted: str) -> int:
    """How many orderers `coordinated_organisations` finds altogether."""
    return db.session.scalar(_wanted(select(func.count(Organisation.id)), actor, wanted)) or 0


def by_business_id(jobcenter_id: int, business_id: str) -> list[Organisation]:
    """The orderers of a Jobcenter with a Y-tunnus, oldest first: for coordinators and imports."""
    query = select(Organisation).where(
        Organisation.jobcenter_id == jobcenter_id, Organisation.business_id == business_id
    )
    return list(db.session.scalars(query.order_by(Organisation.id)))


def same_business_id(organisation: Organisation) -> list[Organisation]:
    """The orderers of the same Jobcenter with the same Y-tunnus, itself too; none for a private person."""
    if organisation.business_id is None:
        return []
    return by_business_id(organisation.jobcenter_id, organisation.business_id)


def own_match(user_id: int, jobcenter_id: int, profile: Profile) -> Organisation | None:
    """The orderer that the user already acts for and that a profile means: same Y-tunnus, and same name if it has none
    or is a city unit, whose Y-tunnus is the whole city's."""
    query = (
        select(Organisation)
        .join(OrganisationMember, OrganisationMember.organisation_id == Organisation.id)
        .where(OrganisationMember.user_id == user_id, Organisation.jobcenter_id == jobcenter_id)
        .where(Organisation.kind == profile.kind)
        .order_by(Organisation.id)
    )
    if profile.business_id is not None:
        query = query.where(Organisation.business_id == profile.business_id)
    if profile.kind in (OrganisationKind.PRIVATE_PERSON, OrganisationKind.CITY_UNIT):
        query = query.where(func.lower(Organisation.name) == profile.name.lower())
    return db.session.scalars(query).first()


# Members


@dataclass(frozen=True)
class Member:
    """Somebody who acts for an orderer."""

    user_id: int
    name: str
    email: str
    language: str


def members_of(organisation_id: int) -> list[Member]:
    """Those who act for an orderer and can sign in, by name."""
    return members_by_organisation([organisation_id]).get(organisation_id, [])


def members_by_organisation(organisation_ids: Collection[int]) -> dict[int, list[Member]]:
    """Those who act for some orderers and can sign in, by organisation id, each list by name."""
    query = (
        select(OrganisationMember.organisation_id, User)
        .join(User, User.id == OrganisationMember.user_id)
        .where(OrganisationMember.organisation_id.in_(organisation_ids), User.active)
        .order_by(User.given_name, User.family_name, User.id)
    )
    found: dict[int, list[Member]] = {}
    for organisation_id, user in db.session.execute(query):
        member = Member(user.id, full_name(user.given_name, user.family_name), user.email, user.language)
        found.setdefault(organisation_id, []).append(member)
    return found


def orderer_of(organisation_id: int | None, ordered_by_id: int | None) -> User | None:
    """Whom to write to about an order: who made it, if they still act for the orderer; else the first who does."""
    query = select(User).join(OrganisationMember, OrganisationMember.user_id == User.id)
    query = query.where(OrganisationMember.organisation_id == organisation_id, User.active)
    members = list(db.session.scalars(query.order_by(OrganisationMember.id)))
    return next((user for user in members if user.id == ordered_by_id), members[0] if members else None)


def membership(organisation_id: int, user_id: int) -> OrganisationMember | None:
    """The row that says that the user acts for the organisation."""
    return db.session.scalar(
        select(OrganisationMember).where(
            OrganisationMember.organisation_id == organisation_id, OrganisationMember.user_id == user_id
        )
    )


def is_member(organisation_id: int, user_id: int) -> bool:
    """Whether the user acts for the organisation."""
    return membership(organisation_id, user_id) is not None


def _wanted(query: Select, actor: Actor, wanted: str) -> Select:
    """SQLite folds only A-Z, so that other letters are looked for as they are usually written."""
    query = query.where(coordinated_by(actor))
    if not wanted:
        return query
    spellings = {wanted, wanted.lower(), wanted.capitalize(), wanted.upper()}
    names = [Organisation.name.contains(spelling, autoescape=True) for spelling in sorted(spellings)]
    lowered = func.lower(Organisation.name).contains(wanted.lower(), autoescape=True)
    return query.where(or_(lowered, *names, Organisation.business_id.contains(wanted, autoescape=True)))


def _the_one(organisation_id: int, seen: ColumnElement[bool], *, lock: bool) -> Organisation:
    query = select(Organisation).where(Organisation.id == organisation_id, seen)
    return or_not_found(db.session.scalar(query.with_for_update() if lock else query))
