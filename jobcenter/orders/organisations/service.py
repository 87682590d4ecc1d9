"""Making and changing orderers, and who acts for them."""

from __future__ import annotations

from jobcenter.auth import service as auth
from jobcenter.auth.domain import Actor, NewUser, Role
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.uow import flush, register_clash
from jobcenter.orders.organisations import queries
from jobcenter.orders.organisations.domain import Profile
from jobcenter.orders.organisations.models import Organisation, OrganisationMember

FIELDS = tuple(Profile.__dataclass_fields__)

register_clash("uq_organisation_member_organisation_id_user_id", lambda: AlreadyDone("member_already"))


def create(actor: Actor, jobcenter_id: int, profile: Profile, external_ref: str | None = None) -> Organisation:
    """A new orderer of a Jobcenter."""
    organisation = Organisation(
        jobcenter_id=jobcenter_id,
        external_ref=external_ref,
        created_at=clock.now(),
        **{name: getattr(profile, name) for name in FIELDS},
    )
    db.session.add(organisation)
    flush()
    _record(actor, "create_organisation", organisation, None)
    return organisation


def find_or_create_own(actor: Actor, user_id: int, jobcenter_id: int, profile: Profile) -> Organisation:
    """The orderer that the user already acts for and that the profile means, else a new one with the user as member.

    Somebody else's organisation with the same Y-tunnus is never joined this way: a coordinator adds members to it.
    """
    found = queries.own_match(user_id, jobcenter_id, profile)
    if found is not None:
        return found
    organisation = create(actor, jobcenter_id, profile)
    add_member(actor, organisation, user_id)
    return organisation


def add_member(actor: Actor, organisation: Organisation, user_id: int) -> None:
    """Let a user act for an orderer. Raises AlreadyDone when they do."""
    if queries.is_member(organisation.id, user_id):
        raise AlreadyDone("member_already")
    db.session.add(OrganisationMember(organisation_id=organisation.id, user_id=user_id))
    flush()
    facts = {"user_id": user_id}
    audit.record(
        actor, "add_member", "organisation", organisation.id, None, facts, jobcenter_id=organisation.jobcenter_id
    )


def invite_member(actor: Actor, organisation_id: int, new: NewUser) -> None:
    """Let somebody order for an orderer, by its coordinator; an account is made where there is none.

    Raises AlreadyDone when they may already.
    """
    organisation = queries.coordinated_organisation_for(actor, organisation_id, lock=True)
    user = auth.ensure_user(actor, new)
    auth.ensure_role(actor, user.id, organisation.jobcenter_id, Role.ORDERER)
    add_member(actor, organisation, user.id)


def remove_member(actor: Actor, organisation_id: int, user_id: int) -> None:
    """Somebody no longer orders for an orderer. Raises AlreadyDone when they did not."""
    organisation = queries.coordinated_organisation_for(actor, organisation_id, lock=True)
    row = queries.membership(organisation.id, user_id)
    if row is None:
        raise AlreadyDone("member_not")
    db.session.delete(row)
    facts = {"user_id": user_id}
    audit.record(
        actor, "remove_member", "organisation", organisation.id, facts, None, jobcenter_id=organisation.jobcenter_id
    )


def change_profile(actor: Actor, organisation_id: int, profile: Profile) -> Organisation:
    """Change who an orderer is and where its invoices go; by its members and coordinators."""
    organisation = queries.organisation_for(actor, organisation_id, lock=True)
    before = _facts(organisation)
    for name in FIELDS:
        setattr(organisation, name, getattr(profile, name))
    flush()
    if before != _facts(organisation):
        _record(actor, "change_organisation", organisation, before)
    return organisation


def _record(actor: Actor, verb: str, organisation: Organisation, before: dict[str, object] | None) -> None:
    after = _facts(organisation)
    audit.record(actor, verb, "organisation", organisation.id, before, after, jobcenter_id=organisation.jobcenter_id)


def _facts(organisation: Organisation) -> dict[str, object]:
    return {name: getattr(organisation, name) for name in FIELDS}
