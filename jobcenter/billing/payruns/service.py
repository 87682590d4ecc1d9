"""What happens to pay runs: listed, paid, thrown away. Every change is on the audit log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sqlalchemy import select, update

from jobcenter.auth.domain import Actor
from jobcenter.benefits import ContractForm, withholding
from jobcenter.billing import bank, sepa
from jobcenter.billing.books import service as books
from jobcenter.billing.books.domain import Event
from jobcenter.billing.books.domain_events import (
    PaidWork,
    enforcement_paid,
    partner_owed,
    worker_paid,
    worker_paid_again,
)
from jobcenter.billing.books.queries_due import party_of
from jobcenter.billing.payruns import (
    domain,
    domain_enforcement,
    policy,
    queries,
    queries_enforcement,
    queries_partner,
    queries_returns,
    service_returns,
    transfers,
)
from jobcenter.billing.payruns.domain import Listed, MakeRun, Payer, PayRunAction, PayRunStatus, WaitingHours
from jobcenter.billing.payruns.domain_enforcement import taken_of
from jobcenter.billing.payruns.domain_limits import Choice, choice_of
from jobcenter.billing.payruns.models import PayItem, PayItemEnforcement, PayItemEntry, PayRun
from jobcenter.billing.register import service as register
from jobcenter.billing.sepa import TransferFile
from jobcenter.billing.settings.queries import hold_money_of, terms_of, terms_of_each
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, NotFound, NotPossible
from jobcenter.core.money import ZERO
from jobcenter.core.uow import flush, register_clash
from jobcenter.earnings.queries import cases_of
from jobcenter.earnings.rulebook.queries import current_law
from jobcenter.orders.hours import queries as hours_queries
from jobcenter.orders.hours import service as hours_service
from jobcenter.workers.models import Worker

PAY_DAYS_OFFERED = 4

register_clash("uq_pay_item_entry_live_entry", lambda: domain.NothingToPay("nothing_to_pay"))
register_clash("uq_pay_run_form_key", lambda: AlreadyDone("pay_run_already"))


def make_run(actor: Actor, command: MakeRun) -> PayRun:
    """List what each worker gets on a pay day for the confirmed hours that wait. The same form makes it once.

    Raises NothingToPay, NotAPayDay, NotFound for another Jobcenter.
    """
    if not policy.can_manage(actor, command.jobcenter_id):
        raise NotFound
    hold_money_of(command.jobcenter_id)
    made = queries.made_with(command.form_key)
    if made is not None:
        return queries.run_for(actor, made.id)
    domain.check_pay_day(command.pay_on, pay_days(command.jobcenter_id))
    listed = preview(command.jobcenter_id, command.pay_on, command.left_out)
    if not listed:
        raise domain.NothingToPay("nothing_to_pay")
    run = PayRun(
        jobcenter_id=command.jobcenter_id,
        form_key=command.form_key,
        pay_on=command.pay_on,
        status=PayRunStatus.LISTED,
        made_by=actor.name,
        made_by_id=actor.user_id,
        made_at=clock.now(),
    )
    db.session.add(run)
    flush()
    _store_items(run, listed)
    facts = _facts(run) | ({"left_out": sorted(command.left_out)} if command.left_out else {})
    audit.record(actor, "pay_run.list", "pay_run", run.id, after=facts, jobcenter_id=run.jobcenter_id)
    return run


def approve(actor: Actor, run_id: int) -> PayRun:
    """A second person has looked at a list: its payment file can be taken, and it can be marked as paid.

    Raises SamePerson for whoever made it, ListIsStale, PayDayPassed, AccountMissing.
    """
    run = queries.run_to_approve(actor, run_id)
    status = domain.next_state(run.status, PayRunAction.APPROVE)
    domain.check_second_person(run.made_by_id, actor.user_id)
    _check_still_right(run)
    missing = [item.worker_name for item in queries.items_of(run.id) if _lacks_account(item)]
    if missing:
        raise domain.AccountMissing("pay_account_missing", names=", ".join(missing))
    before = _facts(run)
    run.status, run.approved_by, run.approved_by_id = status, actor.name, actor.user_id
    run.approved_at = clock.now()
    flush()
    audit.record(actor, "pay_run.approve", "pay_run", run.id, before, _facts(run), jobcenter_id=run.jobcenter_id)
    return run


def withdraw(actor: Actor, run_id: int) -> PayRun:
    """Take an approval back, as long as the payment file has not been taken. Raises FileTaken."""
    run = queries.run_to_approve(actor, run_id)
    status = domain.next_state(run.status, PayRunAction.WITHDRAW)
    if run.file_taken_at is not None:
        raise domain.FileTaken("pay_file_taken")
    before = _facts(run)
    run.status, run.approved_by, run.approved_by_id, run.approved_at = status, "", None, None
    flush()
    audit.record(actor, "pay_run.withdraw", "pay_run", run.id, before, _facts(run), jobcenter_id=run.jobcenter_id)
    return run


def take_file(actor: Actor, run_id: int) -> TransferFile:
    """The payment file of an approved list, the same each time; from then on the approval and the hours stand.

    Raises NotPossible before the approval, TransferNotReady for what the bank would refuse; the first time also
    ListIsStale and PayDayPassed.
    """
    run = queries.run_for(actor, run_id, lock=True)
    if run.status not in (PayRunStatus.APPROVED, PayRunStatus.PAID):
        raise NotPossible("pay_run_not_approved")
    file = transfers.file_of(run)
    sepa.check_ready(file)
    if run.file_taken_at is None:
        if run.status is PayRunStatus.APPROVED:
            entry_ids = queries.entry_ids_of(run.id)
            hours_queries.locked_entries(entry_ids)
            _check_still_right(run)
            hours_service.mark_pay_sent(entry_ids, run.pay_on)
        run.file_taken_at, run.file_taken_by = clock.now(), actor.name
        flush()
    facts = {"total": file.total, "transfers": len(file.transfers)}
    audit.record(actor, "pay_run.take_file", "pay_run", run.id, after=facts, jobcenter_id=run.jobcenter_id)
    return file


def mark_paid(actor: Actor, run_id: int) -> PayRun:
    """Note that the money went out: the hours get their day of payment, and the earnings are looked at again.

    Raises ListIsStale when hours changed after the list was made, DomainError before the pay day.
    """
    run = queries.run_for(actor, run_id, lock=True)
    status = domain.next_state(run.status, PayRunAction.MARK_PAID)
    domain.check_day_has_come(run.pay_on, clock.today())
    hold_money_of(run.jobcenter_id)
    entry_ids = queries.entry_ids_of(run.id)
    hours_queries.locked_entries(entry_ids)
    if queries.changed_since_listed(run.id):
        raise domain.ListIsStale("pay_list_stale")
    hours_service.mark_paid(actor, entry_ids, run.pay_on)
    items, repeated = queries.items_of(run.id), queries_returns.repeated_by(run.id)
    books.post_all(actor, _events(run, items, repeated))
    for returned in repeated.values():
        returned.paid_again_on = run.pay_on
    register.report_paid(actor, run, items)
    _close(actor, run, status, "pay_run.mark_paid")
    return run


def discard(actor: Actor, run_id: int) -> PayRun:
    """Throw an unpaid list away; its hours wait for the next one."""
    run = queries.run_for(actor, run_id, lock=True)
    status = domain.next_state(run.status, PayRunAction.DISCARD)
    items = select(PayItem.id).where(PayItem.pay_run_id == run.id)
    for holds in (PayItemEntry, PayItemEnforcement):
        let_go = update(holds).where(holds.pay_item_id.in_(items)).values(live=False)
        db.session.execute(let_go.execution_options(synchronize_session=False))
    service_returns.give_back(queries_returns.repeated_by(run.id).values())
    _close(actor, run, status, "pay_run.discard")
    return run


def pay_days(jobcenter_id: int) -> tuple[date, ...]:
    """The next pay days of a Jobcenter, today's included."""
    today = clock.today()
    return domain.pay_days_from(today, terms_of(jobcenter_id, today).pay_days, PAY_DAYS_OFFERED)


def first_pay_days(jobcenter_ids: Collection[int]) -> dict[int, date]:
    """The next pay day of each of some Jobcenters, today included."""
    today = clock.today()
    terms = terms_of_each(jobcenter_ids, today)
    return {id: domain.pay_days_from(today, one.pay_days, 1)[0] for id, one in terms.items()}


def days_with_next(jobcenter_id: int) -> dict[date, date]:
    """The next pay days of a Jobcenter, each with the pay day after it."""
    today = clock.today()
    days = domain.pay_days_from(today, terms_of(jobcenter_id, today).pay_days, PAY_DAYS_OFFERED + 1)
    return dict(pairwise(days))


def choices_of(hours: Iterable[WaitingHours], pay_on: date, after: date) -> list[Choice]:
    """What it does to each worker's benefits to pay hours on a day, and on the pay day after it; by worker's name."""
    offers: dict[int, set[int]] = {}
    for row in hours:
        offers.setdefault(row.worker_id, set()).add(row.offer_id)
    cases = cases_of(offers, clock.now())
    return [choice_of(worker_id, cases[worker_id], ids, pay_on, after) for worker_id, ids in offers.items()]


def preview(jobcenter_id: int, pay_on: date, left_out: Collection[int] = ()) -> list[Listed]:
    """What the list of a pay day would be now."""
    return preview_of_workers(jobcenter_id, pay_on, left_out)[0]


def preview_of_workers(
    jobcenter_id: int, pay_on: date, left_out: Collection[int] = ()
) -> tuple[list[Listed], dict[int, Worker]]:
    """The same, and the workers in it by id."""
    hours = [row for row in queries.waiting_in(jobcenter_id) if row.worker_id not in left_out]
    workers = queries.workers_by_id({row.worker_id for row in hours})
    payees = queries.payees(workers.values(), pay_on)
    return domain.list_pay(hours, payees, percent_without_card=percent_without_card(pay_on)), workers


def percent_without_card(pay_on: date) -> Decimal:
    """What is withheld, in per cent, from those without a tax card on a day of payment."""
    return withholding.percent_without_card(current_law(), ContractForm.ASSIGNMENT, pay_on)


# The pieces


def _check_still_right(run: PayRun) -> None:
    """Refuse a list that is no longer right: money that goes out by it would come late, or not be what is owed."""
    domain.check_day_not_passed(run.pay_on, clock.today())
    if queries.changed_since_listed(run.id):
        raise domain.ListIsStale("pay_list_stale")
    repeats = bool(queries_returns.repeated_by(run.id))
    if _accounts_changed(run) or not repeats and (_cards_changed(run) or queries_enforcement.changed_since(run)):
        raise domain.ListIsStale("pay_list_facts_stale")


def _accounts_changed(run: PayRun) -> bool:
    items = _own_items(run)
    workers = queries.workers_by_id({item.worker_id for item in items})
    return any((item.iban, item.account_holder) != _account_of(workers[item.worker_id]) for item in items)


def _cards_changed(run: PayRun) -> bool:
    """Whether somebody's tax would be withheld otherwise than was listed."""
    items = _own_items(run)
    workers = queries.workers_by_id({item.worker_id for item in items}).values()
    payees = queries.payees(workers, run.pay_on, listed_before=run.id)
    without_card = percent_without_card(run.pay_on)

    def differs(item: PayItem) -> bool:
        pay = withholding.pay_for(item.gross, payees[item.worker_id], percent_without_card=without_card)
        return (item.withheld, item.over_limit, item.basis) != (pay.withheld, pay.over_limit, pay.basis)

    return any(map(differs, items))


def _own_items(run: PayRun) -> list[PayItem]:
    return [item for item in queries.items_of(run.id) if item.payer is Payer.JOBCENTER]


def _account_of(worker: Worker) -> tuple[str, str]:
    """The account that a worker has told, and its holder."""
    return worker.iban, worker.account_holder or worker.name


def _events(run: PayRun, items: Sequence[PayItem], repeated: Collection[int]) -> list[Event]:
    """What the books say of a run; for hours that the partner bills itself it is owed nothing by us."""
    owed = queries_partner.owed_to_partner(items)
    gross = {item.id: item.gross if item.payer is Payer.JOBCENTER else owed[item.id] for item in items}
    told = (item for item in items if item.payer is Payer.JOBCENTER or gross[item.id])
    partner = party_of(run.jobcenter_id)
    return [
        event
        for item in told
        for event in _events_of(item, _paid_work(run, item, gross[item.id]), partner, again=item.id in repeated)
    ]


def _events_of(item: PayItem, paid: PaidWork, partner: str | None, *, again: bool) -> tuple[Event, ...]:
    """What the books say of an item: paid by us, for the second time, or owed to the partner who pays it. What is paid
    on for debts goes out with the pay, once.
    """
    if again:
        return (worker_paid_again(paid),)
    if item.payer is Payer.PARTNER:
        return (partner_owed(paid, partner),)
    return (worker_paid(paid), enforcement_paid(paid))


def _paid_work(run: PayRun, item: PayItem, gross: Decimal) -> PaidWork:
    return PaidWork(
        jobcenter_id=run.jobcenter_id,
        item_id=item.id,
        day=run.pay_on,
        gross=gross,
        withheld=item.withheld,
        enforced=item.enforced,
    )


def _store_items(run: PayRun, listed: Sequence[Listed]) -> None:
    workers = queries.workers_by_id({each.worker_id for each in listed})
    items = [_item(run, each, workers[each.worker_id]) for each in listed]
    db.session.add_all(items)
    flush()
    _enforce(run, items)
    db.session.add_all(
        PayItemEntry(
            pay_item_id=item.id, time_entry_id=row.time_entry_id, minutes=row.minutes, wage=row.wage, live=True
        )
        for item, each in zip(items, listed, strict=True)
        for row in each.hours
    )
    flush()


def _enforce(run: PayRun, items: Sequence[PayItem]) -> None:
    """Keep what is paid on for debts of what the Jobcenter pays; a partner follows prohibitions itself."""
    ours = [item for item in items if item.payer is Payer.JOBCENTER]
    prohibitions = queries_enforcement.prohibitions_of({item.worker_id for item in ours})
    for item in ours:
        taken = taken_of(item.net, prohibitions.get(item.worker_id, ()), run.pay_on)
        item.enforced = domain_enforcement.total(taken)
        db.session.add_all(
            PayItemEnforcement(
                pay_item_id=item.id,
                order_id=each.prohibition.id,
                amount=each.amount,
                payee=each.prohibition.payee,
                iban=each.prohibition.iban,
                reference=each.prohibition.reference,
                live=True,
            )
            for each in taken
        )
    flush()


def _lacks_account(item: PayItem) -> bool:
    return item.payer is Payer.JOBCENTER and item.to_account > 0 and not bank.is_iban(item.iban)


def _item(run: PayRun, listed: Listed, worker: Worker) -> PayItem:
    pay, (iban, account_holder) = listed.pay, _account_of(worker)
    return PayItem(
        pay_run_id=run.id,
        worker_id=worker.id,
        payer=listed.payer,
        worker_name=worker.name,
        account_holder=account_holder,
        iban=iban,
        minutes=listed.minutes,
        gross=pay.gross,
        withheld=pay.withheld,
        net=pay.net,
        enforced=ZERO,
        basis=pay.basis,
        rate=pay.rate,
        over_limit=pay.over_limit,
        additional_rate=pay.additional_rate,
    )


def _close(actor: Actor, run: PayRun, status: PayRunStatus, verb: str) -> None:
    before = _facts(run)
    run.status, run.closed_by, run.closed_at = status, actor.name, clock.now()
    flush()
    audit.record(actor, verb, "pay_run", run.id, before=before, after=_facts(run), jobcenter_id=run.jobcenter_id)


def _facts(run: PayRun) -> dict[str, Any]:
    return {"status": run.status, "pay_on": run.pay_on}
