"""What e-invoices do by themselves: they are made, handed over, their receipts read, and what is stuck is told of."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from flask import current_app

from jobcenter.billing import bank
from jobcenter.billing.einvoices import carriers, domain, post, queries, receipts, service
from jobcenter.billing.einvoices.carriers import Carrier, CarrierFailed
from jobcenter.billing.invoices.domain import INVOICE_ISSUED
from jobcenter.core import clock, todo
from jobcenter.core.jobs import JobReport
from jobcenter.core.uow import unit_of_work

log = logging.getLogger(__name__)

BATCH = 200
NO_ROUTE = "no folder or server for e-invoices is set"


def make_einvoices(now: datetime) -> JobReport:
    """Make the e-invoices of the invoices that were just sent, each in a transaction of its own."""
    return sum((_make(task_id, now) for task_id in todo.waiting(INVOICE_ISSUED, now)), JobReport())


def deliver_einvoices(now: datetime) -> JobReport:
    """Hand over the e-invoices whose time has come, each by one process and once."""
    due = queries.due_ids(now, BATCH)
    if not due:
        return JobReport()
    return _carried(lambda carrier: sum((_deliver(carrier, einvoice_id, now) for einvoice_id in due), JobReport()))


def read_einvoice_receipts(now: datetime) -> JobReport:
    """Read what operators and receivers answered. What cannot be read, or is about nothing of ours, is put aside."""
    return _carried(lambda carrier: sum((_read(carrier, name, now) for name in carrier.receipts()), JobReport()))


def remind_of_unsent_einvoices(now: datetime) -> JobReport:
    """On bank days, tell the coordinators of e-invoices that wait for somebody."""
    if not bank.is_bank_day(clock.day_of(now)):
        return JobReport()
    waiting = queries.waiting_for_somebody(now - domain.LATE_AFTER)
    with unit_of_work():
        return JobReport(done=post.remind_of_unsent(waiting, clock.day_of(now)))


def _make(task_id: int, now: datetime) -> JobReport:
    with unit_of_work():
        task = todo.take_one(task_id, now)
        if task is None:
            return JobReport()
        made = service.send_if_wanted(int(task.key))
        todo.done(task, now)
    return JobReport(done=0 if made is None else 1)


# Handing over


def _carried(work: Callable[[Carrier], JobReport]) -> JobReport:
    """Do the work with the installation's carrier, if it has one and it answers."""
    try:
        with carriers.opened(current_app.config["JOBCENTER"].einvoices) as carrier:
            return work(carrier) if carrier else JobReport(remark=NO_ROUTE)
    except CarrierFailed as failure:
        log.warning("e-invoices: %s", failure)
        return JobReport(failed=1, remark=str(failure))


def _deliver(carrier: Carrier, einvoice_id: int, now: datetime) -> JobReport:
    """Claim, lay down, note, rename, note. Whatever step it is stopped at, the next run goes on from there: what is
    noted as laid down and lies there no more has been renamed."""
    with unit_of_work():
        parcel = service.claim(einvoice_id, now)
    if parcel is None:
        return JobReport()
    try:
        if not parcel.is_staged:
            carrier.stage(parcel.file_name, parcel.content)
            with unit_of_work():
                service.note_staged(einvoice_id)
        if not parcel.is_staged or carrier.is_staged(parcel.file_name):
            carrier.publish(parcel.file_name)
    except CarrierFailed as failure:
        with unit_of_work():
            service.note_failed(einvoice_id, str(failure), now)
        return JobReport(failed=1, remark=f"{parcel.file_name}: {failure}")
    with unit_of_work():
        service.note_delivered(einvoice_id, now)
    return JobReport(done=1)


# Receipts


def _read(carrier: Carrier, name: str, now: datetime) -> JobReport:
    try:
        found = receipts.read(carrier.read(name))
    except receipts.Unreadable as error:
        return _put_aside(carrier, name, str(error))
    with unit_of_work():
        noted = [service.note_receipt(receipt, now) for receipt in found]
    if not any(noted):
        return _put_aside(carrier, name, "it is about nothing that was sent")
    carrier.file_away(name, carriers.READ)
    return JobReport(done=1)


def _put_aside(carrier: Carrier, name: str, reason: str) -> JobReport:
    log.warning("receipt %s is put aside: %s", name, reason)
    carrier.file_away(name, carriers.UNREAD)
    return JobReport(failed=1, remark=f"{name}: {reason}")
