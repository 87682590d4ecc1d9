"""Changing a worker's profile and readiness, and inviting the person to sign in."""

from __future__ import annotations

from datetime import date
from typing import Any

from jobcenter.auth.domain import Actor, Role
from jobcenter.core import clock, todo
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.core.uow import flush, register_clash
from jobcenter.workers import queries
from jobcenter.workers.domain import Guest, Preferences, Profile, ProfileChanged, check_ready, check_weekly_minutes
from jobcenter.workers.models import Worker
from jobcenter.workers.profiles import queries as profiles
from jobcenter.workers.service import bring_in, record, store

register_clash("uq_worker_jobcenter_id_user_id", lambda: DomainError("already_worker_here", "email"))
register_clash("uq_worker_form_key", lambda: AlreadyDone("worker_already_made"))


def create(actor: Actor, jobcenter_id: int, profile: Profile, form_key: str) -> int:
    """A new worker of a Jobcenter that the actor coordinates; the same form sent again gives the first one.

    Raises DomainError when the form, to which the back button led, holds somebody or something else by now.
    """
    if jobcenter_id not in actor.jobcenters(Role.COORDINATOR):
        raise NotFound
    made = profiles.worker_by_form_key(jobcenter_id, form_key)
    facts = _facts(profile)
    if made is not None:
        if any(getattr(made, name) != value for name, value in facts.items()):
            raise DomainError("worker_made_otherwise", name=made.name)
        return made.id
    _check(profile, jobcenter_id)
    worker = Worker(jobcenter_id=jobcenter_id, form_key=form_key, created_at=clock.now(), **facts)
    db.session.add(worker)
    flush()
    record(actor, "create_worker", worker, after=facts)
    return worker.id


def edit(actor: Actor, worker_id: int, profile: Profile, version: int) -> None:
    """Write the profile over the one that had `version`. Raises ProfileChanged if somebody else was faster."""
    worker = queries.coordinated_worker_for(actor, worker_id, lock=True)
    if worker.version != version:
        raise ProfileChanged
    _check(profile, worker.jobcenter_id)
    store(actor, worker, "edit_worker", _facts(profile))


def set_preferences(actor: Actor, worker_id: int, wanted: Preferences) -> None:
    """A coordinator writes down what the person wishes of gigs."""
    worker = queries.coordinated_worker_for(actor, worker_id, lock=True)
    store(actor, worker, "set_preferences", {name: getattr(wanted, name) for name in Preferences.__dataclass_fields__})


def agree_readiness(actor: Actor, worker_id: int) -> None:
    """Coordinator or unit manager: the person is ready for gigs from today on."""
    worker = queries.planned_worker_for(actor, worker_id, lock=True)
    today = clock.today()
    check_ready(
        active=worker.active, ready_since=worker.ready_since, service_ends_on=worker.service_ends_on, today=today
    )
    _set_ready(actor, worker, "agree_readiness", today)


def take_back_readiness(actor: Actor, worker_id: int) -> None:
    """The person is not ready for gigs after all; gigs agreed already stay."""
    worker = queries.planned_worker_for(actor, worker_id, lock=True)
    if worker.ready_since is None:
        raise AlreadyDone("not_ready_yet")
    _set_ready(actor, worker, "take_back_readiness", None)


def invite(actor: Actor, worker_id: int) -> None:
    """Let the person sign in: a user with the role of worker, linked, and a mail with a link.

    A person whom another Jobcenter knows too is known as one from now on, so the contract guard looks again.
    """
    worker = queries.coordinated_worker_for(actor, worker_id, lock=True)
    if not worker.email:
        raise DomainError("email_needed")
    if not worker.active:
        raise DomainError("person_inactive")
    guest = Guest(worker.email, worker.given_name, worker.family_name, worker.phone, worker.language)
    known_as, worker.user_id = worker.user_id, bring_in(actor, guest, Role.WORKER, worker.jobcenter_id)
    flush()
    if worker.user_id != known_as:
        todo.leave(todo.Changed.BENEFITS, worker.id)
    record(actor, "invite_worker", worker, after={"email": worker.email})


def _check(profile: Profile, jobcenter_id: int) -> None:
    check_weekly_minutes(wished=profile.weekly_minutes_wished, most=profile.weekly_minutes_most)
    units = {unit.id for unit in profiles.units_of([jobcenter_id])}
    if profile.unit_id is not None and profile.unit_id not in units:
        raise DomainError("unit_not_here", "unit_id")


def _set_ready(actor: Actor, worker: Worker, verb: str, since: date | None) -> None:
    before = {"ready_since": worker.ready_since}
    worker.ready_since = since
    record(actor, verb, worker, before, {"ready_since": since})


def _facts(profile: Profile) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in Profile.__dataclass_fields__}
