"""Rounds on both databases: nobody wins by speed, the line goes on by itself, the guard is asked at each step."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from jobcenter.auth.domain import Role
from jobcenter.benefits import BenefitKind
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.core.uow import unit_of_work
from jobcenter.matching.domain import Yes
from jobcenter.matching.rounds import queries, service
from jobcenter.matching.rounds.domain import (
    Asked,
    AskingOver,
    LineStatus,
    Manner,
    NobodyToStandIn,
    RoundRunning,
    RoundStatus,
    StandIn,
    StartRound,
)
from jobcenter.matching.rounds.jobs import advance_rounds
from jobcenter.orders.gigs import jobs as gig_jobs
from jobcenter.orders.gigs import service_offers
from jobcenter.orders.gigs.domain import GuardRefusedKindly, OfferStatus
from tests import factories
from tests.factories import NOW, TODAY
from tests.factories_earnings import assignment_order, earned
from tests.factories_gigs import Place, actor_of, mails, unemployed
from tests.threads import in_threads

DAY = timedelta(days=1)
CLOSES = NOW + DAY
YES = Yes(knows=True)


def do(verb, *args, **facts):
    with unit_of_work():
        return verb(*args, **facts)


def start(place, gig, workers, manner=Manner.IN_TURN, **facts):
    given = {"closes_at": CLOSES if manner.asks_all else None, "form_key": str(uuid4())}
    command = StartRound(manner=manner, people=tuple(Asked(worker.id) for worker in workers), **given | facts)
    return do(service.start, place.coordinator, gig.id, command).id


def states(round_id) -> dict[str, str]:
    """Of everyone in a round, by given name: the state in the line, or of the offer."""
    people = queries.whole_round(round_id).people
    return {one.worker.given_name: (one.offer.status if one.offer else one.status).value for one in people}


def person(round_id, worker):
    return next(one for one in queries.whole_round(round_id).people if one.worker_id == worker.id)


def answer(round_id, worker, verb=service.say_yes):
    extra = (YES,) if verb is service.say_yes else ()
    return do(verb, actor_of(worker), person(round_id, worker).id, *extra)


@pytest.fixture
def people(place):
    return [place.worker(name) for name in ("Aino", "Bo", "Cia")]


def test_a_no_gives_the_offer_to_the_next_at_once(place, people):
    gig = place.gig(starts_at=NOW + 5 * DAY)
    round_id = start(place, gig, people)
    assert states(round_id) == {"Aino": "offered", "Bo": "waiting", "Cia": "waiting"}
    do(service.decline_offer, actor_of(people[0]), person(round_id, people[0]).offer_id)
    assert states(round_id) == {"Aino": "declined", "Bo": "offered", "Cia": "waiting"}
    assert person(round_id, people[1]).offer.answer_by == clock.at(TODAY + DAY, time(12))
    do(service.accept_offer, actor_of(people[1]), person(round_id, people[1]).offer_id, YES)
    assert queries.whole_round(round_id).status is RoundStatus.FILLED


def test_a_time_that_ran_out_is_told_and_the_job_goes_on_once(place, people):
    round_id = start(place, place.gig(starts_at=NOW + 5 * DAY), people)
    later = NOW + 2 * DAY
    with clock.frozen(later):
        gig_jobs.end_unanswered_offers(later)
        assert [mail.to for mail in mails("no_answer")] == [people[0].email]
        assert [mail.to for mail in mails("not_answered")] == [place.coordinator_user.email]
        assert advance_rounds(later).done == 1
        assert advance_rounds(later).done == 0
    assert states(round_id) == {"Aino": "withdrawn", "Bo": "offered", "Cia": "waiting"}
    assert len(mails("offer_made")) == 2


def test_the_job_asks_the_guard_for_whoever_is_next(place, people):
    round_id = start(place, place.gig(starts_at=NOW + 5 * DAY), people)
    unemployed(people[1])
    do(service_offers.decline, actor_of(people[0]), person(round_id, people[0]).offer_id)
    advance_rounds(NOW)
    assert states(round_id) == {"Aino": "declined", "Bo": "skipped", "Cia": "offered"}
    assert "guard_benefit" in person(round_id, people[1]).why_skipped


def test_whoever_gets_a_benefit_after_being_asked_is_refused_kindly_and_never_placed(place, people):
    gig = place.gig(starts_at=NOW + 5 * DAY)
    round_id = start(place, gig, people, Manner.DRAWN)
    unemployed(people[0])
    with pytest.raises(GuardRefusedKindly):
        answer(round_id, people[0])
    answer(round_id, people[1])
    unemployed(people[1])
    answer(round_id, people[2], service.say_no)
    with clock.frozen(CLOSES):
        advance_rounds(CLOSES)
    assert states(round_id) == {"Aino": "silent", "Bo": "skipped", "Cia": "unwilling"}
    assert queries.whole_round(round_id).status is RoundStatus.EMPTY
    assert len(mails("round_empty")) == 1


def test_all_answer_and_the_coordinator_chooses_who_waits_stands_in(place, people):
    aino, bo, cia = people
    round_id = start(place, place.gig(starts_at=NOW + 5 * DAY), people, Manner.CHOSEN)
    assert len(mails("round_asked")) == 3
    for worker in people:
        answer(round_id, worker)
    assert states(round_id) == {"Aino": "willing", "Bo": "willing", "Cia": "willing"}
    assert queries.whole_round(round_id).status is RoundStatus.CHOOSING
    offer = do(service.choose, place.coordinator, round_id, person(round_id, bo).id)
    assert offer.status is OfferStatus.CONFIRMED
    assert {mail.to for mail in mails("round_waiting")} == {aino.email, cia.email}
    do(service.put_first, place.coordinator, round_id, person(round_id, cia).id)
    do(service.cancel_offer, actor_of(bo), offer.id, reason="Flunssa")
    assert queries.whole_round(round_id).status is RoundStatus.PROPOSING
    assert "Cia" in mails("round_next")[0].subject
    do(service.resume, place.coordinator, round_id)
    assert states(round_id) == {"Aino": "willing", "Bo": "cancelled", "Cia": "offered"}
    assert person(round_id, cia).offer.stands_in_for_id == offer.id


def test_the_offer_is_sent_to_the_stand_in_where_the_coordinator_chose_so(place, people):
    round_id = start(place, place.gig(starts_at=NOW + 5 * DAY), people[:2], stand_in=StandIn.SEND)
    offer_id = person(round_id, people[0]).offer_id
    do(service.accept_offer, actor_of(people[0]), offer_id, YES)
    do(service.withdraw_offer, place.coordinator, offer_id, reason="Muuttui")
    assert states(round_id) == {"Aino": "withdrawn", "Bo": "offered"}


def test_speed_wins_only_where_it_was_chosen(place, people):
    fair = start(place, place.gig(starts_at=NOW + 5 * DAY), people, Manner.DRAWN)
    quick = start(place, place.gig(starts_at=NOW + 8 * DAY), people, Manner.FIRST)
    answer(fair, people[0])
    answer(quick, people[0])
    assert states(fair)["Aino"] == "willing"
    assert states(quick) == {"Aino": "accepted", "Bo": "silent", "Cia": "silent"}
    with pytest.raises(AskingOver):
        answer(quick, people[1])


def test_a_gig_has_one_round_and_a_form_starts_it_once(place, people):
    gig, key = place.gig(starts_at=NOW + 5 * DAY), str(uuid4())
    assert start(place, gig, people, form_key=key) == start(place, gig, people, form_key=key)
    with pytest.raises(RoundRunning):
        start(place, gig, people)
    with pytest.raises(NotFound):
        start(Place(), gig, people)


def test_a_cancelled_gig_ends_its_round_and_tells_who_was_asked(place, people):
    gig = place.gig(starts_at=NOW + 5 * DAY)
    round_id = start(place, gig, people, Manner.CHOSEN)
    gig.status = "cancelled"
    factories.db.session.commit()
    assert advance_rounds(NOW).done == 1
    assert queries.whole_round(round_id).status is RoundStatus.CLOSED
    assert len(mails("round_over")) == 3


def test_two_coordinators_choose_for_one_place_at_once(place, people, session, app):
    other = factories.someone(Role.COORDINATOR, place.jobcenter, given_name="Toinen")
    actors = [place.coordinator, factories.actor(other, (Role.COORDINATOR, place.jobcenter))]
    round_id = start(place, place.gig(starts_at=NOW + 5 * DAY), people, Manner.CHOSEN)
    for worker in people:
        answer(round_id, worker)
    wanted = [(actor, person(round_id, worker).id) for actor, worker in zip(actors, people, strict=False)]
    session.commit()
    refused = []

    def choose(actor, person_id):
        with clock.frozen(NOW):
            try:
                do(service.choose, actor, round_id, person_id)
            except NobodyToStandIn as refusal:
                refused.append(refusal.code)

    in_threads(app, [lambda a=actor, p=person_id: choose(a, p) for actor, person_id in wanted])
    session.expire_all()
    assert sorted(states(round_id).values()) == ["confirmed", "willing", "willing"]
    assert refused == ["round_no_place"]


def test_two_coordinators_confirm_one_place_at_once(place, session, app):
    offer = place.accepted(place.gig(), place.worker())
    other = factories.someone(Role.COORDINATOR, place.jobcenter, given_name="Toinen")
    actors = [place.coordinator, factories.actor(other, (Role.COORDINATOR, place.jobcenter))]
    offer_id, seen = offer.id, []
    session.commit()

    def confirm(actor):
        with clock.frozen(NOW):
            try:
                do(service_offers.confirm, actor, offer_id)
                seen.append("won")
            except AlreadyDone as told:
                seen.append(told.code)

    in_threads(app, [lambda a=actor: confirm(a) for actor in actors])
    assert sorted(seen) == ["offer_already", "won"]
    assert len(mails("confirmed")) == 1


# Pages


def test_the_pages_of_a_round(place, people, as_user):
    gig = place.gig(starts_at=NOW + 5 * DAY)
    browser = as_user(place.coordinator_user)
    form = {
        "people": [str(people[0].id), str(people[1].id)],
        "first": str(people[1].id),
        "manner": "chosen",
        "reserve": "next_noon",
        "stand_in": "propose",
        "closes_day": "23.11.2026",
        "closes_time": "12.00",
    }
    page = browser.post(f"/matching/gigs/{gig.id}/ask", data=form)
    assert page.status_code == 302
    round_id = queries.live_round_id(gig.id)
    assert "Bo" in browser.get(f"/matching/rounds/{round_id}").text
    assert browser.get(f"/matching/gigs/{gig.id}/ask").status_code == 302


def test_who_is_asked_answers_on_their_own_page_and_nobody_else(place, people, as_user):
    gig = place.gig(starts_at=NOW + 5 * DAY)
    round_id = start(place, gig, people[:2], Manner.CHOSEN)
    mine = f"/matching/asked/{person(round_id, people[0]).id}"
    theirs = f"/matching/asked/{person(round_id, people[1]).id}"
    user = factories.db.session.get(type(place.coordinator_user), people[0].user_id)
    browser = as_user(user)
    assert "all answers count the same" in browser.get(mine).text
    assert "Would you like to come?" in browser.get("/matching/offers").text
    assert browser.get(theirs).status_code == 404
    assert browser.post(f"{mine}/yes", data={"knows": "y", "pitch": "Tulen mielelläni"}).status_code == 302
    assert states(round_id)["Aino"] == LineStatus.WILLING
    with pytest.raises(DomainError):
        do(service.choose, place.coordinator, round_id, person(round_id, people[1]).id)


# By the link of a mail


def link_in(mail) -> str:
    return re.search(r"https?://[^/\s]+(/matching/asked/link/\S+)", mail.body)[1]


def test_the_link_of_an_ask_answers_without_sign_in_and_works_once(place, people, client):
    round_id = start(place, place.gig(starts_at=NOW + 5 * DAY), people[:2], Manner.CHOSEN)
    link = link_in(mails("round_asked")[0])
    assert "Haluaisitko tulla?" in client.page(link).get_text()
    assert states(round_id)["Aino"] == LineStatus.ASKED, "opening it does nothing"
    assert client.post(f"{link}/yes", data={"pitch": "Tulen mielelläni"}).status_code == 302
    yes = person(round_id, people[0])
    assert (yes.status, yes.pitch, yes.on_behalf) == (LineStatus.WILLING, "Tulen mielelläni", False)
    assert client.get(link).status_code == 410
    assert client.post(f"{link}/no").status_code == 410
    other = link_in(mails("round_asked")[1])
    assert client.post(f"{other}/no").headers["Location"].endswith("/matching/answered")
    assert states(round_id)["Bo"] == LineStatus.UNWILLING


def test_a_support_person_answers_with_somebody_by_a_link_of_their_own(place, people, client):
    place.support_person(people[0])
    round_id = start(place, place.gig(starts_at=NOW + 5 * DAY), people[:1], Manner.CHOSEN)
    link = link_in(mails("round_asked_support")[0])
    page = client.page(link).get_text()
    assert "molempien nimet tallennetaan" in page
    assert "Muutama sana henkilöltä Aino" in page
    assert client.post(f"{link}/yes").status_code == 302
    yes = person(round_id, people[0])
    assert (yes.status, yes.answered_by, yes.on_behalf) == (LineStatus.WILLING, "Tuija Tuki", True)


def test_a_link_of_an_ask_is_kind_when_it_is_late_or_the_round_is_over(place, people, client):
    gig = place.gig(starts_at=NOW + 5 * DAY)
    round_id = start(place, gig, people[:1], Manner.CHOSEN)
    link = link_in(mails("round_asked")[0])
    with clock.frozen(CLOSES + timedelta(minutes=1)):
        assert client.get(link).status_code == 410
        assert client.post(f"{link}/yes").status_code == 410
    do(service.close, place.coordinator, round_id)
    assert "Kyllä, haluaisin tulla" not in client.page(link).get_text()
    refused = client.post(f"{link}/yes")
    assert (refused.status_code, states(round_id)["Aino"]) == (422, LineStatus.ASKED)
    assert "Keikka ei ole enää auki" in refused.text


def test_the_guard_is_asked_again_at_the_door_of_a_link(place, people, client):
    round_id = start(place, place.gig(starts_at=NOW + 5 * DAY), people[:1], Manner.CHOSEN)
    link = link_in(mails("round_asked")[0])
    unemployed(people[0])
    assert client.post(f"{link}/yes", data={"knows": "y"}).status_code == 422
    assert states(round_id)["Aino"] == LineStatus.ASKED
    assert client.post(f"{link}/no").status_code == 302, "the link was not used up by the refusal"


def test_i_know_is_needed_by_a_link_too_and_never_said_by_who_may_not_see(place, people, client):
    factories.benefit(people[0], BenefitKind.KELA_DISABILITY_PENSION)
    place.support_person(people[0])
    next_year = place.gig(starts_at=clock.at(date(2027, 1, 8), time(9)))
    round_id = start(place, next_year, people[:1], Manner.CHOSEN)
    theirs, own = (link_in(mails(kind)[0]) for kind in ("round_asked_support", "round_asked"))
    assert client.page(theirs).select_one("input[name=knows]") is None
    refused = client.post(f"{theirs}/yes", data={"knows": "y"})
    assert refused.status_code == 422
    assert "tarvitaan henkilö itse" in refused.text
    assert "raja" not in BeautifulSoup(refused.text, "html.parser").main.get_text()
    assert client.page(own).select_one("input[name=knows]") is not None
    assert client.post(f"{own}/yes").status_code == 422
    assert client.post(f"{own}/yes", data={"knows": "y"}).status_code == 302
    assert person(round_id, people[0]).knows


def test_whom_one_gig_fits_is_placed_though_it_would_not_fit_twice(place, session):
    worker = place.worker("Aino")
    factories.benefit(worker, BenefitKind.KELA_DISABILITY_PENSION)
    earned(assignment_order(place.jobcenter), worker, "950.00", day=date(2026, 12, 10))
    session.commit()
    place.offered(place.gig(starts_at=NOW + 20 * DAY), worker)
    round_id = start(place, place.gig(starts_at=NOW + 15 * DAY), [worker], Manner.FIRST)
    do(service.say_yes, actor_of(worker), person(round_id, worker).id, Yes(knows=False))
    assert states(round_id) == {"Aino": "accepted"}
