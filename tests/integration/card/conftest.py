"""The world of card payments: an orderer who is a private person, with a sent invoice, and a card house."""

from dataclasses import replace
from datetime import date, time

import pytest

from jobcenter.billing.card import calls, service
from jobcenter.core import clock
from jobcenter.orders.intake.models import OrderTime
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.rates.service import load_defaults
from tests import factories
from tests.cardhouse import SECRET, card_house
from tests.factories import NOW
from tests.factories_billing import World
from tests.factories_cards import FRIDAY, accept, asked, do, hear


@pytest.fixture
def now():
    with clock.frozen(NOW):
        yield NOW


@pytest.fixture
def world(session, now):
    made = World()
    made.organisation.kind, made.organisation.business_id = OrganisationKind.PRIVATE_PERSON, None
    session.commit()
    return made


@pytest.fixture
def house(app, tmp_path):
    settings = app.config["JOBCENTER"]
    with card_house(tmp_path) as running:
        app.config["JOBCENTER"] = replace(settings, stripe_key="sk_test_1", stripe_webhook_secret=SECRET)
        app.extensions["card_house"] = running.stripe
        yield running
        app.config["JOBCENTER"] = settings
        del app.extensions["card_house"]


@pytest.fixture
def heard(client, house):
    """Lets in what the card house told since last time; how each message was answered."""
    return lambda: hear(client, house)


@pytest.fixture
def invoice(world, session):
    world.hours(FRIDAY, 3)
    session.commit()
    return world.sent()


@pytest.fixture
def held(world, house, client, session):
    times = [OrderTime(day=date(2026, 11, 24), starts=time(9), ends=time(13))]
    order = factories.order(world.jobcenter, world.organisation, times=times, people=1)
    accept(order)
    session.commit()
    do(load_defaults)
    payment = do(service.ask_to_hold, world.as_orderer, order.id)
    calls.open_page(payment.id)
    house.pay(payment.url)
    assert set(hear(client, house)) == {200}
    session.expire_all()
    return payment


@pytest.fixture
def paid(world, invoice, house, client, session):
    payment = asked(world, invoice)
    house.pay(payment.url)
    hear(client, house)
    session.expire_all()
    return payment
