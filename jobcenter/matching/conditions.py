"""Conditions on sets stored as JSON lists of texts, none of which has a quotation mark in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, String, cast

NOTHING_CHOSEN = "[]"
ESCAPE = "/"


def holds(column: Any, pattern: BindParameter[str]) -> ColumnElement[bool]:
    """The stored set has the member of a `pattern_of`."""
    return cast(column, String).like(pattern, escape=ESCAPE)


def pattern_of(member: str) -> str:
    """What the stored text of a set that has the member is like."""
    for special in (ESCAPE, "%", "_"):
        member = member.replace(special, ESCAPE + special)
    return f'%"{member}"%'


def holds_none(column: Any) -> ColumnElement[bool]:
    """The stored set is empty."""
    return cast(column, String) == NOTHING_CHOSEN
