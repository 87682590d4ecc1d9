"""Payments that the bank returned: owed until they are paid again, by a list of their own; and every refusal."""

from datetime import date, time
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import func, select

from jobcenter.auth.domain import Role
from jobcenter.billing.books.domain import Account
from jobcenter.billing.books.models import LedgerLine
from jobcenter.billing.payruns import queries, service, service_returns
from jobcenter.billing.payruns.domain import MakeRun, SamePerson
from jobcenter.billing.payruns.domain_returns import Returned, ReturnWrong
from jobcenter.billing.payruns.models import EnforcementOrder, PayItem
from jobcenter.billing.register import service as register
from jobcenter.billing.register.domain import ReportStatus
from jobcenter.billing.register.models import RegisterReport
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, NotFound
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.hours import service as hours_service
from jobcenter.orders.hours.domain import Billed, EditHours, Typed
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.workers.models import TaxCard
from tests import factories
from tests.factories_billing import tax_card

PAY_DAY, BACK = date(2026, 11, 30), date(2026, 12, 2)
OLD, NEW = "FI2112345600000785", "FI3715903000000776"


def do(verb, *args):
    with unit_of_work():
        return verb(*args)


@pytest.fixture
def paid(world, session):
    """One person's pay of which a bailiff took a part, paid on 30 November; it is 2 December."""
    world.worker.iban = OLD
    tax_card(world.worker, rate="10")
    to = {"payee": "Ulosottolaitos", "iban": NEW, "reference": "12344", "told_by": "Kaisa", "told_at": clock.now()}
    figures = {"share_percent": Decimal("50"), "protected": Decimal("0"), "debt": Decimal("20.00")}
    factories.stored(EnforcementOrder(worker_id=world.worker.id, valid_from=date(2026, 1, 1), **to, **figures))
    world.hours(date(2026, 11, 20), 6)
    session.commit()
    run = do(service.make_run, world.coordinator, MakeRun(world.jobcenter.id, PAY_DAY, "one"))
    do(service.approve, world.second, run.id)
    with clock.frozen(clock.start_of(PAY_DAY)):
        do(service.mark_paid, world.coordinator, run.id)
    with clock.frozen(clock.start_of(BACK)):
        yield session.scalars(select(PayItem)).one()


def come_back(world, item, day=BACK):
    return do(service_returns.note_returned, world.coordinator, Returned(item.id, day, "Account closed"))


def balance(session, account):
    query = select(func.coalesce(func.sum(LedgerLine.debit - LedgerLine.credit), 0))
    return session.scalar(query.where(LedgerLine.account == account))


def test_the_money_is_owed_and_the_hours_are_unpaid(world, paid, session):
    come_back(world, paid)
    assert session.scalars(select(TimeEntry.paid_on)).one() is None
    assert queries.waiting_in(world.jobcenter.id) == []
    assert balance(session, Account.WAGES_DUE) == Decimal("-34.00")
    assert session.scalars(select(RegisterReport.status)).one() is ReportStatus.CANCELLED
    with pytest.raises(AlreadyDone):
        come_back(world, paid)


def test_it_is_paid_again_once_to_the_new_account_by_two_people(world, paid, session):
    come_back(world, paid)
    world.worker.iban = NEW
    session.commit()
    again = do(service_returns.list_again, world.coordinator, paid.id)
    with pytest.raises(AlreadyDone):
        do(service_returns.list_again, world.coordinator, paid.id)
    with pytest.raises(SamePerson):
        do(service.approve, world.coordinator, again.id)
    do(service.approve, world.second, again.id)
    (transfer,) = do(service.take_file, world.coordinator, again.id).transfers
    assert (transfer.iban, transfer.amount) == (NEW, Decimal("34.00"))
    assert transfer.id != f"JC{world.jobcenter.id}-P{paid.id}"
    do(service.mark_paid, world.coordinator, again.id)
    assert session.scalars(select(TimeEntry.paid_on)).one() == again.pay_on == BACK
    assert session.get(PayItem, paid.id).paid_again_on == BACK
    sums = {Account.WAGES_DUE: "0", Account.BANK: "-54", Account.WAGES: "60", Account.ENFORCEMENT_DUE: "0"}
    assert {account: balance(session, account) for account in sums} == {
        account: Decimal(amount) for account, amount in sums.items()
    }
    reports = session.scalars(select(RegisterReport).order_by(RegisterReport.id)).all()
    assert [report.status for report in reports] == [ReportStatus.CANCELLED, ReportStatus.DUE]
    assert reports[0].reference != reports[1].reference and reports[1].paid_on == BACK


def test_a_list_thrown_away_leaves_the_money_owed(world, paid, session):
    come_back(world, paid)
    again = do(service_returns.list_again, world.coordinator, paid.id)
    do(service.discard, world.coordinator, again.id)
    assert queries.waiting_in(world.jobcenter.id) == []
    assert do(service_returns.list_again, world.coordinator, paid.id).id != again.id


def test_what_came_back_still_takes_its_room_under_the_cards_limit(world, paid, session):
    card = session.scalars(select(TaxCard)).one()
    card.income_limit = Decimal("70.00")
    world.hours(date(2026, 11, 19), 3)
    session.commit()
    come_back(world, paid)
    (listed,) = service.preview(world.jobcenter.id, date(2026, 12, 15))
    assert listed.pay.over_limit == Decimal("20.00")
    again = do(service_returns.list_again, world.coordinator, paid.id)
    (listed,) = service.preview(world.jobcenter.id, date(2026, 12, 15))
    assert listed.pay.over_limit == Decimal("20.00")
    do(service.approve, world.second, again.id)


def test_hours_stay_as_paid_while_their_pay_is_owed(world, paid, session):
    come_back(world, paid)
    hours = session.scalars(select(TimeEntry)).one()
    typed = Typed(date(2026, 11, 20), time(9), time(13), 0)
    correct = partial(hours_service.edit_hours, world.coordinator, hours.id, EditHours(typed, "Wrong", hours.version))
    with pytest.raises(Billed, match="hours_pay_owed"):
        do(correct)
    again = do(service_returns.list_again, world.coordinator, paid.id)
    with pytest.raises(Billed, match="hours_pay_owed"):
        do(correct)
    do(service.discard, world.coordinator, again.id)
    again = do(service_returns.list_again, world.coordinator, paid.id)
    do(service.approve, world.second, again.id)
    do(service.mark_paid, world.coordinator, again.id)
    session.refresh(hours)
    assert (hours.paid_on, hours.pay_returned_on) == (BACK, None)


@pytest.mark.parametrize("day", [date(2026, 11, 29), date(2026, 12, 3)])
def test_a_day_that_cannot_be_is_refused(world, paid, day):
    with pytest.raises(ReturnWrong):
        come_back(world, paid, day)


def test_while_the_register_has_not_answered_nothing_is_reported_twice(world, paid, session):
    report = session.scalars(select(RegisterReport)).one()
    report.status = ReportStatus.FILED
    session.commit()
    with pytest.raises(ReturnWrong):
        come_back(world, paid)
    do(partial(register.note_answer, accepted=True, answer=""), world.coordinator, report.id)
    come_back(world, paid)
    assert report.status is ReportStatus.TO_CANCEL


def test_what_did_not_come_back_is_not_paid_again(world, paid):
    with pytest.raises(ReturnWrong):
        do(service_returns.list_again, world.coordinator, paid.id)


def test_pages_and_who_finds_nothing(world, paid, session, as_user):
    stranger = factories.someone(Role.COORDINATOR, factories.jobcenter(), given_name="Vieras")
    session.commit()
    path = f"/pay-runs/{paid.pay_run_id}/returned"
    assert as_user(stranger).get(path).status_code == 404
    for verb, given in ((service_returns.list_again, paid.id), (service_returns.list_all_again, paid.pay_run_id)):
        with pytest.raises(NotFound):
            do(verb, factories.actor(stranger), given)
    coordinator = as_user(world.coordinator_user)
    data = {"item": str(paid.id), "day": "2.12.2026", "reason": "Account closed"}
    assert coordinator.post(path, data=data | {"day": "1.1.2026"}).status_code == 422
    assert [coordinator.post(path, data=data).status_code for _each in range(2)] == [302, 302]
    text = coordinator.page(path).text
    assert "Owed to the worker" in text and "If the bank refused the whole file" in text
    assert "The bank sent this money back" in as_user(world.worker_user).page("/my-pay").text
    place = as_user(world.coordinator_user).post(f"/pay-runs/items/{paid.id}/again").location
    assert "pays again what the bank returned" in as_user(world.coordinator_user).page(place).text


def test_all_that_a_list_paid_comes_back_at_once_and_goes_out_again_by_one_list(world, paid, session, as_user):
    other = factories.worker(world.jobcenter, iban=OLD)
    for worker in (world.worker, other):
        world.hours(date(2026, 11, 27), 3, by=worker)
    session.commit()
    run = do(service.make_run, world.coordinator, MakeRun(world.jobcenter.id, date(2026, 12, 15), "two"))
    do(service.approve, world.second, run.id)
    with clock.frozen(clock.start_of(run.pay_on)):
        do(service.mark_paid, world.coordinator, run.id)
        client, path = as_user(world.coordinator_user), f"/pay-runs/{run.id}/returned"
        assert "All 2, " in client.page(path).text
        noted = {"item": "all", "day": "15.12.2026", "reason": "Tili puuttuu"}
        assert [client.post(path, data=noted).status_code for _each in range(2)] == [302, 302]
        assert "It is noted already" in client.page(path).text
        assert balance(session, Account.WAGES_DUE) == Decimal("-39.00")
        assert "If the bank refused the whole file" not in client.page(path).text
        places = [client.post(f"{path}/again").location for _each in range(2)]
        transfers = queries.items_of(int(places[0].rpartition("/")[2]))
        assert sorted(item.to_account for item in transfers) == [Decimal("12.00"), Decimal("27.00")]
        assert (places[1], paid.returned_on) == (path, None)
        do(service.approve, world.second, transfers[0].pay_run_id)
        do(service.mark_paid, world.coordinator, transfers[0].pay_run_id)
        assert balance(session, Account.WAGES_DUE) == 0
        with pytest.raises(AlreadyDone):
            do(service_returns.list_all_again, world.coordinator, run.id)


def test_the_payslip_and_the_list_say_that_it_came_back(world, paid, session, as_user):
    come_back(world, paid)
    slip = as_user(world.worker_user).get(f"/my-pay/{paid.id}").text
    assert "the month in which it is paid again" in slip and "so it is not in the sums" in slip
    assert "This payment is in the sums" not in slip
    assert "Came back" in as_user(world.coordinator_user).get(f"/pay-runs/{paid.pay_run_id}").text
    again = do(service_returns.list_again, world.coordinator, paid.id)
    do(service.approve, world.second, again.id)
    do(service.mark_paid, world.coordinator, again.id)
    slip = as_user(world.worker_user).get(f"/my-pay/{paid.id}").text
    assert "December 2026" in slip and "November 2026" not in slip
