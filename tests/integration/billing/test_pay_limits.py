"""What the pay day does to benefits beforehand, and hours that wait for the next list; who may look."""

from datetime import date

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import Role
from jobcenter.billing.payruns import queries, service
from jobcenter.billing.payruns.models import PayItem
from jobcenter.core.audit import AuditEvent
from tests import factories
from tests.factories_billing import World
from tests.factories_earnings import PENSION, wages

PAY_DAY, NEXT = date(2026, 11, 30), date(2026, 12, 15)
KEY = "6f1c2a52-9d43-4f6c-9c50-0b1c5d1f7e22"


@pytest.fixture
def near(world: World, session):
    """A pensioner whose pay of earlier hours has come in November already, and another person who has no benefits."""
    wages()
    world.worker.benefits_asked_on, world.worker.born = factories.TODAY, date(1990, 5, 1)
    factories.benefit(world.worker, PENSION)
    other = factories.worker(world.jobcenter, given_name="Rauha", family_name="Rauhallinen")
    other.benefits_asked_on, other.born = factories.TODAY, date(1990, 5, 1)
    for day in range(1, 13):
        world.hours(date(2026, 10, day), 8, paid_on=date(2026, 11, 13))
    world.hours(date(2026, 11, 19), 8)
    world.hours(date(2026, 11, 20), 3, by=other)
    session.commit()
    return other


def path(world, day=PAY_DAY):
    return f"/pay-runs/new/{world.jobcenter.id}/limits?pay_on={day}"


def test_whom_the_day_takes_over_and_the_next_not(world, near, session, as_user):
    page = as_user(world.coordinator_user).page(path(world)).text
    assert "it counts for November 2026. That goes over" in page
    assert "nothing would go over" in page
    assert "has agreed to wait" in page
    assert "takes no limit over for 1 person" in page
    later = as_user(world.coordinator_user).page(path(world, NEXT)).text
    assert "takes no limit over for 2 people" in later
    reads = session.scalars(select(AuditEvent).where(AuditEvent.verb == "read")).all()
    assert {read.thing_id for read in reads} == {str(world.worker.id), str(near.id)}


def test_who_agreed_waits_for_the_next_list(world, near, session, as_user):
    coordinator = as_user(world.coordinator_user)
    data = {"pay_on": "2026-11-30", "form_key": KEY, "wait": [str(world.worker.id)]}
    assert coordinator.post(f"/pay-runs/new/{world.jobcenter.id}", data=data).status_code == 302
    assert [item.worker_id for item in session.scalars(select(PayItem))] == [near.id]
    assert {row.worker_id for row in queries.waiting_in(world.jobcenter.id)} == {world.worker.id}
    event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "pay_run.list")).one()
    assert event.after["left_out"] == [world.worker.id]


def test_nobody_else_can_be_told_to_wait(world, near, session, as_user):
    data = {"pay_on": "2026-11-30", "form_key": KEY, "wait": ["999"]}
    reply = as_user(world.coordinator_user).post(f"/pay-runs/new/{world.jobcenter.id}", data=data)
    assert reply.status_code == 422
    assert not session.scalars(select(PayItem)).all()


def test_another_jobcenters_coordinator_finds_nothing(world, session, as_user):
    stranger = factories.someone(Role.COORDINATOR, factories.jobcenter(), given_name="Vieras")
    session.commit()
    assert as_user(stranger).get(path(world)).status_code == 404
    assert as_user(world.worker_user).get(path(world)).status_code == 403


def test_each_pay_day_knows_the_next(world, session):
    assert service.days_with_next(world.jobcenter.id)[PAY_DAY] > PAY_DAY
