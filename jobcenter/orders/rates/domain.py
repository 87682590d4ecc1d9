"""What a rate is, and which one is in force on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jobcenter.benefits import ContractForm
from jobcenter.core.errors import DomainError
from jobcenter.core.money import CENT, round_cents
from jobcenter.orders.organisations.domain import OrganisationKind


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
    """Prices and wages belong to a form of contract, VAT to none; only prices may be for one kind of orderer."""


class RuleOfOnesOwn(DomainError):
    """Whoever agrees prices does not let them go lower."""


@dataclass(frozen=True)
class DatedRate:
    """One value, from a day on, with its source; None of form, Jobcenter or kind of orderer means any."""

    kind: RateKind
    form: ContractForm | None
    jobcenter_id: int | None
    valid_from: date
    value: Decimal
    source: str
    orderer_kind: OrganisationKind | None = None


@dataclass(frozen=True)
class RateOf:
    """Whose rate is asked for: which value, under which form of contract, in which Jobcenter, for whom.

    Without a kind of orderer only values that hold for everybody are found.
    """

    kind: RateKind
    form: ContractForm | None
    jobcenter_id: int
    orderer_kind: OrganisationKind | None = None


@dataclass(frozen=True)
class Rates:
    """What an hour costs on one day under one form of contract: euros per hour, VAT in per cent."""

    wage: Decimal
    price: Decimal
    vat_percent: Decimal


def alone_from(rates: Rates, least_share: Decimal | None) -> Decimal:
    """The lowest hourly price (net) that one person may agree: a Jobcenter's share of the list price, in per cent.

    At the wage nothing is left for the service, so such a price always needs two, unless the list itself is there.
    """
    just_above_wage = min(rates.wage + CENT, rates.price)
    if least_share is None:
        return just_above_wage
    return max(round_cents(rates.price * least_share / 100), just_above_wage)


def needs_second(hourly_price: Decimal, *, rates: Rates, least_share: Decimal | None) -> bool:
    """Whether a second person must approve an hourly price before it is offered."""
    return hourly_price < alone_from(rates, least_share)


def check_rule(before: Decimal | None, after: Decimal | None, *, agrees_prices: bool) -> None:
    """Refuse that whoever agrees prices lowers the share from which they agree alone. Raises RuleOfOnesOwn."""
    is_lower = before is not None and (after is None or after < before)
    if is_lower and agrees_prices:
        raise RuleOfOnesOwn("price_rule_own", "least_share")


def rate_on(rates: Iterable[DatedRate], asked: RateOf, day: date) -> DatedRate:
    """The rate in force on `day`: the most specific that has begun, and of those the newest.

    A Jobcenter's own goes before the common one, then one for the kind of orderer before one for everybody, then one
    for the form of contract. Raises `RateMissing` when none has begun.
    """
    begun = [rate for rate in rates if _concerns(rate, asked) and rate.valid_from <= day]
    if not begun:
        raise RateMissing("rate_missing", kind=asked.kind.value, day=day)
    return max(begun, key=lambda rate: (*_specific(rate), rate.valid_from))


def _concerns(rate: DatedRate, asked: RateOf) -> bool:
    return (
        rate.kind is asked.kind
        and rate.form in (asked.form, None)
        and rate.jobcenter_id in (asked.jobcenter_id, None)
        and rate.orderer_kind in (asked.orderer_kind, None)
    )


def _specific(rate: DatedRate) -> tuple[bool, bool, bool]:
    return rate.jobcenter_id is not None, rate.orderer_kind is not None, rate.form is not None


def check_new_rate(rate: DatedRate, *, today: date) -> None:
    """Whether a value may be set. Raises RateFormWrong or RateBegun."""
    if (rate.kind is RateKind.VAT) is not (rate.form is None):
        raise RateFormWrong("rate_form_wrong", "form")
    if rate.orderer_kind is not None and rate.kind is not RateKind.PRICE:
        raise RateFormWrong("rate_orderer_wrong", "orderer_kind")
    if rate.valid_from < today:
        raise RateBegun("rate_in_past", "valid_from")


def check_replacing(valid_from: date, *, today: date) -> None:
    """Whether the value that stands from the same day may be replaced: only before it begins. Raises RateBegun."""
    if valid_from <= today:
        raise RateBegun("rate_begun", "valid_from")
