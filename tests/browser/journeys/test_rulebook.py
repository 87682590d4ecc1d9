"""Two administrators and a limit that the next year lacks: one enters it, the other confirms it, a worker sees it."""

from __future__ import annotations

from datetime import date, time

import pytest
from playwright.sync_api import expect

from jobcenter.auth.domain import Role
from jobcenter.auth.models import Jobcenter, User
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.earnings.jobs import check_changed
from jobcenter.earnings.rulebook.jobs import remind_of_missing_values
from tests import factories
from tests.factories_earnings import pensioner, wages
from tests.factories_orders import mails

LIMIT = "Gross earnings in a calendar month up to which a Kela disability pension"
PENSION = "Disability pension from Kela, and guarantee pension"
JANUARY = clock.at(date(2027, 1, 11), time(9))


@pytest.fixture
def house(session) -> Jobcenter:
    wages()
    return factories.jobcenter()


def administrator(at: Jobcenter, given_name: str) -> User:
    return factories.someone(Role.ADMIN, at, given_name=given_name, email=f"{given_name.lower()}@example.fi")


def test_a_missing_value_is_entered_by_one_and_confirmed_by_another(house, session, moment, visit, phone):
    pia, olli = administrator(house, "Pia"), administrator(house, "Olli")
    worker = pensioner(house, factories.someone(Role.WORKER, house, given_name="Veikko"))
    session.commit()
    moment.run(remind_of_missing_values)
    assert {mail.to for mail in mails("law_values")} == {"pia@example.fi", "olli@example.fi"}

    first = visit(pia).goes("/").sees("Values for 2027").follows("See the values of law")
    first.page.get_by_text(f"{PENSION} (1)").click()
    first.follows(LIMIT).sees("There is no value from Fri 1 Jan 2027 on.")
    first.types("Value, euros", "10128,80").types("Source", "Kela 1.12.2026")
    first.page.get_by_label("Seen in one source").check()
    first.presses("Send for confirmation").sees("The value differs by more than a quarter")
    first.types("Value, euros", "1012,88").presses("Send for confirmation")
    first.sees("You entered this. Another administrator must confirm it.")
    expect(first.page.get_by_role("button", name="Confirm the value")).to_have_count(0)

    moment.now = JANUARY
    before = phone(user_of(worker)).goes("/earnings")
    before.sees("Limit not known yet")

    second = visit(olli).goes("/").sees("1 value waits for a second administrator.")
    second.follows("See the values of law").follows("Check and decide")
    second.sees("+2.2%").presses("Confirm the value").sees("The value is confirmed.")
    moment.run(check_changed)
    before.goes("/earnings").sees("1,012.88")


def user_of(worker) -> User:
    return db.session.get_one(User, worker.user_id)
