"""The worker's own vocabulary: tasks, skills, what a place demands, consents, support."""

from __future__ import annotations

from enum import StrEnum


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
