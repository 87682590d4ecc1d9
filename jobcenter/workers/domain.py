"""The worker's own vocabulary: tasks, skills, what a place demands, consents, support."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict

from stdnum import iban
from stdnum.exceptions import ValidationError as NumberError

from jobcenter.benefits import (
    BenefitKind,
    ContractForm,
    Household,
    JobseekerStatus,
    MunicipalityGroup,
    PaymentPeriod,
    Person,
)
from jobcenter.core.errors import AlreadyDone, DomainError
from jobcenter.workers.domain_times import PartOfDay, Weekday


class TaskCategory(StrEnum):
    """The kinds of gigs seen in the pilot."""

    DISHWASHING = "dishwashing"
    CLEANING = "cleaning"
    LAUNDRY = "laundry"
    GRITTING = "gritting"
    SNOW_CLEARING = "snow_clearing"
    RAKING = "raking"
    WATERING = "watering"
    PACKING = "packing"
    SEWING = "sewing"
    ARCHIVING = "archiving"
    GROCERY_BAGS = "grocery_bags"
    COMPANIONSHIP = "companionship"
    OTHER = "other"


class Skill(StrEnum):
    """What a gig may ask for beyond the task itself."""

    HYGIENE_PASS = "hygiene_pass"
    SAFETY_CARD = "safety_card"
    SEWING_MACHINE = "sewing_machine"
    COMPUTER = "computer"
    SPOKEN_FINNISH = "spoken_finnish"
    SPOKEN_SWEDISH = "spoken_swedish"
    FIRST_AID = "first_aid"


class Demand(StrEnum):
    """What a place demands; a worker may have said which of these are not for them."""

    LIFTING = "lifting"
    STANDING = "standing"
    STAIRS = "stairs"
    NOISE = "noise"
    COLD = "cold"
    HEAT = "heat"
    DUST = "dust"
    OUTDOORS = "outdoors"
    HEIGHTS = "heights"
    FAST_PACE = "fast_pace"
    READING = "reading"
    COUNTING = "counting"
    CUSTOMER_CONTACT = "customer_contact"
    PUBLIC_TRANSPORT = "public_transport"


class ConsentPurpose(StrEnum):
    """What a person has said yes to, in writing; each can be withdrawn at any time."""

    TAKE_PART = "take_part"
    SUPPORT_SEES_EARNINGS = "support_sees_earnings"
    GUARDIAN_SEES_EARNINGS = "guardian_sees_earnings"
    UNIT_SEES_GIGS = "unit_sees_gigs"
    INCOME_AND_DEBT_STATEMENT = "income_and_debt_statement"


class SupportKind(StrEnum):
    """Who stands beside a worker."""

    SUPPORT_PERSON = "support_person"
    GUARDIAN = "guardian"


class CvLineKind(StrEnum):
    """What a line of a CV was made of."""

    GIGS = "gigs"
    FEEDBACK = "feedback"
    SKILL = "skill"
    OWN = "own"


@dataclass(frozen=True)
class Weekly:
    """A weekly time on Helsinki's wall clock; Monday is 0."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True)
class Span:
    """A half-open time between two instants."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Preferences:
    """What a person wishes of gigs beyond their tasks; an empty set says that nothing was asked or wished.

    `areas`: as `places.area_tag` writes them. `contract_forms`: those the person accepts, all when empty.
    `asks_over_limit`: asks, knowing what it does, to be offered gigs that take an earnings limit over.
    """

    postcode: str = ""
    areas: frozenset[str] = frozenset()
    wished_days: frozenset[Weekday] = frozenset()
    wished_parts: frozenset[PartOfDay] = frozenset()
    practise_tasks: frozenset[TaskCategory] = frozenset()
    practise_skills: frozenset[Skill] = frozenset()
    contract_forms: frozenset[ContractForm] = frozenset()
    asks_over_limit: bool = False


NO_PREFERENCES = Preferences()


@dataclass(frozen=True)
class Candidate:
    """Everything that the rules on who fits a gig need to know of one worker. Weekly wishes are in minutes."""

    id: int
    jobcenter_id: int
    name: str
    given_name: str
    language: str
    unit_id: int | None
    unit_name: str
    tasks: frozenset[TaskCategory]
    skills: frozenset[Skill]
    cannot: frozenset[Demand]
    weekly_minutes_wished: int
    weekly_minutes_most: int
    needs_support: bool
    ready_since: date | None
    service_ends_on: date | None
    takes_part: bool
    person: Person
    activity: tuple[Weekly, ...]
    unavailable: tuple[Span, ...]
    wishes: Preferences = NO_PREFERENCES


# Profile


class Show(StrEnum):
    """Which workers a list shows."""

    ACTIVE = "active"
    READY = "ready"
    NOT_READY = "not_ready"
    LEFT = "left"


@dataclass(frozen=True)
class WorkerFilter:
    """What a list of workers is narrowed to; "" and None narrow nothing."""

    name: str = ""
    unit_id: int | None = None
    show: Show = Show.ACTIVE


@dataclass(frozen=True)
class UnitFacts:
    """What is written of a work activity unit."""

    name: str
    address: str
    manager_id: int | None


class ProfileChanged(DomainError):
    """Somebody else saved the same profile after it was put on the screen."""

    def __init__(self) -> None:
        super().__init__("profile_changed")


class Wishes(TypedDict, total=False):
    """What a worker decides about themselves; only the keys given are changed."""

    tasks: frozenset[TaskCategory]
    cannot: frozenset[Demand]
    weekly_minutes_wished: int
    weekly_minutes_most: int
    language: str
    told_to_orderer: str
    needs_support: bool
    postcode: str
    areas: frozenset[str]
    wished_days: frozenset[Weekday]
    wished_parts: frozenset[PartOfDay]
    practise_tasks: frozenset[TaskCategory]
    practise_skills: frozenset[Skill]
    contract_forms: frozenset[ContractForm]
    asks_over_limit: bool


@dataclass(frozen=True)
class Profile:
    """What a coordinator writes of a worker."""

    given_name: str
    family_name: str
    email: str
    phone: str
    language: str
    born: date | None
    unit_id: int | None
    service_ends_on: date | None
    tasks: frozenset[TaskCategory]
    skills: frozenset[Skill]
    cannot: frozenset[Demand]
    weekly_minutes_wished: int
    weekly_minutes_most: int
    needs_support: bool
    told_to_orderer: str
    near_share_percent: Decimal | None
    in_prepayment_register: bool
    active: bool


def check_weekly_minutes(*, wished: int, most: int) -> None:
    """Refuse a most that is below what is wished."""
    if most < wished:
        raise DomainError("most_below_wished", "weekly_minutes_most")


def check_ready(*, active: bool, ready_since: date | None, service_ends_on: date | None, today: date) -> None:
    """Refuse to agree readiness twice, or for somebody who has left or whose service is over."""
    if ready_since is not None:
        raise AlreadyDone("already_ready")
    if not active:
        raise DomainError("person_inactive")
    if service_ends_on is not None and service_ends_on < today:
        raise DomainError("service_ended")


# Consents and support


@dataclass(frozen=True)
class Given:
    """A yes to one purpose: the parties that it names, and the day of the paper (None: said just now, on screen)."""

    purpose: ConsentPurpose
    parties: str
    given_on: date | None = None


@dataclass(frozen=True)
class Guest:
    """Somebody to be invited to sign in."""

    email: str
    given_name: str
    family_name: str
    phone: str
    language: str


@dataclass(frozen=True)
class NewSupport:
    """Somebody to stand beside a worker; both days are included, `ends_on` None means until further notice."""

    kind: SupportKind
    guest: Guest
    starts_on: date
    ends_on: date | None


# Benefits held


class Answer(StrEnum):
    """What came of asking somebody about their benefits."""

    ALL_TOLD = "all_told"
    NOT_KNOWN = "not_known"


class YesNoUnknown(StrEnum):
    """An answer that may be missing."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, value: bool | None) -> YesNoUnknown:
        return cls.UNKNOWN if value is None else (cls.YES if value else cls.NO)

    @property
    def value_or_none(self) -> bool | None:
        return {YesNoUnknown.YES: True, YesNoUnknown.NO: False}.get(self)


@dataclass(frozen=True)
class BenefitTold:
    """A benefit as it was told: days both included; figures as they stand in the decision, None when not known.

    `benefits.BenefitHeld` says what each figure means, and `benefits.FIGURES` which of them a kind has.
    """

    kind: BenefitKind
    starts_on: date | None
    ends_on: date | None
    decided_annual_income: Decimal | None = None
    personal_limit: Decimal | None = None
    confirmed_yel_income: Decimal | None = None
    blind_or_immobile: bool | None = None
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


@dataclass(frozen=True)
class Asked:
    """When somebody was asked about benefits and work-seeking, and what they answered."""

    answer: Answer
    jobseeker: JobseekerStatus
    asked_on: date


def check_days(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse an end before the start; both days are included."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise DomainError("end_before_start_day", "ends_on")


def check_not_ahead(day: date, *, today: date, field: str) -> None:
    """Refuse a day that has not come yet."""
    if day > today:
        raise DomainError("day_ahead", field)


# Money


@dataclass(frozen=True)
class TaxCardTold:
    """A tax card: days both included, rates in per cent, the income limit in euros."""

    valid_from: date
    valid_to: date
    rate: Decimal
    additional_rate: Decimal
    income_limit: Decimal


def account_number(typed: str) -> str:
    """An IBAN without blanks, in capitals; "" for none. Raises DomainError when its check digits are wrong."""
    if not typed.strip():
        return ""
    try:
        return iban.validate(typed)
    except NumberError as error:
        raise DomainError("iban_wrong", "iban") from error
