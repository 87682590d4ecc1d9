"""Wishes, ties, orderers to whom somebody is not sent, areas and weights: their pages, verbs and refusals."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import Role
from jobcenter.auth.models import User
from jobcenter.core import clock
from jobcenter.core.audit import AuditEvent
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.core.uow import unit_of_work
from jobcenter.matching import queries, service
from jobcenter.matching.domain import OfferCommand, RuleCode, RuleRefuses
from jobcenter.matching.plan.checker import faults
from jobcenter.matching.plan.desk.models import PlanRun
from jobcenter.matching.plan.desk.queries_instance import facts_of
from jobcenter.matching.plan.domain import Assignment, Part, Plan
from jobcenter.matching.soft import Word
from jobcenter.matching.ties import service as ties
from jobcenter.matching.ties.domain import AddBlock, AddTie, TieKind
from jobcenter.matching.ties.models import OrdererBlock, WorkerTie
from jobcenter.matching.weights import service as weights
from jobcenter.matching.weights.queries import weights_of
from tests import factories
from tests.factories_gigs import ANSWER_BY, Place, actor_of, slot_id

SECRET = "riitautuivat keikalla"
ELSEWHERE = "Another Jobcenter has noted"


def do(verb, *args):
    with unit_of_work():
        return verb(*args)


def apart(place, one, other):
    do(ties.add_tie, place.coordinator, one.id, AddTie(other.id, TieKind.APART, SECRET))


def block(place, worker):
    do(ties.add_block, place.coordinator, worker.id, AddBlock(place.organisation.id, SECRET))


def whole(place, gig):
    return queries.gigs.gig_of_slot_for(place.coordinator, slot_id(gig))[0]


# Ties


def test_two_who_must_not_meet_are_not_asked_to_the_same_gig(place):
    gig, one, other = place.gig(slots=2), place.worker("Aino"), place.worker("Veikko")
    apart(place, other, one)
    place.offered(gig, one)
    assert RuleCode.MUST_NOT_MEET in queries.match_of(whole(place, gig), other.id, clock.now()).fit.codes
    with pytest.raises(RuleRefuses):
        do(service.offer, place.coordinator, slot_id(gig, 1), other.id, OfferCommand(ANSWER_BY, "silti"))


def test_a_pair_has_one_tie_from_both_sides_and_the_log_stands_at_both(place, session):
    one, other = place.worker("Aino"), place.worker("Veikko")
    apart(place, one, other)
    with pytest.raises(AlreadyDone, match="tie_already"):
        do(ties.add_tie, place.coordinator, other.id, AddTie(one.id, TieKind.APART, SECRET))
    do(ties.add_tie, place.coordinator, other.id, AddTie(one.id, TieKind.TOGETHER, ""))
    tie = session.scalars(select(WorkerTie)).one()
    assert tie.kind is TieKind.TOGETHER
    do(ties.remove_tie, place.coordinator, one.id, tie.id)
    assert session.scalars(select(WorkerTie)).all() == []
    logged = select(AuditEvent.thing_id).where(AuditEvent.verb == "note_tie")
    assert sorted(session.scalars(logged)) == sorted([str(one.id), str(other.id)] * 2)


def test_nobody_is_tied_to_themselves_or_to_somebody_elsewhere(place):
    worker, elsewhere = place.worker("Aino"), Place().worker("Muualla")
    with pytest.raises(DomainError, match="tie_with_self"):
        apart(place, worker, worker)
    with pytest.raises(NotFound):
        apart(place, worker, elsewhere)


def test_a_person_is_not_sent_to_an_orderer_and_the_orderer_is_never_told(place, client, session):
    gig, worker = place.gig(), place.worker("Aino")
    block(place, worker)
    assert RuleCode.BLOCKED in queries.match_of(whole(place, gig), worker.id, clock.now()).fit.codes
    with pytest.raises(AlreadyDone, match="block_already"):
        block(place, worker)
    client.sign_in_as(place.orderer_user)
    for path in ("/", f"/orders/{place.order.id}", f"/gigs/{gig.id}"):
        page = client.get(path, follow_redirects=True).text
        assert SECRET not in page
        assert "Aino" not in page
    row = session.scalars(select(OrdererBlock)).one()
    do(ties.remove_block, place.coordinator, worker.id, row.id)
    assert RuleCode.BLOCKED not in queries.match_of(whole(place, gig), worker.id, clock.now()).fit.codes


def test_only_a_coordinator_of_the_jobcenter_notes_ties(place):
    one, other, stranger = place.worker("Aino"), place.worker("Veikko"), Place().coordinator
    for actor in (actor_of(one), place.orderer, stranger):
        with pytest.raises(NotFound):
            do(ties.add_tie, actor, one.id, AddTie(other.id, TieKind.APART, ""))
        with pytest.raises(NotFound):
            do(ties.add_block, actor, one.id, AddBlock(place.organisation.id, "x"))


# One person in two Jobcenters


@pytest.fixture
def twice(place):
    """Two people with a row each in two Jobcenters, and the other Jobcenter."""
    other = Place()
    here = [place.worker(name) for name in ("Aino", "Veikko")]
    there = [also_at(other, worker) for worker in here]
    return other, here, there


def also_at(other, worker):
    given = {"benefits_asked_on": factories.TODAY, "jobseeker": worker.jobseeker, "given_name": worker.given_name}
    row = factories.worker(other.jobcenter, db.session.get_one(User, worker.user_id), **given)
    factories.consent(row)
    db.session.commit()
    return row


def test_a_pair_is_kept_apart_in_every_jobcenter(place, twice):
    other, (aino, veikko), (aino_there, veikko_there) = twice
    apart(place, veikko, aino)
    gig = other.gig(slots=2)
    other.offered(gig, aino_there)
    desk = queries.desk_for(other.coordinator, slot_id(gig, 1), clock.now())
    assert (RuleCode.MUST_NOT_MEET, 1) in desk.reasons
    found = next(match for match in desk.matches if match.worker.who.id == veikko_there.id)
    assert found.fit.never.code is RuleCode.MUST_NOT_MEET
    with pytest.raises(RuleRefuses):
        do(service.offer, other.coordinator, slot_id(gig, 1), veikko_there.id, OfferCommand(ANSWER_BY, "silti"))


def test_a_plan_and_its_checker_keep_a_pair_apart_in_every_jobcenter(place, twice):
    other, (aino, veikko), pair = twice
    apart(place, aino, veikko)
    gig = other.gig(slots=2)
    day = clock.day_of(gig.starts_at)
    plan = PlanRun(jobcenter_id=other.jobcenter.id, first_day=day, last_day=day)
    instance = facts_of(plan, clock.now(), unknown_limits=True).instance
    drawn = Plan(tuple(Assignment(gig.id, worker.id) for worker in pair))
    assert {fault.code for fault in faults(instance, drawn)} == {RuleCode.MUST_NOT_MEET}


def test_who_likes_whom_speaks_for_them_in_every_jobcenter(place, twice):
    other, (aino, veikko), (aino_there, veikko_there) = twice
    do(ties.add_tie, place.coordinator, aino.id, AddTie(veikko.id, TieKind.TOGETHER, ""))
    gig = other.gig(slots=2)
    other.offered(gig, aino_there)
    desk = queries.desk_for(other.coordinator, slot_id(gig, 1), clock.now())
    found = next(match for match in desk.matches if match.worker.who.id == veikko_there.id)
    assert Word.LIKES_COMPANY in {scored.share.word for scored in found.score.parts}


@pytest.mark.parametrize("same_name", [True, False])
def test_a_person_is_not_sent_to_the_same_orderer_by_another_jobcenter(place, twice, same_name):
    other, (aino, _veikko), (aino_there, _veikko_there) = twice
    name = place.organisation.name if same_name else "Toinen yksikkö"
    other.organisation.business_id, other.organisation.name = place.organisation.business_id, name
    db.session.commit()
    block(place, aino)
    gig = other.gig()
    fit = queries.match_of(whole(other, gig), aino_there.id, clock.now()).fit
    assert (RuleCode.BLOCKED in fit.codes) is same_name
    day = clock.day_of(gig.starts_at)
    plan = PlanRun(jobcenter_id=other.jobcenter.id, first_day=day, last_day=day)
    [planned] = facts_of(plan, clock.now(), unknown_limits=True).instance.gigs
    assert planned.facts.blocked == ({aino_there.id} if same_name else set())


def test_only_that_there_is_something_leaves_the_jobcenter(place, twice, client):
    other, (aino, veikko), (aino_there, veikko_there) = twice
    apart(place, aino, veikko)
    client.sign_in_as(other.coordinator_user)
    page = client.get(f"/matching/workers/{aino_there.id}").text
    assert ELSEWHERE in page
    assert SECRET not in page
    assert "Veikko" not in page
    assert ELSEWHERE not in client.get(f"/matching/workers/{other.worker('Yksin').id}").text


# Pages


def pages_of(worker_id, order_id):
    yield f"/matching/workers/{worker_id}"
    yield f"/matching/workers/{worker_id}/wishes"
    yield f"/matching/workers/{worker_id}/ties/new"
    yield f"/matching/workers/{worker_id}/blocks/new"
    yield f"/matching/orders/{order_id}/area"


def test_the_pages_are_for_coordinators_of_the_jobcenter(place, client):
    worker = place.worker("Aino")
    for user, status in ((place.orderer_user, 403), (Place().coordinator_user, 404)):
        client.sign_in_as(user)
        for path in pages_of(worker.id, place.order.id):
            assert client.get(path).status_code == status, path
        for path in list(pages_of(worker.id, place.order.id))[1:]:
            assert client.post(path, data={"area": "Kallio"}).status_code == status, path


def test_ties_and_blocks_are_noted_on_the_pages(place, client, session):
    client.sign_in_as(place.coordinator_user)
    one, other = place.worker("Aino"), place.worker("Veikko")
    page = f"/matching/workers/{one.id}"
    assert "Veikko" in client.page(f"{page}/ties/new?q=veik").text
    wrong = client.post(f"{page}/ties/new?q=veik", data={"who": "999999", "kind": "apart"})
    assert wrong.status_code == 422
    sent = {"who": other.id, "kind": "apart", "reason": SECRET}
    assert client.post(f"{page}/ties/new?q=veik", data=sent).status_code == 302
    given = {"who": place.organisation.id, "reason": SECRET}
    name = place.organisation.name
    assert client.post(f"{page}/blocks/new?q={name}", data=given | {"reason": ""}).status_code == 422
    assert client.post(f"{page}/blocks/new?q={name}", data=given).status_code == 302
    shown = client.page(page).text
    assert "Veikko" in shown and name in shown and SECRET in shown
    tie, blocked = session.scalars(select(WorkerTie)).one(), session.scalars(select(OrdererBlock)).one()
    removals = (f"{page}/ties/{tie.id}/remove", f"{page}/blocks/{blocked.id}/remove")
    assert [client.post(path).status_code for path in (*removals, *removals)] == [302, 302, 404, 404]


def test_wishes_are_written_by_the_coordinator_and_by_the_person(place, client, session):
    worker = place.worker("Aino")
    client.sign_in_as(place.coordinator_user)
    page = f"/matching/workers/{worker.id}/wishes"
    assert client.post(page, data={"postcode": "5300"}).status_code == 422
    sent = {"postcode": "00530", "areas": "kallio, Itä-Pasila", "wished_days": ["monday"], "asks_over_limit": "y"}
    assert client.post(page, data=sent).status_code == 302
    session.refresh(worker)
    assert (worker.postcode, worker.areas) == ("00530", {"Kallio", "Itä-Pasila"})
    assert worker.asks_over_limit
    client.sign_in_as(db.session.get(type(place.orderer_user), worker.user_id))
    for slug, sent in (("over", {}), ("areas", {"areas": "Malmi"}), ("times", {"wished_parts": ["evening"]})):
        assert client.get(f"/people/{worker.id}/wishes/{slug}").status_code == 200
        assert client.post(f"/people/{worker.id}/wishes/{slug}", data=sent).status_code == 302
    session.refresh(worker)
    assert not worker.asks_over_limit
    assert worker.areas == {"Malmi"}
    assert client.get("/people").status_code == 403


def test_the_area_of_a_place_is_the_coordinators(place, client, session):
    client.sign_in_as(place.coordinator_user)
    assert client.post(f"/matching/orders/{place.order.id}/area", data={"area": "kallio"}).status_code == 302
    session.refresh(place.order)
    assert place.order.area == "Kallio"
    gig = whole(place, place.gig())
    assert queries.place_of(gig) == ("Kallio", "00200")


# Weights


def test_weights_are_an_administrators_and_order_the_desk(place, client, session):
    near, often = place.worker("Lähellä", postcode="00200"), place.worker("Usein", postcode="33100")
    gig = place.gig()
    admin = factories.someone(Role.ADMIN, place.jobcenter)
    session.commit()
    actor = factories.actor(admin, (Role.ADMIN, place.jobcenter))
    only_near = dict.fromkeys(Part, 0) | {Part.NEAR: 10}
    do(weights.set_weights, actor, place.jobcenter.id, only_near)
    assert weights_of(place.jobcenter.id) == only_near
    found = queries.desk_for(place.coordinator, slot_id(gig), clock.now()).matches
    assert [match.worker.who.id for match in found] == [near.id, often.id]
    assert [match.score.points for match in found] == [1000, 0]
    logged = session.scalars(select(AuditEvent).where(AuditEvent.verb == "set_soft_weights")).one()
    assert logged.after["fair_share"] == 0


def test_weights_are_refused_to_others_and_out_of_range(place, client, session):
    admin = factories.someone(Role.ADMIN, place.jobcenter)
    session.commit()
    with pytest.raises(NotFound):
        do(weights.set_weights, place.coordinator, place.jobcenter.id, {Part.NEAR: 1})
    with pytest.raises(DomainError, match="weight_out_of_range"):
        actor = factories.actor(admin, (Role.ADMIN, place.jobcenter))
        do(weights.set_weights, actor, place.jobcenter.id, {Part.NEAR: 11})
    page = f"/matching/rules/{place.jobcenter.id}"
    client.sign_in_as(place.coordinator_user)
    assert client.get("/matching/rules").status_code == 200
    assert client.get(page).status_code == 200
    assert client.get(f"{page}/change").status_code == 403
    client.sign_in_as(admin)
    sent = {part.value: "1" for part in Part}
    assert client.get(f"{page}/change").status_code == 200
    assert client.post(f"{page}/change", data=sent | {"near": "11"}).status_code == 422
    assert client.post(f"{page}/change", data=sent).status_code == 302
    assert client.get(f"/matching/rules/{Place().jobcenter.id}").status_code == 404
    client.sign_in_as(place.orderer_user)
    assert client.get("/matching/rules").status_code == 403


# The desk


def test_the_desk_says_what_speaks_for_a_person(place, client, session):
    worker, friend = place.worker("Aino", postcode="00200"), place.worker("Veikko")
    gig = place.gig(slots=2)
    place.offered(gig, friend)
    do(ties.add_tie, place.coordinator, worker.id, AddTie(friend.id, TieKind.TOGETHER, ""))
    client.sign_in_as(place.coordinator_user)
    page = client.page(f"/matching/slots/{slot_id(gig, 1)}").text
    assert "Lives very near" in page
    assert "Likes to work with Veikko" in page
    assert "Why here in the list" in page
