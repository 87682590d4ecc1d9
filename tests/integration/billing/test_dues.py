"""Noting what was paid of withheld tax, contributions and partners' wages: the page, its refusals, the books."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from jobcenter.auth.domain import SYSTEM, Role
from jobcenter.billing.books import domain_events as events
from jobcenter.billing.books import queries, queries_due, service
from jobcenter.billing.books.domain import Account, NumberAccounts, check_numbers
from jobcenter.core import clock
from jobcenter.core.audit import AuditEvent
from jobcenter.core.errors import DomainError
from tests import factories
from tests.factories_billing import do

KEY = "6f1c2a52-9d43-4f6c-9c50-0b1c5d1f7e11"
OTHER_KEY = "6f1c2a52-9d43-4f6c-9c50-0b1c5d1f7e12"
PAID = {"what": "withholding_due:bank:", "amount": "10,00", "day": "20.11.2026", "text": "OmaVero 11/2026"}


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
    assert page in client.get(f"/books/{world.jobcenter.id}?month=").text
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
    ({"amount": "18,01"}, "amount", "At most €18.00 is due."),
    ({"what": "partner_payables:bank:"}, "amount", "At most €0.00 is due."),
    ({"day": "23.11.2026"}, "day", "The day cannot be in the future."),
    ({"day": "31.10.2026"}, "day", "The month is closed in the books."),
    ({"what": "enforcement_due:bank:"}, "what", "Choose one of the options given."),
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


def test_what_was_noted_by_mistake_is_taken_back_and_stays_in_the_books(world, session, page, as_user):
    client = as_user(world.coordinator_user)
    client.post(page, data=PAID | {"form_key": KEY})
    (noted,) = queries_due.noted_payments(world.jobcenter.id)
    for _again in range(2):
        assert client.post(f"{page}/{noted.entry.id}/back").location == page
    assert (owed(world), queries.balance_of(Account.BANK, world.jobcenter.id)) == ("18.00", Decimal("-12.00"))
    (noted,) = queries_due.noted_payments(world.jobcenter.id)
    assert noted.taken_back and "Taken back" in client.get(page).text
    assert session.scalar(select(func.count()).where(AuditEvent.verb == "ledger.take_back_paid")) == 1
    (month,) = queries_due.months_due(world.jobcenter.id)[Account.WITHHOLDING_DUE]
    assert (month.month, month.amount, month.due_on) == (date(2026, 11, 1), Decimal("18.00"), date(2026, 12, 14))


def test_nothing_else_is_taken_back_as_a_payment_of_dues(world, session, page, as_user):
    client, pay = as_user(world.coordinator_user), queries.entry_of_event("pay_item:1:paid")
    assert client.post(f"{page}/{pay.id}/back").status_code == 404
    elsewhere = factories.someone(Role.COORDINATOR, factories.jobcenter())
    session.commit()
    client.post(page, data=PAID | {"form_key": KEY})
    (noted,) = queries_due.noted_payments(world.jobcenter.id)
    client.sign_in_as(elsewhere)
    assert client.post(f"{page}/{noted.entry.id}/back").status_code == 404
    assert owed(world) == "8.00"


def test_each_partner_is_owed_its_own(world, session, page, as_user):
    house = world.jobcenter
    for item_id, party, gross in ((2, "1234567-1", 30), (3, "7654321-2", 50)):
        paid = events.PaidWork(jobcenter_id=house.id, item_id=item_id, day=date(2026, 11, 13), gross=Decimal(gross))
        do(service.post, SYSTEM, events.partner_owed(paid, party))
    session.commit()
    client = as_user(world.coordinator_user)
    data = PAID | {"form_key": KEY, "what": "partner_payables:bank:1234567-1"}
    assert "At most €30.00" in client.post(page, data=data | {"amount": "30,01"}).text
    assert client.post(page, data=data | {"amount": "30,00"}).status_code == 302
    assert queries_due.parties_owed(house.id) == {"7654321-2": Decimal("50.00")}


def test_vat_is_due_by_the_month_of_its_invoices_less_what_was_deducted(world, session, page, as_user):
    world.hours(date(2026, 11, 20))
    session.commit()
    world.sent()
    ((month, amount, due),) = [
        (each.month, each.amount, each.due_on)
        for each in queries_due.months_due(world.jobcenter.id)[Account.VAT_PAYABLE]
    ]
    assert (month, amount, due) == (date(2026, 11, 1), Decimal("11.09"), date(2027, 1, 12))
    data = PAID | {"form_key": KEY, "what": "vat_payable:vat_deducted:", "amount": "1,09"}
    assert as_user(world.coordinator_user).post(page, data=data).status_code == 302
    (left,) = queries_due.months_due(world.jobcenter.id)[Account.VAT_PAYABLE]
    assert left.amount == Decimal("10.00")
    assert queries.balance_of(Account.VAT_DEDUCTED, world.jobcenter.id) == Decimal("-1.09")


def test_a_closed_month_keeps_its_account_numbers(world, session, page, as_user):
    client, house = as_user(world.coordinator_user), world.jobcenter
    paid = events.PaidWork(jobcenter_id=house.id, item_id=9, day=date(2026, 11, 2), gross=Decimal(30))
    do(service.post, SYSTEM, events.worker_paid(paid))
    with clock.frozen(clock.start_of(date(2026, 12, 2))):
        do(service.close_month, world.coordinator, house.id, date(2026, 11, 1))
        closed = client.get(f"/books/{house.id}/csv?month=2026-11").data
        do(service.number_accounts, world.coordinator, house.id, NumberAccounts(((Account.BANK, "1999"),)))
        assert client.get(f"/books/{house.id}/csv?month=2026-11").data == closed
        assert "1999" not in client.get(f"/books/{house.id}/vouchers?month=2026-11").text
        do(service.post, SYSTEM, events.worker_paid(replace(paid, item_id=10, day=date(2026, 12, 1))))
        assert "1999" in client.get(f"/books/{house.id}/csv?month=2026-12").text
    with pytest.raises(DBAPIError):
        session.execute(text("update ledger_month_number set number = '1'"))
    session.rollback()


@pytest.mark.parametrize("number", ["17x1", "١٢", "-1", "1.5"])
def test_an_account_number_has_digits_only(number):
    with pytest.raises(DomainError, match="account_number_wrong"):
        check_numbers(NumberAccounts(((Account.BANK, number),)))
