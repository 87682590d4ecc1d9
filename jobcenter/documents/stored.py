"""Frozen dataclasses kept as JSON, so that what was sent or told stays as it was when texts and data change.

A field that the JSON does not have gets its default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

D = TypeVar("D")


def to_plain(document: Any) -> dict[str, Any]:
    """The document, a frozen dataclass, as JSON takes it: days as ISO text, amounts as text, tuples as lists."""
    return _plain(asdict(document))


def from_plain(kind: type[D], data: Any) -> D:
    """The document of a kind from what `to_plain` gave. Raises KeyError or TypeError for data of another kind."""
    return _restored(kind, data)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _restored(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _restored(hints[name], item) for name, item in value.items()})
    if get_origin(kind) is tuple:
        return tuple(_restored(get_args(kind)[0], item) for item in value)
    if get_origin(kind) is Mapping:
        keys, items = get_args(kind)
        return {_restored(keys, key): _restored(items, item) for key, item in value.items()}
    if get_origin(kind) is UnionType:
        inner = next(option for option in get_args(kind) if option is not NoneType)
        return None if value is None else _restored(inner, value)
    if isinstance(kind, type) and issubclass(kind, Decimal | StrEnum):
        return kind(value)
    return date.fromisoformat(value) if kind is date else value
