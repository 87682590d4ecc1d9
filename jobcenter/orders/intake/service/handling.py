"""Handling a sent order: its thread, who handles it, declining, cancelling, reopening, closing."""

from __future__ import annotations

from typing import Any

from jobcenter.auth.domain import SYSTEM, Actor
from jobcenter.core import audit, clock, todo
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, NotPossible
from jobcenter.core.sending import key_of
from jobcenter.core.uow import flush, register_clash
from jobcenter.orders.intake import policy, post, queries
from jobcenter.orders.intake.domain import UNSENT, OrderAction, next_state
from jobcenter.orders.intake.models import Order, OrderMessage
from jobcenter.workers.places import area_tag

CANCELLED_TODO = "order_cancelled"

register_clash("uq_order_message_form_key", lambda: AlreadyDone("message_already_sent"))


def post_message(actor: Actor, order_id: int, text: str, form_key: str) -> OrderMessage:
    """Write on an order's thread; the other side gets a mail. One text sent twice by a form is the first."""
    order = queries.order_for(actor, order_id, lock=True)
    key = key_of(form_key, text)
    sent_before = queries.message_with_key(key)
    if sent_before is not None and sent_before.order_id == order.id:
        return sent_before
    _check_sent(order)
    from_jobcenter = policy.can_coordinate(actor, order.jobcenter_id) and not queries.acts_for(actor, order)
    _answer(order.id, from_jobcenter=from_jobcenter)
    message = OrderMessage(
        order_id=order.id,
        author_id=actor.user_id,
        author_name=actor.name,
        from_jobcenter=from_jobcenter,
        text=text,
        sent_at=clock.now(),
        needs_answer=True,
        form_key=key,
    )
    db.session.add(message)
    if from_jobcenter:
        _handle(actor, order)
    flush()
    audit.record(actor, "order.message", "order", order.id, jobcenter_id=order.jobcenter_id)
    post.tell_of_message(order, message)
    return message


def answer_not_needed(actor: Actor, order_id: int) -> None:
    """Mark that the other side's messages need no answer. Raises AlreadyDone when none waits."""
    order = queries.order_for(actor, order_id, lock=True)
    as_jobcenter = policy.can_coordinate(actor, order.jobcenter_id) and not queries.acts_for(actor, order)
    if not _answer(order.id, from_jobcenter=as_jobcenter):
        raise AlreadyDone("message_none_waits")


def take_over(actor: Actor, order_id: int) -> None:
    """Handle an order from now on oneself. Raises AlreadyDone."""
    order = queries.coordinated_order_for(actor, order_id, lock=True)
    if order.coordinator_id == actor.user_id:
        raise AlreadyDone("order_already_yours")
    before, order.coordinator_id = {"coordinator_id": order.coordinator_id}, actor.user_id
    after = {"coordinator_id": actor.user_id}
    audit.record(actor, "order.take_over", "order", order.id, before, after, jobcenter_id=order.jobcenter_id)


def set_priority(actor: Actor, order_id: int, priority: int) -> Order:
    """How early an order's places are filled when gigs are planned. Raises AlreadyDone."""
    order = queries.coordinated_order_for(actor, order_id, lock=True)
    if order.priority == priority:
        raise AlreadyDone("order_priority_already")
    before, order.priority = {"priority": order.priority}, priority
    after = {"priority": priority}
    audit.record(actor, "order.set_priority", "order", order.id, before, after, jobcenter_id=order.jobcenter_id)
    return order


def set_area(actor: Actor, order_id: int, area: str) -> Order:
    """In which area the order's place is, so that people who wish to work there are found. Raises AlreadyDone."""
    order = queries.coordinated_order_for(actor, order_id, lock=True)
    tag = area_tag(area)
    if order.area == tag:
        raise AlreadyDone("order_area_already")
    before, order.area = {"area": order.area}, tag
    audit.record(actor, "order.set_area", "order", order.id, before, {"area": tag}, jobcenter_id=order.jobcenter_id)
    return order


def decline(actor: Actor, order_id: int, reason: str) -> Order:
    """Say that the Jobcenter cannot take the order; the orderer is told why."""
    order = queries.coordinated_order_for(actor, order_id, lock=True)
    move(actor, order, OrderAction.DECLINE, reason)
    _handle(actor, order)
    post.tell_of_decision(order, OrderAction.DECLINE, actor, to_orderer=True)
    return order


def cancel(actor: Actor, order_id: int, reason: str) -> Order:
    """Cancel a sent order, by either side; the other side is told why, and gigs are cancelled by their own feature."""
    order = queries.order_for(actor, order_id, lock=True)
    if order.status in UNSENT:
        raise NotPossible("order_not_possible")
    move(actor, order, OrderAction.CANCEL, reason)
    todo.leave(CANCELLED_TODO, order.id, {"reason": reason, "by": actor.name})
    by_orderer = queries.acts_for(actor, order)
    post.tell_of_decision(order, OrderAction.CANCEL, actor, to_orderer=not by_orderer)
    return order


def reopen(actor: Actor, order_id: int, reason: str) -> Order:
    """Take a declined or cancelled order up again as new; the orderer is told why."""
    order = queries.coordinated_order_for(actor, order_id, lock=True)
    move(actor, order, OrderAction.REOPEN, reason)
    order.agreed_price = None
    post.tell_of_decision(order, OrderAction.REOPEN, actor, to_orderer=True)
    return order


def close(actor: Actor, order_id: int) -> Order:
    """Mark an accepted order as done: by its coordinator, or by the system when its last gig is."""
    order = _order_to_close(actor, order_id)
    move(actor, order, OrderAction.CLOSE, "")
    return order


def move(actor: Actor, order: Order, action: OrderAction, reason: str) -> None:
    """Take an order to its next state, with the reason and a mark on the log. Raises AlreadyDone, NotPossible."""
    before = _state(order)
    order.status = next_state(order.status, action)
    order.status_reason = reason
    audit.record(actor, f"order.{action}", "order", order.id, before, _state(order), jobcenter_id=order.jobcenter_id)


def _order_to_close(actor: Actor, order_id: int) -> Order:
    if actor is SYSTEM:
        return queries.any_order(order_id, lock=True)
    return queries.coordinated_order_for(actor, order_id, lock=True)


def _check_sent(order: Order) -> None:
    if order.status in UNSENT:
        raise NotPossible("order_not_sent")


def _handle(actor: Actor, order: Order) -> None:
    """Whoever first does something to an order handles it."""
    if order.coordinator_id is None:
        order.coordinator_id = actor.user_id


def _answer(order_id: int, *, from_jobcenter: bool) -> int:
    """Mark the other side's waiting messages as answered; how many."""
    waiting = [
        message
        for message in queries.thread(order_id)
        if message.needs_answer and message.from_jobcenter is not from_jobcenter
    ]
    for message in waiting:
        message.needs_answer = False
    return len(waiting)


def _state(order: Order) -> dict[str, Any]:
    return {"status": order.status, "reason": order.status_reason}
