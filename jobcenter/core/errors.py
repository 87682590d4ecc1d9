"""Refusals with a code: the one way in which the domain says no.

The texts live in each feature's `messages.py` (`ERRORS`, by code) and are gathered in `TEXTS` when the app is made; so
are, in `READS`, the ways in which facts of a type read in the reader's language, such as days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Thing = TypeVar("Thing")

TEXTS: dict[str, Any] = {}
READS: dict[type, Callable[[Any], str]] = {}


class DomainError(Exception):
    """Something that is not possible now, said in words a user understands.

    `code` names the text, `field` the form field it belongs beside (or None), `facts` what the text mentions.
    """

    def __init__(self, code: str, field: str | None = None, **facts: Any) -> None:
        super().__init__(code, facts)
        self.code = code
        self.field = field
        self.facts = facts


class NotFound(DomainError):
    """No such thing, or not yours: the two are never told apart. Becomes a 404."""

    def __init__(self) -> None:
        super().__init__("not_found")


def or_not_found(thing: Thing | None) -> Thing:
    """The thing that was looked for. Raises NotFound where there is none."""
    if thing is None:
        raise NotFound
    return thing


class AlreadyDone(DomainError):
    """The action has been done before; nothing changed. Shown as a notice, not as an error."""


class NotPossible(DomainError):
    """The state that the thing is in does not allow the action."""


def describe(error: DomainError) -> str:
    """The refusal in the reader's language. A code without a text is a programming error and raises KeyError."""
    return in_words(error.code, error.facts)


def in_words(code: str, facts: Mapping[str, Any]) -> str:
    """The text of a code in the reader's language, with its facts."""
    text = str(TEXTS[code])
    return text % {name: _as_read(fact) for name, fact in facts.items()} if facts else text


def _as_read(fact: Any) -> Any:
    reads = READS.get(type(fact))
    return reads(fact) if reads else fact
