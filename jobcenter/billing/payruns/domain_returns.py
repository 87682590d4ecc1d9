"""Payments that the bank sends back: when one can have come back. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobcenter.core.errors import DomainError


class ReturnWrong(DomainError):
    """A payment cannot have come back like this."""


@dataclass(frozen=True)
class Returned:
    """What the bank says of a payment that it sent back; `item_id` None: of all that a list paid."""

    item_id: int | None
    day: date
    reason: str


def check_return(day: date, *, paid_on: date, today: date) -> None:
    """Refuse a return before the payment or ahead of today. Raises ReturnWrong."""
    if not paid_on <= day <= today:
        raise ReturnWrong("return_day_wrong", "day", paid=paid_on)
