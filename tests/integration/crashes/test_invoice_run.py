"""Invoices drafted and sent: killed at fifty points and done again, and by twenty processes at once."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import partial

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import Actor
from jobcenter.billing.invoices import service
from jobcenter.billing.invoices.domain import INVOICE_ISSUED, InvoiceStatus, MakeInvoice, OfOrder
from jobcenter.billing.invoices.models import Invoice
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.todo import Todo
from jobcenter.core.uow import unit_of_work
from jobcenter.notifications.models import OutgoingMail
from jobcenter.orders.hours.models import TimeEntry
from tests import factories, kills, money

pytestmark = pytest.mark.postgres

SEED = 20261122
ORDERS = 3
PROCESSES, EACH = 20, 2


def run_invoices(actor: Actor, order_ids: list[int], key: str) -> None:
    """What the coordinator's two buttons do for each order; what was done before is passed over."""
    for order_id in order_ids:
        with unit_of_work():
            draft_id = service.make_draft(actor, MakeInvoice(OfOrder(order_id=order_id), f"{key}-{order_id}")).id
        with suppress(AlreadyDone), unit_of_work():
            service.send(actor, draft_id)


def test_each_number_is_used_once_wherever_the_run_is_killed(world, session, crash):
    orders = [factories.order(world.jobcenter, world.organisation) for _number in range(ORDERS)]
    actor, order_ids = world.coordinator, [order.id for order in orders]
    runs = []

    def prepare():
        for order in orders:
            world.hours(date(2026, 11, 2), order=order)
        session.commit()
        runs.append(f"run {len(runs)}")
        return partial(run_invoices, actor, order_ids, runs[-1])

    def check():
        session.rollback()
        invoices = session.scalars(select(Invoice)).all()
        assert len(invoices) == ORDERS * len(runs)
        assert {invoice.status for invoice in invoices} == {InvoiceStatus.SENT}
        assert not session.scalars(select(TimeEntry.id).where(~TimeEntry.invoiced)).all()
        ids = sorted(invoice.id for invoice in invoices)
        mailed = session.scalars(select(OutgoingMail.dedupe_key))
        assert sorted(int(key.split(":")[1]) for key in mailed) == ids
        left = session.scalars(select(Todo.key).where(Todo.kind == INVOICE_ISSUED))
        assert sorted(map(int, left)) == ids
        session.rollback()

    crash(prepare, check, SEED)


def test_twenty_processes_number_the_invoices_of_one_jobcenter_without_gaps(world, session, app, now):
    orders = [factories.order(world.jobcenter, world.organisation) for _number in range(PROCESSES * EACH)]
    for order in orders:
        world.hours(date(2026, 11, 2), order=order)
    session.commit()
    actor, ids = world.coordinator, [order.id for order in orders]
    session.rollback()
    works = [partial(run_invoices, actor, ids[place::PROCESSES], "together") for place in range(PROCESSES)]
    kills.all_at_once(app, works)
    assert sorted(session.scalars(select(Invoice.number))) == list(range(1, PROCESSES * EACH + 1))
    session.rollback()
    money.assert_holds()
