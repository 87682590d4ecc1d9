"""The world of card payments: an orderer who is a private person, with a sent invoice, and a card house."""

import pytest

from jobcenter.core import clock
from jobcenter.orders.organisations.domain import OrganisationKind
from tests.cardhouse import card_house
from tests.factories import NOW
from tests.factories_billing import World


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
        app.config["JOBCENTER"] = type(settings)(**{**vars(settings), "stripe_key": "sk_test_1"})
        app.extensions["card_house"] = running.stripe
        yield running
        app.config["JOBCENTER"] = settings
        del app.extensions["card_house"]
