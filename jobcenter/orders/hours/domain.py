"""The states of a time entry and the ways between them."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.core.errors import AlreadyDone, NotPossible


class EntryStatus(StrEnum):
    """NEEDS_TIMES: was there but does not know the times. LOGGED waits for the orderer. CONFIRMED may be billed and paid."""

    NEEDS_TIMES = "needs_times"
    LOGGED = "logged"
    DISPUTED = "disputed"
    CONFIRMED = "confirmed"


class EntryAction(StrEnum):
    """What can be done to a time entry."""

    GIVE_TIMES = "give_times"
    EDIT = "edit"
    CONFIRM = "confirm"
    DISPUTE = "dispute"


_S, _A = EntryStatus, EntryAction

TRANSITIONS: dict[tuple[EntryStatus, EntryAction], EntryStatus] = {
    (_S.NEEDS_TIMES, _A.GIVE_TIMES): _S.LOGGED,
    (_S.LOGGED, _A.EDIT): _S.LOGGED,
    (_S.LOGGED, _A.CONFIRM): _S.CONFIRMED,
    (_S.LOGGED, _A.DISPUTE): _S.DISPUTED,
    (_S.DISPUTED, _A.EDIT): _S.LOGGED,
    (_S.DISPUTED, _A.CONFIRM): _S.CONFIRMED,
    (_S.CONFIRMED, _A.EDIT): _S.LOGGED,
}


def next_state(state: EntryStatus, action: EntryAction) -> EntryStatus:
    """The entry's state after `action`. Raises AlreadyDone when it is there already, NotPossible otherwise."""
    if (state, action) in TRANSITIONS:
        return TRANSITIONS[state, action]
    if state in {after for (_, done), after in TRANSITIONS.items() if done is action}:
        raise AlreadyDone("entry_already", status=state.value)
    raise NotPossible("entry_not_possible", status=state.value, action=action.value)
