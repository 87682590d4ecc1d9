"""A pay run from the list to the Incomes Register, killed at fifty points and done again: each payment once."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import partial
from itertools import chain

import pytest
from sqlalchemy import select

from jobcenter.auth.domain import Actor
from jobcenter.benefits import ContractForm
from jobcenter.billing.payruns import service as pay
from jobcenter.billing.payruns import transfers
from jobcenter.billing.payruns.domain import MakeRun, PayRunStatus
from jobcenter.billing.payruns.models import Payee, PayItem, PayItemEntry, PayRun
from jobcenter.billing.register import service as register
from jobcenter.billing.register.domain import ReportNotReady, ReportStatus
from jobcenter.billing.register.models import RegisterDelivery, RegisterReport
from jobcenter.core import clock
from jobcenter.core.errors import AlreadyDone, NotPossible
from jobcenter.core.uow import unit_of_work
from jobcenter.orders.hours.models import TimeEntry
from tests import factories
from tests.factories_billing import tax_card

pytestmark = pytest.mark.postgres

SEED = 4711
PERSONAL_IDS = ("131052-308T", "010180-1232")


def pay_all(first: Actor, second: Actor, jobcenter_id: int, key: str) -> None:
    """What two coordinators do on the pay day, button by button; what was done before is passed over."""
    with unit_of_work():
        run_id = pay.make_run(first, MakeRun(jobcenter_id, clock.today(), key)).id
    for verb, actor in ((pay.approve, second), (pay.take_file, first), (pay.mark_paid, first)):
        with suppress(AlreadyDone, NotPossible), unit_of_work():
            verb(actor, run_id)
    with unit_of_work():
        deliver_what_waits(first, jobcenter_id)


def deliver_what_waits(actor: Actor, jobcenter_id: int) -> None:
    with suppress(ReportNotReady):
        register.deliver(actor, jobcenter_id, clock.today())


@pytest.fixture
def workers(world, session):
    """Two of the Jobcenter's workers, of whom all is known that paying them needs."""
    world.order.contract_form = ContractForm.ASSIGNMENT
    world.jobcenter.business_id = "1234567-1"
    found = [world.worker, factories.worker(world.jobcenter, family_name="Toinen")]
    for worker, personal_id in zip(found, PERSONAL_IDS, strict=True):
        worker.iban = "FI2112345600000785"
        tax_card(worker)
        told = {"personal_id": personal_id, "told_by": "Kaisa", "told_at": clock.now()}
        factories.stored(Payee(worker_id=worker.id, **told))
    session.commit()
    return found


def test_each_payment_is_made_once_wherever_the_run_is_killed(world, workers, session, crash):
    actors, jobcenter_id = (world.coordinator, world.second), world.jobcenter.id
    runs = []

    def prepare():
        for worker in workers:
            world.hours(date(2026, 11, 2), by=worker)
        session.commit()
        runs.append(f"run {len(runs)}")
        return partial(pay_all, *actors, jobcenter_id, runs[-1])

    def check():
        session.rollback()
        made = session.scalars(select(PayRun)).all()
        assert [run.form_key for run in sorted(made, key=lambda run: run.id)] == runs
        assert {run.status for run in made} == {PayRunStatus.PAID}
        entries = sorted(session.scalars(select(TimeEntry.id).where(TimeEntry.paid_on == clock.today())))
        assert entries == sorted(session.scalars(select(TimeEntry.id)))
        assert entries == sorted(session.scalars(select(PayItemEntry.time_entry_id).where(PayItemEntry.live)))
        check_reports(session, len(runs))
        session.rollback()

    crash(prepare, check, SEED)
    check_files(session)


def check_reports(session, runs):
    items = sorted(session.scalars(select(PayItem.id)))
    reports = session.scalars(select(RegisterReport)).all()
    assert sorted(report.pay_item_id for report in reports) == items
    assert {report.status for report in reports} == {ReportStatus.FILED}
    deliveries = session.scalars(select(RegisterDelivery)).all()
    assert sorted(delivery.number for delivery in deliveries) == list(range(1, runs + 1))
    said = "".join(delivery.content for delivery in deliveries)
    assert all(said.count(f">{report.reference}<") == 1 for report in reports)


def check_files(session):
    """The payment files of all runs together pay each item once."""
    files = [transfers.file_of(run) for run in session.scalars(select(PayRun))]
    paid = list(chain.from_iterable(file.transfers for file in files))
    items = session.scalars(select(PayItem)).all()
    assert len({transfer.id for transfer in paid}) == len(paid) == len(items)
    assert sum(transfer.amount for transfer in paid) == sum(item.to_account for item in items)
