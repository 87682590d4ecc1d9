"""The pages on the law: who may open them, what they show, and how a value finds its second person."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner

from jobcenter.admin.commands import limits
from jobcenter.auth.domain import Role
from jobcenter.auth.models import User
from jobcenter.benefits import law
from jobcenter.cli import in_app_if_any
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.earnings.rulebook import queries_contacts
from jobcenter.earnings.rulebook.domain import AdditionState
from jobcenter.earnings.rulebook.models import LawAddition, LawContact
from jobcenter.earnings.rulebook.queries import current_law
from tests import factories
from tests.factories import NOW, TODAY

LIMIT = "kela_disability_pension.earnings_limit"
RATE = "pensioner_housing_allowance.extra_rate"
PAGE = f"/admin/rules/{LIMIT}"
TYPED = {
    "value": "1012,88",
    "from_": "1.1.2027",
    "to": "",
    "applies": "calendar",
    "status": "confirmed",
    "source": "Kelan tiedote 1.12.2026",
    "form_key": "3f0f3c0e-5d3e-4a75-b6c5-0d7a6b1f2c11",
}
PHONE = {
    "point": "kela.housing",
    "phone": "020 000 0000",
    "from_": "22.11.2026",
    "source": "kela.fi",
    "form_key": "3f0f3c0e-5d3e-4a75-b6c5-0d7a6b1f2c12",
}


@pytest.fixture(autouse=True)
def noon():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def place(session):
    return factories.jobcenter()


@pytest.fixture
def pia(place, session) -> User:
    made = factories.someone(Role.ADMIN, place, given_name="Pia")
    session.commit()
    return made


@pytest.fixture
def olli(pia, session) -> User:
    made = factories.someone(Role.ADMIN, factories.jobcenter(), given_name="Olli")
    session.commit()
    return made


def the_addition() -> LawAddition:
    return db.session.query(LawAddition).populate_existing().one()


def proposed(client, by: User, **change) -> int:
    assert client.sign_in_as(by).post(PAGE, data=TYPED | change).status_code == 302
    return the_addition().id


def decide(client, who: User, addition_id: int, verb: str, **data):
    client.sign_in_as(who)
    answer = client.post(f"/admin/rules/values/{addition_id}/{verb}", data=data, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


# Doors


@pytest.mark.parametrize("path", ["/admin/rules", PAGE, "/admin/contacts"])
def test_pages_open_to_administrators_only(place, pia, client, session, path):
    assert "/sign-in" in client.get(path).location
    coordinator = factories.someone(Role.COORDINATOR, place)
    session.commit()
    assert client.sign_in_as(coordinator).get(path).status_code == 403
    client.sign_in_as(pia).page(path)


@pytest.mark.parametrize("verb", ["approve", "reject", "withdraw", "revoke"])
def test_buttons_are_administrators_only(place, pia, client, session, verb):
    made = proposed(client, pia)
    coordinator = factories.someone(Role.COORDINATOR, place)
    session.commit()
    address = f"/admin/rules/values/{made}/{verb}"
    assert client.sign_in_as(coordinator).post(address).status_code == 403
    assert client.sign_in_as(pia).post("/admin/rules/values/999999/" + verb).status_code == 404
    assert client.get(address).status_code == 405
    assert the_addition().state is AdditionState.PROPOSED


def test_an_unknown_figure_is_not_found(pia, client):
    client.sign_in_as(pia)
    assert client.get("/admin/rules/moon.limit").status_code == 404
    assert client.post("/admin/rules/moon.limit", data=TYPED).status_code == 404


# What they show


def test_every_figure_is_on_the_page_with_its_trail(pia, client):
    page = client.sign_in_as(pia).page("/admin/rules").get_text(" ", strip=True)
    for parameter in law().parameters.values():
        assert parameter.description in page
        assert parameter.statute in page
    for fact in law().unverified:
        assert fact.what in page
    assert all(change.description in page for change in law().planned)
    assert "values are missing for 2027" in page


def test_before_november_the_present_year_is_looked_at(pia, client):
    with clock.frozen(clock.start_of(date(2026, 10, 31))):
        assert "2027" not in client.sign_in_as(pia).page("/admin").get_text()


def test_the_page_of_a_figure_tells_its_history(pia, client):
    page = client.sign_in_as(pia).page(PAGE).get_text(" ", strip=True)
    for value in law().parameter(LIMIT).values:
        assert value.source in page
    assert "There is no value from Fri 1 Jan 2027 on." in page
    assert "You are the only administrator." in page


def test_the_half_year_that_is_missing_is_told(pia, client):
    days = "Wed 1 Jul 2026 – Thu 31 Dec 2026"
    rate = "late_payment.reference_rate"
    link = client.sign_in_as(pia).page("/admin/rules").select_one(f'.notice a[href$="{rate}"]')
    assert days in link.parent.text
    told = client.page("/").get_text(" ")
    assert "A value of a half-year is missing:" in told and law().parameters[rate].description in told
    assert "2 values of half-years are missing." in client.page("/admin").get_text(" ")
    page = client.page(f"/admin/rules/{rate}")
    assert f"There is no value for {days}." in page.text and "A value is needed for each half-year." in page.text
    assert page.select_one("[name=from_]")["value"] == "1.7.2026"


def test_every_figure_has_a_page(pia, client):
    client.sign_in_as(pia)
    for parameter in list(law().parameters)[::12]:
        client.page(f"/admin/rules/{parameter}")


# The way of a value


def test_one_enters_another_confirms(pia, olli, client):
    made = proposed(client, pia)
    assert "You entered this." in client.page(PAGE).get_text()
    assert not client.page("/").select(".needs")
    client.sign_in_as(olli)
    assert "1 value waits for a second administrator." in client.page("/").select_one(".needs").get_text(" ")
    assert "Check and decide" in client.page("/admin/rules").get_text()
    assert "The value is confirmed." in decide(client, olli, made, "approve")
    assert current_law().value_on(LIMIT, date(2027, 1, 1)).value == Decimal("1012.88")
    assert "There is no value" not in client.page(PAGE).get_text()


def test_the_same_person_is_told_kindly(pia, olli, client):
    made = proposed(client, pia)
    assert "Another administrator must confirm it." in decide(client, pia, made, "approve")
    assert the_addition().state is AdditionState.PROPOSED


def test_a_rejection_needs_a_reason(pia, olli, client):
    made = proposed(client, pia)
    assert "Fill in this field." in decide(client, olli, made, "reject")
    assert "The value is rejected." in decide(client, olli, made, "reject", reason="Wrong year")
    assert "Wrong year" in client.page(PAGE).get_text()


def test_withdrawn_by_its_proposer_and_taken_out_of_use_by_any(pia, olli, client):
    assert "The value is withdrawn." in decide(client, pia, proposed(client, pia), "withdraw")
    client.post(PAGE, data=TYPED | {"form_key": "3f0f3c0e-5d3e-4a75-b6c5-0d7a6b1f2c13"})
    second = db.session.query(LawAddition).order_by(LawAddition.id.desc()).first().id
    decide(client, olli, second, "approve")
    assert "The value is out of use." in decide(client, olli, second, "revoke", reason="A misprint")
    assert current_law() is law()


def test_pressed_twice_it_is_done_once(pia, olli, client):
    made = proposed(client, pia)
    client.post(PAGE, data=TYPED)
    assert the_addition().id == made
    decide(client, olli, made, "approve")
    assert "This has been done already." in decide(client, olli, made, "approve")


BAD = [
    ({"value": "0"}, "value"),
    ({"value": "abc"}, "value"),
    ({"value": "2012,88"}, "sure"),
    ({"from_": "1.1.2072"}, "from_"),
    ({"to": "31.12.2026"}, "to"),
    ({"source": ""}, "source"),
    ({"status": "sure"}, "status"),
]


@pytest.mark.parametrize(("change", "field"), BAD)
def test_bad_input_is_refused_beside_its_field(pia, client, change, field):
    answer = client.sign_in_as(pia).post(PAGE, data=TYPED | change)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text or f'id="{field}-0-error"' in answer.text
    assert db.session.query(LawAddition).count() == 0


def test_a_large_step_is_taken_when_looked_at_twice(pia, client):
    assert proposed(client, pia, value="2012,88", sure="y")


def test_a_share_is_typed_in_per_cent(pia, client):
    typed = TYPED | {"value": "44,5", "from_": "1.1.2028"}
    assert client.sign_in_as(pia).post(f"/admin/rules/{RATE}", data=typed).status_code == 302
    assert the_addition().value == Decimal("0.4450")
    assert "44.5%" in client.page(f"/admin/rules/{RATE}").get_text()


# Whom to call


def test_a_number_is_entered_and_told_for_its_rules(pia, client):
    assert queries_contacts.contact_for("general_housing_allowance.review", TODAY) is None
    client.sign_in_as(pia)
    for _twice in range(2):
        assert client.post("/admin/contacts", data=PHONE).status_code == 302
    assert db.session.query(LawContact).count() == 1
    found = queries_contacts.contact_for("general_housing_allowance.review", TODAY)
    assert (found.number.phone, found.point.id) == ("020 000 0000", "kela.housing")
    assert queries_contacts.contact_for("general_housing_allowance.review", date(2026, 11, 21)) is None
    assert "020\u00a0000\u00a00000" in client.page("/admin/contacts").get_text()
    (event,) = audit.events(audit.Search(jobcenter_ids=None, thing_type="law_contact"), 5)
    assert event.actor_name == pia.name


def test_a_newer_number_takes_the_place_of_the_programs_own(pia, client):
    shipped = queries_contacts.contact_for(LIMIT, TODAY)
    client.sign_in_as(pia).post("/admin/contacts", data=PHONE | {"point": "kela.pensions"})
    assert shipped.number.phone != "020 000 0000"
    assert queries_contacts.contact_for(LIMIT, TODAY).number.phone == "020 000 0000"


@pytest.mark.parametrize("change", [{"phone": "soita"}, {"point": "moon.office"}, {"source": ""}])
def test_a_bad_number_is_refused(pia, client, change):
    assert client.sign_in_as(pia).post("/admin/contacts", data=PHONE | change).status_code == 422
    assert db.session.query(LawContact).count() == 0


# The command


def test_the_command_prints_what_was_added_where_a_database_answers(pia, olli, client):
    decide(client, olli, proposed(client, pia), "approve")
    asked = ["--on", "2027-01-01", "--json"]
    printed = json.loads(CliRunner().invoke(limits, asked).stdout)
    values = {row["id"]: row["value"] for row in printed["limits"]}
    assert values[LIMIT] == "1012.88"
    assert printed["version"] == current_law().version != law().version


def test_the_command_does_without_a_database(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("JOBCENTER_INSTANCE", str(tmp_path / "none"))
    answer = CliRunner().invoke(in_app_if_any(limits), ["--on", "2026-05-01"])
    assert answer.exit_code == 0, answer.output
    assert law().version in answer.stdout
    assert not (tmp_path / "none").exists()
