"""Conditions on sets stored as JSON lists of texts, none of which has a quotation mark in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, cast

NOTHING_CHOSEN = "[]"


def holds(column: Any, member: str) -> ColumnElement[bool]:
    """The stored set has the member."""
    return cast(column, String).contains(f'"{member}"', autoescape=True)


def holds_none(column: Any) -> ColumnElement[bool]:
    """The stored set is empty."""
    return cast(column, String) == NOTHING_CHOSEN
