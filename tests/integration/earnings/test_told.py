"""What was told on a day that is past, exactly as then; and the year in a picture: whose they are, what they say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask_migrate import downgrade, upgrade

from jobcenter.auth.domain import SYSTEM, Role
from jobcenter.auth.models import User
from jobcenter.benefits import law
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings import service
from jobcenter.earnings.domain_telling import Telling
from jobcenter.earnings.models import LawWording, LimitSaid, LimitSnapshot
from jobcenter.earnings.queries_told import tellings_of, wordings_of
from jobcenter.workers.models import HeldBenefit
from tests import factories
from tests.factories import NOW
from tests.factories_earnings import earned, pensioner, wage_order, wages


@pytest.fixture
def place(session):
    with clock.frozen(NOW):
        wages()
        yield factories.jobcenter()


@pytest.fixture
def veikko(place):
    """900 euros in November were told on the 22nd; on the 23rd 80 more, and on the 24th the pension was gone."""
    user = factories.someone(Role.WORKER, place, given_name="Veikko", family_name="Tekijä")
    worker = pensioner(place, of=user)
    earned(wage_order(place), worker, "900.00")
    return worker


def check(session, worker, days):
    session.commit()
    with unit_of_work():
        service.check_worker(SYSTEM, worker.id, NOW + timedelta(days=days))


@pytest.fixture
def history(session, place, veikko):
    check(session, veikko, 0)
    earned(wage_order(place), veikko, "80.00", day=date(2026, 11, 12))
    check(session, veikko, 1)
    session.query(HeldBenefit).delete()
    check(session, veikko, 2)
    return veikko


@pytest.mark.parametrize(
    ("day", "said", "not_said"),
    [
        ("21.11.2026", "Nothing was told on that day. The first was told Sun 22 Nov 2026.", "still work"),
        ("22.11.2026", "You can still work 9 hours in November.", "1 hour in"),
        ("23.11.2026", "You can still work 9 hours in November.", "no limit concerned"),
        ("23.11.2026", "You can still work 1 hour in November.", "no limit concerned"),
        ("25.11.2026", "Nothing was told on that day: no limit concerned the earnings.", "still work"),
        ("neljäs", "Give a day in the form 22.11.2026.", "still work"),
    ],
)
def test_each_day_shows_what_stood_on_it(session, as_user, history, day, said, not_said):
    client = as_user(session.get(User, history.user_id))
    text = client.get(f"/earnings/mine/{history.id}/told?on={day}").text
    assert said in text
    assert not_said not in text


def kept_apart(session):
    """The law has become another: the texts of its version of then are those kept."""
    texts = session.query(LawWording).one()
    texts.statutes = {parameter: ["Vanha laki 1/1900", "x"] for parameter in texts.statutes}
    texts.rules_version = "silloin-1"
    for said in session.query(LimitSaid):
        said.payload = said.payload | {"rules_version": "silloin-1"}
    session.query(LimitSnapshot).update({"rules_version": "silloin-1"})


def kept_with_it(session):
    """As it was kept before: with its texts, of a version whose texts nobody kept."""
    (texts,) = wordings_of([law().version]).values()
    said = {row.digest: row.payload for row in session.query(LimitSaid)}
    for stored in session.query(LimitSnapshot):
        full = Telling.from_json(said[stored.digest], texts).assessment.to_json()
        statutes = {parameter: ["Vanha laki 1/1900", "x"] for parameter in texts.statutes}
        stored.payload = full | {"statutes": statutes, "rules_version": "silloin-1", "hourly": "10.00"}
        stored.rules_version = "silloin-1"


@pytest.mark.parametrize("old", [kept_apart, kept_with_it])
def test_it_is_shown_with_the_law_of_then(session, as_user, history, old):
    old(session)
    session.commit()
    text = as_user(session.get(User, history.user_id)).get(f"/earnings/mine/{history.id}/told?on=22.11.2026").text
    assert "Vanha laki 1/1900" in text and "silloin-1" in text
    assert "738/2009" not in text


def test_before_anything_was_told_it_says_so(session, as_user, veikko):
    text = as_user(session.get(User, veikko.user_id)).get(f"/earnings/mine/{veikko.id}/told").text
    assert "Nothing has been told of these limits yet." in text


@pytest.mark.parametrize("page", ["told", "year"])
def test_a_coordinator_s_reading_is_on_the_log(session, place, as_user, history, page):
    text = as_user(factories.someone(Role.COORDINATOR, place)).get(f"/earnings/workers/{history.id}/{page}").text
    assert "Veikko" in text
    (event,) = audit.events(audit.Search(kind=audit.Kind.READ))
    assert event.thing_id == str(history.id)


@pytest.mark.parametrize("page", ["told", "year"])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SUPPORT, Role.GUARDIAN])
def test_strangers_see_nothing(as_user, veikko, role, page):
    client = as_user(factories.someone(role, factories.jobcenter()))
    assert client.get(f"/earnings/workers/{veikko.id}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["told", "year"])
def test_workers_see_their_own_only(session, place, as_user, veikko, page):
    other = as_user(factories.someone(Role.WORKER, place))
    assert other.get(f"/earnings/mine/{veikko.id}/{page}").status_code == 404
    assert other.get(f"/earnings/workers/{veikko.id}/{page}").status_code == 403


def test_the_year_has_a_picture_and_a_table_with_the_same_figures(session, as_user, veikko):
    client = as_user(session.get(User, veikko.user_id))
    page = client.page(f"/earnings/mine/{veikko.id}/year")
    picture = page.select_one("svg[role=img] desc").get_text()
    assert "The highest month is November, with €900.00 done, agreed and offered." in picture
    assert "January onwards: €990.90" in picture
    assert page.select_one("svg[role=img] rect[fill='var(--brand)']") is not None
    november = [row.get_text(" ", strip=True) for row in page.select("table.rows tr") if "November" in row.get_text()]
    assert november == ["November €900.00 €0.00 €0.00 €990.90"]
    labels = {cell["data-label"] for cell in page.select("table.rows td[data-label]")}
    assert labels == {"Done", "Agreed", "Offered", "Limit A"}, "short, for a phone"


def test_next_year_says_that_the_limit_is_not_known(session, as_user, veikko):
    client = as_user(session.get(User, veikko.user_id))
    text = client.get(f"/earnings/mine/{veikko.id}/year?year=2027").text
    assert "not known yet" in text
    for year in (1999, 2030):
        assert client.get(f"/earnings/mine/{veikko.id}/year?year={year}").status_code == 404


def test_the_same_is_kept_once_and_goes_back_to_whom_it_was_told(session, place, history, database):
    """Two people told the same share it; without the table each row says it itself, and can be read as before."""
    earned(wage_order(place), other := pensioner(place), "900.00")
    check(session, other, 0)
    rows = session.query(LimitSnapshot).order_by(LimitSnapshot.id)
    assert session.query(LimitSaid).count() == len({row.digest for row in rows}) < rows.count()
    before = tellings_of(rows)
    session.rollback()
    db.engine.dispose()
    database.spoil()
    downgrade(revision="0023")
    upgrade()
    assert all(row.payload for row in rows)
    assert tellings_of(rows) == before
