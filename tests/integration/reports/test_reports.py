"""Certificates, CVs and figures: from confirmed hours only, for those who may see them."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Iterator
from datetime import date, time

import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from sqlalchemy import select

from jobcenter.auth.domain import Role
from jobcenter.benefits import BenefitKind
from jobcenter.core import clock
from jobcenter.core.errors import NotFound
from jobcenter.core.uow import unit_of_work
from jobcenter.matching.caseload.domain import SupportTimeKind
from jobcenter.matching.caseload.models import SupportTime
from jobcenter.orders.feedback.domain import HowItWent, Praise
from jobcenter.orders.feedback.models import Feedback
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.reports import queries, service
from jobcenter.reports.commands import stats
from jobcenter.reports.domain import Period, SupportFigures
from jobcenter.workers.cv import service as cv_service
from jobcenter.workers.domain import CvLineKind, Skill, TaskCategory
from jobcenter.workers.models import CvLine
from tests import factories
from tests.integration.workers.conftest import World, make_world

MAY = clock.at(date(2026, 5, 4), time(9))
JUNE = clock.at(date(2026, 6, 1), time(9))


@pytest.fixture(autouse=True)
def frozen_clock() -> Iterator[None]:
    with clock.frozen(factories.NOW):
        yield


@pytest.fixture
def world(session) -> World:
    made = make_world()
    session.commit()
    return made


@pytest.fixture
def entry(session, world):
    """Three confirmed hours of dishwashing on 4 May, ordered by a cafe, with a coordinator."""
    cafe = factories.organisation(world.jobcenter, name="Kahvila Å Oy")
    order = factories.order(world.jobcenter, cafe, coordinator_id=world.coordinator.id)
    made = factories.done_gig(order, world.veikko, MAY)
    session.commit()
    return made


def text_of(response) -> str:
    assert response.mimetype == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.data)).pages)


# Certificates


@pytest.mark.parametrize("who", ["veikko_user", "support", "coordinator"])
def test_certificate_says_what_was_done_and_nothing_of_benefits(client, session, world, entry, who):
    factories.benefit(world.veikko, BenefitKind.GUARANTEE_PENSION)
    client.sign_in_as(getattr(world, who))
    assert f"2026-{entry.id:06}" in client.page(f"/people/{world.veikko.id}/certificates").text
    text = text_of(client.get(f"/certificates/{entry.id}.pdf"))
    for said in ("Veikko Åkerö", "Dishwashing", "Kahvila Å Oy", "3 h", world.jobcenter.name, world.coordinator.name):
        assert said in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "ension" not in text


def test_certificate_is_in_the_workers_language(client, session, world, entry):
    world.veikko.language = "fi"
    client.sign_in_as(world.coordinator)
    assert "Keikkatodistus" in text_of(client.get(f"/certificates/{entry.id}.pdf"))


@pytest.mark.parametrize("status", [EntryStatus.LOGGED, EntryStatus.DISPUTED])
def test_no_certificate_before_the_hours_are_confirmed(client, session, world, entry, status):
    entry.status = status
    client.sign_in_as(world.veikko_user)
    assert client.get(f"/certificates/{entry.id}.pdf").status_code == 404
    assert "No certificates yet" in client.page(f"/people/{world.veikko.id}/certificates").text


def test_certificate_of_somebody_else_is_not_found(client, session, world, entry):
    elsewhere = make_world()
    for user in (elsewhere.veikko_user, elsewhere.support, elsewhere.coordinator):
        client.sign_in_as(user)
        assert client.get(f"/certificates/{entry.id}.pdf").status_code == 404
    for user, status in ((world.guardian, 403), (world.manager, 403)):
        client.sign_in_as(user)
        assert client.get(f"/certificates/{entry.id}.pdf").status_code == status


def test_list_of_certificates_makes_the_same_queries_at_any_length(client, session, world, entry, query_count):
    client.sign_in_as(world.veikko_user)
    address = f"/people/{world.veikko.id}/certificates"
    with query_count() as few:
        client.page(address)
    order = factories.order(world.jobcenter, factories.organisation(world.jobcenter))
    for day in range(1, 11):
        factories.done_gig(order, world.veikko, clock.at(date(2026, 7, day), time(9)))
    with query_count() as many:
        client.page(address)
    assert len(few.queries) == len(many.queries)


# CV


def feedback(entry, world) -> Feedback:
    return factories.stored(
        Feedback(
            offer_id=entry.offer_id,
            gig_id=entry.gig_id,
            worker_id=world.veikko.id,
            how_it_went=HowItWent.WELL,
            went_well=frozenset({Praise.ON_TIME}),
            text="Reipas työ",
            given_by="Olli",
            given_at=factories.NOW,
        )
    )


def test_cv_sums_up_confirmed_gigs(client, session, world, entry):
    order = factories.order(world.jobcenter, factories.organisation(world.jobcenter))
    factories.done_gig(order, world.veikko, JUNE, hours=2)
    factories.done_gig(order, world.veikko, clock.at(date(2026, 8, 1), time(9)), status=EntryStatus.LOGGED)
    world.veikko.skills = frozenset({Skill.FIRST_AID})
    client.sign_in_as(world.veikko_user)
    text = text_of(client.get(f"/people/{world.veikko.id}/cv.pdf")).replace("\N{NO-BREAK SPACE}", " ")
    assert "Dishwashing" in text
    assert "2 gigs, 5 h" in text
    assert "5/2026–6/2026" in text
    assert "First aid" in text


def test_the_worker_shows_and_hides_lines(client, session, world, entry):
    said = feedback(entry, world)
    client.sign_in_as(world.veikko_user)
    address = f"/people/{world.veikko.id}/cv"
    assert "Reipas" not in text_of(client.get(f"{address}.pdf"))
    assert client.post(f"{address}/lines/feedback/{said.id}/show").status_code == 302
    assert client.post(f"{address}/lines/gigs/dishwashing/hide").status_code == 302
    text = text_of(client.get(f"{address}.pdf"))
    assert "Reipas" in text
    assert "Dishwashing" not in text


@pytest.mark.parametrize("line", ["feedback/999999", "gigs/sewing", "gigs/nonsense", "skill/first_aid", "nothing/1"])
def test_lines_that_the_cv_does_not_have_are_not_found(client, world, entry, line):
    client.sign_in_as(world.veikko_user)
    assert client.post(f"/people/{world.veikko.id}/cv/lines/{line}/show").status_code == 404


def test_own_words(client, session, world):
    client.sign_in_as(world.veikko_user)
    address = f"/people/{world.veikko.id}/cv"
    key = str(uuid.uuid4())
    client.post(f"{address}/introduction", data={"introduction": "Olen ahkera. 😀"})
    for _click in range(2):
        assert client.post(f"{address}/own", data={"text": "Kesäkahvila", "form_key": key}).status_code == 302
    lines = session.scalars(select(CvLine)).all()
    assert [line.text for line in lines] == ["Kesäkahvila"]
    first = lines[0].key
    client.post(f"{address}/own", data={"text": "Leikkipuisto", "form_key": key})
    assert all(text in client.page(address).text for text in ("Leikkipuisto", "You decide what it shows"))
    text = text_of(client.get(f"{address}.pdf"))
    assert "Olen ahkera" in text
    assert "Kesäkahvila" in text
    assert client.post(f"{address}/own", data={"text": ""}).status_code == 422
    assert client.post(f"{address}/introduction", data={"introduction": "x" * 1001}).status_code == 422
    assert client.post(f"{address}/own/{first}/remove").status_code == 302
    assert client.post(f"{address}/own/{first}/remove").status_code == 404


def test_only_the_person_and_a_support_person_change_the_cv(session, world, entry):
    other = make_world()
    session.commit()
    for actor in (world.coordinating, world.guarding, other.himself, other.supporting):
        for change in (
            lambda actor: service.set_shown(actor, world.veikko.id, CvLineKind.GIGS, "dishwashing", False),
            lambda actor: cv_service.introduce(actor, world.veikko.id, "x"),
            lambda actor: cv_service.add_own_line(actor, world.veikko.id, "x", "k"),
            lambda actor: cv_service.remove_own_line(actor, world.veikko.id, "k"),
        ):
            with pytest.raises(NotFound), unit_of_work():
                change(actor)


def test_the_coordinator_reads_the_cv_without_buttons(client, world, entry):
    client.sign_in_as(world.coordinator)
    page = client.page(f"/people/{world.veikko.id}/cv")
    assert "Dishwashing" in page.text
    assert not page.select("main form")


def test_feedback_is_shown_to_the_worker(client, session, world, entry):
    feedback(entry, world)
    client.sign_in_as(world.veikko_user)
    assert "Reipas työ" in client.page(f"/people/{world.veikko.id}/feedback").text


# Figures


@pytest.fixture
def two_jobcenters(session, world, entry):
    """The entry of May, two people raking together elsewhere in June, and hours that are not confirmed."""
    other = make_world()
    order = factories.order(other.jobcenter, factories.organisation(other.jobcenter), category=TaskCategory.RAKING)
    factories.done_gig(order, other.veikko, JUNE, hours=2)
    factories.done_gig(order, factories.worker(other.jobcenter), JUNE, hours=1)
    factories.done_gig(order, factories.worker(other.jobcenter), JUNE, hours=8, status=EntryStatus.LOGGED)
    session.commit()
    return other


MAY_DAY = date(2026, 5, 4)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def test_figures_count_confirmed_hours_once(session, world, two_jobcenters):
    found = queries.statistics(YEAR).to_json()
    assert {name: found[name] for name in ("people", "hours", "gigs", "orders", "orderers")} == {
        "people": 3,
        "hours": "6.00",
        "gigs": 3,
        "orders": 2,
        "orderers": 2,
    }
    assert found["by_field"]["raking"] == {"people": 2, "hours": "3.00", "gigs": 2, "orders": 1, "orderers": 1}
    assert found["by_jobcenter"][world.jobcenter.slug]["hours"] == "3.00"


def test_somebody_who_works_in_two_jobcenters_is_one_person(session, world, two_jobcenters, supported):
    two_jobcenters.veikko.user_id = world.veikko_user.id
    session.commit()
    found = queries.statistics(YEAR)
    assert found.total.people == 2
    assert sorted(figures.people for figures in found.by_jobcenter.values()) == [1, 2]
    assert queries.support_statistics(YEAR, {world.jobcenter.id, two_jobcenters.jobcenter.id}).total.people == 1


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        (date(2026, 5, 4), date(2026, 5, 4), "3.00"),
        (date(2026, 5, 5), date(2026, 6, 1), "3.00"),
        (date(2026, 5, 5), date(2026, 5, 31), "0.00"),
    ],
)
def test_both_days_of_a_period_count(session, two_jobcenters, first, last, hours):
    assert queries.statistics(Period(first, last)).to_json()["hours"] == hours


def test_a_coordinator_sees_own_jobcenters_figures(client, world, two_jobcenters):
    client.sign_in_as(world.coordinator)
    page = client.page("/figures?first=1.1.2026&last=31.12.2026")
    assert "Dishwashing" in page.text
    assert "Raking" not in page.text
    csv = client.get("/figures.csv?first=2026-01-01&last=2026-12-31")
    assert csv.mimetype == "text/csv"
    assert csv.text.startswith("\ufeff")
    assert "Raking" not in csv.text


@pytest.mark.parametrize(
    "query", ["?first=x&last=1.1.2026", "?first=2.1.2026&last=1.1.2026", "?first=&last=", "?first=x&_method=PUT"]
)
def test_a_wrong_period_is_refused_in_words(client, world, query):
    client.sign_in_as(world.coordinator)
    assert client.page(f"/figures{query}", status=422).select(".error-summary")
    assert client.get(f"/figures.csv{query}").status_code == 302


@pytest.mark.parametrize("role", [Role.WORKER, Role.ORDERER, Role.SUPPORT, Role.UNIT_MANAGER])
def test_figures_are_closed_to_others(client, session, world, role):
    client.sign_in_as(factories.someone(role, world.jobcenter))
    assert client.get("/figures").status_code == 403


@pytest.fixture
def supported(session, world, two_jobcenters):
    """Support time of two persons here, one of whom helps Veikko and nobody in particular, and some elsewhere."""
    tuija, timo = (factories.someone(Role.SUPPORT, world.jobcenter) for _person in range(2))
    along, travel = SupportTimeKind.ALONG, SupportTimeKind.TRAVEL
    logged = [(world, tuija, MAY_DAY, 90, along, world.veikko), (world, timo, MAY_DAY, 30, travel, world.veikko)]
    logged += [(world, tuija, date(2026, 6, 1), 60, travel, None), (world, timo, date(2025, 12, 31), 600, along, None)]
    logged += [(two_jobcenters, tuija, MAY_DAY, 15, along, two_jobcenters.veikko)]
    for at, user, day, minutes, kind, worker in logged:
        whose = {"jobcenter_id": at.jobcenter.id, "user_id": user.id, "worker_id": worker and worker.id}
        noted = {"logged_at": clock.now(), "form_key": str(uuid.uuid4())}
        session.add(SupportTime(day=day, minutes=minutes, kind=kind, **whose, **noted))
    session.commit()


def test_support_time_is_counted_apart_by_what_it_was_for(session, world, supported):
    found = queries.support_statistics(YEAR, {world.jobcenter.id})
    assert found.total == SupportFigures(persons=2, people=1, minutes=180)
    kinds = {SupportTimeKind.ALONG: SupportFigures(1, 1, 90), SupportTimeKind.TRAVEL: SupportFigures(2, 1, 90)}
    assert found.by_kind == kinds
    assert found.by_jobcenter == {world.jobcenter.slug: found.total}
    assert queries.statistics(YEAR, {world.jobcenter.id}).total.minutes == 180, "gigs of three hours, nothing more"
    assert queries.support_statistics(Period(date(2026, 5, 5), date(2026, 5, 31)), {world.jobcenter.id}).by_kind == {}


def test_support_time_stands_on_the_page_and_in_the_csv_of_its_jobcenter(client, world, supported):
    client.sign_in_as(world.coordinator)
    page = client.page("/figures?first=1.1.2026&last=31.12.2026")
    table = page.find("caption", string="Support time altogether").find_parent("table")
    assert [cell.get_text() for cell in table.select("tbody td")] == ["2", "1", "3"]
    csv = client.get("/figures.csv?first=2026-01-01&last=2026-12-31").text
    assert "Support time;Support persons;People helped by them;Hours of support\r\nAll;2;1;3\r\n" in csv
    assert "Along on a gig;1;1;1.5\r\n" in csv
    assert "No support time" in client.page("/figures?first=1.1.2024&last=31.12.2024").get_text()


# The command


def run(*arguments: str):
    return CliRunner().invoke(stats, arguments)


def test_stats_prints_the_agreed_json(session, world, two_jobcenters):
    done = run("--from", "2026-01-01", "--to", "31.12.2026", "--json")
    assert done.exit_code == 0
    assert json.loads(done.output) == queries.statistics(YEAR).to_json()
    assert world.jobcenter.slug in run("--from", "2026-01-01", "--to", "2026-12-31").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "2026-13-01", "--to", "2026-12-31"), "is not a day"),
        (("--from", "soon", "--to", "2026-12-31"), "is not a day"),
        (("--from", "2026-12-31", "--to", "2026-01-01"), "is before"),
        (("--from", "2026-12-31"), "--to"),
    ],
)
def test_stats_says_what_is_wrong_with_a_day(session, arguments, said):
    done = run(*arguments)
    assert done.exit_code == 2
    assert said in done.output
