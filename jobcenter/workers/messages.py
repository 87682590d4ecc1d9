"""What tasks, skills, demands, benefits and consents are called, and the mail that invites somebody."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from jobcenter.auth.domain import Role
from jobcenter.benefits import BenefitKind, ContractForm, JobseekerStatus
from jobcenter.notifications.domain import Mail, paragraphs
from jobcenter.workers.domain import ConsentPurpose, Demand, PartOfDay, Skill, SupportKind, TaskCategory, Weekday

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
    ConsentPurpose.INCOME_AND_DEBT_STATEMENT: _l("Income and debt statement"),
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

WISHED_DAYS = {
    Weekday.MONDAY: WEEKDAYS[0],
    Weekday.TUESDAY: WEEKDAYS[1],
    Weekday.WEDNESDAY: WEEKDAYS[2],
    Weekday.THURSDAY: WEEKDAYS[3],
    Weekday.FRIDAY: WEEKDAYS[4],
    Weekday.SATURDAY: WEEKDAYS[5],
    Weekday.SUNDAY: WEEKDAYS[6],
}

PARTS_OF_DAY = {
    PartOfDay.MORNING: _l("Morning, 6 to 12"),
    PartOfDay.AFTERNOON: _l("Afternoon, 12 to 17"),
    PartOfDay.EVENING: _l("Evening, 17 to 22"),
    PartOfDay.NIGHT: _l("Night, 22 to 6"),
}

ACCEPTED_FORMS = {
    ContractForm.ASSIGNMENT: _l("Assignment contract, without employment"),
    ContractForm.PARTNER: _l("Employment with the partner organisation"),
}


def listed(labels: dict, chosen: frozenset) -> str:
    """The labels of what was chosen, in the order of `labels`: `Cleaning, Raking`; "–" when there are none."""
    return ", ".join(str(label) for value, label in labels.items() if value in chosen) or _("–")


INVITATIONS = {
    Role.WORKER: _l("you are invited to Jobcenter. There you see the gigs offered to you, your hours and your pay."),
    Role.SUPPORT: _l(
        "you are invited to Jobcenter as a support person. There you see the gigs of the people you support."
    ),
    Role.GUARDIAN: _l(
        "you are invited to Jobcenter as a guardian. You see the earnings of a person who has agreed to it."
    ),
}


def invitation_mail(given_name: str, role: Role, url: str, days: int) -> Mail:
    """The mail that invites somebody to sign in for the first time."""
    body = paragraphs(
        _("Hello %(name)s,", name=given_name),
        str(INVITATIONS[role]),
        _("Press this link and then the button on the page that opens."),
        url,
        ngettext("The link works once, for %(num)d day.", "The link works once, for %(num)d days.", days),
        _("After that you can ask for a new link on the sign-in page with your e-mail address."),
        _("Jobcenter"),
    )
    return Mail(subject=_("Welcome to Jobcenter"), body=body)


DOES_NOT_KNOW = _l("%(name)s does not know")


def about(text: object, name: str) -> str:
    """A text that speaks of a person by name."""
    return str(text) % {"name": name}
