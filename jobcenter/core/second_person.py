"""What one person asks for and another decides: its states, and that nobody decides their own. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

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


class Person(Protocol):
    """Whoever asks or decides."""

    @property
    def name(self) -> str: ...

    @property
    def user_id(self) -> int | None: ...


class Asked(Protocol):
    """What was asked for, as `core.second_person_columns.AskedOfAnother` keeps it."""

    status: Any
    asked_by_id: Any
    decided_by: Any
    decided_by_id: Any
    decided_at: Any


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


def asked_by(person: Person, now: datetime) -> dict[str, Any]:
    """The columns of something that a person asks for now."""
    return {
        "status": AskStatus.OPEN,
        "asked_by": person.name,
        "asked_by_id": person.user_id,
        "asked_at": now,
    }


def check(asked: Asked, action: AskAction, person: Person) -> AskStatus:
    """The state after a person's action. Raises AlreadyDone, NotPossible, OwnAsk."""
    after = next_state(asked.status, action)
    check_who(action, asked_by_id=asked.asked_by_id, actor_id=person.user_id)
    return after


def decide(asked: Asked, action: AskAction, person: Person, now: datetime) -> None:
    """Note a person's decision of what was asked for. Raises AlreadyDone, NotPossible, OwnAsk."""
    asked.status = check(asked, action, person)
    asked.decided_by, asked.decided_by_id, asked.decided_at = person.name, person.user_id, now
