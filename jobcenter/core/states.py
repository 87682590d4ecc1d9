"""States: one table of transitions per aggregate, and one way to follow it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from jobcenter.core.errors import AlreadyDone, NotPossible

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


def follow(transitions: Mapping[tuple[S, A], S], state: S, action: A, what: str) -> S:
    """The state after `action`. Codes of refusals begin with `what`: `order_already`, `order_not_possible`.

    Raises AlreadyDone when the state is one that the action leads to, NotPossible otherwise.
    """
    if (state, action) in transitions:
        return transitions[state, action]
    if state in {after for (_, done), after in transitions.items() if done is action}:
        raise AlreadyDone(f"{what}_already", status=state.value)
    raise NotPossible(f"{what}_not_possible", status=state.value, action=action.value)
