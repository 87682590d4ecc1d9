"""Whom to call about a benefit: telephone numbers as dated data, with their source, like the figures of the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobcenter.benefits.domain import ValueStatus


@dataclass(frozen=True)
class PhoneNumber:
    """A number that is right from a day on."""

    from_: date
    phone: str
    status: ValueStatus
    source: str
    checked_on: date


@dataclass(frozen=True)
class ContactPoint:
    """A service that answers about some rules. Its id begins with the authority: "kela.pensions"."""

    id: str
    about: str
    rules: tuple[str, ...]
    numbers: tuple[PhoneNumber, ...]


@dataclass(frozen=True)
class Contact:
    """A service and the number to call on a day."""

    point: ContactPoint
    number: PhoneNumber


def number_on(numbers: tuple[PhoneNumber, ...], day: date) -> PhoneNumber | None:
    """The newest number that has begun; of two from one day the one given later."""
    begun = [number for number in numbers if number.from_ <= day]
    return max(reversed(begun), key=lambda number: number.from_, default=None)
