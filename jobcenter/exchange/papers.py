"""Cells that hold a whole document, as JSON: read, and shown the same for the same one."""

from __future__ import annotations

import json
from typing import Any

from jobcenter.core.errors import DomainError
from jobcenter.documents.stored import from_plain, to_plain
from jobcenter.exchange.domain import CellFault, Column


def document(column: str, kind: type, *, required: bool = False) -> Column:
    """A document of a kind; read as JSON takes it (`to_plain`)."""
    return Column(column, lambda cell: read_document(cell, kind), show_document, required)


def read_document(cell: str, kind: type) -> dict[str, Any]:
    """A document of a kind, with what it lacks put in. Raises CellFault."""
    try:
        return to_plain(from_plain(kind, json.loads(cell)))
    except (ArithmeticError, AttributeError, DomainError, LookupError, TypeError, ValueError):
        raise CellFault("cell_document") from None


def show_document(value: dict[str, Any]) -> str:
    """A document the way it is read, the same for the same one."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
