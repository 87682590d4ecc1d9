"""The order form through its pages: without an account, with one, and everything that can go wrong on the way."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import select

from jobcenter.auth.domain import JobcenterKind, Role
from jobcenter.auth.models import RoleGrant, User
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order
from jobcenter.orders.organisations.models import Organisation, OrganisationMember
from tests import factories
from tests.factories_orders import (
    BUSINESS_ID,
    EMAIL,
    NOON,
    ORDERER,
    PLACE,
    TASK,
    TIMES,
    begin,
    fill,
    mails,
    path_in,
    send_page,
    send_whole,
    stored,
)

# Without an account


def test_first_order_makes_account_orderer_and_member(market, client, session):
    key = send_whole(client)
    assert stored(key).status is OrderStatus.UNCONFIRMED
    assert EMAIL in client.page(f"/order/{key}/sent").get_text()
    path = path_in(mails("order_confirm")[0])
    assert "Lounaan tiskit 🍽 ÅÄÖŠ" in client.page(path).get_text()
    assert stored(key).status is OrderStatus.UNCONFIRMED, "opening the link does nothing"
    page = client.post(path, follow_redirects=True)
    assert "Lounaan tiskit 🍽 ÅÄÖŠ" in page.text
    order = stored(key)
    user = session.scalars(select(User).where(User.email == EMAIL)).one()
    organisation = session.get_one(Organisation, order.organisation_id)
    assert (order.status, order.ordered_by_id, order.draft_account) == (OrderStatus.NEW, user.id, None)
    assert (organisation.name, organisation.business_id) == ("Kahvila Öhman Oy", BUSINESS_ID)
    assert order.invoice_reference == "Tiski 12"
    assert session.scalars(select(RoleGrant.role).where(RoleGrant.user_id == user.id)).all() == [Role.ORDERER]
    assert session.scalars(select(OrganisationMember.user_id)).all().count(user.id) == 1
    assert [mail.to for mail in mails("order_new")] == [market.coordinator_user.email]


def test_the_check_page_shows_the_dated_price(market, client):
    key = begin(client)
    fill(client, key, times=TIMES, place=PLACE, orderer=ORDERER)
    text = client.page(f"/order/{key}").get_text()
    assert "€87.00" in text or "87,00" in text
    assert "22.19" in text or "22,19" in text
    assert "109.19" in text or "109,19" in text


def test_a_known_address_is_neither_told_nor_used_before_it_confirms(market, client, session):
    known = factories.user(email=EMAIL)
    session.commit()
    key = send_whole(client)
    sent = client.page(f"/order/{key}/sent").get_text()
    other = begin(client)
    fill(client, other, times=TIMES, place=PLACE, orderer={**ORDERER, "email": "new@kahvila.example"})
    client.post(f"/order/{other}")
    unknown = client.page(f"/order/{other}/sent").get_text()
    assert sent.replace(EMAIL, "X") == unknown.replace("new@kahvila.example", "X")
    assert stored(key).ordered_by_id is None
    assert not mails("order_new")
    client.sign_in_as(market.coordinator_user)
    assert client.get(f"/orders/{stored(key).id}").status_code == 404
    assert "Lounaan tiskit" not in client.page("/order/queue").get_text()
    fresh = client.application.test_client()
    fresh.post(path_in(mails("order_confirm")[0]))
    assert stored(key).ordered_by_id == known.id


def test_a_stranger_with_the_same_business_id_never_joins_the_organisation(market, client, session):
    market.organisation.business_id = BUSINESS_ID
    session.commit()
    key = send_whole(client)
    client.post(path_in(mails("order_confirm")[0]))
    assert stored(key).organisation_id != market.organisation.id
    assert client.get(f"/organisations/{market.organisation.id}").status_code == 404


def test_a_used_link_says_so_kindly(market, client):
    send_whole(client)
    path = path_in(mails("order_confirm")[0])
    client.post(path)
    again = client.application.test_client()
    assert again.get(path).status_code == 410
    assert "already" in again.get(path, headers={"Accept-Language": "en"}).text
    assert again.post(path).status_code == 302, "pressing again leads back to the same page"


def test_an_expired_link_is_renewed_to_the_same_address(market, client):
    key = send_whole(client)
    path = path_in(mails("order_confirm")[0])
    with clock.frozen(NOON + timedelta(days=8)):
        assert client.get(path).status_code == 410
        assert client.post(path).status_code == 422
        assert client.post(f"{path}/renew").location.endswith(f"/{key}/sent")
        first, second = mails("order_confirm")
        assert first.to == second.to == EMAIL
        client.post(path_in(second))
    assert stored(key).status is OrderStatus.NEW


def test_correcting_the_order_kills_the_link_that_went_to_a_wrong_address(market, client):
    key = send_whole(client)
    client.post(f"/order/{key}/correct")
    assert stored(key).status is OrderStatus.DRAFT
    fill(client, key, orderer={**ORDERER, "email": "right@kahvila.example"})
    client.post(f"/order/{key}")
    wrong, right = mails("order_confirm")
    assert client.get(path_in(wrong)).status_code == 410
    assert client.post(path_in(wrong)).status_code == 422
    assert stored(key).status is OrderStatus.UNCONFIRMED
    client.post(path_in(right))
    assert stored(key).status is OrderStatus.NEW


def test_an_address_cannot_be_flooded(market, client):
    for _ in range(5):
        send_whole(client)
    key = begin(client)
    fill(client, key, times=TIMES, place=PLACE, orderer=ORDERER)
    assert client.post(f"/order/{key}").status_code == 422
    assert len(mails("order_confirm")) == 5


def test_a_link_of_a_closed_account_is_refused(market, client, session):
    factories.user(email=EMAIL, active=False)
    session.commit()
    key = send_whole(client)
    assert client.post(path_in(mails("order_confirm")[0])).status_code == 422
    assert stored(key).status is OrderStatus.UNCONFIRMED


def test_an_unknown_link_is_not_found(market, client):
    assert client.get("/order/confirm/nothing").status_code == 404
    assert client.get("/orders/terms/nothing").status_code == 404


# With an account


def test_who_acts_for_one_business_orders_for_it_at_once(market, client):
    client.sign_in_as(market.orderer_user)
    key = begin(client)
    assert stored(key).organisation_id == market.organisation.id
    fill(client, key, times=TIMES, place=PLACE)
    page = client.post(f"/order/{key}", follow_redirects=True)
    assert "Lounaan tiskit" in page.text
    assert stored(key).status is OrderStatus.NEW
    assert not mails("order_confirm")


def test_a_signed_in_orderer_can_order_for_somebody_new(market, client, session):
    client.sign_in_as(market.orderer_user)
    key = begin(client)
    client.page(f"/order/{key}/orderer")
    client.page(f"/order/{key}/orderer?as_new=1")
    version = stored(key).version
    new = {"kind": "association", "name": "Toinen ry", "business_id": BUSINESS_ID, "version": version}
    assert client.post(f"/order/{key}/orderer?as_new=1", data=new).status_code == 302
    fill(client, key, times=TIMES, place=PLACE)
    client.post(f"/order/{key}")
    assert session.get_one(Organisation, stored(key).organisation_id).name == "Toinen ry"


def test_somebody_elses_organisation_cannot_be_ordered_for(market, client, session):
    other = factories.organisation(market.jobcenter)
    session.commit()
    client.sign_in_as(market.orderer_user)
    key = begin(client)
    answer = send_page(client, key, "orderer", {"organisation": other.id})
    assert answer.status_code == 422
    assert stored(key).organisation_id == market.organisation.id


def test_somebody_elses_draft_is_not_found(market, client, session):
    client.sign_in_as(market.orderer_user)
    key = begin(client)
    client.sign_in_as(factories.someone(Role.ORDERER, market.jobcenter))
    for path in (f"/order/{key}", f"/order/{key}/times", f"/orders/{stored(key).id}"):
        assert client.get(path).status_code == 404
    assert client.post(f"/order/{key}/discard").status_code == 404


def test_a_coordinator_writes_an_order_for_an_orderer(market, client):
    client.sign_in_as(market.coordinator_user)
    path = f"/order?organisation={market.organisation.id}"
    client.page(path)
    key = str(uuid.uuid4())
    assert client.post(path, data={"form_key": key, **TASK}).status_code == 302
    fill(client, key, times=TIMES, place=PLACE)
    client.post(f"/order/{key}")
    order = stored(key)
    assert (order.status, order.organisation_id) == (OrderStatus.NEW, market.organisation.id)
    assert (order.ordered_by_id, order.coordinator_id) == (None, market.coordinator_user.id)


def test_a_coordinator_elsewhere_cannot_write_for_an_orderer(market, client):
    client.sign_in_as(factories.someone(Role.COORDINATOR, factories.jobcenter()))
    assert client.get(f"/order?organisation={market.organisation.id}").status_code in (200, 404)
    answer = client.post(f"/order?organisation={market.organisation.id}", data={"form_key": str(uuid.uuid4()), **TASK})
    assert answer.status_code == 404


def test_with_two_jobcenters_the_form_asks_which(market, client, session):
    other = factories.jobcenter()
    session.commit()
    assert client.post("/order", data={"form_key": str(uuid.uuid4()), **TASK}).status_code == 422
    page = client.page(f"/order?jobcenter={other.slug}")
    assert page.select_one(f"input[name=jobcenter][value='{other.id}']").has_attr("checked")
    key = begin(client, jobcenter=str(other.id))
    assert stored(key).jobcenter_id == other.id
    again = client.page("/order")
    assert again.select_one(f"input[name=jobcenter][value='{other.id}']").has_attr("checked")
    assert again.select_one(f"input[name=jobcenter][value='{other.id}']")["aria-describedby"]


def test_who_does_not_know_which_jobcenter_has_one_chosen_with_words_about_each(market, client, session):
    other = factories.jobcenter(kind=JobcenterKind.REHABILITATIVE)
    session.commit()
    page = client.page("/order")
    chosen = [choice["value"] for choice in page.select("input[name=jobcenter]") if choice.has_attr("checked")]
    assert chosen == [str(market.jobcenter.id)]
    assert str(other.id) not in chosen
    assert "Kumppani on tekijöiden työnantaja" in page.get_text()


def test_a_new_order_can_still_be_changed_and_the_coordinator_hears_of_it(market, client):
    order = market.new_order()
    client.sign_in_as(market.orderer_user)
    answer = send_page(client, order.form_key, "task", {**TASK, "title": "Toinen tehtävä"})
    assert answer.location.endswith(f"/orders/{order.id}")
    assert stored(order.form_key).title == "Toinen tehtävä"
    assert [mail.to for mail in mails("order_edited")] == [market.coordinator_user.email]
    send_page(client, order.form_key, "orderer", {"cost_centre": "123"})
    assert stored(order.form_key).cost_centre == "123"
    assert stored(order.form_key).organisation_id == market.organisation.id


def test_an_agreed_order_cannot_be_changed_through_the_form(market, client, session):
    order = market.new_order()
    with unit_of_work():
        session.get_one(Order, order.id).status = OrderStatus.ACCEPTED
    client.sign_in_as(market.orderer_user)
    answer = client.post(f"/order/{order.form_key}/task", data={"version": "1", **TASK})
    assert answer.location.endswith(f"/orders/{order.id}")
    assert stored(order.form_key).title == "Lounaan tiskit"
