"""The worker's own vocabulary: tasks, skills, what a place demands, consents, support."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from jobcenter.benefits import Person


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
