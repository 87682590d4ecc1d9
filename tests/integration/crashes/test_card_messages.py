"""Messages of the card house come in at the door, which is killed at fifty points; the card house sends them again."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import select

from jobcenter.billing.books.domain import Account
from jobcenter.billing.card import calls, service
from jobcenter.billing.card.domain import CardStatus
from jobcenter.billing.card.models import CardEvent, CardPayment, CardTask
from jobcenter.billing.invoices.domain import InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments.models import Payment
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.organisations.domain import OrganisationKind
from tests import money
from tests.cardhouse import SECRET as WEBHOOK_SECRET
from tests.cardhouse import card_house

pytestmark = pytest.mark.postgres

SEED = 424242
BOTH_OF_THE_FIRST = 2


def take_in(app, messages: list[tuple[bytes, str]]) -> None:
    """What a web server does with messages: each is a request that is answered as well received."""
    client = app.test_client()
    for body, signature in messages:
        answer = client.post("/webhooks/stripe", data=body, headers={"Stripe-Signature": signature}, token=False)
        assert answer.status_code == 200


class Payer:
    """Pays one invoice after the other by card. How the card house tells of it is learnt from the first payment."""

    def __init__(self, world, session, house) -> None:
        self.world, self.session, self.house = world, session, house
        self.number = 0
        self._first = self._asked()
        calls.open_page(self._first.id)
        house.pay(self._first.url)
        self._told = house.house.store.messages()

    def messages(self) -> list[tuple[bytes, str]]:
        """A signed message of each kind, every one of another invoice, so that no other makes up for it."""
        return [self.house.house.signed(self._as_of(message, self._asked().key)) for message in self._told]

    def _as_of(self, message: dict, key: str) -> dict:
        told = json.dumps(message).replace(self._first.key, key)
        for name in (message["id"], self._intent):
            told = told.replace(name, f"{name}_{self.number}")
        return json.loads(told)

    @property
    def _intent(self) -> str:
        things = (message["data"]["object"] for message in self._told)
        return next(thing["payment_intent"] for thing in things if "payment_intent" in thing)

    def _asked(self) -> CardPayment:
        self.number += 1
        self.world.hours(date(2026, 11, 2))
        self.session.commit()
        invoice_id = self.world.sent(form_key=f"invoice {self.number}").id
        with unit_of_work():
            return service.ask_to_pay(self.world.as_orderer, invoice_id)


@pytest.fixture
def payer(app, world, session, tmp_path):
    """The card house is at work only while the first payment is made: a process with threads is not forked."""
    settings = app.config["JOBCENTER"]
    world.organisation.kind, world.organisation.business_id = OrganisationKind.PRIVATE_PERSON, None
    session.commit()
    app.config["JOBCENTER"] = replace(settings, stripe_key="sk_test_1", stripe_webhook_secret=WEBHOOK_SECRET)
    with card_house(tmp_path) as house:
        app.extensions["card_house"] = house.stripe
        made = Payer(world, session, house)
    take_in(app, [house.house.signed(message) for message in house.house.store.messages()])
    yield made
    app.config["JOBCENTER"] = settings
    del app.extensions["card_house"]


def test_each_message_works_once_wherever_its_taking_in_is_killed(payer, app, session, crash):
    def prepare():
        return partial(take_in, app, payer.messages())

    def check():
        session.rollback()
        assert {row.status for row in session.scalars(select(Invoice))} == {InvoiceStatus.PAID}
        assert {row.status for row in session.scalars(select(CardPayment))} == {CardStatus.PAID}
        paid = Counter(session.scalars(select(Payment.invoice_id)))
        assert len(paid) == payer.number
        assert set(paid.values()) == {1}
        assert len(session.scalars(select(CardEvent.id)).all()) == payer.number + BOTH_OF_THE_FIRST - 1
        assert money.balance(Account.CARD_CLEARING) == sum(session.scalars(select(Payment.amount)), Decimal())
        assert not session.scalars(select(CardTask.id)).all()
        session.rollback()

    crash(prepare, check, SEED)
