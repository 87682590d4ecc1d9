"""Pay runs from confirmed hours to paid; the worker's own page; and every refusal on the way."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from jobcenter.auth.domain import Role
from jobcenter.billing.payruns import service
from jobcenter.billing.payruns.domain import (
    ListIsStale,
    MakeRun,
    NotAPayDay,
    NothingToPay,
    Payer,
    PayRunStatus,
)
from jobcenter.billing.payruns.models import PayItem, PayRun
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.todo import Todo
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.workers.models import Worker
from tests import factories
from tests.factories_billing import IBAN, ON_PAY_DAY, PAY_DAY, World, approved, do, listed, tax_card
from tests.threads import in_threads

FRIDAY = date(2026, 11, 20)
KEY = "6f1c2a52-9d43-4f6c-9c50-0b1c5d1f7e11"


def items(session):
    return list(session.scalars(select(PayItem).order_by(PayItem.id)))


# Listing


def test_pay_is_listed_with_what_is_withheld_by_the_card(world, session):
    world.hours(FRIDAY, 3)
    world.hours(date(2026, 11, 19), 2, wage=Decimal("11.00"))
    tax_card(world.worker)
    session.commit()
    run = listed(world)
    (item,) = items(session)
    assert (run.status, run.pay_on) == (PayRunStatus.LISTED, PAY_DAY)
    assert (item.minutes, item.gross) == (300, Decimal("52.00"))
    assert (item.withheld, item.net) == (Decimal("4.42"), Decimal("47.58"))


def test_without_a_card_sixty_per_cent_is_withheld(world, session):
    world.hours(FRIDAY, 3)
    session.commit()
    listed(world)
    (item,) = items(session)
    assert (item.withheld, item.net) == (Decimal("18.00"), Decimal("12.00"))


def test_a_card_of_another_year_does_not_count(world, session):
    world.hours(FRIDAY, 3)
    tax_card(world.worker, valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    session.commit()
    listed(world)
    assert items(session)[0].withheld == Decimal("18.00")


def test_what_was_paid_before_takes_room_under_the_income_limit(world, session):
    world.hours(date(2026, 5, 4), 5, paid_on=date(2026, 5, 15))
    world.hours(date(2025, 12, 30), 5, paid_on=date(2025, 12, 31))
    world.hours(FRIDAY, 3)
    tax_card(world.worker, limit="60")
    session.commit()
    listed(world)
    (item,) = items(session)
    assert (item.over_limit, item.withheld) == (Decimal("20.00"), Decimal("7.25"))


def test_what_is_on_an_unpaid_list_takes_room_too(world, session):
    world.hours(date(2026, 11, 19), 5)
    tax_card(world.worker, limit="60")
    session.commit()
    listed(world)
    world.hours(FRIDAY, 3)
    session.commit()
    listed(world, key="two")
    assert [item.over_limit for item in items(session)] == [Decimal("0.00"), Decimal("20.00")]


def test_nothing_is_withheld_in_the_prepayment_register(world, session):
    world.worker.in_prepayment_register = True
    world.hours(FRIDAY, 3)
    session.commit()
    listed(world)
    assert items(session)[0].net == Decimal("30.00")


def test_the_partner_pays_its_own_employees(world, session):
    world.hours(FRIDAY, 3, order=factories.order(world.jobcenter, world.organisation))
    world.hours(date(2026, 11, 19), 2)
    session.commit()
    listed(world)
    assert {item.payer: item.gross for item in items(session)} == {
        Payer.PARTNER: Decimal("30.00"),
        Payer.JOBCENTER: Decimal("20.00"),
    }


def test_the_same_form_makes_one_list_and_hours_are_on_one_list_only(world, session):
    world.hours(FRIDAY)
    session.commit()
    assert listed(world).id == listed(world).id
    with pytest.raises(NothingToPay):
        listed(world, key="two")


@pytest.mark.parametrize("facts", [{"status": EntryStatus.LOGGED}, {"paid_on": FRIDAY}])
def test_only_confirmed_unpaid_hours_are_listed(world, session, facts):
    world.hours(FRIDAY, **facts)
    session.commit()
    with pytest.raises(NothingToPay):
        listed(world)


def test_a_day_that_is_no_pay_day_is_refused(world, session):
    world.hours(FRIDAY)
    session.commit()
    with pytest.raises(NotAPayDay):
        listed(world, day=date(2026, 11, 24))


def test_two_coordinators_at_once_list_the_hours_once(world, session, app):
    for day in range(2, 6):
        world.hours(date(2026, 11, day))
    session.commit()
    actor, refused = world.coordinator, []
    jobcenter_id, day = world.jobcenter.id, service.pay_days(world.jobcenter.id)[0]
    session.rollback()

    def make(key):
        try:
            do(service.make_run, actor, MakeRun(jobcenter_id, day, key))
        except DomainError as error:
            refused.append(error.code)

    in_threads(app, [lambda key=key: make(key) for key in ("a", "b", "c")])
    session.rollback()
    assert refused == ["nothing_to_pay"] * 2
    assert session.scalar(select(func.count()).select_from(PayItem)) == 1


# Paying


def test_paid_hours_get_their_day_and_the_earnings_are_looked_at_again(world, session):
    entry = world.hours(FRIDAY)
    session.commit()
    run = approved(world, session)
    with clock.frozen(ON_PAY_DAY):
        do(service.mark_paid, world.coordinator, run.id)
    assert session.get(TimeEntry, entry.id).paid_on == PAY_DAY
    assert run.status is PayRunStatus.PAID
    todo = session.scalars(select(Todo).where(Todo.kind == "income_changed")).one()
    assert todo.key == str(world.worker.id)
    with clock.frozen(ON_PAY_DAY), pytest.raises(AlreadyDone):
        do(service.mark_paid, world.coordinator, run.id)
    with pytest.raises(NotPossible):
        do(service.discard, world.coordinator, run.id)


def test_before_its_day_a_list_is_not_paid(world, session):
    world.hours(FRIDAY)
    session.commit()
    run = approved(world, session)
    with pytest.raises(DomainError, match="pay_day_not_come"):
        do(service.mark_paid, world.coordinator, run.id)


@pytest.mark.parametrize(
    "change", [{"minutes": 60}, {"status": EntryStatus.DISPUTED}, {"wage": Decimal("12.00")}, {"paid_on": FRIDAY}]
)
def test_a_list_whose_hours_changed_is_not_paid(world, session, change):
    entry = world.hours(FRIDAY)
    session.commit()
    run = approved(world, session)
    for name, value in change.items():
        setattr(session.get(TimeEntry, entry.id), name, value)
    session.commit()
    with clock.frozen(ON_PAY_DAY), pytest.raises(ListIsStale):
        do(service.mark_paid, world.coordinator, run.id)


def test_a_discarded_list_lets_its_hours_go(world, session):
    world.hours(FRIDAY)
    session.commit()
    run = listed(world)
    do(service.discard, world.coordinator, run.id)
    with pytest.raises(AlreadyDone):
        do(service.discard, world.coordinator, run.id)
    assert listed(world, key="two").id != run.id


def test_another_jobcenters_coordinator_finds_nothing(world, session):
    world.hours(FRIDAY)
    session.commit()
    stranger = factories.coordinator(factories.jobcenter())
    session.commit()
    with pytest.raises(NotFound):
        do(service.make_run, stranger, MakeRun(world.jobcenter.id, PAY_DAY, "x"))
    run = listed(world)
    for verb in (service.mark_paid, service.discard, service.approve, service.withdraw, service.take_file):
        with pytest.raises(NotFound):
            do(verb, stranger, run.id)


# Pages


def test_from_the_preview_to_the_paid_list(world, session, as_user):
    world.hours(FRIDAY)
    world.worker.iban = IBAN
    session.commit()
    client, path = as_user(world.coordinator_user), f"/pay-runs/new/{world.jobcenter.id}"
    page = client.page(path)
    assert "No tax card: 60%" in page.text
    data = {"pay_on": "2026-11-30", "form_key": KEY}
    for nothing in ("", "zzz"):
        refused = client.post(path, data=data | {"pay_on": nothing})
        assert refused.status_code == 422 and 'id="pay_on-0"' in refused.text
    places = {client.post(path, data=data).location for _each in range(2)}
    (place,) = places
    assert "somebody else approves it" in client.page(place).text
    assert client.post(f"{place}/approve").status_code == 409
    assert client.post(f"{place}/paid").status_code == 409
    second = as_user(world.second_user)
    assert second.post(f"{place}/approve").status_code == 302
    assert "can be marked as paid on that day" in second.page(place).text
    file = second.post(f"{place}/file")
    assert (file.status_code, file.mimetype) == (200, "application/xml")
    client = as_user(world.coordinator_user)
    assert client.post(f"{place}/paid").status_code == 409
    with clock.frozen(ON_PAY_DAY):
        for _each in range(2):
            assert client.post(f"{place}/paid").status_code == 302
        assert "Mark as paid" not in client.page(place).text
    assert session.scalars(select(PayRun.status)).one() is PayRunStatus.PAID
    assert "Paid" in client.page("/pay-runs").text


def test_a_double_click_throws_a_list_away_once(world, session, as_user):
    world.hours(FRIDAY)
    session.commit()
    run, client = listed(world), as_user(world.coordinator_user)
    for _each in range(2):
        assert client.post(f"/pay-runs/{run.id}/discard").status_code == 302


def test_the_file_holds_names_and_accounts_and_no_formula(world, session, as_user):
    world.worker.given_name, world.worker.family_name = "=1+1", "Å Ä Ö Š 😀"
    world.worker.iban, world.worker.account_holder = "FI2112345600000785", "@Edunvalvoja"
    world.hours(FRIDAY)
    world.hours(FRIDAY, by=factories.worker(world.jobcenter, family_name="Öhman"))
    session.commit()
    run = listed(world)
    reply = as_user(world.coordinator_user).get(f"/pay-runs/{run.id}/csv")
    assert reply.mimetype == "text/csv"
    assert "attachment" in reply.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(reply.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1:4] == ["'=1+1 Å Ä Ö Š 😀", "'@Edunvalvoja", "FI2112345600000785"]
    assert rows[1][5:10] == ["3,00", "30,00", "18,00", "0,00", "12,00"]
    assert rows[2][3] == "missing"


@pytest.mark.parametrize("path", ["/pay-runs", "/pay-runs/1", "/pay-runs/1/csv", "/pay-runs/new/1", "/my-pay"])
def test_nobody_reads_without_signing_in(world, client, path):
    assert client.get(path).status_code == 302


@pytest.mark.parametrize(
    "path", ["/pay-runs/1/paid", "/pay-runs/1/discard", "/pay-runs/1/approve", "/pay-runs/1/file", "/pay-runs/new/1"]
)
def test_nobody_acts_without_signing_in(world, client, path):
    assert client.post(path).status_code == 302


def test_only_the_own_coordinator_sees_a_run(world, session, as_user):
    world.hours(FRIDAY)
    session.commit()
    run = listed(world)
    stranger = factories.someone(Role.COORDINATOR, factories.jobcenter())
    session.commit()
    paths = [f"/pay-runs/{run.id}", f"/pay-runs/{run.id}/csv", f"/pay-runs/new/{world.jobcenter.id}"]
    assert {as_user(stranger).get(path).status_code for path in paths} == {404}
    assert {as_user(world.orderer).get(path).status_code for path in paths} == {403}
    assert {as_user(world.worker_user).get(path).status_code for path in paths} == {403}


# My pay


def test_the_worker_sees_what_comes_when(world, session, as_user):
    tax_card(world.worker)
    world.worker.iban = "FI2112345600000785"
    world.hours(FRIDAY)
    world.hours(date(2026, 11, 19), status=EntryStatus.LOGGED)
    session.commit()
    text = as_user(world.worker_user).page("/my-pay").select_one("main").text
    for words in ("Mon 30 Nov 2026", "€30.00", "€2.55", "€27.45", "November 2026", "… 0785", "estimate"):
        assert words in text
    assert "logged hours for €30.00" in text


def test_the_worker_sees_what_was_paid(world, session, as_user):
    world.hours(FRIDAY)
    world.hours(date(2026, 10, 2), 2, paid_on=date(2026, 10, 15))
    session.commit()
    run = approved(world, session)
    with clock.frozen(ON_PAY_DAY):
        do(service.mark_paid, world.coordinator, run.id)
        page = as_user(world.worker_user).page("/my-pay")
    text = page.select("main section")[1].text
    assert "€12.00" in text and "€20.00" in text
    assert text.index("30 Nov 2026") < text.index("15 Oct 2026")
    assert "… 0785" in page.text


def test_a_worker_of_two_jobcenters_sees_the_pay_of_both(world, session, as_user):
    other = World()
    with_both = factories.worker(other.jobcenter, factories.grant(world.worker_user, Role.WORKER, other.jobcenter))
    tax_card(world.worker)
    tax_card(with_both)
    world.hours(FRIDAY, 3)
    other.hours(FRIDAY, 5, by=with_both)
    session.commit()
    text = as_user(world.worker_user).page("/my-pay").text
    assert "€30.00" in text and "€50.00" in text


def test_a_worker_without_a_tax_card_is_told_what_to_do(world, session, as_user):
    world.hours(FRIDAY)
    session.commit()
    assert "Give the tax card to your coordinator" in as_user(world.worker_user).page("/my-pay").text
    tax_card(world.worker)
    session.commit()
    assert "Give the tax card to your coordinator" not in as_user(world.worker_user).page("/my-pay").text


def test_a_worker_sees_nobody_elses_pay(world, session, as_user):
    other = factories.someone(Role.WORKER, world.jobcenter)
    world.hours(FRIDAY, 7, by=factories.worker(world.jobcenter, other))
    session.commit()
    assert "€70.00" not in as_user(world.worker_user).page("/my-pay").text
    assert "€70.00" in as_user(other).page("/my-pay").text


def test_queries_do_not_grow_with_workers(world, session, as_user, query_count):
    counts = []
    for wanted in (1, 20):
        for _each in range(session.scalar(select(func.count()).select_from(Worker)), wanted + 1):
            world.hours(FRIDAY, by=factories.worker(world.jobcenter))
        session.commit()
        client = as_user(world.coordinator_user)
        with query_count() as statements:
            client.page(f"/pay-runs/new/{world.jobcenter.id}")
        counts.append(len(statements.queries))
    assert counts[0] == counts[1]
