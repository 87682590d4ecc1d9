"""Ties between people that a gig may not, or had better, heed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobcenter.core.errors import DomainError


class TieKind(StrEnum):
    """APART: the two are never at the same gig. TOGETHER: they like to work side by side."""

    APART = "apart"
    TOGETHER = "together"


@dataclass(frozen=True)
class AddTie:
    """Another worker, how the two stand, and why; the reason is for coordinators only."""

    other_id: int
    kind: TieKind
    reason: str


@dataclass(frozen=True)
class AddBlock:
    """An orderer to whom a worker is not sent, and why; the orderer is never told either."""

    organisation_id: int
    reason: str


def ordered(one: int, other: int) -> tuple[int, int]:
    """A pair as it is stored, the same from both sides. Raises DomainError for one and the same worker."""
    if one == other:
        raise DomainError("tie_with_self", "who")
    return min(one, other), max(one, other)
