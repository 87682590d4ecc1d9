"""What tasks, skills, demands, benefits and consents are called, and the refusals of this feature."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobcenter.benefits import BenefitKind, JobseekerStatus
from jobcenter.workers.domain import ConsentPurpose, Demand, Skill, SupportKind, TaskCategory

ERRORS = {
    "profile_changed": _l(
        "Somebody changed these details while you were writing. What you typed is still here. "
        "Look at what is saved now, then save again if yours is right."
    ),
    "most_below_wished": _l("The most hours a week cannot be less than the hours wished."),
    "email_needed": _l("Give an e-mail address first. The invitation is sent to it."),
    "person_inactive": _l("This person is no longer active. Make the person active first."),
    "already_worker_here": _l("This e-mail address belongs to another worker of the same Jobcenter."),
    "service_ends_before_ready": _l("The service cannot end before the day of readiness."),
    "already_ready": _l("Readiness has been agreed already."),
    "not_ready_yet": _l("Readiness was not agreed, so there is nothing to take back."),
    "unit_not_here": _l("Choose a unit of this Jobcenter."),
}

TASKS = {
    TaskCategory.DISHWASHING: _l("Dishwashing"),
    TaskCategory.CLEANING: _l("Cleaning"),
    TaskCategory.LAUNDRY: _l("Laundry"),
    TaskCategory.GRITTING: _l("Gritting"),
    TaskCategory.SNOW_CLEARING: _l("Snow clearing"),
    TaskCategory.RAKING: _l("Raking"),
    TaskCategory.WATERING: _l("Watering plants"),
    TaskCategory.PACKING: _l("Bagging and packing"),
    TaskCategory.SEWING: _l("Sewing to order"),
    TaskCategory.ARCHIVING: _l("Archiving"),
    TaskCategory.GROCERY_BAGS: _l("Grocery bags to home-care clients"),
    TaskCategory.COMPANIONSHIP: _l("Company and help for older people"),
    TaskCategory.OTHER: _l("Other task"),
}

SKILLS = {
    Skill.HYGIENE_PASS: _l("Hygiene pass"),
    Skill.SAFETY_CARD: _l("Occupational safety card"),
    Skill.SEWING_MACHINE: _l("Using a sewing machine"),
    Skill.COMPUTER: _l("Using a computer"),
    Skill.SPOKEN_FINNISH: _l("Spoken Finnish"),
    Skill.SPOKEN_SWEDISH: _l("Spoken Swedish"),
    Skill.FIRST_AID: _l("First aid"),
}

DEMANDS = {
    Demand.LIFTING: _l("Lifting"),
    Demand.STANDING: _l("Standing for a long time"),
    Demand.STAIRS: _l("Stairs"),
    Demand.NOISE: _l("Noise"),
    Demand.COLD: _l("Cold"),
    Demand.HEAT: _l("Heat"),
    Demand.DUST: _l("Dust"),
    Demand.OUTDOORS: _l("Working outdoors"),
    Demand.HEIGHTS: _l("High places"),
    Demand.FAST_PACE: _l("Fast pace"),
    Demand.READING: _l("Reading instructions"),
    Demand.COUNTING: _l("Counting"),
    Demand.CUSTOMER_CONTACT: _l("Meeting customers"),
    Demand.PUBLIC_TRANSPORT: _l("Travelling by bus, train or tram"),
}

BENEFITS = {
    BenefitKind.KELA_DISABILITY_PENSION: _l("Disability pension from Kela"),
    BenefitKind.GUARANTEE_PENSION: _l("Guarantee pension"),
    BenefitKind.TYEL_DISABILITY_PENSION: _l("Disability pension from a pension company"),
    BenefitKind.TYEL_PARTIAL_DISABILITY_PENSION: _l("Partial disability pension from a pension company"),
    BenefitKind.PENSIONER_HOUSING_ALLOWANCE: _l("Pensioner's housing allowance"),
    BenefitKind.GENERAL_HOUSING_ALLOWANCE: _l("General housing allowance"),
    BenefitKind.BASIC_SOCIAL_ASSISTANCE: _l("Basic social assistance"),
    BenefitKind.LABOUR_MARKET_SUBSIDY: _l("Labour market subsidy"),
    BenefitKind.BASIC_UNEMPLOYMENT_ALLOWANCE: _l("Basic unemployment allowance"),
    BenefitKind.EARNINGS_RELATED_UNEMPLOYMENT_ALLOWANCE: _l("Earnings-related unemployment allowance"),
    BenefitKind.GENERAL_BENEFIT: _l("General benefit for jobseekers"),
    BenefitKind.ENFORCEMENT: _l("Debt in enforcement"),
    BenefitKind.STUDY_AID: _l("Study aid"),
    BenefitKind.SICKNESS_ALLOWANCE: _l("Sickness allowance"),
    BenefitKind.REHABILITATION_ALLOWANCE: _l("Rehabilitation allowance"),
}

JOBSEEKER = {
    JobseekerStatus.REGISTERED: _l("Registered as an unemployed jobseeker"),
    JobseekerStatus.NOT_REGISTERED: _l("Not an unemployed jobseeker"),
    JobseekerStatus.UNKNOWN: _l("Not known"),
}

CONSENTS = {
    ConsentPurpose.TAKE_PART: _l("Taking part in gigs"),
    ConsentPurpose.SUPPORT_SEES_EARNINGS: _l("Support person sees earnings and limits"),
    ConsentPurpose.GUARDIAN_SEES_EARNINGS: _l("Guardian sees earnings and limits"),
    ConsentPurpose.UNIT_SEES_GIGS: _l("Work activity unit sees gigs"),
}

SUPPORT_KINDS = {
    SupportKind.SUPPORT_PERSON: _l("Support person"),
    SupportKind.GUARDIAN: _l("Guardian"),
}

WEEKDAYS = {
    0: _l("Monday"),
    1: _l("Tuesday"),
    2: _l("Wednesday"),
    3: _l("Thursday"),
    4: _l("Friday"),
    5: _l("Saturday"),
    6: _l("Sunday"),
}

LANGUAGES = {
    "fi": _l("Finnish"),
    "fi@easy": _l("Plain Finnish"),
    "sv": _l("Swedish"),
    "en": _l("English"),
}


def listed(labels: dict, chosen: frozenset) -> str:
    """The labels of what was chosen, in the order of `labels`: `Cleaning, Raking`; "–" when there are none."""
    return ", ".join(str(label) for value, label in labels.items() if value in chosen) or _("–")
