"""A unit's manager sees the coming gigs of the people who let the unit see them: when and where, nothing of money."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobcenter.auth.domain import Role
from jobcenter.workers.domain import ConsentPurpose
from tests import factories
from tests.factories import NOW


@pytest.fixture
def unit(place):
    """The manager, and somebody of the unit with a gig coming."""
    manager = factories.someone(Role.UNIT_MANAGER, place.jobcenter, given_name="Ulla")
    kept = factories.unit(place.jobcenter, manager_id=manager.id)
    worker = place.worker("Veikko")
    worker.unit_id = kept.id
    factories.db.session.commit()
    place.confirmed(place.gig(), worker)
    return manager, worker


def consent(worker, **facts) -> None:
    factories.consent(worker, ConsentPurpose.UNIT_SEES_GIGS, **facts)
    factories.db.session.commit()


def test_times_and_place_without_pay_or_benefits(place, unit, as_user):
    manager, worker = unit
    consent(worker)
    page = as_user(manager).page("/gigs/unit").find("main").get_text()
    assert "Veikko Tekijä" in page
    assert "9:00–12:00" in page
    assert "Kahvikuja 2" in page
    assert "€" not in page
    assert "contract" not in page.lower()


def test_who_has_not_consented_or_has_withdrawn_does_not_show(place, unit, as_user):
    manager, worker = unit
    assert "Veikko" not in as_user(manager).page("/gigs/unit").get_text()
    consent(worker, withdrawn_at=NOW - timedelta(hours=1))
    assert "Veikko" not in as_user(manager).page("/gigs/unit").get_text()


def test_open_offers_cancelled_gigs_and_people_of_other_units_do_not_show(place, unit, as_user):
    manager, _veikko = unit
    stranger = place.worker("Aino")
    thinking = place.worker("Bo")
    thinking.unit_id = _veikko.unit_id
    place.confirmed(place.gig(slots=2), stranger)
    place.offered(place.gig(), thinking)
    consent(stranger)
    consent(thinking)
    page = as_user(manager).page("/gigs/unit").get_text()
    assert "Aino" not in page
    assert "Bo" not in page


def test_only_a_unit_manager_may_look(place, unit, as_user):
    for user in (place.coordinator_user, place.orderer_user, place.support_person()):
        assert as_user(user).get("/gigs/unit").status_code == 403
