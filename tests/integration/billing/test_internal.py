"""The internal billing file: a month's invoices to city units of one's own Jobcenter."""

from __future__ import annotations

from datetime import date

import pytest

from jobcenter.auth.domain import Role
from jobcenter.billing.books import service as books
from jobcenter.billing.books.domain import Account, NumberAccounts
from jobcenter.core import clock
from jobcenter.orders.organisations.domain import OrganisationKind
from tests import factories
from tests.factories_billing import do

ADDRESS = "/internal-billing/{}/csv?month={}"


@pytest.fixture
def sent(world, session):
    world.organisation.kind = OrganisationKind.CITY_UNIT
    world.hours(date(2026, 11, 20))
    session.commit()
    return world.sent()


def test_the_months_invoices_of_city_units(world, sent, as_user):
    page = as_user(world.coordinator_user)
    rows = page.get(ADDRESS.format(world.jobcenter.id, "2026-11")).get_data().decode("utf-8-sig").splitlines()
    assert [row.split(";")[5:7] for row in rows[1:]] == [["54,59", "0,00"], ["0,00", "43,50"], ["0,00", "11,09"]]
    assert len(page.get(ADDRESS.format(world.jobcenter.id, "2026-10")).get_data().splitlines()) == 1
    assert page.get(ADDRESS.format(world.jobcenter.id, "november")).status_code == 404


def test_a_closed_month_keeps_its_account_numbers(world, sent, as_user):
    client, address = as_user(world.coordinator_user), ADDRESS.format(world.jobcenter.id, "2026-11")
    with clock.frozen(clock.start_of(date(2026, 12, 2))):
        do(books.close_month, world.coordinator, world.jobcenter.id, date(2026, 11, 1))
        closed = client.get(address).data
        do(
            books.number_accounts,
            world.coordinator,
            world.jobcenter.id,
            NumberAccounts(((Account.VAT_PAYABLE, "2999"),)),
        )
        assert client.get(address).data == closed and b"2999" not in closed


def test_another_jobcenters_file_is_not_found(world, sent, session, as_user):
    other = factories.jobcenter(name="Toinen")
    stranger = factories.someone(Role.COORDINATOR, other)
    session.commit()
    assert as_user(stranger).get(ADDRESS.format(world.jobcenter.id, "2026-11")).status_code == 404
