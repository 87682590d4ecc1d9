"""The public pages on both databases: what they say, and what the calculator takes and refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.auth.domain import JobcenterKind, Role
from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.rates import service as rates
from jobcenter.orders.rates.domain import RateKind
from jobcenter.orders.rates.service import NewRate
from tests import factories

TODAY = date(2026, 1, 2)

PAGES = ["/", "/services", "/prices", "/for-workers", "/contact", "/accessibility", "/privacy", "/style"]


@pytest.fixture
def center(session):
    """One Jobcenter with the rates of a new installation."""
    with unit_of_work():
        rates.load_defaults()
        return factories.jobcenter(name="Mallilan Jobcenter", email="mallila@example.fi")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_for_everybody(client, center, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_in_an_empty_installation(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "fi@easy"])
def test_a_page_opens_in_each_language(client, center, path, language):
    client.post("/language", data={"language": language, "next": path})
    assert client.get(path).status_code == 200


def test_the_front_page_has_two_roads(client, center):
    page = client.page("/")
    assert page.select_one("h1").get_text() == "Pieniä töitä, hyvin tehtyinä"
    assert page.select_one('a.button[href="/for-workers"]')
    assert len(page.select(".tasks li")) == 13


def test_privacy_tells_of_identity_codes_and_debts(client, center):
    text = client.page("/privacy").get_text()
    assert "Henkilötunnuksesi tallennamme vain" in text
    assert "ulosotto" in text


def test_contact_names_each_jobcenter(client, center):
    assert "mallila@example.fi" in client.page("/contact").get_text()


def test_the_statement_names_the_supervisor_and_the_answering_time(client, center):
    text = client.page("/accessibility").get_text()
    assert "Traficom" in text
    assert "306/2019" in text
    assert "14 päivän" in text


def test_prices_count_people_times_hours(client, center):
    page = client.page(f"/prices?jobcenter={center.id}&people=5&hours=4")
    totals = [total.get_text() for total in page.select(".quote-total")]
    assert totals == ["363,95\xa0€", "476,90\xa0€"]
    assert "290,00\xa0€" in page.get_text()
    assert "73,95\xa0€" in page.get_text()
    assert "25,5\xa0%" in page.get_text()


@pytest.fixture
def listed_for_city(center):
    """A list of the Jobcenter's own for city units."""
    city, net = OrganisationKind.CITY_UNIT, Decimal("13.00")
    lower = NewRate(RateKind.PRICE, ContractForm.ASSIGNMENT, center.id, TODAY, net, "Päätös", city)
    with clock.frozen(clock.start_of(TODAY)), unit_of_work():
        admin = factories.actor(factories.someone(Role.ADMIN, center), (Role.ADMIN, center))
        rates.set_rate(admin, lower, frozenset({center.id}))
    return center


QUOTES = [("", "109,19\xa0€"), ("business", "109,19\xa0€"), ("city_unit", "97,89\xa0€")]


@pytest.mark.parametrize(("kind", "total"), QUOTES)
def test_the_calculator_uses_the_list_of_the_kind_of_orderer(client, listed_for_city, kind, total):
    page = client.page(f"/prices?jobcenter={listed_for_city.id}&orderer={kind}&people=2&hours=3")
    assert page.select_one(".quote-total").get_text() == total


def test_the_calculator_knows_the_orderer_who_reads_it(client, listed_for_city, session):
    user = factories.someone(Role.ORDERER, listed_for_city, given_name="Olga")
    factories.organisation(listed_for_city, user, kind=OrganisationKind.CITY_UNIT, name="Kirjasto")
    session.commit()
    client.sign_in_as(user)
    page = client.page("/prices")
    assert page.select_one("#orderer option[selected]")["value"] == "city_unit"
    assert "97.89" in page.select_one(".quote-total").get_text()


def test_half_hours_may_be_typed_in_finnish(client, center):
    page = client.page(f"/prices?jobcenter={center.id}&people=1&hours=2,5")
    assert page.select_one(".quote-total").get_text() == "45,49\xa0€"


def test_before_anything_is_asked_an_example_shows(client, center):
    page = client.page("/prices")
    assert page.select_one(".quote-main .quote-total").get_text() == "109,19\xa0€"
    assert page.select_one("#people")["value"] == "2"


def test_each_jobcenter_shows_the_forms_that_it_uses(client, session, center):
    with unit_of_work():
        other = factories.jobcenter(JobcenterKind.REHABILITATIVE, name="Toinen")
    page = client.page(f"/prices?jobcenter={other.id}&people=5&hours=4")
    assert [total.get_text() for total in page.select(".quote-total")] == ["476,90\xa0€"]


@pytest.mark.parametrize(
    ("people", "hours", "field", "words"),
    [
        ("0", "3", "people", "vähintään 1"),
        ("-2", "3", "people", "vähintään 1"),
        ("400", "3", "people", "enintään 50"),
        ("two", "3", "people", "kokonaisluku"),
        ("2.5", "3", "people", "kokonaisluku"),
        ("", "3", "people", "Täytä"),
        ("2", "", "hours", "Täytä"),
        ("2", "0", "hours", "vähintään 0,5"),
        ("2", "501", "hours", "enintään 500"),
        ("2", "3,123", "hours", "desimaalia"),
        ("2", "1e999", "hours", "luku"),
        ("2", "kolme", "hours", "luku"),
        ("9" * 5000, "3", "people", "kokonaisluku"),
        ("😀", "3", "people", "kokonaisluku"),
    ],
)
def test_bad_figures_are_refused_beside_their_field(client, center, people, hours, field, words):
    query = {"jobcenter": center.id, "people": people, "hours": hours}
    page = client.page("/prices", query_string=query, status=422)
    assert words in page.select_one(f"#{field}-error").get_text()
    assert page.select_one(f"#{field}")["aria-invalid"] == "true"
    assert page.select_one(f'.error-summary a[href="#{field}"]')
    assert not page.select(".quote")


@pytest.mark.parametrize("jobcenter", ["", "999999", "x"])
def test_a_jobcenter_that_is_not_there_is_refused(client, center, jobcenter):
    page = client.page("/prices", query_string={"jobcenter": jobcenter, "people": 2, "hours": 3}, status=422)
    assert page.select_one("#jobcenter-error")


def test_a_jobcenter_without_prices_shows_none(client, session):
    with unit_of_work():
        factories.jobcenter()
    assert not client.page("/prices").select(".quote")
