"""Hours cost what the orderer had accepted when the gig began, also when the order was taken up anew since."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from jobcenter.benefits import ContractForm
from jobcenter.core import clock
from jobcenter.orders.gigs.domain import OfferStatus
from jobcenter.orders.hours import service as hours
from jobcenter.orders.hours.domain import LogHours, Typed
from jobcenter.orders.intake import queries, service
from jobcenter.orders.intake.domain_parts import OfferTerms
from tests import factories
from tests.factories_orders import NOON, Market, done

DAY = date(2026, 12, 1)


def agree(market, order_id, price):
    offered = OfferTerms(ContractForm.ASSIGNMENT, Decimal(price), "Suuri tilaus")
    sent = done(service.send_terms, market.coordinator, order_id, offered)
    done(service.accept_terms, market.orderer, order_id, sent.id)


@pytest.mark.parametrize("agreed_anew", [False, True])
def test_an_order_taken_up_anew_does_not_change_the_price_of_work_done(session, agreed_anew):
    with clock.frozen(NOON):
        market = Market()
        order = market.new_order()
        agree(market, order.id, "12.00")
        gig = factories.gig(queries.any_order(order.id), clock.at(DAY, time(9)))
        worker = factories.worker(market.jobcenter)
        offer = factories.offer(gig, worker, OfferStatus.DONE)
        offer_id = offer.id
        session.commit()
    with clock.frozen(clock.at(DAY + timedelta(days=1), time(12))):
        done(service.cancel, market.orderer, order.id, "Ei enää")
        done(service.reopen, market.coordinator, order.id, "Sittenkin")
        if agreed_anew:
            order_row = queries.any_order(order.id)
            order_row.times[0].day = DAY + timedelta(days=30)
            session.commit()
            agree(market, order.id, "14.00")
        entry = done(hours.log_hours, market.coordinator, offer_id, LogHours(Typed(DAY, time(9), time(12), 0)))
        assert entry.price == Decimal("12.00")
