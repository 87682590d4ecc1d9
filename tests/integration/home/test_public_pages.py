"""The public pages on both databases: what they say, and what the calculator takes and refuses."""

from __future__ import annotations

import pytest

from jobcenter.auth.domain import JobcenterKind
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.rates import service as rates
from tests import factories

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
