"""Noting what was paid of withheld tax, contributions and partners' wages: the page, its refusals, the books."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from jobcenter.auth.domain import SYSTEM, Role
from jobcenter.billing.books import domain_events as events
from jobcenter.billing.books import queries, service
from jobcenter.billing.books.domain import Account
from jobcenter.core.audit import AuditEvent
from tests import factories
from tests.factories_billing import do

KEY = "6f1c2a52-9d43-4f6c-9c50-0b1c5d1f7e11"
OTHER_KEY = "6f1c2a52-9d43-4f6c-9c50-0b1c5d1f7e12"
PAID = {"account": "withholding_due", "amount": "10,00", "day": "20.11.2026", "text": "OmaVero 11/2026"}


@pytest.fixture
def page(world, session):
    """The address of the page of a Jobcenter that owes 18 euros of withheld tax; October is closed."""
    house = world.jobcenter
    paid = events.PaidWork(
        jobcenter_id=house.id, item_id=1, day=date(2026, 11, 13), gross=Decimal(30), withheld=Decimal(18)
    )
    do(service.post, SYSTEM, events.worker_paid(paid))
    do(service.close_month, world.coordinator, house.id, date(2026, 10, 1))
    session.commit()
    return f"/books/{house.id}/due"


def owed(world) -> str:
    return str(queries.dues_of(world.jobcenter.id)[Account.WITHHOLDING_DUE])


def test_what_is_due_is_noted_once_and_tells_everywhere(world, session, page, as_user):
    client = as_user(world.coordinator_user)
    assert page in client.get(f"/books/{world.jobcenter.id}").text
    assert client.get(page).text.count("18.00") == 1
    for _again in range(2):
        assert client.post(page, data=PAID | {"form_key": KEY}).location == page
    assert (owed(world), queries.balance_of(Account.BANK, world.jobcenter.id)) == ("8.00", Decimal("-22.00"))
    (logged,) = session.scalars(select(AuditEvent).where(AuditEvent.verb == "ledger.note_paid"))
    assert (logged.jobcenter_id, logged.after["amount"]) == (world.jobcenter.id, "10.00")
    rows = client.get(f"/books/{world.jobcenter.id}/csv").text.splitlines()
    assert [row.split(";")[7:9] for row in rows if "OmaVero" in row] == [
        ['""', '"Withheld tax paid on OmaVero 11/2026"'],
        ['"10,00"', '"Withheld tax paid on OmaVero 11/2026"'],
    ]
    client.post(page, data=PAID | {"form_key": OTHER_KEY, "amount": "8,00"})
    assert "Nothing is due now." in client.get(page).text


REFUSED = [
    ({"amount": "18,01"}, "amount", "At most 18,00 euros are due."),
    ({"account": "partner_payables"}, "amount", "At most 0,00 euros are due."),
    ({"day": "23.11.2026"}, "day", "The day cannot be in the future."),
    ({"day": "31.10.2026"}, "day", "The month is closed in the books."),
    ({"account": "enforcement_due"}, "account", "Choose one of the options given."),
    ({"text": ""}, "text", "Fill in this field."),
]


def test_what_is_wrong_is_said_beside_its_field(world, page, as_user):
    client = as_user(world.coordinator_user)
    for changed, field, said in REFUSED:
        reply = client.post(page, data=PAID | {"form_key": KEY} | changed)
        assert reply.status_code == 422
        (error,) = BeautifulSoup(reply.text, "html.parser").select(f"#{field}-error")
        assert said in error.text
    assert owed(world) == "18.00"


def test_who_may_not_note_it(world, session, page, client):
    data = PAID | {"form_key": KEY}
    assert "/sign-in" in client.get(page).location
    assert "/sign-in" in client.post(page, data=data).location
    elsewhere = factories.someone(Role.COORDINATOR, factories.jobcenter())
    admin = factories.someone(Role.ADMIN, world.jobcenter)
    session.commit()
    for user, status in ((elsewhere, 404), (admin, 403), (world.orderer, 403)):
        client.sign_in_as(user)
        assert (client.get(page).status_code, client.post(page, data=data).status_code) == (status, status)
    client.sign_in_as(admin)
    assert page not in client.get(f"/books/{world.jobcenter.id}").text
    assert owed(world) == "18.00"
