"""Writing an order, part by part, before it is sent and while it is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from jobcenter.auth.domain import SYSTEM, Actor, Role
from jobcenter.core import audit, clock
from jobcenter.core.db import db
from jobcenter.core.errors import AlreadyDone, DomainError, NotFound, NotPossible
from jobcenter.core.uow import flush, register_clash
from jobcenter.orders.intake import post, queries
from jobcenter.orders.intake.domain import OrderStatus, Part, check_editable, check_version
from jobcenter.orders.intake.domain_parts import (
    INVOICE_FIELDS,
    LASTING_INVOICE_FIELDS,
    PLACE_FIELDS,
    TASK_FIELDS,
    Invoicing,
    OrdererPart,
    PlacePart,
    TaskPart,
    TimesPart,
    WholeOrder,
)
from jobcenter.orders.intake.domain_times import WishedTime, check_times
from jobcenter.orders.intake.models import Order, OrderTime
from jobcenter.orders.organisations import queries as organisations
from jobcenter.orders.organisations.models import Organisation

DRAFTS_KEPT_FOR = timedelta(days=30)
MOST_TYPED = 30_000
COPIED = (*TASK_FIELDS, *PLACE_FIELDS, *LASTING_INVOICE_FIELDS, "jobcenter_id", "organisation_id", "people")

register_clash("uq_work_order_form_key", lambda: AlreadyDone("order_already_begun"))

OrderPart = TaskPart | TimesPart | PlacePart | OrdererPart
NAMES: dict[type, Part] = {
    TaskPart: Part.TASK,
    TimesPart: Part.TIMES,
    PlacePart: Part.PLACE,
    OrdererPart: Part.ORDERER,
}


def start_draft(actor: Actor, key: str, jobcenter_id: int, task: TaskPart, for_id: int | None = None) -> Order:
    """Begin an order at an unguessable address; begun again with the same address (a second click, the back button),
    the task is saved anew. `for_id` is the organisation that a coordinator writes for.

    Raises NotPossible when the order has been sent, NotFound for another's organisation.
    """
    if queries.key_is_taken(key):
        return _begun_before(actor, key, task)
    now = clock.now()
    order = Order(jobcenter_id=jobcenter_id, form_key=key, status=OrderStatus.DRAFT, created_at=now, changed_at=now)
    _apply_task(order, task)
    if for_id is None:
        _write_as(actor, order)
    else:
        _write_for(actor, order, organisations.coordinated_organisation_for(actor, for_id))
    db.session.add(order)
    flush()
    return order


def save_part(actor: Actor, key: str, version: int, part: OrderPart) -> Order:
    """Save one page of the order form; `version` is what the page was opened with. Saved twice, it changes nothing.

    Raises NotPossible when the order is past editing, OrderChanged, TimeRefused, TooManyTimes, NotFound.
    """
    order = queries.order_by_key_for(actor, key, lock=True)
    check_editable(order.status)
    seen, before = order.version, _everything(order)
    _APPLY[NAMES[type(part)]](actor, order, part)
    _forget_typed(order, NAMES[type(part)])
    if _everything(order) != before:
        check_version(version, seen)
        order.changed_at = clock.now()
        flush()
        _record_edit(actor, order, before)
    return order


def keep_typed(actor: Actor, key: str, part: Part, typed: Mapping[str, list[str]]) -> None:
    """Keep what was typed on a page of a draft as it is, to go on later. Raises DomainError when it is too much."""
    order = queries.order_by_key_for(actor, key, lock=True)
    if order.status is not OrderStatus.DRAFT:
        raise NotPossible("order_not_editable")
    if sum(len(text) for texts in typed.values() for text in texts) > MOST_TYPED:
        raise DomainError("typed_too_much")
    order.draft_typed = {**(order.draft_typed or {}), part.value: {name: list(texts) for name, texts in typed.items()}}
    order.changed_at = clock.now()


def discard(actor: Actor, key: str) -> None:
    """Throw a draft away. Raises AlreadyDone when it is gone, NotPossible when it has been sent."""
    if not queries.key_is_taken(key):
        raise AlreadyDone("draft_gone")
    order = queries.order_by_key_for(actor, key, lock=True)
    if order.status is not OrderStatus.DRAFT:
        raise NotPossible("order_not_editable")
    db.session.delete(order)


def copy(actor: Actor, order_id: int, key: str) -> Order:
    """A draft like an old order, at a new address; its days are given anew. Copied twice, it is the first copy."""
    if queries.key_is_taken(key):
        return queries.order_by_key_for(actor, key)
    old = queries.order_for(actor, order_id)
    now = clock.now()
    order = Order(form_key=key, status=OrderStatus.DRAFT, created_at=now, changed_at=now)
    for name in COPIED:
        setattr(order, name, getattr(old, name))
    if queries.acts_for(actor, old):
        order.ordered_by_id = actor.user_id
    else:
        order.coordinator_id = actor.user_id
    order.draft_typed = {Part.TIMES.value: _typed_times(old)}
    db.session.add(order)
    flush()
    return order


def place_order(actor: Actor, whole: WholeOrder) -> Order:
    """A whole order in the name of an orderer, as new: by its Jobcenter's coordinator, its member, or the system.

    Raises NotFound for others, TimeRefused and TooManyTimes.
    """
    organisation = _organisation_to_order_for(actor, whole.organisation_id)
    if organisation.jobcenter_id != whole.jobcenter_id:
        raise NotFound()
    now = clock.now()
    order = Order(
        jobcenter_id=whole.jobcenter_id,
        organisation_id=organisation.id,
        status=OrderStatus.NEW,
        created_at=now,
        changed_at=now,
        submitted_at=now,
    )
    if actor.user_id is not None and organisations.is_member(organisation.id, actor.user_id):
        order.ordered_by_id = actor.user_id
    _apply_task(order, whole.task)
    _apply_times(actor, order, whole.times)
    _apply_place(actor, order, whole.place)
    _apply_invoicing(order, whole.invoicing)
    fill_invoicing(order, organisation)
    db.session.add(order)
    flush()
    audit.record(actor, "order.submit", "order", order.id, None, facts_of(order), jobcenter_id=order.jobcenter_id)
    return order


def forget_old_drafts(now: datetime) -> int:
    """Remove drafts without an owner and orders never confirmed that nobody has touched for long; how many."""
    old = queries.forgotten_drafts(now - DRAFTS_KEPT_FOR)
    for order in old:
        db.session.delete(order)
    return len(old)


def facts_of(order: Order) -> dict[str, Any]:
    """An order's words as the audit log keeps them."""
    facts = {name: getattr(order, name) for name in (*TASK_FIELDS, *PLACE_FIELDS, *INVOICE_FIELDS, "people")}
    return facts | {"times": [asdict(wished) for wished in queries.wished_times(order)]}


def fill_invoicing(order: Order, organisation: Organisation) -> None:
    """Take what the order does not say about invoicing from the orderer's profile."""
    for name in LASTING_INVOICE_FIELDS:
        setattr(order, name, getattr(order, name) or getattr(organisation, name))


def _begun_before(actor: Actor, key: str, task: TaskPart) -> Order:
    order = queries.order_by_key_for(actor, key, lock=True)
    check_editable(order.status)
    if order.status is OrderStatus.DRAFT:
        _apply_task(order, task)
        _forget_typed(order, Part.TASK)
        order.changed_at = clock.now()
    return order


def _write_as(actor: Actor, order: Order) -> None:
    """The order is the actor's own; who acts for one organisation only orders for it unless they say otherwise."""
    if not actor.is_signed_in:
        return
    order.ordered_by_id = actor.user_id
    own = organisations.own_organisations(actor, order.jobcenter_id)
    if len(own) == 1:
        order.organisation_id = own[0].id


def _write_for(actor: Actor, order: Order, organisation: Organisation) -> None:
    """The order is the organisation's, written down by a coordinator."""
    order.coordinator_id = actor.user_id
    order.organisation_id, order.jobcenter_id = organisation.id, organisation.jobcenter_id


def _organisation_to_order_for(actor: Actor, organisation_id: int) -> Organisation:
    if actor is SYSTEM:
        return organisations.any_organisation(organisation_id)
    return organisations.organisation_for(actor, organisation_id)


def _apply_task(order: Order, task: TaskPart) -> None:
    for name in TASK_FIELDS:
        setattr(order, name, getattr(task, name))


def _apply_times(_actor: Actor, order: Order, part: TimesPart) -> None:
    check_times(part.times, now=clock.now())
    order.people = part.people
    times = sorted(part.times, key=lambda wished: (wished.day, wished.starts))
    if order.id is None or times != list(queries.wished_times(order)):
        order.times = [_time_row(wished) for wished in times]


def _time_row(wished: WishedTime) -> OrderTime:
    return OrderTime(
        day=wished.day,
        starts=wished.starts,
        ends=wished.ends,
        break_minutes=wished.break_minutes,
        weekly_until=wished.weekly_until,
    )


def _apply_place(_actor: Actor, order: Order, place: PlacePart) -> None:
    for name in PLACE_FIELDS:
        setattr(order, name, getattr(place, name))


def _apply_orderer(actor: Actor, order: Order, part: OrdererPart) -> None:
    """Who orders may change while the order is a draft; afterwards only its invoicing."""
    _apply_invoicing(order, part.invoicing)
    if order.status is not OrderStatus.DRAFT:
        return
    if part.organisation_id is not None:
        organisation = _organisation_to_order_for(actor, part.organisation_id)
        if organisation.jobcenter_id != order.jobcenter_id:
            raise NotFound()
        order.organisation_id, order.draft_account = organisation.id, None
    else:
        order.organisation_id, order.draft_account = None, _account(part)


def _account(part: OrdererPart) -> dict[str, str]:
    """What must be kept of a new orderer until it is made: the profile's fields, and the person's under `person_`."""
    if part.profile is None:
        raise NotFound()
    profile = {name: value or "" for name, value in asdict(part.profile).items()}
    person = asdict(part.person) if part.person is not None else {}
    return profile | {f"person_{name}": value for name, value in person.items()}


def _apply_invoicing(order: Order, invoicing: Invoicing) -> None:
    for name in INVOICE_FIELDS:
        setattr(order, name, getattr(invoicing, name))


_APPLY = {
    Part.TASK: lambda _actor, order, part: _apply_task(order, part),
    Part.TIMES: _apply_times,
    Part.PLACE: _apply_place,
    Part.ORDERER: _apply_orderer,
}


def _forget_typed(order: Order, part: Part) -> None:
    rest = {name: typed for name, typed in (order.draft_typed or {}).items() if name != part.value}
    order.draft_typed = rest or None


def _typed_times(old: Order) -> dict[str, list[str]]:
    """The old order's people and wall-clock times as they would be typed, without days."""
    typed = {"people": [str(old.people)], "rows": [str(max(1, len(old.times)))]}
    for row, wished in enumerate(queries.wished_times(old)):
        typed[f"starts_{row}"] = [f"{wished.starts:%H.%M}"]
        typed[f"ends_{row}"] = [f"{wished.ends:%H.%M}"]
        typed[f"pause_{row}"] = [str(wished.break_minutes)]
    return typed


def _everything(order: Order) -> dict[str, Any]:
    return facts_of(order) | {
        "organisation_id": order.organisation_id,
        "account": order.draft_account,
        "typed": order.draft_typed,
    }


def _record_edit(actor: Actor, order: Order, before: dict[str, Any]) -> None:
    """Put the change of a sent order on the log and tell the coordinator; a draft is nobody else's business."""
    facts = facts_of(order)
    before = {name: before[name] for name in facts}
    if order.status is OrderStatus.DRAFT or facts == before:
        return
    audit.record(actor, "order.edit", "order", order.id, before, facts, jobcenter_id=order.jobcenter_id)
    if order.jobcenter_id not in actor.jobcenters(Role.COORDINATOR):
        post.tell_of_edit(order)
