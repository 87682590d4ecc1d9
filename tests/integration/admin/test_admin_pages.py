"""The administrator's pages: rates, terms, users, the Jobcenter, rules, log; each only for their own Jobcenters."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from click.testing import CliRunner

from jobcenter.admin.commands import limits
from jobcenter.auth.domain import Role
from jobcenter.auth.models import Jobcenter, User
from jobcenter.benefits import ContractForm
from jobcenter.core import clock, todo
from jobcenter.core.db import db
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.intake import queries
from jobcenter.orders.rates.domain import RateKind
from jobcenter.orders.rates.queries import hourly_rates, rate_in_force
from tests import factories
from tests.factories_orders import NOON, Market

PAGES = ("", "/rates", "/users", "/users/new", "/rules", "/log")


@pytest.fixture(autouse=True)
def noon():
    with clock.frozen(NOON):
        yield


@pytest.fixture
def market(session) -> Market:
    made = Market()
    made.admin_user = factories.someone(Role.ADMIN, made.jobcenter, given_name="Pia")
    session.commit()
    return made


@pytest.fixture
def admin(market, client):
    return client.sign_in_as(market.admin_user)


NEW_PRICE = {
    "kind": "price",
    "form": "assignment",
    "value": "15,25",
    "valid_from": "1.1.2027",
    "source": "Kaupunginhallitus 12.12.2026 § 1",
}


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_to_administrators_only(market, client, path):
    assert "/sign-in" in client.get(f"/admin{path}").location
    client.sign_in_as(market.coordinator_user)
    assert client.get(f"/admin{path}").status_code == 403
    client.sign_in_as(market.admin_user)
    client.page(f"/admin{path}")


def test_a_new_price_holds_from_its_day_on(market, admin, session):
    typed = {**NEW_PRICE, "jobcenter": market.jobcenter.id}
    assert admin.post("/admin/rates", data=typed).status_code == 302
    before = hourly_rates(ContractForm.ASSIGNMENT, market.jobcenter.id, date(2026, 12, 31))
    after = hourly_rates(ContractForm.ASSIGNMENT, market.jobcenter.id, date(2027, 1, 1))
    assert (before.price, after.price) == (Decimal("14.50"), Decimal("15.25"))
    assert "Kaupunginhallitus 12.12.2026 § 1" in admin.page("/admin/rates").get_text()
    assert "rate" in admin.page("/admin/log?thing_type=rate").get_text()


def test_a_value_that_has_not_begun_is_replaced(market, admin, session):
    typed = {**NEW_PRICE, "jobcenter": market.jobcenter.id}
    admin.post("/admin/rates", data=typed)
    admin.post("/admin/rates", data={**typed, "value": "15,00"})
    found = rate_in_force(RateKind.PRICE, ContractForm.ASSIGNMENT, market.jobcenter.id, date(2027, 6, 1))
    assert found.value == Decimal("15.00")


BAD_RATES = [
    ({"valid_from": "21.11.2026"}, "valid_from"),
    ({"value": "-1"}, "value"),
    ({"value": "viisi"}, "value"),
    ({"source": ""}, "source"),
    ({"kind": "vat"}, "form"),
    ({"form": ""}, "form"),
    ({"jobcenter": "999999"}, "jobcenter"),
]


@pytest.mark.parametrize(("wrong", "field"), BAD_RATES)
def test_bad_rates_are_refused(market, admin, wrong, field):
    answer = admin.post("/admin/rates", data={**NEW_PRICE, "jobcenter": market.jobcenter.id, **wrong})
    assert answer.status_code == 422
    assert f'href="#{field}' in answer.text


def test_a_value_in_force_is_not_replaced(market, admin):
    typed = {**NEW_PRICE, "jobcenter": market.jobcenter.id, "valid_from": "22.11.2026"}
    assert admin.post("/admin/rates", data=typed).status_code == 302
    assert admin.post("/admin/rates", data={**typed, "value": "9"}).status_code == 422


def test_a_common_value_needs_the_administrator_of_all(market, admin, session):
    everywhere = {**NEW_PRICE, "jobcenter": "0", "kind": "vat", "form": "", "value": "26"}
    factories.jobcenter()
    session.commit()
    assert admin.post("/admin/rates", data=everywhere).status_code == 422
    vat = rate_in_force(RateKind.VAT, None, market.jobcenter.id, date(2027, 6, 1))
    assert vat.value == Decimal("25.50")


def test_who_administers_all_may_set_a_common_value(market, admin):
    everywhere = {**NEW_PRICE, "jobcenter": "0", "kind": "vat", "form": "", "value": "26"}
    assert admin.post("/admin/rates", data=everywhere).status_code == 302
    assert rate_in_force(RateKind.VAT, None, market.jobcenter.id, date(2027, 6, 1)).value == Decimal("26.00")


def test_a_new_version_of_terms(market, admin):
    path = f"/admin/jobcenters/{market.jobcenter.id}/terms"
    text = admin.page(path).select_one("textarea[name=text_fi]").get_text()
    assert "Mitä tilataan" in text
    new = {"valid_from": "1.12.2026", "text_fi": "## 1. Uusi\n\nTeksti 😀"}
    for _ in range(2):
        assert admin.post(path, data=new).status_code == 302
    versions = queries.terms_versions([market.jobcenter.id])
    assert [version.number for version in versions] == [2, 1]
    assert "Uusi" in admin.page(path).get_text()
    assert admin.post(path, data={**new, "text_fi": ""}).status_code == 422
    assert admin.post(path, data={**new, "valid_from": "1.1.2026"}).status_code == 422


def test_another_jobcenter_is_not_found(market, admin, session):
    other = factories.jobcenter()
    stranger = factories.someone(Role.WORKER, other)
    session.commit()
    for path in (f"/jobcenters/{other.id}", f"/jobcenters/{other.id}/terms", f"/users/{stranger.id}"):
        assert admin.get(f"/admin{path}").status_code == 404
    for path in (f"/jobcenters/{other.id}", f"/jobcenters/{other.id}/terms"):
        assert admin.post(f"/admin{path}", data={}).status_code == 404
    for path in ("close", "sign-out", f"roles/{other.id}/worker/revoke"):
        assert admin.post(f"/admin/users/{stranger.id}/{path}").status_code == 404
    assert stranger.email not in admin.page("/admin/users").get_text()


def test_the_jobcenters_details(market, admin, session):
    path = f"/admin/jobcenters/{market.jobcenter.id}"
    admin.page(path)
    details = {
        "name": "Åbo Jobcenter",
        "email": "abo@example.fi",
        "iban": "FI21 1234 5600 0007 85",
        "business_id": "12345671",
        "partner_name": "Väylä ry",
        "near_share": "75",
    }
    assert admin.post(path, data=details).status_code == 302
    stored = db.session.get_one(Jobcenter, market.jobcenter.id)
    assert (stored.near_share, todo.open_count("rules_changed")) == (Decimal("75.00"), 1)
    assert admin.post(path, data={**details, "near_share": "0"}).status_code == 422
    assert (stored.name, stored.iban, stored.business_id) == ("Åbo Jobcenter", "FI2112345600000785", "1234567-1")
    assert admin.post(path, data={**details, "iban": "FI21 1234"}).status_code == 422
    assert admin.post(path, data={**details, "partner_business_id": "1234567-8"}).status_code == 422


def test_users_are_made_given_roles_closed_and_signed_out(market, admin, session):
    new = {
        "given_name": "Šana",
        "family_name": "Öst",
        "email": "SANA@example.fi",
        "language": "fi",
        "role": "coordinator",
        "jobcenter": market.jobcenter.id,
    }
    for _ in range(2):
        made = admin.post("/admin/users/new", data=new)
        assert made.status_code == 302
    path = made.location
    user_id = int(path.rpartition("/")[2])
    user = db.session.get_one(User, user_id)
    assert (user.email, user.session_epoch) == ("sana@example.fi", 0)
    admin.post(f"{path}/roles", data={"role": "support", "jobcenter": market.jobcenter.id})
    assert "Support person" in admin.page(path).get_text()
    assert admin.page("/admin/users?wanted=öst&role=support").get_text().count("sana@example.fi") == 1
    admin.post(f"{path}/roles/{market.jobcenter.id}/support/revoke")
    admin.post(f"{path}/sign-out")
    for _ in range(2):
        assert admin.post(f"{path}/close").status_code == 302
    session.expire_all()
    user = db.session.get_one(User, user_id)
    assert (user.active, user.session_epoch) == (False, 2)
    admin.post(f"{path}/open")
    assert db.session.get_one(User, user_id).active
    gone = admin.post(f"{path}/roles/{market.jobcenter.id}/coordinator/revoke")
    assert gone.location.endswith("/admin/users")
    assert admin.post("/admin/users/new", data={**new, "email": "sana"}).status_code == 422
    assert admin.post(f"{path}/roles/{market.jobcenter.id}/king/revoke").status_code == 404


def test_the_last_administrator_stays(market, admin):
    path = f"/admin/users/{market.admin_user.id}"
    admin.post(f"{path}/roles/{market.jobcenter.id}/admin/revoke")
    admin.post(f"{path}/close")
    admin.page("/admin")


def test_an_account_with_roles_elsewhere_is_not_closed_from_here(market, admin, session):
    both = factories.grant(factories.someone(Role.WORKER, market.jobcenter), Role.WORKER, factories.jobcenter())
    session.commit()
    admin.page(f"/admin/users/{both.id}")
    assert admin.post(f"/admin/users/{both.id}/close").status_code == 404
    assert admin.post(f"/admin/users/{both.id}/sign-out").status_code == 404


def test_the_log_is_limited_filtered_paged_and_verified(market, admin, session):
    for _ in range(55):
        market.new_order()
    page = admin.page("/admin/log?thing_type=order")
    assert len(page.select("table tbody tr")) == 50
    older = page.select_one("a[href*=before]")["href"]
    assert len(admin.page(older).select("table tbody tr")) == 5
    assert "No events found" in admin.page("/admin/log?thing_type=order&until=1.1.2026").get_text()
    assert "No events found" in admin.page("/admin/log?since=kissa").get_text()
    assert "The chain is whole" in admin.post("/admin/log/verify").text


def test_the_log_of_another_jobcenter_stays_hidden(market, admin, session):
    order = market.new_order()
    elsewhere = factories.someone(Role.ADMIN, factories.jobcenter())
    session.commit()
    admin.sign_in_as(elsewhere)
    assert f"order {order.id}" not in admin.page("/admin/log").get_text()


def test_rules_show_sources_and_what_is_missing(market, admin):
    text = admin.page("/admin/rules").get_text()
    assert "2027" in text
    assert "Checked" in text


def test_the_command_prints_the_limits_of_a_day():
    printed = CliRunner().invoke(limits, ["--on", "1.6.2022", "--json"])
    facts = json.loads(printed.output)
    assert facts["on"] == "2022-06-01"
    assert {limit["value"] for limit in facts["limits"]} >= {"8261.71"}
    assert all(limit["source"] and limit["statute"] for limit in facts["limits"])
    plain = CliRunner().invoke(limits, ["--on", "2022-06-01"])
    assert plain.exit_code == 0
    assert "8261.71" in plain.output
    assert CliRunner().invoke(limits, ["--on", "huomenna"]).exit_code == 2


def test_the_command_prints_money_with_cents_and_says_what_waits_for_a_review():
    printed = json.loads(CliRunner().invoke(limits, ["--on", "2024-04-01", "--json"]).output)
    facts = {limit["id"]: (limit["value"], limit["applies"]) for limit in printed["limits"]}
    assert facts["general_housing_allowance.earnings_deduction"] == ("0.00", "next_review")
    assert facts["general_housing_allowance.rate"] == ("0.70", "next_review")
    assert facts["pensioner_housing_allowance.review_rise"] == ("1018.00", "calendar")
    plain = CliRunner().invoke(limits, ["--on", "2024-04-01"]).output
    waiting = {line.split()[0] for line in plain.splitlines() if "from the next review" in line}
    assert waiting == {id for id, (_, applies) in facts.items() if applies == "next_review"}


def test_lists_do_not_ask_more_as_users_grow(market, admin, session, query_count):
    counts = []
    for _ in range(2):
        with query_count() as statements:
            admin.page("/admin/users")
        counts.append(len(statements.queries))
        for _ in range(10):
            factories.someone(Role.WORKER, market.jobcenter)
        session.commit()
    assert counts[0] == counts[1]


def test_mails_that_did_not_go_out_are_told_for_two_weeks(market, admin, session):
    for place, to in ((market.jobcenter, "gone@example.fi"), (factories.jobcenter(), "theirs@example.fi")):
        facts = {"to": to, "language": "fi", "kind": "offer", "subject": "Keikka", "body": "", "dedupe_key": to}
        times = {"created_at": NOON, "sent_at": None, "next_try_at": None, "attempts": 3}
        session.add(OutgoingMail(jobcenter_id=place.id, error="550 no such user", **facts, **times))
    session.commit()
    assert "1 mail did not go out" in admin.page("/").get_text()
    told = admin.page("/admin").select_one("#mails").get_text()
    assert "gone@example.fi" in told and "550 no such user" in told and "theirs@example.fi" not in told
    with clock.frozen(NOON + timedelta(days=14, seconds=1)):
        assert admin.page("/admin").select_one("#mails") is None
