"""Finding pay runs, the hours that wait to be paid, and what a worker gets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from jobcenter.auth.domain import Actor, Role
from jobcenter.auth.models import Jobcenter, User
from jobcenter.benefits import ContractForm
from jobcenter.benefits.withholding import Card, Payee, card_on
from jobcenter.billing.payruns.domain import WAITING, Payer, PayRunStatus, WaitingHours
from jobcenter.billing.payruns.models import PayItem, PayItemEntry, PayRun
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.core.money import ZERO, for_minutes
from jobcenter.orders.gigs.models import Gig
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.workers.models import TaxCard, Worker
from jobcenter.workers.queries import tax_cards_of

# A list that is made now comes after every list there is.
MADE_NOW = 2**31 - 1

# Hours that are no longer as they were listed.
_CHANGED = or_(
    TimeEntry.status != EntryStatus.CONFIRMED,
    TimeEntry.paid_on.is_not(None),
    TimeEntry.minutes != PayItemEntry.minutes,
    TimeEntry.wage != PayItemEntry.wage,
)

# One run


def run_for(actor: Actor, run_id: int, *, lock: bool = False) -> PayRun:
    """A pay run of the actor's Jobcenter. Raises NotFound."""
    return _run(actor, run_id, Role.COORDINATOR, lock=lock)


def readable_run(actor: Actor, run_id: int) -> PayRun:
    """A pay run of a Jobcenter that the actor coordinates or administers. Raises NotFound."""
    return _run(actor, run_id, Role.COORDINATOR, Role.ADMIN, lock=False)


def run_to_approve(actor: Actor, run_id: int) -> PayRun:
    """A pay run that the actor may approve, locked: a coordinator's or an administrator's. Raises NotFound."""
    return _run(actor, run_id, Role.COORDINATOR, Role.ADMIN, lock=True)


def _run(actor: Actor, run_id: int, *roles: Role, lock: bool) -> PayRun:
    query = select(PayRun).where(PayRun.id == run_id, PayRun.jobcenter_id.in_(actor.jobcenters(*roles)))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return or_not_found(db.session.scalar(query))


def made_with(form_key: str) -> PayRun | None:
    """The run that a form has made already."""
    return db.session.scalar(select(PayRun).where(PayRun.form_key == form_key))


def items_of(run_id: int) -> list[PayItem]:
    """A run's items, by payer and name."""
    query = select(PayItem).where(PayItem.pay_run_id == run_id)
    return list(db.session.scalars(query.order_by(PayItem.payer, PayItem.worker_name, PayItem.id)))


def entry_ids_of(run_id: int) -> list[int]:
    """The time entries that a run pays."""
    return list(db.session.scalars(_entries_of(select(PayItemEntry.time_entry_id), run_id)))


def changed_since_listed(run_id: int) -> bool:
    """Whether any hours of a run are no longer as they were listed."""
    query = _entries_of(select(PayItemEntry.id), run_id).join(TimeEntry, TimeEntry.id == PayItemEntry.time_entry_id)
    return bool(db.session.scalar(select(query.where(_CHANGED).exists())))


def changed_of_item(item_id: int) -> bool:
    """The same of one item."""
    query = select(PayItemEntry.id).join(TimeEntry, TimeEntry.id == PayItemEntry.time_entry_id)
    return bool(db.session.scalar(select(query.where(PayItemEntry.pay_item_id == item_id, _CHANGED).exists())))


def _entries_of(query: Select, run_id: int) -> Select:
    return query.join(PayItem, PayItem.id == PayItemEntry.pay_item_id).where(PayItem.pay_run_id == run_id)


# Lists of runs


@dataclass(frozen=True)
class RunRow:
    """A pay run in a list."""

    id: int
    jobcenter: str
    pay_on: date
    status: PayRunStatus
    workers: int
    gross: Decimal
    to_accounts: Decimal


def runs_of(actor: Actor, *, limit: int, offset: int) -> list[RunRow]:
    """The runs of the actor's Jobcenters, newest pay day first; sums of what the Jobcenter itself pays."""
    ours = PayItem.payer == Payer.JOBCENTER
    query = (
        select(
            PayRun.id,
            Jobcenter.name,
            PayRun.pay_on,
            PayRun.status,
            func.count(PayItem.id),
            func.coalesce(func.sum(PayItem.gross), ZERO),
            func.coalesce(func.sum(PayItem.net - PayItem.enforced), ZERO),
        )
        .join(Jobcenter, Jobcenter.id == PayRun.jobcenter_id)
        .outerjoin(PayItem, and_(PayItem.pay_run_id == PayRun.id, ours))
        .where(_of(actor), PayRun.status != PayRunStatus.DISCARDED)
        .group_by(PayRun.id, Jobcenter.name)
        .order_by(PayRun.pay_on.desc(), PayRun.id.desc())
    )
    return [RunRow(*row) for row in db.session.execute(query.limit(limit).offset(offset))]


def number_of_runs(actor: Actor) -> int:
    """How many runs the list has."""
    query = select(func.count()).select_from(PayRun).where(_of(actor), PayRun.status != PayRunStatus.DISCARDED)
    return db.session.scalar(query) or 0


def _of(actor: Actor) -> ColumnElement[bool]:
    return PayRun.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR, Role.ADMIN))


# What waits to be paid


def waiting_hours(condition: ColumnElement[bool]) -> list[WaitingHours]:
    """Confirmed hours that are not paid and on no list, by worker's name and day."""
    listed = select(PayItemEntry.id).where(PayItemEntry.time_entry_id == TimeEntry.id, PayItemEntry.live)
    query = (
        select(
            TimeEntry.id,
            TimeEntry.worker_id,
            Gig.contract_form,
            TimeEntry.worked_on,
            TimeEntry.wage,
            TimeEntry.minutes,
            TimeEntry.offer_id,
            Worker.given_name + " " + Worker.family_name,
        )
        .join(Gig, Gig.id == TimeEntry.gig_id)
        .join(Worker, Worker.id == TimeEntry.worker_id)
        .where(condition, TimeEntry.status == EntryStatus.CONFIRMED, TimeEntry.paid_on.is_(None), ~listed.exists())
        .order_by(Worker.family_name, Worker.given_name, Worker.id, TimeEntry.worked_on, TimeEntry.id)
    )
    return [
        WaitingHours(
            time_entry_id=entry_id,
            worker_id=worker_id,
            payer=payer_of(form),
            worked_on=worked_on,
            wage=wage,
            minutes=minutes,
            offer_id=offer_id,
            worker_name=name,
        )
        for entry_id, worker_id, form, worked_on, wage, minutes, offer_id, name in db.session.execute(query)
    ]


def waiting_in(jobcenter_id: int) -> list[WaitingHours]:
    """What waits to be paid in a Jobcenter."""
    return waiting_hours(TimeEntry.jobcenter_id == jobcenter_id)


def waiting_of(worker_ids: Collection[int]) -> list[WaitingHours]:
    """What waits to be paid to some workers."""
    return waiting_hours(TimeEntry.worker_id.in_(worker_ids))


def payer_of(form: ContractForm) -> Payer:
    """The partner pays its own employees; the Jobcenter pays the rest."""
    return Payer.PARTNER if form is ContractForm.PARTNER else Payer.JOBCENTER


def workers_by_id(worker_ids: Collection[int]) -> dict[int, Worker]:
    """Workers by id."""
    return {worker.id: worker for worker in db.session.scalars(select(Worker).where(Worker.id.in_(worker_ids)))}


def users_of_workers(worker_ids: Collection[int]) -> list[User]:
    """The users by which workers sign in."""
    query = select(User).join(Worker, Worker.user_id == User.id).where(Worker.id.in_(worker_ids), User.active)
    return list(db.session.scalars(query.order_by(User.id)))


def payees(workers: Iterable[Worker], pay_on: date, *, listed_before: int = MADE_NOW) -> dict[int, Payee]:
    """What the withholding of each worker depends on, on a day of payment. Lists of one day take the room under a
    card's limit in the order in which they were made: what is on `listed_before`, or one made since, takes none here.
    """
    workers = list(workers)
    cards = {
        worker_id: card_on([_card(row) for row in rows], pay_on)
        for worker_id, rows in tax_cards_of([worker.id for worker in workers]).items()
    }
    firsts = {worker_id: card.valid_from for worker_id, card in cards.items() if card}
    paid = _paid_since(firsts, pay_on, listed_before)
    return {
        worker.id: Payee(
            card=cards.get(worker.id),
            in_prepayment_register=worker.in_prepayment_register,
            paid_before=paid.get(worker.id, ZERO),
        )
        for worker in workers
    }


def _card(row: TaxCard) -> Card:
    return Card(row.valid_from, row.valid_to, row.rate, row.additional_rate, row.income_limit)


def _paid_since(firsts: dict[int, date], until: date, listed_before: int) -> dict[int, Decimal]:
    """The gross that the Jobcenter has paid, or has on a list to pay, from each worker's own first day to `until`."""
    paid: dict[int, Decimal] = {}
    if not firsts:
        return paid
    for worker_id, day, gross in (
        *_paid_hours(firsts, until, listed_before),
        *_listed_pay(firsts, until, listed_before),
    ):
        if day >= firsts[worker_id]:
            paid[worker_id] = paid.get(worker_id, ZERO) + gross
    return paid


def _paid_hours(firsts: dict[int, date], until: date, listed_before: int) -> list[tuple[int, date, Decimal]]:
    """Whose hours were paid when, and what they came to."""
    listed_since = _entries_since(listed_before).where(PayItemEntry.time_entry_id == TimeEntry.id, PayItemEntry.live)
    query = (
        select(TimeEntry.worker_id, TimeEntry.paid_on, TimeEntry.wage, TimeEntry.minutes)
        .join(Gig, Gig.id == TimeEntry.gig_id)
        .where(
            TimeEntry.worker_id.in_(firsts),
            TimeEntry.paid_on >= min(firsts.values()),
            TimeEntry.paid_on <= until,
            Gig.contract_form != ContractForm.PARTNER,
            or_(TimeEntry.paid_on < until, ~listed_since.exists()),
        )
    )
    return [(worker_id, day, for_minutes(wage, minutes)) for worker_id, day, wage, minutes in db.session.execute(query)]


def _entries_since(run_id: int) -> Select[tuple[int]]:
    query = select(PayItemEntry.id).join(PayItem, PayItem.id == PayItemEntry.pay_item_id)
    return query.where(PayItem.pay_run_id >= run_id)


def _listed_pay(worker_ids: Collection[int], until: date, listed_before: int) -> list[tuple[int, date, Decimal]]:
    """Who is on an unpaid list for which day, and with how much; and whose pay came back and is on no list again: its
    tax was withheld, so that its room is taken.
    """
    on_no_list_again = exists().where(PayItemEntry.pay_item_id == PayItem.id, PayItemEntry.live)
    waits = and_(_may_be_paid(), or_(PayRun.pay_on < until, PayRun.id < listed_before))
    query = (
        select(PayItem.worker_id, PayRun.pay_on, PayItem.gross)
        .join(PayRun, PayRun.id == PayItem.pay_run_id)
        .where(
            PayItem.worker_id.in_(worker_ids),
            PayItem.payer == Payer.JOBCENTER,
            or_(waits, and_(PayItem.returned_on.is_not(None), on_no_list_again)),
            PayRun.pay_on <= until,
        )
    )
    return [tuple(row) for row in db.session.execute(query)]


def _may_be_paid() -> ColumnElement[bool]:
    """Lists that wait; one whose day has passed before anybody approved it can only be thrown away."""
    passed = and_(PayRun.status == PayRunStatus.LISTED, PayRun.pay_on < clock.today())
    return and_(PayRun.status.in_(WAITING), ~passed)


# A worker's own pay


@dataclass(frozen=True)
class OwnItem:
    """What a worker gets or got on a day."""

    pay_on: date
    status: PayRunStatus
    item: PayItem


def own_items(worker_ids: Collection[int], *, limit: int = 60) -> list[OwnItem]:
    """What some workers get and got by lists, newest pay day first; not what came back and was paid again."""
    query = (
        select(PayRun.pay_on, PayRun.status, PayItem)
        .join(PayRun, PayRun.id == PayItem.pay_run_id)
        .where(PayItem.worker_id.in_(worker_ids), PayRun.status != PayRunStatus.DISCARDED)
        .where(PayItem.paid_again_on.is_(None))
        .order_by(PayRun.pay_on.desc(), PayItem.id.desc())
        .limit(limit)
    )
    return [OwnItem(*row) for row in db.session.execute(query)]


@dataclass(frozen=True)
class PaidDay:
    """Hours that were paid on a day without a list of ours: brought in from elsewhere."""

    paid_on: date
    minutes: int
    gross: Decimal


def paid_without_list(worker_ids: Collection[int]) -> list[PaidDay]:
    """Paid hours of some workers that no list holds, by day of payment, newest first."""
    listed = select(PayItemEntry.id).where(PayItemEntry.time_entry_id == TimeEntry.id, PayItemEntry.live)
    query = select(TimeEntry.paid_on, TimeEntry.wage, TimeEntry.minutes).where(
        TimeEntry.worker_id.in_(worker_ids), TimeEntry.paid_on.is_not(None), ~listed.exists()
    )
    days: dict[date, PaidDay] = {}
    for paid_on, wage, minutes in db.session.execute(query.order_by(TimeEntry.paid_on.desc())):
        so_far = days.get(paid_on, PaidDay(paid_on, 0, ZERO))
        days[paid_on] = PaidDay(paid_on, so_far.minutes + minutes, so_far.gross + for_minutes(wage, minutes))
    return list(days.values())


def unconfirmed_of(worker_ids: Collection[int]) -> Decimal:
    """What logged hours of some workers come to that wait for the orderer."""
    query = select(TimeEntry.wage, TimeEntry.minutes).where(
        TimeEntry.worker_id.in_(worker_ids), TimeEntry.status.in_((EntryStatus.LOGGED, EntryStatus.DISPUTED))
    )
    return sum((for_minutes(wage, minutes) for wage, minutes in db.session.execute(query)), ZERO)
