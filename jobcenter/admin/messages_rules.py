"""What the pages on the law call benefits, measures and periods."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from jobcenter.benefits import ValueStatus
from jobcenter.benefits.law import Applies, Basis, Comparison, Period, Renewal, Unit

# By what stands before the dot in the id of a parameter, in the order of the page.
GROUPS = {
    "kela_disability_pension": _l("Disability pension from Kela, and guarantee pension"),
    "tyel_disability_pension": _l("Disability pension from a pension company"),
    "tyel_partial_disability_pension": _l("Partial disability pension from a pension company"),
    "dormant_pension": _l("Leaving a pension dormant"),
    "pensioner_housing_allowance": _l("Pensioner's housing allowance"),
    "general_housing_allowance": _l("General housing allowance"),
    "basic_social_assistance": _l("Basic social assistance"),
    "unemployment": _l("Unemployment benefits"),
    "general_benefit": _l("General benefit for jobseekers"),
    "work_activity": _l("Work activity"),
    "yel": _l("Self-employed person's pension insurance (YEL)"),
    "enforcement": _l("Enforcement"),
    "study_aid": _l("Study aid"),
    "sickness_allowance": _l("Sickness allowance"),
    "rehabilitation_allowance": _l("Rehabilitation allowance"),
    "wage": _l("Contributions taken from wages"),
    "withholding": _l("Withholding of tax"),
    "employer": _l("Limits of the employer"),
    "late_payment": _l("Late payment of invoices"),
    "warning": _l("Our own rules of warning"),
}

UNITS = {
    Unit.EUR: _l("euros"),
    Unit.YEARS: _l("years"),
    Unit.MONTHS: _l("months"),
    Unit.WEEKS: _l("weeks"),
    Unit.DAYS: _l("days"),
    Unit.HOURS: _l("hours"),
    Unit.COUNT: _l("number"),
    Unit.SHARE: _l("per cent"),
    Unit.SIXTHS: _l("sixths"),
}

PERIODS = {
    Period.DAY: _l("a day"),
    Period.FOUR_WEEKS: _l("a payment period of four weeks"),
    Period.CALENDAR_MONTH: _l("a calendar month"),
    Period.CALENDAR_YEAR: _l("a calendar year"),
    Period.YEAR_AHEAD: _l("the year ahead"),
    Period.STANDING: _l("not bound to a period"),
}

BASES = {
    Basis.GROSS_EARNINGS: _l("gross earnings"),
    Basis.GROSS_ASSIGNMENT_INCOME: _l("gross income from assignments"),
    Basis.GROWTH_OF_YEARLY_INCOME: _l("growth of yearly income against the decision"),
    Basis.FALL_OF_YEARLY_INCOME: _l("fall of yearly income against the decision"),
    Basis.GROWTH_OF_MONTHLY_INCOME: _l("growth of monthly income against the decision"),
    Basis.FALL_OF_MONTHLY_INCOME: _l("fall of monthly income against the decision"),
    Basis.GROSS_PAID: _l("gross earnings by the day of payment"),
    Basis.NET_PAID: _l("net earnings by the day of payment"),
    Basis.GROSS_WAGES_OF_EMPLOYER: _l("gross wages paid by one employer"),
    Basis.FORMULA: _l("part of a formula"),
    Basis.YEARLY_INCOME: _l("yearly income"),
    Basis.CHANGE_OF_YEARLY_COSTS: _l("change of yearly housing costs"),
    Basis.AVERAGE_EARNINGS_BEFORE: _l("average earnings before the disability"),
    Basis.BENEFIT_AMOUNT: _l("amount of the benefit"),
    Basis.DORMANT_TIME: _l("time for which the pension is dormant"),
    Basis.DURATION_OF_ACTIVITY: _l("duration of the activity"),
    Basis.AGE: _l("age"),
    Basis.WORKING_TIME: _l("working time"),
    Basis.TIME_OF_DAY: _l("time of day"),
    Basis.SHARE_OF_LIMIT: _l("share of a limit"),
}

COMPARISONS = {
    Comparison.EXCEEDS: _l("The value itself is still allowed; more than it is over."),
    Comparison.REACHES: _l("Reaching the value is enough."),
}

RENEWALS = {
    Renewal.YEARLY: _l("A value is needed for each calendar year."),
    Renewal.HALF_YEARLY: _l("A value is needed for each half-year."),
    Renewal.UNTIL_CHANGED: _l("The value holds until it is changed."),
}

APPLIES = {
    Applies.CALENDAR: _l("from its day on"),
    Applies.NEXT_REVIEW: _l("from each person's next review on"),
}

STATUS_CHOICES = {
    ValueStatus.CONFIRMED: _l("Confirmed: seen in at least two independent sources"),
    ValueStatus.SINGLE_SOURCE: _l("Seen in one source"),
    ValueStatus.DERIVED: _l("Calculated from an index or formula"),
    ValueStatus.EXPECTED: _l("Expected, not yet decided"),
}
