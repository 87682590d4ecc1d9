"""Finding workers: one as the actor may see it, what the law needs to know of many, and who stands beside whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, false, or_, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import User
from jobcenter.benefits import BenefitHeld, JobseekerStatus, Person
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.workers.domain import ConsentPurpose, SupportKind
from jobcenter.workers.models import (
    ActivityTime,
    Consent,
    HeldBenefit,
    SupportLink,
    TaxCard,
    Unavailability,
    Worker,
    WorkUnit,
)
from jobcenter.workers.same_person import told_elsewhere

OfWorker = TypeVar("OfWorker", ActivityTime, TaxCard, Unavailability)

# One worker, as the actor may see it


def worker_for(actor: Actor, worker_id: int, *, lock: bool = False) -> Worker:
    """The worker, for their Jobcenter's coordinator, themselves, or a support person linked today. Raises NotFound."""
    return _the_worker(worker_id, or_(coordinated_by(actor), owned_by(actor), supported_by(actor)), lock=lock)


def coordinated_worker_for(actor: Actor, worker_id: int, *, lock: bool = False) -> Worker:
    """The worker, for a coordinator of their Jobcenter. Raises NotFound."""
    return _the_worker(worker_id, coordinated_by(actor), lock=lock)


def own_worker_for(actor: Actor, worker_id: int, *, lock: bool = False) -> Worker:
    """The worker, for themselves. Raises NotFound."""
    return _the_worker(worker_id, owned_by(actor), lock=lock)


def own_or_supported_worker_for(actor: Actor, worker_id: int, *, lock: bool = False) -> Worker:
    """The worker, for themselves or a support person linked today. Raises NotFound."""
    return _the_worker(worker_id, or_(owned_by(actor), supported_by(actor)), lock=lock)


def planned_worker_for(actor: Actor, worker_id: int, *, lock: bool = False) -> Worker:
    """The worker, for those who plan activity and readiness: a coordinator, or the manager of the worker's unit.
    Raises NotFound.
    """
    return _the_worker(worker_id, or_(coordinated_by(actor), managed_by(actor)), lock=lock)


def ward_for(actor: Actor, worker_id: int) -> Worker:
    """The worker, for a guardian linked today whom the worker lets see earnings. Raises NotFound."""
    return _the_worker(worker_id, guarded_by(actor), lock=False)


def worker_with_earnings_for(actor: Actor, worker_id: int) -> Worker:
    """The worker, for those who may see earnings and limits (`earnings_seen_by`). Raises NotFound."""
    return _the_worker(worker_id, earnings_seen_by(actor), lock=False)


def whose_earnings_are_seen(actor: Actor, worker_ids: Collection[int]) -> frozenset[int]:
    """Those of these workers whose earnings the actor may see."""
    query = select(Worker.id).where(Worker.id.in_(worker_ids), earnings_seen_by(actor))
    return frozenset(db.session.scalars(query))


def _the_worker(worker_id: int, visible: ColumnElement[bool], *, lock: bool) -> Worker:
    query = select(Worker).where(Worker.id == worker_id, visible)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return or_not_found(db.session.scalar(query))


# Conditions on Worker


def earnings_seen_by(actor: Actor) -> ColumnElement[bool]:
    """The actor may see earnings and limits: a coordinator, the worker, and with the worker's consent a support person
    or guardian.
    """
    with_consent = and_(supported_by(actor), has_consented(ConsentPurpose.SUPPORT_SEES_EARNINGS))
    return or_(coordinated_by(actor), owned_by(actor), with_consent, guarded_by(actor))


def coordinated_by(actor: Actor) -> ColumnElement[bool]:
    """The actor coordinates the worker's Jobcenter."""
    return Worker.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR))


def owned_by(actor: Actor) -> ColumnElement[bool]:
    """The worker is the actor."""
    return false() if actor.user_id is None else Worker.user_id == actor.user_id


def supported_by(actor: Actor) -> ColumnElement[bool]:
    """The actor is a support person of the worker today."""
    return _linked(actor, SupportKind.SUPPORT_PERSON)


def guarded_by(actor: Actor) -> ColumnElement[bool]:
    """The actor is the worker's guardian today, and the worker lets the guardian see earnings."""
    return and_(_linked(actor, SupportKind.GUARDIAN), has_consented(ConsentPurpose.GUARDIAN_SEES_EARNINGS))


def managed_by(actor: Actor) -> ColumnElement[bool]:
    """The actor manages the worker's unit."""
    units = select(WorkUnit.id).where(
        WorkUnit.manager_id == actor.user_id, WorkUnit.jobcenter_id.in_(actor.jobcenters(Role.UNIT_MANAGER))
    )
    return false() if actor.user_id is None else Worker.unit_id.in_(units)


def has_consented(purpose: ConsentPurpose) -> ColumnElement[bool]:
    """The worker's consent to the purpose is in force."""
    given = select(Consent.id).where(
        Consent.worker_id == Worker.id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
    )
    return given.exists()


def _linked(actor: Actor, kind: SupportKind) -> ColumnElement[bool]:
    if actor.user_id is None:
        return false()
    links = select(SupportLink.worker_id).where(
        SupportLink.user_id == actor.user_id, SupportLink.kind == kind, in_force(SupportLink, clock.today())
    )
    return Worker.id.in_(links)


def in_force(link: type[SupportLink], on: date) -> ColumnElement[bool]:
    """The link has begun and not ended on a day."""
    return and_(link.starts_on <= on, or_(link.ends_on.is_(None), link.ends_on >= on))


# The actor's people


def worker_of(actor: Actor) -> list[Worker]:
    """The actor's own worker rows, one per Jobcenter where they are active."""
    return _active_workers(owned_by(actor))


def workers_supported_by(actor: Actor) -> list[Worker]:
    """The active workers whom the actor supports today, by name."""
    return _active_workers(supported_by(actor))


def wards_of(actor: Actor) -> list[Worker]:
    """The workers whose guardian the actor is today, only those who let the guardian see earnings."""
    return _active_workers(guarded_by(actor))


def _active_workers(condition: ColumnElement[bool]) -> list[Worker]:
    query = select(Worker).where(Worker.active, condition)
    return list(db.session.scalars(query.order_by(Worker.given_name, Worker.family_name, Worker.id)))


# Facts for the law


def person_facts(worker: Worker) -> Person:
    """What the law's functions need to know of a worker; benefits None when never asked."""
    return person_facts_many([worker.id])[worker.id]


def person_facts_many(worker_ids: Collection[int]) -> dict[int, Person]:
    """The same of many, by worker id, in two queries."""
    held = benefits_of(HeldBenefit.worker_id.in_(worker_ids))
    elsewhere = told_elsewhere(clock.today())
    query = select(Worker.id, Worker.born, Worker.jobseeker, Worker.benefits_asked_on, elsewhere)
    rows = db.session.execute(query.where(Worker.id.in_(worker_ids)))
    return {
        worker_id: person_of(born, jobseeker, asked_on, held.get(worker_id, ()), told)
        for worker_id, born, jobseeker, asked_on, told in rows
    }


def person_of(
    born: date | None,
    jobseeker: JobseekerStatus,
    asked_on: date | None,
    held: tuple[BenefitHeld, ...],
    elsewhere: bool,
) -> Person:
    """Without a day of asking nothing is presumed, but a benefit that is known of still counts."""
    benefits = held if held or asked_on else None
    return Person(born, benefits, jobseeker, asked_on, elsewhere)


_STORED_AS = {"from_": "starts_on", "to": "ends_on"}
_BENEFIT_COLUMNS = tuple(getattr(HeldBenefit, _STORED_AS.get(field.name, field.name)) for field in fields(BenefitHeld))


def benefits_of(condition: ColumnElement[bool]) -> dict[int, tuple[BenefitHeld, ...]]:
    """Benefits by worker id, as the law knows them; the columns stand in the order of its fields."""
    query = select(HeldBenefit.worker_id, *_BENEFIT_COLUMNS).where(condition).order_by(HeldBenefit.id)
    held: dict[int, list[BenefitHeld]] = defaultdict(list)
    for worker_id, *facts in db.session.connection().execute(query).all():
        held[worker_id].append(_held(tuple(facts)))
    return {worker_id: tuple(benefits) for worker_id, benefits in held.items()}


@lru_cache(maxsize=8192)
def _held(facts: tuple) -> BenefitHeld:
    """One object for all people with the same benefit."""
    return BenefitHeld(*facts)


# Consents and support


def consent_in_force(worker_id: int, purpose: ConsentPurpose) -> Consent | None:
    """The worker's consent to a purpose, if it is in force."""
    return db.session.scalar(
        select(Consent).where(
            Consent.worker_id == worker_id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
        )
    )


def consents_of(worker_ids: Collection[int]) -> dict[int, frozenset[ConsentPurpose]]:
    """The purposes that workers' consents in force name, by worker id; every asked worker has an entry."""
    purposes: dict[int, set[ConsentPurpose]] = {worker_id: set() for worker_id in worker_ids}
    query = select(Consent.worker_id, Consent.purpose)
    for worker_id, purpose in db.session.execute(
        query.where(Consent.worker_id.in_(worker_ids), Consent.withdrawn_at.is_(None))
    ):
        purposes[worker_id].add(purpose)
    return {worker_id: frozenset(given) for worker_id, given in purposes.items()}


@dataclass(frozen=True)
class Supporter:
    """Somebody who stands beside a worker."""

    link_id: int
    user_id: int
    name: str
    email: str
    language: str
    kind: SupportKind
    starts_on: date
    ends_on: date | None


def supporters_of(worker_ids: Collection[int], on: date) -> dict[int, list[Supporter]]:
    """Who with an open account stands beside workers on a day, by worker id; every asked worker has an entry."""
    found: dict[int, list[Supporter]] = {worker_id: [] for worker_id in worker_ids}
    query = (
        select(SupportLink, User)
        .join(User, and_(User.id == SupportLink.user_id, User.active))
        .where(SupportLink.worker_id.in_(worker_ids), in_force(SupportLink, on))
        .order_by(SupportLink.id)
    )
    for link, user in db.session.execute(query):
        found[link.worker_id].append(
            Supporter(
                link_id=link.id,
                user_id=user.id,
                name=user.name,
                email=user.email,
                language=user.language,
                kind=link.kind,
                starts_on=link.starts_on,
                ends_on=link.ends_on,
            )
        )
    return found


# Tax cards, activity, absences


def tax_cards_of(worker_ids: Collection[int]) -> dict[int, list[TaxCard]]:
    """Workers' tax cards, the newest first, by worker id; every asked worker has an entry."""
    query = select(TaxCard).where(TaxCard.worker_id.in_(worker_ids))
    return _by_worker(worker_ids, db.session.scalars(query.order_by(TaxCard.valid_from.desc(), TaxCard.id.desc())))


def activity_of(worker_ids: Collection[int]) -> dict[int, list[ActivityTime]]:
    """Workers' weekly times in work activity, from Monday on, by worker id; every asked worker has an entry."""
    query = select(ActivityTime).where(ActivityTime.worker_id.in_(worker_ids))
    return _by_worker(worker_ids, db.session.scalars(query.order_by(ActivityTime.weekday, ActivityTime.starts)))


def unavailability_of(worker_ids: Collection[int], since: datetime) -> dict[int, list[Unavailability]]:
    """Times that end after an instant when workers cannot take gigs, by worker id; every asked worker has an entry."""
    query = select(Unavailability).where(Unavailability.worker_id.in_(worker_ids), Unavailability.ends_at > since)
    return _by_worker(worker_ids, db.session.scalars(query.order_by(Unavailability.starts_at)))


def _by_worker(worker_ids: Iterable[int], rows: Iterable[OfWorker]) -> dict[int, list[OfWorker]]:
    found: dict[int, list[OfWorker]] = {worker_id: [] for worker_id in worker_ids}
    for row in rows:
        found[row.worker_id].append(row)
    return found
