"""The day of a statement's next time: who is told, once, and where it is listed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobcenter.notifications.models import OutgoingMail
from jobcenter.workers import queries
from jobcenter.workers.models import IncomeStatement
from jobcenter.workers.statement import jobs
from jobcenter.workers.statement import queries as statements
from tests.factories import NOW, TODAY
from tests.factories_statement import statement

TOMORROW = TODAY + timedelta(days=1)


def mails(session):
    return [(mail.to, mail.kind) for mail in session.query(OutgoingMail).order_by(OutgoingMail.id)]


def test_when_its_day_comes_the_person_and_the_coordinator_are_told_once(session, agreed):
    agreed.veikko.email = "veikko@example.fi"
    statement(agreed.veikko, review_on=TODAY)
    session.commit()
    assert jobs.remind_reviews(NOW).done == 1
    assert mails(session) == [
        ("veikko@example.fi", "statement_review"),
        (agreed.coordinator.email, "statement_reviews"),
    ]
    assert jobs.remind_reviews(NOW).done == 0
    assert statements.number_to_review(agreed.coordinating, TODAY) == 1
    assert statements.own_review_due(agreed.himself, TODAY) == agreed.veikko.id


def test_the_coordinator_lists_those_that_are_due(client, session, agreed, elsewhere):
    statement(agreed.veikko, review_on=TODAY)
    for reader in (agreed.coordinator, agreed.veikko_user):
        client.sign_in_as(reader)
        assert client.page("/").select_one('a[href*="statement"]')
    client.sign_in_as(agreed.coordinator)
    assert "something may have changed" in client.page(f"/workers/{agreed.veikko.id}/statement").text
    assert agreed.veikko.name in client.page("/statements/to-review").main.text
    client.sign_in_as(elsewhere.coordinator)
    assert "No statement waits" in client.page("/statements/to-review").text


NOT_DUE = [
    lambda world: statement(world.veikko, review_on=TOMORROW),
    lambda world: (statement(world.veikko, review_on=TODAY), statement(world.veikko, review_on=TOMORROW)),
    lambda world: (statement(world.veikko, review_on=TODAY), setattr(world.veikko, "active", False)),
    lambda world: (
        statement(world.veikko, review_on=TODAY),
        setattr(queries.consent_in_force(world.veikko.id, statements.PURPOSE), "withdrawn_at", NOW),
    ),
]


@pytest.mark.parametrize("make", NOT_DUE)
def test_what_is_not_due_is_not_told_of(session, agreed, make):
    make(agreed)
    session.commit()
    assert jobs.remind_reviews(NOW).done == 0
    assert (
        mails(session) == []
        and session.query(IncomeStatement).filter(IncomeStatement.reminded_at.is_not(None)).count() == 0
    )
