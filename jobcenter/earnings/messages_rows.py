"""The rows of an assessment's reasoning: what each amount is called, and each remark."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from jobcenter.benefits import Row, RowCode, UnverifiedFact, WhoKnows, law
from jobcenter.benefits.law import Unit
from jobcenter.core import texts
from jobcenter.earnings.messages_rows_pensions import PENSION_ROWS
from jobcenter.earnings.messages_rows_subsistence import SUBSISTENCE_ROWS

ROWS = {
    RowCode.EARNED_DONE: _l("Earned: gigs done"),
    RowCode.PAID_DONE: _l("Paid in this month"),
    RowCode.EARNED_AHEAD: _l("Gigs agreed, offered or not confirmed yet"),
    RowCode.TOLD: _l("Of these, told by you or your coach"),
    RowCode.RECURRING: _l("Of these, gigs that repeat"),
    RowCode.ONE_OFF: _l("Of these, single gigs"),
    RowCode.DECIDED_INCOME: _l("Yearly income from work in the last decision"),
    RowCode.CONFIRMED_YEL_INCOME: _l("Confirmed yearly YEL income"),
    RowCode.YEL_INCOME_OF_A_MONTH: _l("Confirmed YEL income, a twelfth of the year's"),
    RowCode.WAGES_BESIDE_YEL: _l("Wages beside it"),
    RowCode.LIMIT: _l("Limit"),
    RowCode.REVIEW_RISE: _l("A review is needed when yearly income rises by"),
    RowCode.REVIEW_FALL: _l("A review is also needed when yearly income falls by"),
    RowCode.WORKED_OR_PAID_NOT_VERIFIED: _l(
        "We do not know for certain whether Kela counts the month of work or the month of payment. We use the one that "
        "comes to more. Ask Kela."
    ),
    RowCode.BLIND_OR_IMMOBILE: _l(
        "The pension is paid in spite of earnings to a person who is permanently blind or cannot move about."
    ),
    RowCode.BLIND_OR_IMMOBILE_UNKNOWN: _l("Whether the exception for blindness or immobility holds is not known."),
    RowCode.SHARED_WITH_GUARANTEE_PENSION: _l("The same limit holds for the guarantee pension."),
    RowCode.GROUND_ASSUMED_DISABILITY: _l(
        "We presume that the guarantee pension was granted because of disability. On old age there is no limit."
    ),
    RowCode.GRANTED_ON_OLD_AGE: _l("A guarantee pension granted on old age has no earnings limit."),
    RowCode.ONE_OFF_MAY_NOT_COUNT: _l(
        "Kela counts income that goes on from year to year. A single gig may not count. To be safe we "
        "count it. Ask Kela."
    ),
    RowCode.SPOUSES_COUNT_TOGETHER: _l(
        "If there is a spouse, the incomes of both count together. Only these gigs are here."
    ),
    RowCode.DECIDED_INCOME_UNKNOWN: _l("The yearly income from work in the last decision is not known."),
    RowCode.YEARLY_TOTAL_IS_A_PROXY: _l(
        "The pension insurance looks at the yearly value of the work and at whether the work goes on for four months. "
        "The year's total is a rough measure of that. A pension company decides."
    ),
    RowCode.OUTSIDE_YEL_AGES: _l("Work at an age at which the insurance is not needed"),
    RowCode.AGE_UNKNOWN: _l("The age is not known. We presume an age at which the insurance is needed."),
    RowCode.BENEFITS_NOT_ASKED: _l("Nobody has asked about benefits yet."),
    RowCode.VALUE_MISSING: _l(
        "The limit for this time has not been given yet. Last year's limit is not used in its place."
    ),
    RowCode.VALUE_NOT_CONFIRMED: _l("The amount of the limit is not fully confirmed. Check it with Kela."),
    RowCode.NOT_VERIFIED: _l("A part of this rule could not be verified. Ask Kela."),
    **PENSION_ROWS,
    **SUBSISTENCE_ROWS,
}

# What the limit of a rule that starts a review is called.
LIMIT_LABELS = {
    "pensioner_housing_allowance.review": RowCode.REVIEW_RISE,
    "general_housing_allowance.review": RowCode.MONTHLY_REVIEW_RISE,
    "pensioner_housing_allowance.amount": RowCode.WORK_INCOME_LIMIT,
}

ASK = {
    WhoKnows.KELA: _l("Not verified. Ask Kela: %(what)s?"),
    WhoKnows.PENSION_PROVIDER: _l("Not verified. Ask the payer of your pension: %(what)s?"),
    WhoKnows.PENSION_COMPANY: _l("Not verified. Ask a pension insurance company: %(what)s?"),
    WhoKnows.EMPLOYMENT_AUTHORITY: _l("Not verified. Ask the employment services: %(what)s?"),
    WhoKnows.ENFORCEMENT_AUTHORITY: _l("Not verified. Ask the enforcement authority: %(what)s?"),
    WhoKnows.COUNTY: _l("Not verified. Ask the wellbeing services county: %(what)s?"),
    WhoKnows.TAX: _l("Not verified. Ask the tax office: %(what)s?"),
}

# Whose amounts Kela does not decide on, by the first word of the parameter.
CHECK_ELSEWHERE = {
    "enforcement": _l("The amount of the limit is not fully confirmed. Check it with the enforcement authority."),
}


def doubt_text(fact: UnverifiedFact) -> str:
    """What is not verified, as a question, and whom to put it to."""
    return str(ASK[fact.ask]) % {"what": _(fact.what)}


def remark(row: Row) -> str:
    """A row without an amount in words; what is not verified as the question that it leaves open."""
    fact = law().fact(row.parameter) if row.code is RowCode.NOT_VERIFIED and row.parameter else None
    if fact:
        return doubt_text(fact)
    words = str(_words(row))
    return words % {"day": texts.day(row.day)} if row.day else words


def _words(row: Row) -> object:
    """What a code says; of an amount that is not confirmed, with whom to check it."""
    if row.code is RowCode.VALUE_NOT_CONFIRMED and row.parameter:
        return CHECK_ELSEWHERE.get(row.parameter.partition(".")[0], ROWS[row.code])
    return ROWS[row.code]


def figure(row: Row) -> str:
    """A row's amount in words: months where its parameter is a time, else euros."""
    parameter = law().parameters.get(row.parameter) if row.parameter else None
    if parameter and parameter.unit is Unit.MONTHS:
        return ngettext("%(num)s month", "%(num)s months", int(row.amount))
    return texts.money(row.amount)
