"""What the rules are told and what they answer: facts about a person and their earnings in, assessments out.

Money is Decimal euros, gross. Days are Helsinki days. A benefit's `from_` and `to` are both days on which it is held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from jobcenter.benefits.codes import NextStep, RowCode


class BenefitKind(StrEnum):
    """What a person may receive, or owe, that earnings touch."""

    KELA_DISABILITY_PENSION = "kela_disability_pension"
    GUARANTEE_PENSION = "guarantee_pension"
    TYEL_DISABILITY_PENSION = "tyel_disability_pension"
    TYEL_PARTIAL_DISABILITY_PENSION = "tyel_partial_disability_pension"
    PENSIONER_HOUSING_ALLOWANCE = "pensioner_housing_allowance"
    GENERAL_HOUSING_ALLOWANCE = "general_housing_allowance"
    BASIC_SOCIAL_ASSISTANCE = "basic_social_assistance"
    LABOUR_MARKET_SUBSIDY = "labour_market_subsidy"
    BASIC_UNEMPLOYMENT_ALLOWANCE = "basic_unemployment_allowance"
    EARNINGS_RELATED_UNEMPLOYMENT_ALLOWANCE = "earnings_related_unemployment_allowance"
    GENERAL_BENEFIT = "general_benefit"
    ENFORCEMENT = "enforcement"
    STUDY_AID = "study_aid"
    SICKNESS_ALLOWANCE = "sickness_allowance"
    REHABILITATION_ALLOWANCE = "rehabilitation_allowance"


UNEMPLOYMENT_BENEFITS = frozenset(
    {
        BenefitKind.LABOUR_MARKET_SUBSIDY,
        BenefitKind.BASIC_UNEMPLOYMENT_ALLOWANCE,
        BenefitKind.EARNINGS_RELATED_UNEMPLOYMENT_ALLOWANCE,
        BenefitKind.GENERAL_BENEFIT,
    }
)


class ContractForm(StrEnum):
    """Who is what: no one's employee (assignment), or employed by the partner."""

    ASSIGNMENT = "assignment"
    PARTNER = "partner"


class JobseekerStatus(StrEnum):
    """Whether the person is registered as an unemployed jobseeker."""

    REGISTERED = "registered"
    NOT_REGISTERED = "not_registered"
    UNKNOWN = "unknown"


class IncomeState(StrEnum):
    """How sure an earning is. Paid and confirmed are done; agreed and offered lie ahead."""

    PAID = "paid"
    CONFIRMED = "confirmed"
    AGREED = "agreed"
    OFFERED = "offered"

    @property
    def done(self) -> bool:
        return self in (IncomeState.PAID, IncomeState.CONFIRMED)


class LimitState(StrEnum):
    """Where earnings stand against a limit. `no_review` and `review_due` are used by rules that start a review."""

    UNDER = "under"
    NEAR = "near"
    AT_LIMIT = "at_limit"
    OVER = "over"
    NO_REVIEW = "no_review"
    REVIEW_DUE = "review_due"
    NOT_APPLICABLE = "not_applicable"
    LIMIT_MISSING = "limit_missing"
    ASK = "ask"

    @property
    def safe(self) -> bool:
        """Whether nothing has to be done or asked. Near is safe still; a missing limit or fact never is."""
        return self in (LimitState.UNDER, LimitState.NEAR, LimitState.NO_REVIEW, LimitState.NOT_APPLICABLE)


class ValueStatus(StrEnum):
    """How sure the value of a limit is. All but `confirmed` are shown with "check with Kela"."""

    CONFIRMED = "confirmed"
    SINGLE_SOURCE = "single_source"
    DERIVED = "derived"
    EXPECTED = "expected"


@dataclass(frozen=True)
class BenefitHeld:
    """A benefit (or enforcement) that a person has, with the figures from its decision.

    Raises ValueError if `to` is before `from_`.
    `from_` None: held since a day not known, so on every day up to `to`. `to` None: goes on.
    `decided_annual_income`: the yearly income from work that the last housing allowance decision already counts, euros.
    `personal_limit`: the monthly earnings limit of an earnings-related pension, as written in its decision.
    `confirmed_yel_income`: yearly YEL income confirmed by a pension company, or None without a policy.
    `blind_or_immobile`: permanently so; the Kela pension is then paid although the person works. None: not known.
    `granted_on_disability`: of a guarantee pension. None: not known.
    """

    kind: BenefitKind
    from_: date | None
    to: date | None
    decided_annual_income: Decimal | None = None
    personal_limit: Decimal | None = None
    confirmed_yel_income: Decimal | None = None
    blind_or_immobile: bool | None = False
    granted_on_disability: bool | None = None

    def __post_init__(self) -> None:
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError(f"{self.kind} ends on {self.to}, before it begins on {self.from_}")

    def held_within(self, first: date, last: date) -> bool:
        """Whether it is held on any day of [first, last], both included."""
        return (self.from_ is None or self.from_ <= last) and (self.to is None or self.to >= first)


@dataclass(frozen=True)
class Person:
    """What is known of a person. `benefits` None or `benefits_asked_on` None: never asked, so nothing is presumed.

    `told_elsewhere`: another Jobcenter has been told of an unemployment benefit that has not ended, or of being
    registered as an unemployed jobseeker.
    """

    born: date | None
    benefits: tuple[BenefitHeld, ...] | None
    jobseeker: JobseekerStatus
    benefits_asked_on: date | None
    told_elsewhere: bool = False

    @property
    def asked(self) -> bool:
        return self.benefits is not None and self.benefits_asked_on is not None

    def held(self, kind: BenefitKind, first: date, last: date) -> BenefitHeld | None:
        """The benefit of this kind held on any day of [first, last]; the latest begun if there are several."""
        matching = [b for b in self.benefits or () if b.kind is kind and b.held_within(first, last)]
        return max(matching, key=lambda b: b.from_ or date.min, default=None)


@dataclass(frozen=True)
class Income:
    """One earning. Raises ValueError if it is negative.

    `paid_on` None: the day of payment is not known yet. `recurring`: of a gig that repeats.
    """

    worked_on: date
    paid_on: date | None
    gross: Decimal
    contract: ContractForm
    state: IncomeState
    recurring: bool = False

    def __post_init__(self) -> None:
        if self.gross < 0:
            raise ValueError(f"an earning cannot be negative: {self.gross}")


@dataclass(frozen=True)
class Row:
    """One line of the reasoning: a text code, and the amount, law parameter and source it speaks of, if any."""

    code: RowCode
    amount: Decimal | None = None
    parameter: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Assessment:
    """Where a person stands against one rule in one period [period_from, period_to], both days included.

    `counted`: done earnings that the rule counts; `agreed`: what agreed and offered gigs add to them. `left` is
    `limit - counted`, negative when over; `left_hours` the whole hours that still fit, never below 0. `state` judges
    `counted`, `state_with_agreed` judges `counted + agreed`. For a review rule `counted` is the *growth* of yearly
    income over the last decision, and may be negative. `status` and `source` are the limit's; None and "" without one.
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
            "source": self.source,
            "next_step": self.next_step.value,
            "rules_version": self.rules_version,
            "rows": [_row_to_json(row) for row in self.rows],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Assessment:
        """The assessment that `to_json` wrote. Raises KeyError or ValueError if it is something else."""
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
            source=stored["source"],
            next_step=NextStep(stored["next_step"]),
            rules_version=stored["rules_version"],
            rows=tuple(_row_from_json(row) for row in stored["rows"]),
        )


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _row_to_json(row: Row) -> dict[str, Any]:
    return {"code": row.code.value, "amount": _text(row.amount), "parameter": row.parameter, "source": row.source}


def _row_from_json(stored: Mapping[str, Any]) -> Row:
    return Row(RowCode(stored["code"]), _amount(stored["amount"]), stored["parameter"], stored["source"])
