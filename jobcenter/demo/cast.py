"""The people of the demo's present: users with their roles, and what the workers among them have told."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from jobcenter.auth import queries as auth_queries
from jobcenter.auth import service as auth
from jobcenter.auth.domain import SYSTEM, Actor, Role
from jobcenter.benefits import BenefitKind, JobseekerStatus
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.uow import flush
from jobcenter.demo.queries import organisation_by_ref, worker_by_ref
from jobcenter.orders.organisations.models import OrganisationMember
from jobcenter.workers.domain import ConsentPurpose, SupportKind, TaskCategory
from jobcenter.workers.models import ActivityTime, Consent, HeldBenefit, SupportLink, TaxCard, Worker, WorkUnit

CONSENTS = (ConsentPurpose.SUPPORT_SEES_EARNINGS, ConsentPurpose.GUARDIAN_SEES_EARNINGS, ConsentPurpose.UNIT_SEES_GIGS)
ADDITIONAL_RATE = Decimal("30.00")
YEARLY_LIMIT = Decimal("20000.00")


@cache
def data() -> dict[str, Any]:
    """The demo's own facts of the present."""
    return tomllib.loads(files(__package__).joinpath("data/present.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Cast:
    """The users made, by key; workers' users by the worker's lasting name."""

    users: dict[str, int]

    def actor(self, key: str) -> Actor:
        """A person of the demo as an actor."""
        return auth_queries.actor_for(self.users[key])


def make_cast() -> Cast:
    """Make every user, give the roles, link them to organisations, workers and units."""
    users = {entry["key"]: _user(entry) for entry in data()["user"]}
    for entry in data()["worker"]:
        users[entry["ref"]] = _worker_user(entry)
    for entry in data()["unit"]:
        _unit(entry, users)
    for entry in data()["jobseeker"]:
        _jobseeker(entry)
    flush()
    return Cast(users)


def _user(entry: dict[str, Any]) -> int:
    user_id = _account(entry["given_name"], entry["family_name"])
    for slug in entry["jobcenters"]:
        for role in entry["roles"]:
            auth.ensure_role(SYSTEM, user_id, auth_queries.jobcenter_by_slug(slug).id, Role(role))
    if "organisation" in entry:
        organisation = organisation_by_ref(entry["organisation"])
        db.session.add(OrganisationMember(organisation_id=organisation.id, user_id=user_id))
    for kind, refs in ((SupportKind.SUPPORT_PERSON, "supports"), (SupportKind.GUARDIAN, "guards")):
        for ref in entry.get(refs, ()):
            worker = worker_by_ref(ref)
            db.session.add(SupportLink(worker_id=worker.id, user_id=user_id, kind=kind, starts_on=_a_year_before()))
    return user_id


def _account(given_name: str, family_name: str) -> int:
    address = f"{given_name}.{family_name}".lower().translate(str.maketrans("åäöšž", "aaosz"))
    new = auth.NewUser(email=f"{address}@example.fi", given_name=given_name, family_name=family_name)
    return auth.ensure_user(SYSTEM, new).id


def _worker_user(entry: dict[str, Any]) -> int:
    worker = worker_by_ref(entry["ref"])
    user_id = _account(worker.given_name, worker.family_name)
    auth.ensure_role(SYSTEM, user_id, worker.jobcenter_id, Role.WORKER)
    worker.user_id = user_id
    worker.email = auth_queries.account(auth_queries.actor_for(user_id)).email
    worker.tasks = frozenset(TaskCategory(name) for name in entry["tasks"])
    worker.told_to_orderer = entry["told_to_orderer"]
    worker.needs_support = entry["needs_support"]
    worker.iban = entry["iban"]
    worker.account_holder = worker.name if entry["iban"] else ""
    _tax_card(worker, entry["tax_rate"])
    for purpose in CONSENTS:
        db.session.add(
            Consent(worker_id=worker.id, purpose=purpose, parties="", given_at=clock.now(), recorded_by=worker.name)
        )
    return user_id


def _tax_card(worker: Worker, rate: str) -> None:
    if not rate:
        return
    year = clock.today().year
    db.session.add(
        TaxCard(
            worker_id=worker.id,
            valid_from=date(year, 1, 1),
            valid_to=date(year, 12, 31),
            rate=Decimal(rate),
            additional_rate=ADDITIONAL_RATE,
            income_limit=YEARLY_LIMIT,
        )
    )


def _jobseeker(entry: dict[str, Any]) -> None:
    worker = worker_by_ref(entry["ref"])
    worker.jobseeker = JobseekerStatus.REGISTERED
    told = {"told_by": worker.name, "told_on": entry["since"]}
    kind = BenefitKind(entry["benefit"])
    db.session.add(HeldBenefit(worker_id=worker.id, kind=kind, starts_on=entry["since"], **told))


def _unit(entry: dict[str, Any], users: dict[str, int]) -> None:
    jobcenter = auth_queries.jobcenter_by_slug(entry["jobcenter"])
    unit = WorkUnit(jobcenter_id=jobcenter.id, name=entry["name"], manager_id=users[entry["manager"]])
    db.session.add(unit)
    flush()
    for ref in entry["workers"]:
        worker = worker_by_ref(ref)
        worker.unit_id = unit.id
        for weekday, starts, ends in entry["activity"]:
            times = {"weekday": weekday, "starts": time(starts), "ends": time(ends)}
            db.session.add(ActivityTime(worker_id=worker.id, **times))


def _a_year_before() -> date:
    """The first day of last year: before everything that the present tells of."""
    return date(clock.today().year - 1, 1, 1)
