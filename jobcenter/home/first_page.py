"""The first page of whoever is signed in: a part for each of their roles, what needs them now first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from jobcenter.auth.domain import Actor, Role
from jobcenter.core import audit, clock
from jobcenter.home.administrator import queries as administrator
from jobcenter.home.administrator.queries import AdministratorPage
from jobcenter.home.coordinator import queries as coordinator
from jobcenter.home.coordinator.queries import CoordinatorPage
from jobcenter.home.limits import LimitLine, limits_of
from jobcenter.home.orderer import queries as orderer
from jobcenter.home.orderer.queries import OrdererPage
from jobcenter.home.supporter import queries as supporter
from jobcenter.home.supporter.queries import SupporterPage
from jobcenter.home.unit import queries as unit
from jobcenter.home.unit.queries import UnitPage
from jobcenter.home.worker import queries as worker
from jobcenter.home.worker.queries import WorkerPage
from jobcenter.orders.hours.domain import period_on
from jobcenter.orders.hours.queries import confirmation_periods
from jobcenter.workers.queries import wards_of, worker_of
from jobcenter.workers.statement.queries import own_review_due


@dataclass(frozen=True)
class Ward:
    """A person whose guardian the reader is, and who lets the guardian see earnings."""

    worker_id: int
    name: str
    limits: tuple[LimitLine, ...]


@dataclass(frozen=True)
class OwnLimits:
    """The reader as a worker: their row (None without one), the row whose statement is to be gone through again (if it
    is time), and their limits, the most urgent first.
    """

    worker_id: int | None = None
    to_review: int | None = None
    limits: tuple[LimitLine, ...] = ()


@dataclass(frozen=True)
class FirstPage:
    """The parts of one reader's first page; None where the reader has not the role."""

    worker: WorkerPage | None
    own: OwnLimits
    coordinator: CoordinatorPage | None
    supporter: SupporterPage | None
    orderer: OrdererPage | None
    unit: UnitPage | None
    wards: tuple[Ward, ...] | None
    administrator: AdministratorPage | None

    @property
    def several(self) -> bool:
        """Whether the parts need a heading each."""
        parts = (self.worker, self.coordinator, self.supporter, self.orderer, self.unit, self.wards, self.administrator)
        return sum(part is not None for part in parts) > 1


def first_page_for(actor: Actor, now: datetime) -> FirstPage:
    """Everything that the first page of `actor` shows."""
    today = clock.day_of(now)
    is_worker = actor.has(Role.WORKER)
    return FirstPage(
        worker=worker.page_for(actor, now) if is_worker else None,
        own=_own_limits(actor, today) if is_worker else OwnLimits(),
        coordinator=_coordinator(actor, now) if actor.has(Role.COORDINATOR) else None,
        supporter=supporter.page_for(actor, now) if actor.has(Role.SUPPORT) else None,
        orderer=orderer.page_for(actor, now) if actor.has(Role.ORDERER) else None,
        unit=unit.page_for(actor, today) if actor.has(Role.UNIT_MANAGER) else None,
        wards=_wards(actor, today) if actor.has(Role.GUARDIAN) else None,
        administrator=administrator.page_for(actor, now) if actor.has(Role.ADMIN) else None,
    )


def _own_limits(actor: Actor, today: date) -> OwnLimits:
    rows = worker_of(actor)
    if not rows:
        return OwnLimits()
    found = limits_of(rows, today)
    return OwnLimits(
        worker_id=rows[0].id,
        to_review=own_review_due(actor, today),
        limits=tuple(line for lines in found.values() for line in lines),
    )


def _coordinator(actor: Actor, now: datetime) -> CoordinatorPage:
    period = period_on(confirmation_periods(), clock.day_of(now))
    return coordinator.page_for(actor, now, now - period.coordinator_after)


def _wards(actor: Actor, today: date) -> tuple[Ward, ...]:
    """The guardian's persons; each reading of their limits is noted."""
    people = wards_of(actor)
    limits = limits_of(people, today, by_name=True)
    for person in people:
        audit.note_read(actor, "worker", person.id, ["limits"], person.jobcenter_id)
    return tuple(Ward(worker_id=person.id, name=person.name, limits=tuple(limits[person.id])) for person in people)
