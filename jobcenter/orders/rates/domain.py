"""What a rate is, and which one is in force on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jobcenter.benefits import ContractForm
from jobcenter.core.errors import DomainError


class RateKind(StrEnum):
    """What is dated: the orderer's list price and the worker's wage per hour in euros, VAT in per cent."""

    PRICE = "price"
    WAGE = "wage"
    VAT = "vat"


class RateMissing(DomainError):
    """No verified value is in force on the day; none is carried over in its place."""


@dataclass(frozen=True)
class DatedRate:
    """One value, from a day on, with its source."""

    kind: RateKind
    form: ContractForm | None
    jobcenter_id: int | None
    valid_from: date
    value: Decimal
    source: str


def rate_on(
    rates: Iterable[DatedRate], *, kind: RateKind, form: ContractForm | None, jobcenter_id: int, day: date
) -> DatedRate:
    """The rate in force on `day`: the newest begun, a Jobcenter's own before the common one.

    Raises `RateMissing` when none has begun.
    """
    begun = [
        rate
        for rate in rates
        if rate.kind is kind
        and rate.form in (form, None)
        and rate.jobcenter_id in (jobcenter_id, None)
        and rate.valid_from <= day
    ]
    if not begun:
        raise RateMissing("rate_missing", kind=kind.value, day=day.isoformat())
    return max(begun, key=lambda rate: (rate.jobcenter_id is not None, rate.form is not None, rate.valid_from))
