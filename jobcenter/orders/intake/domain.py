"""The states of an order and the ways between them, and the parts that an order form has. Pure."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from jobcenter.core import states
from jobcenter.core.errors import DomainError, NotPossible


class OrderStatus(StrEnum):
    """Where an order is on its way. Nothing is staffed before ACCEPTED."""

    DRAFT = "draft"
    UNCONFIRMED = "unconfirmed"
    NEW = "new"
    TERMS_SENT = "terms_sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class OrderAction(StrEnum):
    """What can be done to an order."""

    SUBMIT = "submit"
    SUBMIT_WITHOUT_ACCOUNT = "submit_without_account"
    CORRECT = "correct"
    CONFIRM_EMAIL = "confirm_email"
    SEND_TERMS = "send_terms"
    TAKE_BACK_TERMS = "take_back_terms"
    ACCEPT = "accept"
    DECLINE = "decline"
    CANCEL = "cancel"
    REOPEN = "reopen"
    CLOSE = "close"


class Part(StrEnum):
    """The short pages of the order form, in their order."""

    TASK = "task"
    TIMES = "times"
    PLACE = "place"
    ORDERER = "orderer"


# Which orders' places are filled first when gigs are planned: the higher the number, the earlier.
PRIORITIES = range(1, 10)
USUAL_PRIORITY = 5


class OrderNotReady(DomainError):
    """Parts of the order are missing or hold something that cannot be taken."""


class OrderChanged(DomainError):
    """Somebody saved the order after the page was opened."""


_S, _A = OrderStatus, OrderAction

TRANSITIONS: dict[tuple[OrderStatus, OrderAction], OrderStatus] = {
    (_S.DRAFT, _A.SUBMIT): _S.NEW,
    (_S.DRAFT, _A.SUBMIT_WITHOUT_ACCOUNT): _S.UNCONFIRMED,
    (_S.UNCONFIRMED, _A.CORRECT): _S.DRAFT,
    (_S.UNCONFIRMED, _A.CONFIRM_EMAIL): _S.NEW,
    (_S.NEW, _A.SEND_TERMS): _S.TERMS_SENT,
    (_S.NEW, _A.DECLINE): _S.DECLINED,
    (_S.NEW, _A.CANCEL): _S.CANCELLED,
    (_S.TERMS_SENT, _A.TAKE_BACK_TERMS): _S.NEW,
    (_S.TERMS_SENT, _A.ACCEPT): _S.ACCEPTED,
    (_S.TERMS_SENT, _A.DECLINE): _S.DECLINED,
    (_S.TERMS_SENT, _A.CANCEL): _S.CANCELLED,
    (_S.ACCEPTED, _A.CANCEL): _S.CANCELLED,
    (_S.ACCEPTED, _A.CLOSE): _S.CLOSED,
    (_S.DECLINED, _A.REOPEN): _S.NEW,
    (_S.CANCELLED, _A.REOPEN): _S.NEW,
}

# Nobody but the one who writes it sees the order yet.
UNSENT = frozenset({_S.DRAFT, _S.UNCONFIRMED})
# The orderer's words may still be changed.
EDITABLE = frozenset({_S.DRAFT, _S.NEW})
# Nothing more happens, unless it is reopened.
ENDED = frozenset({_S.DECLINED, _S.CANCELLED, _S.CLOSED})


def next_state(state: OrderStatus, action: OrderAction) -> OrderStatus:
    """The state after `action`. Raises AlreadyDone when the order is there already, NotPossible otherwise."""
    return states.follow(TRANSITIONS, state, action, "order")


def may(state: OrderStatus, action: OrderAction) -> bool:
    """Whether the state allows the action."""
    return (state, action) in TRANSITIONS


def check_editable(state: OrderStatus) -> None:
    """Raise NotPossible unless the orderer's words may still be changed."""
    if state not in EDITABLE:
        raise NotPossible("order_not_editable")


def check_version(seen: int, stored: int) -> None:
    """Raise OrderChanged when the order was saved after the page was opened."""
    if seen != stored:
        raise OrderChanged("order_changed")


def check_ready(done: Collection[Part]) -> None:
    """Raise OrderNotReady unless every part of the form is done."""
    if set(done) < set(Part):
        raise OrderNotReady("order_not_ready")


def part_after(part: Part) -> Part | None:
    """The page that follows, None after the last."""
    parts = list(Part)
    place = parts.index(part) + 1
    return parts[place] if place < len(parts) else None


def part_before(part: Part) -> Part | None:
    """The page before, None before the first."""
    parts = list(Part)
    place = parts.index(part)
    return parts[place - 1] if place else None
