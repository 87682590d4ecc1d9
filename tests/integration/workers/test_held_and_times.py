"""Benefits, answers, accounts, tax cards and times: stored, logged, guarded, and the guard called in again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from jobcenter.benefits import BenefitKind, JobseekerStatus
from jobcenter.core import clock, todo
from jobcenter.core.audit import AuditEvent
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound
from jobcenter.workers import queries, queries_candidates
from jobcenter.workers.availability import service as times
from jobcenter.workers.availability.domain import Absence
from jobcenter.workers.domain import Answer, Asked, BenefitTold, ConsentPurpose, TaxCardTold, Weekly
from jobcenter.workers.held import service as held
from jobcenter.workers.models import HeldBenefit, TaxCard, Unavailability, Worker
from tests import factories
from tests.integration.workers.test_profiles import do, last_event

TODAY = factories.TODAY
SUBSIDY = BenefitTold(BenefitKind.LABOUR_MARKET_SUBSIDY, TODAY, None)
ASKED = Asked(Answer.ALL_TOLD, JobseekerStatus.NOT_REGISTERED, TODAY)


def facts(world):
    return queries.person_facts(world.veikko)


# Benefits


def test_a_benefit_is_stored_and_the_guard_is_called_in(session, world):
    do(held.add_benefit, world.himself, world.veikko.id, SUBSIDY)
    assert facts(world).benefits[0].kind is BenefitKind.LABOUR_MARKET_SUBSIDY
    assert [task.key for task in todo.take("benefits_changed", factories.NOW)] == [str(world.veikko.id)]


def test_many_changes_leave_one_todo(session, world):
    benefit_id = do(held.add_benefit, world.himself, world.veikko.id, SUBSIDY)
    do(held.end_benefit, world.himself, world.veikko.id, benefit_id, TODAY)
    do(held.note_asked, world.coordinating, world.veikko.id, ASKED)
    assert todo.open_count("benefits_changed") == 1


def test_a_refused_change_leaves_no_todo(session, world):
    with pytest.raises(DomainError, match="end_before_start_day"):
        do(held.add_benefit, world.himself, world.veikko.id, replace(SUBSIDY, ends_on=TODAY - timedelta(days=1)))
    assert todo.open_count("benefits_changed") == 0


def test_the_same_benefit_twice_is_already_done(session, world):
    do(held.add_benefit, world.himself, world.veikko.id, SUBSIDY)
    with pytest.raises(AlreadyDone):
        do(held.add_benefit, world.coordinating, world.veikko.id, SUBSIDY)


def test_figures_are_stored_as_in_the_decision(client, session, world):
    client.sign_in_as(world.coordinator)
    address = f"/workers/{world.veikko.id}/benefits/new/pensioner_housing_allowance"
    assert client.post(address, data={"decided_annual_income": "1 234,50"}).status_code == 302
    assert facts(world).benefits[0].decided_annual_income == Decimal("1234.50")
    benefit_id = session.scalar(select(HeldBenefit.id))
    address = f"/workers/{world.veikko.id}/benefits/{benefit_id}"
    assert 'value="1234,50"' in client.get(address).text
    assert client.post(address, data={"starts_on": "1.11.2026", "decided_annual_income": "0"}).status_code == 302
    assert facts(world).benefits[0].decided_annual_income == 0


@pytest.mark.parametrize(("answer", "stored"), [("yes", True), ("no", False), ("unknown", None)])
def test_not_known_stays_not_known(client, session, world, answer, stored):
    client.sign_in_as(world.veikko_user)
    address = f"/people/{world.veikko.id}/benefits/new/kela_disability_pension"
    assert client.post(address, data={"blind_or_immobile": answer}).status_code == 302
    assert facts(world).benefits[0].blind_or_immobile is stored


def test_forms_of_benefits_refuse_in_words(client, session, world):
    client.sign_in_as(world.veikko_user)
    address = f"/people/{world.veikko.id}/benefits/new/kela_disability_pension"
    page = client.post(address, data={"starts_on": "31.12.2026", "ends_on": "1.1.2026", "blind_or_immobile": "no"})
    assert page.status_code == 422
    assert "last day cannot be before the first" in page.text
    assert client.post(address, data={"starts_on": "yesterday"}).status_code == 422
    assert session.scalar(select(func.count()).select_from(HeldBenefit)) == 0


def test_a_benefit_ends(client, session, world):
    benefit = factories.benefit(world.veikko, BenefitKind.STUDY_AID, starts_on=TODAY)
    client.sign_in_as(world.veikko_user)
    address = f"/people/{world.veikko.id}/benefits/{benefit.id}/end"
    assert client.post(address, data={"ends_on": "1.1.2020"}).status_code == 422
    assert client.post(address, data={"ends_on": "24.12.2026"}).status_code == 302
    assert session.get(HeldBenefit, benefit.id).ends_on == date(2026, 12, 24)
    assert "end day already" in client.post(address, data={"ends_on": "24.12.2026"}, follow_redirects=True).text


def test_only_a_coordinator_removes_a_benefit(session, world):
    benefit = factories.benefit(world.veikko, BenefitKind.STUDY_AID)
    session.commit()
    factories.consent(world.veikko, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    session.commit()
    for actor in (world.himself, world.supporting, world.guarding, world.managing):
        with pytest.raises(NotFound):
            do(held.remove_benefit, actor, world.veikko.id, benefit.id)
    do(held.remove_benefit, world.coordinating, world.veikko.id, benefit.id)
    assert session.scalar(select(func.count()).select_from(HeldBenefit)) == 0


def test_benefits_of_another_worker_are_not_found(session, world, elsewhere):
    foreign = factories.benefit(elsewhere.veikko, BenefitKind.STUDY_AID)
    session.commit()
    with pytest.raises(NotFound):
        do(held.end_benefit, world.himself, world.veikko.id, foreign.id, TODAY)
    for actor in (elsewhere.coordinating, elsewhere.himself, world.supporting, world.guarding, world.managing):
        with pytest.raises(NotFound):
            do(held.add_benefit, actor, world.veikko.id, SUBSIDY)


def test_support_person_tells_with_consent_and_both_names_stay(session, world):
    factories.consent(world.veikko, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    session.commit()
    do(held.add_benefit, world.supporting, world.veikko.id, SUBSIDY)
    event = last_event(session)
    assert (event.actor_name, event.on_behalf_of) == (world.support.name, world.veikko_user.id)
    assert session.scalar(select(HeldBenefit.told_by)) == world.support.name


# The answer to being asked


def test_never_asked_is_not_known(session, world):
    assert facts(world).benefits is None
    assert not facts(world).asked


def test_asked_without_benefits_is_known(session, world):
    do(held.note_asked, world.coordinating, world.veikko.id, ASKED)
    assert facts(world).benefits == ()
    assert facts(world).asked


def test_i_do_not_know_is_an_answer_and_means_not_known(session, world):
    do(held.note_asked, world.coordinating, world.veikko.id, ASKED)
    do(held.note_asked, world.himself, world.veikko.id, Asked(Answer.NOT_KNOWN, JobseekerStatus.UNKNOWN, TODAY))
    assert not facts(world).asked
    assert facts(world).jobseeker is JobseekerStatus.UNKNOWN


def test_a_benefit_told_without_asking_still_counts(session, world):
    do(held.add_benefit, world.himself, world.veikko.id, SUBSIDY)
    assert len(facts(world).benefits) == 1
    assert not facts(world).asked


def test_an_asking_of_tomorrow_is_refused(client, world):
    client.sign_in_as(world.coordinator)
    sent = {"answer": "all_told", "jobseeker": "not_registered", "asked_on": "23.11.2026"}
    page = client.post(f"/workers/{world.veikko.id}/benefits/asked", data=sent)
    assert page.status_code == 422
    assert "has not come yet" in page.text
    assert client.post(f"/workers/{world.veikko.id}/benefits/asked", data={}).status_code == 422


def test_saving_says_what_it_does(client, world):
    client.sign_in_as(world.veikko_user)
    assert "coming gigs are looked at again" in client.page(f"/people/{world.veikko.id}/benefits/asked").text


def test_reading_benefits_is_written_down(client, session, world):
    client.sign_in_as(world.coordinator)
    client.page(f"/workers/{world.veikko.id}/benefits")
    event = last_event(session)
    assert (event.kind, event.thing_id, event.actor_id) == ("read", str(world.veikko.id), world.coordinator.id)
    assert "benefits" in event.after["fields"]


def test_reading_the_profile_reads_no_benefits(client, session, world):
    client.sign_in_as(world.coordinator)
    client.page(f"/workers/{world.veikko.id}")
    assert session.scalar(select(func.count()).where(AuditEvent.kind == "read")) == 0


# Accounts and tax cards


@pytest.mark.parametrize(
    ("iban", "holder", "said"),
    [
        ("FI2112345600000786", "Veikko", "check digits"),
        ("21 1234 5600", "Veikko", "check digits"),
        ("FI21 1234 5600 0007 85", "", "account holder"),
    ],
)
def test_a_wrong_account_is_refused(client, world, iban, holder, said):
    client.sign_in_as(world.veikko_user)
    sent = {"iban": iban, "account_holder": holder}
    page = client.post(f"/people/{world.veikko.id}/money/account", data=sent)
    assert page.status_code == 422
    assert said in page.text
    assert iban in page.text


def test_an_account_is_stored_and_the_log_has_its_end_only(session, world):
    do(held.save_account, world.himself, world.veikko.id, "fi21 1234 5600 0007 85", "Veikko Åkerö")
    assert session.get(Worker, world.veikko.id).iban == "FI2112345600000785"
    assert last_event(session).after == {"iban": "…0785", "account_holder": "Veikko Åkerö"}
    do(held.save_account, world.himself, world.veikko.id, "", "")
    assert session.get(Worker, world.veikko.id).iban == ""


def test_a_support_person_does_not_touch_the_account(session, world):
    factories.consent(world.veikko, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    session.commit()
    for actor in (world.supporting, world.guarding, world.managing):
        with pytest.raises(NotFound):
            do(held.save_account, actor, world.veikko.id, "FI2112345600000785", "X")


CARD = TaxCardTold(TODAY, date(2026, 12, 31), Decimal("10.5"), Decimal("30"), Decimal("12000"))


def test_a_tax_card_is_stored_replaced_and_not_doubled(session, world):
    do(held.save_tax_card, world.himself, world.veikko.id, CARD)
    with pytest.raises(AlreadyDone):
        do(held.save_tax_card, world.himself, world.veikko.id, CARD)
    do(held.save_tax_card, world.coordinating, world.veikko.id, replace(CARD, rate=Decimal("11")))
    assert session.scalars(select(TaxCard.rate)).all() == [Decimal("11.00")]
    with pytest.raises(DomainError, match="end_before_start_day"):
        do(held.save_tax_card, world.himself, world.veikko.id, replace(CARD, valid_to=date(2026, 1, 1)))


def test_tax_card_form_refuses_in_words(client, world):
    client.sign_in_as(world.veikko_user)
    sent = {
        "valid_from": "1.1.2026",
        "valid_to": "31.12.2026",
        "rate": "101",
        "additional_rate": "-1",
        "income_limit": "x",
    }
    page = client.post(f"/people/{world.veikko.id}/money/tax-card", data=sent)
    assert page.status_code == 422
    assert all(text in page.text for text in ("at most 100", "at least 0", "Give a number"))


# Times


@pytest.mark.parametrize("who", ["coordinating", "managing"])
def test_activity_times_are_kept_by_coordinator_and_unit(session, world, who):
    actor, monday = getattr(world, who), Weekly(0, time(9), time(12))
    do(times.add_activity, actor, world.veikko.id, monday)
    with pytest.raises(AlreadyDone):
        do(times.add_activity, actor, world.veikko.id, monday)
    with pytest.raises(DomainError, match="activity_overlaps"):
        do(times.add_activity, actor, world.veikko.id, Weekly(0, time(11), time(13)))
    do(times.add_activity, actor, world.veikko.id, Weekly(0, time(12), time(13)))
    assert [row.starts for row in queries_candidates.candidate(world.veikko.id).activity] == [time(9), time(12)]
    rows = queries.activity_of([world.veikko.id])[world.veikko.id]
    do(times.remove_activity, actor, world.veikko.id, rows[0].id)
    assert len(queries_candidates.candidate(world.veikko.id).activity) == 1


def test_monday_can_be_chosen_on_the_page(client, session, world):
    client.sign_in_as(world.manager)
    sent = {"weekday": "0", "starts": "9", "ends": "12.30"}
    assert client.post(f"/unit/{world.veikko.id}/activity", data=sent).status_code == 302
    assert "Monday 9.00–12.30" in client.page(f"/unit/{world.veikko.id}").text
    for wrong in ({"ends": "9"}, {"starts": "25:00"}, {"weekday": "7"}):
        assert client.post(f"/unit/{world.veikko.id}/activity", data=sent | wrong).status_code == 422


@pytest.mark.parametrize("who", ["himself", "supporting", "guarding"])
def test_others_do_not_change_activity(session, world, who):
    with pytest.raises(NotFound):
        do(times.add_activity, getattr(world, who), world.veikko.id, Weekly(0, time(9), time(12)))


DAY_OFF = Absence(date(2026, 12, 1), date(2026, 12, 2), None, None, "")


@pytest.mark.parametrize("who", ["coordinating", "himself", "supporting"])
def test_absences_cover_whole_days(session, world, who):
    do(times.add_absence, getattr(world, who), world.veikko.id, DAY_OFF)
    span = queries_candidates.candidate(world.veikko.id).unavailable[0]
    assert (span.starts_at, span.ends_at) == (clock.start_of(date(2026, 12, 1)), clock.start_of(date(2026, 12, 3)))
    with pytest.raises(AlreadyDone):
        do(times.add_absence, getattr(world, who), world.veikko.id, DAY_OFF)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ends_on": date(2026, 11, 30)}, "absence_end_before_start"),
        ({"ends_on": date(2026, 12, 1), "starts": time(12), "ends": time(9)}, "absence_end_before_start"),
        ({"starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 2)}, "absence_over"),
        ({"ends_on": date(2030, 1, 1)}, "absence_too_long"),
        (
            {"starts_on": date(2027, 3, 28), "ends_on": date(2027, 3, 28), "starts": time(3, 30), "ends": time(9)},
            "absence_time_skipped",
        ),
    ],
)
def test_absences_that_cannot_be_are_refused(session, world, changed, code):
    with pytest.raises(DomainError, match=code):
        do(times.add_absence, world.himself, world.veikko.id, replace(DAY_OFF, **changed))
    assert session.scalar(select(func.count()).select_from(Unavailability)) == 0


def test_absences_on_the_page(client, session, world):
    client.sign_in_as(world.veikko_user)
    address = f"/people/{world.veikko.id}/times/absence"
    assert client.post(address, data={"starts_on": "1.12.2026", "note": "Hammaslääkäri"}).status_code == 302
    assert "Hammaslääkäri" in client.page(f"/people/{world.veikko.id}/times").text
    assert client.post(address, data={"starts_on": ""}).status_code == 422
    absence_id = session.scalar(select(Unavailability.id))
    assert "Removed" in client.post(f"{address}/{absence_id}/remove", follow_redirects=True).text
    assert client.post(f"{address}/{absence_id}/remove").status_code == 404


def test_past_absences_are_left_out_of_candidates(session, world):
    do(times.add_absence, world.himself, world.veikko.id, DAY_OFF)
    later = clock.start_of(date(2026, 12, 3))
    assert queries_candidates.candidate(world.veikko.id, since=later).unavailable == ()


def test_candidates_make_the_same_queries_at_any_number(session, world, query_count):
    workers = [world.veikko.id]
    with query_count() as few:
        queries_candidates.candidates(workers)
    for _number in range(20):
        worker = factories.worker(world.jobcenter)
        factories.benefit(worker, BenefitKind.STUDY_AID)
        factories.consent(worker)
        workers.append(worker.id)
    with query_count() as many:
        found = queries_candidates.candidates(workers)
    assert len(few.queries) == len(many.queries) == 3
    assert sorted(found) == workers
    assert sum(candidate.takes_part for candidate in found.values()) == 20
