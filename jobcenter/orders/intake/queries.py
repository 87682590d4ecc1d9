"""Finding orders as the actor may see them, their threads and terms."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql import Select

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Actor, Role
from jobcenter.benefits import ContractForm
from jobcenter.core import clock, paging, texts
from jobcenter.core.db import db
from jobcenter.core.errors import NotFound, or_not_found
from jobcenter.orders.intake.domain import ENDED, UNSENT, OrderStatus, Part
from jobcenter.orders.intake.domain_terms import Estimate, estimate
from jobcenter.orders.intake.domain_times import Occurrence, WishedTime, occurrences
from jobcenter.orders.intake.models import Order, OrderMessage, TermsOffer, TermsVersion
from jobcenter.orders.organisations.domain import OrganisationKind
from jobcenter.orders.organisations.queries import members_of, own_organisation_ids
from jobcenter.orders.rates.domain import RateMissing, Rates
from jobcenter.orders.rates.queries import hourly_rates

# Who sees an order


def acted_for_by(actor: Actor) -> ColumnElement[bool]:
    """Condition: the actor acts for the organisation that ordered it, or writes it before there is one.

    Who left the organisation does not act for it any more, not even on orders of their own. A visitor acts for nobody.
    """
    if not actor.is_signed_in:
        return false()
    of_own_organisation = Order.organisation_id.in_(own_organisation_ids(actor))
    written = and_(Order.ordered_by_id == actor.user_id, or_(Order.organisation_id.is_(None), of_own_organisation))
    return or_(written, and_(Order.status.not_in(UNSENT), of_own_organisation))


def coordinated_by(actor: Actor) -> ColumnElement[bool]:
    """Condition: the order was sent to a Jobcenter that the actor coordinates."""
    return and_(Order.jobcenter_id.in_(actor.jobcenters(Role.COORDINATOR)), Order.status.not_in(UNSENT))


def written_by(actor: Actor) -> ColumnElement[bool]:
    """Condition: an unsent order that the actor is writing, for themselves or, as a coordinator, for an orderer."""
    if not actor.is_signed_in:
        return false()
    writes = or_(Order.ordered_by_id == actor.user_id, Order.coordinator_id == actor.user_id)
    return and_(Order.status.in_(UNSENT), writes)


# One order, with its times and organisation


def order_for(actor: Actor, order_id: int, *, lock: bool = False) -> Order:
    """The order, for its orderer and its coordinators. Raises NotFound."""
    return _the_one(and_(Order.id == order_id, or_(acted_for_by(actor), coordinated_by(actor))), lock=lock)


def own_order_for(actor: Actor, order_id: int, *, lock: bool = False) -> Order:
    """The order, for its orderer. Raises NotFound."""
    return _the_one(and_(Order.id == order_id, acted_for_by(actor)), lock=lock)


def coordinated_order_for(actor: Actor, order_id: int, *, lock: bool = False) -> Order:
    """The order, for the coordinators of its Jobcenter. Raises NotFound."""
    return _the_one(and_(Order.id == order_id, coordinated_by(actor)), lock=lock)


def order_by_key_for(actor: Actor, key: str, *, lock: bool = False) -> Order:
    """The order with this unguessable address: while nobody owns it, for whoever knows the address. Raises NotFound."""
    unowned = and_(Order.ordered_by_id.is_(None), Order.coordinator_id.is_(None), Order.status.in_(UNSENT))
    seen = or_(unowned, written_by(actor), acted_for_by(actor), coordinated_by(actor))
    return _the_one(and_(Order.form_key == key, seen), lock=lock)


def any_order(order_id: int, *, lock: bool = False) -> Order:
    """The order, whoever asks: for jobs and for one-time links, which name their order. Raises NotFound."""
    return _the_one(Order.id == order_id, lock=lock)


def order_of_link(order_id: int) -> Order | None:
    """The order that a one-time link names; None when it was forgotten."""
    try:
        return any_order(order_id)
    except NotFound:
        return None


def key_is_taken(key: str) -> bool:
    """Whether an order with this address exists."""
    return db.session.scalar(select(Order.id).where(Order.form_key == key)) is not None


def acts_for(actor: Actor, order: Order) -> bool:
    """Whether the actor is on the orderer's side of an order."""
    return db.session.scalar(select(Order.id).where(Order.id == order.id, acted_for_by(actor))) is not None


def _the_one(condition: ColumnElement[bool], *, lock: bool) -> Order:
    query = select(Order).where(condition).options(selectinload(Order.times), joinedload(Order.organisation))
    if lock:
        query = query.with_for_update(of=Order).execution_options(populate_existing=True)
    return or_not_found(db.session.scalar(query))


# What an order's own columns come to


def wished_times(order: Order) -> tuple[WishedTime, ...]:
    """The wished times of an order whose times are loaded."""
    return tuple(WishedTime(row.day, row.starts, row.ends, row.break_minutes, row.weekly_until) for row in order.times)


def occurrences_of(order: Order) -> list[Occurrence]:
    """The dated times that an order comes to, in order: what its gigs are made of."""
    return occurrences(wished_times(order))


def estimate_of(order: Order, form: ContractForm, agreed: Decimal | None = None) -> Estimate | None:
    """What an order would cost under a form of contract by the dated rates; None while times or a rate are missing."""
    found = occurrences_of(order)
    if not found:
        return None
    try:
        return estimate(
            found,
            people=order.people,
            rates_on=lambda day: rates_of(order, form, day),
            agreed=agreed,
        )
    except RateMissing:
        return None


def rates_of(order: Order, form: ContractForm, day: date) -> Rates:
    """Wage, VAT and the list price for the order's kind of orderer on a day. Raises RateMissing."""
    typed = (order.draft_account or {}).get("kind")
    orderer_kind = order.organisation.kind if order.organisation else OrganisationKind(typed) if typed else None
    return hourly_rates(form, order.jobcenter_id, day, orderer_kind)


def first_day(order: Order) -> date:
    """The day whose list price holds for the order: its first day of work; without times, today."""
    found = occurrences_of(order)
    return found[0].day if found else clock.today()


def list_prices(order: Order) -> dict[ContractForm, Rates]:
    """The rates of each form of contract on the order's first day; forms without a rate are left out."""
    found = {}
    for form in ContractForm:
        with suppress(RateMissing):
            found[form] = rates_of(order, form, first_day(order))
    return found


def done_parts(order: Order) -> frozenset[Part]:
    """The parts of the order form that are filled in and hold nothing that could not be taken."""
    filled = {
        Part.TASK: bool(order.title),
        Part.TIMES: bool(order.times),
        Part.PLACE: bool(order.street and order.city and order.contact_name),
        Part.ORDERER: order.organisation_id is not None or order.draft_account is not None,
    }
    return frozenset(part for part, is_filled in filled.items() if is_filled and part not in (order.draft_typed or {}))


# The orderer's lists


def drafts_of(actor: Actor) -> list[Order]:
    """The actor's own unsent orders, newest first."""
    query = _listed().where(written_by(actor))
    return list(db.session.scalars(query.order_by(Order.changed_at.desc()).limit(20)))


def open_orders_of(actor: Actor, limit: int = 100) -> list[Order]:
    """The actor's sent orders that have not ended, newest first."""
    query = _listed().where(acted_for_by(actor), Order.status.not_in(UNSENT | ENDED))
    return list(db.session.scalars(query.order_by(Order.id.desc()).limit(limit)))


def ended_orders_of(actor: Actor, *, limit: int, offset: int) -> list[Order]:
    """The actor's orders that have ended, newest first."""
    query = _listed().where(acted_for_by(actor), Order.status.in_(ENDED))
    return list(db.session.scalars(query.order_by(Order.id.desc()).limit(limit).offset(offset)))


def ended_count_of(actor: Actor) -> int:
    """How many of the actor's orders have ended."""
    query = select(func.count(Order.id)).where(acted_for_by(actor), Order.status.in_(ENDED))
    return db.session.scalar(query) or 0


# The coordinator's lists


@dataclass(frozen=True)
class Search:
    """What a coordinator looks for among orders; None and empty mean any."""

    statuses: frozenset[OrderStatus] = frozenset()
    organisation_id: int | None = None


def coordinated_orders(actor: Actor, search: Search, *, limit: int, offset: int) -> list[Order]:
    """The orders of the actor's Jobcenters that fit: the ones that wait longest first."""
    query = _searched(_listed(), actor, search).order_by(Order.id.desc())
    return list(db.session.scalars(query.limit(limit).offset(offset)))


def coordinated_count(actor: Actor, search: Search) -> int:
    """How many orders fit."""
    return db.session.scalar(_searched(select(func.count(Order.id)), actor, search)) or 0


def new_orders(actor: Actor, piece: paging.Part) -> list[Order]:
    """The part of the orders that wait for a coordinator's terms, oldest first; `status_counts` counts them."""
    query = _listed().where(coordinated_by(actor), Order.status == OrderStatus.NEW)
    query = query.order_by(Order.submitted_at, Order.id)
    return list(db.session.scalars(query.limit(piece.limit).offset(piece.offset)))


def status_counts(actor: Actor) -> dict[OrderStatus, int]:
    """How many orders of the actor's Jobcenters are in each state."""
    query = select(Order.status, func.count(Order.id)).where(coordinated_by(actor)).group_by(Order.status)
    return {status: count for status, count in db.session.execute(query)}


def orders_with_unanswered(actor: Actor, piece: paging.Part) -> list[Order]:
    """The part of the orders of the actor's Jobcenters where the orderer waits for an answer, longest waiting first."""
    waiting = _waiting().subquery()
    query = _listed().join(waiting, waiting.c.order_id == Order.id).where(coordinated_by(actor))
    query = query.order_by(waiting.c.since, Order.id)
    return list(db.session.scalars(query.limit(piece.limit).offset(piece.offset)))


def unanswered_count(actor: Actor) -> int:
    """In how many orders the orderer waits for an answer."""
    waiting = _waiting().subquery()
    query = select(func.count(Order.id)).join(waiting, waiting.c.order_id == Order.id)
    return db.session.scalar(query.where(coordinated_by(actor))) or 0


def _waiting() -> Select:
    """Each order with messages to the Jobcenter that need an answer, and since when."""
    query = select(OrderMessage.order_id, func.min(OrderMessage.sent_at).label("since"))
    query = query.where(OrderMessage.needs_answer, OrderMessage.from_jobcenter.is_(False))
    return query.group_by(OrderMessage.order_id)


def _searched(query: Select, actor: Actor, search: Search) -> Select:
    query = query.where(coordinated_by(actor))
    if search.statuses:
        query = query.where(Order.status.in_(search.statuses))
    if search.organisation_id is not None:
        query = query.where(Order.organisation_id == search.organisation_id)
    return query


def _listed() -> Select:
    return select(Order).options(selectinload(Order.times), joinedload(Order.organisation))


# Threads


def thread(order_id: int) -> list[OrderMessage]:
    """An order's messages, oldest first."""
    query = select(OrderMessage).where(OrderMessage.order_id == order_id).order_by(OrderMessage.id)
    return list(db.session.scalars(query))


def message_with_key(form_key: str) -> OrderMessage | None:
    """The message that a form was sent as, if it was."""
    return db.session.scalar(select(OrderMessage).where(OrderMessage.form_key == form_key))


def waiting_for_orderer(order_ids: Collection[int]) -> frozenset[int]:
    """Those of the orders where the Jobcenter waits for the orderer's answer."""
    query = select(OrderMessage.order_id).where(
        OrderMessage.order_id.in_(order_ids), OrderMessage.needs_answer, OrderMessage.from_jobcenter
    )
    return frozenset(db.session.scalars(query))


# Terms


def terms_in_force(jobcenter_id: int, day: date) -> TermsVersion | None:
    """The newest version of a Jobcenter's terms that is valid on a day."""
    query = select(TermsVersion).where(TermsVersion.jobcenter_id == jobcenter_id, TermsVersion.valid_from <= day)
    return db.session.scalars(query.order_by(TermsVersion.number.desc()).limit(1)).first()


def terms_now(jobcenter_id: int) -> TermsVersion | None:
    """The newest version of a Jobcenter's terms that is valid today."""
    return terms_in_force(jobcenter_id, clock.today())


def still_stands(sent: TermsOffer) -> bool:
    """Whether terms as sent can still be accepted."""
    standing = standing_terms(sent.order_id)
    order = any_order(sent.order_id)
    return order.status is OrderStatus.TERMS_SENT and standing is not None and standing.id == sent.id


def terms_versions(jobcenter_ids: Collection[int]) -> list[TermsVersion]:
    """All versions of some Jobcenters' terms, newest first."""
    query = select(TermsVersion).where(TermsVersion.jobcenter_id.in_(jobcenter_ids))
    return list(db.session.scalars(query.order_by(TermsVersion.jobcenter_id, TermsVersion.number.desc())))


def newest_number(jobcenter_id: int) -> int:
    """The highest number that a Jobcenter's terms have; 0 before the first."""
    return db.session.scalar(
        select(func.coalesce(func.max(TermsVersion.number), 0)).where(TermsVersion.jobcenter_id == jobcenter_id)
    )


def terms_offers(order_id: int) -> list[TermsOffer]:
    """The terms as sent for an order, with their versions, newest first."""
    query = select(TermsOffer).where(TermsOffer.order_id == order_id).options(joinedload(TermsOffer.version))
    return list(db.session.scalars(query.order_by(TermsOffer.id.desc())))


def standing_terms(order_id: int, *, lock: bool = False) -> TermsOffer | None:
    """The terms that were sent last and not taken back, with their version."""
    query = select(TermsOffer).where(TermsOffer.order_id == order_id, TermsOffer.taken_back_at.is_(None))
    query = query.options(joinedload(TermsOffer.version)).order_by(TermsOffer.id.desc()).limit(1)
    if lock:
        query = query.with_for_update(of=TermsOffer)
    return db.session.scalars(query).first()


def terms_offer(terms_offer_id: int) -> TermsOffer:
    """Terms as sent, with their version: for one-time links, which name them. Raises NotFound."""
    query = select(TermsOffer).where(TermsOffer.id == terms_offer_id).options(joinedload(TermsOffer.version))
    return or_not_found(db.session.scalar(query))


# People to write to


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a mail about an order; without an account when only an address is known."""

    user_id: int | None
    email: str
    language: str


def coordinators_of(order: Order) -> list[Reader]:
    """The coordinator who handles an order; before anybody does, all coordinators of its Jobcenter."""
    users = auth.users_of([order.jobcenter_id], Role.COORDINATOR)
    handling = [user for user in users if user.id == order.coordinator_id]
    return [Reader(user.id, user.email, user.language) for user in handling or users if user.active]


def orderers_of(order: Order) -> list[Reader]:
    """The one who ordered; else, or when they have left, all who act for the organisation; else its own address."""
    if order.organisation is None:
        user = auth.user(order.ordered_by_id) if order.ordered_by_id is not None else None
        return [Reader(user.id, user.email, user.language)] if user is not None and user.active else []
    members = [Reader(member.user_id, member.email, member.language) for member in members_of(order.organisation.id)]
    ordered = [reader for reader in members if reader.user_id == order.ordered_by_id]
    members = ordered or members
    address = order.organisation.email
    return members or ([Reader(None, address, texts.DEFAULT)] if address else [])


# Old drafts


def forgotten_drafts(before: datetime, limit: int = 200) -> list[Order]:
    """Drafts without an owner, and orders whose e-mail was never confirmed, that nobody touched since; locked."""
    unowned = and_(Order.ordered_by_id.is_(None), Order.coordinator_id.is_(None))
    query = select(Order).where(Order.status.in_(UNSENT), unowned, Order.changed_at < before)
    query = query.options(selectinload(Order.times)).order_by(Order.id).limit(limit)
    return list(db.session.scalars(query.with_for_update(of=Order, skip_locked=True)))
