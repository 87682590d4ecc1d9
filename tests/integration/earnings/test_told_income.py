"""Income that a person tells of stands in the ledger, marked as told, and every change looks at the limits again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jobcenter.auth.domain import Role
from jobcenter.benefits import ContractForm, IncomeState
from jobcenter.core import audit, clock, todo
from jobcenter.core.errors import AlreadyDone, NotFound
from jobcenter.core.uow import unit_of_work
from jobcenter.earnings import queries
from jobcenter.workers.domain import ConsentPurpose
from jobcenter.workers.told import service
from jobcenter.workers.told.domain import IncomeTold
from tests import factories
from tests.factories import NOW, TODAY
from tests.factories_earnings import wages
from tests.factories_statement import told_income

CLEANING = IncomeTold("Siivous", ContractForm.ASSIGNMENT, True, Decimal("200.00"), None, date(2026, 10, 1), None)


@pytest.fixture(autouse=True)
def frozen_clock(session):
    with clock.frozen(NOW):
        yield


@pytest.fixture
def place(session):
    wages()
    return factories.jobcenter()


def do(verb, *arguments):
    with unit_of_work():
        return verb(*arguments)


def himself(worker, place):
    user = factories.someone(Role.WORKER, place)
    worker.user_id = user.id
    return factories.actor(user, (Role.WORKER, place))


def test_the_ledger_has_a_row_a_month_to_the_end_of_its_time(place):
    worker = factories.worker(place)
    told_income(worker, net=Decimal("190.00"))
    earnings = queries.ledger_of([worker.id], NOW)[worker.id]
    assert [(e.income.worked_on, e.income.state) for e in earnings] == [
        (date(2026, 9, 30), IncomeState.CONFIRMED),
        (date(2026, 10, 31), IncomeState.CONFIRMED),
        (date(2026, 11, 30), IncomeState.AGREED),
        (date(2026, 12, 31), IncomeState.AGREED),
        (date(2027, 1, 31), IncomeState.AGREED),
    ]
    assert all(e.income.told and e.income.net == Decimal("190.00") and e.offer_id is None for e in earnings)


def test_what_is_long_over_and_what_others_tell_is_not_in_it(place):
    worker, other = factories.worker(place), factories.worker(place)
    told_income(worker, starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))
    told_income(worker, monthly=False, starts_on=date(2024, 12, 31))
    told_income(other)
    assert queries.ledger_of([worker.id], NOW)[worker.id] == ()


def test_what_is_told_in_one_jobcenter_counts_in_the_other(place):
    user = factories.someone(Role.WORKER, place)
    here, there = factories.worker(place, user), factories.worker(factories.jobcenter(), user)
    told_income(there, monthly=False, starts_on=TODAY)
    (earning,) = queries.ledger_of([here.id], NOW)[here.id]
    assert earning.income.told and not earning.income.recurring


def test_each_change_looks_at_the_limits_again_and_is_on_the_log(session, place):
    worker = factories.worker(place)
    actor = himself(worker, place)
    session.commit()
    income_id = do(service.add_income, actor, worker.id, CLEANING)
    do(service.change_income, actor, worker.id, income_id, CLEANING)
    assert _verbs(session) == ["add_told_income"]
    do(service.change_income, actor, worker.id, income_id, IncomeTold(**vars(CLEANING) | {"ends_on": TODAY}))
    do(service.remove_income, actor, worker.id, income_id)
    assert _verbs(session) == ["add_told_income", "change_told_income", "remove_told_income"]
    assert [task.key for task in todo.take("income_changed", NOW)] == [str(worker.id)]


def _verbs(session):
    return [event.verb for event in session.query(audit.AuditEvent).order_by(audit.AuditEvent.id)]


def test_the_same_income_twice_is_already_done(session, place):
    worker = factories.worker(place)
    actor = himself(worker, place)
    session.commit()
    do(service.add_income, actor, worker.id, CLEANING)
    with pytest.raises(AlreadyDone):
        do(service.add_income, actor, worker.id, CLEANING)


def test_only_those_tell_who_may_tell_benefits(session, place):
    worker, stranger = factories.worker(place), factories.worker(place)
    support = factories.someone(Role.SUPPORT, place)
    factories.support(worker, support)
    income = told_income(worker)
    actors = [
        himself(stranger, place),
        factories.actor(support, (Role.SUPPORT, place)),
    ]
    session.commit()
    for actor in actors:
        for refused in (
            lambda actor=actor: service.add_income(actor, worker.id, CLEANING),
            lambda actor=actor: service.change_income(actor, worker.id, income.id, CLEANING),
            lambda actor=actor: service.remove_income(actor, worker.id, income.id),
        ):
            with pytest.raises(NotFound):
                do(refused)
    factories.consent(worker, ConsentPurpose.SUPPORT_SEES_EARNINGS)
    session.commit()
    do(service.add_income, actors[1], worker.id, CLEANING)


def test_an_income_of_somebody_else_is_not_found(session, place):
    worker, other = factories.worker(place), factories.worker(place)
    actor, theirs = himself(worker, place), told_income(other)
    session.commit()
    with pytest.raises(NotFound):
        do(service.remove_income, actor, worker.id, theirs.id)
