"""Billing settings as a Jobcenter has them on a day. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BillingTerms:
    """How many days orderers have to pay, on which days of the month pay is paid, and whether the partner bills."""

    payment_days: int
    pay_days: tuple[int, ...]
    partner_bills: bool


@dataclass(frozen=True)
class SaveTerms:
    """What a coordinator sets; None means what the shipped data say."""

    payment_days: int | None
    pay_days: tuple[int, ...] | None
    partner_bills: bool
    version: int
