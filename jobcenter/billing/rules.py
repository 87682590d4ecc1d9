"""Dated figures of billing, read from `data/*.toml` once; unknown keys and missing sources are refused."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from jobcenter.core.errors import DomainError

DATA = Path(__file__).parent / "data"


class RuleMissing(DomainError):
    """No verified figure is in force on the day; none is carried over in its place."""


class Dated(Protocol):
    """A figure that is in force from a day on, until the next one begins."""

    @property
    def valid_from(self) -> date: ...


R = TypeVar("R", bound=Dated)


@dataclass(frozen=True)
class PaymentTerm:
    """How many days an orderer has to pay an invoice."""

    valid_from: date
    days: int
    source: str
    checked_on: date


@dataclass(frozen=True)
class PayDays:
    """The days of a month on which workers are paid; 31 means the last day of any month."""

    valid_from: date
    days_of_month: tuple[int, ...]
    source: str
    checked_on: date


@dataclass(frozen=True)
class ReminderDays:
    """How many days after the due day the first and the second reminder of an invoice are sent."""

    valid_from: date
    days_after_due: tuple[int, int]
    source: str
    checked_on: date


@dataclass(frozen=True)
class Rules:
    """Every dated figure that billing ships."""

    payment_terms: tuple[PaymentTerm, ...]
    pay_days: tuple[PayDays, ...]
    reminder_days: tuple[ReminderDays, ...] = ()


@cache
def rules() -> Rules:
    """The figures that this version ships. Raises ValueError naming file and entry that is wrong."""
    return read_rules((DATA / "terms.toml").read_text(encoding="utf-8"))


def read_rules(terms: str) -> Rules:
    """Figures from a TOML text. Raises ValueError naming the entry that is wrong."""
    tables = tomllib.loads(terms)
    _refuse_unknown(tables, {"payment_term", "pay_days", "reminder_days"}, "terms")
    return Rules(
        payment_terms=tuple(
            PaymentTerm(days=int(figure), **dated) for figure, dated in _entries(tables, "payment_term", "days")
        ),
        pay_days=tuple(
            PayDays(days_of_month=tuple(figure), **dated)
            for figure, dated in _entries(tables, "pay_days", "days_of_month")
        ),
        reminder_days=tuple(
            ReminderDays(days_after_due=tuple(figure), **dated)
            for figure, dated in _entries(tables, "reminder_days", "days_after_due")
        ),
    )


def in_force(figures: Sequence[R], day: date) -> R:
    """The figure in force on `day`. Raises RuleMissing when none has begun."""
    begun = [figure for figure in figures if figure.valid_from <= day]
    if not begun:
        raise RuleMissing("billing_rule_missing", day=day)
    return max(begun, key=lambda figure: figure.valid_from)


def _entries(tables: dict[str, Any], name: str, figure: str) -> list[tuple[Any, dict[str, Any]]]:
    entries = []
    for number, entry in enumerate(tables.get(name, ()), start=1):
        needed = {"from", figure, "source", "checked_on"}
        if entry.keys() != needed:
            wrong = ", ".join(sorted(entry.keys() ^ needed))
            raise ValueError(f"{name} {number}: unknown or missing {wrong}")
        dated = {"valid_from": entry["from"], "source": entry["source"], "checked_on": entry["checked_on"]}
        entries.append((entry[figure], dated))
    return entries


def _refuse_unknown(tables: dict[str, Any], known: set[str], place: str) -> None:
    if unknown := tables.keys() - known:
        raise ValueError(f"{place}: unknown {', '.join(sorted(unknown))}")
