"""Sent orders through their pages: thread, terms, acceptance on screen and by link, declining, cancelling."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import Role
from jobcenter.benefits import ContractForm
from jobcenter.core import clock, todo
from jobcenter.core.errors import AlreadyDone, NotFound, NotPossible
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.intake import queries, service
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.domain_parts import OfferTerms
from jobcenter.orders.intake.domain_terms import PriceRefused, TermsMissing
from jobcenter.orders.intake.models import OrderMessage, TermsOffer, TermsVersion
from jobcenter.orders.intake.service.terms import TermsReplaced
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.rates.domain import RateKind
from jobcenter.orders.rates.service import NewRate, set_rate
from tests import factories, pages
from tests.factories_orders import (
    DAY,
    LIST_PRICE,
    NOON,
    ORDERER,
    PLACE,
    TIMES,
    WEEKLY,
    begin,
    current,
    done,
    fill,
    mails,
    new_key,
    path_in,
)

# The road: queue, terms, acceptance


def test_new_orders_and_unanswered_messages_are_leafed_through_apart(market, client, session):
    for number, order in enumerate([market.new_order(WEEKLY) for _number in range(21)]):
        order.title = f"Order {number:02}"
        session.add(asked(order))
    session.commit()
    client.sign_in_as(market.coordinator_user)
    first = client.page("/order/queue")
    second = client.page(first.select("a[rel=next]")[1]["href"])
    assert titles(second) == [f"Order {number:02}" for number in range(20)] + ["Order 20"]
    assert titles(client.page(second.select_one("a[rel=next]")["href"])) == ["Order 20", "Order 20"]


def asked(order):
    """A question of the orderer's."""
    return OrderMessage(
        order_id=order.id, text="Milloin?", author_name="Olga", from_jobcenter=False, needs_answer=True, sent_at=NOON
    )


def titles(page):
    return [heading.get_text(strip=True) for heading in page.select(".cards h3")]


def test_from_the_queue_to_accepted_terms_on_screen(market, client, session):
    order = market.new_order(WEEKLY)
    client.sign_in_as(market.coordinator_user)
    assert order.title in client.page("/order/queue").get_text()
    client.page(f"/orders/{order.id}")
    page = client.page(f"/orders/{order.id}/offer-terms")
    assert page.select_one("[name=hourly_price]")["value"] == "14,50"
    offered = {"contract_form": "assignment", "hourly_price": "14,50"}
    assert client.post(f"/orders/{order.id}/offer-terms", data=offered).status_code == 302
    assert current(session, order.id).status is OrderStatus.TERMS_SENT
    other = client.post(f"/orders/{order.id}/offer-terms", data={"contract_form": "partner", "hourly_price": "19"})
    assert (other.status_code, "at €14.50 an hour" in other.text) == (422, True)
    assert [mail.to for mail in mails("order_terms")] == [market.orderer_user.email]
    client.sign_in_as(market.orderer_user)
    assert "Read and accept the terms" in client.page("/order/mine").get_text()
    shown = client.page(f"/orders/{order.id}")
    terms = shown.select_one("input[name=terms]")["value"]
    assert client.post(f"/orders/{order.id}/accept", data={"terms": terms}).status_code == 302
    accepted = current(session, order.id)
    sent = session.scalars(select(TermsOffer)).one()
    assert (accepted.status, accepted.agreed_price) == (OrderStatus.ACCEPTED, Decimal("14.50"))
    assert accepted.contract_form is ContractForm.ASSIGNMENT
    assert (sent.accepted_by_id, sent.accepted_by, sent.accepted_by_link) == (
        market.orderer_user.id,
        market.orderer_user.name,
        False,
    )
    assert sent.accepted_at == NOON
    with unit_of_work():
        assert [task.key for task in todo.take("order_accepted", NOON)] == [str(order.id)]
    assert [mail.to for mail in mails("order_accepted")] == [market.coordinator_user.email]
    assert "version 1" in client.page(f"/orders/{order.id}").get_text()


def test_terms_are_accepted_by_the_mailed_link_without_signing_in(market, client, session):
    order = market.new_order()
    done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
    path = path_in(mails("order_terms")[0])
    assert "14.50" in client.page(path).get_text() or "14,50" in client.page(path).get_text()
    assert current(session, order.id).status is OrderStatus.TERMS_SENT, "opening the link accepts nothing"
    assert client.post(path).status_code == 200
    sent = session.scalars(select(TermsOffer)).one()
    assert (sent.accepted_by_id, sent.accepted_by_link) == (market.orderer_user.id, True)
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 200, "a second press of the button is a notice, not an error"
    assert len(mails("order_accepted")) == 1


def test_a_link_of_terms_taken_back_says_so(market, client, session):
    order = market.new_order()
    done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
    done(service.take_back_terms, market.coordinator, order.id)
    path = path_in(mails("order_terms")[0])
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 422
    lower = OfferTerms(ContractForm.ASSIGNMENT, Decimal("13.00"), "Iso tilaus")
    done(service.send_terms, market.coordinator, order.id, lower)
    assert client.post(path).status_code == 422, "an old link never accepts newer terms"
    assert current(session, order.id).status is OrderStatus.TERMS_SENT


def test_an_expired_terms_link_leads_to_sign_in(market, client):
    order = market.new_order()
    done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
    path = path_in(mails("order_terms")[0])
    with clock.frozen(NOON + timedelta(days=61)):
        assert client.get(path).status_code == 410
        assert client.post(path).status_code == 422


def test_terms_on_an_old_screen_are_not_the_ones_accepted(market, session):
    order = market.new_order()
    first = done(service.send_terms, market.coordinator, order.id, LIST_PRICE).id
    done(service.take_back_terms, market.coordinator, order.id)
    done(service.send_terms, market.coordinator, order.id, OfferTerms(ContractForm.PARTNER, Decimal("19.00")))
    with pytest.raises(TermsReplaced):
        done(service.accept_terms, market.orderer, order.id, first)


BAD_PRICES = [
    (Decimal("14.51"), "", "price_above_list"),
    (Decimal("14.00"), "", "price_reason_missing"),
    (Decimal("9.99"), "Iso tilaus", "price_below_wage"),
]


@pytest.mark.parametrize(("price", "reason", "code"), BAD_PRICES)
def test_a_price_outside_the_list_is_refused(market, price, reason, code):
    order = market.new_order()
    with pytest.raises(PriceRefused) as refused:
        done(service.send_terms, market.coordinator, order.id, OfferTerms(ContractForm.ASSIGNMENT, price, reason))
    assert refused.value.code == code


def test_the_partner_form_is_not_offered_without_a_partner(market, client, session):
    order = market.new_order()
    market.jobcenter.partner_name = ""
    session.commit()
    client.sign_in_as(market.coordinator_user)
    answer = client.post(f"/orders/{order.id}/offer-terms", data={"contract_form": "partner", "hourly_price": "19"})
    assert (answer.status_code, "has no partner that could be the employer" in answer.text) == (422, True)


def test_a_refused_price_stays_on_the_page(market, client):
    order = market.new_order()
    client.sign_in_as(market.coordinator_user)
    typed = {"contract_form": "assignment", "hourly_price": "15,00", "price_reason": ""}
    answer = client.post(f"/orders/{order.id}/offer-terms", data=typed)
    assert answer.status_code == 422
    page = pages.parse(answer.text)
    assert page.select_one("[name=hourly_price]")["value"] == "15,00"
    assert page.select_one("#hourly_price-error")


def test_a_lower_price_with_a_reason_is_told_to_the_orderer(market):
    order = market.new_order()
    lower = OfferTerms(ContractForm.ASSIGNMENT, Decimal("12.00"), "Iso tilaus")
    done(service.send_terms, market.coordinator, order.id, lower)
    assert "Iso tilaus" in mails("order_terms")[0].body


def test_without_terms_in_force_none_are_sent(market, session):
    session.delete(session.scalars(select(TermsVersion)).one())
    session.commit()
    order = market.new_order()
    with pytest.raises(TermsMissing):
        done(service.send_terms, market.coordinator, order.id, LIST_PRICE)


def test_the_newest_terms_in_force_are_sent(market, session):
    admin = factories.actor(market.coordinator_user, (Role.ADMIN, market.jobcenter))
    done(service.publish_terms, admin, market.jobcenter.id, {"fi": "## 1. Uusi\nTeksti"}, date(2026, 11, 22))
    done(service.publish_terms, admin, market.jobcenter.id, {"fi": "## 1. Tuleva\nTeksti"}, date(2026, 12, 24))
    order = market.new_order()
    sent = done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
    assert queries.terms_offer(sent.id).version.number == 2


def test_only_an_administrator_publishes_terms(market):
    with pytest.raises(NotFound):
        done(service.publish_terms, market.coordinator, market.jobcenter.id, {"fi": "Teksti"}, date(2026, 11, 22))


def test_the_price_list_of_the_first_day_of_work_holds(market, session):
    admin = factories.actor(market.coordinator_user, (Role.ADMIN, market.jobcenter))
    raised = NewRate(
        RateKind.PRICE, ContractForm.ASSIGNMENT, market.jobcenter.id, date(2026, 12, 1), Decimal("16.00"), "Päätös 1"
    )
    done(set_rate, admin, raised, frozenset({market.jobcenter.id}))
    order = market.new_order()
    done(service.send_terms, market.coordinator, order.id, OfferTerms(ContractForm.ASSIGNMENT, Decimal("16.00")))


def test_the_list_for_the_kind_of_orderer_holds_from_estimate_to_invoice_price(market, client, session):
    admin = factories.actor(market.coordinator_user, (Role.ADMIN, market.jobcenter))
    for kind, price in ((OrganisationKind.CITY_UNIT, "13.00"), (OrganisationKind.PRIVATE_PERSON, "16.00")):
        listed = NewRate(
            RateKind.PRICE, ContractForm.ASSIGNMENT, market.jobcenter.id, DAY, Decimal(price), "Päätös", kind
        )
        done(set_rate, admin, listed, frozenset({market.jobcenter.id}))
    order = market.new_order()
    market.organisation.kind = OrganisationKind.CITY_UNIT
    market.organisation.cost_centre = "4711"
    session.commit()
    with pytest.raises(PriceRefused, match="price_above_list"):
        done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
    client.sign_in_as(market.coordinator_user)
    assert client.page(f"/orders/{order.id}/offer-terms").select_one("[name=hourly_price]")["value"] == "13,00"
    assert "13.00" in client.page(f"/orders/{order.id}").get_text()
    done(service.send_terms, market.coordinator, order.id, OfferTerms(ContractForm.ASSIGNMENT, Decimal("13.00")))


def test_a_draft_without_an_account_is_estimated_by_the_kind_that_was_typed(market, client):
    admin = factories.actor(market.coordinator_user, (Role.ADMIN, market.jobcenter))
    listed = NewRate(
        RateKind.PRICE, ContractForm.ASSIGNMENT, None, DAY, Decimal("13.00"), "Päätös", OrganisationKind.BUSINESS
    )
    done(set_rate, admin, listed, frozenset({market.jobcenter.id}))
    key = begin(client)
    fill(client, key, times=TIMES, place=PLACE)
    assert "14,50" in client.page(f"/order/{key}").get_text()
    fill(client, key, orderer=ORDERER)
    assert "13,00" in client.page(f"/order/{key}").get_text()


# The thread


def test_asking_back_and_answering(market, client, session):
    order = market.new_order()
    client.sign_in_as(market.coordinator_user)
    sent = {"form_key": new_key(), "text": "Onko astianpesukone? 😀"}
    for _ in range(2):
        assert client.post(f"/orders/{order.id}/messages", data=sent).status_code == 302
    assert [mail.to for mail in mails("order_message")] == [market.orderer_user.email]
    client.sign_in_as(market.orderer_user)
    assert "Answer the Jobcenter's message" in client.page("/order/mine").get_text()
    assert "Onko astianpesukone? 😀" in client.page(f"/orders/{order.id}").get_text()
    answer = {"form_key": new_key(), "text": "On."}
    client.post(f"/orders/{order.id}/messages", data=answer)
    assert [mail.to for mail in mails("order_message")][1:] == [market.coordinator_user.email]
    client.post(f"/orders/{order.id}/messages", data=answer | {"text": "Ja tiskiaine."})
    assert [message.text for message in queries.thread(order.id)][1:] == ["On.", "Ja tiskiaine."]
    client.sign_in_as(market.coordinator_user)
    assert "Lounaan tiskit" in client.page("/order/queue").select_one("main section").get_text()
    client.post(f"/orders/{order.id}/no-answer-needed")
    assert "Every message has been answered" in client.page("/order/queue").get_text()
    assert not any(message.needs_answer for message in queries.thread(order.id))


def test_an_empty_message_is_refused_and_a_long_one_stays_on_the_page(market, client, session):
    order = market.new_order()
    client.sign_in_as(market.orderer_user)
    assert client.post(f"/orders/{order.id}/messages", data={"text": " "}).status_code == 422
    answer = client.post(f"/orders/{order.id}/messages", data={"text": "x" * 5000})
    assert answer.status_code == 422
    assert "x" * 5000 in answer.text
    assert session.scalars(select(OrderMessage)).all() == []


def test_whoever_answers_first_handles_the_order(market, session):
    order = market.new_order()
    done(service.post_message, market.coordinator, order.id, "Hei", new_key())
    assert current(session, order.id).coordinator_id == market.coordinator_user.id
    other = factories.coordinator(market.jobcenter)
    session.commit()
    done(service.take_over, other, order.id)
    assert current(session, order.id).coordinator_id == other.user_id
    with pytest.raises(AlreadyDone):
        done(service.take_over, other, order.id)


# Declining, cancelling, reopening, closing


def test_declining_and_reopening_tell_the_orderer_why(market, client, session):
    order = market.new_order()
    client.sign_in_as(market.coordinator_user)
    client.page(f"/orders/{order.id}/decline")
    assert client.post(f"/orders/{order.id}/decline", data={"reason": ""}).status_code == 422
    client.post(f"/orders/{order.id}/decline", data={"reason": "Liian korkealla"})
    assert current(session, order.id).status is OrderStatus.DECLINED
    assert "Liian korkealla" in mails("order_decline")[0].body
    client.sign_in_as(market.orderer_user)
    assert "Liian korkealla" in client.page(f"/orders/{order.id}").get_text()
    client.sign_in_as(market.coordinator_user)
    client.page(f"/orders/{order.id}/reopen")
    client.post(f"/orders/{order.id}/reopen", data={"reason": "Sovittiin toisin"})
    assert current(session, order.id).status is OrderStatus.NEW
    assert mails("order_reopen")[0].to == market.orderer_user.email


def test_the_orderer_cancels_and_the_coordinator_hears_why(market, client, session):
    order = market.new_order()
    client.sign_in_as(market.orderer_user)
    client.page(f"/orders/{order.id}/cancel")
    for _ in range(2):
        assert client.post(f"/orders/{order.id}/cancel", data={"reason": "Kahvila on kiinni"}).status_code == 302
    assert current(session, order.id).status is OrderStatus.CANCELLED
    assert [mail.to for mail in mails("order_cancel")] == [market.coordinator_user.email]
    with unit_of_work():
        task = todo.take("order_cancelled", NOON)[0]
    assert (task.key, task.payload["reason"]) == (str(order.id), "Kahvila on kiinni")


def test_a_reopened_order_keeps_no_price(market, session):
    order = market.new_order()
    sent = done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
    done(service.accept_terms, market.orderer, order.id, sent.id)
    done(service.cancel, market.coordinator, order.id, "Sairastumisia")
    assert [mail.to for mail in mails("order_cancel")] == [market.orderer_user.email]
    done(service.reopen, market.coordinator, order.id, "Uusi yritys")
    assert current(session, order.id).agreed_price is None


def test_an_accepted_order_is_closed_once(market, session):
    order = market.new_order()
    sent = done(service.send_terms, market.coordinator, order.id, LIST_PRICE)
    done(service.accept_terms, market.orderer, order.id, sent.id)
    done(service.close, market.coordinator, order.id)
    with pytest.raises(AlreadyDone):
        done(service.close, market.coordinator, order.id)
    with pytest.raises(NotPossible):
        done(service.cancel, market.orderer, order.id, "Myöhässä")
