"""Refusals with a code: the one way in which the domain says no.

The texts live in each feature's `messages.py` (`ERRORS`, by code) and are gathered in `TEXTS` when the app is made.
"""

from __future__ import annotations

from typing import Any

TEXTS: dict[str, Any] = {}


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


class AlreadyDone(DomainError):
    """The action has been done before; nothing changed. Shown as a notice, not as an error."""


class NotPossible(DomainError):
    """The state that the thing is in does not allow the action."""


def describe(error: DomainError) -> str:
    """The refusal in the reader's language. A code without a text is a programming error and raises KeyError."""
    text = str(TEXTS[error.code])
    return text % error.facts if error.facts else text
