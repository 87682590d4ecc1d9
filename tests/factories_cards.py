"""What tests of card payments do again and again: ask, hear what the card house tells, look into the books."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from jobcenter.benefits import ContractForm
from jobcenter.billing.books.models import LedgerLine
from jobcenter.billing.card import calls, service
from jobcenter.billing.card.models import CardTask
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.intake.models import TermsOffer, TermsVersion
from tests import factories

FRIDAY = date(2026, 11, 20)
GROSS = Decimal("54.59")


def do(verb, *args, **named):
    with unit_of_work():
        return verb(*args, **named)


def asked(world, invoice):
    payment = do(service.ask_to_pay, world.as_orderer, invoice.id)
    calls.open_page(payment.id)
    return payment


def hear(client, house):
    """Everything that the card house told since last time comes in at our door."""
    return [
        client.post("/webhooks/stripe", data=body, headers={"Stripe-Signature": signature}, token=False).status_code
        for body, signature in house.messages()
    ]


def balance(session, account):
    lines = session.scalars(select(LedgerLine).where(LedgerLine.account == account)).all()
    return sum((line.debit - line.credit for line in lines), Decimal())


def tasks(session):
    return [task.kind for task in session.scalars(select(CardTask).order_by(CardTask.id))]


def accept(order):
    """The orderer has accepted terms at 14.50 an hour."""
    facts = {"number": 1, "valid_from": FRIDAY, "texts": {"fi": "Ehdot"}, "made_by": "Kaisa", "made_at": clock.now()}
    version = factories.stored(TermsVersion(jobcenter_id=order.jobcenter_id, **facts))
    sent = {"sent_by": "Kaisa", "sent_at": clock.now(), "accepted_by": "Olli", "accepted_at": clock.now()}
    price = {"contract_form": ContractForm.ASSIGNMENT, "hourly_price": Decimal("14.50")}
    return factories.stored(TermsOffer(order_id=order.id, terms_version_id=version.id, **price, **sent))
