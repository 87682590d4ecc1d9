"""Finding prices that wait for a second person, as those who may decide see them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import contains_eager
from sqlalchemy.sql import Select

from jobcenter.auth import queries as auth
from jobcenter.auth.domain import Actor, Role
from jobcenter.core import paging
from jobcenter.core.db import db
from jobcenter.core.errors import or_not_found
from jobcenter.core.second_person import AskStatus
from jobcenter.orders.intake.domain import OrderStatus
from jobcenter.orders.intake.models import Order, PriceRequest
from jobcenter.orders.intake.queries import Reader

DECIDERS = (Role.COORDINATOR, Role.ADMIN)


def request_for(actor: Actor, request_id: int, *, lock: bool = False) -> PriceRequest:
    """A request with its order, for those who may decide it. Raises NotFound."""
    of_mine = PriceRequest.id == request_id, Order.jobcenter_id.in_(actor.jobcenters(*DECIDERS))
    query = _with_order(select(PriceRequest).where(*of_mine))
    if lock:
        query = query.with_for_update(of=[PriceRequest, Order]).execution_options(populate_existing=True)
    return or_not_found(db.session.scalar(query))


def open_request(order_id: int, *, lock: bool = False) -> PriceRequest | None:
    """The request of an order that waits; the caller has checked that the actor may see the order."""
    query = select(PriceRequest).where(PriceRequest.order_id == order_id, PriceRequest.status == AskStatus.OPEN)
    return db.session.scalar(query.with_for_update() if lock else query)


def waiting_requests(actor: Actor, piece: paging.Part) -> list[PriceRequest]:
    """The part of the requests that wait in the actor's Jobcenters, with their orders, the oldest first."""
    query = _with_order(select(PriceRequest).where(*_waiting(actor))).order_by(PriceRequest.id)
    return list(db.session.scalars(query.limit(piece.limit).offset(piece.offset)))


def waiting_count(actor: Actor) -> int:
    """How many requests wait in the actor's Jobcenters."""
    query = select(func.count(PriceRequest.id)).join(Order, Order.id == PriceRequest.order_id)
    return db.session.scalar(query.where(*_waiting(actor))) or 0


def asked_of(actor: Actor) -> ScalarSelect[int]:
    """How many requests of others wait for the actor, as a part of another query."""
    query = select(func.count(PriceRequest.id)).join(Order, Order.id == PriceRequest.order_id)
    return query.where(*_waiting(actor), PriceRequest.asked_by_id != actor.user_id).scalar_subquery()


def is_waiting(request: PriceRequest) -> bool:
    """Whether a request can still be decided: open, and its order waits for its terms."""
    return request.status is AskStatus.OPEN and request.order.status is OrderStatus.NEW


def deciders_of(order: Order, asked_by_id: int) -> list[Reader]:
    """Who may decide a price of an order: its Jobcenter's coordinators and administrators, but not whoever asked."""
    users = auth.users_of([order.jobcenter_id], *DECIDERS)
    return [Reader(user.id, user.email, user.language) for user in users if user.active and user.id != asked_by_id]


def _waiting(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    mine = Order.jobcenter_id.in_(actor.jobcenters(*DECIDERS))
    return mine, Order.status == OrderStatus.NEW, PriceRequest.status == AskStatus.OPEN


def _with_order(query: Select) -> Select:
    query = query.join(Order, Order.id == PriceRequest.order_id)
    whole = contains_eager(PriceRequest.order)
    return query.options(whole.selectinload(Order.times), whole.joinedload(Order.organisation))
