"""Units: kept by coordinators and administrators of their own Jobcenter, seen by their manager."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import Role
from jobcenter.core.errors import DomainError, NotFound
from jobcenter.workers.domain import UnitFacts
from jobcenter.workers.models import WorkUnit
from jobcenter.workers.units import service
from tests import factories
from tests.integration.workers.test_profiles import do


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMIN])
def test_a_unit_is_added_and_changed_on_the_pages(client, session, world, role):
    client.sign_in_as(factories.someone(role, world.jobcenter))
    sent = {"jobcenter_id": world.jobcenter.id, "name": "Pajala Å", "manager_id": world.manager.id}
    assert client.post("/units/new", data=sent).status_code == 302
    unit = session.scalar(select(WorkUnit).where(WorkUnit.name == "Pajala Å"))
    assert unit.manager_id == world.manager.id
    assert "Pajala Å" in client.page("/units").text
    assert client.post(f"/units/{unit.id}", data={"name": "Uusi", "address": "Tie 1"}).status_code == 302
    session.refresh(unit)
    assert (unit.name, unit.address, unit.manager_id) == ("Uusi", "Tie 1", None)


def test_a_name_in_use_is_refused_in_words(client, world):
    client.sign_in_as(world.coordinator)
    page = client.post("/units/new", data={"jobcenter_id": world.jobcenter.id, "name": world.unit.name})
    assert page.status_code == 422
    assert "same name" in page.text
    assert client.post("/units/new", data={"jobcenter_id": world.jobcenter.id, "name": ""}).status_code == 422


def test_a_manager_from_elsewhere_is_refused(session, world, elsewhere):
    facts = UnitFacts("Uusi", "", elsewhere.manager.id)
    with pytest.raises(DomainError, match="manager_not_here"):
        do(service.add, world.coordinating, world.jobcenter.id, facts)
    with pytest.raises(DomainError, match="manager_not_here"):
        do(service.change, world.coordinating, world.unit.id, facts)


def test_units_of_another_jobcenter_are_not_found(client, session, world, elsewhere):
    with pytest.raises(NotFound):
        do(service.add, world.coordinating, elsewhere.jobcenter.id, UnitFacts("Uusi", "", None))
    client.sign_in_as(world.coordinator)
    assert client.get(f"/units/{elsewhere.unit.id}").status_code == 404
    assert client.post(f"/units/{elsewhere.unit.id}", data={"name": "x"}).status_code == 404
    assert elsewhere.unit.name not in client.page("/units").text


def test_a_former_manager_sees_the_people_no_more(client, session, world):
    do(service.change, world.coordinating, world.unit.id, UnitFacts(world.unit.name, "", None))
    client.sign_in_as(world.manager)
    assert client.get(f"/unit/{world.veikko.id}").status_code == 404
    assert client.get("/units").status_code == 403
