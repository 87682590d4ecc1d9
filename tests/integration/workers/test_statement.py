"""The statement from consent to done: what it puts in force, keeps, refuses, and who may see it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from jobcenter.benefits import BenefitKind, ContractForm, JobseekerStatus, may_offer
from jobcenter.core import clock, todo
from jobcenter.core.audit import AuditEvent
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.workers import queries
from jobcenter.workers.consents.forms import on_screen
from jobcenter.workers.domain import BenefitTold, ConsentPurpose, YesNoUnknown
from jobcenter.workers.statement import queries as statements
from jobcenter.workers.statement import service
from jobcenter.workers.statement.domain import Debt
from tests import factories
from tests.factories import NOW, TODAY
from tests.factories_statement import statement, told_income
from tests.integration.workers.test_profiles import do

PURPOSE = ConsentPurpose.INCOME_AND_DEBT_STATEMENT
PENSION, HOUSING = BenefitKind.KELA_DISABILITY_PENSION, BenefitKind.PENSIONER_HOUSING_ALLOWANCE
YES, NO, UNKNOWN = YesNoUnknown.YES, YesNoUnknown.NO, YesNoUnknown.UNKNOWN
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def begun(agreed):
    """A statement has been begun."""
    do(service.start, agreed.himself, agreed.veikko.id)
    return agreed


def answer_all(world, receives=YES, kinds=(PENSION,), jobseeker=JobseekerStatus.NOT_REGISTERED):
    himself, worker_id = world.himself, world.veikko.id
    do(service.tell_benefits, himself, worker_id, receives, kinds)
    for kind in kinds:
        do(service.tell_decision, himself, worker_id, BenefitTold(kind, date(2019, 1, 1), None))
    do(service.tell_jobseeker, himself, worker_id, jobseeker)
    do(service.tell_income, himself, worker_id, NO)
    do(service.tell_debts, himself, worker_id, NO, ())


def facts(world):
    return queries.person_facts(world.veikko)


# From the first page to the last


def test_the_person_goes_through_it_alone(client, session, world):
    client.sign_in_as(world.veikko_user)
    base = f"/people/{world.veikko.id}/statement"
    assert "Your consent first" in client.page(base).text
    assert client.post(f"{base}/start").status_code == 422
    page = client.post(f"{base}/start", data={"agrees": "y"}, follow_redirects=True)
    assert page.request.path == f"{base}/benefits"
    for slug, answer, onwards in (
        ("benefits", {"kinds": [HOUSING.value]}, f"decision-{HOUSING}"),
        (f"decision-{HOUSING}", {"starts_on": "1.1.2020", "household": "single", "rent": "x"}, "jobseeker"),
        ("jobseeker", {"jobseeker": "not_registered"}, "income"),
        ("income", {"answer": "unknown"}, "debts"),
        ("debts", {"in_enforcement": "yes", "debts": ["payment_plan"]}, "enforcement"),
        ("enforcement", {"dependants": "1", "net_pay_other": "900,50"}, "check"),
    ):
        assert client.post(f"{base}/{slug}", data=answer).location.endswith(f"{base}/{onwards}"), slug
    page = client.post(f"{base}/check", data={"review_on": "1.3.2027"}, follow_redirects=True)
    assert "To find out" in page.text and "Find out what other work pays" in page.text
    held = {benefit.kind: benefit for benefit in facts(world).benefits}
    assert held[HOUSING].from_ == date(2020, 1, 1) and held[HOUSING].household == "single"
    assert held[BenefitKind.ENFORCEMENT].net_pay_other == Decimal("900.50")
    assert facts(world).benefits_asked_on == TODAY
    kept = statements.done_statements_of(world.veikko)[0]
    assert (kept.review_on, kept.written_by) == (date(2027, 3, 1), world.veikko_user.name)
    assert "Statement of" in client.page(base).text


@pytest.mark.parametrize("slug", ["benefits", "jobseeker", "income", "debts"])
def test_a_page_speaks_to_the_person_and_about_the_person_to_others(client, begun, slug):
    """Nobody else is asked which benefits they get themselves; the answers are the same."""
    client.sign_in_as(begun.veikko_user)
    mine = client.page(f"/people/{begun.veikko.id}/statement/{slug}").select_one("main")
    client.sign_in_as(begun.coordinator)
    theirs = client.page(f"/workers/{begun.veikko.id}/statement/{slug}").select_one("main")
    name = begun.veikko.given_name
    to_the_person, about_the_person = mine.form.get_text(" "), theirs.form.get_text(" ")
    assert name in theirs.h1.get_text() and name in about_the_person
    assert "I don't know" in to_the_person and "does not know" not in to_the_person
    assert "I don't know" not in about_the_person and f"{name} does not know" in about_the_person
    assert not {"you", "your", "yours"} & set(re.findall(r"\w+", about_the_person.lower()))
    chosen = [
        [box["value"] for box in page.select("input[type=radio], input[type=checkbox]")] for page in (mine, theirs)
    ]
    assert chosen[0] == chosen[1]


@pytest.mark.parametrize("kind", [PENSION, BenefitKind.ENFORCEMENT])
def test_a_decision_is_asked_of_the_person_and_of_others_by_name(client, begun, kind):
    do(service.tell_benefits, begun.himself, begun.veikko.id, YES, (PENSION,))
    do(service.tell_debts, begun.himself, begun.veikko.id, YES, ())
    slug = "enforcement" if kind is BenefitKind.ENFORCEMENT else f"decision-{kind}"
    client.sign_in_as(begun.veikko_user)
    mine = client.page(f"/people/{begun.veikko.id}/statement/{slug}").select_one("main form").get_text(" ")
    client.sign_in_as(begun.coordinator)
    pages = (f"/workers/{begun.veikko.id}/statement/{slug}", f"/workers/{begun.veikko.id}/benefits/new/{kind}")
    for theirs in (client.page(page).select_one("main form").get_text(" ") for page in pages):
        assert f"{begun.veikko.given_name} does not know" in theirs
        assert "the person" not in theirs and "if you" not in theirs
    assert "if you don't know" in mine and "the person" not in mine


def test_an_answer_is_kept_and_shown_when_one_comes_back(client, begun):
    client.sign_in_as(begun.veikko_user)
    base = f"/people/{begun.veikko.id}/statement"
    client.post(f"{base}/benefits", data={"kinds": [PENSION.value]})
    page = client.page(f"{base}/benefits")
    assert [box["value"] for box in page.select("input[checked]")] == [PENSION.value]
    assert client.get(f"{base}/go-on").location.endswith(f"decision-{PENSION}")
    assert page.select_one(".back a")["href"].endswith("/statement")


def test_a_wrong_answer_is_refused_in_words_and_stays_on_the_page(client, begun):
    client.sign_in_as(begun.veikko_user)
    base = f"/people/{begun.veikko.id}/statement"
    for slug, answer, words in (
        ("benefits", {}, "Choose at least one"),
        ("benefits", {"kinds": [PENSION.value, "no"]}, "Choose either benefits"),
        ("income", {"answer": "yes"}, "Add the income to the list first"),
        ("jobseeker", {}, "Choose one"),
    ):
        page = client.post(f"{base}/{slug}", data=answer)
        assert page.status_code == 422 and words in page.text, slug


def test_what_is_on_the_list_is_shown_first(client, session, begun):
    factories.benefit(begun.veikko, HOUSING, starts_on=date(2020, 1, 1), decided_annual_income=Decimal("1200.00"))
    client.sign_in_as(begun.veikko_user)
    base = f"/people/{begun.veikko.id}/statement"
    assert [box["value"] for box in client.page(f"{base}/benefits").select("input[checked]")] == [HOUSING.value]
    client.post(f"{base}/benefits", data={"kinds": [HOUSING.value]})
    page = client.page(f"{base}/decision-{HOUSING}")
    assert page.select_one("[name=decided_annual_income]")["value"] == "1200,00"


def test_income_told_on_the_way_comes_back_to_the_way(client, session, begun):
    client.sign_in_as(begun.veikko_user)
    base = f"/people/{begun.veikko.id}"
    told = {"what": "Siivous", "contract": "partner", "how_often": "monthly", "gross": "200", "starts_on": "1.9.2026"}
    page = client.post(f"{base}/incomes/new?to=statement", data=told, follow_redirects=True)
    assert page.request.path == f"{base}/statement/income" and "Told, not known" in page.text
    assert client.post(f"{base}/statement/income", data={"answer": "no"}).status_code == 422
    edited = client.page(page.request.path).select_one('a[href*="/incomes/"][href*="to=statement"]')["href"]
    assert client.page(edited).select_one("[name=gross]")["value"] == "200,00"
    gone = client.post(edited.replace("?", "/remove?"), follow_redirects=True)
    assert "No other income on the list" in gone.text
    assert client.page(f"{base}/benefits").find(string="Income from other work")


# What it puts in force


def test_nothing_is_in_force_before_it_is_done(session, begun):
    answer_all(begun)
    assert facts(begun).benefits is None and todo.open_count("benefits_changed") == 0
    do(service.finish, begun.himself, begun.veikko.id, None)
    assert [benefit.kind for benefit in facts(begun).benefits] == [PENSION]
    assert todo.open_count("benefits_changed") == 1


def test_a_benefit_that_is_received_no_more_ends_on_its_day(session, begun):
    factories.benefit(begun.veikko, HOUSING, starts_on=date(2020, 1, 1))
    factories.benefit(begun.veikko, BenefitKind.STUDY_AID, starts_on=date(2026, 1, 1))
    session.commit()
    answer_all(begun)
    with pytest.raises(DomainError, match="statement_unfinished"):
        do(service.finish, begun.himself, begun.veikko.id, None)
    do(service.tell_end, begun.himself, begun.veikko.id, HOUSING, date(2026, 10, 31))
    do(service.tell_end, begun.himself, begun.veikko.id, BenefitKind.STUDY_AID, None)
    do(service.finish, begun.himself, begun.veikko.id, None)
    held = {benefit.kind: benefit for benefit in facts(begun).benefits}
    assert held[HOUSING].to == date(2026, 10, 31) and held[BenefitKind.STUDY_AID].to is None


def test_an_end_before_the_start_is_refused(session, begun):
    factories.benefit(begun.veikko, HOUSING, starts_on=date(2020, 1, 1))
    session.commit()
    with pytest.raises(DomainError, match="end_before_start_day"):
        do(service.tell_end, begun.himself, begun.veikko.id, HOUSING, date(2019, 12, 31))


def test_a_benefit_told_again_after_it_ended_is_the_same_one(session, begun):
    factories.benefit(begun.veikko, PENSION, starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 1))
    session.commit()
    answer_all(begun)
    again = BenefitTold(PENSION, date(2019, 1, 1), date(2020, 1, 1), blind_or_immobile=True)
    do(service.tell_decision, begun.himself, begun.veikko.id, again)
    do(service.finish, begun.himself, begun.veikko.id, None)
    (held,) = facts(begun).benefits
    assert held.blind_or_immobile is True


@pytest.mark.parametrize(("receives", "asked_on"), [(NO, TODAY), (UNKNOWN, None)])
def test_without_knowing_the_benefits_the_guard_refuses(session, begun, receives, asked_on):
    begun.veikko.benefits_asked_on = TODAY
    session.commit()
    answer_all(begun, receives=receives, kinds=())
    do(service.finish, begun.himself, begun.veikko.id, None)
    session.refresh(begun.veikko)
    assert begun.veikko.benefits_asked_on == asked_on
    answer = may_offer(form=ContractForm.ASSIGNMENT, person=facts(begun), from_=TODAY, to=TODAY)
    assert answer.allowed is (asked_on is not None)


def test_no_debts_in_enforcement_ends_what_was_on_the_list(session, begun):
    factories.benefit(begun.veikko, BenefitKind.ENFORCEMENT, starts_on=date(2020, 1, 1))
    session.commit()
    answer_all(begun)
    do(service.finish, begun.himself, begun.veikko.id, None)
    held = {benefit.kind: benefit for benefit in facts(begun).benefits}
    assert held[BenefitKind.ENFORCEMENT].to == TODAY


def test_what_was_told_is_kept_as_it_was(session, begun):
    told_income(begun.veikko)
    told_income(begun.veikko, what="Ohi", starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    session.commit()
    answer_all_but_income(begun)
    do(service.finish, begun.himself, begun.veikko.id, None)
    kept = statements.told_in(statements.done_statements_of(begun.veikko)[0])
    assert [income.what for income in kept.incomes] == ["Siivous"]
    assert kept.debts == (Debt.RESTRUCTURING,) and kept.kinds == ()


def answer_all_but_income(world):
    himself, worker_id = world.himself, world.veikko.id
    do(service.tell_benefits, himself, worker_id, NO, ())
    do(service.tell_jobseeker, himself, worker_id, JobseekerStatus.UNKNOWN)
    do(service.tell_income, himself, worker_id, YES)
    do(service.tell_debts, himself, worker_id, UNKNOWN, {Debt.RESTRUCTURING})


# Refusals


def test_without_consent_nothing_begins(client, session, world):
    with pytest.raises(DomainError, match="statement_needs_consent"):
        do(service.start, world.himself, world.veikko.id)
    with pytest.raises(DomainError, match="statement_needs_consent"):
        do(service.start, world.coordinating, world.veikko.id, on_screen(PURPOSE))
    client.sign_in_as(world.coordinator)
    page = client.post(f"/workers/{world.veikko.id}/statement/start")
    assert page.status_code == 422 and "has not agreed" in page.text
    assert client.get(f"/workers/{world.veikko.id}/statement/benefits").location.endswith("/statement")


def test_a_consent_taken_back_stops_it_and_hides_it(client, session, begun):
    kept = statement(begun.veikko)
    consent = queries.consent_in_force(begun.veikko.id, PURPOSE)
    consent.withdrawn_at = NOW
    session.commit()
    with pytest.raises(DomainError, match="statement_needs_consent"):
        do(service.tell_debts, begun.himself, begun.veikko.id, NO, ())
    for actor in (begun.coordinating, begun.supporting, begun.guarding):
        with pytest.raises(NotFound):
            statements.worker_to_read_for(actor, begun.veikko.id)
    client.sign_in_as(begun.coordinator)
    assert "Statement of" not in client.page(f"/workers/{begun.veikko.id}/statement").text
    client.sign_in_as(begun.veikko_user)
    assert client.get(f"/people/{begun.veikko.id}/statements/{kept.id}").status_code == 200


def test_begun_twice_and_done_twice_are_told_kindly(session, begun):
    with pytest.raises(AlreadyDone):
        do(service.start, begun.coordinating, begun.veikko.id)
    answer_all(begun)
    do(service.finish, begun.himself, begun.veikko.id, None)
    with pytest.raises(NotPossible):
        do(service.finish, begun.himself, begun.veikko.id, None)


def test_a_review_day_that_has_come_is_refused(session, begun):
    answer_all(begun)
    with pytest.raises(DomainError, match="review_day_over"):
        do(service.finish, begun.himself, begun.veikko.id, TODAY)


def test_thrown_away_it_leaves_everything_as_it_was(client, session, begun):
    answer_all(begun)
    client.sign_in_as(begun.veikko_user)
    page = client.post(f"/people/{begun.veikko.id}/statement/discard", follow_redirects=True)
    assert "Thrown away" in page.text
    assert facts(begun).benefits is None and statements.draft_of(begun.veikko) is None


def test_strangers_and_those_without_consent_are_refused(session, begun, elsewhere):
    worker_id = begun.veikko.id
    for actor in (begun.supporting, begun.guarding, begun.managing, elsewhere.himself, elsewhere.coordinating):
        for verb in (
            lambda actor=actor: service.start(actor, worker_id),
            lambda actor=actor: service.tell_debts(actor, worker_id, NO, ()),
            lambda actor=actor: service.finish(actor, worker_id, TOMORROW),
            lambda actor=actor: service.discard(actor, worker_id),
        ):
            with pytest.raises(NotFound):
                do(verb)


def test_a_support_person_goes_through_it_with_the_person(client, session, agreed):
    factories.consent(agreed.veikko, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    client.sign_in_as(agreed.support)
    page = client.post(f"/people/{agreed.veikko.id}/statement/start", follow_redirects=True)
    assert "You are doing this with" in page.text
    event = session.query(AuditEvent).filter_by(verb="start_statement").one()
    assert event.on_behalf_of == agreed.veikko_user.id


# Who reads


READERS = [
    ("veikko_user", "people", None, 200),
    ("coordinator", "workers", None, 200),
    ("support", "people", None, 404),
    ("support", "people", ConsentPurpose.SUPPORT_SEES_EARNINGS, 200),
    ("guardian", "wards", None, 404),
    ("guardian", "wards", ConsentPurpose.GUARDIAN_SEES_EARNINGS, 200),
    ("manager", "people", None, 403),
]


@pytest.mark.parametrize("reader", READERS)
def test_a_done_statement_is_read_by_those_whom_the_consents_name(client, session, agreed, reader):
    who, side, consent, status = reader
    kept = statement(agreed.veikko)
    if consent:
        factories.consent(agreed.veikko, consent)
    client.sign_in_as(getattr(agreed, who))
    page = client.get(f"/{side}/{agreed.veikko.id}/statements/{kept.id}")
    assert page.status_code == status
    read = session.query(AuditEvent).filter_by(verb="read", thing_id=str(agreed.veikko.id)).count()
    assert bool(read) is (status == 200)


PRINTED = [
    ("fi", ("Etuus- ja velkaselvitys", "Kelan työkyvyttömyyseläke", "Suostumus, johon tämä perustuu")),
    ("sv", ("Förmåns- och skuldutredning", "Sjukpension från FPA", "Samtycke som detta grundar sig på", "Sida 1 / 1")),
]


@pytest.mark.parametrize(("language", "words"), PRINTED)
def test_it_is_printed_in_the_persons_language(client, session, agreed, language, words):
    kept = statement(agreed.veikko)
    agreed.veikko.language = language
    client.sign_in_as(agreed.veikko_user)
    paper = client.get(f"/people/{agreed.veikko.id}/statements/{kept.id}.pdf")
    read = PdfReader(BytesIO(paper.data))
    text = "\n".join(page.extract_text() for page in read.pages)
    assert [word for word in words if word not in " ".join(text.split())] == []
    assert read.trailer["/Root"]["/Lang"] == f"{language}-FI"


def test_the_statement_of_another_worker_is_not_found(client, session, agreed, elsewhere):
    theirs = statement(elsewhere.veikko)
    client.sign_in_as(agreed.veikko_user)
    assert client.get(f"/people/{agreed.veikko.id}/statements/{theirs.id}").status_code == 404


def test_a_draft_is_found_and_goes_on_where_it_was_left(client, begun):
    do(service.tell_benefits, begun.himself, begun.veikko.id, UNKNOWN, ())
    client.sign_in_as(begun.coordinator)
    with clock.frozen(NOW + timedelta(days=3)):
        assert "A statement has been begun" in client.page(f"/workers/{begun.veikko.id}/statement").text
        page = client.get(f"/workers/{begun.veikko.id}/statement/go-on", follow_redirects=True)
        assert page.request.path.endswith("/jobseeker") and "You are doing this with" in page.text
