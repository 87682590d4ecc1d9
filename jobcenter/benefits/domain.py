"""What the rules are told: facts about a person, the benefits that they hold, and their earnings.

Money is Decimal euros, gross. Days are Helsinki days. A benefit's `from_` and `to` are both days on which it is held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b


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
        return self is IncomeState.PAID or self is IncomeState.CONFIRMED


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


class Household(StrEnum):
    """Who lives on the pensioner's housing allowance: alone, or with a spouse who may have a right to it too."""

    SINGLE = "single"
    COUPLE_ONE_ENTITLED = "couple_one_entitled"
    COUPLE_BOTH_ENTITLED = "couple_both_entitled"


class PaymentPeriod(StrEnum):
    """Over what time an unemployment benefit is paid and earnings are put together with it."""

    MONTH = "month"
    FOUR_WEEKS = "four_weeks"


class MunicipalityGroup(StrEnum):
    """The group of municipalities by which housing costs are capped. Helsinki is its own in the general allowance."""

    HELSINKI = "helsinki"
    FIRST = "1"
    SECOND = "2"
    THIRD = "3"
    FOURTH = "4"


@dataclass(frozen=True)
class BenefitHeld:
    """A benefit (or enforcement) that a person has, with the figures from its decision.

    Raises ValueError if `to` is before `from_`.
    `from_` None: held since a day not known, so on every day up to `to`. `to` None: goes on.
    Every figure may be None: not known. `FIGURES` names those of each kind.

    Pensions: `personal_limit`: the monthly earnings limit of an earnings-related pension, as its decision says.
    `confirmed_yel_income`: yearly YEL income confirmed by a pension company; None without a policy.
    `blind_or_immobile`: permanently so; the Kela pension is then paid although the person works.
    `granted_on_disability`: of a guarantee pension.

    Pensioner's housing allowance: `decided_annual_income`: the yearly income from work that the last decision counts;
    `annual_income_other`: the yearly income beside it; `housing_costs_month`: accepted costs.
    General housing allowance: `decided_monthly_income`: the household's income in the last decision, all of it;
    `other_income_month`: income besides the person's gigs; `rent` a month, `adults`, `children`, `decided_on`.
    Both: `municipality_group`. Unemployment benefits: `period`. Enforcement: `dependants`, `net_pay_other`: net pay a
    month from others. Study aid: `aid_months` in the calendar year.
    """

    kind: BenefitKind
    from_: date | None
    to: date | None
    decided_annual_income: Decimal | None = None
    personal_limit: Decimal | None = None
    confirmed_yel_income: Decimal | None = None
    blind_or_immobile: bool | None = False
    granted_on_disability: bool | None = None
    household: Household | None = None
    municipality_group: MunicipalityGroup | None = None
    housing_costs_month: Decimal | None = None
    annual_income_other: Decimal | None = None
    decided_monthly_income: Decimal | None = None
    other_income_month: Decimal | None = None
    rent: Decimal | None = None
    adults: int | None = None
    children: int | None = None
    decided_on: date | None = None
    period: PaymentPeriod | None = None
    dependants: int | None = None
    net_pay_other: Decimal | None = None
    aid_months: int | None = None

    def __post_init__(self) -> None:
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError(f"{self.kind} ends on {self.to}, before it begins on {self.from_}")

    @cached_property
    def written(self) -> str:
        """All of it in words, made once."""
        return repr(self)

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
    def written(self) -> str:
        """All of it in words, its benefits' made once."""
        benefits = "None" if self.benefits is None else "\n".join([benefit.written for benefit in self.benefits])
        return f"{self.born} {self.jobseeker.value} {self.benefits_asked_on} {self.told_elsewhere} {benefits}"

    @property
    def asked(self) -> bool:
        return self.benefits is not None and self.benefits_asked_on is not None

    def held(self, kind: BenefitKind, first: date, last: date) -> BenefitHeld | None:
        """The benefit of this kind held on any day of [first, last]; the latest begun if there are several."""
        return next(iter(self.all_held(kind, first, last)), None)

    def all_held(self, kind: BenefitKind, first: date, last: date) -> list[BenefitHeld]:
        """The benefits of this kind held on any day of [first, last], the latest begun first."""
        matching = [b for b in self.benefits or () if b.kind is kind and b.held_within(first, last)]
        return sorted(matching, key=lambda b: b.from_ or date.min, reverse=True) if len(matching) > 1 else matching

    def yel_income(self, first: date, last: date) -> Decimal | None:
        """The yearly YEL income confirmed on any day of [first, last]; None without a policy, as far as is known."""
        if not self._policies:
            return None
        confirmed = [b.confirmed_yel_income for b in self._policies if b.held_within(first, last)]
        return max(confirmed, default=None)

    @cached_property
    def _policies(self) -> tuple[BenefitHeld, ...]:
        """Those with a confirmed YEL income."""
        return tuple([benefit for benefit in self.benefits or () if benefit.confirmed_yel_income])


@dataclass(frozen=True)
class Income:
    """One earning, in euros. Raises ValueError if an amount is negative.

    `paid_on` None: the day of payment is not known yet. `net` None: not known what is left after tax; `net_estimated`:
    computed from the tax card, not from what was paid.
    `recurring`: of work that repeats; `per_month` then says what it brings a month, if that is known.
    `told`: the person or a coach has told of it (work elsewhere); no hours of ours stand behind it.
    """

    worked_on: date
    paid_on: date | None
    gross: Decimal
    contract: ContractForm
    state: IncomeState
    recurring: bool = False
    net: Decimal | None = None
    per_month: Decimal | None = None
    told: bool = False
    net_estimated: bool = False

    def __post_init__(self) -> None:
        for amount in (self.gross, self.net, self.per_month):
            if amount is not None and amount < 0:
                raise ValueError(f"an earning cannot be negative: {amount}")

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Made once: earnings are shared by people, and looked up for each of them."""
        return hash((self.worked_on, self.paid_on, self.gross, self.state))

    @cached_property
    def mark(self) -> bytes:
        """A short name for all of it, made once: the same in every process, and of no other earning."""
        return blake2b(repr(self).encode(), digest_size=16).digest()

    @cached_property
    def month_worked(self) -> date:
        """The first day of the month of work."""
        return self.worked_on.replace(day=1)

    @cached_property
    def month_paid(self) -> date:
        """The first day of the month of payment; of work, while the day of payment is not known."""
        return (self.paid_on or self.worked_on).replace(day=1)

    @cached_property
    def done(self) -> bool:
        """Whether it is for work done."""
        return self.state.done

    @cached_property
    def known_by_month(self) -> bool:
        """Whether it says what the work brings a month, by which yearly rules count it."""
        return self.recurring and self.per_month is not None


# The figures that the rules of each kind ask from its decision, in the order in which they are asked.
FIGURES: Mapping[BenefitKind, tuple[str, ...]] = {
    BenefitKind.KELA_DISABILITY_PENSION: ("blind_or_immobile", "confirmed_yel_income"),
    BenefitKind.GUARANTEE_PENSION: ("granted_on_disability", "blind_or_immobile"),
    BenefitKind.TYEL_DISABILITY_PENSION: ("personal_limit",),
    BenefitKind.TYEL_PARTIAL_DISABILITY_PENSION: ("personal_limit",),
    BenefitKind.PENSIONER_HOUSING_ALLOWANCE: (
        *("decided_annual_income", "annual_income_other", "household", "municipality_group"),
        "housing_costs_month",
    ),
    BenefitKind.GENERAL_HOUSING_ALLOWANCE: (
        *("decided_monthly_income", "other_income_month", "municipality_group", "adults", "children"),
        *("rent", "decided_on"),
    ),
    BenefitKind.LABOUR_MARKET_SUBSIDY: ("period",),
    BenefitKind.BASIC_UNEMPLOYMENT_ALLOWANCE: ("period",),
    BenefitKind.EARNINGS_RELATED_UNEMPLOYMENT_ALLOWANCE: ("period",),
    BenefitKind.GENERAL_BENEFIT: ("period",),
    BenefitKind.ENFORCEMENT: ("dependants", "net_pay_other"),
    BenefitKind.STUDY_AID: ("aid_months",),
}
