"""What one person asks for and another decides: its states, and that nobody decides their own. Pure."""

from __future__ import annotations

from enum import StrEnum

from jobcenter.core import states
from jobcenter.core.errors import DomainError


class AskStatus(StrEnum):
    """Open until somebody else approves or refuses it, or whoever asked takes it back."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class AskAction(StrEnum):
    """What can be done to what was asked: another person decides, whoever asked takes it back."""

    APPROVE = "approve"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"


_S, _A = AskStatus, AskAction

TRANSITIONS: dict[tuple[AskStatus, AskAction], AskStatus] = {
    (_S.OPEN, _A.APPROVE): _S.APPROVED,
    (_S.OPEN, _A.REFUSE): _S.REFUSED,
    (_S.OPEN, _A.TAKE_BACK): _S.TAKEN_BACK,
}

# Of a table with `status`, `asked_by_id` and `decided_by_id`: held by the database too, whoever writes.
TWO_PEOPLE = "status <> 'approved' or (decided_by_id is not null and decided_by_id <> asked_by_id)"


class OwnAsk(DomainError):
    """Whoever asked does not decide, and only they take it back."""


def next_state(state: AskStatus, action: AskAction) -> AskStatus:
    """The state after `action`. Raises AlreadyDone when it is so already, NotPossible otherwise."""
    return states.follow(TRANSITIONS, state, action, "ask")


def check_who(action: AskAction, *, asked_by_id: int, actor_id: int | None) -> None:
    """Refuse a decision by whoever asked, and a taking back by anybody else. Raises OwnAsk."""
    is_asker = actor_id == asked_by_id
    if action is AskAction.TAKE_BACK:
        if not is_asker:
            raise OwnAsk("ask_of_another")
    elif is_asker or actor_id is None:
        raise OwnAsk("ask_own")
