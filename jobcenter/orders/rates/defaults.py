"""The rates of `data/rates.toml`, read once; what is unknown or missing is refused with its place."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jobcenter.benefits import ContractForm
from jobcenter.orders.rates.domain import DatedRate, RateKind

FILE = Path(__file__).parent / "data" / "rates.toml"
_NEEDED = {"kind", "from", "value", "source", "checked_on"}
_ALLOWED = _NEEDED | {"form"}


@dataclass(frozen=True)
class DefaultRate:
    """A common rate with the day on which its source was last checked."""

    rate: DatedRate
    checked_on: date


@cache
def default_rates() -> tuple[DefaultRate, ...]:
    """The rates that a new installation begins with. Raises ValueError naming the entry that is wrong."""
    return tuple(read_rates(FILE.read_text(encoding="utf-8")))


def read_rates(text: str) -> list[DefaultRate]:
    """Rates from TOML text. Raises ValueError naming the entry that is wrong."""
    return [_read(number, entry) for number, entry in enumerate(tomllib.loads(text)["rate"], start=1)]


def _read(number: int, entry: dict[str, Any]) -> DefaultRate:
    wrong = (entry.keys() - _ALLOWED) | (_NEEDED - entry.keys())
    if wrong:
        raise ValueError(f"{FILE.name}, rate {number}: unknown or missing {', '.join(sorted(wrong))}")
    form = ContractForm(entry["form"]) if "form" in entry else None
    rate = DatedRate(
        kind=RateKind(entry["kind"]),
        form=form,
        jobcenter_id=None,
        valid_from=entry["from"],
        value=Decimal(entry["value"]),
        source=entry["source"],
    )
    return DefaultRate(rate=rate, checked_on=entry["checked_on"])
