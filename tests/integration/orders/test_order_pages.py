"""Sent orders: who sees and may do what, copying, lists and their queries, the log."""

from __future__ import annotations

import pytest

from jobcenter.auth.domain import Role
from jobcenter.core import audit
from jobcenter.core.errors import AlreadyDone, NotFound, NotPossible
from jobcenter.orders.intake import service
from jobcenter.orders.intake.domain import OrderStatus
from tests import factories
from tests.factories_orders import (
    LIST_PRICE,
    TIMES,
    WEEKLY,
    begin,
    current,
    done,
    mails,
    send_page,
    stored,
)

# Not yours, not allowed, not possible


def test_another_jobcenters_coordinator_and_another_orderer_find_nothing(market, client, session):
    order = market.new_order()
    elsewhere = factories.jobcenter()
    stranger = factories.someone(Role.COORDINATOR, elsewhere)
    other = factories.someone(Role.ORDERER, market.jobcenter)
    factories.organisation(market.jobcenter, other)
    session.commit()
    for user in (stranger, other):
        client.sign_in_as(user)
        for path in ("", "/cancel"):
            assert client.get(f"/orders/{order.id}{path}").status_code == 404
        for path, typed in (
            ("messages", {"text": "Hei"}),
            ("cancel", {"reason": "Hei"}),
            ("accept", {"terms": "1"}),
            ("copy", {}),
            ("no-answer-needed", {}),
        ):
            assert client.post(f"/orders/{order.id}/{path}", data=typed).status_code == 404, path
    client.sign_in_as(stranger)
    for path in ("decline", "reopen", "offer-terms"):
        assert client.get(f"/orders/{order.id}/{path}").status_code == 404
    for path in ("take-back-terms", "take-over", "close"):
        assert client.post(f"/orders/{order.id}/{path}").status_code == 404
    assert order.title not in client.page("/order/queue").get_text()
    assert order.title not in client.page("/orders").get_text()
    assert client.get("/orders?organisation=99999999999999999999").status_code == 200


def test_the_coordinators_pages_are_closed_to_orderers_and_visitors(market, client):
    order = market.new_order()
    assert "/sign-in" in client.get(f"/orders/{order.id}").location
    assert "/sign-in" in client.get("/order/mine").location
    client.sign_in_as(market.orderer_user)
    for path in ("/order/queue", "/orders", f"/orders/{order.id}/offer-terms", f"/orders/{order.id}/decline"):
        assert client.get(path).status_code == 403
    for path in ("take-back-terms", "take-over", "close", "offer-terms", "decline", "reopen"):
        assert client.post(f"/orders/{order.id}/{path}").status_code == 403


def test_a_coordinator_cannot_accept_in_the_orderers_name(market, client, session):
    order = market.new_order()
    sent = done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
    with pytest.raises(NotFound):
        done(service.accept_terms, market.coordinator, order.id, sent.id)
    client.sign_in_as(market.coordinator_user)
    assert client.post(f"/orders/{order.id}/accept", data={"terms": sent.id}).status_code == 404


def test_terms_are_sent_and_accepted_once(market, client, session):
    order = market.new_order()
    sent = done(service.send_terms, market.coordinator, order.id, LIST_PRICE).id
    with pytest.raises(AlreadyDone):
        done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
    client.sign_in_as(market.orderer_user)
    for _ in range(2):
        assert client.post(f"/orders/{order.id}/accept", data={"terms": sent}).status_code == 302
    assert len(mails("order_accepted")) == 1
    with pytest.raises(NotPossible):
        done(service.take_back_terms, market.coordinator, order.id)


# Copying


def test_an_old_order_is_copied_once_and_asks_only_the_days(market, client, session):
    order = market.new_order(WEEKLY)
    client.sign_in_as(market.orderer_user)
    copied = client.page(f"/orders/{order.id}").select_one("form[action$=copy] input[name=form_key]")["value"]
    for _ in range(2):
        answer = client.post(f"/orders/{order.id}/copy", data={"form_key": copied})
        assert answer.location.endswith(f"/order/{copied}/times")
    page = client.page(answer.location)
    assert page.select_one("[name=starts_0]")["value"] == "09.00"
    assert page.select_one("[name=day_0]").get("value", "") == ""
    assert page.select_one("[name=people]")["value"] == "2"
    send_page(client, copied, "times", TIMES)
    client.post(f"/order/{copied}")
    copy = stored(copied)
    assert (copy.status, copy.title, copy.organisation_id) == (OrderStatus.NEW, order.title, order.organisation_id)
    assert copy.agreed_price is None


# Lists


def test_an_ended_order_that_came_in_a_file_without_times_says_that_its_gigs_have_them(market, client, session):
    factories.order(market.jobcenter, market.organisation, times=[], status=OrderStatus.CLOSED)
    session.commit()
    client.sign_in_as(market.orderer_user)
    assert "As its gigs are" in client.page("/order/mine").select_one("table").get_text()


def test_lists_do_not_ask_more_as_orders_grow(market, client, query_count):
    client.sign_in_as(market.orderer_user)
    market.new_order()
    begin(client)
    counts = []
    for _ in range(2):
        with query_count() as statements:
            client.page("/order/mine")
        client.sign_in_as(market.coordinator_user)
        with query_count() as queue:
            client.page("/order/queue")
        with query_count() as index:
            client.page("/orders?status=new")
        client.sign_in_as(market.orderer_user)
        counts.append((len(statements.queries), len(queue.queries), len(index.queries)))
        for _ in range(8):
            market.new_order()
            begin(client)
    assert counts[0] == counts[1]


def test_the_list_of_ended_orders_has_pages(market, client):
    for _ in range(22):
        order = market.new_order()
        done(service.cancel, market.orderer, order.id, "Peru")
    client.sign_in_as(market.orderer_user)
    assert len(client.page("/order/mine").select("table tbody tr")) == 20
    assert len(client.page("/order/mine?page=2").select("table tbody tr")) == 2


def test_orders_are_listed_by_state_and_orderer(market, client, session):
    order = market.new_order()
    client.sign_in_as(market.coordinator_user)
    assert order.title in client.page("/orders?status=new").get_text()
    assert order.title not in client.page("/orders?status=accepted").get_text()
    assert order.title in client.page("/orders?status=nonsense&page=x").get_text()
    assert order.title not in client.page("/orders?organisation=999999").get_text()


# The log


def test_every_step_is_on_the_log(market, session):
    order = market.new_order()
    sent = done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
    done(service.accept_terms, market.orderer, order.id, sent.id)
    verbs = [event.verb for event in audit.events(audit.Search(thing_type="order", thing_id=str(order.id)))]
    assert verbs[::-1] == ["order.submit", "order.send_terms", "order.accept"]
    assert audit.verify_chain().whole


def test_a_city_unit_pays_by_cost_centre(market, client, session):
    market.organisation.cost_centre = "4711"
    session.commit()
    order = market.new_order()
    assert current(session, order.id).cost_centre == "4711"
    client.sign_in_as(market.orderer_user)
    assert "4711" in client.page(f"/orders/{order.id}").get_text()
