"""Who left an organisation, or whose account was closed, sees and decides nothing of its orders any more."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from jobcenter.auth.models import User
from jobcenter.core.errors import NotFound
from jobcenter.orders.intake import queries, service
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.organisations.models import OrganisationMember
from tests import factories
from tests.factories_orders import LIST_PRICE, current, done, mails, path_in


def leave(session, market):
    """The orderer does not act for the business any more."""
    session.execute(delete(OrganisationMember).where(OrganisationMember.user_id == market.orderer_user.id))
    session.commit()


def close_account(session, user_id):
    session.get_one(User, user_id).active = False
    session.commit()


def test_who_left_does_not_see_what_they_ordered(market, client, session):
    order = market.new_order()
    leave(session, market)
    client.sign_in_as(market.orderer_user)
    assert client.get(f"/orders/{order.id}").status_code == 404
    with pytest.raises(NotFound):
        queries.own_order_for(market.orderer, order.id)


def test_who_left_cannot_accept_terms_by_the_mailed_link(market, client, session):
    order = market.new_order()
    done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
    path = path_in(mails("order_terms")[-1])
    assert client.get(path).status_code == 200
    leave(session, market)
    assert client.post(path).status_code == 404
    assert current(session, order.id).status is OrderStatus.TERMS_SENT


def test_links_of_a_closed_account_show_and_do_nothing(market, client, session):
    order = market.new_order()
    done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
    path = path_in(mails("order_terms")[-1])
    close_account(session, market.orderer_user.id)
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404
    assert current(session, order.id).status is OrderStatus.TERMS_SENT


def test_mails_go_to_those_who_act_for_the_organisation_now(market, session):
    order = market.new_order()
    other = factories.user("Ossi", "Oravala")
    factories.stored(OrganisationMember(organisation_id=order.organisation_id, user_id=other.id))
    leave(session, market)
    assert [reader.user_id for reader in queries.orderers_of(queries.any_order(order.id))] == [other.id]


def test_a_second_acceptance_is_told_too(market):
    order = market.new_order()
    for _round in range(2):
        sent = done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
        done(service.accept_terms, market.orderer, order.id, sent.id)
        done(service.cancel, market.orderer, order.id, "Juhlat siirtyvät")
        done(service.reopen, market.coordinator, order.id, "Uusi päivä löytyi")
    assert len(mails("order_accepted")) == len(mails("order_agreed")) == 2
