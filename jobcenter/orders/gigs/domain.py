"""The states of gigs and offers and the ways between them."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from jobcenter.core.errors import AlreadyDone, NotPossible

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


class GigStatus(StrEnum):
    """A gig is planned, then done or cancelled; a cancelled one can be reopened."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    DONE = "done"


class GigAction(StrEnum):
    """What can be done to a gig."""

    CANCEL = "cancel"
    REOPEN = "reopen"
    FINISH = "finish"


GIG_TRANSITIONS: dict[tuple[GigStatus, GigAction], GigStatus] = {
    (GigStatus.PLANNED, GigAction.CANCEL): GigStatus.CANCELLED,
    (GigStatus.CANCELLED, GigAction.REOPEN): GigStatus.PLANNED,
    (GigStatus.PLANNED, GigAction.FINISH): GigStatus.DONE,
}


class OfferStatus(StrEnum):
    """A worker's place on a gig, from the offer to the done gig."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    STOPPED = "stopped"
    NO_SHOW = "no_show"


class OfferAction(StrEnum):
    """What can be done to an offer, and by whom: the worker answers and cancels, the rest is the coordinator's."""

    ACCEPT = "accept"
    DECLINE = "decline"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    STOP = "stop"
    MARK_NO_SHOW = "mark_no_show"
    FINISH = "finish"


_S, _A = OfferStatus, OfferAction

OFFER_TRANSITIONS: dict[tuple[OfferStatus, OfferAction], OfferStatus] = {
    (_S.OFFERED, _A.ACCEPT): _S.ACCEPTED,
    (_S.OFFERED, _A.DECLINE): _S.DECLINED,
    (_S.OFFERED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.OFFERED, _A.STOP): _S.STOPPED,
    (_S.ACCEPTED, _A.CONFIRM): _S.CONFIRMED,
    (_S.ACCEPTED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.ACCEPTED, _A.CANCEL): _S.CANCELLED,
    (_S.ACCEPTED, _A.STOP): _S.STOPPED,
    (_S.CONFIRMED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.CONFIRMED, _A.CANCEL): _S.CANCELLED,
    (_S.CONFIRMED, _A.STOP): _S.STOPPED,
    (_S.CONFIRMED, _A.MARK_NO_SHOW): _S.NO_SHOW,
    (_S.CONFIRMED, _A.FINISH): _S.DONE,
}

# Whoever is in one of these holds the slot: at most one per slot.
HOLDING = frozenset({_S.ACCEPTED, _S.CONFIRMED, _S.DONE})
# Whoever is in one of these has the gig before them: at most one offer per worker and gig.
LIVE = frozenset({_S.OFFERED, _S.ACCEPTED, _S.CONFIRMED, _S.DONE})


def next_gig_state(state: GigStatus, action: GigAction) -> GigStatus:
    """The gig's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return _next(GIG_TRANSITIONS, state, action, "gig")


def next_offer_state(state: OfferStatus, action: OfferAction) -> OfferStatus:
    """The offer's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    return _next(OFFER_TRANSITIONS, state, action, "offer")


def _next(table: dict[tuple[S, A], S], state: S, action: A, what: str) -> S:
    if (state, action) in table:
        return table[state, action]
    if state in {after for (_, done), after in table.items() if done is action}:
        raise AlreadyDone(f"{what}_already", status=state.value)
    raise NotPossible(f"{what}_not_possible", status=state.value, action=action.value)
