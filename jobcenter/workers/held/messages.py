"""The refusals and labels of benefits held, tax cards and bank accounts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.benefits import Household, MunicipalityGroup, PaymentPeriod
from jobcenter.workers.domain import Answer, YesNoUnknown

ERRORS = {
    "end_before_start_day": _l("The last day cannot be before the first day."),
    "day_ahead": _l("The day has not come yet. Give today or an earlier day."),
    "benefit_already": _l("This benefit is on the list already."),
    "benefit_ended_already": _l("This benefit has an end day already."),
    "iban_wrong": _l("Check the account number: its check digits do not match. A Finnish IBAN begins with FI."),
    "holder_needed": _l("Give the name of the account holder."),
    "tax_card_already": _l("The same tax card is saved already."),
}

ANSWERS = {
    Answer.ALL_TOLD: _l("The list of benefits here is complete (empty: no benefits)"),
    Answer.NOT_KNOWN: _l("I don't know"),
}

YES_NO_UNKNOWN = {
    YesNoUnknown.YES: _l("Yes"),
    YesNoUnknown.NO: _l("No"),
    YesNoUnknown.UNKNOWN: _l("I don't know"),
}

# The answer "I don't know" to a choice among an enum's members.
NOT_KNOWN = "not_known"

HOUSEHOLDS = {
    Household.SINGLE: _l("One person"),
    Household.COUPLE_ONE_ENTITLED: _l("A couple, one of them a pensioner"),
    Household.COUPLE_BOTH_ENTITLED: _l("A couple, both pensioners"),
}

MUNICIPALITY_GROUPS = {
    MunicipalityGroup.HELSINKI: _l("Helsinki"),
    MunicipalityGroup.FIRST: _l("Group 1"),
    MunicipalityGroup.SECOND: _l("Group 2"),
    MunicipalityGroup.THIRD: _l("Group 3"),
    MunicipalityGroup.FOURTH: _l("Group 4"),
}

PERIODS = {
    PaymentPeriod.MONTH: _l("Once a month"),
    PaymentPeriod.FOUR_WEEKS: _l("Every four weeks"),
}

# The label and the hint of a question where somebody else fills it in with the person: by name.
QUESTIONS_ABOUT = {
    "starts_on": (_l("From which day?"), _l("Leave empty if %(name)s does not know.")),
    "ends_on": (_l("Until which day?"), _l("Leave empty if it goes on or %(name)s does not know.")),
    "blind_or_immobile": (
        _l("Is %(name)s permanently blind or unable to move?"),
        _l("Then the pension is paid although %(name)s works."),
    ),
    "confirmed_yel_income": (
        _l("Confirmed YEL income, euros a year"),
        _l("Only if %(name)s has an insurance for the self-employed."),
    ),
    "dependants": (
        _l("How many people does %(name)s support?"),
        _l("The enforcement office's letter tells how many dependants it counts."),
    ),
}

FIGURE_LABELS = {
    "decided_annual_income": _l("Yearly income from work in the decision"),
    "annual_income_other": _l("Other yearly income in the decision"),
    "decided_monthly_income": _l("Household's income in the decision, a month"),
    "other_income_month": _l("Household's income without gigs, a month"),
    "household": _l("Household"),
    "municipality_group": _l("Group of municipalities"),
    "adults": _l("Adults"),
    "children": _l("Children"),
    "housing_costs_month": _l("Accepted housing costs, a month"),
    "rent": _l("Rent, a month"),
    "decided_on": _l("Day of the decision"),
    "period": _l("How often it is paid"),
    "personal_limit": _l("Earnings limit in the decision, a month"),
    "blind_or_immobile": _l("Permanently blind or unable to move"),
    "confirmed_yel_income": _l("Confirmed YEL income, a year"),
    "granted_on_disability": _l("Paid because of a disability pension"),
    "dependants": _l("People supported"),
    "net_pay_other": _l("Other pay or pension after tax, a month"),
    "aid_months": _l("Months of study aid this year"),
}
