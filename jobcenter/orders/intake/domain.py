"""The states of an order and the way between them."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.core.errors import AlreadyDone, NotPossible


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
    CONFIRM_EMAIL = "confirm_email"
    SEND_TERMS = "send_terms"
    TAKE_BACK_TERMS = "take_back_terms"
    ACCEPT = "accept"
    DECLINE = "decline"
    CANCEL = "cancel"
    REOPEN = "reopen"
    CLOSE = "close"


_S, _A = OrderStatus, OrderAction

TRANSITIONS: dict[tuple[OrderStatus, OrderAction], OrderStatus] = {
    (_S.DRAFT, _A.SUBMIT): _S.NEW,
    (_S.DRAFT, _A.SUBMIT_WITHOUT_ACCOUNT): _S.UNCONFIRMED,
    (_S.DRAFT, _A.CANCEL): _S.CANCELLED,
    (_S.UNCONFIRMED, _A.CONFIRM_EMAIL): _S.NEW,
    (_S.UNCONFIRMED, _A.CANCEL): _S.CANCELLED,
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

RESULTS: dict[OrderAction, frozenset[OrderStatus]] = {
    action: frozenset(after for (_, done), after in TRANSITIONS.items() if done is action) for action in OrderAction
}


def next_state(state: OrderStatus, action: OrderAction) -> OrderStatus:
    """The state after `action`. Raises AlreadyDone when the order is there already, NotPossible otherwise."""
    if (state, action) in TRANSITIONS:
        return TRANSITIONS[state, action]
    if state in RESULTS[action]:
        raise AlreadyDone("order_already", status=state.value)
    raise NotPossible("order_not_possible", status=state.value, action=action.value)
