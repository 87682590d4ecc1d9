"""What rules, states, rows and next steps are called; the sentence on each limit; the mails."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from jobcenter.benefits import Assessment, LimitState, NextStep, RowCode, ValueStatus, series_of
from jobcenter.core import texts
from jobcenter.earnings.domain import UNKNOWN, WarningLevel
from jobcenter.notifications.domain import Mail, paragraphs

ERRORS = {
    "warning_noted": _l("This warning has been noted already."),
    "limit_missing": _l("The limit for %(day)s is not known yet. Ask Kela."),
}

RULES = {
    "benefits.asked": _l("Benefits"),
    "kela_disability_pension.earnings_limit": _l("Disability pension from Kela"),
    "guarantee_pension.earnings_limit": _l("Guarantee pension"),
    "pensioner_housing_allowance.review": _l("Pensioner's housing allowance"),
    "yel.yearly_limit": _l("Self-employed person's pension insurance (YEL)"),
    "tyel_disability_pension.earnings_limit": _l("Disability pension from a pension company"),
    "tyel_partial_disability_pension.earnings_limit": _l("Partial disability pension from a pension company"),
    "general_housing_allowance.review": _l("General housing allowance"),
    "basic_social_assistance.disregard": _l("Basic social assistance"),
    "labour_market_subsidy.reconciliation": _l("Labour market subsidy"),
    "basic_unemployment_allowance.reconciliation": _l("Basic unemployment allowance"),
    "earnings_related_unemployment_allowance.reconciliation": _l("Earnings-related unemployment allowance"),
    "general_benefit.reconciliation": _l("General benefit for jobseekers"),
    "enforcement.protected_portion": _l("Enforcement"),
    "study_aid.own_income": _l("Study aid"),
    "sickness_allowance.work": _l("Sickness allowance"),
    "rehabilitation_allowance.work": _l("Rehabilitation allowance"),
}

STATES = {
    LimitState.UNDER: _l("Under the limit"),
    LimitState.NEAR: _l("Near the limit"),
    LimitState.AT_LIMIT: _l("At the limit"),
    LimitState.OVER: _l("Over the limit"),
    LimitState.NO_REVIEW: _l("No review needed"),
    LimitState.REVIEW_DUE: _l("Review needed"),
    LimitState.NOT_APPLICABLE: _l("Does not concern"),
    LimitState.LIMIT_MISSING: _l("Limit not known yet"),
    LimitState.ASK: _l("Ask first"),
}

TAGS = {
    LimitState.UNDER: "good",
    LimitState.NEAR: "warn",
    LimitState.AT_LIMIT: "warn",
    LimitState.OVER: "bad",
    LimitState.NO_REVIEW: "good",
    LimitState.REVIEW_DUE: "bad",
    LimitState.NOT_APPLICABLE: "neutral",
    LimitState.LIMIT_MISSING: "warn",
    LimitState.ASK: "warn",
}

LEVELS = {
    WarningLevel.NEAR: _l("Near the limit"),
    WarningLevel.OVER_AHEAD: _l("Over, if all agreed gigs are done"),
    WarningLevel.AT_LIMIT: _l("At the limit"),
    WarningLevel.OVER: _l("Over the limit"),
    WarningLevel.REVIEW_AHEAD: _l("Review needed, if all agreed gigs are done"),
    WarningLevel.REVIEW_DUE: _l("Review needed"),
}

LEVEL_TAGS = {
    WarningLevel.NEAR: "warn",
    WarningLevel.OVER_AHEAD: "bad",
    WarningLevel.AT_LIMIT: "warn",
    WarningLevel.OVER: "bad",
    WarningLevel.REVIEW_AHEAD: "bad",
    WarningLevel.REVIEW_DUE: "bad",
}

ROWS = {
    RowCode.EARNED_DONE: _l("Earned: gigs done"),
    RowCode.PAID_DONE: _l("Paid in this month"),
    RowCode.EARNED_AHEAD: _l("Agreed and offered gigs"),
    RowCode.RECURRING: _l("Of these, gigs that repeat"),
    RowCode.ONE_OFF: _l("Of these, single gigs"),
    RowCode.DECIDED_INCOME: _l("Yearly income from work in the last decision"),
    RowCode.CONFIRMED_YEL_INCOME: _l("Confirmed yearly YEL income"),
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
    RowCode.NOT_COMPUTED: _l("We cannot compute what earnings do to this benefit. Ask before taking gigs."),
    RowCode.VALUE_MISSING: _l(
        "The limit for this time has not been given yet. Last year's limit is not used in its place."
    ),
    RowCode.VALUE_NOT_CONFIRMED: _l("The amount of the limit is not fully confirmed. Check it with Kela."),
}

STEPS = {
    NextStep.NOTHING: _l("Nothing needs to be done now."),
    NextStep.PLAN_HOURS: _l("Plan the next gigs together with the coordinator."),
    NextStep.TALK_BEFORE_GIGS: _l("Talk with the coordinator before the agreed gigs. Some of them may be moved."),
    NextStep.TAKE_NO_MORE_THIS_MONTH: _l("Take no more gigs in this month."),
    NextStep.TELL_KELA_AND_PENSION_PROVIDER: _l(
        "Tell Kela and the pension company about the earnings. Ask whether the pension can be left dormant for a while."
    ),
    NextStep.APPLY_FOR_REVIEW: _l("Tell Kela about the new income and apply for a review of the housing allowance."),
    NextStep.TALK_ABOUT_YEL: _l("Talk with the coordinator and a pension company about the insurance (YEL)."),
    NextStep.ASK_KELA: _l("Call Kela and ask what earnings do to this benefit."),
    NextStep.ASK_PERSON: _l("Go through the benefits together with the coordinator or a support person."),
    NextStep.WAIT_FOR_LIMIT: _l("Ask Kela for the limit before agreeing on gigs for this time."),
}

STATUSES = {
    ValueStatus.CONFIRMED: _l("confirmed by several sources"),
    ValueStatus.SINGLE_SOURCE: _l("from one source: check with Kela"),
    ValueStatus.DERIVED: _l("computed from the index: check with Kela"),
    ValueStatus.EXPECTED: _l("expected: check with Kela"),
}

MONTHS_IN = (
    _l("in January"),
    _l("in February"),
    _l("in March"),
    _l("in April"),
    _l("in May"),
    _l("in June"),
    _l("in July"),
    _l("in August"),
    _l("in September"),
    _l("in October"),
    _l("in November"),
    _l("in December"),
)


def time_of(assessment: Assessment) -> str:
    """The period as part of a sentence: "in November", "in the year 2026", "in twelve months"."""
    series = series_of(assessment)
    if len(series) == len("2026-11"):
        return str(MONTHS_IN[assessment.period_from.month - 1])
    if len(series) == len("2026"):
        return _("in the year %(year)s", year=series)
    return _("in twelve months")


def sentence(assessment: Assessment, name: str = "") -> str:
    """What matters most about one limit, said to the person, or about the person if a name is given."""
    if assessment.state in UNKNOWN or assessment.state is LimitState.NOT_APPLICABLE:
        return _unmeasured(assessment)
    if series_of(assessment) == "rolling":
        return _of_review(assessment, name)
    return _of_limit(assessment, name)


def _unmeasured(assessment: Assessment) -> str:
    codes = {row.code for row in assessment.rows}
    if assessment.state is LimitState.NOT_APPLICABLE:
        return _("This limit does not matter here.")
    if assessment.state is LimitState.LIMIT_MISSING:
        return _("The limit for this time is not known yet.")
    if RowCode.BENEFITS_NOT_ASKED in codes:
        return _("We do not know the benefits yet.")
    if RowCode.DECIDED_INCOME_UNKNOWN in codes:
        return _("We need one figure from the last decision on the housing allowance.")
    return _("Earnings may change this benefit. We cannot say how much.")


def _of_limit(assessment: Assessment, name: str) -> str:
    when = time_of(assessment)
    if assessment.state is LimitState.OVER:
        over = texts.money(-assessment.left)
        return _("The earnings are %(amount)s over the limit %(when)s.", amount=over, when=when)
    if assessment.state_with_agreed is LimitState.OVER:
        over = texts.money(-assessment.left_with_agreed)
        return _("The agreed gigs would go %(amount)s over the limit %(when)s.", amount=over, when=when)
    hours = assessment.left_hours_with_agreed
    if hours == 0:
        return _("Not one more hour fits under the limit %(when)s.", when=when)
    if len(series_of(assessment)) == len("2026"):
        return ngettext(
            "%(num)s hour still fits under this limit %(when)s.",
            "%(num)s hours still fit under this limit %(when)s.",
            hours,
            when=when,
        )
    if name:
        return ngettext(
            "%(name)s can still work %(num)s hour %(when)s.",
            "%(name)s can still work %(num)s hours %(when)s.",
            hours,
            name=name,
            when=when,
        )
    return ngettext(
        "You can still work %(num)s hour %(when)s.", "You can still work %(num)s hours %(when)s.", hours, when=when
    )


def _of_review(assessment: Assessment, name: str) -> str:
    if assessment.state is LimitState.REVIEW_DUE:
        return _("The earnings have grown so much that Kela must review the housing allowance.")
    if assessment.state_with_agreed is LimitState.REVIEW_DUE:
        return _("With the agreed gigs Kela must review the housing allowance.")
    hours = assessment.left_hours_with_agreed
    if hours == 0:
        return _("One more hour, and Kela must review the housing allowance.")
    if name:
        return ngettext(
            "%(name)s can still work %(num)s hour before Kela must review the housing allowance.",
            "%(name)s can still work %(num)s hours before Kela must review the housing allowance.",
            hours,
            name=name,
        )
    return ngettext(
        "You can still work %(num)s hour before Kela must review the housing allowance.",
        "You can still work %(num)s hours before Kela must review the housing allowance.",
        hours,
    )


def to_worker(*, given_name: str, sentence: str, step: str, link: str) -> Mail:
    """To the worker: a limit has come near or been passed."""
    return Mail(
        _("About your earnings and limits"),
        paragraphs(
            _("Hello %(name)s,", name=given_name),
            sentence,
            step,
            _("See your limits here:"),
            link,
            _("This is an estimate, not a decision. Check with Kela."),
        ),
    )


def to_supporter(*, worker: str, link: str) -> Mail:
    """To a support person or guardian whom the worker lets see earnings. Benefits are not named in the mail."""
    return Mail(
        _("About the earnings of %(name)s", name=worker),
        paragraphs(
            _("Hello,"),
            _("an earnings limit of %(name)s needs attention. Sign in and look at it together.", name=worker),
            link,
            _("You get this mail because %(name)s has consented to it.", name=worker),
        ),
    )
