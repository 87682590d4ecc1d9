"""The coordinator's list of gigs, of one order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobcenter.auth.domain import Role
from jobcenter.core import clock
from tests import factories


@pytest.fixture
def desk(session):
    with clock.frozen(factories.NOW):
        jobcenter = factories.jobcenter()
        organisation = factories.organisation(jobcenter)
        orders = [factories.order(jobcenter, organisation, title=title) for title in ("Lumityöt", "Astianpesu")]
        for order in orders:
            factories.gig(order, factories.NOW + timedelta(days=2))
        coordinator = factories.someone(Role.COORDINATOR, jobcenter)
        session.commit()
        yield orders, coordinator


def test_the_order_page_leads_to_its_gigs_alone(desk, as_user):
    (snow, _dishes), coordinator = desk
    page = as_user(coordinator).get(f"/orders/{snow.id}")
    assert f"/gigs?order={snow.id}" in page.text
    listed = as_user(coordinator).get(f"/gigs?order={snow.id}")
    assert "Lumityöt" in listed.text
    assert "Astianpesu" not in listed.text


@pytest.mark.parametrize("number", ["", "x", "99999999999999999999", "-1", "٣"])
def test_what_is_no_order_lists_every_gig(desk, as_user, number):
    _orders, coordinator = desk
    listed = as_user(coordinator).get(f"/gigs?order={number}")
    assert listed.status_code == 200
    assert "Lumityöt" in listed.text and "Astianpesu" in listed.text
