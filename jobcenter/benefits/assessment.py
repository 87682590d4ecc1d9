"""What a rule answers: where a person stands against it, why, and what their benefit becomes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from jobcenter.benefits.codes import NextStep, RowCode
from jobcenter.benefits.domain import LimitState, ValueStatus


class Row(NamedTuple):
    """One line of the reasoning: a text code, and the amount, law parameter, source and day it speaks of, if any.

    The amount is in euros, or in the unit of its parameter.
    """

    code: RowCode
    amount: Decimal | None = None
    parameter: str | None = None
    source: str | None = None
    day: date | None = None


@dataclass(frozen=True)
class BenefitAmounts:
    """What earnings make of a benefit, as an estimate: euros a month, or a payment period where the benefit has one.

    `benefit_before` is without the earnings that the rule counts, `benefit_after` with all of them, agreed and offered
    ones too; `reduction` is the difference, negative when the benefit grows.
    `seized` is all that enforcement takes in the period, from pay of others too.
    None: not known by a formula, or not of this rule.
    """

    reduction: Decimal | None = None
    benefit_before: Decimal | None = None
    benefit_after: Decimal | None = None
    seized: Decimal | None = None

    @classmethod
    def of(cls, before: Decimal, after: Decimal) -> BenefitAmounts:
        """A benefit of `before` that becomes `after`."""
        return cls(reduction=before - after, benefit_before=before, benefit_after=after)


NO_AMOUNTS = BenefitAmounts()
_BRIEF = json.JSONEncoder(separators=(",", ":"))
ROW_PARTS = len(Row._fields)
AMOUNTS = tuple(BenefitAmounts.__dataclass_fields__)


@dataclass(frozen=True)
class Assessment:
    """Where a person stands against one rule in one period [period_from, period_to], both days included.

    `counted`: done earnings that the rule counts; `agreed`: what agreed and offered gigs add to them. `left` is
    `limit - counted`, negative when over; `left_hours` the whole hours that still fit, never below 0. `state` judges
    `counted`, `state_with_agreed` judges `counted + agreed`. For a review rule `counted` is the *growth* of yearly
    income over the last decision, and may be negative. `status` and `source` are the limit's; None and "" without one.
    `amounts`: what the benefit becomes, where a formula is known.
    """

    rule: str
    period_from: date
    period_to: date
    counted: Decimal | None
    agreed: Decimal | None
    limit: Decimal | None
    left: Decimal | None
    left_hours: int | None
    left_hours_with_agreed: int | None
    state: LimitState
    state_with_agreed: LimitState
    status: ValueStatus | None
    source: str
    next_step: NextStep
    rules_version: str
    rows: tuple[Row, ...] = ()
    amounts: BenefitAmounts = NO_AMOUNTS

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """By what tells assessments apart, made once: what is told of one is looked up by it."""
        return hash((self.rule, self.period_from, self.counted, self.agreed, self.limit, self.state, self.rows))

    @property
    def left_with_agreed(self) -> Decimal | None:
        """What is left in euros once everything agreed and offered is done."""
        return None if self.left is None or self.agreed is None else self.left - self.agreed

    @property
    def safe(self) -> bool:
        """Whether nothing has to be done or asked, even if everything agreed and offered is done."""
        return self.state.safe and self.state_with_agreed.safe

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column: money as text, days ISO. `from_json` gives an equal assessment back."""
        return self._said([_row_to_json(row) for row in self.rows], self.source)

    def _said(self, rows: list[Any], source: str) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "period": {"from": self.period_from.isoformat(), "to": self.period_to.isoformat()},
            "counted": _text(self.counted),
            "agreed": _text(self.agreed),
            "limit": _text(self.limit),
            "left": _text(self.left),
            "left_hours": self.left_hours,
            "left_hours_with_agreed": self.left_hours_with_agreed,
            "state": self.state.value,
            "state_with_agreed": self.state_with_agreed.value,
            "status": self.status.value if self.status else None,
            "source": source,
            "next_step": self.next_step.value,
            "rules_version": self.rules_version,
            "effect": {name: _text(getattr(self.amounts, name)) for name in AMOUNTS},
            "rows": rows,
        }

    @cached_property
    def brief(self) -> str:
        """What `to_json` says as JSON text, in short: rows as lists, each source by its name (`name_of_source`)."""
        rows = [_brief_row(row) for row in self.rows]
        said = self._said(rows, name_of_source(self.source) if self.source else "")
        if self.amounts == NO_AMOUNTS:
            del said["effect"]
        return _BRIEF.encode(said)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], sources: Mapping[str, str] | None = None) -> Assessment:
        """The assessment that `to_json` wrote, or `brief`, whose sources are given by their names.

        Raises KeyError or ValueError if it is something else.
        """
        named = sources or {}
        return cls(
            rule=stored["rule"],
            period_from=date.fromisoformat(stored["period"]["from"]),
            period_to=date.fromisoformat(stored["period"]["to"]),
            counted=_amount(stored["counted"]),
            agreed=_amount(stored["agreed"]),
            limit=_amount(stored["limit"]),
            left=_amount(stored["left"]),
            left_hours=stored["left_hours"],
            left_hours_with_agreed=stored["left_hours_with_agreed"],
            state=LimitState(stored["state"]),
            state_with_agreed=LimitState(stored["state_with_agreed"]),
            status=ValueStatus(stored["status"]) if stored["status"] else None,
            source=named.get(stored["source"], stored["source"]),
            next_step=NextStep(stored["next_step"]),
            rules_version=stored["rules_version"],
            rows=tuple(_row_of(row, named) for row in stored["rows"]),
            amounts=BenefitAmounts(**{name: _amount(text) for name, text in stored.get("effect", {}).items()}),
        )


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _row_to_json(row: Row) -> dict[str, Any]:
    return {
        "code": row.code.value,
        "amount": _text(row.amount),
        "parameter": row.parameter,
        "source": row.source,
        "day": row.day.isoformat() if row.day else None,
    }


@lru_cache(maxsize=4096)
def name_of_source(source: str) -> str:
    """A short name that no other source has, for what is stored often."""
    return hashlib.blake2b(source.encode(), digest_size=6).hexdigest()


def _brief_row(row: Row) -> list[str | None]:
    """Code, amount, parameter, the source's name and day, without the last ones that are nothing."""
    source = name_of_source(row.source) if row.source else None
    day = row.day.isoformat() if row.day else None
    parts = [row.code.value, _text(row.amount), row.parameter, source, day]
    while parts[-1] is None:
        parts.pop()
    return parts


def _row_of(stored: Mapping[str, Any] | list[str | None], sources: Mapping[str, str]) -> Row:
    """A row of `brief`, or of `to_json`."""
    if isinstance(stored, Mapping):
        return _row_from_json(stored)
    code, amount, parameter, source, day = stored + [None] * (ROW_PARTS - len(stored))
    return Row(
        code=RowCode(code),
        amount=_amount(amount),
        parameter=parameter,
        source=None if source is None else sources[source],
        day=date.fromisoformat(day) if day else None,
    )


def _row_from_json(stored: Mapping[str, Any]) -> Row:
    return Row(
        code=RowCode(stored["code"]),
        amount=_amount(stored["amount"]),
        parameter=stored["parameter"],
        source=stored["source"],
        day=date.fromisoformat(stored["day"]) if stored.get("day") else None,
    )
