"""The books on both databases: what is posted, and what the database itself refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from jobcenter.auth.domain import SYSTEM, Actor, Grant, Role
from jobcenter.billing.books import domain_events as events
from jobcenter.billing.books import queries, service
from jobcenter.billing.books.domain import Account, MonthClosed, PostedDifferently
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, NotPossible
from jobcenter.core.uow import unit_of_work
from tests import factories
from tests.threads import in_threads

NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _now(session):
    with clock.frozen(factories.NOW):
        yield


@pytest.fixture
def house(session):
    house = factories.jobcenter()
    session.commit()
    return house


def pay(house, key: int = 1, gross: str = "30.00", day: date = date(2026, 11, 13)) -> events.PaidWork:
    return events.PaidWork(jobcenter_id=house.id, item_id=key, day=day, gross=Decimal(gross), withheld=Decimal("3.00"))


def posted(*works: events.PaidWork) -> list[str | None]:
    with unit_of_work():
        return service.post_all(SYSTEM, [events.worker_paid(work) for work in works])


def test_an_event_is_posted_once(house):
    (first,) = posted(pay(house))
    assert posted(pay(house)) == [first]
    assert queries.balance_of(Account.WAGES, house.id) == Decimal("30.00")
    assert queries.balance_of(Account.BANK, house.id) == Decimal("-27.00")
    with pytest.raises(PostedDifferently):
        posted(pay(house, gross="40.00"))


def test_vouchers_are_numbered_without_gaps(house, session):
    posted(pay(house, 1), pay(house, 2))
    with pytest.raises(PostedDifferently):
        posted(pay(house, 3), pay(house, 1, "40.00"))
    posted(pay(house, 4))
    assert list(session.scalars(text("select number from ledger_entry order by number"))) == [1, 2, 3]


def test_an_entry_is_taken_back_once(house):
    posted(pay(house))
    with unit_of_work():
        service.reverse(SYSTEM, "pay_item:1:paid", day=date(2026, 11, 20), text="")
    assert queries.balance_of(Account.WAGES, house.id) == 0
    with pytest.raises(AlreadyDone), unit_of_work():
        service.reverse(SYSTEM, "pay_item:1:paid", day=date(2026, 11, 20), text="")


def test_many_at_once_take_each_number_once_and_post_each_event_once(app, house, session):
    works = [pay(house, key) for key in (1, 1, 1, 2, 3, 4, 5, 6)]
    session.rollback()

    def post(work: events.PaidWork) -> None:
        with clock.frozen(factories.NOW):
            posted(work)

    in_threads(app, [partial(post, work) for work in works])
    assert list(session.scalars(text("select number from ledger_entry order by number"))) == list(range(1, 7))


STATEMENTS = {
    "change a line": "update ledger_line set debit = debit + 1",
    "remove a line": "delete from ledger_line",
    "change an entry": "update ledger_entry set booked_on = '2026-01-01'",
    "remove an entry": "delete from ledger_entry",
    "reopen a month": "delete from ledger_month",
    "add to a sealed entry": """
        insert into ledger_line (entry_id, position, account, debit, credit)
        select id, 99, 'bank', 1, 0 from ledger_entry""",
    "an entry that does not balance": """
        insert into ledger_line (entry_id, position, account, debit, credit)
        values ('crooked', 1, 'bank', 1, 0), ('crooked', 2, 'wages', 0, 0.99)""",
    "an entry without lines": "select 1",
    "a line without an entry": """
        insert into ledger_line (entry_id, position, account, debit, credit) values ('orphan', 1, 'bank', 1, 0)""",
    "a line on both sides": """
        insert into ledger_line (entry_id, position, account, debit, credit) values ('x', 1, 'bank', 1, 1)""",
    "a receivable of no invoice": """
        insert into ledger_line (entry_id, position, account, debit, credit) values ('x', 1, 'receivables', 1, 0)""",
}
SEAL = """
    insert into ledger_entry
    select '{id}', jobcenter_id, number + 50, '{id}', kind, happened_on, {booked_on}, text, source_type, source_id,
        null, made_by, made_at from ledger_entry"""
SEALED = {"an entry that does not balance": "crooked", "an entry without lines": "empty"}


@pytest.mark.parametrize("what", STATEMENTS)
def test_the_database_refuses(house, session, what):
    posted(pay(house))
    _close(house, OCTOBER)
    with pytest.raises(DBAPIError):
        session.execute(text(STATEMENTS[what]))
        if what in SEALED:
            session.execute(text(SEAL.format(id=SEALED[what], booked_on="booked_on")))
        session.commit()
    session.rollback()


def test_the_database_refuses_an_entry_in_a_closed_month(house, session):
    posted(pay(house))
    _close(house, OCTOBER)
    balanced = STATEMENTS["an entry that does not balance"].replace("0.99", "1")
    for day, is_refused in (("2026-10-31", True), ("2026-02-01", True), ("2026-11-01", False)):
        session.execute(text(balanced))
        booked_on = f"cast('{day}' as date)" if session.get_bind().dialect.name == "postgresql" else f"'{day}'"
        seal = text(SEAL.format(id="crooked", booked_on=booked_on))
        if is_refused:
            with pytest.raises(DBAPIError):
                session.execute(seal)
        else:
            session.execute(seal)
        session.rollback()


def test_what_comes_after_the_close_is_booked_in_the_open_month(house, session):
    _close(house, OCTOBER)
    posted(pay(house, day=date(2026, 10, 30)))
    row = session.execute(text("select happened_on, booked_on from ledger_entry")).one()
    assert [str(day) for day in row] == ["2026-10-30", "2026-11-01"]


def test_a_month_is_closed_once_and_when_it_is_over(house):
    _close(house, OCTOBER)
    for month, refusal in ((OCTOBER, AlreadyDone), (date(2026, 9, 1), AlreadyDone), (NOVEMBER, NotPossible)):
        with pytest.raises(refusal):
            _close(house, month)


def test_a_race_with_the_close_is_refused_in_words(house, session, monkeypatch):
    _close(house, OCTOBER)
    monkeypatch.setattr(queries, "closed_until", lambda _jobcenter_id: None)
    with pytest.raises(MonthClosed):
        posted(pay(house, day=date(2026, 10, 30)))


def _close(house, month: date) -> None:
    keeper = Actor(user_id=None, name="Ada", language="fi", grants=frozenset({Grant(Role.ADMIN, house.id)}))
    with unit_of_work():
        service.close_month(keeper, house.id, month)
