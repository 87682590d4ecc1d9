"""The desk on both databases: who fits and why not, offers by the rules, and the pages of every role."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import SYSTEM
from jobcenter.auth.models import User
from jobcenter.benefits import BenefitKind, ContractForm, LimitState
from jobcenter.core import clock
from jobcenter.core.audit import AuditEvent, Kind
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings import service as earnings
from jobcenter.earnings.models import LimitSnapshot
from jobcenter.matching import queries, service
from jobcenter.matching.domain import LimitNotUnderstood, NeedsReason, OfferCommand, RuleCode, RuleRefuses, Wanted, Yes
from jobcenter.orders.gigs import domain
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.gigs.models import Offer
from jobcenter.orders.gigs.service_guard import stop_refused
from jobcenter.orders.gigs.service_offers import cancel
from jobcenter.workers.domain import ConsentPurpose, Demand, TaskCategory
from jobcenter.workers.models import ActivityTime
from tests import factories
from tests.factories_earnings import assignment_order, earned
from tests.factories_gigs import ANSWER_BY, actor_of, mails, slot_id, unemployed


@pytest.fixture
def as_coordinator(place, client, session):
    return client.sign_in_as(session.get_one(User, place.coordinator_user.id))


def do(verb, *args, **facts):
    with unit_of_work():
        return verb(*args, **facts)


def desk(place, gig):
    return queries.desk_for(place.coordinator, slot_id(gig), clock.now())


def codes(match):
    return {finding.code for finding in match.fit.findings}


def pensioner_near_limit(place, session, **facts):
    """Somebody on a disability pension who has earned 960 euros in November, near the limit."""
    worker = place.worker("Veikko", **facts)
    factories.benefit(worker, BenefitKind.KELA_DISABILITY_PENSION)
    earned(assignment_order(place.jobcenter), worker, "960.00", day=date(2026, 11, 10))
    session.commit()
    return worker


# Who fits


def test_everyone_is_on_the_desk_those_who_fit_first_with_reasons_for_the_rest(place, session):
    gig = place.gig()
    tasks = frozenset({TaskCategory.DISHWASHING})
    fits = place.worker("Öinen", tasks=tasks)
    jobless, away = place.worker("Aino", tasks=tasks), place.worker("Bo", tasks=tasks, ready_since=None)
    unemployed(jobless)
    matches = desk(place, gig).matches
    assert [match.worker.who.id for match in matches] == [fits.id, away.id, jobless.id]
    assert codes(matches[2]) >= {RuleCode.GUARD_BENEFIT}
    assert codes(matches[1]) >= {RuleCode.NOT_READY}
    assert matches[0].fit.fits


def test_people_are_found_by_name_and_by_what_stops_them(place, session, as_coordinator):
    gig, names = place.gig(), ("Aino", "Bo")
    place.worker(names[0])
    place.worker(names[1], ready_since=None)
    for asked, found in (("name=aIN", ["Aino Tekijä"]), ("reason=not_ready", ["Bo Tekijä"]), ("name=nobody", [])):
        page = as_coordinator.page(f"/matching/slots/{slot_id(gig)}?{asked}")
        assert [heading.get_text() for heading in page.select(".cards h3")] == found


def test_reasons_are_counted_and_few_are_shown(place, session):
    gig = place.gig()
    for number in range(3):
        place.worker(f"T{number}", ready_since=None)
    found = queries.desk_for(place.coordinator, slot_id(gig), clock.now(), Wanted(limit=1, offset=2))
    assert [match.worker.who.name for match in found.matches] == ["T2 Tekijä"]
    assert (found.fitting, found.others) == (0, 3)
    assert (RuleCode.NOT_READY, 3) in found.reasons


def test_hours_lately_are_those_of_past_gigs(place, session):
    worker, gig = place.worker(), place.gig()
    past = factories.gig(place.order, starts_at=clock.now() - timedelta(days=3), hours=2, break_minutes=15)
    factories.offer(past, worker, OfferStatus.DONE)
    session.commit()
    assert desk(place, gig).matches[0].worker.lately == 105


def test_desk_takes_as_many_queries_for_twenty_people_as_for_one(place, session, query_count):
    gig = place.gig()
    place.worker("Aino")
    one = queries_of_desk(place, gig, query_count)
    for number in range(19):
        place.confirmed(place.gig(), place.worker(f"T{number}"))
    assert queries_of_desk(place, gig, query_count) == one


def queries_of_desk(place, gig, query_count):
    actor, slot = place.coordinator, slot_id(gig)
    db.session.rollback()
    with query_count() as statements:
        queries.desk_for(actor, slot, clock.now())
    return len(statements.queries)


def test_limits_are_those_told_last(place, session):
    worker = pensioner_near_limit(place, session)
    gig = place.gig(starts_at=clock.at(date(2026, 11, 25), time(9)), hours=6)
    do(earnings.check_worker, SYSTEM, worker.id, clock.now())
    match = desk(place, gig).matches[0]
    limit = next(limit for limit in match.worker.limits if limit.rule.startswith("kela"))
    assert limit.known
    assert limit.over
    assert RuleCode.OVER_LIMIT in codes(match)


@pytest.mark.parametrize(
    ("rule", "left", "over"),
    [
        ("kela_disability_pension.earnings_limit", "20.00", False),
        ("kela_disability_pension.earnings_limit", "19.99", True),
        ("guarantee_pension.earnings_limit", "20.00", False),
        ("pensioner_housing_allowance.review", "20.01", False),
        ("pensioner_housing_allowance.review", "20.00", True),
        ("yel.yearly_limit", "20.01", False),
        ("yel.yearly_limit", "20.00", True),
        ("yel.annualised", "60.01", False),
        ("yel.annualised", "60.00", True),
    ],
)
def test_gig_goes_over_a_limit_by_the_rules_own_comparison(place, session, rule, left, over):
    worker = place.worker()
    gig = place.gig(hours=2, contract_form=ContractForm.ASSIGNMENT)
    told_limit(worker, rule, left)
    assert [limit.over for limit in limits_of(place, gig, worker)] == [over]


def test_a_yearly_value_only_near_with_nothing_left_is_not_taken_over(place, session):
    worker = place.worker()
    gig = place.gig(hours=2, contract_form=ContractForm.ASSIGNMENT)
    told_limit(worker, "yel.annualised", "-100.00", LimitState.NEAR)
    assert [limit.over for limit in limits_of(place, gig, worker)] == [False]


def told_limit(worker, rule, left, state=LimitState.UNDER):
    """A limit that was told with so much left, nothing agreed."""
    snapshot = LimitSnapshot(
        worker_id=worker.id,
        rule=rule,
        series="rolling",
        period_from=date(2026, 1, 1),
        period_to=date(2026, 12, 31),
        state=state,
        state_with_agreed=state,
        rules_version="1",
        payload={},
        left_with_agreed=Decimal(left),
        hours_with_agreed=2,
        digest="told",
        made_at=clock.now(),
    )
    db.session.add(snapshot)
    db.session.commit()


def limits_of(place, gig, worker):
    """The limits that the desk knows of somebody for a gig."""
    whole, _slot = queries.gigs.gig_of_slot_for(place.coordinator, slot_id(gig))
    return queries.match_of(whole, worker.id, clock.now()).worker.limits


# Offers by the rules


def test_rule_that_can_be_passed_by_needs_a_reason_that_is_kept(place, session):
    gig, worker = place.gig(), place.worker(tasks=frozenset({TaskCategory.SEWING}))
    slot = slot_id(gig)
    with pytest.raises(NeedsReason):
        do(service.offer, place.coordinator, slot, worker.id, OfferCommand(ANSWER_BY))
    assert do(service.offer, place.coordinator, slot, worker.id, OfferCommand(ANSWER_BY, "Haluaa kokeilla"))


def test_ended_service_is_never_passed_by(place):
    gig, worker = place.gig(), place.worker(service_ends_on=date(2026, 11, 30))
    with pytest.raises(RuleRefuses):
        do(service.offer, place.coordinator, slot_id(gig), worker.id, OfferCommand(ANSWER_BY, "silti"))


@pytest.mark.parametrize("reason", ["", "The director says so"])
def test_no_reason_passes_the_guard_by(place, reason):
    gig, worker = place.gig(), place.worker()
    unemployed(worker)
    with pytest.raises(domain.GuardRefused):
        do(service.offer, place.coordinator, slot_id(gig), worker.id, OfferCommand(ANSWER_BY, reason))


def test_limit_that_goes_over_must_be_known_and_support_is_told_by_consent(place, session):
    worker = pensioner_near_limit(place, session)
    tuija = place.support_person(worker)
    factories.consent(worker, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    session.commit()
    gig = place.gig(starts_at=clock.at(date(2026, 11, 25), time(9)), hours=6)
    offer = place.offered(gig, worker)
    with pytest.raises(LimitNotUnderstood):
        do(service.accept, actor_of(worker), offer.id, Yes())
    taken = do(service.accept, actor_of(worker), offer.id, Yes(knows=True))
    assert taken.status is OfferStatus.ACCEPTED
    assert [mail.to for mail in mails("limit_over")] == [tuija.email]


def test_a_limit_that_nobody_knows_must_be_known_too_and_no_mail_is_sent(place, session):
    worker = pensioner_near_limit(place, session)
    place.support_person(worker)
    factories.consent(worker, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    session.commit()
    gig = place.gig(starts_at=clock.at(date(2027, 1, 8), time(9)), hours=2)
    offer = place.offered(gig, worker)
    with pytest.raises(LimitNotUnderstood) as refused:
        do(service.accept, actor_of(worker), offer.id, Yes())
    assert refused.value.code == "limit_not_known"
    assert do(service.accept, actor_of(worker), offer.id, Yes(knows=True)).status is OfferStatus.ACCEPTED
    assert mails("limit_over") == []


@pytest.mark.parametrize(("left", "over"), [("0.00", False), ("-50.00", False)])
def test_a_benefit_that_shrinks_is_told_of_and_not_gone_over(place, session, left, over):
    worker = place.worker()
    told_limit(worker, "basic_social_assistance.disregard", left)
    told_limit(worker, "kela_disability_pension.earnings_limit", "500.00")
    told_limit(worker, "pensioner_housing_allowance.amount", "-10.00")
    found = limits_of(place, place.gig(hours=2), worker)
    assert [(limit.rule, limit.over) for limit in found] == [
        ("kela_disability_pension.earnings_limit", False),
        ("basic_social_assistance.disregard", over),
    ]


def test_offer_of_a_place_that_somebody_left_is_a_stand_in(place):
    gig, aino, bo = place.gig(), place.worker("Aino"), place.worker("Bo")
    left = place.confirmed(gig, aino)
    do(cancel, actor_of(aino), left.id, reason="Kipeä")
    made = do(service.offer, place.coordinator, slot_id(gig), bo.id, OfferCommand(ANSWER_BY))
    assert made.stands_in_for_id == left.id


def test_no_show_is_refused_when_hours_are_logged(place, session):
    gig, worker = place.gig(), place.worker()
    offer = place.confirmed(gig, worker)
    with clock.frozen(gig.ends_at):
        factories.time_entry(session.get_one(Offer, offer.id))
        session.commit()
        with pytest.raises(domain.NotPossible):
            do(service.mark_no_show, place.coordinator, offer.id)


def test_place_not_for_somebody_is_said(place):
    place.order.demands = frozenset({Demand.STAIRS})
    gig = place.gig()
    place.worker(cannot=frozenset({Demand.STAIRS, Demand.HEAT}))
    assert RuleCode.PLACE_NOT_FOR_THEM in codes(desk(place, gig).matches[0])


def test_activity_day_is_told(place, session):
    gig, worker = place.gig(), place.worker()
    session.add(ActivityTime(worker_id=worker.id, weekday=1, starts=time(13), ends=time(15)))
    session.commit()
    assert RuleCode.ACTIVITY_DAY_ENDS in codes(desk(place, gig).matches[0])


# The coordinator's pages


def form_of(page):
    """What the page's main form would send."""
    fields = page.select("main form.form input[name], main form.form textarea[name]")
    return {field["name"]: field.get("value") or field.get_text() for field in fields if field["name"] != "csrf_token"}


def test_list_gig_slot_and_offer_pages(place, session, as_coordinator):
    gig, worker = place.gig(slots=2), place.worker(tasks=frozenset({TaskCategory.DISHWASHING}))
    jobless = place.worker("Aino")
    unemployed(jobless)
    gig_id, slot, worker_id, jobless_id = gig.id, slot_id(gig), worker.id, jobless.id
    assert "Astianpesu" in as_coordinator.page("/gigs").get_text()
    assert "2 places to fill" in as_coordinator.page("/gigs?show=open").get_text()
    assert "no gigs here" in as_coordinator.page("/gigs?show=past").get_text()
    assert "Nobody is booked" in as_coordinator.page(f"/matching/gigs/{gig_id}").get_text()
    text = as_coordinator.page(f"/matching/slots/{slot}").get_text()
    assert "Fit (1)" in text
    assert "Do not fit (1)" in text
    assert "partner form" in text
    refused = as_coordinator.page(f"/matching/slots/{slot}/offer/{jobless_id}").get_text()
    assert "Nobody can pass this rule by" in refused
    url = f"/matching/slots/{slot}/offer/{worker_id}"
    typed = form_of(as_coordinator.page(url))
    assert as_coordinator.post(url, data=typed).status_code == 302
    assert as_coordinator.post(url, data=typed).status_code == 302, "a double click changes nothing"
    assert len(mails("offer_made")) == 1
    assert "Waiting for an answer" in as_coordinator.page(f"/matching/slots/{slot}").get_text()


def test_guard_refusal_is_said_on_the_page(place, as_coordinator):
    gig, worker = place.gig(), place.worker()
    url = f"/matching/slots/{slot_id(gig)}/offer/{worker.id}"
    typed = form_of(as_coordinator.page(url))
    unemployed(worker)
    answer = as_coordinator.post(url, data=typed)
    assert answer.status_code == 422
    assert "employment with Kumppani ry" in answer.text


def test_change_people_cancel_reopen_and_support_pages(place, session, as_coordinator):
    gig, tuija = place.gig(), place.support_person()
    gig_id, tuija_id = gig.id, tuija.id
    base = f"/matching/gigs/{gig_id}"
    for part in ("change", "people", "cancel", "support"):
        as_coordinator.page(f"{base}/{part}")
    assert as_coordinator.post(f"{base}/people", data={"people": "400"}).status_code == 422
    assert as_coordinator.post(f"{base}/people", data={"people": "2"}).status_code == 302
    assert as_coordinator.post(f"{base}/support", data={"user_id": str(tuija_id)}).status_code == 302
    assert "Tuija Tuki" in as_coordinator.page(base).get_text()
    assert as_coordinator.post(f"{base}/support/{tuija_id}/unbook").status_code == 302
    typed = {"day": "2.12.2026", "starts": "25:00", "ends": "12", "break_minutes": "0"}
    assert as_coordinator.post(f"{base}/change", data=typed).status_code == 422
    assert as_coordinator.post(f"{base}/change", data=typed | {"starts": "9"}).status_code == 302
    assert as_coordinator.post(f"{base}/cancel", data={"reason": ""}).status_code == 422
    assert as_coordinator.post(f"{base}/cancel", data={"reason": "Remontti"}).status_code == 302
    assert "Remontti" in as_coordinator.page(base).get_text()
    assert as_coordinator.post(f"{base}/reopen").status_code == 302
    assert as_coordinator.post(f"{base}/remove").status_code == 302


def test_coordinator_writes_down_an_answer_given_by_telephone(place, session, as_coordinator):
    gig, worker = place.gig(), place.worker()
    offer_id, worker_id, slot = place.offered(gig, worker).id, worker.id, slot_id(gig)
    url = f"/matching/offers/{offer_id}"
    assert "limits of Veikko" in as_coordinator.page(url).get_text()
    as_coordinator.page(f"/matching/slots/{slot}")
    reads = session.scalars(select(AuditEvent.thing_id).where(AuditEvent.kind == Kind.READ)).all()
    assert reads == [str(worker_id)] * 2
    assert as_coordinator.post(f"{url}/yes", data={"pitch": ""}).status_code == 302
    stored = session.get_one(Offer, offer_id, populate_existing=True)
    assert (stored.status, stored.answered_by, stored.on_behalf) == (OfferStatus.ACCEPTED, "Kaisa Mallinen", True)


def test_confirm_withdraw_swap_no_show_pages(place, session, as_coordinator):
    gig = place.gig(slots=2)
    other = place.gig(starts_at=gig.starts_at + timedelta(days=1))
    aino, bo = place.worker("Aino"), place.worker("Bo")
    mine, theirs = place.accepted(gig, aino), place.accepted(other, bo)
    mine_id, theirs_id, gig_id = mine.id, theirs.id, gig.id
    base = f"/matching/offers/{mine_id}"
    assert as_coordinator.post(f"{base}/confirm").status_code == 302
    assert as_coordinator.post(f"{base}/confirm").status_code == 302
    assert "Contract (PDF)" in as_coordinator.page(f"/matching/gigs/{gig_id}").get_text()
    as_coordinator.page(f"{base}/withdraw")
    assert as_coordinator.post(f"{base}/no-show").status_code == 302
    assert "has not begun" in as_coordinator.page(f"/matching/gigs/{gig_id}").get_text()
    assert "Bo Tekijä" in as_coordinator.page(f"{base}/swap").get_text()
    sent = as_coordinator.post(f"{base}/swap", data={"other": str(theirs_id), "reason": "Sovittu"})
    assert sent.status_code == 302
    assert "Bo Tekijä" in as_coordinator.page(f"/matching/gigs/{gig_id}").get_text()


def test_stopped_places_are_a_queue_with_what_to_do(place, session, as_coordinator):
    gig, worker = place.gig(), place.worker()
    place.confirmed(gig, worker)
    unemployed(worker)
    do(stop_refused, worker.id)
    text = as_coordinator.page("/matching/stopped").get_text()
    assert "Veikko Tekijä" in text
    assert "partner form" in text
