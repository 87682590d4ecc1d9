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


class RateBegun(DomainError):
    """The value has been in force: hours and invoices carry it, so it is not replaced or set backwards."""


class RateFormWrong(DomainError):
    """Prices and wages belong to a form of contract, VAT to none."""


@dataclass(frozen=True)
class DatedRate:
    """One value, from a day on, with its source."""

    kind: RateKind
    form: ContractForm | None
    jobcenter_id: int | None
    valid_from: date
    value: Decimal
    source: str


@dataclass(frozen=True)
class Rates:
    """What an hour costs on one day under one form of contract: euros per hour, VAT in per cent."""

    wage: Decimal
    price: Decimal
    vat_percent: Decimal


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


def check_new_rate(kind: RateKind, form: ContractForm | None, valid_from: date, *, today: date) -> None:
    """Whether a value may be set from `valid_from` on. Raises RateFormWrong or RateBegun."""
    if (kind is RateKind.VAT) is not (form is None):
        raise RateFormWrong("rate_form_wrong", "form")
    if valid_from < today:
        raise RateBegun("rate_in_past", "valid_from")


def check_replacing(valid_from: date, *, today: date) -> None:
    """Whether the value that stands from the same day may be replaced: only before it begins. Raises RateBegun."""
    if valid_from <= today:
        raise RateBegun("rate_begun", "valid_from")
