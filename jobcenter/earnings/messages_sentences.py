"""The sentence on each limit: what matters most about it, said to the person or about them."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from jobcenter.benefits import Assessment, LimitState, RowCode, series_of
from jobcenter.core import texts
from jobcenter.earnings.domain import UNKNOWN
from jobcenter.earnings.domain_warnings import ENFORCEMENT, REDUCTIONS
from jobcenter.earnings.messages_sentences_pensions import OWN_SENTENCES
from jobcenter.earnings.messages_sentences_reductions import of_enforcement, of_reduction

# What the decision on a benefit tells, and nobody has told here.
FIGURES_UNKNOWN = frozenset(
    {
        RowCode.OTHER_YEARLY_INCOME_UNKNOWN,
        RowCode.HOUSEHOLD_FORM_UNKNOWN,
        RowCode.MUNICIPALITY_GROUP_UNKNOWN,
        RowCode.HOUSING_COSTS_UNKNOWN,
        RowCode.DECIDED_MONTHLY_INCOME_UNKNOWN,
        RowCode.OTHER_INCOME_UNKNOWN,
        RowCode.RENT_UNKNOWN,
        RowCode.HOUSEHOLD_UNKNOWN,
        RowCode.DECIDED_ON_UNKNOWN,
        RowCode.AID_MONTHS_UNKNOWN,
        RowCode.FOUR_WEEKS_BEGIN_UNKNOWN,
    }
)

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

# With a YEL policy only wages come near a pension's limit, and the room of the year is not the room of a month.
BESIDE_YEL = {
    RowCode.YEL_INCOME_OF_A_MONTH: _l("Wages of %(amount)s still fit under this limit %(when)s."),
    RowCode.CONFIRMED_YEL_INCOME: _l(
        "Wages of %(amount)s still fit under this limit %(when)s, but no month may go over its own limit."
    ),
}


def time_of(assessment: Assessment) -> str:
    """The period as part of a sentence: "in November", "in the year 2026", "in twelve months"."""
    series = series_of(assessment)
    if len(series) == len("2026-11"):
        return str(MONTHS_IN[assessment.period_from.month - 1])
    if len(series) == len("2026"):
        return _("in the year %(year)s", year=series)
    if len(series) == len("2026-11-02"):
        return _("in the four weeks from %(day)s", day=texts.day(assessment.period_from))
    return _("in twelve months")


def sentence(assessment: Assessment, name: str = "") -> str:
    """What matters most about one limit, said to the person, or about the person if a name is given."""
    if assessment.state in UNKNOWN or assessment.state is LimitState.NOT_APPLICABLE:
        return _unmeasured(assessment)
    if own := OWN_SENTENCES.get(assessment.rule):
        return own(assessment, name)
    if assessment.rule in REDUCTIONS:
        of = of_enforcement if assessment.rule == ENFORCEMENT else of_reduction
        return of(assessment, name, time_of(assessment))
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
    if assessment.rule == ENFORCEMENT:
        return _("Enforcement may take a part of the earnings. We cannot say how much before we know more of it.")
    if not codes.isdisjoint(FIGURES_UNKNOWN):
        return _("Figures of the decision are missing here, so we cannot say how the earnings change this benefit.")
    return _("Earnings may change this benefit. We cannot say how much.")


def _of_limit(assessment: Assessment, name: str) -> str:
    when = time_of(assessment)
    if assessment.state is LimitState.OVER:
        over = texts.money(-assessment.left)
        return _("The earnings are %(amount)s over the limit %(when)s.", amount=over, when=when)
    if assessment.state_with_agreed is LimitState.OVER:
        over = texts.money(-assessment.left_with_agreed)
        return _("All gigs together would go %(amount)s over the limit %(when)s.", amount=over, when=when)
    hours = assessment.left_hours_with_agreed
    if hours == 0:
        return _("Not one more hour fits under the limit %(when)s.", when=when)
    if beside_yel := BESIDE_YEL.get(assessment.rows[0].code):
        return _(beside_yel, amount=texts.money(assessment.left_with_agreed), when=when)
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
    if any(row.code is RowCode.INCOME_HAS_FALLEN for row in assessment.rows):
        return _("The income is smaller than Kela has counted. The housing allowance may be too small.")
    if assessment.state is LimitState.REVIEW_DUE:
        return _("The earnings have grown so much that Kela must review the housing allowance.")
    if assessment.state_with_agreed is LimitState.REVIEW_DUE:
        return _("When all gigs are counted, Kela must review the housing allowance.")
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
