"""What a coordinator needs to know first, of the Jobcenters that they coordinate."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, and_, func, or_, select

from jobcenter.auth.domain import Actor, Role, full_name
from jobcenter.billing.invoices.domain import InvoiceStatus
from jobcenter.billing.invoices.models import Invoice
from jobcenter.billing.payments.queries_write_offs import asked_of as write_offs_asked
from jobcenter.billing.settings.queries import asked_of as no_approval_asked
from jobcenter.core import clock
from jobcenter.core.db import db
from jobcenter.earnings.models import LimitWarning
from jobcenter.home.cards import Card, card_of, select_gigs
from jobcenter.home.money import card_tasks, pay_lists_asked, payments_without_invoice
from jobcenter.orders.gigs.domain import HOLDING, GigStatus, OfferStatus
from jobcenter.orders.gigs.messages import reason
from jobcenter.orders.gigs.models import Gig, Offer, Slot
from jobcenter.orders.gigs.queries import AGREED
from jobcenter.orders.hours.domain import EntryStatus
from jobcenter.orders.hours.models import TimeEntry
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order, OrderMessage
from jobcenter.orders.intake.queries_prices import asked_of as prices_asked
from jobcenter.orders.organisations.models import Organisation
from jobcenter.workers.domain import ConsentPurpose, TaskCategory
from jobcenter.workers.messages import TASKS
from jobcenter.workers.models import Worker
from jobcenter.workers.queries import has_consented
from jobcenter.workers.statement.queries import count_due

LISTED = 8
FELL_OUT = (OfferStatus.STOPPED, OfferStatus.CANCELLED)
FELL_OUT_SHOWN_FOR = timedelta(days=14)


class Queue(Enum):
    """What a place on a coming gig waits for: a confirmation, a talk, or somebody else."""

    TO_CONFIRM = auto()
    UNWILLING = auto()
    FELL_OUT = auto()


@dataclass(frozen=True)
class OrderLine:
    """An order that waits: since when, from whom."""

    id: int
    title: str
    category: TaskCategory
    organisation: str
    since: datetime | None


@dataclass(frozen=True)
class OpenGig:
    """A gig ahead with places that nobody holds yet."""

    card: Card
    open: int
    people: int
    offered: int


@dataclass(frozen=True)
class Answer:
    """A worker's yes that waits to be confirmed, one who agreed but takes part no more, or who fell out, and why."""

    offer_id: int
    worker: str
    card: Card
    reason: str
    stopped: bool


@dataclass(frozen=True)
class Counts:
    """How many of each wait in all, beyond what the lists show.

    `no_approval`: a Jobcenter of which another asks to give the approval of invoices up.
    """

    disputed: int
    overdue: int
    without_times: int
    warnings: int
    drafts: int
    unbilled_orders: int
    reviews: int
    prices: int
    write_offs: int
    no_approval: int | None
    pay_lists: int
    payments: int
    card_tasks: int


@dataclass(frozen=True)
class CoordinatorPage:
    """The facts of a coordinator's first page."""

    new_orders: tuple[OrderLine, ...]
    unanswered: tuple[OrderLine, ...]
    to_confirm: tuple[Answer, ...]
    unwilling: tuple[Answer, ...]
    fell_out: tuple[Answer, ...]
    open_gigs: tuple[OpenGig, ...]
    counts: Counts

    @property
    def is_calm(self) -> bool:
        """Whether nothing urgent waits."""
        return not (self.to_confirm or self.unwilling or self.fell_out or any(vars(self.counts).values()))


def page_for(actor: Actor, now: datetime, overdue_before: datetime) -> CoordinatorPage:
    """The first page of the actor as a coordinator; hours logged before `overdue_before` are theirs to confirm."""
    mine = actor.jobcenters(Role.COORDINATOR)
    answers = _answers(mine, now)
    return CoordinatorPage(
        new_orders=_new_orders(mine),
        unanswered=_unanswered(mine),
        to_confirm=answers[Queue.TO_CONFIRM],
        unwilling=answers[Queue.UNWILLING],
        fell_out=answers[Queue.FELL_OUT],
        open_gigs=_open_gigs(mine, now),
        counts=_counts(actor, overdue_before, clock.day_of(now)),
    )


def _new_orders(mine: frozenset[int]) -> tuple[OrderLine, ...]:
    query = _order_lines(Order.submitted_at).where(Order.jobcenter_id.in_(mine), Order.status == OrderStatus.NEW)
    rows = db.session.execute(query.order_by(Order.submitted_at, Order.id).limit(LISTED))
    return tuple(map(_order_line, rows))


def _unanswered(mine: frozenset[int]) -> tuple[OrderLine, ...]:
    waiting = (
        select(OrderMessage.order_id, func.min(OrderMessage.sent_at).label("since"))
        .where(OrderMessage.needs_answer, OrderMessage.from_jobcenter.is_(False))
        .group_by(OrderMessage.order_id)
        .subquery()
    )
    query = _order_lines(waiting.c.since).join(waiting, waiting.c.order_id == Order.id)
    rows = db.session.execute(query.where(Order.jobcenter_id.in_(mine)).order_by(waiting.c.since).limit(LISTED))
    return tuple(map(_order_line, rows))


def _order_lines(since: ColumnElement) -> Select:
    columns = (Order.id, Order.title, Order.category, Organisation.name.label("organisation"), since.label("since"))
    return select(*columns).select_from(Order).outerjoin(Organisation, Organisation.id == Order.organisation_id)


def _order_line(row: Row) -> OrderLine:
    return OrderLine(
        id=row.id,
        title=row.title or str(TASKS[row.category]),
        category=row.category,
        organisation=row.organisation or "",
        since=row.since,
    )


def _answers(mine: frozenset[int], now: datetime) -> dict[Queue, tuple[Answer, ...]]:
    """Answers to confirm, agreed places of who takes part no more, and who lately fell out, of gigs still to come."""
    consents = has_consented(ConsentPurpose.TAKE_PART)
    columns = (Offer.id.label("offer_id"), Offer.status, Offer.reason, Worker.given_name, Worker.family_name)
    fell_out = and_(Offer.status.in_(FELL_OUT), Offer.ended_at > now - FELL_OUT_SHOWN_FOR)
    unwilling = and_(Offer.status.in_(AGREED), ~consents)
    query = (
        select_gigs(*columns, consents.label("consents"))
        .join(Offer, Offer.gig_id == Gig.id)
        .join(Worker, Worker.id == Offer.worker_id)
        .where(Gig.jobcenter_id.in_(mine), Gig.status == GigStatus.PLANNED, Gig.starts_at > now)
        .where(or_(Offer.status == OfferStatus.ACCEPTED, fell_out, unwilling))
    )
    found = defaultdict(list)
    for row in db.session.execute(query.order_by(Gig.starts_at, Offer.id).limit(LISTED * 2)):
        found[_queue(row)].append(_answer(row))
    return {queue: tuple(found[queue]) for queue in Queue}


def _queue(row: Row) -> Queue:
    if row.status in FELL_OUT:
        return Queue.FELL_OUT
    return Queue.TO_CONFIRM if row.consents else Queue.UNWILLING


def _answer(row: Row) -> Answer:
    return Answer(
        offer_id=row.offer_id,
        worker=full_name(row.given_name, row.family_name),
        card=card_of(row),
        reason=reason(row.reason),
        stopped=row.status is OfferStatus.STOPPED,
    )


def _open_gigs(mine: frozenset[int], now: datetime) -> tuple[OpenGig, ...]:
    """Gigs to come with free places, the soonest first.

    They are found on the gig's own index before anything is joined, so that only the shown ones are counted.
    """
    in_use = select(func.count(Slot.id)).where(Slot.gig_id == Gig.id, Slot.in_use).scalar_subquery()
    held = _offers_in(HOLDING)
    agreed = select(Order.status).where(Order.id == Gig.order_id).scalar_subquery() == OrderStatus.ACCEPTED
    soonest = (
        select(Gig.id, in_use.label("people"), held.label("held"))
        .where(Gig.jobcenter_id.in_(mine), Gig.status == GigStatus.PLANNED, Gig.starts_at > now)
        .where(held < in_use, agreed)
        .order_by(Gig.starts_at, Gig.id)
        .limit(LISTED)
        .subquery()
    )
    offered = _offers_in(frozenset({OfferStatus.OFFERED}))
    query = select_gigs(soonest.c.people, soonest.c.held, offered.label("offered"))
    rows = db.session.execute(query.join(soonest, soonest.c.id == Gig.id).order_by(Gig.starts_at, Gig.id))
    return tuple(
        OpenGig(card=card_of(row), open=row.people - row.held, people=row.people, offered=row.offered) for row in rows
    )


def _offers_in(statuses: frozenset[OfferStatus]) -> ScalarSelect[int]:
    return select(func.count(Offer.id)).where(Offer.gig_id == Gig.id, Offer.status.in_(statuses)).scalar_subquery()


def _counts(actor: Actor, overdue_before: datetime, today: date) -> Counts:
    """Every count in one query. What waits for a second person is counted when another has asked for it."""
    mine = actor.jobcenters(Role.COORDINATOR)
    entries = select(func.count(TimeEntry.id)).where(TimeEntry.jobcenter_id.in_(mine))
    overdue = entries.where(TimeEntry.status == EntryStatus.LOGGED, TimeEntry.logged_at <= overdue_before)
    warnings = select(func.count(LimitWarning.id)).where(
        LimitWarning.jobcenter_id.in_(mine),
        LimitWarning.closed_at.is_(None),
        LimitWarning.noted_at.is_(None),
        LimitWarning.settled_at.is_(None),
    )
    drafts = select(func.count(Invoice.id)).where(Invoice.jobcenter_id.in_(mine), Invoice.status == InvoiceStatus.DRAFT)
    to_bill = select(TimeEntry.id).where(
        TimeEntry.jobcenter_id.in_(mine), TimeEntry.status == EntryStatus.CONFIRMED, TimeEntry.invoiced.is_(False)
    )
    has_hours = to_bill.where(TimeEntry.order_id == Order.id).exists()
    unbilled = select(func.count(Order.id)).where(Order.jobcenter_id.in_(mine), has_hours)
    reviews = count_due(today).where(Worker.jobcenter_id.in_(mine))
    row = db.session.execute(
        select(
            entries.where(TimeEntry.status == EntryStatus.DISPUTED).scalar_subquery(),
            overdue.scalar_subquery(),
            entries.where(TimeEntry.status == EntryStatus.NEEDS_TIMES).scalar_subquery(),
            warnings.scalar_subquery(),
            drafts.scalar_subquery(),
            unbilled.scalar_subquery(),
            reviews.scalar_subquery(),
            prices_asked(actor),
            write_offs_asked(actor),
            no_approval_asked(actor),
            pay_lists_asked(actor),
            payments_without_invoice(mine),
            card_tasks(mine),
        )
    ).one()
    return Counts(*row)
