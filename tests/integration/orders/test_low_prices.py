"""A price far below the list goes to the orderer only when a second person has approved it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from jobcenter.auth.domain import Role
from jobcenter.benefits import ContractForm
from jobcenter.core.audit import AuditEvent
from jobcenter.core.errors import AlreadyDone, NotFound, NotPossible
from jobcenter.core.second_person import AskStatus, OwnAsk
from jobcenter.core.uow import ChangedMeanwhile
from jobcenter.orders.intake import queries_prices, service
from jobcenter.orders.intake.domain import OrderChanged, OrderStatus
from jobcenter.orders.intake.domain_parts import OfferTerms
from jobcenter.orders.intake.domain_terms import PriceNeedsSecond
from jobcenter.orders.intake.models import PriceRequest, TermsOffer
from jobcenter.orders.intake.service import prices
from jobcenter.orders.rates.domain import RuleOfOnesOwn
from jobcenter.orders.rates.service import SetPriceRule, set_price_rule
from tests import factories
from tests.factories_orders import LIST_PRICE, current, done, mails

LOW = OfferTerms(ContractForm.ASSIGNMENT, Decimal("11.00"), "Iso tilaus")
AT_THE_WAGE = OfferTerms(ContractForm.ASSIGNMENT, Decimal("10.00"), "Iso tilaus")


@pytest.fixture
def admin_user(market):
    return factories.someone(Role.ADMIN, market.jobcenter, given_name="Aila")


@pytest.fixture
def admin(market, admin_user, session):
    session.commit()
    actor = factories.actor(admin_user, (Role.ADMIN, market.jobcenter))
    done(set_price_rule, actor, SetPriceRule(market.jobcenter.id, Decimal(80), 0))
    return actor


def asked(market, order):
    return done(prices.offer, market.coordinator, order.id, LOW)


def test_a_low_price_goes_out_when_another_has_approved_it(market, admin, admin_user, session):
    order = market.new_order()
    request = asked(market, order)
    assert isinstance(request, PriceRequest)
    assert (current(session, order.id).status, mails("order_terms")) == (OrderStatus.NEW, [])
    assert [mail.to for mail in mails("price_asked")] == [admin_user.email]
    sent = done(prices.approve, admin, request.id, current(session, order.id).version)
    assert current(session, order.id).status is OrderStatus.TERMS_SENT
    assert (sent.needs_second, sent.sent_by_id, sent.approved_by_id) == (
        True,
        market.coordinator_user.id,
        admin.user_id,
    )
    assert [mail.to for mail in mails("price_decided")] == [market.coordinator_user.email]
    accepted = done(service.accept_terms, market.orderer, order.id, sent.id)
    assert (accepted.agreed_price, accepted.price_approved_by) == (Decimal("11.00"), admin.name)
    verbs = session.scalars(select(AuditEvent.verb).where(AuditEvent.thing_type == "order")).all()
    assert {"order.ask_price", "order.approve_price"} <= set(verbs)


def test_nobody_decides_their_own_price(market, admin, session):
    order = market.new_order()
    request = asked(market, order)
    version = current(session, order.id).version
    for verb, *arguments in ((prices.approve, version), (prices.refuse, "Ei")):
        with pytest.raises(OwnAsk, match="ask_own"):
            done(verb, market.coordinator, request.id, *arguments)
    with pytest.raises(OwnAsk, match="ask_of_another"):
        done(prices.take_back, admin, request.id)


def test_what_the_database_refuses(market, admin, session):
    order = market.new_order()
    request = asked(market, order)
    sent = done(prices.approve, admin, request.id, current(session, order.id).version)
    own = {"decided_by_id": market.coordinator_user.id}
    for bad in (
        update(PriceRequest).where(PriceRequest.id == request.id).values(**own),
        update(TermsOffer).where(TermsOffer.id == sent.id).values(approved_by_id=None),
        update(TermsOffer).where(TermsOffer.id == sent.id).values(approved_by_id=sent.sent_by_id),
    ):
        with pytest.raises(IntegrityError):
            session.execute(bad)
        session.rollback()


def test_refused_or_taken_back_nothing_goes_out(market, admin, session):
    order = market.new_order()
    refused = asked(market, order)
    with pytest.raises(AlreadyDone, match="price_asked_already"):
        asked(market, order)
    done(prices.refuse, admin, refused.id, "Liian halpa")
    assert "Liian halpa" in mails("price_decided")[0].body
    with pytest.raises(NotPossible):
        done(prices.approve, admin, refused.id, current(session, order.id).version)
    done(prices.take_back, market.coordinator, asked(market, order).id)
    assert (current(session, order.id).status, mails("order_terms")) == (OrderStatus.NEW, [])


@pytest.mark.parametrize(("own", "after"), [(True, AskStatus.TAKEN_BACK), (False, AskStatus.REFUSED)])
def test_the_list_price_ends_what_waits(market, admin, session, own, after):
    order = market.new_order()
    request = asked(market, order)
    other = factories.actor(factories.someone(Role.COORDINATOR, market.jobcenter), (Role.COORDINATOR, market.jobcenter))
    session.commit()
    done(prices.offer, market.coordinator if own else other, order.id, LIST_PRICE)
    session.expire_all()
    assert session.get(PriceRequest, request.id).status is after
    assert current(session, order.id).status is OrderStatus.TERMS_SENT


def test_an_order_that_moved_on_is_not_approved_as_it_was(market, admin, session):
    order = market.new_order()
    request = asked(market, order)
    seen = current(session, order.id).version
    done(service.set_priority, market.coordinator, order.id, 9)
    with pytest.raises(OrderChanged):
        done(prices.approve, admin, request.id, seen)
    done(service.decline, market.coordinator, order.id, "Ei onnistu")
    with pytest.raises(NotPossible):
        done(prices.approve, admin, request.id, current(session, order.id).version)
    assert queries_prices.waiting_count(admin) == 0


def test_without_a_rule_only_a_price_at_the_wage_needs_two(market, session):
    order = market.new_order()
    with pytest.raises(prices.NobodyToAsk):
        done(prices.offer, market.coordinator, order.id, AT_THE_WAGE)
    with pytest.raises(PriceNeedsSecond):
        done(service.send_terms, market.coordinator, order.id, AT_THE_WAGE)
    assert isinstance(done(prices.offer, market.coordinator, order.id, LOW), TermsOffer)


def test_others_find_nothing(market, admin, session):
    order = market.new_order()
    request = asked(market, order)
    elsewhere = factories.jobcenter(name="Toinen")
    stranger = factories.someone(Role.COORDINATOR, elsewhere, given_name="Muu")
    session.commit()
    for actor in (factories.actor(stranger, (Role.COORDINATOR, elsewhere)), market.orderer):
        for verb, *arguments in ((prices.approve, 1), (prices.refuse, "Ei"), (prices.take_back,)):
            with pytest.raises(NotFound):
                done(verb, actor, request.id, *arguments)
        with pytest.raises(NotFound):
            done(set_price_rule, actor, SetPriceRule(market.jobcenter.id, None, 1))


def test_an_administrator_who_coordinates_too_does_not_lower_the_rule(market, admin, admin_user):
    both = factories.actor(admin_user, (Role.ADMIN, market.jobcenter), (Role.COORDINATOR, market.jobcenter))
    with pytest.raises(RuleOfOnesOwn):
        done(set_price_rule, both, SetPriceRule(market.jobcenter.id, Decimal(70), 1))
    done(set_price_rule, both, SetPriceRule(market.jobcenter.id, Decimal(90), 1))


def test_only_the_newest_rule_is_changed(market, admin):
    with pytest.raises(ChangedMeanwhile):
        done(set_price_rule, admin, SetPriceRule(market.jobcenter.id, Decimal(70), 0))
    with pytest.raises(NotFound):
        done(set_price_rule, market.coordinator, SetPriceRule(market.jobcenter.id, None, 1))


def test_on_the_pages(market, admin, admin_user, client, session):
    order = market.new_order()
    client.sign_in_as(market.coordinator_user)
    typed = {"contract_form": "assignment", "hourly_price": "11,00", "price_reason": "Iso tilaus"}
    client.post(f"/orders/{order.id}/offer-terms", data=typed)
    twice = client.post(f"/orders/{order.id}/offer-terms", data=typed, follow_redirects=True)
    assert "The terms were sent" not in twice.text
    assert "Take the price back" in client.page(f"/orders/{order.id}").get_text()
    assert "Look at it and decide" not in client.page("/orders/prices").get_text()
    client.sign_in_as(admin_user)
    assert "1 low price waits for a second person" in client.page("/").get_text()
    path = client.page("/orders/prices").select_one(".cards a")["href"]
    version = client.page(path).select_one("input[name=version]")["value"]
    assert client.post(f"{path}/approve", data={"version": version}).status_code == 302
    assert current(session, order.id).status is OrderStatus.TERMS_SENT
    assert "Approved by a second person" in client.page(path).get_text()
    client.sign_in_as(market.coordinator_user)
    hour = client.page(f"/orders/{order.id}").find("dt", string="An hour with VAT")
    assert hour.find_next("dd").text == "€13.81"
    client.sign_in_as(admin_user)
    assert "below 80" in client.page("/admin/rates").get_text()
    client.page(f"/admin/jobcenters/{market.jobcenter.id}/low-prices")
