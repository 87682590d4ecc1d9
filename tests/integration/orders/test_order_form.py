"""The order form under bad input, two browsers, double clicks and the back button: nothing lost, nothing doubled."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from jobcenter.core import clock
from jobcenter.orders.intake import jobs
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import Organisation
from tests.factories_orders import (
    NOON,
    ORDERER,
    PLACE,
    TASK,
    TIMES,
    begin,
    fill,
    mails,
    parsed,
    path_in,
    send_page,
    send_whole,
    stored,
)

# Nothing lost, nothing doubled


def test_the_first_page_sent_twice_is_one_draft(market, client, session):
    key = str(uuid.uuid4())
    for title in ("Tiskit", "Tiskit ja pöydät"):
        assert client.post("/order", data={"form_key": key, **TASK, "title": title}).status_code == 302
    assert session.scalar(select(func.count(Order.id))) == 1
    assert stored(key).title == "Tiskit ja pöydät"


def test_a_part_sent_twice_is_saved_once(market, client):
    key = begin(client)
    version = client.page(f"/order/{key}/times").select_one("input[name=version]")["value"]
    for _ in range(2):
        assert client.post(f"/order/{key}/times", data={"version": version, **TIMES}).status_code == 302
    assert len(stored(key).form_key) == 36


def test_sending_twice_sends_one_order(market, client, session):
    key = begin(client)
    fill(client, key, times=TIMES, place=PLACE, orderer=ORDERER)
    for _ in range(2):
        assert client.post(f"/order/{key}").location.endswith("/sent")
    assert len(mails("order_confirm")) == 1


def test_back_button_after_sending_shows_the_sent_order(market, client):
    key = send_whole(client)
    for page in ("", "/task", "/times", "/place", "/orderer"):
        assert client.get(f"/order/{key}{page}").location.endswith(f"/order/{key}/sent")
    assert client.post(f"/order/{key}/task", data=TASK).location.endswith(f"/order/{key}/sent")
    client.post(path_in(mails("order_confirm")[0]))
    assert client.get(f"/order/{key}").location.endswith(f"/orders/{stored(key).id}")
    assert client.post(f"/order/{key}").location.endswith(f"/order/{key}/sent")
    stranger = client.application.test_client()
    assert "/sign-in" in stranger.get(f"/order/{key}/times").location


def test_two_browsers_see_each_others_change_and_lose_nothing(market, client):
    key = begin(client)
    version = client.page(f"/order/{key}/task").select_one("input[name=version]")["value"]
    first, second = ({"version": version, **TASK, "title": title} for title in ("Ensimmäinen", "Toinen"))
    assert client.post(f"/order/{key}/task", data=first).status_code == 302
    clash = client.post(f"/order/{key}/task", data=second)
    assert clash.status_code == 422
    page = parsed(clash)
    assert page.select_one("input[name=title]")["value"] == "Toinen"
    assert "Ensimmäinen" in page.select_one("section.card").get_text()
    fresh = page.select_one("input[name=version]")["value"]
    assert client.post(f"/order/{key}/task", data={**second, "version": fresh}).status_code == 302
    assert stored(key).title == "Toinen"


def test_what_cannot_be_taken_yet_is_kept_with_the_draft(market, client):
    key = begin(client)
    typed = {**TIMES, "ends_0": "25:00", "people": "400"}
    assert send_page(client, key, "times", typed, pressed="save").location.endswith("/saved")
    client.page(f"/order/{key}/saved")
    page = client.page(f"/order/{key}/times")
    assert page.select_one("[name=ends_0]")["value"] == "25:00"
    assert page.select_one("[name=people]")["value"] == "400"
    fill(client, key, place=PLACE, orderer=ORDERER)
    assert client.post(f"/order/{key}").status_code == 422
    fill(client, key, times=TIMES)
    assert client.post(f"/order/{key}").location.endswith("/sent")


def test_too_much_is_not_kept_but_stays_on_the_page(market, client):
    key = begin(client)
    answer = send_page(client, key, "place", {**PLACE, "street": "x" * 40_000}, pressed="save")
    assert answer.status_code == 422
    assert stored(key).draft_typed is None


def test_a_ten_megabyte_field_is_refused_in_words(market, client):
    answer = client.post("/order", data={**TASK, "description": "x" * 10_000_000})
    assert answer.status_code == 422


def test_rows_are_added_and_removed_without_losing_what_was_typed(market, client):
    key = begin(client)
    more = parsed(send_page(client, key, "times", TIMES, pressed="add"))
    assert more.select_one("[name=starts_0]")["value"] == "9"
    assert more.select_one("[name=rows]")["value"] == "2"
    two = {**TIMES, "rows": "2", "day_1": "8.12.2026", "starts_1": "14", "ends_1": "16"}
    fewer = parsed(send_page(client, key, "times", two, pressed="remove-0"))
    assert fewer.select_one("[name=rows]")["value"] == "1"
    assert fewer.select_one("[name=day_0]")["value"] == "8.12.2026"
    fill(client, key, times={**two, "rows": "3", "until_1": "22.12.2026"})
    assert client.page(f"/order/{key}/times").select_one("[name=until_1]")["value"] == "22.12.2026"


def test_old_drafts_without_an_owner_are_forgotten(market, client, session):
    key = begin(client)
    later = NOON + timedelta(days=31)
    assert jobs.forget_old_drafts(NOON + timedelta(days=29)).done == 0
    assert jobs.forget_old_drafts(later).done == 1
    assert client.get(f"/order/{key}").status_code == 404


def test_a_draft_is_removed_once(market, client):
    key = begin(client)
    for _ in range(2):
        assert client.post(f"/order/{key}/discard").status_code == 302
    assert client.get(f"/order/{key}").status_code == 404


# Bad input

BAD_TIMES = [
    ({"people": "0"}, "people"),
    ({"people": "400"}, "people"),
    ({"people": "monta"}, "people"),
    ({"ends_0": "25:00"}, "ends_0"),
    ({"starts_0": "12", "ends_0": "10"}, "ends_0"),
    ({"starts_0": "7", "ends_0": "20"}, "ends_0"),
    ({"day_0": "21.11.2026"}, "day_0"),
    ({"day_0": "22.11.2026", "starts_0": "9", "ends_0": "11"}, "day_0"),
    ({"day_0": "1.12.2027"}, "day_0"),
    ({"day_0": "31.2.2026"}, "day_0"),
    ({"day_0": ""}, "day_0"),
    ({"pause_0": "250"}, "pause_0"),
    ({"pause_0": "210"}, "pause_0"),
    ({"until_0": "1.11.2026"}, "until_0"),
    ({"until_0": "1.12.2028"}, "until_0"),
    ({"rows": "2", "day_1": "1.12.2026", "starts_1": "11", "ends_1": "13"}, "starts_1"),
    ({"day_0": "28.3.2027", "starts_0": "3.30", "ends_0": "6"}, "starts_0"),
]


@pytest.mark.parametrize(("wrong", "field"), BAD_TIMES)
def test_bad_times_are_refused_beside_their_field(market, client, wrong, field):
    key = begin(client)
    answer = send_page(client, key, "times", {**TIMES, **wrong})
    assert answer.status_code == 422
    assert parsed(answer).select_one(f"#{field}-error"), answer.text
    assert stored(key).people == 1


def test_a_refusal_finds_its_row_past_empty_ones(market, client):
    key = begin(client)
    typed = {**TIMES, "rows": "3", "day_2": "1.12.2026", "starts_2": "10", "ends_2": "11"}
    page = parsed(send_page(client, key, "times", typed))
    assert page.select_one("#starts_2-error")


def test_more_than_sixty_occasions_are_refused(market, client):
    key = begin(client)
    typed = {**TIMES, "rows": "2", "until_0": "1.11.2027", "day_1": "2.12.2026", "starts_1": "9", "ends_1": "10"}
    answer = send_page(client, key, "times", {**typed, "until_1": "1.11.2027"})
    assert answer.status_code == 422
    assert parsed(answer).select_one(".error-summary")


BAD_ORDERERS = [
    ({"business_id": "1234567-8"}, "business_id"),
    ({"business_id": ""}, "business_id"),
    ({"kind": "private_person"}, "business_id"),
    ({"email": "olli.kahvila.example"}, "email"),
    ({"phone": "soita"}, "phone"),
    ({"name": ""}, "name"),
    ({"kind": "kissa"}, "kind-0"),
    ({"einvoice_address": "003712345671"}, "einvoice_operator"),
    ({"einvoice_address": "12", "einvoice_operator": "003721291126"}, "einvoice_address"),
    ({"given_name": "x" * 200}, "given_name"),
]


@pytest.mark.parametrize(("wrong", "field"), BAD_ORDERERS)
def test_bad_orderers_are_refused_beside_their_field(market, client, wrong, field):
    key = begin(client)
    answer = send_page(client, key, "orderer", {**ORDERER, **wrong})
    assert answer.status_code == 422
    target = parsed(answer).select_one(f"#{field}")
    assert "has-error" in str(target.find_parent(class_="has-error")), answer.text
    assert stored(key).draft_account is None


def test_a_private_person_orders_in_their_own_name(market, client, session):
    key = begin(client)
    person = {**ORDERER, "kind": "private_person", "name": "", "business_id": ""}
    fill(client, key, times=TIMES, place=PLACE, orderer=person)
    client.post(f"/order/{key}")
    client.post(path_in(mails("order_confirm")[0]))
    organisation = session.get_one(Organisation, stored(key).organisation_id)
    assert (organisation.name, organisation.business_id) == ("Olli Öhman", None)


def test_a_draft_whose_time_has_passed_is_not_sent(market, client):
    key = begin(client)
    fill(client, key, times=TIMES, place=PLACE, orderer=ORDERER)
    with clock.frozen(NOON + timedelta(days=10)):
        assert client.post(f"/order/{key}").status_code == 422
    assert stored(key).status is OrderStatus.DRAFT
