"""A Jobcenter with one worker and everybody around them, and another Jobcenter with the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import Jobcenter, User
from jobcenter.core import clock
from jobcenter.workers.domain import ConsentPurpose, SupportKind
from jobcenter.workers.models import Worker, WorkUnit
from tests import factories


@dataclass(frozen=True)
class World:
    """Stored people of one Jobcenter: `veikko` is the worker, the others stand around him."""

    jobcenter: Jobcenter
    unit: WorkUnit
    veikko: Worker
    veikko_user: User
    coordinator: User
    support: User
    guardian: User
    manager: User

    def actor(self, user: User, *roles: Role) -> Actor:
        return factories.actor(user, *((role, self.jobcenter) for role in roles))

    @property
    def coordinating(self) -> Actor:
        return self.actor(self.coordinator, Role.COORDINATOR)

    @property
    def himself(self) -> Actor:
        return self.actor(self.veikko_user, Role.WORKER)

    @property
    def supporting(self) -> Actor:
        return self.actor(self.support, Role.SUPPORT)

    @property
    def guarding(self) -> Actor:
        return self.actor(self.guardian, Role.GUARDIAN)

    @property
    def managing(self) -> Actor:
        return self.actor(self.manager, Role.UNIT_MANAGER)


def make_world() -> World:
    jobcenter = factories.jobcenter()
    manager = factories.someone(Role.UNIT_MANAGER, jobcenter, given_name="Ulla")
    unit = factories.unit(jobcenter, manager_id=manager.id)
    user = factories.someone(Role.WORKER, jobcenter, given_name="Veikko", family_name="Åkerö")
    veikko = factories.worker(jobcenter, user, unit_id=unit.id)
    support = factories.someone(Role.SUPPORT, jobcenter, given_name="Tuula")
    factories.support(veikko, support)
    guardian = factories.someone(Role.GUARDIAN, jobcenter, given_name="Eero")
    factories.support(veikko, guardian, SupportKind.GUARDIAN)
    coordinator = factories.someone(Role.COORDINATOR, jobcenter, given_name="Kaisa")
    return World(jobcenter, unit, veikko, user, coordinator, support, guardian, manager)


@pytest.fixture(autouse=True)
def frozen_clock() -> Iterator[None]:
    with clock.frozen(factories.NOW):
        yield


@pytest.fixture
def world(session: Session) -> World:
    made = make_world()
    session.commit()
    return made


@pytest.fixture
def elsewhere(session: Session) -> World:
    """The same in another Jobcenter."""
    made = make_world()
    session.commit()
    return made


@pytest.fixture
def agreed(world: World, session: Session) -> World:
    """The worker has agreed to the income and debt statement."""
    factories.consent(world.veikko, ConsentPurpose.INCOME_AND_DEBT_STATEMENT)
    session.commit()
    return world
