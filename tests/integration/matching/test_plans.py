"""Plans on the desk, on both databases: asked for, computed by the job, changed, run again, sent."""

from __future__ import annotations

import uuid
from datetime import date, time, timedelta
from threading import Event

import pytest
from sqlalchemy import select

from jobcenter import scheduler
from jobcenter.auth.models import User
from jobcenter.benefits import LimitState
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, NotFound, NotPossible
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.matching.plan.desk import domain, jobs, queries, sending, service, service_running
from jobcenter.matching.plan.desk.domain import PlacementStatus, PlanStatus, Propose, PutIn, Scope, SendPlan
from jobcenter.matching.plan.desk.models import Placement, PlanRun
from jobcenter.matching.plan.desk.told import Told
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Offer, SupportBooking
from jobcenter.orders.intake.models import Order
from jobcenter.workers.domain import TaskCategory
from tests import factories
from tests.factories_gigs import Place, unemployed

MONDAY = date(2026, 11, 30)
DISHES = frozenset({TaskCategory.DISHWASHING})


def do(verb, *args, **facts):
    with unit_of_work():
        return verb(*args, **facts)


def wish(**facts):
    given = {"scope": Scope.WEEK, "on": MONDAY, "seconds": 5, "unknown_limits": False, "form_key": str(uuid.uuid4())}
    return Propose(**given | facts)


def person(place, name, **facts):
    """Somebody who may be planned: their limits are known, and none is near."""
    worker = place.worker(name, tasks=DISHES, **facts)
    limit = {"rule": "yel.yearly_limit", "series": "2026", "state": LimitState.UNDER}
    period = {"period_from": date(2026, 1, 1), "period_to": date(2026, 12, 31)}
    told = {"rules_version": "1", "payload": {}, "digest": "told", "made_at": clock.now(), "left_with_agreed": 1000}
    db.session.add(LimitSnapshot(worker_id=worker.id, state_with_agreed=LimitState.UNDER, **limit, **period, **told))
    db.session.commit()
    return worker


def at(day, hour):
    return clock.at(MONDAY + timedelta(days=day), time(hour))


def computed(place, **facts):
    """A plan of the week, computed."""
    plan = do(service.propose, place.coordinator, place.jobcenter.id, wish(**facts))
    report = jobs.make_plans(clock.now())
    assert (report.done, report.failed) == (1, 0)
    db.session.expire_all()
    return plan


def who(plan):
    """The proposed places as (gig, worker)."""
    return {(p.gig_id, p.worker_id) for p in queries.placements_of(plan.id) if p.status is PlacementStatus.PROPOSED}


def test_a_plan_fills_what_can_be_filled_and_says_why_the_rest_stays_open(place, session):
    monday, tuesday = place.gig(starts_at=at(0, 9)), place.gig(starts_at=at(1, 9), slots=3)
    aino, bo = person(place, "Aino"), person(place, "Bo", ready_since=None)
    jobless = person(place, "Toivo")
    unemployed(jobless)
    plan = computed(place)
    assert plan.status is PlanStatus.READY
    assert who(plan) == {(monday.id, aino.id), (tuesday.id, aino.id)}
    told = Told.of(plan.result)
    assert (told.filled, told.slots, told.worth == told.bound) == (2, 4, True)
    gig = next(gig for gig in told.gigs if gig.gig_id == tuesday.id)
    assert dict(gig.reasons) == {"not_ready": 1, "guard_benefit": 1}
    assert [one.worker for one in gig.could] == [bo.id]


def test_higher_priority_is_filled_first(place, session):
    low = factories.order(place.jobcenter, place.organisation, contract_form=place.order.contract_form, priority=4)
    factories.gig(low, starts_at=at(0, 9))
    urgent, only = place.gig(starts_at=at(0, 9)), person(place, "Aino")
    assert who(computed(place)) == {(urgent.id, only.id)}


def test_a_coordinator_sets_an_orders_priority_and_nobody_else(place, session, client):
    address = f"/orders/{place.order.id}/priority"
    assert "/sign-in" in client.get(address).headers["Location"]
    client.sign_in_as(session.get_one(User, place.orderer_user.id))
    assert client.post(address, data={"priority": "9"}).status_code == 403
    client.sign_in_as(session.get_one(User, Place().coordinator_user.id))
    assert client.get(address).status_code == 404
    client.sign_in_as(session.get_one(User, place.coordinator_user.id))
    client.page(address)
    assert client.post(address, data={"priority": "10"}).status_code == 422
    assert client.post(address, data={"priority": "9"}).status_code == 302
    assert "Priority when gigs are planned: 9" in client.page(f"/orders/{place.order.id}").text
    assert session.get_one(Order, place.order.id, populate_existing=True).priority == 9


def test_agreed_and_offered_places_are_settled(place, session):
    gig, same_time = place.gig(starts_at=at(0, 9), slots=2), place.gig(starts_at=at(0, 10))
    aino, bo = person(place, "Aino"), person(place, "Bo")
    place.offered(gig, aino)
    plan = computed(place)
    assert (same_time.id, aino.id) not in who(plan)
    assert len(who(plan)) == 1 and who(plan) <= {(gig.id, bo.id), (same_time.id, bo.id)}


def test_people_whose_limits_nobody_knows_are_named_and_left_out_unless_allowed(place, session):
    gig, worker = place.gig(starts_at=at(0, 9)), place.worker("Veikko", tasks=DISHES)
    plan = computed(place)
    assert not who(plan) and Told.of(plan.result).unknown == (worker.id,)
    assert who(computed(place, unknown_limits=True)) == {(gig.id, worker.id)}


def test_a_limit_is_kept_over_the_whole_plan(place, session):
    for day in range(3):
        place.gig(starts_at=at(day, 9), hours=3)
    worker = person(place, "Aino")
    limit = session.scalars(select(LimitSnapshot).where(LimitSnapshot.worker_id == worker.id)).one()
    limit.left_with_agreed = 70
    session.commit()
    assert len(who(computed(place))) == 2


def test_whoever_needs_support_comes_with_somebody(place, session):
    gig = place.gig(starts_at=at(0, 9))
    worker = person(place, "Aino", needs_support=True)
    assert not who(computed(place))
    tuija = place.support_person(worker)
    plan = computed(place)
    (placement,) = queries.placements_of(plan.id)
    assert (placement.gig_id, placement.support_id) == (gig.id, tuija.id)
    sent = sending.send_plan(place.coordinator, plan.id, SendPlan(2))
    assert sent.sent == 1
    assert session.scalars(select(SupportBooking.user_id)).all() == [tuija.id]


# Asking


def test_one_plan_is_computed_at_a_time_and_one_form_asks_once(place, session):
    place.gig(starts_at=at(0, 9))
    asked = wish()
    first = do(service.propose, place.coordinator, place.jobcenter.id, asked)
    assert do(service.propose, place.coordinator, place.jobcenter.id, asked).id == first.id
    with pytest.raises(domain.PlanUnderWay):
        do(service.propose, place.coordinator, place.jobcenter.id, wish())


def test_nothing_open_is_nothing_to_plan(place, session):
    with pytest.raises(domain.NothingToPlan):
        do(service.propose, place.coordinator, place.jobcenter.id, wish())


def test_a_plan_of_another_jobcenter_is_not_found(place, session):
    place.gig(starts_at=at(0, 9))
    stranger = Place().coordinator
    with pytest.raises(NotFound):
        do(service.propose, stranger, place.jobcenter.id, wish())
    plan = do(service.propose, place.coordinator, place.jobcenter.id, wish())
    for verb in (service.stop, service.discard):
        with pytest.raises(NotFound):
            do(verb, stranger, plan.id)
    with pytest.raises(NotFound):
        sending.send_plan(stranger, plan.id, SendPlan(2))


# Computing


def test_a_plan_whose_computing_fell_silent_is_taken_up_again_and_given_up_at_last(place, session):
    place.gig(starts_at=at(0, 9))
    plan = do(service.propose, place.coordinator, place.jobcenter.id, wish())
    now = clock.now()
    for attempt in range(1, domain.MOST_ATTEMPTS + 1):
        claim = do(service_running.take_up, now)
        assert claim == service_running.Claim(plan.id, attempt)
        assert do(service_running.take_up, now) is None, "somebody computes it"
        now += 2 * domain.SILENT_FOR
    assert do(service_running.take_up, now) is None
    assert session.get_one(PlanRun, plan.id, populate_existing=True).status is PlanStatus.FAILED


def test_the_scheduler_looks_for_plans_by_itself(place, session, app, monkeypatch):
    place.gig(starts_at=at(0, 9))
    person(place, "Aino")
    plan = do(service.propose, place.coordinator, place.jobcenter.id, wish())
    monkeypatch.setattr(scheduler, "WATCH_SECONDS", 0.01)
    over, seen = Event(), []

    def once(now):
        seen.append(jobs.make_plans(now))
        over.set()
        return seen[0]

    monkeypatch.setattr(scheduler, "WATCHED", (once,))
    scheduler.watch(app, over)
    assert session.get_one(PlanRun, plan.id, populate_existing=True).status is PlanStatus.READY and seen[0].done == 1


def test_whoever_was_replaced_writes_nothing(place, session):
    place.gig(starts_at=at(0, 9))
    do(service.propose, place.coordinator, place.jobcenter.id, wish())
    now = clock.now()
    first = do(service_running.take_up, now)
    second = do(service_running.take_up, now + 2 * domain.SILENT_FOR)
    assert do(service_running.tell, first, {}) is False
    assert do(service_running.tell, second, {"seconds": 1}) is True
    assert do(service_running.finish, first, None) is False


def test_a_discarded_plan_ends_its_computing(place, session):
    place.gig(starts_at=at(0, 9))
    plan = do(service.propose, place.coordinator, place.jobcenter.id, wish())
    claim = do(service_running.take_up, clock.now())
    do(service.stop, place.coordinator, plan.id)
    assert do(service_running.tell, claim, {}) is False, "it is to end with what it has"
    do(service.discard, place.coordinator, plan.id)
    assert do(service_running.finish, claim, None) is False
    with pytest.raises(AlreadyDone):
        do(service.discard, place.coordinator, plan.id)


# Changing


def test_what_is_locked_or_taken_off_stays_so_when_run_again(place, session):
    gig = place.gig(starts_at=at(0, 9))
    aino, bo = person(place, "Aino"), person(place, "Bo")
    plan = computed(place)
    (placed,) = queries.placements_of(plan.id)
    other = bo if placed.worker_id == aino.id else aino
    do(service.put_in, place.coordinator, plan.id, gig.id, PutIn(other.id, instead_of_id=placed.id))
    again = computed(place, again_id=plan.id)
    (kept,) = queries.placements_of(again.id)
    assert (kept.worker_id, kept.locked, kept.by_hand) == (other.id, True, True)
    assert queries.difference_from(again) == domain.Difference((), (), 1)
    do(service.leave_out, place.coordinator, kept.id)
    third = computed(place, again_id=again.id)
    assert who(third) == {(gig.id, placed.worker_id)}
    assert queries.difference_from(third) == domain.Difference(((gig.id, placed.worker_id),), (), 0)


def test_nobody_is_put_in_against_the_rules(place, session):
    gig, same_time = place.gig(starts_at=at(0, 9)), place.gig(starts_at=at(0, 10))
    aino = person(place, "Aino")
    plan = computed(place)
    (placed,) = queries.placements_of(plan.id)
    free = same_time if placed.gig_id == gig.id else gig
    with pytest.raises(domain.PersonNotAllowed):
        do(service.put_in, place.coordinator, plan.id, free.id, PutIn(aino.id))
    with pytest.raises(NotPossible):
        do(service.put_in, place.coordinator, plan.id, placed.gig_id, PutIn(person(place, "Bo").id))


# Sending


def test_stale_places_are_refused_in_words_and_the_others_sent_once(place, session):
    first, second = place.gig(starts_at=at(0, 9)), place.gig(starts_at=at(1, 9))
    aino = person(place, "Aino", weekly_minutes_most=600)
    plan = computed(place)
    assert len(who(plan)) == 2
    place.offered(first, person(place, "Bo"))
    place.accepted(first, person(place, "Cecilia"))
    sent = sending.send_plan(place.coordinator, plan.id, SendPlan(2))
    assert sent.sent == 1 and len(sent.refused) == 1 and sent.refused[0].startswith("Aino Tekijä: ")
    assert sending.send_plan(place.coordinator, plan.id, SendPlan(2)) == domain.Sent()
    offers = session.scalars(select(Offer).where(Offer.worker_id == aino.id)).all()
    assert [(offer.gig_id, offer.status) for offer in offers] == [(second.id, OfferStatus.OFFERED)]
    refused = session.scalars(select(Placement).where(Placement.status == PlacementStatus.REFUSED)).one()
    assert refused.said
    with pytest.raises(NotPossible):
        do(service.leave_out, place.coordinator, refused.id)


def test_the_guard_is_asked_again_when_a_plan_is_sent(place, session):
    place.gig(starts_at=at(0, 9))
    worker = person(place, "Aino")
    plan = computed(place)
    unemployed(worker)
    sent = sending.send_plan(place.coordinator, plan.id, SendPlan(2))
    assert (sent.sent, len(sent.refused)) == (0, 1)
    assert not session.scalars(select(Offer)).all()


def test_a_large_plan_is_sent_in_parts(place, session, monkeypatch):
    for day in range(3):
        place.gig(starts_at=at(day, 9))
        person(place, f"T{day}")
    plan = computed(place)
    monkeypatch.setattr(sending, "MOST_AT_ONCE", 2)
    first = sending.send_plan(place.coordinator, plan.id, SendPlan(2))
    assert (first.sent, first.left) == (2, 1)
    assert session.get_one(PlanRun, plan.id, populate_existing=True).status is PlanStatus.READY
    assert sending.send_plan(place.coordinator, plan.id, SendPlan(2)) == domain.Sent(1)
    assert session.get_one(PlanRun, plan.id, populate_existing=True).status is PlanStatus.SENT


# Pages


@pytest.fixture
def as_coordinator(place, client, session):
    return client.sign_in_as(session.get_one(User, place.coordinator_user.id))


def test_pages_from_the_wish_to_the_offers(place, session, as_coordinator):
    gig = place.gig(starts_at=at(0, 9), slots=2)
    aino, _bo = person(place, "Aino"), person(place, "Bo", ready_since=None)
    as_coordinator.page("/plans")
    form = {"scope": "week", "on": "30.11.2026", "seconds": "5", "form_key": str(uuid.uuid4())}
    where = as_coordinator.post(f"/plans/new/{place.jobcenter.id}", data=form).headers["Location"]
    assert "Waits to be computed" in as_coordinator.page(where).text
    assert as_coordinator.get(f"{where}/progress").json["over"] is False
    claim = do(service_running.take_up, clock.now())
    do(service_running.tell, claim, {"seconds": 2, "best": [5, 10], "bound": [5, 20]})
    told = as_coordinator.get(f"{where}/progress").json
    assert (told["percent"], told["over"]) == (40, False) and "at most 50%" in told["words"]
    assert "Stop and keep the best so far" in as_coordinator.page(where).text
    jobs.make_plans(clock.now() + 2 * domain.SILENT_FOR)
    page = as_coordinator.page(where)
    assert "1 of 2 open places filled" in page.text and "Readiness not agreed: 1" in page.text
    plan = session.scalars(select(PlanRun)).one()
    (placed,) = queries.placements_of(plan.id)
    for address in (f"{where}/again", f"{where}/send", f"{where}/gigs/{gig.id}/person?instead={placed.id}"):
        as_coordinator.page(address)
    elsewhere = place.gig(starts_at=at(7, 9))
    assert as_coordinator.get(f"{where}/gigs/{elsewhere.id}/person").status_code == 404
    for verb in ("lock", "unlock", "leave-out", "take-in"):
        assert as_coordinator.post(f"/plans/places/{placed.id}/{verb}").status_code == 302
    done = as_coordinator.post(f"{where}/send", data={"days_to_think": "2", "stand_ins": "0"}, follow_redirects=True)
    assert "1 offer is sent." in done.text
    assert session.scalars(select(Offer.worker_id)).all() == [aino.id]


def test_a_plan_takes_as_many_queries_for_many_gigs_as_for_one(place, session, as_coordinator, query_count):
    place.gig(starts_at=at(0, 9))
    person(place, "Aino")
    one = _queries(as_coordinator, computed(place), query_count)
    for day in range(5):
        place.gig(starts_at=at(day, 12))
        person(place, f"T{day}")
    assert _queries(as_coordinator, computed(place), query_count) == one


def _queries(client, plan, query_count):
    db.session.rollback()
    with query_count() as statements:
        client.page(f"/plans/{plan.id}")
    return len(statements.queries)


@pytest.mark.parametrize("address", ["", "/send", "/again", "/progress"])
def test_a_plan_is_for_coordinators_of_its_jobcenter_alone(place, session, client, address):
    place.gig(starts_at=at(0, 9))
    plan = do(service.propose, place.coordinator, place.jobcenter.id, wish())
    assert "/sign-in" in client.get(f"/plans/{plan.id}{address}").headers["Location"]
    client.sign_in_as(session.get_one(User, place.orderer_user.id))
    assert client.get(f"/plans/{plan.id}{address}").status_code == 403
    client.sign_in_as(session.get_one(User, Place().coordinator_user.id))
    assert client.get(f"/plans/{plan.id}{address}").status_code == 404
