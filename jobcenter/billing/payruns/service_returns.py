"""Payments that the bank returned: the money is still the worker's, the hours are unpaid, and it is paid again.

What was withheld and paid on for debts went out the first time, so that only what goes to the account is paid again,
by a list of its own that a second person approves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import uuid4

from sqlalchemy import update

from jobcenter.auth.domain import Actor
from jobcenter.billing import bank
from jobcenter.billing.books import service as books
from jobcenter.billing.books.domain_events import PaidWork, pay_came_back
from jobcenter.billing.payruns import domain_returns, queries, queries_returns
from jobcenter.billing.payruns.domain import ListIsStale, PayRunStatus
from jobcenter.billing.payruns.domain_returns import Returned, ReturnWrong
from jobcenter.billing.payruns.models import PayItem, PayItemEntry, PayRun
from jobcenter.billing.register import queries as register_queries
from jobcenter.billing.register import service as register
from jobcenter.billing.register.domain import ReportStatus
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone
from jobcenter.core.uow import flush
from jobcenter.orders.hours import service as hours_service
from jobcenter.workers.models import Worker

COPIED = (
    "worker_id",
    "payer",
    "worker_name",
    "minutes",
    "gross",
    "withheld",
    "net",
    "enforced",
    "basis",
    "rate",
    "over_limit",
    "additional_rate",
)


def note_returned(actor: Actor, command: Returned) -> PayItem:
    """The bank returned a payment: its hours are unpaid again, its report is taken back, the books owe the worker.

    Raises NotFound, AlreadyDone, ReturnWrong for a day that cannot be, where nothing went to the account, or while the
    register has a report of it and has not answered: the pay would be reported twice.
    """
    item, run = queries_returns.paid_item_for(actor, command.item_id)
    if item.returned_on is not None:
        raise AlreadyDone("return_already")
    if not item.to_account:
        raise ReturnWrong("return_nothing_paid")
    domain_returns.check_return(command.day, paid_on=run.pay_on, today=clock.today())
    report = register_queries.report_of_item(item.id)
    if report is not None and report.status is ReportStatus.FILED:
        raise ReturnWrong("return_report_unanswered")
    item.returned_on, item.return_reason = command.day, command.reason
    flush()
    entries = queries_returns.entries_of(item.id)
    hours_service.take_payment_back(actor, [entry.time_entry_id for entry in entries], command.day)
    books.post(actor, pay_came_back(_paid_work(run, item), day=command.day))
    register.withdraw_item(actor, item.id)
    facts = {"returned_on": command.day, "reason": command.reason, "amount": item.to_account}
    audit.record(actor, "pay_item.returned", "pay_item", item.id, after=facts, jobcenter_id=run.jobcenter_id)
    return item


def note_all_returned(actor: Actor, run_id: int, command: Returned) -> list[PayItem]:
    """All that a list paid came back, as when the bank refused its file after it was marked as paid: all, or nothing.

    What was taken for debts counts as gone: if it did not go either, it is paid in the bank. Raises as `note_returned`.
    """
    _run, items = queries_returns.paid_items_of(actor, run_id)
    paid = [item.id for item in items if item.returned_on is None and item.to_account]
    if not paid:
        raise AlreadyDone("return_already")
    return [note_returned(actor, replace(command, item_id=item_id)) for item_id in paid]


def list_again(actor: Actor, item_id: int) -> PayRun:
    """Make a list that pays a returned item again, to the account that the worker has now, on the next bank day.

    Raises NotFound, AlreadyDone when a list does so already, ListIsStale when the hours are not as they were paid.
    """
    item, run = queries_returns.paid_item_for(actor, item_id)
    if item.returned_on is None:
        raise ReturnWrong("return_not_noted")
    return _list(actor, run, [item])


def list_all_again(actor: Actor, run_id: int) -> PayRun:
    """Make one list that pays all that came back of a list again, but for what another list pays. Raises as above."""
    run, items = queries_returns.paid_items_of(actor, run_id)
    return _list(actor, run, [item for item in items if item.returned_on is not None])


def give_back(items: Iterable[PayItem]) -> None:
    """A list that would pay returned items again was thrown away: their hours are theirs again."""
    ids = [item.id for item in items]
    hold = update(PayItemEntry).where(PayItemEntry.pay_item_id.in_(ids)).values(live=True)
    db.session.execute(hold.execution_options(synchronize_session=False))


def _list(actor: Actor, run: PayRun, returned: Sequence[PayItem]) -> PayRun:
    listed = queries_returns.on_a_list_again([item.id for item in returned])
    items = [item for item in returned if item.paid_again_on is None and item.id not in listed]
    if not items:
        raise AlreadyDone("return_listed_already")
    if any(queries.changed_of_item(item.id) for item in items):
        raise ListIsStale("pay_list_stale")
    again = _run_like(actor, run)
    db.session.add(again)
    flush()
    for item in items:
        _move_hours(item, _item_like(item, again))
    facts = {"status": again.status, "pay_on": again.pay_on, "repeats": [item.id for item in items]}
    audit.record(actor, "pay_run.list_again", "pay_run", again.id, after=facts, jobcenter_id=run.jobcenter_id)
    return again


def _run_like(actor: Actor, run: PayRun) -> PayRun:
    return PayRun(
        jobcenter_id=run.jobcenter_id,
        form_key=str(uuid4()),
        pay_on=bank.next_bank_day(clock.today()),
        status=PayRunStatus.LISTED,
        made_by=actor.name,
        made_by_id=actor.user_id,
        made_at=clock.now(),
    )


def _item_like(item: PayItem, run: PayRun) -> PayItem:
    """The same pay in another list, to the account of today."""
    worker = db.session.get(Worker, item.worker_id)
    again = PayItem(
        pay_run_id=run.id,
        account_holder=worker.account_holder or worker.name,
        iban=worker.iban,
        **{name: getattr(item, name) for name in COPIED},
    )
    db.session.add(again)
    flush()
    return again


def _move_hours(item: PayItem, again: PayItem) -> None:
    entries = queries_returns.entries_of(item.id)
    for entry in entries:
        entry.live = False
    flush()
    db.session.add_all(
        PayItemEntry(
            pay_item_id=again.id,
            time_entry_id=entry.time_entry_id,
            minutes=entry.minutes,
            wage=entry.wage,
            live=True,
        )
        for entry in entries
    )
    flush()


def _paid_work(run: PayRun, item: PayItem) -> PaidWork:
    return PaidWork(
        jobcenter_id=run.jobcenter_id,
        item_id=item.id,
        day=run.pay_on,
        gross=item.gross,
        withheld=item.withheld,
        enforced=item.enforced,
    )
