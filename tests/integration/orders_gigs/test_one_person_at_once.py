"""What binds one person to a time is looked at one after the other: two sessions at once, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobcenter.auth.models import User
from jobcenter.benefits import JobseekerStatus
from jobcenter.core import clock
from jobcenter.core.errors import DomainError
from jobcenter.orders.gigs import service, service_offers
from jobcenter.orders.gigs.domain import GigTimes, OfferStatus
from jobcenter.orders.gigs.models import Offer
from tests import factories
from tests.factories import NOW, TODAY
from tests.factories_gigs import Place, actor_of
from tests.threads import while_open

DAY = timedelta(days=1)


def at_once(app, first, second) -> list[str]:
    """The refusals of the second, done while the first is not stored yet."""
    refused = []

    def do() -> None:
        with clock.frozen(NOW):
            first()

    def follow() -> None:
        with clock.frozen(NOW):
            try:
                second()
            except DomainError as refusal:
                refused.append(refusal.code)

    while_open(app, do, follow)
    return refused


def yes_to(offer, worker):
    actor, offer_id = actor_of(worker), offer.id
    return lambda: service_offers.accept(actor, offer_id)


def a_swap(place, offer, other):
    coordinator, first, second = place.coordinator, offer.id, other.id
    return lambda: service_offers.swap(coordinator, first, second, reason="Sovittu")


def status_of(session, offer) -> OfferStatus:
    return session.get_one(Offer, offer.id, populate_existing=True).status


def test_a_swap_holds_back_a_yes_to_a_gig_at_the_same_time(place, session, app):
    aino, bo = place.worker("Aino"), place.worker("Bo")
    today, tomorrow, also_tomorrow = place.gig(), *(place.gig(starts_at=NOW + 3 * DAY) for _gig in "ab")
    mine, theirs = place.confirmed(today, aino), place.confirmed(tomorrow, bo)
    wanted = place.offered(also_tomorrow, aino)
    swap, yes = a_swap(place, mine, theirs), yes_to(wanted, aino)
    session.commit()
    assert at_once(app, swap, yes) == ["worker_busy_self"]
    assert status_of(session, wanted) is OfferStatus.OFFERED


def test_a_moved_gig_holds_back_a_yes_to_a_gig_at_its_new_time(place, session, app):
    aino, later = place.worker("Aino"), NOW + 3 * DAY
    moved, other = place.gig(), place.gig(starts_at=later)
    place.confirmed(moved, aino)
    wanted = place.offered(other, aino)
    starts = clock.local(later).time()
    times = GigTimes(clock.day_of(later), starts, clock.local(later + timedelta(hours=2)).time(), 0)
    coordinator, gig_id, yes = place.coordinator, moved.id, yes_to(wanted, aino)
    session.commit()
    assert at_once(app, lambda: service.change_gig(coordinator, gig_id, times), yes) == ["worker_busy_self"]


@pytest.mark.parametrize("confirmed_first", [False, True], ids=["a yes", "a confirmation"])
def test_a_place_in_one_jobcenter_holds_back_a_yes_of_the_same_person_in_another(place, session, app, confirmed_first):
    elsewhere, here = Place(), place.worker()
    told = {"benefits_asked_on": TODAY, "jobseeker": JobseekerStatus.NOT_REGISTERED}
    there = factories.worker(elsewhere.jobcenter, session.get_one(User, here.user_id), **told)
    factories.consent(there)
    session.commit()
    offer, wanted = place.offered(place.gig(), here), elsewhere.offered(elsewhere.gig(), there)
    coordinator, offer_id, say_yes = place.coordinator, offer.id, yes_to(offer, here)
    yes_there = yes_to(wanted, there)
    session.commit()

    def first() -> None:
        say_yes()
        if confirmed_first:
            service_offers.confirm(coordinator, offer_id)

    assert at_once(app, first, yes_there) == ["worker_busy_self"]
    assert status_of(session, wanted) is OfferStatus.OFFERED


def test_two_swaps_of_the_same_two_gigs_do_not_stand_in_each_others_way(place, session, app):
    people = [place.worker(name) for name in ("Aino", "Bo", "Cia", "Dan")]
    first, second = place.gig(slots=2), place.gig(slots=2, starts_at=NOW + 3 * DAY)
    a, b = place.confirmed(first, people[0], 0), place.confirmed(second, people[1], 0)
    c, d = place.confirmed(second, people[2], 1), place.confirmed(first, people[3], 1)
    swap, back = a_swap(place, a, b), a_swap(place, c, d)
    session.commit()
    assert at_once(app, swap, back) == []
    assert {status_of(session, offer) for offer in (a, b, c, d)} == {OfferStatus.WITHDRAWN}
