"""What the books say of a paid list: our own wages, and what a partner is owed, unless it bills for itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.benefits import ContractForm
from jobcenter.billing.books import queries as books
from jobcenter.billing.books.domain import Account
from jobcenter.billing.payruns import service
from jobcenter.billing.payruns.domain import MakeRun
from jobcenter.billing.settings import service as settings
from jobcenter.billing.settings.domain import SaveTerms
from jobcenter.core import clock
from jobcenter.core.uow import unit_of_work
from tests.factories_billing import World

FRIDAY, SUNDAY, PAY_DAY = date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 30)
OURS = {Account.WAGES: "30.00", Account.WITHHOLDING_DUE: "-18.00", Account.BANK: "-12.00"}
PARTNERS = {Account.PARTNER_COSTS: "30.00", Account.PARTNER_PAYABLES: "-30.00"}


@pytest.mark.parametrize(
    ("form", "bills_from", "booked"),
    [
        (ContractForm.ASSIGNMENT, None, OURS),
        (ContractForm.PARTNER, None, PARTNERS),
        (ContractForm.PARTNER, FRIDAY, {}),
        (ContractForm.PARTNER, SUNDAY, PARTNERS),
    ],
)
def test_pay_is_booked_where_it_is_owed(session, now, form, bills_from, booked):
    world = World(form)
    world.worker.iban = "FI2112345600000785"
    world.hours(FRIDAY)
    if bills_from == SUNDAY:
        world.hours(SUNDAY)
    session.commit()
    terms = SaveTerms(
        payment_days=None, pay_days=None, partner_bills=bool(bills_from), version=0, partner_from=bills_from
    )
    with unit_of_work():
        settings.save_terms(world.coordinator, world.jobcenter.id, terms)
    with unit_of_work():
        run = service.make_run(world.coordinator, MakeRun(world.jobcenter.id, PAY_DAY, "one"))
    with unit_of_work():
        service.approve(world.second, run.id)
    with clock.frozen(clock.start_of(PAY_DAY)), unit_of_work():
        service.mark_paid(world.coordinator, run.id)
    sums = {account: books.balance_of(account, world.jobcenter.id) for account in Account}
    assert {account: amount for account, amount in sums.items() if amount} == {
        account: Decimal(amount) for account, amount in booked.items()
    }
