"""The week board, the gig beside it, the caseload, support time and support persons' capacity, on both databases."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from jobcenter.core.errors import DomainError, NotFound
from jobcenter.core.uow import unit_of_work
from jobcenter.matching.board.domain import Chosen, Need, Staffing, Week
from jobcenter.matching.board.queries import gigs_of_week
from jobcenter.matching.caseload import queries as caseload
from jobcenter.matching.caseload import service as support_time
from jobcenter.matching.caseload.domain import NewSupportTime, SupportTimeKind
from jobcenter.matching.caseload.queries import EVERYONE
from jobcenter.matching.domain import RuleCode
from jobcenter.matching.queries import match_of
from jobcenter.orders.gigs import domain, queries, service_support
from jobcenter.workers.capacity import service as capacities
from jobcenter.workers.capacity.domain import Capacity, WorkingTime
from tests.factories import NOW, TODAY
from tests.factories_gigs import Place, slot_id, support_actor

DAY = timedelta(days=1)
NEXT_WEEK = Week.of(TODAY).moved(1)


def do(verb, *args, **facts):
    with unit_of_work():
        return verb(*args, **facts)


@pytest.fixture
def gig(place):
    return place.gig(starts_at=NOW + 2 * DAY, slots=4)


def test_the_board_counts_places_and_shows_only_ones_own(place, gig):
    for number, make in enumerate((place.confirmed, place.accepted, place.offered)):
        make(gig, place.worker(f"Tekijä{number}"), number)
    Place().gig(starts_at=NOW + 2 * DAY)
    found = gigs_of_week(place.coordinator, Chosen(NEXT_WEEK))
    assert [one.staffing for one in found] == [Staffing(confirmed=1, accepted=1, offered=1, open=1)]
    assert not gigs_of_week(place.coordinator, Chosen(NEXT_WEEK, need=Need.STAFFED))
    assert not gigs_of_week(place.coordinator, Chosen(NEXT_WEEK.moved(1)))


def test_the_pages_of_the_desk(place, gig, as_user):
    place.worker()
    browser = as_user(place.coordinator_user)
    board = browser.page(f"/matching/week?week={NEXT_WEEK.name}")
    card = board.select_one("a.gig-open")
    assert "4 to fill" in card.text
    place.confirmed(gig, place.worker("Aino"))
    assert "Veikko" in browser.page(card["href"]).text
    assert "Veikko" in browser.page("/matching/caseload").text
    assert as_user(place.orderer_user).get("/matching/week").status_code == 403


def test_somebody_elses_gig_is_not_found_beside_the_board(place, as_user):
    other = Place().gig()
    assert as_user(place.coordinator_user).get(f"/matching/week/gigs/{other.id}").status_code == 404


def test_a_support_person_is_booked_within_working_times_only(place, gig):
    tuija = place.support_person()
    do(capacities.set_capacity, place.coordinator, tuija.id, Capacity(times=(WorkingTime(0, time(8), time(16)),)))
    with pytest.raises(domain.SupportBusy) as refused:
        do(service_support.book_support, place.coordinator, gig.id, tuija.id)
    assert refused.value.code == "support_outside_hours"
    with pytest.raises(NotFound):
        do(capacities.set_capacity, Place().coordinator, tuija.id, Capacity())


def test_nobody_more_is_offered_a_gig_than_its_support_can_support(place, gig, as_user):
    tuija, aino, bo = (
        place.support_person(),
        place.worker("Aino", needs_support=True),
        place.worker("Bo", needs_support=True),
    )
    do(capacities.set_capacity, place.coordinator, tuija.id, Capacity(at_once=1))
    do(service_support.book_support, place.coordinator, gig.id, tuija.id)
    whole = queries.gig_for(place.coordinator, gig.id)
    assert RuleCode.NEEDS_SUPPORT not in match_of(whole, bo.id, NOW).fit.codes
    place.offered(gig, aino)
    whole = queries.gig_for(place.coordinator, gig.id)
    assert RuleCode.NEEDS_SUPPORT in match_of(whole, bo.id, NOW).fit.codes
    assert "Bo" in as_user(place.coordinator_user).get(f"/matching/slots/{slot_id(gig, 1)}").text


def test_support_time_is_ones_own_logged_once_and_in_the_caseload(place, as_user):
    aino, bo = place.worker("Aino"), place.worker("Bo")
    tuija = place.support_person(aino)
    actor = support_actor(tuija, place.jobcenter)
    new = NewSupportTime(TODAY, 45, SupportTimeKind.BEFORE, aino.id, "", "key")
    assert do(support_time.log_time, actor, new).id == do(support_time.log_time, actor, new).id
    with pytest.raises(DomainError) as refused:
        do(support_time.log_time, actor, NewSupportTime(TODAY, 45, SupportTimeKind.BEFORE, bo.id, "", "other"))
    assert refused.value.code == "support_time_not_yours"
    mine = caseload.cases(actor, EVERYONE, NOW, limit=9, offset=0)
    assert [(case.name, case.support_minutes) for case in mine] == [("Aino Tekijä", 45)]
    assert caseload.totals(place.coordinator, EVERYONE, NOW).people == 2
    assert [load.minutes for load in caseload.support_loads(place.coordinator, NOW)] == [45]
    browser = as_user(tuija)
    assert "45\xa0min" in browser.page("/matching/support-time").text
    form = {"at_once": "3", "travel_minutes": "20", "starts_0": "8.00", "ends_0": "16.00"}
    assert browser.post(f"/matching/support/{tuija.id}/times", data=form).status_code == 302
    assert browser.post(f"/matching/support/{tuija.id}/times", data=form | {"starts_1": "9"}).status_code == 422
