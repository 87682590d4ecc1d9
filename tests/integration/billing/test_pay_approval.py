"""Pay runs are approved by a second person, taken to the bank in a file, and pay on what a bailiff takes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from jobcenter.billing import sepa
from jobcenter.billing.books.domain import Account
from jobcenter.billing.books.models import LedgerLine
from jobcenter.billing.payruns import service
from jobcenter.billing.payruns.domain import AccountMissing, FileTaken, ListIsStale, PayDayPassed, SamePerson
from jobcenter.billing.payruns.models import EnforcementOrder, PayItem
from jobcenter.core import clock
from jobcenter.core.errors import NotPossible
from tests import factories
from tests.factories_billing import IBAN, ON_PAY_DAY, PAY_DAY, approved, do, listed, tax_card
from tests.schemas import PAIN, assert_valid

FRIDAY = date(2026, 11, 20)


def items(session):
    return list(session.scalars(select(PayItem).order_by(PayItem.id)))


def balance(session, account):
    query = select(func.sum(LedgerLine.debit - LedgerLine.credit)).where(LedgerLine.account == account)
    return session.scalar(query)


def bailiff(world, **facts):
    """A prohibition that takes a half of each pay, told before every list."""
    given = {"worker_id": world.worker.id, "valid_from": date(2026, 1, 1), "told_by": "Kaisa", "told_at": clock.now()}
    figures = {"share_percent": Decimal("50"), "protected": Decimal("0")}
    to = {"payee": "Ulosottolaitos", "iban": "FI3715903000000776", "reference": "12344"}
    return factories.stored(EnforcementOrder(**given | figures | to | facts))


def test_whoever_made_a_list_does_not_approve_it(world, session):
    world.hours(FRIDAY)
    world.worker.iban = IBAN
    session.commit()
    run = listed(world)
    with pytest.raises(SamePerson):
        do(service.approve, world.coordinator, run.id)
    assert do(service.approve, world.second, run.id).approved_by == "Toini Mallinen"


def test_an_unapproved_list_is_neither_paid_nor_taken_to_the_bank(world, session):
    world.hours(FRIDAY)
    session.commit()
    run = listed(world)
    with clock.frozen(ON_PAY_DAY):
        for verb in (service.mark_paid, service.take_file):
            with pytest.raises(NotPossible):
                do(verb, world.coordinator, run.id)


def test_without_an_account_nothing_is_approved(world, session):
    world.hours(FRIDAY)
    session.commit()
    run = listed(world)
    with pytest.raises(AccountMissing):
        do(service.approve, world.second, run.id)


CHANGES = {
    "another account": lambda world, order: setattr(world.worker, "iban", "FI4950009420028730"),
    "another holder": lambda world, order: setattr(world.worker, "account_holder", "Edunvalvonta"),
    "a tax card": lambda world, order: tax_card(world.worker),
    "a prohibition": lambda world, order: bailiff(world, told_at=clock.now() + timedelta(minutes=1)),
    "the end of one": lambda world, order: setattr(order, "valid_to", PAY_DAY - timedelta(days=1)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_list_whose_facts_changed_is_neither_approved_nor_taken_to_the_bank(world, session, change):
    order = bailiff(world)
    world.hours(FRIDAY)
    run = approved(world, session)
    world.hours(date(2026, 11, 19))
    session.commit()
    second = listed(world, "two")
    change(world, order)
    session.commit()
    for verb, actor, list_id in (
        (service.take_file, world.coordinator, run.id),
        (service.approve, world.second, second.id),
    ):
        with pytest.raises(ListIsStale):
            do(verb, actor, list_id)


def test_a_list_that_left_room_under_a_limit_to_one_thrown_away_is_made_again(world, session):
    tax_card(world.worker, limit="30")
    world.worker.iban = IBAN
    world.hours(FRIDAY)
    session.commit()
    first = listed(world)
    world.hours(date(2026, 11, 19))
    session.commit()
    second = listed(world, "two")
    assert [item.over_limit for item in items(session)] == [0, 30]
    do(service.discard, world.coordinator, first.id)
    listed(world, "three")
    with pytest.raises(ListIsStale):
        do(service.approve, world.second, second.id)


def test_a_list_made_later_for_an_earlier_day_takes_its_room_first(world, session):
    tax_card(world.worker, limit="30")
    world.worker.iban = IBAN
    world.hours(FRIDAY)
    session.commit()
    later = listed(world, day=date(2026, 12, 15))
    world.hours(date(2026, 11, 19))
    session.commit()
    earlier = listed(world, "two")
    with pytest.raises(ListIsStale):
        do(service.approve, world.second, later.id)
    do(service.approve, world.second, earlier.id)


def test_lists_side_by_side_are_approved_in_any_order(world, session):
    tax_card(world.worker, limit="40")
    world.worker.iban = IBAN
    world.hours(FRIDAY)
    session.commit()
    first = listed(world)
    world.hours(date(2026, 11, 19))
    session.commit()
    second = listed(world, "two")
    for run in (second, first):
        do(service.approve, world.second, run.id)
        do(service.take_file, world.coordinator, run.id)
        with clock.frozen(ON_PAY_DAY):
            do(service.mark_paid, world.coordinator, run.id)


def test_after_its_pay_day_a_list_is_neither_approved_nor_taken_to_the_bank(world, session):
    world.hours(FRIDAY)
    run = approved(world, session)
    world.hours(date(2026, 11, 19))
    session.commit()
    second = listed(world, "two")
    with clock.frozen(ON_PAY_DAY + timedelta(days=1)):
        for verb, actor, list_id in (
            (service.take_file, world.coordinator, run.id),
            (service.approve, world.second, second.id),
        ):
            with pytest.raises(PayDayPassed):
                do(verb, actor, list_id)
    with clock.frozen(ON_PAY_DAY):
        do(service.take_file, world.coordinator, run.id)
    with clock.frozen(ON_PAY_DAY + timedelta(days=1)):
        do(service.take_file, world.coordinator, run.id)


def test_the_file_is_the_same_each_time_and_then_the_approval_stands(world, session):
    world.hours(FRIDAY)
    session.commit()
    run = approved(world, session)
    first = sepa.xml_of(do(service.take_file, world.coordinator, run.id))
    assert sepa.xml_of(do(service.take_file, world.coordinator, run.id)) == first
    assert_valid(first, PAIN)
    with pytest.raises(FileTaken):
        do(service.withdraw, world.second, run.id)


def test_what_a_bailiff_takes_goes_to_the_bailiff_and_ends_with_the_debt(world, session):
    tax_card(world.worker, rate="10")
    bailiff(world, debt=Decimal("20.00"))
    world.hours(FRIDAY, 3)
    session.commit()
    run = approved(world, session)
    (item,) = items(session)
    assert (item.gross, item.withheld, item.net) == (Decimal("30.00"), Decimal("3.00"), Decimal("27.00"))
    assert (item.enforced, item.to_account) == (Decimal("13.50"), Decimal("13.50"))
    file = do(service.take_file, world.coordinator, run.id)
    assert [(transfer.name, transfer.amount) for transfer in file.transfers] == [
        (world.worker.name, Decimal("13.50")),
        ("Ulosottolaitos", Decimal("13.50")),
    ]
    with clock.frozen(ON_PAY_DAY):
        do(service.mark_paid, world.coordinator, run.id)
    assert (balance(session, Account.ENFORCEMENT_DUE), balance(session, Account.BANK)) == (0, -file.total)
    world.hours(date(2026, 11, 19), 3)
    session.commit()
    second = listed(world, "two")
    assert session.scalars(select(PayItem.enforced).where(PayItem.pay_run_id == second.id)).one() == Decimal("6.50")
